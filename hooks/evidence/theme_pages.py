"""A page for each theme, and the list of all themes, as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from evidence import escape
from evidence.blocks import Block, Heading, Item, Items, Output, Paragraph, reference_runs
from evidence.cite import NO_CITATION, NOT_TRACED, Label, item_text
from evidence.document import citations
from evidence.front import front_matter
from evidence.grids import AGREEMENTS, statement_text
from evidence.harvard import sort_key
from evidence.index import Index, Spot
from evidence.passages import relative
from evidence.reference_pages import REFERENCES, about, full_stop, reference_uri
from evidence.review import EditorialNote, Review, Theme
from evidence.words import counted, listed

SILENT = "The review, as far as it stands on this site, is silent on this theme."
THEMES = "themes/index.md"
AUDIT = "audit/index.md"


def theme_uri(theme_id: str) -> str:
    """The source address of a theme's page."""
    return f"themes/{theme_id}.md"


def table(caption: str, head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A Markdown table with its caption; cells are inline Markdown."""
    names = list(head)
    lines = [f"Table: {escape.markdown(caption)}", "", f"| {' | '.join(names)} |", f"|{' --- |' * len(names)}"]
    lines += [f"| {' | '.join(escape.cell(cell) for cell in row)} |" for row in rows]
    return "\n".join(lines) + "\n"


def theme_page(
    review: Review,
    index: Index,
    theme: Theme,
    known: Mapping[str, Label],
    formatted: Mapping[str, str],
    *,
    downloads: tuple[Block, ...] = (),
) -> Output:
    """A theme: who named it, what members said, where the review speaks of it, which works those passages cite, and those as files."""
    uri = theme_uri(theme.id)
    origin = review.origin_title(theme)
    named = f"Named by: {origin}" + (f", theme {theme.number}" if theme.number else "")
    parts = [
        front_matter(theme.title, theme.summary),
        f"# {escape.markdown(theme.title)}\n\n{theme.summary}\n\n{escape.markdown(named)}.\n\n",
    ]
    if review.network:
        parts.append("## What members said { #members }\n\n")
        parts += [f"- {statement}\n" for statement in theme.members_said]
        if not theme.members_said:
            parts.append("No meeting named this theme. It comes from the review.\n")
    if theme.found:
        parts.append("\n## What the review found { #found }\n\n")
        for statement in theme.found:
            links = "".join(f" {audit_link(uri, review.notes[n])}" for n in statement.notes if n in review.notes)
            parts.append(f"- {page_links(statement_text(review, statement), known, uri)}{links}\n")
    if theme.reading:
        parts.append("\n## How we, the editors, read the two { #reading }\n\n")
        parts.append(f"{AGREEMENTS.get(theme.agreement, '')}. {theme.reading}\n")
    parts.append("\n## Where the review speaks of it { #review }\n\n")
    spots = index.spots.get(theme.id, ())
    parts.append("".join(f"- {_spot_link(uri, spot)}\n" for spot in spots) or f"{SILENT}\n")
    keys = [key for key in index.references_of(theme.id) if key in review.references]
    ordered = sorted(keys, key=lambda k: sort_key(review.references[k], known[k]))
    items = [
        Item((*reference_runs(formatted[k], review.references[k].url), " ", about(k, known[k]), full_stop(known[k])))
        for k in ordered
    ]
    none = Paragraph(("None." if not spots else "Those passages cite no source.",))
    listed_works = Items(tuple(items)) if items else none
    tail = (Heading(2, "Sources that those passages cite", "sources"), listed_works, *downloads)
    return Output(uri, "".join(parts), theme.where.path, theme.title, tail)


def _spot_link(uri: str, spot: Spot) -> str:
    text = f"{spot.page_title}: {spot.title}" if spot.title != spot.page_title else spot.page_title
    fragment = f"#{spot.section}" if spot.section else ""
    parts = f" ({escape.markdown(listed(spot.parts))})" if spot.parts else ""
    return f"[{escape.markdown(text)}]({relative(uri, spot.uri)}{fragment}){parts}"


def audit_link(uri: str, note: EditorialNote) -> str:
    """A link to an editor's note in the audit, from a page that does not show the note itself."""
    return f"[Editor's note {note.id}: {escape.markdown(note.title)}]({relative(uri, AUDIT)}#{note.id.lower()})"


def page_links(text: str, known: Mapping[str, Label], uri: str) -> str:
    """Inline Markdown for a page without a reference list of its own: each citation leads straight to the work's page."""
    for citation in reversed(citations(text)[0]):
        links = []
        for item in citation.items:
            target = (
                reference_uri(item.key) if not str(known[item.key]).endswith(NOT_TRACED) else f"{REFERENCES}#not-traced"
            )
            links.append(f"[{escape.markdown(item_text(item, known))}]({relative(uri, target)})")
        text = f"{text[: citation.start]}({'; '.join(links)}){text[citation.end :]}"
    return text.replace("<!-- evidence: uncited -->", NO_CITATION)


def themes_page(review: Review, index: Index) -> Output:
    """All themes by origin, each with how often the review speaks of it and how many works those passages cite."""
    title = "Themes"
    parts = [
        front_matter(title, "All themes, by who named them: each meeting of the network, or the review."),
        f"# {title}\n\n",
    ]
    parts.append(
        "Each theme leads to what members said, where the review speaks of it, and the sources it cites there. "
    )
    parts.append("A count of sources is not a measure of how strong the evidence is.\n")
    for origin in dict.fromkeys(theme.origin for theme in review.themes.values()):
        themes = [theme for theme in review.themes.values() if theme.origin == origin]
        name = review.origin_title(themes[0])
        rows = []
        for theme in themes:
            spots = len(index.spots.get(theme.id, ()))
            sources = sum(1 for key in index.references_of(theme.id) if key in review.references)
            rows.append(
                (
                    _link(THEMES, theme_uri(theme.id), theme.title),
                    theme.summary,
                    counted(spots, "section") if spots else "Silent",
                    str(sources),
                )
            )
        parts.append(f"\n## {escape.markdown(name)} {{ #{origin} }}\n\n")
        parts.append(
            table(f"Themes: {name}", ("Theme", "In one sentence", "In the review", "Sources cited there"), rows)
        )
    return Output(THEMES, "".join(parts), "data/themes.yml", title)


def _link(from_uri: str, to_uri: str, text: str) -> str:
    return f"[{escape.markdown(text)}]({relative(from_uri, to_uri)})"
