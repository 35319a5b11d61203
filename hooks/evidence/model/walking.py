"""Ways through all records of a review, whatever file they come from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from evidence.model.base import Record
from evidence.model.review import Review


def records(value: Any) -> Iterator[Record]:
    """All records of a review, or of a part of it, with those inside them."""
    if isinstance(value, Record):
        yield value
    inside: Iterable[Any] = ()
    if isinstance(value, Record | Review):
        # What others said of the sources is no text of the review: a program wrote it down, and no page shows it as Markdown.
        inside = (getattr(value, name) for name in value.__match_args__ if name != "checks")
    elif isinstance(value, tuple):
        inside = value
    elif isinstance(value, Mapping):
        inside = value.values()
    for item in inside:
        # Most fields are texts: they need no step of their own, and to ask whether they are a Mapping takes long.
        if not isinstance(item, str) and isinstance(item, Record | Mapping | tuple):
            yield from records(item)


def words_of(record: Record) -> Iterator[tuple[str, str]]:
    """The texts that stand in a record itself, each with the name of its field."""
    names: tuple[str, ...] = record.__match_args__  # all fields but `where`
    for name in names:
        value = getattr(record, name)
        for text in value if isinstance(value, tuple) else (value,):
            if isinstance(text, str):
                yield name, text
