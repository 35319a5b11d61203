"""A page for each theme, and the list of all themes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING

from evidence.crosslinks import index, reference_links, support
from evidence.directives.notes import note_links, written_notes
from evidence.directives.recordings import written
from evidence.documents.themes import Branch, Mention, above, is_nested, walk
from evidence.map import lists, views
from evidence.model.review import Point, Theme
from evidence.model.vocabulary import AGREEMENTS, NOT_TRACED
from evidence.output import blocks, templates
from evidence.references import Label, in_order, plain
from evidence.sources import parse_parts
from evidence.tables import statement_line
from evidence.text.translation import _

if TYPE_CHECKING:
    from evidence.pages.generated import Materials

THEMES = "themes/index.md"
# Above so many works a theme's page does not list them in full: its groups by kind, which hold them all, lead to each.
MOST_IN_FULL = 500


def theme_pages(site: Materials) -> Iterator[blocks.Output]:
    """A page for each theme."""
    return (_theme_page(site, site.index.branches[name]) for name in site.review.themes)


def _theme_page(site: Materials, branch: Branch) -> blocks.Output:
    """A theme: who named it, what members said, where the review speaks of it, which works those passages cite, and those as files.

    What stands under a theme below it counts for it too, and is shown as such: each section and each work once.
    """
    review, theme, uri = site.review, branch.theme, branch.theme.uri
    below = walk(branch.parts)
    onward = blocks.onward(_onward(site, theme))
    said_here = partial(page_links, known=site.known, uri=uri)
    found = [_found(site, point, uri) for point in theme.found]
    return templates.page(
        "pages/theme.md.j2",
        uri,
        theme.where.path,
        description=plain(theme.summary, site.known),
        tail=(
            *_sources(site, theme, [part.theme for part in below]),
            *site.reference_files.of_theme(theme),
            *_kinds_of_evidence(site, theme),
            *onward,
        ),
        theme=theme,
        origin=review.origin_title(theme),
        over=above(review.themes, theme),
        parts=[(part.level - branch.level - 1, part.theme) for part in below],
        network=review.network,
        paper=site.paper_on(theme.id, uri),
        suggested=review.suggested_on(theme),
        recordings=["".join(written(review, made, uri)) for made in review.recordings_on(theme)],
        found=found,
        key=support.explained(found, review),
        notes=written_notes(review, [name for said in theme.found for name in said.notes], said_here),
        agreement=AGREEMENTS.get(theme.agreement, ""),
        mentions=site.index.mentions.get(theme.id, ()),
        mentions_below=_mentions_below(site.index, theme, below),
    )


def _onward(site: Materials, theme: Theme) -> Iterator[tuple[str, blocks.Link]]:
    """Where a reader can go from a theme, each with the words before the link: its neighbours, its questions, and the lists of both."""
    themes = [branch.theme for branch in site.index.branches.values()]
    at, page = themes.index(theme), site.questions_page
    if at:
        yield _("The theme before:"), blocks.Link(themes[at - 1].title, themes[at - 1].uri)
    if at + 1 < len(themes):
        yield _("The theme after:"), blocks.Link(themes[at + 1].title, themes[at + 1].uri)
    yield _("The list:"), blocks.Link(_("All themes"), THEMES)
    asked = [(n, q) for _group, found in site.review.questions.numbered() for n, q in found] if page else []
    for number, question in asked:
        if any(theme.id in site.index.families.get(name, ()) for name in question.themes):
            yield _("Question %s:") % number, blocks.Link(question.text, f"{page}#{question.id}")
    if page:
        yield _("To talk about:"), blocks.Link(site.title_of(page), page)


def _mentions_below(index: index.Index, theme: Theme, below: list[Branch]) -> dict[Mention, list[Theme]]:
    """The sections that speak of a theme below, each once, with the themes that they speak of; none of those that speak of `theme` itself."""
    sections = {(mention.uri, mention.section) for mention in index.mentions.get(theme.id, ())}
    found: dict[Mention, list[Theme]] = {}
    for part in below:
        for mention in index.mentions.get(part.theme.id, ()):
            if (mention.uri, mention.section) not in sections:
                found.setdefault(mention, []).append(part.theme)
    return found


def _sources(site: Materials, theme: Theme, below: list[Theme]) -> Iterator[blocks.Block]:
    """The works that passages on a theme cite, and those that passages on the themes below it cite."""
    review, index = site.review, site.index
    own = review.references.keys() & index.cited_under([theme.id])
    more = (review.references.keys() & index.references_of(theme.id)) - own

    def item(key: str) -> blocks.Item:
        themes = [t for t in below if t.id in index.themes_of(key)] if key in more else []
        links: list[blocks.Inline] = [run for t in themes for run in (", ", blocks.Link(t.title, t.uri))]
        under: list[blocks.Inline] = [f" {_('Under:')} ", *links[1:], "."] if links else []
        runs = reference_links.entry(review.references[key], site.formatted[key], site.known)
        label = site.known[key]
        return blocks.Item((*runs, " ", reference_links.about(key, label), reference_links.full_stop(label), *under))

    def items(keys: set[str]) -> blocks.Items:
        return blocks.Items(tuple(item(key) for key in in_order(keys, review, site.known)))

    nothing = _("Those passages cite no source.") if index.mentions.get(theme.id) else _("None.")
    yield blocks.Heading(2, _("Sources that those passages cite"), "sources", "data-search-exclude")
    if review.kinds and len(own | more) > MOST_IN_FULL:
        said = _("There are %s. Each stands below by its kind, and leads to its page.") % len(own | more)
        whole = blocks.Link(_("All sources"), reference_links.REFERENCES)
        yield blocks.Paragraph((f"{said} {_('To find, filter and sort:')} ", whole, "."))
        return
    yield items(own) if own else blocks.Paragraph((nothing,))
    if more:
        yield blocks.Heading(3, _("Sources cited only under the themes below it"), "sources-below")
        yield items(more)


def _kinds_of_evidence(site: Materials, theme: Theme) -> Iterator[blocks.Block]:
    """The same works by kind and by nation, with their numbers: what the evidence map leads to."""
    titles = {
        "kinds": (2, _("Kinds of evidence on this theme"), "kinds-of-evidence"),
        "nations": (3 if site.review.kinds else 2, _("The same sources by nation"), "by-nation"),
    }
    for view in views(site):
        listed = lists(site, view, site.index.families.get(theme.id, (theme.id,)))
        if listed.items:
            level, title, id_ = titles[view.name]
            yield blocks.Heading(level, title, id_, "data-search-exclude")
            if view.name == "kinds":
                yield blocks.Paragraph((_("A kind says how a work came out, not how good it is."),))
            yield listed


def _found(site: Materials, point: Point, uri: str) -> str:
    """A point of what was found, with links to the works, its notes and what it rests on."""
    parts = parse_parts(statement_line(site.review, point).text)
    cited = dict.fromkeys(item.key for citation in parts.citations for item in citation.items)
    rests = support.support_of_works(cited, site.review, 0 if cited or point.source else 1)
    words = page_links(parts.shown().text, site.known, uri)
    return words + note_links(site.review, point.notes) + support.support_mark(rests)


def page_links(text: str, known: Mapping[str, Label], uri: str) -> str:
    """Inline Markdown for a page without a reference list of its own: each citation leads straight to the work's page."""
    for citation in reversed(parse_parts(text).citations):
        links = []
        for item in citation.items:
            traced = not str(known[item.key]).endswith(NOT_TRACED)
            target = reference_links.reference_uri(item.key) if traced else reference_links.NOT_TRACED
            links.append(reference_links.cited(item, known[item.key], target, uri))
        text = f"{text[: citation.start]}({'; '.join(links)}){text[citation.end :]}"
    return text


def themes_page(site: Materials) -> Iterator[blocks.Output]:
    """All themes by who named them, each with how often the review speaks of it and how many works those passages cite.

    Themes within themes stand as lists within lists, by who named the one at the top.
    """
    review, index = site.review, site.index
    groups: dict[str, list[Branch]] = {}
    for branch in index.branches.values():
        if branch.level == 1:
            groups.setdefault(branch.theme.origin, []).append(branch)

    def sections(theme: Theme) -> int:
        return len({(m.uri, m.section) for name in index.families[theme.id] for m in index.mentions.get(name, ())})

    yield templates.page(
        "pages/themes.md.j2",
        THEMES,
        "data/themes.yml",
        nested=is_nested(review.themes),
        network=review.network,
        groups=[(origin, review.origin_title(found[0].theme), walk(found)) for origin, found in groups.items()],
        origin_title=review.origin_title,
        sections=sections,
        sources=lambda theme: sum(key in review.references for key in index.references_of(theme.id)),
    )
