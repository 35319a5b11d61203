"""How hard a page is to read: sentence lengths and the Flesch-Kincaid grade, by textstat; and how long it takes.

A score helps to find hard passages; it does not prove that a text is easy. Citations, headings, code and notes in brackets for citations are
left out of the count, because nobody can make them shorter.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache, lru_cache
from importlib.metadata import version
from math import ceil
from typing import Any

from evidence.crosslinks.passages import Page, Passage
from evidence.files.cache import Cache
from evidence.model.base import Location, Problem
from evidence.model.site_data import Limit, Reading
from evidence.pages.directives import NOTE
from evidence.papers.pack_pages import PLACE
from evidence.references.labels import NO_CITATION, plain
from evidence.sources.document import citations
from evidence.text.spans import code_spans
from evidence.text.words import counted, in_words, quoted

WORST = 3
_BLOCK = re.compile(r"\n[ \t]*\n|\n(?=[ \t]*(?:[-*+]|\d+[.)])[ \t])|\n(?=\|)|<br>|(?<=\S) \| ")
_SENTENCE = re.compile(r"(?<=[.!?])[”\"')]*\s+(?=[“\"'(A-Z])")
# What the engine adds to a statement: links to notes, and where it comes from.
_REMARK = re.compile(rf" ?\[{NOTE} [^\]]*\]\([^)]*\)\{{[^{{}}]*\}}| {re.escape(NO_CITATION)}")
_SKIP = re.compile(r"\s*(?:\||!!!|Table: |Figure: |\{|<|\[Download|\[This profile|---)")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a page as plain words, and its place."""

    text: str
    where: Location

    @property
    def words(self) -> int:
        return len(self.text.split())


@dataclass(frozen=True, slots=True)
class Measure:
    """What a page measures: its words in all, words a sentence on average, and the Flesch-Kincaid grade (US school years)."""

    uri: str
    words: int
    mean: float
    grade: float
    limit: float


def sentences(page: Page) -> list[Sentence]:
    """The sentences of a page's prose and table cells, without citations and code; names and single words left out."""
    return [s for passage in page.passages if not passage.heading for s in _sentences(passage) if s.words > 3]


@lru_cache(maxsize=16_384)  # while a site is served, most passages stay as they are
def _sentences(passage: Passage) -> tuple[Sentence, ...]:
    return tuple(_split(passage))


def _split(passage: Passage) -> Iterator[Sentence]:
    text = passage.text
    for start, end in reversed(code_spans(text)):
        text = text[:start] + re.sub(r"[^\n]", " ", text[start:end]) + text[end:]
    text = re.sub(r"<!--.*?-->", lambda m: re.sub(r"[^\n]", " ", m[0]), text, flags=re.S)
    for citation in reversed(citations(text)[0]):
        text = text[: citation.start] + text[citation.end :]
    text = _REMARK.sub("", text)
    at = 0
    for match in [*_BLOCK.finditer(text), None]:
        block = text[at : match.start() if match else len(text)]
        if block.strip() and not _SKIP.match(block) and PLACE not in block:  # links to files are no prose
            line = passage.where.line + text.count("\n", 0, at + len(block) - len(block.lstrip()))
            for piece in _SENTENCE.split(block.lstrip()):
                words = plain(piece, {})
                if words.strip():
                    yield Sentence(re.sub(r"\s+([.,;:])", r"\1", words), Location(passage.where.path, line))
                line += piece.count("\n")
        if match:
            at = match.end()


@cache
def _textstat() -> Any:
    import textstat  # noqa: PLC0415 (it loads word lists, which a review without limits does not need)

    return textstat


@cache
def _release() -> str:
    return version("textstat")


def grade(found: list[Sentence], reading: Reading, cache: Cache) -> float:
    """The Flesch-Kincaid grade of sentences; words that the review allows count as words of one syllable."""
    if not found:
        return 0.0
    text = " ".join(s.text.rstrip(".!?:;,").replace(".", "") + "." for s in found)
    for allowed in reading.words:
        text = re.sub(rf"\b{re.escape(allowed.word)}\b", "word", text, flags=re.I)
    key = hashlib.sha256(f"{_release()} {text}".encode()).hexdigest()[:32]
    return float(cache.get(key, lambda: str(_textstat().flesch_kincaid_grade(text))))


def measure(page: Page, reading: Reading, cache: Cache) -> tuple[Measure, list[Problem]]:
    """A page's measures, and a problem for each limit that it breaks. `memo` keeps grades, since textstat loads slowly."""
    limit = limit_of(page.uri, reading)
    if limit is None and not reading.checked:
        return Measure(page.uri, 0, 0.0, 0.0, 0.0), []  # nothing is asked of this page, so nothing is spent on it
    found = sentences(page)
    words = sum(s.words for s in found)
    mean = words / len(found) if found else 0.0
    result = Measure(
        page.uri,
        words,
        round(mean, 1),
        round(grade(found, reading, cache), 1) if limit else 0.0,
        limit.grade if limit else 0.0,
    )
    problems = [
        Problem(s.where, f"sentence of {s.words} words, at most {reading.sentence_most}: {quoted(s.text, 120)}")
        for s in found
        if limit and s.words > reading.sentence_most
    ]
    if limit and mean > reading.sentence_mean:
        longest = sorted(found, key=lambda s: -s.words)[:WORST]
        named = "; ".join(f"line {s.where.line} ({s.words} words)" for s in longest)
        problems.append(
            Problem(
                page.where,
                f"sentences have {mean:.1f} words on average, at most {reading.sentence_mean:g}; the longest: {named}",
            )
        )
    if limit and result.grade > limit.grade:
        hardest = sorted(found, key=lambda s: -grade([s], reading, cache))[:WORST]
        named = "; ".join(f"{s.where} {quoted(s.text, 80)}" for s in hardest)
        problems.append(
            Problem(page.where, f"reading grade {result.grade:g}, at most {limit.grade:g} here; the hardest: {named}")
        )
    return result, problems


def limit_of(uri: str, reading: Reading) -> Limit | None:
    """The first limit whose glob fits a page's address."""
    return next((limit for limit in reading.limits if fnmatchcase(uri, limit.pages)), None)


def facts(words: int, checked: str, reading: Reading) -> str:
    """The line below a page's title: how long it takes to read, and when it was last checked. '' where the review sets no day."""
    day = checked or reading.checked
    if not day:
        return ""
    minutes = max(1, ceil(words / max(1, reading.words_a_minute)))
    return f"Reading time: {counted(minutes, 'minute')}. Last checked: {in_words(day)}."
