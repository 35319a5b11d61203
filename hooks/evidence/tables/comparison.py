"""Comparison tables as data: what each cell says, what it is about and where its words come from; and the same as a file.

A table is made once a build, where its directive stands: the page shows it as a Markdown table with citations and notes, and the file with its
dictionary comes from the same cells.
"""

from __future__ import annotations

import html
import posixpath
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from evidence.crosslinks import Context, Page
from evidence.documents.document import Marks
from evidence.documents.parts import UNCITED
from evidence.model.base import Location
from evidence.model.network import Barrier
from evidence.model.review import Example, Point, Review
from evidence.model.vocabulary import MEMBERS, NO_SOURCE, SILENT
from evidence.output import data_tables
from evidence.references import plain
from evidence.sources import parse_parts
from evidence.text import escape
from evidence.text.translation import _

NO_POINT = _("We found nothing that they said about this.")
NO_THEME = _("None.")
NO_VOICE = {
    "members": _("Members did not name this theme."),
    "review": _("The review says nothing on this."),
}
UNCITED_MARK = f"<!-- evidence: {UNCITED} -->"
# What a cell says where there is nothing.
NOTHING = ("", SILENT, NO_POINT, NO_THEME, *NO_VOICE.values())
NOTES = data_tables.Column(
    _("Editor's notes"), _("Titles of the editor's notes on the row, with semicolons between them.")
)


@dataclass(frozen=True, slots=True)
class Line:
    """One statement in a cell: inline Markdown, and the ids of its editor's notes. `unit` and `voice` are as in `Passage`, `themes` what it alone speaks about."""

    text: str
    notes: tuple[str, ...] = ()
    where: Location = field(default_factory=Location)
    unit: str = ""
    voice: str = ""
    themes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its lines, its name for a reader, and what it is about beside its section. `joint` stands between lines.

    Without `marks` nothing is passed on, not even the section's: it says nothing, or in other words than those of the sources.
    """

    lines: tuple[Line, ...]
    label: str = ""
    marks: Marks | None = None
    joint: str = "<br>"

    def about(self, *lines: Line) -> Marks | None:
        """What lines of it are about, beside their section; None where it passes nothing on."""
        themes = Marks(tuple(theme for line in lines for theme in line.themes))
        return None if self.marks is None else self.marks | themes


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row: its header as inline Markdown, and its cells. `id` and `words` name its section, where a page shows it as one."""

    title: str
    cells: tuple[Cell, ...]
    where: Location
    id: str = ""
    words: str = ""

    @property
    def notes(self) -> tuple[str, ...]:
        """The ids of its editor's notes, each once."""
        return tuple(dict.fromkeys(name for cell in self.cells for line in cell.lines for name in line.notes))


@dataclass(frozen=True, slots=True)
class ComparisonTable:
    """A table with its caption, its columns (names are inline Markdown; the first is that of the row headers) and the name of its CSV file."""

    caption: str
    columns: tuple[data_tables.Column, ...]
    rows: tuple[TableRow, ...]
    csv_name: str


@dataclass(frozen=True, slots=True)
class ComparisonKind:
    """A kind of comparison table: all that the site knows of it. `name` is that of its directive.

    `build` makes a table from the review for the page with a source address and what the directive names, or raises a `DirectiveError`; `about` says what
    such tables hold, in the data dictionary. `takes`, `gives` and `examples` describe the directive (see `DirectiveKind`). With `in_sections` a page shows each row
    as a section of its own, and the table is only in the file.
    """

    name: str
    build: Callable[[Review, str, tuple[str, ...]], ComparisonTable]
    about: str
    takes: str
    gives: str
    examples: tuple[str, ...] = ("",)
    in_sections: bool = False


def statement_line(review: Review, said: Point | Example | Barrier) -> Line:
    """What a record says, as a line of a cell: with the document that it comes from, and with those that say the same, in words.

    An example speaks about what its method is about, too.
    """
    text = " ".join(said.text.split())
    if isinstance(said, Example):
        facts = ", ".join(filter(None, (said.place, said.year)))
        text = f"{escape.markdown(said.name)}{f' ({escape.markdown(facts)})' if facts else ''}. {text}"
    main = next(iter(review.sources), "")
    source, also = (said.source or main, said.also) if isinstance(said, Point) else (main, ())
    themes = () if isinstance(said, Barrier) else said.themes
    if isinstance(said, Example) and review.methods:
        themes += next((column.themes for column in review.methods.columns if column.id == said.method), ())
    remarks = []
    if source != main and source in review.sources:
        remarks.append(f"({escape.markdown(review.sources[source].name)})")
    elif not parse_parts(text).ends:
        remarks.append(UNCITED_MARK)
    remarks += [
        f"({_('%s too') % escape.markdown(review.sources[name].name)})" for name in also if name in review.sources
    ]
    ending = text[-1] if remarks and text[-1:] in (".", "!", "?") else ""
    voice = "" if source == main else MEMBERS
    text = " ".join([text.removesuffix(ending), *remarks]) + ending
    return Line(text, said.notes, said.where, said.unit, voice, themes)


def data_table(kind: ComparisonKind, table: ComparisonTable, context: Context) -> data_tables.DataTable:
    """A comparison table as a file beside its page, with its dictionary; at the end of each row stand the titles of its editor's notes."""
    review, document = context.review, context.document

    def text(inline: str) -> str:
        without = f" ({NO_SOURCE})" if UNCITED_MARK in inline else ""
        return html.unescape(plain(inline, context.known)) + without

    lines = []
    for row in table.rows:
        said = [cell.joint.replace("<br>", " ").join(text(line.text) for line in cell.lines) for cell in row.cells]
        notes = (review.notes[name] for name in row.notes if name in review.notes)
        lines.append([text(row.title), *said, "; ".join(note.title for note in notes if note.note)])
    columns = (*(data_tables.Column(text(column.name), column.meaning) for column in table.columns), NOTES)
    short = table.caption.partition(". ")[0]  # a caption may go on to say where and by whom
    return data_tables.data_table(
        posixpath.join(posixpath.dirname(document.uri), table.csv_name),
        document.where.path,
        _("%s: all topics") % short if kind.in_sections else short,
        columns,
        lines,
        description=kind.about,
        page=document.uri,
        nothing=NOTHING,
    )


def tables_of(pages: Iterable[Page]) -> Iterator[data_tables.DataTable]:
    """The comparison tables that pages show, as files: each once, where it stands first."""
    found: dict[str, data_tables.DataTable] = {}
    for table in (passage.table for page in pages for passage in page.passages if passage.table):
        found.setdefault(table.uri, table)
    yield from found.values()
