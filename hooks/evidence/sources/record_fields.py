"""What the classes of records say of their fields: all names, and which texts must be there."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Iterator
from typing import Any

from evidence.model.base import Location, Record


def field_names(cls: type) -> set[str]:
    """All field names of `cls` and of the records inside it, as files spell them: what a misspelt name may have meant."""
    names: set[str] = set()
    seen: set[type] = set()
    waiting: list[Any] = [cls]
    while waiting:
        item = waiting.pop()
        if dataclasses.is_dataclass(item) and isinstance(item, type) and item not in seen and item is not Location:
            seen.add(item)
            names |= {f.name.rstrip("_") for f in dataclasses.fields(item) if f.name != "where"}
            waiting += typing.get_type_hints(item).values()
        else:
            waiting += getattr(item, "__args__", ())
    return names


def blanks(value: Any, at: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The path of each text in a record, and in those inside it, that its class asks for and that is empty or white space."""
    if isinstance(value, Record):
        names: tuple[str, ...] = value.__match_args__  # all fields but `where`
        for name in names:
            inner = getattr(value, name)
            if not isinstance(inner, str):
                yield from blanks(inner, (*at, name))
            elif not inner.strip() and value.__dataclass_fields__[name].default is dataclasses.MISSING:
                yield (*at, name)
    elif isinstance(value, tuple):
        for i, inner in enumerate(value):
            yield from blanks(inner, (*at, i))
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from blanks(inner, (*at, key))
