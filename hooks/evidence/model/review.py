"""The records of data/*.yml that hold what a review says, and the review that they make up with the bibliography and the records of `site_data`.

The records are validated against these classes field by field (see `records`), so a field's type here is the rule for the file, and a field
without a default must be in the file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from evidence.model.base import Record, Reference
from evidence.model.changes import Changes
from evidence.model.redirects import Redirect
from evidence.model.site_data import EditorialNote, Figure, LinkResult, Packs, Publisher, Reading, Term, Tested


@dataclass(frozen=True, slots=True)
class Source(Record):
    """A document that the whole review is made from, with the short `name` that marks what comes from it.

    `listed` is a person who wrote it as lists of references have them, 'Family, Given'; it is empty for an organisation. `publisher` and
    `address` are empty where they are not known.
    """

    id: str
    name: str
    title: str
    author: str
    date: str
    listed: str = ""
    kind: Literal["report", "webpage"] = "report"
    publisher: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Kind(Record):
    """A kind of source, such as a law. `authorless` kinds may lack an author (an act has none)."""

    id: str
    name: str
    meaning: str
    authorless: bool = False


@dataclass(frozen=True, slots=True)
class Untraced(Record):
    """A citation whose work was not traced: `label` is what the text shows, `known` all that is known of it."""

    key: str
    cited_as: str
    label: str
    status: str
    known: str

    @property
    def words(self) -> str:
        """All that lists of references say of it: 'Smith, 2019. Not found. Perhaps a report.'"""
        return f"{self.label}. {self.status[:1].upper()}{self.status[1:]}. {self.known}"


@dataclass(frozen=True, slots=True)
class Nation(Record):
    """A nation (or other area) that the review compares."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Statement(Record):
    """What a source says in one cell of the comparison: inline Markdown with citations, and the notes that belong to it.

    `source` is an id of sources.yml; '' stands for the first of them.
    """

    text: str
    source: str = ""
    notes: tuple[str, ...] = ()


Agreement = Literal["", "agree", "partly", "differ", "review-silent", "members-silent"]


@dataclass(frozen=True, slots=True)
class Theme(Record):
    """A theme, named by a meeting (`origin` is the meeting's id) or by the review itself (`origin` is 'review').

    `members_said` and `found` are what the two say on it; `agreement` and `reading` are how the editors read them side by side.
    `parent` is the id of the theme that it is a part of (see `theme_tree`); '' for one that stands alone.
    """

    id: str
    title: str
    origin: str
    summary: str
    number: int | None = None
    members_said: tuple[str, ...] = ()
    found: tuple[Statement, ...] = ()
    agreement: Agreement = ""
    reading: str = ""
    search: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    parent: str = ""


# Rows whose cells are not written in comparison.yml but made from another data file.
RowSource = Literal["examples", "coordinators"]


@dataclass(frozen=True, slots=True)
class Row(Record):
    """A row of the comparison: `cells` by nation id, or `from_` naming the data file that its cells come from."""

    id: str
    title: str
    themes: tuple[str, ...] = ()
    cells: Mapping[str, tuple[Statement, ...]] = field(default_factory=dict)
    from_: RowSource | None = None


@dataclass(frozen=True, slots=True)
class Column(Record):
    """A column of a comparison; `page` is the page that its header leads to."""

    id: str
    name: str
    page: str = ""


@dataclass(frozen=True, slots=True)
class Comparison(Record):
    """A comparison; without columns of its own it is one of all nations."""

    caption: str
    rows: tuple[Row, ...]
    columns: tuple[Column, ...] = ()


@dataclass(frozen=True, slots=True)
class Example(Record):
    """A named example of a method; `place` says where when that is not one of the nations."""

    id: str
    name: str
    method: str
    text: str
    nation: str = ""
    place: str = ""
    year: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BarrierGroup(Record):
    """Barriers that bite at the same point and are reported by the same people."""

    id: str
    title: str
    bites: str
    reported_by: str


@dataclass(frozen=True, slots=True)
class Barrier(Record):
    """Something that gets in the way; `themes` are those of meetings where members spoke of the same thing."""

    id: str
    title: str
    text: str
    group: str
    themes: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Barriers(Record):
    """All barriers in their groups."""

    groups: tuple[BarrierGroup, ...] = ()
    barriers: tuple[Barrier, ...] = ()


@dataclass(frozen=True, slots=True)
class Meeting(Record):
    """A meeting of the network whose themes the review reports."""

    id: str
    title: str
    number: int
    summary: str


@dataclass(frozen=True, slots=True)
class Coordinator(Record):
    """Who co-ordinates the network in a nation."""

    name: str
    nation: str
    kind: Literal["organisation", "person"]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Action(Record):
    """What a meeting decided to do, and the themes that it answers."""

    id: str
    text: str
    themes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Network(Record):
    """The network whose members' words stand beside the review."""

    name: str
    years: str = ""
    delivery_model: str = ""
    meetings: tuple[Meeting, ...] = ()
    coordinators: tuple[Coordinator, ...] = ()
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True, slots=True)
class QuestionGroup(Record):
    """A group of discussion questions."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Question(Record):
    """A question for discussion."""

    id: str
    group: str
    text: str
    themes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Questions(Record):
    """All questions in their groups."""

    groups: tuple[QuestionGroup, ...] = ()
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True, slots=True)
class Review:
    """All of a review's sources but its pages. `refused` holds the ids of records, and the names of files, that could not be read: they are known, yet unusable.

    `offline_size` is the size in bytes of the ZIP for reading offline: None where none was made, 0 in that copy itself.
    `archived` names the versions that the site holds as they were.
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
    methods: Comparison | None = None
    figures: Mapping[str, Figure] = field(default_factory=dict)
    drawings: Mapping[str, str] = field(default_factory=dict)
    glossary: Mapping[str, Term] = field(default_factory=dict)
    reading: Reading = field(default_factory=Reading)
    barriers: Barriers = field(default_factory=Barriers)
    network: Network | None = None
    questions: Questions = field(default_factory=Questions)
    publisher: Publisher = field(default_factory=Publisher)
    tested: Tested = field(default_factory=Tested)
    packs: Packs = field(default_factory=Packs)
    changes: Changes = field(default_factory=Changes)
    redirects: Mapping[str, Redirect] = field(default_factory=dict)
    links: Mapping[str, LinkResult] = field(default_factory=dict)
    refused: frozenset[str] = frozenset()
    offline_size: int | None = None
    archived: tuple[str, ...] = ()

    @property
    def version(self) -> str:
        """The number of the newest released version; '' where there is none."""
        return self.changes.newest.number if self.changes.newest else ""

    def kind_of(self, reference: Reference) -> Kind | None:
        """What kind of source a work is; None where that is not stated."""
        return self.kinds.get(reference.field("sourcekind"))

    def authorless(self, reference: Reference) -> bool:
        """Whether a work is of a kind that needs no author."""
        kind = self.kind_of(reference)
        return bool(kind and kind.authorless)

    def origin_title(self, theme: Theme) -> str:
        """Who named a theme, in words: 'First meeting', or 'The review'."""
        meetings = self.network.meetings if self.network else ()
        return next((m.title for m in meetings if m.id == theme.origin), "The review")
