"""Plain data -> records: each value is read as the annotation of its field asks, and what cannot be so read is a slip.

Data is text, lists and groups (dicts). Records ask for text, numbers, yes or no, one of some words, lists, groups, other records, and for any of these or
nothing; `reader` knows no more. It is a hundred lines instead of a library, since a check would spend a sixth of its time on loading one.
"""

from __future__ import annotations

import dataclasses
import math
import re
import typing
from collections.abc import Callable, Mapping
from functools import cache, partial
from types import NoneType, UnionType
from typing import Any, Literal

from evidence.documents.data_files import MARKDOWN
from evidence.model.base import Location
from evidence.text.languages import with_spans

Path = tuple[str | int, ...]
# How text stands for a whole number, for a number, and for yes or no.
INT = r"^\s*[+-]?[0-9]+(_[0-9]+)*(\.0+)?\s*$"
FLOAT = r"^\s*[+-]?([0-9]+(_[0-9]+)*(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?\s*$"
BOOL = r"^([01]|[Tt]([Rr][Uu][Ee])?|[Ff]([Aa][Ll][Ss][Ee])?|[Yy]([Ee][Ss])?|[Nn][Oo]?|[Oo][Nn]|[Oo][Ff][Ff])$"
_NO = re.compile("0|f(alse)?|no?|off", re.I)

Kind = Literal["text", "int", "long", "float", "bool", "choice", "list", "group", "missing", "unknown", "empty"]


@dataclasses.dataclass(frozen=True, slots=True)
class Slip:
    """What is wrong with the value at a place: it is not of the kind that is asked for, is missing, unknown or empty; `choices` are the words that may stand there."""

    at: Path
    kind: Kind
    value: Any = None
    choices: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class Reading:
    """One reading of a file: `where` its values stand, `lines` has the places of all of them, and `slips` fills up."""

    where: Callable[[Path], Location]
    lines: Mapping[Path, int]
    slips: list[Slip] = dataclasses.field(default_factory=list)


Reader = Callable[[Any, Path, Reading], Any]


@cache
def fields(cls: Any) -> dict[str, Any]:
    """The fields of a class of records that files may fill, each with its type: all but `where`."""
    hints = typing.get_type_hints(cls)
    return {name: hints[name] for name in cls.__match_args__}


@cache
def reader(shape: Any) -> Reader:
    """What reads a value as a type: it takes the value, its place and the reading; what it returns means nothing where the reading has slips."""
    origin, inside = typing.get_origin(shape), typing.get_args(shape)
    if origin is Literal:
        return partial(_choice, inside)
    if origin is tuple:
        return partial(_list, reader(inside[0]))
    if origin in (UnionType, typing.Union):  # or nothing, which no value stands for
        return reader(next(kind for kind in inside if kind is not NoneType))
    if dataclasses.is_dataclass(shape):
        return partial(_record, shape)
    return partial(_group, reader(inside[1])) if inside else _PLAIN[shape]


def _text(value: Any, at: Path, reading: Reading) -> Any:
    if not isinstance(value, str):
        reading.slips.append(Slip(at, "text", value))
    return value


def _plain_text(value: Any, at: Path, reading: Reading) -> Any:
    """Text that no field of MARKDOWN holds: what says the language of words there becomes isolates."""
    text = _text(value, at, reading)
    return with_spans(text) if isinstance(text, str) and "<span" in text else text


def _matched(kind: Kind, pattern: str, make: Callable[[str], Any]) -> Reader:
    def read(value: Any, at: Path, reading: Reading) -> Any:
        if not isinstance(value, str) or not re.match(pattern, value):
            reading.slips.append(Slip(at, kind, value))
            return None
        try:
            return make(value)
        except (ValueError, OverflowError):
            reading.slips.append(Slip(at, "long" if kind == "int" else kind, value))
            return None

    return read


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise OverflowError
    return number


_PLAIN: dict[Any, Reader] = {
    str: _plain_text,
    int: _matched("int", INT, lambda text: int(text.partition(".")[0])),
    float: _matched("float", FLOAT, _finite),
    bool: _matched("bool", BOOL, lambda text: not _NO.fullmatch(text)),
}


def _choice(choices: tuple[str, ...], value: Any, at: Path, reading: Reading) -> Any:
    if value not in choices:
        reading.slips.append(Slip(at, "choice", value, choices))
    return value


def _list(read: Reader, value: Any, at: Path, reading: Reading) -> Any:
    if not isinstance(value, list):
        reading.slips.append(Slip(at, "list", value))
        return ()
    return tuple([read(item, (*at, i), reading) for i, item in enumerate(value)])


def _group(read: Reader, value: Any, at: Path, reading: Reading) -> Any:
    if not isinstance(value, dict):
        reading.slips.append(Slip(at, "group", value))
        return {}
    return {key: read(item, (*at, key), reading) for key, item in value.items()}


@cache
def _readers(cls: Any) -> tuple[dict[str, Reader], frozenset[str], frozenset[str]]:
    """The readers of the fields of a record; those that must be there, and those that must not be empty either."""
    known = cls.__dataclass_fields__
    full = frozenset(name for name in fields(cls) if known[name].default is dataclasses.MISSING)
    needed = frozenset(name for name in full if known[name].default_factory is dataclasses.MISSING)
    found = {name: reader(shape) for name, shape in fields(cls).items()}
    markdown: dict[str, Reader] = {
        name: partial(_list, _text) if typing.get_origin(fields(cls)[name]) is tuple else _text
        for name in MARKDOWN.get(cls, ())
    }
    return found | markdown, needed, full


def _record(cls: Any, value: Any, at: Path, reading: Reading) -> Any:
    slips = reading.slips
    if not isinstance(value, dict):
        slips.append(Slip(at, "group", value))
        return None
    before = len(slips)
    readers, needed, full = _readers(cls)
    made = {}
    for name, read in readers.items():
        here = (*at, name)
        if name not in value:
            if name in needed:
                slips.append(Slip(here, "missing"))
            continue
        made[name] = inner = read(value[name], here, reading)
        # A list may be empty only since all that stands in it was refused.
        blank = inner == () and (*here, 0) not in reading.lines
        if name in full and (blank or (isinstance(inner, str) and not inner.strip())):
            slips.append(Slip(here, "empty"))
        if isinstance(inner, tuple):
            items = (i for i, item in enumerate(inner) if isinstance(item, str) and not item.strip())
            slips += (Slip((*here, i), "empty") for i in items)
    slips += (Slip((*at, name), "unknown") for name in value if name not in readers)
    return None if len(slips) > before else cls(**made, where=reading.where(at))
