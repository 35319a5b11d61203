"""The directives of comparison tables: each makes its table once, shows it and hands over its file."""

from __future__ import annotations

from collections.abc import Iterator

from evidence.crosslinks import Context, Passage, passages
from evidence.directives.notes import note_links, notes, notes_together
from evidence.documents.document import Marks
from evidence.output import data_tables, markdown
from evidence.tables import ComparisonKind, ComparisonTable, data_table
from evidence.text import escape
from evidence.text.translation import _


def comparison_directive(kind: ComparisonKind) -> passages.DirectiveKind:
    """The directive that puts tables of a kind into pages."""

    def render(context: Context, wanted: tuple[str, ...]) -> Iterator[Passage]:
        table = kind.build(context.review, context.document.uri, wanted)
        return (_sections if kind.in_sections else table_passages)(context, kind, table)

    return passages.DirectiveKind(kind.name, render, kind.takes, kind.gives, kind.examples)


def table_passages(context: Context, kind: ComparisonKind, table: ComparisonTable) -> Iterator[Passage]:
    """A comparison as a Markdown table, with its download and its editor's notes below. Only cells speak of anything: not its frame, nor the download."""
    head = markdown.table_head(table.caption, (column.name for column in table.columns))
    frame = {"marks": Marks()}
    yield context.passage(f"\n\n{head}", **frame)
    for i, row in enumerate(table.rows):
        yield context.passage(f"| {escape.cell(row.title)} |", where=row.where, **frame)
        for j, cell in enumerate(row.cells):
            for line in cell.lines:
                about = {"label": cell.label or context.title, "marks": _marks(context, cell.about(line))}
                text = escape.cell(line.text + note_links(context.review, line.notes))
                joint = "" if line is cell.lines[-1] else cell.joint
                said = {"unit": line.unit, "voice": line.voice or context.voice, "group": f"{table.csv_name} {i} {j}"}
                where = line.where if line.where.path else row.where
                yield context.passage(f" {text}{joint}", where=where, **said, **about)
            yield context.passage(" |", **frame)
        yield context.passage("\n", **frame)
    file = data_table(kind, table, context)
    link = data_tables.csv_link(_("Download this table"), table.caption, table.csv_name, file.content)
    yield context.passage(f"\n\n{link}\n\n", table=file, **frame)
    yield from notes_together(context, [name for row in table.rows for name in row.notes])


def _sections(context: Context, kind: ComparisonKind, table: ComparisonTable) -> Iterator[Passage]:
    """A section for each row of a comparison with one column, with its notes; the whole as CSV."""
    for row in table.rows:
        cell = row.cells[0]
        place = {"section": row.id, "title": row.words, "marks": _marks(context, cell.about(*cell.lines))}
        yield context.passage(markdown.heading(2, row.words, row.id), where=row.where, heading=True, **place)
        for line in cell.lines:
            words = f"{line.text}{note_links(context.review, line.notes)}"
            text = markdown.items([words]) if len(cell.lines) > 1 else f"{words}\n"
            said = {"unit": line.unit, "voice": line.voice or context.voice, "marks": _marks(context, cell.about(line))}
            yield context.passage(text, where=line.where, **{**place, **said})
        # A note stands in the section that it concerns, once a page.
        yield from notes(context, row.notes, **place)
    title, id_ = _("Download"), "download"
    place = {"section": id_, "title": title, "marks": Marks()}
    yield context.passage(markdown.heading(2, title, id_), heading=True, **place)
    file = data_table(kind, table, context)
    link = data_tables.csv_link(_("This profile as a table"), context.document.title, table.csv_name, file.content)
    yield context.passage(f"{link}\n\n", table=file, **place)


def _marks(context: Context, marks: Marks | None) -> Marks:
    """What a cell of a section is about, from its own marks."""
    return Marks() if marks is None else context.marks | marks
