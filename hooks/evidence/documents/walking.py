"""Ways through all records of a review, whatever file they come from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from evidence.documents.document import NONE, Document
from evidence.model.base import Location, Record
from evidence.model.redirects import Redirect
from evidence.model.review import Point, Review
from evidence.model.site_data import Part


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


def names_of(review: Review, documents: Iterable[Document]) -> Iterator[tuple[str, str, Location]]:
    """What data and pages name: what it is ('theme', 'group of barriers'), its id or key, and where."""
    for record in records(review):
        if not isinstance(record, Part):  # whose themes may be named by who named them (see `paper_rules.packs`)
            yield from (("theme", name, record.where) for name in getattr(record, "themes", ()))
        yield from (("nation", name, record.where) for name in getattr(record, "nations", ()))
        yield from (("note", name, record.where) for name in getattr(record, "notes", ()))
        yield from (("source", name, record.where) for name in (record.also if isinstance(record, Point) else ()))
        for what in ("nation", "source", "origin", "parent"):
            if name := getattr(record, what, ""):
                yield what, name, record.where
    for comparison in filter(None, (review.comparison, review.methods)):
        what = "column" if comparison.columns else "nation"
        yield from ((what, name, row.where) for row in comparison.rows for name in row.cells)
    yield from (("nation", name, topic.where) for topic in review.glance.values() for name in topic.cells)
    yield from (("nation", name, r.where) for r in review.references.values() for name in r.nations)
    yield from (("group of barriers", barrier.group, barrier.where) for barrier in review.barriers.barriers)
    yield from (("group of questions", question.group, question.where) for question in review.questions.questions)
    if review.methods:
        yield from (("method", example.method, example.where) for example in review.examples)
    yield from (("reference", name, note.where) for note in review.notes.values() for name in note.references)
    for document in documents:
        for section in document.sections:
            where = Location(document.where.path, section.line)
            yield from (("theme", name, where) for name in section.own.themes if name not in NONE)
            yield from (("nation", name, where) for name in section.own.nations if name not in NONE)
        for what, names in (("theme", document.marks.themes), ("nation", document.marks.nations)):
            yield from ((what, name, document.at_field(f"{what}s")) for name in names)


def now_at(uri: str, redirects: Iterable[Redirect]) -> str:
    """Where the page with the source address `uri` is now: the same address, where it has not moved."""
    return next((entry.page for entry in redirects if uri in entry.sources), uri)
