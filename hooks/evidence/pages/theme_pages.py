"""A page for each theme, and the list of all themes, as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from evidence.crosslinks.index import Index, Mention
from evidence.crosslinks.reference_links import REFERENCES, about, full_stop, reference_uri
from evidence.model.review import Review, Theme
from evidence.model.site_data import EditorialNote
from evidence.model.themes import Branch, above, is_nested, walk
from evidence.output.blocks import Block, Heading, Inline, Item, Items, Link, Output, Paragraph, reference_runs
from evidence.output.front_matter import front_matter
from evidence.output.markdown import link, table
from evidence.references.formatting import in_order
from evidence.references.labels import NO_CITATION, NOT_TRACED, Label, item_text
from evidence.sources.parts import parse_parts
from evidence.tables.comparison import statement_text
from evidence.tables.kinds import AGREEMENTS
from evidence.text import escape
from evidence.text.words import counted, listed

SILENT = "The review, as far as it stands on this site, is silent on this theme."
SILENT_ALONE = "The review speaks of it only under the themes below it."
THEMES = "themes/index.md"
AUDIT = "audit/index.md"


def theme_uri(theme_id: str) -> str:
    """The source address of a theme's page."""
    return f"themes/{theme_id}.md"


def theme_page(
    review: Review,
    index: Index,
    theme: Theme,
    known: Mapping[str, Label],
    formatted: Mapping[str, str],
    *,
    downloads: tuple[Block, ...] = (),
) -> Output:
    """A theme: who named it, what members said, where the review speaks of it, which works those passages cite, and those as files.

    What stands under a theme below it counts for it too, and is shown as such: each section and each work once.
    """
    uri = theme_uri(theme.id)
    branch = index.branches[theme.id]
    below = [found.theme for found in walk(branch.parts)]
    origin = review.origin_title(theme)
    named = f"Named by: {origin}" + (f", theme {theme.number}" if theme.number else "")
    parts = [
        front_matter(theme.title, theme.summary),
        f"# {escape.markdown(theme.title)}\n\n{theme.summary}\n\n{escape.markdown(named)}.\n\n",
        *_part_of(uri, above(review.themes, theme)),
        *_parts(uri, branch),
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
    mentions = index.mentions.get(theme.id, ())
    mentions_below = _mentions_below(index, below, mentions)
    nothing = SILENT_ALONE if mentions_below else SILENT
    parts.append("".join(f"- {_mention_link(uri, mention)}\n" for mention in mentions) or f"{nothing}\n")
    if mentions_below:
        parts.append("\n### Under the themes below it { #review-below }\n\n")
        for mention, themes in mentions_below.items():
            links = ", ".join(link(found.title, theme_uri(found.id), uri) for found in themes)
            parts.append(f"- {_mention_link(uri, mention)}, under {links}\n")
    keys = [key for key in index.cited_under([theme.id]) if key in review.references]
    more = {key: _citing(index, key, below) for key in index.references_of(theme.id) if key in review.references}

    def item(key: str) -> Item:
        themes = () if key in keys else more[key]
        links: list[Inline] = [Link(found.title, theme_uri(found.id)) for found in themes]
        named = [" Under: ", *(run for link in links for run in (link, ", "))][:-1]
        runs = reference_runs(formatted[key], review.references[key].url)
        return Item((*runs, " ", about(key, known[key]), full_stop(known[key]), *((*named, ".") if links else ())))

    none = Paragraph(("None." if not mentions else "Those passages cite no source.",))
    listed_works = Items(tuple(item(key) for key in in_order(keys, review, known))) if keys else none
    tail: list[Block] = [Heading(2, "Sources that those passages cite", "sources"), listed_works]
    if only_below := in_order(set(more) - set(keys), review, known):
        tail.append(Heading(3, "Sources cited only under the themes below it", "sources-below"))
        tail.append(Items(tuple(item(key) for key in only_below)))
    return Output(uri, "".join(parts), theme.where.path, theme.title, (*tail, *downloads))


def _part_of(uri: str, over: tuple[Theme, ...]) -> Iterator[str]:
    """The line that says where a theme stands, from the nearest theme to the one at the top."""
    if over:
        links = [link(theme.title, theme_uri(theme.id), uri) for theme in over]
        yield f"Part of: {', which is part of '.join(links)}.\n\n"


def _parts(uri: str, branch: Branch) -> Iterator[str]:
    """The themes below this one, as a list within lists."""
    if branch.parts:
        yield "## Themes below it { #parts }\n\nSections and sources that stand under them count for this theme too.\n\n"
        for part in walk(branch.parts):
            indent = "    " * (part.level - branch.level - 1)
            yield f"{indent}- {link(part.theme.title, theme_uri(part.theme.id), uri)}: {_line(part.theme.summary)}\n"
        yield "\n"


def _mentions_below(index: Index, below: Iterable[Theme], own: Iterable[Mention]) -> dict[Mention, list[Theme]]:
    """The sections that speak of a theme below, each once, with the themes that they speak of; none of the theme's `own`."""
    sections = {(mention.uri, mention.section) for mention in own}
    found: dict[Mention, list[Theme]] = {}
    for theme in below:
        for mention in index.mentions.get(theme.id, ()):
            if (mention.uri, mention.section) not in sections:
                found.setdefault(mention, []).append(theme)
    return found


def _citing(index: Index, key: str, below: Iterable[Theme]) -> list[Theme]:
    """The themes below whose passages cite a work."""
    spoken = set(index.themes_of(key))
    return [theme for theme in below if theme.id in spoken]


def _mention_link(uri: str, mention: Mention) -> str:
    text = f"{mention.page_title}: {mention.title}" if mention.title != mention.page_title else mention.page_title
    fragment = f"#{mention.section}" if mention.section else ""
    parts = f" ({escape.markdown(listed(mention.parts))})" if mention.parts else ""
    return link(text, f"{mention.uri}{fragment}", uri) + parts


def audit_link(uri: str, note: EditorialNote) -> str:
    """A link to an editor's note in the audit, from a page that does not show the note itself."""
    return link(f"Editor's note {note.id}: {note.title}", f"{AUDIT}#{note.id.lower()}", uri)


def page_links(text: str, known: Mapping[str, Label], uri: str) -> str:
    """Inline Markdown for a page without a reference list of its own: each citation leads straight to the work's page."""
    for citation in reversed(parse_parts(text).citations):
        links = []
        for item in citation.items:
            target = (
                reference_uri(item.key) if not str(known[item.key]).endswith(NOT_TRACED) else f"{REFERENCES}#not-traced"
            )
            links.append(link(item_text(item, known), target, uri))
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
    if is_nested(review.themes):
        parts.append("Counts for a theme include the themes below it.\n")
        parts += _tree_page(review, index)
        return Output(THEMES, "".join(parts), "data/themes.yml", title)
    for origin in dict.fromkeys(theme.origin for theme in review.themes.values()):
        themes = [theme for theme in review.themes.values() if theme.origin == origin]
        name = review.origin_title(themes[0])
        rows = []
        for theme in themes:
            mentions = len(index.mentions.get(theme.id, ()))
            sources = sum(1 for key in index.references_of(theme.id) if key in review.references)
            rows.append(
                (
                    link(theme.title, theme_uri(theme.id), THEMES),
                    theme.summary,
                    counted(mentions, "section") if mentions else "Silent",
                    str(sources),
                )
            )
        parts.append(f"\n## {escape.markdown(name)} {{ #{origin} }}\n\n")
        parts.append(
            table(f"Themes: {name}", ("Theme", "In one sentence", "In the review", "Sources cited there"), rows)
        )
    return Output(THEMES, "".join(parts), "data/themes.yml", title)


def _tree_page(review: Review, index: Index) -> Iterator[str]:
    """The list of themes within themes, by who named the one at the top."""
    branches = [branch for branch in index.branches.values() if branch.level == 1]
    for origin in dict.fromkeys(branch.theme.origin for branch in branches):
        chosen = [branch for branch in branches if branch.theme.origin == origin]
        yield f"\n## {escape.markdown(review.origin_title(chosen[0].theme))} {{ #{origin} }}\n\n"
        for branch in walk(chosen):
            theme, family = branch.theme, index.families[branch.theme.id]
            mentions = {(mention.uri, mention.section) for name in family for mention in index.mentions.get(name, ())}
            sources = sum(1 for key in index.references_of(theme.id) if key in review.references)
            facts = f"{counted(len(mentions), 'section')}, {counted(sources, 'source')}" if mentions else "silent"
            named = f" Named by: {escape.markdown(review.origin_title(theme))}." if theme.origin != origin else ""
            indent, page = "    " * (branch.level - 1), link(theme.title, theme_uri(theme.id), THEMES)
            yield f"{indent}- {page}: {_line(theme.summary)}{named} In the review: {facts}.\n"


def _line(text: str) -> str:
    """Text of a data file on one line, as an item of a list needs it."""
    return " ".join(text.split())
