"""Pages that look over the whole review: the evidence map, the audit and the glossary, as Markdown, with their CSV."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from evidence.crosslinks.index import Index
from evidence.crosslinks.passages import Page
from evidence.crosslinks.reference_links import reference_uri
from evidence.model.base import Reference
from evidence.model.review import Review, Theme
from evidence.model.site_data import EditorialNote
from evidence.model.themes import PART_OF, above, in_order, is_nested, part_of
from evidence.output.blocks import Output
from evidence.output.csv_files import to_csv
from evidence.output.data_tables import csv_link
from evidence.output.front_matter import front_matter
from evidence.output.markdown import link, table
from evidence.pages.notes import note_anchor
from evidence.pages.theme_pages import AUDIT, theme_uri
from evidence.references.labels import Label, plain
from evidence.text import escape
from evidence.text.words import counted, in_words

MAP = "evidence-map/index.md"
GLOSSARY = "glossary.md"
SEVERITIES = {
    "correct": "Corrected",
    "clarify": "Made clear",
    "update": "Brought up to date",
    "gap": "Gap filled or marked",
    "copyright": "Written afresh",
    "no-error": "Not an error",
}
KINDS = {"citation": "Citations", "fact": "Facts"}


def evidence_map(review: Review, index: Index, known: Mapping[str, Label]) -> Iterator[Output]:
    """Themes by nations and themes by kinds of source: how many works, in words and links, with the gaps; and both as CSV."""
    parts = [
        front_matter(
            "Evidence map",
            "Which themes have sources, for which nations and of which kinds, and where the gaps are.",
            hide=["toc"],  # the tables need the room
        ),
        "# Evidence map\n\nEach table crosses the themes with the sources that passages on them cite. ",
        "A cell with “None” is a gap: no passage of this site on that theme cites such a source.\n\n",
        "A count of sources is not the strength of the evidence. One careful review may outweigh many short reports.\n",
    ]
    nested = is_nested(review.themes)
    themes = in_order(review.themes)
    cited = {theme.id: index.references_of(theme.id) for theme in themes}
    if nested:
        parts.append("\nA theme counts the sources of the themes that are parts of it, each source once.\n")
    nations = [(n.id, n.name) for n in review.nations.values()]
    kinds = [(k.id, k.name) for k in review.kinds.values()]
    both: list[tuple[str, str, list[tuple[str, str]], Callable[[Theme, str], list[str]]]] = [
        (
            "nations",
            "Themes by nation",
            nations,
            lambda t, n: _keys(review, cited[t.id], lambda r: n in _about(index, r, t)),
        ),
        (
            "kinds",
            "Themes by kind of source",
            kinds,
            lambda t, k: _keys(review, cited[t.id], lambda r: r.field("sourcekind") == k),
        ),
    ]
    for name, title, columns, find in both:
        if not columns:
            continue
        used = [(i, words) for i, words in columns if name == "nations" or any(find(t, i) for t in themes)]
        head = ["Theme", *(words for _, words in used)]
        rows, lines = [], []
        for theme in themes:
            found = [find(theme, i) for i, _ in used]
            rows.append(
                [
                    link(theme.title, theme_uri(theme.id), MAP) + part_of(review.themes, theme),
                    *(_cell(keys, known) for keys in found),
                ]
            )
            whole = [over[0].title if (over := above(review.themes, theme)) else ""] if nested else []
            lines.append([theme.title, *whole, *("; ".join(str(known[key]) for key in keys) for keys in found)])
        content = to_csv([head[0], *([PART_OF] if nested else []), *head[1:]], lines)
        yield Output(f"evidence-map/{name}.csv", content, "data/themes.yml")
        download = csv_link("Download this table", title, f"{name}.csv", content)
        parts.append(
            f"\n## {title} {{ #{name} }}\n\n{table(title, [escape.markdown(h) for h in head], rows)}\n{download}\n"
        )
    yield Output(MAP, "".join(parts), "data/themes.yml", "Evidence map")


def _keys(review: Review, cited: Iterable[str], wanted: Callable[[Reference], bool]) -> list[str]:
    keys = [key for key in cited if key in review.references and wanted(review.references[key])]
    return sorted(keys)


def _about(index: Index, reference: Reference, theme: Theme) -> set[str]:
    """The nations of a work under a theme: those that it speaks about, and those of the passages on the theme that cite it."""
    places = index.by_reference.get(reference.key, ())
    family = set(index.families.get(theme.id, (theme.id,)))
    return set(reference.nations) | {
        n for place in places if not family.isdisjoint(place.marks.themes) for n in place.marks.nations
    }


def _cell(keys: list[str], known: Mapping[str, Label]) -> str:
    if not keys:
        return "None"
    links = [link(str(known[key]), reference_uri(key), MAP) for key in keys]
    return f"{counted(len(keys), 'source')}: {'; '.join(links)}"


def audit(review: Review, pages: Iterable[Page], known: Mapping[str, Label]) -> Iterator[Output]:
    """Every fault of the sources, what was done about it, and where readers see the note; and the same as CSV."""
    notes = list(review.notes.values())
    shown = _shown(pages)
    columns: dict[str, Callable[[EditorialNote], str]] = {
        "Id": lambda n: n.id,
        "Kind": lambda n: KINDS[n.kind],
        "Title": lambda n: n.title,
        "Where in the source": lambda n: "; ".join(n.where_in_source),
        "What the source says": lambda n: n.source_says,
        "What is wrong": lambda n: n.problem,
        "What this site does": lambda n: n.treatment,
        "Outcome": lambda n: SEVERITIES[n.severity],
        "How sure we are": lambda n: n.certainty,
        "What that rests on": lambda n: n.basis,
        "Note to readers": lambda n: plain(n.note, known),
        "Dated": lambda n: n.dated,
        "References": lambda n: "; ".join(n.references),
        "Shown on": lambda n: "; ".join(page.uri for page in shown.get(n.id, [])),
    }
    content = to_csv(list(columns), [[value(note) for value in columns.values()] for note in notes])
    parts = [
        front_matter(
            "Audit",
            "Every citation and fact in the source documents that needed care, and what this site does about it.",
        ),
        f"# Audit\n\nWe checked the two source documents and list all that needed care: {counted(len(notes), 'point')}. ",
        "Each says what the source has, what is wrong, how sure we are and what this site does.\n\n",
        "These are the editors' words. Where a note stands beside the text, the last line of a point links to it.\n\n",
        f"{csv_link('Download the audit', 'all points', 'audit.csv', content)}\n",
    ]
    for kind, title in KINDS.items():
        chosen = [note for note in notes if note.kind == kind]
        if not chosen:
            continue
        parts.append(f"\n## {title} {{ #{kind}s }}\n")
        parts += [_entry(note, shown.get(note.id, []), known) for note in chosen]
    yield Output(AUDIT, "".join(parts), "data/editorial.yml", "Audit")
    yield Output("audit/audit.csv", content, "data/editorial.yml")


def _shown(pages: Iterable[Page]) -> dict[str, list[Page]]:
    found: dict[str, list[Page]] = {}
    for page in pages:
        for passage in page.passages:
            if passage.label.startswith("Editor's note ") and passage.text.strip():
                found.setdefault(passage.label.removeprefix("Editor's note "), []).append(page)
    return {name: list({page.uri: page for page in group}.values()) for name, group in found.items()}


def _entry(note: EditorialNote, pages: list[Page], known: Mapping[str, Label]) -> str:
    lines = [
        ("Where", "; ".join(note.where_in_source)),
        ("The source has", f"“{note.source_says}”"),
        ("What is wrong", note.problem),
        ("What this site does", note.treatment),
        ("Outcome", SEVERITIES[note.severity]),
        ("How sure we are", f"{note.certainty[:1].upper()}{note.certainty[1:]}. {note.basis}"),
    ]
    if note.dated:
        lines.append(("Date of the note", in_words(note.dated)))
    text = "".join(f"- {name}: {escape.markdown(value)}\n" for name, value in lines)
    if note.references:
        links = [link(str(known[key]), reference_uri(key), AUDIT) for key in note.references if key in known]
        text += f"- Sources: {'; '.join(links)}\n"
    stands = [link(page.title, f"{page.uri}#{note_anchor(note.id)}", AUDIT) for page in pages]
    text += (
        f"- Note beside the text: {', '.join(stands)}\n"
        if stands
        else "- Note beside the text: none; it is only here\n"
    )
    return f"\n### {note.id}: {escape.markdown(note.title)} {{ #{note.id.lower()} }}\n\n{text}"


def glossary(review: Review) -> Output:
    """Every hard word with its meaning in plain words."""
    parts = [
        front_matter("Glossary", "Hard and special words of this site, explained in plain words."),
        "# Glossary\n\n",
    ]
    parts.append(f"{counted(len(review.glossary), 'word')} and names that this site uses, in plain words.\n")
    for term in sorted(review.glossary.values(), key=lambda t: t.term.casefold()):
        also = f"\n\nAlso: {escape.markdown(', '.join(term.also))}." if term.also else ""
        parts.append(f"\n## {escape.markdown(term.term)} {{ #{term.id} }}\n\n{escape.markdown(term.meaning)}{also}\n")
    return Output(GLOSSARY, "".join(parts), "data/glossary.yml", "Glossary")
