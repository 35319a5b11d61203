"""Comparison tables as data: what each cell says, what it is about and where its words come from.

A grid is made once and shown twice: as a Markdown table with citations and notes, and as CSV. A table is a plain Markdown table below a
paragraph 'Table: caption' (pandoc's syntax for captions), so that every engine can show it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from evidence.crosslinks.passages import DirectiveError, choose
from evidence.model.base import Location
from evidence.model.review import Column, Comparison, Example, Review, Row, Statement, Theme
from evidence.model.themes import in_order, part_of
from evidence.references.labels import NO_CITATION
from evidence.sources.document import Marks, citations
from evidence.text import escape
from evidence.text.addresses import relative
from evidence.text.words import listed

SILENT = "The source says nothing on this."
NO_THEME = "No theme of the meetings speaks of this."
NO_VOICE = {
    "members": "Members did not name this theme.",
    "review": "The review says nothing on this.",
}
AGREEMENTS = {
    "agree": "They agree",
    "partly": "They agree in part",
    "differ": "They differ",
    "review-silent": "The review is silent",
    "members-silent": "Members are silent",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One statement in a cell: inline Markdown, and the ids of its editor's notes."""

    text: str
    notes: tuple[str, ...] = ()
    where: Location = field(default_factory=Location)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its lines, its name for a reader, and what it is about. `joint` stands between lines."""

    lines: tuple[Line, ...]
    label: str = ""
    marks: Marks = field(default_factory=Marks)
    joint: str = "<br>"


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row: its header as inline Markdown, and its cells."""

    title: str
    cells: tuple[Cell, ...]
    where: Location


@dataclass(frozen=True, slots=True)
class ComparisonTable:
    """A table with a caption, column headers (the first is that of the row headers) and the name of its CSV file."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[TableRow, ...]
    csv_name: str


Builder = Callable[[Review, str, tuple[str, ...]], ComparisonTable]


def statements(review: Review, row: Row, column: str) -> tuple[Statement, ...]:
    """What a cell of a comparison says, from the comparison's own file or from the file that the row names."""
    if row.from_ == "examples":
        chosen = (e for e in review.examples if column == (e.nation if column in review.nations else e.method))
        return tuple(example_statement(example) for example in chosen)
    if row.from_ == "coordinators" and review.network:
        people = [c for c in review.network.coordinators if c.nation == column]
        return tuple(Statement(escape.markdown(c.name), "", c.notes, where=c.where) for c in people)
    return row.cells.get(column, ())


def example_statement(example: Example) -> Statement:
    """An example as a statement: its name, where and when, and what is said of it."""
    facts = ", ".join(fact for fact in (example.place, example.year) if fact)
    name = f"{escape.markdown(example.name)} ({escape.markdown(facts)})" if facts else escape.markdown(example.name)
    return Statement(f"{name}. {example.text}", "", example.notes, where=example.where)


def statement_text(review: Review, statement: Statement, plain_fact: bool = False) -> str:
    """A statement as inline Markdown, with its origin and its lack of a citation said in words, unless it is a `plain_fact`."""
    text = " ".join(statement.text.split())
    remarks = []
    first = next(iter(review.sources), "")
    if plain_fact:
        return text
    if statement.source in review.sources and statement.source != first:
        remarks.append(f"({escape.markdown(review.sources[statement.source].name)})")
    elif not citations(text)[0] and "evidence: uncited" not in text:
        remarks.append(NO_CITATION)
    if not remarks:
        return text
    ending = text[-1] if text[-1:] in ".!?" else ""
    return f"{text.removesuffix(ending)} {' '.join(remarks)}{ending}"


def comparison_rows(comparison: Comparison | None, wanted: tuple[str, ...]) -> list[Row]:
    """The rows that a marker names, or all."""
    if comparison is None:
        raise DirectiveError("the data file that it compares from is missing or empty")
    rows = {row.id: row for row in comparison.rows}
    return [rows[name] for name in choose(wanted, rows, "row")] if wanted else list(rows.values())


def _compared(review: Review, rows: Iterable[Row], columns: Iterable[Column], uri: str) -> tuple[TableRow, ...]:
    shown = list(columns)
    made = []
    for row in rows:
        cells = []
        people = row.from_ == "coordinators"
        for column in shown:
            lines = tuple(
                Line(statement_text(review, s, people), s.notes, s.where) for s in statements(review, row, column.id)
            )
            nations = (column.id,) if column.id in review.nations else ()
            cells.append(
                Cell(lines, f"{row.title}, {column.name}", Marks(row.themes, nations), "; " if people else "<br>")
            )
        made.append(TableRow(escape.markdown(row.title), tuple(cells), row.where))
    return tuple(made)


def nations_table(review: Review, uri: str, wanted: tuple[str, ...]) -> ComparisonTable:
    """All nations side by side: all rows of comparison.yml, or those named."""
    rows = comparison_rows(review.comparison, wanted)
    assert review.comparison is not None
    caption = review.comparison.caption
    if wanted:
        caption += f": {listed(row.title[:1].lower() + row.title[1:] for row in rows)}"
    columns = [Column(n.id, n.name) for n in review.nations.values()]
    chosen = "-".join(["compare", *(row.id for row in rows)]) if wanted else "compare"
    return ComparisonTable(
        caption, ("Topic", *(c.name for c in columns)), _compared(review, rows, columns, uri), f"{chosen}.csv"
    )


def nation_table(review: Review, uri: str, wanted: tuple[str, ...]) -> ComparisonTable:
    """One nation's profile: every row of comparison.yml for it."""
    if len(wanted) != 1:
        raise DirectiveError("name one nation by its id")
    nation = review.nations[choose(wanted, review.nations, "nation")[0]]
    column = Column(nation.id, nation.name)
    rows = _compared(review, comparison_rows(review.comparison, ()), [column], uri)
    return ComparisonTable(nation.name, ("Topic", nation.name), rows, f"{nation.id}.csv")


def methods_table(review: Review, uri: str, wanted: tuple[str, ...]) -> ComparisonTable:
    """The methods side by side, from methods.yml."""
    rows = comparison_rows(review.methods, wanted)
    assert review.methods is not None
    columns = review.methods.columns
    heads = [f"[{escape.markdown(c.name)}]({relative(uri, c.page)})" if c.page else c.name for c in columns]
    name = "-".join(["methods", *wanted])
    return ComparisonTable(
        review.methods.caption, ("Aspect", *heads), _compared(review, rows, columns, uri), f"{name}.csv"
    )


def barriers_table(review: Review, uri: str, wanted: tuple[str, ...]) -> ComparisonTable:
    """One group of barriers and what members said about the same thing; or all barriers, with where they bite and who reports them."""
    groups = {group.id: group for group in review.barriers.groups}
    if not groups:
        raise DirectiveError("there are no groups in data/barriers.yml")
    chosen = choose(wanted, groups, "group") or list(groups)
    several = len(chosen) > 1
    rows = []
    for barrier in (b for b in review.barriers.barriers if b.group in chosen):
        group = groups[barrier.group]
        text = statement_text(review, Statement(barrier.text))
        says = Cell((Line(text, barrier.notes, barrier.where),), barrier.title, Marks(barrier.themes))
        facts = [Cell((Line(escape.markdown(fact)),)) for fact in (group.bites, group.reported_by)] if several else []
        themes = [review.themes[name] for name in barrier.themes if name in review.themes]
        members = Cell(tuple(Line(f"{t.summary} {theme_link(uri, t)}") for t in themes) or (Line(NO_THEME),))
        rows.append(TableRow(escape.markdown(barrier.title), (says, *facts, members), barrier.where))
    middle = ("Where it bites", "Who reports it") if several else ()
    head = ("Barrier", "What the review says", *middle, "What members said about it")
    if several:
        return ComparisonTable(
            "All barriers: where each bites, who reports it, and what members said", head, tuple(rows), "barriers.csv"
        )
    caption = "Barriers"
    if chosen:
        group = groups[chosen[0]]
        caption = f"{group.title}. Where they bite: {group.bites}. Reported by: {group.reported_by}"
    return ComparisonTable(caption, head, tuple(rows), f"{'-'.join(['barriers', *chosen])}.csv")


def sides_table(review: Review, uri: str, wanted: tuple[str, ...]) -> ComparisonTable:
    """What the review found beside what members said, for the themes of one origin; the last column is the editors' reading."""
    origins = list(dict.fromkeys(theme.origin for theme in review.themes.values()))
    if len(wanted) != 1:
        raise DirectiveError(f"name one origin of themes: {listed(origins, 'or')}")
    origin = choose(wanted, origins, "origin")[0]
    themes = [theme for theme in in_order(review.themes) if theme.origin == origin]
    rows = []
    for theme in themes:
        found = tuple(Line(statement_text(review, s), s.notes, s.where) for s in theme.found)
        said = tuple(Line(sentence, (), theme.where) for sentence in theme.members_said)
        cells = (
            Cell(found, f"{theme.title}, in the review", Marks((theme.id,)))
            if found
            else Cell((Line(NO_VOICE["review"]),)),
            Cell(said or (Line(NO_VOICE["members"]),)),
            Cell((Line(f"{AGREEMENTS.get(theme.agreement, '')}. {theme.reading}".strip(". ") + "."),)),
        )
        rows.append(TableRow(_theme_name(review, uri, theme), cells, theme.where))
    name = review.origin_title(themes[0])
    head = ("Theme", "What the review found", "What members said", "How we, the editors, read it")
    return ComparisonTable(
        f"Evidence and experience side by side: {name}", head, tuple(rows), f"side-by-side-{origin}.csv"
    )


def readings_table(review: Review, uri: str, wanted: tuple[str, ...]) -> ComparisonTable:
    """All themes at a glance: who named each, and how the editors read the two sides."""
    rows = []
    for theme in in_order(review.themes):
        texts = (review.origin_title(theme), AGREEMENTS.get(theme.agreement, ""))
        cells = tuple(Cell((Line(escape.markdown(text)),)) for text in texts)
        rows.append(TableRow(_theme_name(review, uri, theme), cells, theme.where))
    return ComparisonTable(
        "How we read each theme", ("Theme", "Named by", "How we read it"), tuple(rows), "readings.csv"
    )


def _theme_name(review: Review, uri: str, theme: Theme) -> str:
    """A theme at the head of its row, with the theme that it is a part of."""
    return theme_link(uri, theme) + part_of(review.themes, theme)


def theme_link(uri: str, theme: Theme) -> str:
    """A link to a theme's page."""
    return f"[{escape.markdown(theme.title)}]({relative(uri, f'themes/{theme.id}.md')})"


COMPARISONS: dict[str, Builder] = {
    "compare": nations_table,
    "nation": nation_table,
    "methods": methods_table,
    "barriers": barriers_table,
    "side-by-side": sides_table,
    "readings": readings_table,
}
