"""The records of data/*.yml that are about the site, not about what its sources say: editors' notes, figures, words, reading limits, the publisher,
and papers for meetings. They are validated as those of `review` are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from evidence.model.base import Named, Record

ALL = "all"  # what a part of a pack names instead of ids


@dataclass(frozen=True, slots=True)
class EditorialNote(Record):
    """Something the source got wrong or left open, and what the site does about it. Readers see `note` beside the text."""

    id: str
    """A capital letter and a number, such as N1. Pages name the note by it."""
    kind: Literal["citation", "fact"]
    """citation (a reference is wrong) or fact (a statement is wrong)."""
    title: str
    """What the note is about, in a few words."""
    where_in_source: tuple[str, ...]
    """Each place in the source, as words."""
    source_says: str
    """What the source says there."""
    problem: str
    """What is wrong with it, or left open."""
    treatment: str
    """What this site does about it."""
    severity: Literal["correct", "clarify", "update", "gap", "copyright", "no-error"]
    """What came of it. It decides how the list of notes sorts it."""
    certainty: Literal["verified", "visible in the source", "partly verified", "judgement", "not found"]
    """How sure you are."""
    basis: str
    """What that rests on. Markdown on one line; link to where it was seen, and say on which day."""
    note: str = ""
    """What readers see beside the text. Leave it out if they need to see nothing. Markdown on one line; cite with [@key]."""
    dated: str = ""
    """The day on which this was so, as 2026-11-22."""
    references: tuple[str, ...] = ()
    """Keys of bibliography.bib that the note is about."""
    nations: tuple[str, ...] = ()
    """Ids of nations from data/nations.yml, if what the note cites shall count as cited where the review speaks of them."""


@dataclass(frozen=True, slots=True)
class Figure(Record):
    """A drawing of the file docs/assets/figures/ID.svg: its full text alternative, and its credit as inline Markdown."""

    id: str
    """The name of the drawing's file in docs/assets/figures/, without its ending."""
    title: str
    """What the drawing shows, in a few words."""
    description: str
    """All that the drawing says, for people who do not see it."""
    credit: str
    """Where it comes from. Markdown on one line; cite with [@key]."""


@dataclass(frozen=True, slots=True)
class Term(Named):
    """A word of the glossary. `also` holds other forms that occur in text; `link` says whether first uses lead to it."""

    term: str
    """The word that the glossary explains."""
    meaning: str
    """What it means, in plain words."""
    also: tuple[str, ...] = ()
    """Other forms of the word that stand in texts."""
    link: bool = True
    """false where the word is also common in another sense, so that its first use on a page gets no link."""
    lang: str = ""
    """The language of the word, such as cy, where it is not that of the review. Its meaning is in the review's."""


@dataclass(frozen=True, slots=True)
class Limit(Record):
    """How hard pages may be to read: the highest Flesch-Kincaid grade for addresses that match `pages` (a glob); the first match counts."""

    pages: str
    """The pages that this is for, as their files are called in docs/; * stands for anything."""
    grade: float
    """The highest reading grade (Flesch-Kincaid)."""


@dataclass(frozen=True, slots=True)
class AllowedWord(Record):
    """A word that pages cannot do without: it counts as an easy one."""

    word: str
    """The word."""
    reason: str
    """Why pages cannot do without it."""


@dataclass(frozen=True, slots=True)
class AllowedAbbreviation(Record):
    """An abbreviation, or a name with one in it, that pages need not spell out where they first use it."""

    short: str
    """The abbreviation, or a name with one in it."""
    reason: str
    """Why readers need no full form."""


@dataclass(frozen=True, slots=True)
class Reading(Record):
    """The language of the review, and what the words of its pages are held to. `sentence_mean` and `sentence_most` count words; `checked` is the day of the last check."""

    language: str = "en-GB"
    """The language that the review is written in, such as en-GB: all that is made of it says so. Pages in another one have a 'lang' of their own."""
    checked: str = ""
    """The day on which all pages were last checked, as 2026-11-22. Each page then needs a day of its own."""
    sentence_mean: float = 15
    """How many words a sentence may have on average."""
    sentence_most: int = 25
    """How many words a sentence may have at most."""
    words_a_minute: int = 200
    """How many words people read in a minute, for reading times."""
    limits: tuple[Limit, ...] = ()
    """How hard pages may be to read. The first that fits a page counts."""
    words: tuple[AllowedWord, ...] = ()
    """Words that pages cannot do without; they count as easy."""
    abbreviations: tuple[AllowedAbbreviation, ...] = ()
    """Abbreviations that pages need not spell out."""


@dataclass(frozen=True, slots=True)
class Words(Record):
    """What readers see for what the review compares and whom it hears, as the words stand within a sentence. `text.spoken` reads them before all else."""

    area: str = ""
    """One of what the review compares, such as country. Leave it out for nation."""
    areas: str = ""
    """More of them, such as countries. Leave it out for nations."""
    meeting: str = ""
    """One of what people came to, such as workshop. Leave it out for meeting."""
    meetings: str = ""
    """More of them, such as workshops. Leave it out for meetings."""
    members: str = ""
    """Those who were heard, such as patients. Leave it out for members."""
    network: str = ""
    """What they are together, such as panel. Leave it out for network."""


@dataclass(frozen=True, slots=True)
class Edition(Record):
    """The review in another language than its own: pages in docs/ID/ and data in data/ID/, which the site shows below ID/."""

    id: str
    """The code of the language, such as cy or ar: its pages are in the folder of that name in docs/, its data in that of data/."""
    name: str
    """The language in its own words, such as Cymraeg: links to it are called so."""
    title: str
    """The name of the site in that language."""
    description: str
    """What the site is about, in one sentence in that language."""
    menu: Mapping[str, str] = field(default_factory=dict)
    """Words in that language for the groups of the menu that have no page of their own: 'The words in mkdocs.yml: the words here'."""


@dataclass(frozen=True, slots=True)
class Publisher(Record):
    """Who publishes the site, how to reach them, and what others may do with it. Empty while that has not been chosen."""

    name: str = ""
    """A person or an organisation."""
    contact: str = ""
    """An e-mail address, or a web address that begins with https://, that readers can write to."""
    site_address: str = ""
    """Where the site will be, such as https://www.example.org/evidence/ with the slash at its end."""
    code_licence: str = ""
    """The licence of the programs, by its SPDX name, such as MIT (spdx.org/licenses)."""
    content_licence: str = ""
    """The licence of the pages and tables, by its SPDX name, such as CC-BY-4.0 (spdx.org/licenses)."""
    https_only: bool = False
    """yes: browsers that have been there once ask the whole host by https alone (Strict-Transport-Security). First see that all it shows, other sites too, answers by https."""
    https_only_days: int = 365
    """For how many days after a visit browsers keep to that, at most 730. Begin with a few: they keep to it even if the host no longer does. 0 lets them forget it."""


@dataclass(frozen=True, slots=True)
class Card(Named):
    """A card to hold up in a meeting: colour, shape, sign and word all say the same, so that none is needed alone."""

    colour: Literal["red", "yellow", "green", "blue", "purple", "white"]
    """red, yellow, green, blue, purple or white."""
    shape: Literal["octagon", "triangle", "circle", "square", "diamond", "hexagon"]
    """octagon, triangle, circle, square, diamond or hexagon: another for each card of a set."""
    word: str
    """The word in the shape, in at most 24 letters."""
    text: str
    """What it means, in at most 160 letters."""
    sign: Literal["", "hand", "hourglass", "arrow", "tick", "question", "cross"] = ""
    """The sign above the word: hand, hourglass, arrow, tick, question or cross. Leave it out for none."""
    set: str = ""
    """A name for cards that go together, by which a paper can take them."""


@dataclass(frozen=True, slots=True)
class Part(Record):
    """A part of a pack: exactly one of a page (or some of its `sections`), a theme or nation in brief, questions, words of the glossary, themes, cards, or another pack."""

    page: str = ""
    """A page, as its file is called in docs/. Beside 'brief' it is the page that says more."""
    sections: tuple[str, ...] = ()
    """Ids of headings of that page, if not all of it is wanted."""
    brief: str = ""
    """The id of a theme or a nation: its picture, what was found, what members said, and what there is to talk about."""
    questions: tuple[str, ...] = ()
    """Ids of groups or questions from data/questions.yml, or [all]."""
    lines: int = 0
    """How many lines to write on stand below each question, also of a brief: 0 to 20."""
    words: tuple[str, ...] = ()
    """Ids of words from data/glossary.yml, or [all]."""
    themes: tuple[str, ...] = ()
    """Ids of themes from data/themes.yml, or of who named them, as in their 'origin', or [all]."""
    cards: tuple[str, ...] = ()
    """Ids of the cards below, or the names of their sets, or [all]."""
    pack: str = ""
    """The id of another paper, whose parts begin on a new page."""
    title: str = ""
    """A heading for this part."""
    copies: Literal["", "each", "pair", "group"] = ""
    """In a kit, how many copies of that paper: one for each person, for each pair of people, or for the group."""


PaperSize = Literal["standard", "large"]


@dataclass(frozen=True, slots=True)
class Pack(Named):
    """Papers for a meeting, in order. With `each` it is one pack for each theme or nation; `{id}` and `{title}` stand for that one's."""

    title: str
    """The name that readers see: at most 65 letters."""
    purpose: str
    """What the paper is for, in one sentence."""
    parts: tuple[Part, ...] = ()
    """What stands on the paper, in order."""
    sizes: tuple[PaperSize, ...] = ("standard", "large")
    """standard (14 point), large (18 point), or both."""
    form: Literal["sheet", "cards", "booklet", "kit", "book"] = "sheet"
    """sheet, cards to cut out, a booklet with a cover, a book with contents and notes at its end, or kit: other papers, each as often as a meeting needs it."""
    picture: str = ""
    """The picture on the cover of a booklet, a book or an EPUB: the name of a drawing in docs/assets/pictures, without .svg."""
    people: int = 0
    """How many people a kit is for."""
    editable: bool = False
    """true makes files for word processors, too. Not for cards, not with 'each'."""
    epub: bool = False
    """true makes an EPUB, too: a book for phones, e-readers and Braille software. Not for cards."""
    each: Literal["", "theme", "nation"] = ""
    """theme or nation makes one paper for each of them; {id} and {title} stand for that one's."""
    sources: tuple[str, ...] = ()
    """Ids of data/sources.yml that the last lines name. Leave it out for the first of them, and for none if all parts are cards."""

    @property
    def meant_as_kit(self) -> bool:
        """Whether it says how many people and copies there are, as only a kit does, and is none."""
        return self.form != "kit" and self.people != 0 and any(part.copies for part in self.parts)


@dataclass(frozen=True, slots=True)
class Packs(Record):
    """All packs, and the cards that they may hold."""

    packs: tuple[Pack, ...] = ()
    """The papers for a meeting."""
    cards: tuple[Card, ...] = ()
    """Cards to hold up in a meeting."""


@dataclass(frozen=True, slots=True)
class BestBet(Record):
    """A page that people mean when they type certain words, though others hold them more often, or that search leads on to where it finds nothing."""

    page: str
    """The page: its file in docs/, such as easier.md; of a generated page the file that it would have, such as themes/money.md."""
    words: tuple[str, ...] = ()
    """What people type, such as 'easy read': each a whole search. It comes first for them."""
    picture: str = ""
    """A picture in docs/assets/pictures, by its name without .svg. Where search finds nothing, it leads on to the pages that have one: six are enough."""


@dataclass(frozen=True, slots=True)
class Search(Record):
    """How search treats a page."""

    exclude: bool = False
    """true keeps the page out of the search."""
    boost: float = 1
    """How much more than others the page counts, such as 2."""


# Parts of the frame; the theme reads which of them to leave out.
HiddenPart = Literal["footer", "navigation", "path", "toc"]


@dataclass(frozen=True, slots=True)
class FrontMatter(Record):
    """Front matter: what a page says of itself between two lines of '---' at its top."""

    title: str
    """The page's title, at most 65 letters."""
    description: str
    """What the page is about, in one sentence, for search results."""
    lang: str = ""
    """The language of the page, such as cy or ar, where it is not that of the review."""
    checked: str = ""
    """The day on which the page was last checked, as 2026-11-22."""
    themes: tuple[str, ...] = ()
    """Ids of themes from data/themes.yml that the whole page is about."""
    nations: tuple[str, ...] = ()
    """Ids of nations from data/nations.yml that the whole page is about."""
    glossary: bool = True
    """false, so that no word of the page is linked to its meaning."""
    changes: bool = True
    """false, so that what changed on the page is not listed at its end."""
    voice: Literal["members", "editors"] | None = None
    """Whose words the page holds where they are not the review's: members or editors."""
    support: bool = True
    """false, so that no statement of the page shows how many sources it has."""
    listen: bool = False
    """true, so that the page has a button that reads it aloud, where the reader's browser has a voice of its own."""
    hide: tuple[HiddenPart, ...] = ()
    """Parts of the frame that the page does without: navigation, toc (its table of contents), path or footer."""
    search: Search | None = None
    """How search treats the page: exclude, or boost."""
