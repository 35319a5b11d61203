"""YAML text -> records, with a line for everything that is wrong.

YAML is read as plain data: every scalar is text (so `NO` stays 'NO' and `012` stays '012'; the record's own type turns '3' into a
number), and anchors, aliases and tags are refused, because they can make a small file explode or run code. Fields are read by `documents.shapes`, from
the annotations of the dataclasses in `model`; this file gives what it finds a line and plain words.
"""

from __future__ import annotations

import dataclasses
import keyword
import typing
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, TypeVar

import yaml
from yaml.reader import Reader

from evidence.documents.shapes import Kind, Path, Reading, Slip, fields, reader
from evidence.model.base import Location, Named, Problem, Record
from evidence.sources.parts import parse_parts
from evidence.sources.yaml_slips import LOADER, cause_of
from evidence.text.escape import UNSEEN
from evidence.text.words import did_you_mean, quoted

T = TypeVar("T")

MAX_DEPTH = 20
# Beyond what people write; at these a file still takes about a second.
MAX_VALUES = 200_000
MAX_CHARACTERS = 100_000
# How YAML says that there is no value (YAML 1.2.2, "Null"); with the loader for plain text they would be shown to readers.
NOTHING = {"~", "null", "Null", "NULL"}
# What a value must be.
_MUST: dict[Kind, str] = {
    "long": "must be a whole number that is not so long",
    "text": "must be text",
    "int": "must be a whole number",
    "float": "must be a number",
    "bool": "must be true or false",
    "list": "must be a list (one item a line, each starting with '- ')",
    "group": "must be a group of 'name: value' lines",
}


@dataclasses.dataclass(frozen=True, slots=True)
class Tree:
    """A parsed YAML file: plain `data`, and the line of each value by its path from the root. `file` names the file in problems."""

    data: Any
    lines: Mapping[Path, int]
    file: str

    def where(self, path: Path = ()) -> Location:
        """The place of the value at `path`, or of the nearest thing around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return Location(self.file, self.lines.get(path, 1))


def parse_yaml(text: str, path: str, plain: bool = True) -> tuple[Tree | None, list[Problem]]:
    """Parse YAML `text`; `path` names the file in problems. No tree comes back where the text cannot be trusted or parsed.

    Without `plain`, tags, anchors and '~' may stand there, of which nothing is made.
    """
    problems: list[Problem] = []

    def problem(line: int, message: str) -> Problem:
        return Problem(Location(path, line), message, unread=True)

    if unseen := Reader.NON_PRINTABLE.search(text) or UNSEEN.search(text):
        return None, [problem(text.count("\n", 0, unseen.start()) + 1, unseen_character(unseen[0]))]
    try:
        depth = values = 0
        for event in yaml.parse(text, Loader=LOADER):
            if not isinstance(event, yaml.NodeEvent):
                depth -= isinstance(event, yaml.CollectionEndEvent)
                continue
            line = event.start_mark.line + 1 if event.start_mark else 1
            depth += isinstance(event, yaml.CollectionStartEvent)
            if depth > MAX_DEPTH:
                return None, [problem(line, f"values are nested more than {MAX_DEPTH} deep; write them flatter")]
            values += 1
            if values > MAX_VALUES:
                return None, [problem(line, f"this file has more than {MAX_VALUES:,} values; make it smaller")]
            if not plain:
                continue
            if event.anchor:
                advice = "write the value out, or put it in quotation marks if it is text"
                problems.append(problem(line, f"'&{event.anchor}' and '*{event.anchor}' do not work here; {advice}"))
            if isinstance(event, yaml.ScalarEvent) and not event.style and event.value in NOTHING:
                advice = "leave the line out, or put the word in quotation marks if it is text"
                problems.append(problem(line, f"'{event.value}' stands for nothing here; {advice}"))
            tag = getattr(event, "tag", None)
            if tag and not (isinstance(event, yaml.ScalarEvent) and event.implicit[0]):
                # The parser writes '!!str' out as 'tag:yaml.org,2002:str'.
                shown = quoted(str(tag).replace("tag:yaml.org,2002:", "!!"))
                advice = "put text that begins with '!' in quotation marks"
                problems.append(problem(line, f"{shown} does not work here; {advice}"))
        if problems:
            return None, problems
        root = yaml.compose(text, Loader=LOADER)
    except yaml.YAMLError as error:
        line, why = cause_of(text, error)
        return None, [problem(line, f"this cannot be read: {why}")]
    lines: dict[Path, int] = {}
    data = _plain(root, (), path, lines, problems) if root is not None else None
    return Tree(data, lines, path), problems


def unseen_character(character: str, where: str = "line; delete the line and type it again") -> str:
    """What is told of a character that cannot be seen."""
    return f"a character that cannot be seen (U+{ord(character):04X}) stands in this {where}"


def _plain(node: yaml.Node, at: Path, path: str, lines: dict[Path, int], problems: list[Problem]) -> Any:
    lines[at] = node.start_mark.line + 1

    def refused(message: str, line: int = lines[at]) -> str:
        problems.append(Problem(Location(path, line), message))
        return ""

    if isinstance(node, yaml.ScalarNode) and (unseen := UNSEEN.search(node.value)):  # written as "\\x02" or the like
        return refused(unseen_character(unseen[0], "text; remove it"))
    if isinstance(node, yaml.ScalarNode) and len(node.value) > MAX_CHARACTERS:
        name = quoted(str(at[-1])) if at else "this"
        return refused(f"{name} has {len(node.value):,} characters; at most {MAX_CHARACTERS:,}")
    if isinstance(node, yaml.SequenceNode):
        return [_plain(child, (*at, i), path, lines, problems) for i, child in enumerate(node.value)]
    if not isinstance(node, yaml.MappingNode):
        return node.value
    result: dict[str, Any] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        if not isinstance(key_node, yaml.ScalarNode):
            refused("a name before ':' must be plain text", line)
            continue
        # A record's own `where` is not the file's to set.
        reserved = keyword.iskeyword(key_node.value) or key_node.value == "where"
        key = f"{key_node.value}_" if reserved else key_node.value
        empty = isinstance(value_node, yaml.ScalarNode) and not value_node.style and not value_node.value
        if key in result:
            first = lines[(*at, key)]
            refused(f"'{key_node.value}' stands here a second time; the first is at line {first}", line)
        elif not empty:  # "name:" with nothing after it counts as absent, so that the record's default applies
            result[key] = _plain(value_node, (*at, key), path, lines, problems)
            lines[(*at, key)] = line
    return result


def one(cls: type[T], tree: Tree) -> tuple[T | None, list[Problem], list[str]]:
    """The whole of `tree` as one record of `cls`: the record, the problems, and what was refused, as in `many`.

    Of its lists of records with ids each is read by itself, so that one with a slip does not hide what else is to be told of the file.
    """
    if not isinstance(tree.data, dict):
        return *_record(cls, tree.data, tree, ()), [tree.file]
    lists = {
        name: item for name, item in _lists_of(typing.cast(Any, cls)).items() if isinstance(tree.data.get(name), list)
    }
    record, problems = _record(cls, tree.data | {name: [] for name in lists}, tree, ())
    refused = [] if record is not None else [tree.file, *cited(tree.data)]
    for name, item in lists.items():
        found, wrong, lost = _items(item, tree.data[name], tree, (name,))
        problems += _of_other_lists(name, wrong, tree, typing.cast(Any, cls))
        refused += lost
        record = record and dataclasses.replace(typing.cast(Any, record), **{name: tuple(found)})
    return record, problems, refused


def _of_other_lists(name: str, problems: list[Problem], tree: Tree, cls: Any) -> list[Problem]:
    """The problems of a list, but where items are those of another one, since the line with its name is not there: that is told alone, once."""
    wanting = {other: item for other, item in _lists_of(cls).items() if other != name and other not in tree.data}
    own = set(_lists_of(cls)[name].__match_args__)
    told: dict[str, Problem] = {}
    strangers: set[Path] = set()
    for i, item in enumerate(tree.data[name]):
        keys = set(item) if isinstance(item, dict) else set[str]()
        other = next((other for other, of in wanting.items() if keys - own and keys <= set(of.__match_args__)), "")
        if other:
            where = tree.where((name, i))
            advice = f"write a line '{other}:' above the first of these"
            told.setdefault(
                other, Problem(where, f"this has the fields of '{other}', and stands in '{name}'; {advice}")
            )
            strangers.add((name, i))
    lines = {
        tree.where((*at, *rest)) for at in strangers for rest in ((), *((key,) for key in tree.data[name][at[-1]]))
    }
    return [*(problem for problem in problems if problem.where not in lines), *told.values()]


@cache
def _lists_of(cls: Any) -> dict[str, type[Named]]:
    """The fields of a class that hold lists of records with ids, and the class of these."""
    items = {name: (*typing.get_args(shape), None)[0] for name, shape in fields(cls).items()}
    return {name: item for name, item in items.items() if isinstance(item, type) and issubclass(item, Named)}


def cited(value: Any) -> Iterator[str]:
    """'@key' for each work that plain data cites or names."""
    if isinstance(value, str):
        yield from (f"@{item.key}" for citation in parse_parts(value).citations for item in citation.items)
    for name, inner in (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    ):
        yield from (f"@{key}" for key in inner if name == "references" and isinstance(inner, list))
        yield from cited(inner)


def many(cls: type[T], tree: Tree) -> tuple[list[T], list[Problem], list[str]]:
    """Each item of `tree` as a record of `cls`: the good records, the problems, and the ids of the refused ones with what they cite."""
    if not isinstance(tree.data, list):
        message = "this file must be a list: each record starts with '- '"
        return [], [Problem(tree.where(), message, unread=True)], []
    return _items(cls, tree.data, tree, ())


def _items(cls: type[T], data: list[Any], tree: Tree, at: Path) -> tuple[list[T], list[Problem], list[str]]:
    """The items of the list at `at` as records, as `many` gives them. Where the name of a refused one is not known, the file is among what is refused."""
    records: list[T] = []
    problems: list[Problem] = []
    refused: list[str] = []
    for i, item in enumerate(data):
        record, found = _record(cls, item, tree, (*at, i), at and (*at, i))
        problems += found
        if record is not None:
            records.append(record)
            continue
        given = item if isinstance(item, dict) else {}
        others = given.keys() - _field_names(cls)  # its name may itself be what is misspelt
        values = [item, *(given.get(name) for name in {"id", "key"} | others)]
        names = [value for value in values if value and isinstance(value, str)]
        refused += names or (
            [tree.file] if {"id", "key"} & _field_names(cls) else []
        )  # what has no name, nothing names
        refused += cited(item)
    return records, problems, refused


def _record(cls: type[T], value: Any, tree: Tree, at: Path, inside: Path = ()) -> tuple[T | None, list[Problem]]:
    """The value at `at` as a record, and the problems; these name what is `inside` of what. What is empty is told where nothing else is wrong."""
    reading = Reading(tree.where, tree.lines)
    shape: Any = cls
    record: T | None = reader(shape)(value, at, reading)
    wrong = [slip for slip in reading.slips if slip.kind != "empty"] or reading.slips
    unknown = [slip.at for slip in wrong if slip.kind == "unknown"]
    # What is only misspelt is not missing as well.
    told = (s for s in wrong if s.kind != "missing" or not any(_misspelt(s.at, place) for place in unknown))
    return record, [_problem(cls, slip, tree, at, inside) for slip in told]


def _misspelt(wanted: Path, unknown: Path) -> bool:
    """Whether a field that is not known is one that is missing in the same record, misspelt."""
    near = did_you_mean(str(unknown[-1]), [str(wanted[-1]).rstrip("_")])
    return wanted[:-1] == unknown[:-1] and bool(near)


def _problem(cls: type, slip: Slip, tree: Tree, at: Path, inside_of: Path) -> Problem:
    loc = slip.at[len(at) :]
    steps = [str(step).rstrip("_") if isinstance(step, str) else f"item {step + 1}" for step in (*inside_of, *loc)]
    name = f"'{steps[-1]}'" if steps else "this"
    inside = f" (in {', '.join(steps[:-1])})" if len(steps) > 1 else ""
    if slip.kind == "missing":
        message = f"{name} is missing{inside}; add a line '{steps[-1]}: ...'"
    elif slip.kind == "unknown":
        message = f"{name} is not a field that is known here{inside}{did_you_mean(steps[-1], _field_names(cls) - {steps[-1]})}"
    elif slip.kind == "choice":
        # Nothing is one of the choices of some fields, but no advice.
        message = f"{name} is {_shown(slip.value)}{inside}; it must be {_listed(filter(None, slip.choices))}"
    elif slip.kind == "empty" and isinstance(slip.at[-1], int):
        message = f"item {slip.at[-1] + 1} of '{str(slip.at[-2]).rstrip('_')}' is empty; write something there, or take it out"
    elif slip.kind == "empty":
        message = f"'{slip.at[-1]}' is empty; write something there"
    else:
        message = f"{name} {_MUST[slip.kind]}, not {_shown(slip.value)}{inside}"
    return Problem(tree.where(slip.at), message, unread=not slip.at)


def _listed(words: Iterable[str]) -> str:
    *most, last = [f"'{word}'" for word in words]
    return f"{', '.join(most)} or {last}" if most else last


def _field_names(cls: type) -> set[str]:
    """All field names of `cls` and of the records inside it, as files spell them: what a misspelt name may have meant."""
    names: set[str] = set()
    waiting: list[Any] = [cls]
    while waiting:
        item = waiting.pop()
        if isinstance(item, type) and issubclass(item, Record):
            shape: Any = item
            names |= {name.rstrip("_") for name in fields(shape)}
            waiting += fields(shape).values()
        else:
            waiting += getattr(item, "__args__", ())
    return names


def _shown(value: Any) -> str:
    """A value that stands where it cannot, as an editor sees it."""
    if isinstance(value, list):
        return "a list"
    return "a group of 'name: value' lines" if isinstance(value, dict) else quoted(str(value))
