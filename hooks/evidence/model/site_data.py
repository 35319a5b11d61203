"""The records of data/*.yml that are about the site, not about what its sources say: editors' notes, figures, words, reading limits, the publisher,
papers for meetings, and what tests showed. They are validated as those of `review` are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from evidence.model.base import Record


@dataclass(frozen=True, slots=True)
class EditorialNote(Record):
    """Something the source got wrong or left open, and what the site does about it. Readers see `note` beside the text."""

    id: str
    kind: Literal["citation", "fact"]
    title: str
    where_in_source: tuple[str, ...]
    source_says: str
    problem: str
    treatment: str
    severity: Literal["correct", "clarify", "update", "gap", "copyright", "no-error"]
    certainty: str
    basis: str
    note: str = ""
    dated: str = ""
    references: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure(Record):
    """A drawing of the file docs/assets/figures/ID.svg: its full text alternative, and its credit as inline Markdown."""

    id: str
    title: str
    description: str
    credit: str


@dataclass(frozen=True, slots=True)
class Term(Record):
    """A word of the glossary. `also` holds other forms that occur in text; `link` says whether first uses lead to it."""

    id: str
    term: str
    meaning: str
    also: tuple[str, ...] = ()
    link: bool = True


@dataclass(frozen=True, slots=True)
class Limit(Record):
    """How hard pages may be to read: the highest Flesch-Kincaid grade for addresses that match `pages` (a glob); the first match counts."""

    pages: str
    grade: float


@dataclass(frozen=True, slots=True)
class AllowedWord(Record):
    """A word that pages cannot do without: it counts as an easy one."""

    word: str
    reason: str


@dataclass(frozen=True, slots=True)
class AllowedAbbreviation(Record):
    """An abbreviation, or a name with one in it, that pages need not spell out where they first use it."""

    short: str
    reason: str


@dataclass(frozen=True, slots=True)
class Reading(Record):
    """What the words of pages are held to. `sentence_mean` and `sentence_most` count words; `checked` is the day of the last check."""

    checked: str = ""
    sentence_mean: float = 15
    sentence_most: int = 25
    words_a_minute: int = 200
    limits: tuple[Limit, ...] = ()
    words: tuple[AllowedWord, ...] = ()
    abbreviations: tuple[AllowedAbbreviation, ...] = ()


@dataclass(frozen=True, slots=True)
class Publisher(Record):
    """Who publishes the site and how to reach them: `contact` is an e-mail or web address. Empty while nobody has been set."""

    name: str = ""
    contact: str = ""
    site_address: str = ""


@dataclass(frozen=True, slots=True)
class Card(Record):
    """A card to hold up in a meeting: colour, shape and word all say the same, so that none is needed alone."""

    id: str
    colour: Literal["red", "yellow", "green"]
    shape: Literal["octagon", "triangle", "circle"]
    word: str
    text: str


@dataclass(frozen=True, slots=True)
class Part(Record):
    """A part of a pack: exactly one of a page (or some of its `sections`), questions, words of the glossary, cards, or another pack.

    `questions` names groups and questions, or 'all', each with that many ruled `lines` below; `words` and `cards` name ids, or 'all'.
    """

    page: str = ""
    sections: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    lines: int = 0
    words: tuple[str, ...] = ()
    cards: tuple[str, ...] = ()
    pack: str = ""
    title: str = ""


PaperSize = Literal["standard", "large"]


@dataclass(frozen=True, slots=True)
class Pack(Record):
    """Papers for a meeting, in order. With `each` it is one pack for each theme or nation; `{id}` and `{title}` stand for that one's.

    `sources` are the ids of the sources that its last lines name. Empty stands for the first of sources.yml, and for none if all parts are cards.
    """

    id: str
    title: str
    purpose: str
    parts: tuple[Part, ...] = ()
    sizes: tuple[PaperSize, ...] = ("standard", "large")
    form: Literal["sheet", "cards"] = "sheet"
    editable: bool = False
    each: Literal["", "theme", "nation"] = ""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Packs(Record):
    """All packs, and the cards that they may hold."""

    packs: tuple[Pack, ...] = ()
    cards: tuple[Card, ...] = ()


# What a test of an outside link showed.
LinkStatus = Literal["works", "moved", "not found", "refused", "server error", "no answer"]


@dataclass(frozen=True, slots=True)
class LinkResult(Record):
    """What the last test of an outside address showed, and on which day. `leads_to` is where a `moved` one ended."""

    address: str
    status: LinkStatus
    checked: str
    leads_to: str = ""


@dataclass(frozen=True, slots=True)
class Tool(Record):
    """A program that the site was tested with."""

    name: str
    version: str


@dataclass(frozen=True, slots=True)
class Shown(Record):
    """What tests showed of one side of the site: `about` says which, each of `shown` is a sentence for readers."""

    about: str
    shown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tested(Record):
    """The last test of the whole site, on how many pages it was, and what it showed. Without a `date` there has been none."""

    date: str = ""
    pages: int = 0
    tools: tuple[Tool, ...] = ()
    claims: tuple[Shown, ...] = ()
