"""JSON Schemas (draft-07) of the data files and of pages' front matter, so that editors' programs complete names and mark slips while one types.

They are made from the classes that `records` holds the files to, and say the same: what a schema accepts, the engine accepts. Draft-07 is what
YAML language servers read. Two things follow from how YAML is read here. Every value is text to the engine, so where text is asked for, a schema
takes what YAML calls a number or true, too. And 'name:' with nothing after it counts as left out, so every field that may be left out may be null.
What only the whole review can show, such as whether a theme exists, is left to the rules of `check`.
"""

from __future__ import annotations

import dataclasses
import inspect
import json
import types
import typing
from collections.abc import Mapping
from typing import Any, Literal

from evidence.model.review import Kind, Source, Untraced
from evidence.model.site_data import Card, EditorialNote, LinkResult, Pack, Part, Publisher, Reading
from evidence.rules.packs import KINDS, MAX_CARD_TEXT, MAX_LINES
from evidence.rules.pages import HIDDEN, MAX_DESCRIPTION, MAX_TITLE
from evidence.site.field_words import FIELD_WORDS, FRONT_WORDS, REDIRECT_WORDS
from evidence.sources.bibtex import MAX_KEY
from evidence.sources.read import LISTS, SINGLES

Schema = dict[str, Any]

DRAFT = "http://json-schema.org/draft-07/schema#"
# Text, as YAML may see it; a whole number, a number, and yes or no, as pydantic reads them from text ("Conversion Table").
_TEXT: tuple[str, ...] = ("string", "number", "boolean")
_INT = r"^\s*[+-]?[0-9]+(_[0-9]+)*(\.0+)?\s*$"
_FLOAT = r"^\s*[+-]?([0-9]+(_[0-9]+)*(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?\s*$"
_BOOL = r"^([01]|[Tt]([Rr][Uu][Ee])?|[Ff]([Aa][Ll][Ss][Ee])?|[Yy]([Ee][Ss])?|[Nn][Oo]?|[Oo][Nn]|[Oo][Ff][Ff])$"
_WAYS: dict[type, list[Schema]] = {
    str: [{"type": list(_TEXT)}],
    bool: [{"type": "boolean"}, {"type": "integer", "minimum": 0, "maximum": 1}, {"type": "string", "pattern": _BOOL}],
    int: [{"type": "integer"}, {"type": "string", "pattern": _INT}],
    float: [{"type": "number"}, {"type": "string", "pattern": _FLOAT}],
}

_ID = {
    "type": ["string", "integer", "boolean"],
    "minimum": 0,
    "maxLength": MAX_KEY,
    "pattern": "^[A-Za-z0-9][A-Za-z0-9-]*$",
}
_DAY = {"type": "string", "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"}
_DAY_OR_NONE = {"type": ["string", "null"], "pattern": f"^$|{_DAY['pattern']}"}
# What rules say of single fields, beyond their type: `check_data`, `check_packs`, `abbreviations`, `publishing`, `links`.
_RULES: dict[tuple[type, str], Schema] = {
    (Untraced, "key"): {
        "type": ["string", "integer", "boolean"],
        "minimum": 0,
        "pattern": "^[A-Za-z0-9][A-Za-z0-9_-]*$",
    },
    (EditorialNote, "dated"): _DAY_OR_NONE,
    (Reading, "checked"): _DAY_OR_NONE,
    (Reading, "sentence_mean"): {"minimum": 1},
    (Reading, "sentence_most"): {"minimum": 1},
    (Reading, "words_a_minute"): {"minimum": 1},
    (LinkResult, "checked"): _DAY,
    (Pack, "parts"): {"minItems": 1},
    (Pack, "sizes"): {"minItems": 1, "uniqueItems": True},
    (Part, "lines"): {"maximum": MAX_LINES, "minimum": 0},
    (Card, "text"): {"maxLength": MAX_CARD_TEXT},
    (Publisher, "site_address"): {"type": ["string", "null"], "pattern": r"^$|^https?://[^\s?#/]+/([^\s?#]*/)?$"},
}
# A pack without parts is no pack, although its class has a default for them.
_NEEDED = {(Pack, "parts")}
# A part is exactly one of these, and an empty one does not count.
_ONE_OF: dict[type, tuple[str, ...]] = {Part: KINDS}


def schemas() -> dict[str, Schema]:
    """All schemas by the name of their file: one for each data file, and 'page.json' for the front matter of pages."""
    found = {f"{name}.json": _list(cls) for name, (_, cls, _) in LISTS.items()}
    found |= {f"{name}.json": _single(cls) for name, (_, cls) in SINGLES.items()}
    return dict(sorted((found | {"redirects.json": _redirects(), "page.json": _front_matter()}).items()))


def as_text(schema: Schema) -> str:
    """A schema as the text of its file: the same for the same classes."""
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _list(cls: type) -> Schema:
    inner: dict[str, Schema] = {}
    item = _of(cls, inner)
    return _file(cls, {"type": ["array", "null"], "items": item}, inner)


def _single(cls: type) -> Schema:
    inner: dict[str, Schema] = {}
    _of(cls, inner)
    return _file(cls, inner.pop(cls.__name__) | {"type": ["object", "null"]}, inner)


def _file(cls: type, schema: Schema, inner: Mapping[str, Schema]) -> Schema:
    return {"$schema": DRAFT, "description": _about(cls), **schema, "definitions": dict(sorted(inner.items()))}


def _about(cls: type) -> str:
    """The first paragraph of a class's docstring, on one line."""
    return " ".join(inspect.cleandoc(cls.__doc__ or "").partition("\n\n")[0].split())


def _of(annotation: Any, inner: dict[str, Schema]) -> Schema:
    """The schema of a type; what it needs to know of classes goes into `inner`, by their names."""
    if dataclasses.is_dataclass(annotation) and isinstance(annotation, type):
        if annotation.__name__ not in inner:
            inner[annotation.__name__] = {}  # a class may hold others of its own kind
            inner[annotation.__name__] = _record(annotation, inner)
        return {"$ref": f"#/definitions/{annotation.__name__}"}
    if ways := [dict(way) for way in _WAYS.get(annotation, ())]:
        return ways[0] if len(ways) == 1 else {"anyOf": ways}
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is Literal:
        return {"enum": list(arguments)}
    if origin is tuple:
        item = _of(arguments[0], inner)
        # '- ' with nothing after it is empty text.
        return {"type": "array", "items": _or_null(item) if arguments[0] is str else item}
    if origin in (typing.Union, types.UnionType):
        (single,) = (argument for argument in arguments if argument is not type(None))
        return _or_null(_of(single, inner))
    assert isinstance(origin, type) and issubclass(origin, Mapping), annotation
    return {"type": "object", "additionalProperties": _or_null(_of(arguments[1], inner))}


def _record(cls: type, inner: dict[str, Schema]) -> Schema:
    properties: dict[str, Schema] = {}
    required: list[str] = []
    types_of = typing.get_type_hints(cls)
    words = FIELD_WORDS.get(cls.__name__, {})
    for field in dataclasses.fields(cls):
        if field.name == "where":  # the engine's, not the file's
            continue
        name = field.name.rstrip("_")
        needed = field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
        if needed or (cls, name) in _NEEDED:
            required.append(name)
        rule = _RULES.get((cls, name), _ID if name == "id" and cls not in (Kind, Source) else {})
        if needed and types_of[field.name] is str:  # what must be there must say something
            rule = {"pattern": r"\S"} | rule
        schema = _limited(_of(types_of[field.name], inner), rule)
        properties[name] = {"description": words.get(name, ""), **(schema if name in required else _or_null(schema))}
    schema = {
        "type": "object",
        "description": _about(cls),
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }
    given: Schema = {"not": {"enum": ["", [], None]}}
    kinds = [{"required": [kind], "properties": {kind: given}} for kind in _ONE_OF.get(cls, ())]
    return schema | ({"oneOf": kinds} if kinds else {})


def _limited(schema: Schema, rule: Schema) -> Schema:
    """A schema with what a rule adds; a rule on numbers goes to each way of writing one."""
    if "anyOf" in schema and rule:
        return {"anyOf": [way | rule for way in schema["anyOf"]]}
    return schema | rule


def _or_null(schema: Schema) -> Schema:
    if "null" in schema.get("type", ()):
        return schema
    if "enum" in schema:
        return schema if None in schema["enum"] else schema | {"enum": [*schema["enum"], None]}
    if "type" in schema:
        kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
        return schema | {"type": [*kinds, "null"]}
    ways = schema.get("anyOf", [schema])
    return {"anyOf": [*ways, *([] if {"type": "null"} in ways else [{"type": "null"}])]}


def _redirects() -> Schema:
    # The same patterns as in `moved`, in the words of ECMA 262.
    old = "^/?([A-Za-z0-9_][A-Za-z0-9_.-]*/)*[A-Za-z0-9_][A-Za-z0-9_.-]*(/|\\.html)?$"
    new = "^([A-Za-z0-9_.-]+/)*[A-Za-z0-9_.-]+\\.md(#[A-Za-z0-9_-]+)?$"
    return {
        "$schema": DRAFT,
        "description": REDIRECT_WORDS,
        "type": ["object", "null"],
        "propertyNames": {"pattern": old},
        "additionalProperties": {"type": ["string", "null"], "pattern": new},
    }


def _front_matter() -> Schema:
    ids: Schema = {"type": ["array", *_TEXT, "null"], "items": {"type": list(_TEXT)}}
    properties: dict[str, Schema] = {
        "title": {"type": list(_TEXT), "maxLength": MAX_TITLE, "pattern": r"\S"},
        "description": {"type": list(_TEXT), "maxLength": MAX_DESCRIPTION, "pattern": r"\S"},
        "checked": _DAY_OR_NONE,
        "themes": ids,
        "nations": ids,
        "glossary": {"type": ["boolean", "null"]},
        "hide": {"type": ["array", "null"], "items": {"enum": sorted(HIDDEN)}},
        "search": {
            "type": ["object", "null"],
            "properties": {"exclude": {"type": "boolean"}, "boost": {"type": "number"}},
        },
    }
    return {
        "$schema": DRAFT,
        "description": "Front matter: what a page says of itself between two lines of '---' at its top.",
        "type": "object",
        "properties": {name: {"description": FRONT_WORDS[name], **schema} for name, schema in properties.items()},
        "required": ["title", "description"],
        "additionalProperties": False,
    }
