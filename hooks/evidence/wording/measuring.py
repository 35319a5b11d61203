"""How hard a page is to read: sentence lengths and the Flesch-Kincaid grade, by textstat; and how long it takes.

A score helps to find hard passages; it does not prove that a text is easy. Citations, headings, code and notes in brackets for citations are
left out of the count, because nobody can make them shorter.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache, lru_cache
from importlib.metadata import version

from evidence.crosslinks import Page
from evidence.documents.parts import Parts
from evidence.files import Cache
from evidence.model.base import Location
from evidence.model.site_data import Limit, Reading
from evidence.model.vocabulary import TRANSCRIPT
from evidence.references import plain
from evidence.text.languages import is_english
from evidence.text.links import NOTE_LINK
from evidence.text.places import has_place
from evidence.text.spans import blanked

_BLOCK = re.compile(r"\n[ \t]*\n|\n(?=[ \t]*(?:[-*+]|\d+[.)])[ \t])|\n(?=\|)|<br>| (?<=\S )\| ")
_SENTENCE = re.compile(r"(?<=[.!?])[”\"')]*\s+(?=[“\"'(A-Z])")
_GAP = re.compile(r" ([.,;:])")
_SKIP = re.compile(r"\s*(?:\||!!!|Table: |Figure: |\{|<|\[Download|\[This profile|---)")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a page in plain words, how many they are, and its place."""

    text: str
    words: int
    where: Location


@dataclass(frozen=True, slots=True)
class Measure:
    """What a page measures: its sentences, their Flesch-Kincaid grade (US school years), and the highest that it may have (0 where it has no limit)."""

    uri: str
    where: Location
    sentences: tuple[Sentence, ...] = ()
    grade: float = 0.0
    limit: float = 0.0

    @property
    def words(self) -> int:
        """How many words it has in all."""
        return sum(sentence.words for sentence in self.sentences)

    @property
    def mean(self) -> float:
        """How many words a sentence has on average."""
        return self.words / max(1, len(self.sentences))


def sentences(page: Page) -> list[Sentence]:
    """The sentences of a page's prose and table cells, without citations and code; names and single words left out."""
    return [
        Sentence(words, count, Location(passage.where.path, passage.where.line + below))
        for passage in page.passages
        if not passage.heading and f'class="{TRANSCRIPT}"' not in passage.text
        for words, count, below in _sentences(passage.parts)
        if count > 3
    ]


# What a table says stands on several pages, and while a site is served most texts stay as they are.
@lru_cache(maxsize=16_384)
def _sentences(parts: Parts) -> tuple[tuple[str, int, int], ...]:
    """The sentences of a text in plain words, with how many these are, and how many lines further down each begins."""
    found = []
    text = blanked(parts.text, (*parts.code, *parts.comments))
    for citation in reversed(parts.citations):
        text = text[: citation.start] + text[citation.end :]
    if ".note-link" in text:
        text = NOTE_LINK.sub("", text)
    at = 0
    for match in [*_BLOCK.finditer(text), None]:
        block = text[at : match.start() if match else len(text)]
        if block.strip() and not _SKIP.match(block) and not has_place(block):  # what is filled in later is no prose
            line = text.count("\n", 0, at + len(block) - len(block.lstrip()))
            for piece in _SENTENCE.split(block.lstrip()):
                if words := _GAP.sub(r"\1", plain(piece, {})):
                    found.append((words, len(words.split()), line))
                line += piece.count("\n")
        if match:
            at = match.end()
    return tuple(found)


def _flesch_kincaid(text: str) -> str:
    import textstat  # noqa: PLC0415 (it loads word lists, which a review without limits does not need)

    return str(textstat.flesch_kincaid_grade(text))


_version = cache(version)  # which looks through all packages


def grade(found: Iterable[Sentence], reading: Reading, cache: Cache) -> float:
    """The Flesch-Kincaid grade of sentences; words that the review allows count as words of one syllable."""
    text = " ".join(s.text.rstrip(".!?:;,").replace(".", "") + "." for s in found)
    for allowed in reading.words:
        text = re.sub(rf"\b{re.escape(allowed.word)}\b", "word", text, flags=re.I)
    key = hashlib.sha256(f"{_version('textstat')} {text}".encode()).hexdigest()[:32]
    return float(cache.get(key, lambda: _flesch_kincaid(text))) if text else 0.0


def measure(page: Page, reading: Reading, cache: Cache) -> Measure:
    """A page's measures. `cache` holds grades, since textstat loads slowly."""
    limit = limit_of(page.uri, reading, page.lang)
    if limit is None:  # reading time is told where pages have a day, and no grade asks for more
        return Measure(page.uri, page.where, tuple(sentences(page)) if reading.checked else ())
    found = tuple(sentences(page))
    return Measure(page.uri, page.where, found, round(grade(found, reading, cache), 1), limit.grade)


def limit_of(uri: str, reading: Reading, lang: str = "") -> Limit | None:
    """The first limit whose glob fits a page's address; None for a page in another language than English, which grades and abbreviations know nothing of."""
    if not is_english(lang or reading.language):
        return None
    return next((limit for limit in reading.limits if fnmatchcase(uri, limit.pages)), None)
