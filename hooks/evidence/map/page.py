"""The page of the evidence map: how many works the passages on each theme cite, as a picture that is a table; and the works themselves as CSV."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from evidence.documents.themes import PART_OF, above, in_order, is_nested, part_of
from evidence.map.groups import Column, Group, Materials, Sorted, View, lists, views
from evidence.model.review import Theme
from evidence.output import blocks, data_tables, markdown, templates
from evidence.pictures import dot
from evidence.text import escape
from evidence.text.addresses import relative
from evidence.text.translation import _, ngettext

MAP = "evidence-map/index.md"
# The heads of more columns than these are turned, so that all stay in view with their words whole.
MOST_UPRIGHT = 9
# Above so many works the map lists none itself: each group leads to its works on the pages of the themes.
MOST_LISTED = 500


def evidence_map(site: Materials) -> Iterator[blocks.Output]:
    """Themes by kinds of sources and by nations: how many works, with the gaps and the sums; and the works themselves as CSV."""
    review, made = site.review, []
    for view in views(site):
        # What each theme has, in the order of the rows, and what all have: each work once.
        under = {theme: view.sort(_family(site, theme.id)) for theme in in_order(review.themes)}
        whole = view.sort(review.themes)
        table = _file(site, view, under)
        yield table
        short = _number(site, review.themes) <= MOST_LISTED
        listed = blocks.to_markdown([lists(site, view, review.themes) if short else _by_theme(view, under, whole)], MAP)
        made.append((view.name, list(view.columns), _rows(site, view, under, whole), listed, table.content))
    yield templates.page(
        "map/evidence_map.md.j2",
        MAP,
        "data/themes.yml",
        nested=is_nested(review.themes),
        views=made,
        sources=_number(site, review.themes),
        themes=len(review.themes),
        told_apart=review.tells_peer_reviewed,
        most=MOST_UPRIGHT,
        dot=dot,
        csv_link=data_tables.csv_link,
    )


def _by_theme(view: View, under: Mapping[Theme, Sorted], whole: Sorted) -> blocks.Items:
    """A line for each group of works: its name, how many there are, and the pages of themes that list them, each with its number."""

    def item(group: Group) -> blocks.Item:
        links = [
            blocks.Link(f"{theme.title} ({len(found[group.id])})", f"{theme.uri}#{group.id}")
            for theme, found in under.items()
            if group.id in found
        ]
        runs = [run for link in links for run in ("; ", link)][1:]
        return blocks.Item((f"{group.name}: {len(whole[group.id])}.", " ", *runs, "."), group.id)

    return blocks.Items(tuple(item(group) for group in view.groups if group.id in whole))


def _number(site: Materials, themes: Iterable[str]) -> int:
    return sum(key in site.review.references for key in site.index.cited_under(themes))


def _family(site: Materials, theme: str) -> tuple[str, ...]:
    return site.index.families.get(theme, (theme,))


def _file(site: Materials, view: View, under: Mapping[Theme, Sorted]) -> data_tables.DataTable:
    """A view as a file: the works in each cell."""
    themes, nested = site.review.themes, is_nested(site.review.themes)
    lines = []
    for theme, found in under.items():
        whole = [over[0].title if (over := above(themes, theme)) else ""] if nested else []
        listed = ("; ".join(str(site.known[key]) for key in found.get(group.id, ())) for group in view.groups)
        lines.append([theme.title, *whole, *listed])
    first = [Column(_("Theme"), _("The name of the theme."))]
    if nested:
        first.append(Column(PART_OF, _("The theme that it is a part of; empty where it stands alone.")))
    return data_tables.data_table(
        f"evidence-map/{view.name}.csv",
        "data/themes.yml",
        view.title,
        [*first, *(group.column for group in view.groups)],
        lines,
        description=view.about + (_(" A theme has the sources of its parts, too.") if nested else ""),
        page=MAP,
    )


def _rows(site: Materials, view: View, under: Mapping[Theme, Sorted], whole: Sorted) -> list[list[str]]:
    """The rows of a view on the page: a theme each, and the sums, which count each work once."""
    review, rows = site.review, []
    most = max((len(keys) for found in under.values() for keys in found.values()), default=0)
    empty = {name for name, groups in view.columns.items() if not any(group.id in whole for group in groups)}

    def circles(group: Group, keys: Sequence[str]) -> str:
        filled = 0 if group.dashed else sum(review.is_peer_reviewed(review.references[key]) for key in keys)
        other = len(keys) - filled
        drawn = dot(filled, most, True) if filled else ""
        return drawn + (dot(other, most, False, dashed=group.dashed) if other else "")

    for theme, found in under.items():
        number = _number(site, _family(site, theme.id))
        cells = []
        for name, groups in view.columns.items():
            links = [
                _linked(
                    circles(group, keys), group.words(len(keys), theme.title), relative(MAP, f"{theme.uri}#{group.id}")
                )
                for group in groups
                if (keys := found.get(group.id))
            ]
            cells.append(" ".join(links) or _none(not number or name in empty))
        named = markdown.link(theme.title, theme.uri, MAP) + part_of(review.themes, theme)
        rows.append([named, *cells, _sum(number, theme.title, relative(MAP, f"{theme.uri}#sources"))])
    total = _sum(_number(site, review.themes), _("all themes"), f"#list-{view.name}")
    rows.append([_("All themes"), *_column_sums(view, whole), total])
    return rows


def _column_sums(view: View, whole: Sorted) -> Iterator[str]:
    """The sum of each column, where `whole` are the works under all themes."""
    for groups in view.columns.values():
        counts = [(group, len(whole[group.id])) for group in groups if group.id in whole]
        links = [
            f'<span class="sum">{_linked(str(n), _rest(group.words(n, _("all themes")), n), f"#{group.id}")}'
            + (f" {escape.markdown(group.after)}</span>" if group.after else "</span>")
            for group, n in counts
        ]
        yield " ".join(links) or _none(True, _("No source"))


def _sum(number: int, theme: str, target: str) -> str:
    words = ngettext("%(num)s source on %(theme)s", "%(num)s sources on %(theme)s", number)
    said = words % {"num": number, "theme": theme}
    return _linked(str(number), _rest(said, number), target) if number else _none(True, _("No source"))


def _rest(words: str, number: int) -> str:
    """What is heard behind a number that is shown."""
    return words.removeprefix(str(number))


def _linked(shown: str, words: str, target: str) -> str:
    """A number as a link; `words` are its name, or the rest of it, for those who hear it."""
    return f"[{shown}{markdown.heard(words)}]({target})"


def _none(gap: bool, words: str = "") -> str:
    """An empty cell; it is hatched where its whole row or column has no source."""
    return f'<span class="gap">{escape.markdown(words)}</span>' if gap else ""
