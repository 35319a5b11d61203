"""The rules for how citations are written: as `[@key]`, where a list of references stands below, and in no other way that people know."""

from __future__ import annotations

from collections.abc import Iterator

from evidence.model.base import Problem
from evidence.model.walking import words_of
from evidence.rules.subject import CITING, Subject
from evidence.sources import parse_parts
from evidence.text.words import listed


def citations_are_readable(subject: Subject) -> Iterator[Problem]:
    """A bracket with an @ is a citation throughout, or no citation at all."""
    for passage in subject.texts:
        for slip in passage.parts.slips_of("citation"):
            yield Problem(passage.line(slip.start), slip.message)


def citations_stand_where_they_can(subject: Subject) -> Iterator[Problem]:
    """Data cites only in texts that are shown with a list of references; elsewhere the bracket would be shown as it is."""
    for record in subject.records:
        texts = [(name, text) for name, text in words_of(record) if name != CITING.get(type(record))]
        if found := {f"'{name}'" for name, text in texts if "@" in text and parse_parts(text).citations}:
            why = "because no list of references stands below"
            yield Problem(record.where, f"{listed(sorted(found))} cannot cite, {why}; name the work")
