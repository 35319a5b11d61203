"""What the classes of records say of their fields: all names, and which texts must be there."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Iterator
from typing import Any

from evidence.model.base import Location


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
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        for f in dataclasses.fields(value):
            inner = getattr(value, f.name)
            needed = f.default is dataclasses.MISSING and f.default_factory is dataclasses.MISSING
            if needed and isinstance(inner, str) and not inner.strip():
                yield (*at, f.name)
            elif f.name != "where":
                yield from blanks(inner, (*at, f.name))
    elif isinstance(value, tuple):
        for i, inner in enumerate(value):
            yield from blanks(inner, (*at, i))
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from blanks(inner, (*at, key))
