"""The rules for how hard pages are to read, which data/reading.yml sets."""

from __future__ import annotations

from collections.abc import Iterator

from evidence.files import Cache
from evidence.model.base import Problem
from evidence.rules.measuring import grade, limit_of
from evidence.rules.subject import Subject
from evidence.text.words import quoted

WORST = 3  # sentences that are named


def reading_limits_are_possible(subject: Subject) -> Iterator[Problem]:
    """Nobody reads less than one word in a minute, and no sentence is shorter."""
    reading = subject.review.reading
    for name in ("words_a_minute", "sentence_mean", "sentence_most"):
        if getattr(reading, name) < 1:
            yield Problem(reading.where, f"'{name}' is {getattr(reading, name):g}; it must be 1 or more")


def sentences_are_short(subject: Subject) -> Iterator[Problem]:
    """On a page with a reading limit, no sentence has more words than the review allows, nor have they on average."""
    reading = subject.review.reading
    for page in (m for m in subject.measures if limit_of(m.uri, reading)):
        for s in page.sentences:
            if s.words > reading.sentence_most:
                message = f"sentence of {s.words} words, at most {reading.sentence_most}: {quoted(s.text, 120)}"
                yield Problem(s.where, message)
        if page.mean > reading.sentence_mean:
            longest = sorted(page.sentences, key=lambda s: -s.words)[:WORST]
            named = "; ".join(f"line {s.where.line} ({s.words} words)" for s in longest)
            mean = f"{page.mean:.1f} words on average, at most {reading.sentence_mean:g}"
            yield Problem(page.where, f"sentences have {mean}; the longest: {named}")


def pages_are_easy_to_read(subject: Subject) -> Iterator[Problem]:
    """A page's reading grade is at most that of the first limit that fits its address."""
    reading = subject.review.reading
    for page in subject.measures:
        if page.grade > page.limit and limit_of(page.uri, reading):
            hardest = sorted(page.sentences, key=lambda s: -grade([s], reading, Cache()))[:WORST]
            named = "; ".join(f"{s.where} {quoted(s.text, 80)}" for s in hardest)
            high = f"reading grade {page.grade:g}, at most {page.limit:g} here"
            yield Problem(page.where, f"{high}; the hardest: {named}")
