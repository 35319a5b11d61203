"""The records of data/*.yml that hold what a review says, and the review that they make up with the bibliography and the other records.

The records are validated against these classes field by field (see `sources.records`), so a field's type here is the rule for the file, and a
field without a default must be in the file. The words below a field are the help that editors get while they type (see `site.schemas`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from evidence.model.accessibility import Accessibility
from evidence.model.base import Named, Record, Reference
from evidence.model.changes import Changes
from evidence.model.checks import SourcesChecked, Tested
from evidence.model.media import Recording
from evidence.model.nations import Event, Topic
from evidence.model.network import Barriers, Finding, Network, Questions, Suggestion
from evidence.model.redirects import Redirect
from evidence.model.site_data import BestBet, Edition, EditorialNote, Figure, Packs, Publisher, Reading, Term, Words
from evidence.model.vocabulary import EDITORS, NO_KIND
from evidence.text.translation import _

_NAME = re.compile(r"[A-Za-z0-9]+(?:[-/._][A-Za-z0-9]+)*")
_BETWEEN = re.compile(r"[^A-Za-z0-9]+")


def _in_words(name: str) -> str:
    return f"-{_BETWEEN.sub('-', name)}-"


@dataclass(frozen=True, slots=True)
class Source(Record):
    """A document that the whole review is made from, with the short `name` that marks what comes from it."""

    id: str
    """A short name for this document, used in 'source: ...' lines of other data files."""
    name: str
    """The short name that marks what comes from this document."""
    title: str
    """The document's full title."""
    author: str
    """Who wrote it, as readers should see it."""
    date: str
    """When it came out, in words, such as August 2024."""
    listed: str = ""
    """A person's name as lists of references have it: Family, Given. Of several authors, all of them in order: Family, Given; Family, Given. Leave it out for an organisation."""
    kind: Literal["report", "webpage"] = "report"
    """What it is: a report or a web page."""
    publisher: str = ""
    """Who published it. Leave it out where it is not known."""
    address: str = ""
    """Its web address. Leave it out where it has none."""

    @property
    def names(self) -> tuple[tuple[str, str], ...]:
        """Its authors as `listed` has them, family and given names apart; an organisation has the first alone, and '' for the other."""
        parts = (name.partition(", ") for name in self.listed.split("; "))
        return tuple((family, given) for family, _, given in parts) if self.listed else ((self.author, ""),)


@dataclass(frozen=True, slots=True)
class Kind(Record):
    """A kind of source. `authorless` kinds may lack an author; works of the kind `law`, and of others that say so, are cited as laws are."""

    id: str
    """The word that goes into 'sourcekind' in bibliography.bib."""
    name: str
    """What readers see."""
    meaning: str
    """What counts as this kind, in one sentence."""
    authorless: bool = False
    """true for works that need no author, such as laws."""
    types: tuple[str, ...] = ()
    """Types of entries, such as article, whose works are of this kind unless their 'sourcekind' says otherwise."""
    law: bool = False
    """true for laws, which are cited by their titles and numbers. The kind with the id 'law' is one by itself."""
    one: str = ""
    """One work of this kind, with its article, such as: a report."""
    many: str = ""
    """Several works of this kind, such as: reports."""
    peer_reviewed: bool = False
    """true where other experts have read such works before they came out."""


def kind_of(reference: Reference, kinds: Mapping[str, Kind]) -> Kind | None:
    """What kind of source a work is: as it says itself, or the first kind that takes its type of entry; None where that is not stated."""
    if said := reference.field("sourcekind"):
        return kinds.get(said)
    return next((kind for kind in kinds.values() if reference.entry_type in map(str.lower, kind.types)), None)


def of_their_kinds(references: Mapping[str, Reference], kinds: Mapping[str, Kind]) -> dict[str, Reference]:
    """The works with laws as such: BibTeX has no type of entry for them, so a @misc is one where its kind of source says so."""

    def typed(work: Reference) -> Reference:
        kind = kind_of(work, kinds) if work.item["type"] == "document" else None
        law = kind is not None and (kind.law or kind.id == "law")
        return replace(work, item={**work.item, "type": "legislation"}) if law else work

    return {key: typed(work) for key, work in references.items()}


@dataclass(frozen=True, slots=True)
class Untraced(Record):
    """A citation whose work was not traced: `label` is what the text shows, `known` all that is known of it."""

    key: str
    """What pages write in [@key]."""
    cited_as: str
    """What the source writes, letter for letter."""
    label: str
    """What readers see in its place."""
    status: str
    """In a few words, such as: not traced."""
    known: str
    """All that is known of the work."""

    @property
    def words(self) -> str:
        """All that lists of references say of it: 'Smith, 2019. Not found. Perhaps a report.'"""
        return f"{self.label}. {self.status[:1].upper()}{self.status[1:]}. {self.known}"


@dataclass(frozen=True, slots=True)
class Point(Record):
    """One thing that a document says, in a cell or a list of the data: inline Markdown with citations, and the notes that belong to it.

    `at` are the statements of pages that it sums up, as 'page.md#id' (see `evidence.crosslinks.statements`).
    """

    text: str
    """What the source says. Markdown on one line; cite with [@key]."""
    source: str = ""
    """The id of the document from data/sources.yml. Leave it out for the first of them."""
    also: tuple[str, ...] = ()
    """Ids of documents from data/sources.yml that say the same."""
    unit: str = ""
    """The id by which the point is known and linked to; of several with blanks between them, the first."""
    at: tuple[str, ...] = ()
    """The statements on pages that this sums up: [page.md#id], where the id is that of the statement's unit mark."""
    themes: tuple[str, ...] = ()
    """Ids of themes from data/themes.yml that this speaks about, beside those of its row and column in a table."""
    notes: tuple[str, ...] = ()
    """Ids of editor's notes from data/editorial.yml that belong here, such as [N1]."""


Agreement = Literal["", "agree", "partly", "differ", "review-silent", "members-silent"]


@dataclass(frozen=True, slots=True)
class Nation(Named):
    """A nation (or other area) that the review compares."""

    name: str
    """The name that readers see."""
    picture: str = ""
    """The name of a picture in docs/assets/pictures, without .svg, that adds to its meaning on paper."""
    found: tuple[Point, ...] = ()
    """What the review says of it, one statement an item; the first three stand on its paper."""
    members_said: tuple[str, ...] = ()
    """What members said of it, one sentence an item."""


@dataclass(frozen=True, slots=True)
class Theme(Named):
    """A theme, named by a meeting (`origin` is the meeting's id) or by the review itself (`origin` is 'review'), or gathered from others by the editors."""

    title: str
    """The name that readers see."""
    origin: str
    """Who named it: the id of a meeting from data/network.yml, or review; or editors, where they gathered it from other themes."""
    summary: str
    """What the theme is, in one sentence."""
    in_a_line: str = ""
    """What members said on it, in one sentence of at most 20 words. Leave it out where members are silent."""
    number: int | None = None
    """Its number among the themes of its meeting."""
    members_said: tuple[str, ...] = ()
    """What members said, one sentence an item."""
    found: tuple[Point, ...] = ()
    """What the review found on it, one statement an item."""
    agreement: Agreement = ""
    """How the editors read both sides: agree, partly, differ, review-silent or members-silent."""
    reading: str = ""
    """The same in a sentence or two."""
    search: tuple[str, ...] = ()
    """Other words that people may look for."""
    notes: tuple[str, ...] = ()
    """Ids of editor's notes from data/editorial.yml that belong here, such as [N1]."""
    parent: str = ""
    """The id of the theme that this one is a part of. Leave it out for a theme that stands alone."""
    picture: str = ""
    """The name of a picture in docs/assets/pictures, without .svg, that adds to its meaning on paper."""

    @property
    def uri(self) -> str:
        """The source address of its page."""
        return f"themes/{self.id}.md"

    @property
    def page_title(self) -> str:
        """The title of its page, which a page of the review on the same thing does not share."""
        return _("%(title)s (theme)") % {"title": self.title}

    @property
    def gathered(self) -> bool:
        """Whether the editors gathered it from other themes: nobody else named it, so it has no place among what was named."""
        return self.origin == EDITORS


# Rows whose cells are not written in comparison.yml but made from another data file.
RowSource = Literal["examples", "coordinators"]


@dataclass(frozen=True, slots=True)
class Row(Named):
    """A row of the comparison: `cells` by nation id, or `from_` naming the data file that its cells come from."""

    title: str
    """What readers see at the beginning of the row."""
    themes: tuple[str, ...] = ()
    """Ids of themes from data/themes.yml that this belongs to."""
    cells: Mapping[str, tuple[Point, ...]] = field(default_factory=dict)
    """One cell for each nation or column, by its id. A cell is a list of statements."""
    from_: RowSource | None = None
    """The data file that makes the cells, instead of 'cells'."""


@dataclass(frozen=True, slots=True)
class Column(Named):
    """A column of a comparison; `page` is the page that its header leads to."""

    name: str
    """What readers see at the head of the column."""
    page: str = ""
    """The page that the head leads to, as its file is called in docs/."""
    themes: tuple[str, ...] = ()
    """Ids of themes from data/themes.yml that the cells of the column speak about, beside those of their rows."""


@dataclass(frozen=True, slots=True)
class Comparison(Record):
    """A comparison; without columns of its own it is one of all nations."""

    caption: str
    """What the table shows, in one line."""
    rows: tuple[Row, ...]
    """The rows of the table, in order."""
    columns: tuple[Column, ...] = ()
    """The columns. Leave them out for a comparison of all nations."""


@dataclass(frozen=True, slots=True)
class Example(Named):
    """A named example of a method; `place` says where when that is not one of the nations."""

    name: str
    """The name that readers see."""
    method: str
    """The id of a column of data/methods.yml that this is an example of."""
    text: str
    """What the review says of it. Markdown on one line; cite with [@key]."""
    nation: str = ""
    """The id of a nation from data/nations.yml."""
    place: str = ""
    """Where it was, if that is not one of the nations."""
    year: str = ""
    """When it was."""
    unit: str = ""
    """The id by which the statement is known and linked to; of several with blanks between them, the first."""
    themes: tuple[str, ...] = ()
    """Ids of themes from data/themes.yml that this speaks about, beside those of its method."""
    notes: tuple[str, ...] = ()
    """Ids of editor's notes from data/editorial.yml that belong here, such as [N1]."""


@dataclass(frozen=True, slots=True)
class Review:
    """All of a review's sources but its pages. `refused` holds the ids of records, and the names of files, that could not be read: they are known, yet unusable; and as
    '@key' the works that those records cite. `damaged` are the data files in which something is wrong that kept it from being read.

    `editions` are the languages that the review is in beside its own, `edition` is that of these sources, '' for the review's own.
    `media_files` are the files for recordings, each with its bytes. `offline` says whether a copy for reading offline is made of the site; `archived` names the versions that it holds as they were.
    """

    references: Mapping[str, Reference] = field(default_factory=dict)
    untraced: Mapping[str, Untraced] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)
    kinds: Mapping[str, Kind] = field(default_factory=dict)
    nations: Mapping[str, Nation] = field(default_factory=dict)
    themes: Mapping[str, Theme] = field(default_factory=dict)
    notes: Mapping[str, EditorialNote] = field(default_factory=dict)
    examples: tuple[Example, ...] = ()
    comparison: Comparison | None = None
    glance: Mapping[str, Topic] = field(default_factory=dict)
    timeline: Mapping[str, Event] = field(default_factory=dict)
    methods: Comparison | None = None
    figures: Mapping[str, Figure] = field(default_factory=dict)
    drawings: Mapping[str, str] = field(default_factory=dict)
    recordings: Mapping[str, Recording] = field(default_factory=dict)
    media_files: Mapping[str, int] = field(default_factory=dict)
    findings: Mapping[str, Finding] = field(default_factory=dict)
    glossary: Mapping[str, Term] = field(default_factory=dict)
    bets: Mapping[str, BestBet] = field(default_factory=dict)
    reading: Reading = field(default_factory=Reading)
    words: Words = field(default_factory=Words)
    barriers: Barriers = field(default_factory=Barriers)
    network: Network | None = None
    questions: Questions = field(default_factory=Questions)
    publisher: Publisher = field(default_factory=Publisher)
    tested: Tested = field(default_factory=Tested)
    accessibility: Accessibility = field(default_factory=Accessibility)
    packs: Packs = field(default_factory=Packs)
    changes: Changes = field(default_factory=Changes)
    redirects: Mapping[str, Redirect] = field(default_factory=dict)
    checks: SourcesChecked = field(default_factory=SourcesChecked)
    editions: Mapping[str, Edition] = field(default_factory=dict)
    edition: str = ""
    refused: frozenset[str] = frozenset()
    damaged: frozenset[str] = frozenset()
    offline: bool = False
    archived: tuple[str, ...] = ()

    @property
    def version(self) -> str:
        """The number of the newest released version; '' where there is none."""
        return self.changes.newest.number if self.changes.newest else ""

    def lost(self, name: str, file: str = "") -> bool:
        """Whether what is called `name`, of a data file, may be missing only since a record could not be read, which is told already.

        What is made from a record has the record's id among the words of its name or address, as 'theme-money' and 'themes/money.md' have.
        """
        if name in self.refused or file in self.refused:
            return True
        words = _in_words(name)
        return any(_in_words(refused) in words for refused in self.refused if _NAME.fullmatch(refused))

    def kind_of(self, reference: Reference) -> Kind | None:
        """What kind of source a work is: as it says itself, or the first kind that takes its type of entry; None where that is not stated."""
        return kind_of(reference, self.kinds)

    def kind_name(self, reference: Reference) -> str:
        """What readers see for the kind of a work."""
        kind = self.kind_of(reference)
        return kind.name if kind else NO_KIND

    def is_peer_reviewed(self, reference: Reference) -> bool:
        """Whether a work is of a kind that is peer reviewed."""
        kind = self.kind_of(reference)
        return kind is not None and kind.peer_reviewed

    @property
    def tells_peer_reviewed(self) -> bool:
        """Whether the review says of any kind that it is peer reviewed; else no work is told from another by that."""
        return any(kind.peer_reviewed for kind in self.kinds.values())

    def nations_about(self, reference: Reference) -> tuple[str, ...]:
        """The nations that a work is about, by their ids. One that is about them all is about no one of them: then there is none."""
        about = tuple(name for name in reference.nations if name in self.nations)
        return () if len(set(about)) == len(self.nations) > 1 else about

    def suggested_on(self, about: Theme | Nation) -> tuple[Suggestion, ...]:
        """The questions on a theme or a nation that the editors suggest."""
        kind = "themes" if isinstance(about, Theme) else "nations"
        return tuple(asked for asked in self.questions.suggestions if about.id in getattr(asked, kind))

    def recordings_on(self, theme: Theme) -> tuple[Recording, ...]:
        """The recordings that stand on the page of a theme."""
        return tuple(made for made in self.recordings.values() if theme.id in made.themes)

    def origin_title(self, theme: Theme) -> str:
        """Who named a theme, in words: 'First meeting', or 'The review'; or that the editors gathered it."""
        if theme.gathered:
            return _("Gathered by the editors")
        meetings = self.network.meetings if self.network else ()
        return next((m.title for m in meetings if m.id == theme.origin), _("The review"))
