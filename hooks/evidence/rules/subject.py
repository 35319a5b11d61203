"""What rules look at: the review, its pages, and ways through all of their texts."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any

from evidence.crosslinks.index import Index
from evidence.crosslinks.passages import Page, Passage
from evidence.model.base import Location, Problem, Record
from evidence.model.review import Barrier, Example, Review, Statement, Theme
from evidence.model.site_data import EditorialNote, Figure
from evidence.sources.document import Document, Marks

# The one field of a record that may cite; citations in any other field would be shown as they are written.
CITING: dict[type[Record], str] = {
    Statement: "text",
    Barrier: "text",
    Example: "text",
    EditorialNote: "note",
    Figure: "credit",
}


# Fields that are inline Markdown; all others are plain text, which is escaped where it is shown.
MARKDOWN: dict[type[Record], tuple[str, ...]] = {
    **{record: (name,) for record, name in CITING.items()},
    Theme: ("summary", "members_said", "reading"),
}


@dataclass(frozen=True, slots=True)
class Subject:
    """What is checked: the review, its pages as written and as passages, the cross-links, and the addresses of generated files."""

    review: Review
    documents: tuple[Document, ...]
    pages: tuple[Page, ...]
    index: Index
    generated: tuple[tuple[str, Location], ...]


Rule = Callable[[Subject], Iterator[Problem]]


def records(value: Any) -> Iterator[Record]:
    """All records of a review, or of a part of it, with those inside them."""
    if isinstance(value, Record):
        yield value
    inside: Iterable[Any] = ()
    if isinstance(value, Record | Review):
        inside = (getattr(value, field.name) for field in fields(value))
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
    for field in fields(record):
        value = getattr(record, field.name)
        for text in value if isinstance(value, tuple) else (value,):
            if isinstance(text, str):
                yield field.name, text


def texts(subject: Subject) -> Iterator[Passage]:
    """All text that may cite: the passages of pages, and data, which perhaps no page shows yet."""
    for page in subject.pages:
        yield from page.passages
    for record in records(subject.review):
        if name := CITING.get(type(record)):
            yield Passage(getattr(record, name), "", "", "", Marks(), record.where)


_TARGET = re.compile(
    r"\]\(\s*<?([^)>\n]{0,300})"
    r"|^[ \t>*+.)\d-]*\[[^\]\n]+\]:[\s>]*<?([^>\n]{0,300})"
    r"|\b(?:href|src|action|formaction|data)\s*=\s*[\"']?([^\"'>\n]{0,300})",
    re.M | re.I,
)
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
_SAFE = {"http", "https", "mailto", "tel"}


def link_targets(text: str) -> Iterator[tuple[str, int]]:
    """The targets of links in Markdown (inline, by reference, in HTML), each with its offset."""
    for match in _TARGET.finditer(text):
        yield next(group for group in match.groups() if group is not None).strip(), match.start()


def is_unsafe(target: str) -> bool:
    """Whether an address has a scheme that can do more than lead somewhere, read as browsers do (WHATWG, "URL Standard")."""
    # A backslash before a sign is Markdown's, and gone from the page.
    address = re.sub(r"[\t\n\r\\]", "", html.unescape(target)).lstrip("".join(map(chr, range(33))))
    scheme = _SCHEME.match(address)
    return bool(scheme and scheme[1].lower() not in _SAFE)
