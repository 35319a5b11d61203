"""Pages made from the model: a page for each reference and theme, and the lists of both, as Markdown."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping

from evidence import escape
from evidence.cite import NO_CITATION, NOT_TRACED, UNDATED, Label, item_text
from evidence.document import citations
from evidence.grids import AGREEMENTS, statement_text
from evidence.harvard import sort_key, to_markdown
from evidence.index import Index, Place, Spot
from evidence.model import EditorialNote, Output, Reference, Review, Theme
from evidence.passages import relative
from evidence.words import counted, listed

LISTINGS = {
    "printed": "Printed in the source's reference list",
    "cited-only": "Named or cited in the source's text, which has no entry for it; the editors supplied this entry",
    "added": "Added by the editors; the source does not name it",
}
ACCESS = {
    "free": "Free to read",
    "paywalled": "Behind a paywall",
    "login": "Needs a login",
    "unknown": "Not known",
}
SILENT = "The review, as far as it stands on this site, is silent on this theme."
REFERENCES = "references/index.md"
THEMES = "themes/index.md"
AUDIT = "audit/index.md"


def reference_uri(key: str) -> str:
    """The source address of a reference's page."""
    return f"references/{key}.md"


def theme_uri(theme_id: str) -> str:
    """The source address of a theme's page."""
    return f"themes/{theme_id}.md"


def front_matter(title: str, description: str, **more: object) -> str:
    """YAML front matter. JSON strings are YAML strings, so nothing in them can end the block."""
    lines = {"title": escape.clean(title), "description": escape.clean(description), **more}
    return (
        "---\n"
        + "".join(f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in lines.items())
        + "---\n\n"
    )


def table(caption: str, head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A Markdown table with its caption; cells are inline Markdown."""
    names = list(head)
    lines = [f"Table: {escape.markdown(caption)}", "", f"| {' | '.join(names)} |", f"|{' --- |' * len(names)}"]
    lines += [f"| {' | '.join(escape.cell(cell) for cell in row)} |" for row in rows]
    return "\n".join(lines) + "\n"


def reference_page(
    review: Review, index: Index, reference: Reference, known: Mapping[str, Label], formatted: Mapping[str, str]
) -> Output:
    """All that the site knows of one work. Its sections are the same on every reference page."""
    uri = reference_uri(reference.key)
    label = known[reference.key]
    title = f"{label}: {reference.title}" if label.year else reference.title
    description = f"{label}: what kind of source it is, where this site cites it, and what the editors noted."
    parts = [
        f"# {escape.markdown(str(label))} {{ #source }}\n\n{to_markdown(formatted[reference.key], reference.url)}\n"
    ]
    parts.append(
        "## Details { #details }\n\n"
        + table(f"Details of {label}", ("Detail", "This source"), _details(review, reference))
    )
    places = index.by_reference.get(reference.key, ())
    parts.append("## Where this site cites it { #cited }\n\n" + "".join(_places(uri, places, reference)))
    themes = [review.themes[name] for name in index.themes_of(reference.key) if name in review.themes]
    links = "".join(
        f"- {_link(uri, theme_uri(t.id), t.title)} ({escape.markdown(review.origin_title(t))})\n" for t in themes
    )
    parts.append("## Themes of those passages { #themes }\n\n" + (links or "No passage that cites it has a theme.\n"))
    nations = [review.nations[name] for name in index.nations_of(reference.key) if name in review.nations]
    words = "".join(f"- {escape.markdown(nation.name)}\n" for nation in nations)
    parts.append(
        "## Nations of those passages { #nations }\n\n" + (words or "No passage that cites it is about one nation.\n")
    )
    parts.append("## What the editors noted { #notes }\n\n" + "".join(_noted(review, reference)))
    return Output(uri, front_matter(title, description) + "\n".join(parts), reference.where.path, title)


def _details(review: Review, reference: Reference) -> Iterator[tuple[str, str]]:
    f = reference.field
    kind = review.kinds.get(f("sourcekind"))
    yield "Title", escape.markdown(reference.title)
    for name, people in (("Authors", reference.authors), ("Editors", reference.editors)):
        if people:
            yield name, escape.markdown("; ".join(person.full for person in people))
    yield "Year", escape.markdown(reference.year if reference.year not in ("", UNDATED) else "No date")
    fields = (
        ("Journal", f("journal") or f("journaltitle")),
        ("In", f("booktitle")),
        (
            "Volume and issue",
            ", issue ".join(
                part for part in (f("volume"), f("number") if reference.entry_type == "article" else "") if part
            ),
        ),
        ("Article number" if f("eid") else "Pages", f("eid") or f("pages").replace("--", "–")),
        ("Edition", f("edition")),
        ("Publisher", f("publisher") or f("institution") or f("school") or f("organization")),
        ("Place", f("address") or f("location")),
        (
            "Number",
            " ".join(part for part in (f("type"), f("number")) if part) if reference.entry_type != "article" else "",
        ),
    )
    for name, value in fields:
        if value:
            yield name, escape.markdown(value)
    if f("doi"):
        yield "DOI", escape.link(f("doi"), reference.url)
    if f("url"):
        yield "Web address", escape.link(f("url"), f("url"))
    yield "Kind of source", f"{escape.markdown(kind.name)}. {escape.markdown(kind.meaning)}" if kind else "Not stated"
    speaks = [review.nations[name].name for name in reference.nations if name in review.nations]
    yield "Nations it speaks about", escape.markdown(", ".join(speaks)) or "No particular nation"
    yield "Access", ACCESS.get(f("access"), ACCESS["unknown"])
    yield "How it came into this list", LISTINGS.get(f("listing"), "Not stated")
    yield "Key", f"<code>{escape.markdown(reference.key)}</code>"


def _places(uri: str, places: tuple[Place, ...], reference: Reference) -> Iterator[str]:
    if not places:
        yield f"No page cites it. {escape.markdown(reference.field('uncited'))}\n"
    for place in places:
        target = f"{relative(uri, place.uri)}#cite-{place.item.key}-{place.number}"
        where = f"{place.page_title}: {place.label}" if place.label != place.page_title else place.page_title
        yield f"- [{escape.markdown(where)}{_nth(place, places)}]({target}): “{escape.markdown(place.excerpt)}”\n"


def _nth(place: Place, places: tuple[Place, ...]) -> str:
    same = [p for p in places if (p.uri, p.label) == (place.uri, place.label)]
    return f" ({same.index(place) + 1} of {len(same)})" if len(same) > 1 else ""


def _noted(review: Review, reference: Reference) -> Iterator[str]:
    lines = [reference.field("editornote")]
    if verified := reference.field("verified"):
        lines.append(f"What was checked: {verified}")
    for note in review.notes.values():
        if reference.key in note.references:
            lines.append(f"{note.id}, {note.title}. {note.problem} {note.treatment}")
    written = [line for line in lines if line]
    yield from (f"- {escape.markdown(line)}\n" for line in written)
    if not written:
        yield "Nothing so far.\n"


def references_page(review: Review, index: Index, known: Mapping[str, Label], formatted: Mapping[str, str]) -> Output:
    """The list of all works, with what a script needs to narrow it and everything readable without one."""
    title = "References"
    used = sorted(review.references.values(), key=lambda r: sort_key(r, known[r.key]))
    description = f"All {counted(len(used), 'source')} of this review, with kind, nation, theme and year."
    parts = [
        front_matter(title, description, search={"exclude": True}),
        f"# {title}\n\nThis list holds {counted(len(used), 'source')}. Each leads to a page that shows where this site cites it. ",
        "How many sources there are does not say how strong the evidence is.\n\n",
        "## All sources { #all }\n\n",
    ]
    for reference in used:
        parts.append(_list_entry(review, index, reference, known[reference.key], formatted[reference.key]))
    if review.untraced:
        parts.append("\n## Cited in the source, not traced { #not-traced }\n\n")
        parts.append(
            "These citations stand in the source, but we could not tell for sure which works they mean. They are not references.\n\n"
        )
        for record in review.untraced.values():
            where = {
                f"[{escape.markdown(p.page_title)}]({relative(REFERENCES, p.uri)}#ref-{record.key})": None
                for p in index.by_reference.get(record.key, ())
            }
            cited = f" Cited in {', '.join(where)}." if where else " No page of this site cites it yet."
            parts.append(
                f"- {escape.markdown(f'{record.label}. {record.status[:1].upper()}{record.status[1:]}. {record.known}')}{cited}\n"
            )
    return Output(REFERENCES, "".join(parts), "bibliography.bib", title)


def _list_entry(review: Review, index: Index, reference: Reference, label: Label, formatted: str) -> str:
    kind = review.kinds.get(reference.field("sourcekind"))
    themes = [review.themes[name].title for name in index.themes_of(reference.key) if name in review.themes]
    nations = [
        review.nations[name].name
        for name in dict.fromkeys((*reference.nations, *index.nations_of(reference.key)))
        if name in review.nations
    ]
    year = reference.year if reference.year not in ("", UNDATED) else "No date"
    facts = [
        kind.name if kind else "Kind not stated",
        f"Nations: {', '.join(nations)}" if nations else "No particular nation",
    ]
    facts.append(f"Themes: {', '.join(themes)}" if themes else "No theme yet")
    data = {"kind": kind.name if kind else "", "year": year, "nations": "|".join(nations), "themes": "|".join(themes)}
    # The values of data-* are read by the filter script as text; look-alikes for quotation marks are the same on both sides.
    attributes = " ".join(
        f'data-{name}="{"|".join(escape.attribute(v) for v in value.split("|"))}"' for name, value in data.items()
    )
    details = (
        f"[About this source: {escape.markdown(str(label))}]({relative(REFERENCES, reference_uri(reference.key))})"
    )
    return f"- {to_markdown(formatted, reference.url)} {details}. {escape.markdown('. '.join(facts))}.\n  {{ #{reference.key} .reference {attributes} }}\n"


def theme_page(
    review: Review, index: Index, theme: Theme, known: Mapping[str, Label], formatted: Mapping[str, str]
) -> Output:
    """A theme: who named it, what members said, where the review speaks of it, and which works those passages cite."""
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
    parts.append("\n## Sources that those passages cite { #sources }\n\n")
    for key in sorted(keys, key=lambda k: sort_key(review.references[k], known[k])):
        about = f"[About this source: {escape.markdown(str(known[key]))}]({relative(uri, reference_uri(key))})"
        parts.append(f"- {to_markdown(formatted[key], review.references[key].url)} {about}.\n")
    if not keys:
        parts.append("None.\n" if not spots else "Those passages cite no source.\n")
    return Output(uri, "".join(parts), theme.where.path, theme.title)


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
