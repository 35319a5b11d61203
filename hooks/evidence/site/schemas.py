"""JSON Schemas (draft-07) of the data files and of pages' front matter, so that editors' programs complete names and mark slips while one types.

They are made from the classes of `model` that the files are also read as; the help for a field is the text below it in its class. Draft-07 is what YAML language servers read. Two things follow from how YAML is read here. Every value is text to the engine, so where text is asked for, a schema
takes what YAML calls a number or true, too. And 'name:' with nothing after it counts as left out, so every field that may be left out may be null.
What only the whole review can show, such as whether a theme exists, is left to the rules of `check`.
"""

from __future__ import annotations

import ast
import inspect
import json
import typing
from dataclasses import MISSING, is_dataclass
from itertools import pairwise
from types import GenericAlias, NoneType, UnionType
from typing import Any, Literal

from evidence.directives import publisher
from evidence.documents.data_files import LISTS, SINGLES
from evidence.documents.shapes import BOOL, FLOAT, INT, fields
from evidence.model.checks import AddressCheck, DoiCheck
from evidence.model.redirects import NEW, OLD
from evidence.model.review import Kind, Source, Untraced
from evidence.model.site_data import Card, EditorialNote, FrontMatter, Pack, Part, Publisher, Reading, Search
from evidence.model.vocabulary import MAX_CHARACTERS
from evidence.paper_rules import cards, packs
from evidence.text.addresses import MAX_KEY

Schema = dict[str, Any]

DRAFT = "http://json-schema.org/draft-07/schema#"
# Text, as YAML may see it.
_TEXT = ["string", "number", "boolean"]
# Text, a whole number, a number, and yes or no, in each way that a file may write them.
_PLAIN: dict[Any, Schema] = {
    str: {"type": _TEXT},
    int: {"anyOf": [{"type": "integer"}, {"type": "string", "pattern": INT}]},
    float: {"anyOf": [{"type": "number"}, {"type": "string", "pattern": FLOAT}]},
    bool: {
        "anyOf": [
            {"type": "boolean"},
            {"type": "integer", "minimum": 0, "maximum": 1},
            {"type": "string", "pattern": BOOL},
        ]
    },
}

_NAME = {"type": ["string", "integer", "boolean"], "minimum": 0}
_ID = {**_NAME, "maxLength": MAX_KEY, "pattern": "^[A-Za-z0-9][A-Za-z0-9-]*$"}
_DAY = {"type": "string", "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"}
_DAY_OR_NONE = {"type": ["string", "null"], "pattern": f"^$|{_DAY['pattern']}"}
_YES_OR_NO = {"anyOf": [{"type": "boolean"}]}  # as it stands: no other word for it counts in front matter
_ONE_OR_MORE = {"type": ["array", *_TEXT, "null"]}
# What rules say of single fields, beyond their type.
_RULES: dict[tuple[type, str], Schema] = {
    (Kind, "id"): {},
    (Source, "id"): {},
    (Untraced, "key"): {**_NAME, "pattern": r'^[^\s"#%,=\[\\\]`{}]+$'},
    (EditorialNote, "dated"): _DAY_OR_NONE,
    (Reading, "checked"): _DAY_OR_NONE,
    (Reading, "sentence_mean"): {"minimum": 1},
    (Reading, "sentence_most"): {"minimum": 1},
    (Reading, "words_a_minute"): {"minimum": 1},
    (AddressCheck, "checked"): _DAY,
    (DoiCheck, "checked"): _DAY,
    (Pack, "sizes"): {"minItems": 1, "uniqueItems": True},
    (Part, "lines"): {"maximum": packs.MAX_LINES, "minimum": 0},
    (Card, "text"): {"maxLength": cards.MAX_CARD_TEXT},
    (Card, "word"): {"maxLength": cards.MAX_CARD_NAME},
    (Publisher, "site_address"): {"type": ["string", "null"], "pattern": r"^$|^https?://[^\s?#/]+/([^\s?#]*/)?$"},
    (Publisher, "https_only_days"): {"maximum": publisher.MAX_HTTPS_DAYS, "minimum": 0},
    (FrontMatter, "title"): {"maxLength": MAX_CHARACTERS["title"]},
    (FrontMatter, "description"): {"maxLength": MAX_CHARACTERS["description"]},
    (FrontMatter, "checked"): _DAY_OR_NONE,
    (FrontMatter, "themes"): _ONE_OR_MORE,
    (FrontMatter, "nations"): _ONE_OR_MORE,
    (FrontMatter, "glossary"): _YES_OR_NO,
    (FrontMatter, "changes"): _YES_OR_NO,
    (FrontMatter, "support"): _YES_OR_NO,
    (FrontMatter, "listen"): _YES_OR_NO,
    (Search, "exclude"): _YES_OR_NO,
    (Search, "boost"): {"anyOf": [{"type": "number"}]},
}


def schemas() -> dict[str, Schema]:
    """All schemas by the name of their file: one for each data file, and 'page.json' for the front matter of pages."""
    found = {f"{name}.json": _file(GenericAlias(tuple, (cls, ...)), cls) for name, (_, cls, _) in LISTS.items()}
    found |= {f"{name}.json": _file(cls, cls) for name, (_, cls) in SINGLES.items()}
    found["page.json"] = _file(FrontMatter, FrontMatter) | {"type": "object"}
    return dict(sorted((found | {"redirects.json": _redirects()}).items()))


def as_text(schema: Schema) -> str:
    """A schema as the text of its file: the same for the same classes."""
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _file(shape: Any, cls: type) -> Schema:
    inner: dict[str, Schema] = {}
    made = _record(cls, inner) if shape is cls else _schema(shape, inner)
    definitions = {"definitions": _in_order(dict(sorted(inner.items())), named=True)} if inner else {}
    return {"$schema": DRAFT, "description": _about(cls), **_in_order(_or_null(made)), **definitions}


def _in_order(schema: Any, named: bool = False) -> Any:
    """A schema with its words by the alphabet, so that a file changes where its meaning does; names of fields stay in the order of their class."""
    if isinstance(schema, list):
        return [_in_order(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    items = schema.items() if named else sorted(schema.items())
    return {key: _in_order(inner, key == "properties" and not named) for key, inner in items}


def _about(cls: type) -> str:
    """The first paragraph of a class's docstring, on one line."""
    return " ".join(inspect.cleandoc(cls.__doc__ or "").partition("\n\n")[0].split())


def field_help(cls: type) -> dict[str, str]:
    """The text below each field of a class of records, by the field's name; those that it has from another class come first."""
    definitions = [ast.parse(inspect.getsource(base)).body[0] for base in reversed(cls.__mro__[:-1])]
    return {
        line.target.id: below.value.value
        for definition in definitions
        if isinstance(definition, ast.ClassDef)
        for line, below in pairwise(definition.body)
        if isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name)
        if isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant) and isinstance(below.value.value, str)
    }


def _schema(shape: Any, inner: dict[str, Schema]) -> Schema:
    """The schema of a type; those of the records in it are put into `inner`, by the names of their classes."""
    origin, inside = typing.get_origin(shape), typing.get_args(shape)
    if origin is Literal:
        return {"enum": list(inside)}
    if origin is tuple:
        item = _schema(inside[0], inner)
        return {"items": item | {"pattern": r"\S"} if item == _PLAIN[str] else item, "type": "array"}
    if origin in (UnionType, typing.Union):
        return _or_null(_schema(next(kind for kind in inside if kind is not NoneType), inner))
    if is_dataclass(shape):
        name = getattr(shape, "__name__", "")
        if name not in inner:
            inner[name] = {}  # it may hold records of its own kind
            inner[name] = _record(shape, inner)
        return {"$ref": f"#/definitions/{name}"}
    if inside:
        return {"additionalProperties": _or_null(_schema(inside[1], inner)), "type": "object"}
    return _PLAIN[shape]


def _record(cls: Any, inner: dict[str, Schema]) -> Schema:
    """The schema of a class of records."""
    words, properties, known = field_help(cls), {}, cls.__dataclass_fields__
    required = [name for name in fields(cls) if known[name].default is known[name].default_factory is MISSING]
    required += ["parts"] if cls is Pack else []  # a pack without parts is no pack
    for field, shape in fields(cls).items():
        made, name = _schema(shape, inner), field.rstrip("_")
        says = {"pattern": r"\S"} if made == _PLAIN[str] else {"minItems": 1} if "items" in made else {}
        needed = says if field in required else {}  # must say something
        limited = _limited(made, needed | _RULES.get((cls, name), _ID if name == "id" else {}))
        limited = limited if field in required else _or_null(limited)
        properties[name] = {"description": words.get(field, ""), **limited}
    given: Schema = {"not": {"enum": ["", [], None]}}
    kinds: list[Schema] = [{"properties": {kind: given}, "required": [kind]} for kind in packs.KINDS]
    brief = kinds[packs.KINDS.index("brief")]
    kinds[packs.KINDS.index("page")] |= {"not": brief}  # beside a brief it is only where that leads
    return {
        "additionalProperties": False,
        "description": _about(cls),
        # A part is exactly one of these, and an empty one does not count.
        **({"oneOf": kinds} if cls is Part else {}),
        "properties": properties,
        "required": required,
        "type": "object",
    }


def _limited(schema: Schema, rule: Schema) -> Schema:
    """A schema with what a rule adds; a rule on numbers goes to each way of writing one."""
    if "anyOf" in schema and rule and "anyOf" not in rule:
        return {"anyOf": [way | rule for way in schema["anyOf"]]}
    return schema | rule


def _or_null(schema: Schema) -> Schema:
    """A schema that takes nothing at all as well."""
    if "enum" in schema:
        return schema | {"enum": _with(schema["enum"], None)}
    if "type" in schema:
        kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
        return schema | {"type": _with(kinds, "null")}
    return {"anyOf": _with(schema.get("anyOf", [schema]), {"type": "null"})}


def _with(some: list[Any], one: Any) -> list[Any]:
    return some if one in some else [*some, one]


def _redirects() -> Schema:
    old, new = f"^{OLD}$", f"^{NEW}$"  # nothing in them is another thing in the words of ECMA 262
    return {
        "$schema": DRAFT,
        "description": "An old address of this site, and the page that is there now: 'old/address/: new/page.md' "
        "(the new page as its file is called in docs/).",
        "type": ["object", "null"],
        "propertyNames": {"pattern": old},
        "additionalProperties": {"type": ["string", "null"], "pattern": new},
    }
