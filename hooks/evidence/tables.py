"""The markers' renderers: comparison tables, a nation's profile, barriers, editor's notes, as Markdown passages.

A table is a plain Markdown table below a paragraph 'Table: caption' (pandoc's syntax for captions), so that every engine can show it.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator
from typing import Any

from evidence import escape
from evidence.cite import NO_CITATION
from evidence.document import Marks, citations
from evidence.model import Example, Review, Row, Statement
from evidence.passages import Context, MarkerError, Passage, Renderer, choose
from evidence.words import listed

SILENT = "The source says nothing on this."


def statements(review: Review, row: Row, nation: str) -> tuple[Statement, ...]:
    """What a cell of the comparison says, from comparison.yml or from the file that the row names."""
    if row.from_ == "examples":
        return tuple(_example(example) for example in review.examples if example.nation == nation)
    if row.from_ == "coordinators" and review.network:
        people = [c for c in review.network.coordinators if c.nation == nation]
        return tuple(Statement(escape.markdown(c.name), "", c.notes, where=c.where) for c in people)
    return row.cells.get(nation, ())


def _example(example: Example) -> Statement:
    facts = ", ".join(fact for fact in (example.place, example.year) if fact)
    name = f"{escape.markdown(example.name)} ({escape.markdown(facts)})" if facts else escape.markdown(example.name)
    return Statement(f"{name}: {example.text}", "", example.notes, where=example.where)


def statement_text(review: Review, row: Row, statement: Statement) -> str:
    """A statement as inline Markdown, with its origin and its lack of a citation said in words."""
    text = statement.text.strip()
    if row.from_ == "coordinators":
        return text
    remarks = []
    first = next(iter(review.sources), "")
    if statement.source in review.sources and statement.source != first:
        remarks.append(f"({escape.markdown(review.sources[statement.source].name)})")
    elif not citations(text)[0] and "evidence: uncited" not in text:
        remarks.append(NO_CITATION)
    if not remarks:
        return text
    ending = text[-1] if text[-1:] in ".!?" else ""
    return f"{text.removesuffix(ending)} {' '.join(remarks)}{ending}"


def csv_name(rows: Iterable[str], all_rows: Iterable[str]) -> str:
    """The file name of a comparison's CSV: 'compare.csv', or 'compare-law-guidance.csv' for chosen rows."""
    chosen, known = list(rows), list(all_rows)
    return "compare.csv" if chosen == known else f"compare-{'-'.join(chosen)}.csv"


def comparison_rows(review: Review, wanted: tuple[str, ...]) -> list[Row]:
    """The rows that a compare marker names, or all."""
    if review.comparison is None:
        raise MarkerError("there is no data/comparison.yml to compare from")
    rows = {row.id: row for row in review.comparison.rows}
    return [rows[name] for name in choose(wanted, rows, "row")] if wanted else list(rows.values())


def compare(context: Context, wanted: tuple[str, ...]) -> Iterator[Passage]:
    """A comparison table of all rows, or of those named, for all nations; its notes and its CSV below."""
    review = context.review
    rows = comparison_rows(review, wanted)
    assert review.comparison is not None
    nations = list(review.nations.values())
    caption = review.comparison.caption + (
        f": {listed(row.title[:1].lower() + row.title[1:] for row in rows)}" if wanted else ""
    )
    yield context.passage(
        f"\n\nTable: {escape.markdown(caption)}\n\n| Topic | {' | '.join(escape.cell(escape.markdown(n.name)) for n in nations)} |\n"
    )
    yield context.passage(f"| --- |{' --- |' * len(nations)}\n")
    notes: list[str] = []
    for row in rows:
        yield context.passage(f"| {escape.markdown(row.title)} |", where=row.where)
        for nation in nations:
            cell = statements(review, row, nation.id)
            marks = context.marks | Marks(row.themes, (nation.id,))
            label = f"{row.title}, {nation.name}"
            if not cell:
                yield context.passage(f" {SILENT} |")
                continue
            for i, statement in enumerate(cell):
                notes += statement.notes
                text = statement_text(review, row, statement) + _note_links(context, statement.notes)
                joint = (";" if row.from_ == "coordinators" else "<br>") if i < len(cell) - 1 else ""
                yield context.passage(f" {escape.cell(text)}{joint}", label=label, marks=marks, where=statement.where)
            yield context.passage(" |")
        yield context.passage("\n")
    yield from _below(context, notes, csv_name([row.id for row in rows], [row.id for row in review.comparison.rows]))


def profile(context: Context, wanted: tuple[str, ...]) -> Iterator[Passage]:
    """A nation's profile: a section for each row of the comparison."""
    review = context.review
    if len(wanted) != 1:
        raise MarkerError("name one nation, as in <!-- evidence: nation wales -->")
    nation = review.nations[choose(wanted, review.nations, "nation")[0]]
    notes: list[str] = []
    for row in comparison_rows(review, ()):
        marks = context.marks | Marks(row.themes, (nation.id,))
        place = {"section": row.id, "title": row.title, "marks": marks}
        yield context.passage(
            f"\n\n## {escape.markdown(row.title)} {{ #{row.id} }}\n\n", where=row.where, heading=True, **place
        )
        cell = statements(review, row, nation.id)
        if not cell:
            yield context.passage(f"{SILENT}\n", **place)
        for statement in cell:
            notes += statement.notes
            bullet = "- " if len(cell) > 1 else ""
            text = " ".join(statement_text(review, row, statement).split())
            yield context.passage(
                f"{bullet}{text}{_note_links(context, statement.notes)}\n", where=statement.where, **place
            )
        # A note stands in the section that it concerns, once a page.
        yield from (
            note_passage for note_id in dict.fromkeys(notes) for note_passage in _note(context, note_id, **place)
        )
        notes.clear()
    yield context.passage(
        f"\n\n## Download {{ #download }}\n\n[This profile as a table (CSV)]({nation.id}.csv)\n\n",
        section="download",
        label="Download",
        heading=True,
    )


def barriers(context: Context, wanted: tuple[str, ...]) -> Iterator[Passage]:
    """A table of all barriers, or of one group: what each is and rests on, and what members said about the same thing."""
    review = context.review
    groups = {group.id: group for group in review.barriers.groups}
    chosen = choose(wanted, groups, "group") or list(groups)
    several = len(chosen) > 1
    titles = listed(groups[name].title[:1].lower() + groups[name].title[1:] for name in chosen)
    caption = (
        "All barriers: where each bites, who reports it, and what members said" if several else groups[chosen[0]].title
    )
    if not several:
        group = groups[chosen[0]]
        caption = f"{caption}. Where they bite: {group.bites}. Reported by: {group.reported_by}"
    head = (
        ["Barrier", "What the review says"]
        + (["Where it bites", "Who reports it"] if several else [])
        + ["What members said about it"]
    )
    yield context.passage(
        f"\n\nTable: {escape.markdown(caption if titles else 'Barriers')}\n\n| {' | '.join(head)} |\n|{' --- |' * len(head)}\n"
    )
    notes: list[str] = []
    for barrier in (b for b in review.barriers.barriers if b.group in chosen):
        group = groups[barrier.group]
        notes += barrier.notes
        row = Row(barrier.id, barrier.title)
        text = escape.cell(statement_text(review, row, Statement(barrier.text)) + _note_links(context, barrier.notes))
        yield context.passage(f"| {escape.markdown(barrier.title)} |", where=barrier.where)
        yield context.passage(
            f" {text} |", label=barrier.title, marks=context.marks | Marks(barrier.themes), where=barrier.where
        )
        if several:
            yield context.passage(f" {escape.markdown(group.bites)} | {escape.markdown(group.reported_by)} |")
        yield context.passage(f" {_members(context, barrier.themes)} |\n")
    name = "barriers.csv" if several else f"barriers-{chosen[0]}.csv"
    yield from _below(context, notes, name)


def _members(context: Context, themes: tuple[str, ...]) -> str:
    known = [context.review.themes[name] for name in themes if name in context.review.themes]
    links = [
        f"{escape.cell(theme.summary)} [{escape.markdown(theme.title)}]({relative(context.document.uri, f'themes/{theme.id}.md')})"
        for theme in known
    ]
    return "<br>".join(links) or "No theme of the meetings speaks of this."


def note(context: Context, wanted: tuple[str, ...]) -> Iterator[Passage]:
    """An editor's note, apart from the text."""
    if len(wanted) != 1:
        raise MarkerError("name one note, as in <!-- evidence: note F01 -->")
    name = choose(wanted, context.review.notes, "note")[0]
    if not context.review.notes[name].note:
        raise MarkerError(
            f"'{name}' has no text for readers; give it a 'note' in data/editorial.yml, or leave the marker out"
        )
    yield from _note(context, name)


RENDERERS: dict[str, Renderer] = {"compare": compare, "nation": profile, "barriers": barriers, "note": note}


def _note(context: Context, name: str, **place: Any) -> Iterator[Passage]:
    found = context.review.notes.get(name)
    if found is None or not found.note or name in context.shown_notes:
        return
    context.shown_notes.add(name)
    dated = f" ({_date(found.dated)})" if found.dated else ""
    title = escape.attribute(f"Editor's note {name}{dated}: {found.title}")
    text = "\n    ".join(found.note.split("\n"))
    label = f"Editor's note {name}"
    around = place | {"marks": Marks()}
    yield context.passage(f'\n\n!!! editor-note "{title}"\n\n    ', **around)
    # A note is the editors' word, not the review's: it has nations, but no theme is spoken of in it.
    marks = Marks(nations=place.get("marks", context.marks).nations)
    yield context.passage(text, **(place | {"label": label, "marks": marks, "where": found.where}))
    yield context.passage(f"\n    {{ #{note_anchor(name)} }}\n\n", **around)


_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def _date(iso: str) -> str:
    year, month, day = (int(part) for part in iso.split("-"))
    return f"{day} {_MONTHS[month - 1]} {year}"


def note_anchor(name: str) -> str:
    """The id of a note's text on a page."""
    return f"note-{name.lower()}"


def _note_links(context: Context, names: tuple[str, ...]) -> str:
    """Links from a cell to the notes below its table."""
    known = [
        context.review.notes[name] for name in names if name in context.review.notes and context.review.notes[name].note
    ]
    return "".join(
        f" [Editor's note {n.id}](#{note_anchor(n.id)}){{ .note-link aria-label=\"Editor's note {n.id}: {escape.attribute(n.title)}\" }}"
        for n in known
    )


def _below(context: Context, notes: list[str], csv: str) -> Iterator[Passage]:
    yield context.passage(f"\n\n[Download this table (CSV)]({csv}){{ .download }}\n\n")
    for name in dict.fromkeys(notes):
        yield from _note(context, name)


def relative(from_uri: str, to_uri: str) -> str:
    """The link from one source file to another."""
    return posixpath.relpath(to_uri, posixpath.dirname(from_uri) or ".")
