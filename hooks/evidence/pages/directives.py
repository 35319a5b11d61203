"""The markers' renderers: what `<!-- evidence: name arguments -->` puts into a page, as Markdown passages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from evidence.crosslinks.passages import Context, DirectiveError, Passage, Renderer, choose
from evidence.model.site_data import EditorialNote
from evidence.references.labels import labels
from evidence.sources.document import Marks
from evidence.tables.comparison import (
    COMPARISONS,
    SILENT,
    ComparisonTable,
    example_statement,
    nation_table,
    statement_text,
    theme_link,
)
from evidence.tables.comparison_csv import comparison_csv, csv_link
from evidence.text import escape
from evidence.text.addresses import relative
from evidence.text.words import in_words

NOTE = "Editor's note"


def comparison(name: str) -> Renderer:
    def render(context: Context, wanted: tuple[str, ...]) -> Iterator[Passage]:
        yield from table(context, COMPARISONS[name](context.review, context.document.uri, wanted))

    return render


def table(context: Context, comparison: ComparisonTable) -> Iterator[Passage]:
    """A grid as a Markdown table, with its download and its editor's notes below."""
    head = " | ".join(escape.cell(name if name.startswith("[") else escape.markdown(name)) for name in comparison.head)
    yield context.passage(
        f"\n\nTable: {escape.markdown(comparison.caption)}\n\n| {head} |\n|{' --- |' * len(comparison.head)}\n"
    )
    notes: list[str] = []
    for row in comparison.rows:
        yield context.passage(f"| {escape.cell(row.title)} |", where=row.where)
        for cell in row.cells:
            if not cell.lines:
                yield context.passage(f" {SILENT}")
            about = {"label": cell.label, "marks": context.marks | cell.marks} if cell.label else {}
            for i, line in enumerate(cell.lines):
                notes += line.notes
                text = escape.cell(line.text + note_links(context, line.notes))
                joint = cell.joint if i < len(cell.lines) - 1 else ""
                yield context.passage(f" {text}{joint}", where=line.where if line.where.path else row.where, **about)
            yield context.passage(" |")
        yield context.passage("\n")
    content = comparison_csv(comparison, context.review, labels(context.review))
    yield context.passage(
        f"\n\n{csv_link('Download this table', comparison.caption, comparison.csv_name, content)}\n\n"
    )
    yield from _notes(context, notes)


def profile(context: Context, wanted: tuple[str, ...]) -> Iterator[Passage]:
    """A nation's profile: a section for each row of the comparison, with its notes; the whole as CSV."""
    comparison = nation_table(context.review, context.document.uri, wanted)
    assert context.review.comparison is not None
    for row, made in zip(context.review.comparison.rows, comparison.rows, strict=True):
        cell = made.cells[0]
        place = {"section": row.id, "title": row.title, "marks": context.marks | cell.marks}
        heading = f"\n\n## {made.title} {{ #{row.id} }}\n\n"
        yield context.passage(heading, where=row.where, heading=True, **place)
        if not cell.lines:
            yield context.passage(f"{SILENT}\n", **place)
        for line in cell.lines:
            bullet = "- " if len(cell.lines) > 1 else ""
            text = f"{bullet}{line.text}{note_links(context, line.notes)}\n"
            yield context.passage(text, where=line.where, **place)
        # A note stands in the section that it concerns, once a page.
        yield from _notes(context, [name for line in cell.lines for name in line.notes], **place)
    place = {"section": "download", "title": "Download"}
    yield context.passage("\n\n## Download { #download }\n\n", heading=True, **place)
    content = comparison_csv(comparison, context.review, labels(context.review))
    link = csv_link("This profile as a table", context.document.title, comparison.csv_name, content)
    yield context.passage(f"{link}\n\n", **place)


def examples(context: Context, wanted: tuple[str, ...]) -> Iterator[Passage]:
    """The examples of one method, by nation."""
    review = context.review
    methods = list(dict.fromkeys(example.method for example in review.examples))
    if len(wanted) != 1:
        raise DirectiveError("name one method by its id")
    method = choose(wanted, methods, "method")[0]
    chosen = [example for example in review.examples if example.method == method]
    yield context.passage("\n\n")
    for example in sorted(
        chosen,
        key=lambda e: list(review.nations).index(e.nation) if e.nation in review.nations else len(review.nations),
    ):
        nation = review.nations[example.nation].name if example.nation in review.nations else "Not tied to a nation"
        marks = context.marks | Marks((), (example.nation,) if example.nation else ())
        text = statement_text(review, example_statement(example)) + note_links(context, example.notes)
        label = f"{example.name}, {nation}"
        yield context.passage(f"- {nation}. {text}\n", label=label, marks=marks, where=example.where)
    yield from _notes(context, [name for example in chosen for name in example.notes])


def meeting(context: Context, wanted: tuple[str, ...]) -> Iterator[Passage]:
    """The themes of one meeting, and what members said on each."""
    review = context.review
    meetings = {m.id: m for m in review.network.meetings} if review.network else {}
    if len(wanted) != 1:
        raise DirectiveError("name one meeting by its id")
    name = choose(wanted, meetings, "meeting")[0]
    for theme in (t for t in review.themes.values() if t.origin == name):
        place = {"section": theme.id, "title": theme.title}
        yield context.passage(
            f"\n\n### {escape.markdown(theme.title)} {{ #{theme.id} }}\n\n", where=theme.where, heading=True, **place
        )
        for sentence in theme.members_said:
            yield context.passage(f"- {sentence}\n", where=theme.where, **place)
        link = f'\n[What the review says on this]({relative(context.document.uri, f"themes/{theme.id}.md")}){{ aria-label="What the review says on this: {escape.attribute(theme.title)}" }}\n\n'
        yield context.passage(link, **place)
        yield from _notes(context, list(theme.notes), **place)


def coordinators(context: Context, wanted: tuple[str, ...]) -> Iterator[Passage]:
    """Who co-ordinates the network, by nation."""
    network = context.review.network
    if network is None:
        raise DirectiveError("there is no data/network.yml")
    lines = [
        "",
        "",
        "Table: Who co-ordinates the network in each nation",
        "",
        "| Nation | Co-ordinated by |",
        "| --- | --- |",
    ]
    notes: list[str] = []
    for nation in context.review.nations.values():
        people = [person for person in network.coordinators if person.nation == nation.id]
        names = [escape.cell(escape.markdown(p.name) + note_links(context, p.notes)) for p in people]
        notes += [name for person in people for name in person.notes]
        lines.append(f"| {escape.cell(escape.markdown(nation.name))} | {'; '.join(names) or SILENT} |")
    yield context.passage("\n".join(lines) + "\n\n")
    yield from _notes(context, notes)


def actions(context: Context, wanted: tuple[str, ...]) -> Iterator[Passage]:
    """What the last meeting wants to do, each action with the themes that it answers."""
    network = context.review.network
    if network is None:
        raise DirectiveError("there is no data/network.yml")
    yield context.passage("\n\n")
    for number, action in enumerate(network.actions, 1):
        links = [
            theme_link(context.document.uri, context.review.themes[t])
            for t in action.themes
            if t in context.review.themes
        ]
        answers = f" Themes: {', '.join(links)}." if links else ""
        text = f"{number}. {escape.markdown(action.text)}{answers}\n   {{ #{action.id} }}\n"
        yield context.passage(text, label=action.text, where=action.where)
    yield context.passage("\n")


def figure(context: Context, wanted: tuple[str, ...]) -> Iterator[Passage]:
    """A drawing with its title, its full text alternative and its credit."""
    if len(wanted) != 1:
        raise DirectiveError("name one figure by its id")
    known = context.review.figures
    found = known[choose(wanted, known, "figure")[0]]
    name = f"figure-{found.id}"
    inside = f'<title id="{name}-title">{escape.html_text(found.title)}</title><desc id="{name}-desc">{escape.html_text(found.description)}</desc>'
    opening = f'<svg role="img" aria-labelledby="{name}-title" aria-describedby="{name}-desc"'
    drawing = _drawing(context, f"figures/{found.id}", opening, inside)
    yield context.passage(f'\n\n<figure class="drawing" id="{name}">{drawing}</figure>\n\n')
    yield context.passage(f"Figure: {escape.markdown(found.title)}. ")
    yield context.passage(f"{found.credit}\n", where=found.where)
    yield context.passage("{ .credit }\n\n")


def picture(context: Context, wanted: tuple[str, ...]) -> Iterator[Passage]:
    """A small drawing beside words that say the same: decorative for a screen reader."""
    if len(wanted) != 1:
        raise DirectiveError("name one picture: the name of its file in docs/assets/pictures, without .svg")
    opening = '<svg class="easy-picture" aria-hidden="true" focusable="false"'
    yield context.passage(_drawing(context, f"pictures/{wanted[0]}", opening, ""))


def _drawing(context: Context, name: str, opening: str, inside: str) -> str:
    drawings = context.review.drawings
    svg = drawings[choose([name], drawings, "drawing")[0]]
    # The file's own opening tag is kept but for what the page says anew; a blank line would end the HTML block in Markdown.
    own = re.match(r"<svg\b([^>]*)>", svg)
    assert own is not None, "read() has checked it"
    kept = re.sub(r'\s(?:role|class|aria-\w+|focusable|xmlns)="[^"]*"', "", own[1])
    return re.sub(r"\s*\n\s*", "", f"{opening}{kept}>{inside}{svg[own.end() :]}")


def note(context: Context, wanted: tuple[str, ...]) -> Iterator[Passage]:
    """An editor's note, apart from the text."""
    if len(wanted) != 1:
        raise DirectiveError("name one note by its id")
    name = choose(wanted, context.review.notes, "note")[0]
    if not context.review.notes[name].note:
        raise DirectiveError(
            f"'{name}' has no text for readers; give it a 'note' in data/editorial.yml, or leave the marker out"
        )
    yield from _notes(context, [name])


def note_anchor(name: str) -> str:
    """The id of a note's text on a page."""
    return f"note-{name.lower()}"


def note_links(context: Context, names: Iterable[str]) -> str:
    """Links from a statement to its notes, which stand further down."""
    return "".join(
        f' [{NOTE} {n.id}](#{note_anchor(n.id)}){{ .note-link aria-label="{NOTE} {n.id}: {escape.attribute(n.title)}" }}'
        for n in _shown(context, names)
    )


def _shown(context: Context, names: Iterable[str]) -> list[EditorialNote]:
    known = [context.review.notes[name] for name in dict.fromkeys(names) if name in context.review.notes]
    return [n for n in known if n.note]


def _notes(context: Context, names: Iterable[str], **place: Any) -> Iterator[Passage]:
    """The notes, each once a page."""
    for found in _shown(context, names):
        if found.id in context.shown_notes:
            continue
        context.shown_notes.add(found.id)
        dated = f" ({in_words(found.dated)})" if found.dated else ""
        title = escape.markdown(f"{NOTE} {found.id}{dated}: {found.title}").replace('"', "&#34;")
        # A note is the editors' word, not the review's: it may be about a nation, but no theme is spoken of in it.
        marks = Marks(nations=place.get("marks", context.marks).nations)
        around = place | {"marks": Marks()}
        yield context.passage(f'\n\n!!! editor-note "{title}"\n\n    ', **around)
        end = f"\n    {{ #{note_anchor(found.id)} }}\n\n"
        # Each paragraph is a passage: within one passage, an indented line after an empty one would be code.
        for i, paragraph in enumerate(re.split(r"\n(?:[ \t]*\n)+", found.note.strip())):
            if i:
                yield context.passage("    ", **around)
            about = place | {"label": f"{NOTE} {found.id}", "marks": marks, "where": found.where}
            yield context.passage(paragraph.replace("\n", "\n    "), **about)
            yield context.passage("\n\n" if i else end, **around)
