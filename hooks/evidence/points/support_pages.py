"""The pages "Support for each point": how many points rest on what, the sources that carry most, and the points of each group.

A point stands under the first of its themes, and names the others. A group that is long is cut into parts, so that no page is heavy.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol

from evidence.crosslinks import Page, index, reference_links
from evidence.crosslinks.support import Statement
from evidence.model.review import Review
from evidence.output import blocks, data_tables, markdown, templates
from evidence.pictures import bar
from evidence.points.points import BY_NUMBER, Group, Supported, groups
from evidence.points.tables import citations_table, statements_table
from evidence.references import Label
from evidence.tables import datapackage
from evidence.text.translation import _

SUPPORT = "support/index.md"
PART = "support/{}.md"
MADE_FROM = "docs"
# So many points make a page of about 40 KB on its way.
MOST_ON_A_PAGE = 250
# How many sources the table of those that carry most shows.
MOST_CARRYING = 12
NO_THEME = "no-theme"


class Materials(Protocol):
    """What of a site its pages of points are made from."""

    @property
    def review(self) -> Review: ...
    @property
    def pages(self) -> Mapping[str, Page]: ...
    @property
    def index(self) -> index.Index: ...
    @property
    def known(self) -> Mapping[str, Label]: ...
    @property
    def points(self) -> tuple[Supported, ...]: ...


def parts(site: Materials) -> dict[str, tuple[Group, tuple[Supported, ...]]]:
    """The pages of points: by the end of its address, the group of each and the points that it shows."""
    found = {}
    for group in groups(site.review) if stating(site) else ():
        held = [point for point in site.points if group.holds(point)]
        for number, begin in enumerate(range(0, len(held), MOST_ON_A_PAGE), 1):
            name = group.id if number == 1 else f"{group.id}-{number}"
            found[name] = (group, tuple(held[begin : begin + MOST_ON_A_PAGE]))
    return found


def stating(site: Materials) -> Mapping[str, Page]:
    """The pages on which the review states anything; none where it has no sources yet, on which anything could rest."""
    pages = site.pages.items() if site.review.references else ()
    return {uri: page for uri, page in pages if any(not made.statement.voice for made in page.stated)}


def support_uri(site: Materials) -> str:
    """The source address of the page "Support for each point"; '' where there is none."""
    return SUPPORT if stating(site) else ""


def stating_in_parts(site: Materials) -> Mapping[str, Page]:
    """The first page that each page of points speaks of."""
    return {name: site.pages[held[0].statements[0].uri] for name, (_group, held) in parts(site).items()}


def support_page(site: Materials) -> Iterator[blocks.Output]:
    """How many points there are in each group, by theme too, and the sources that carry most; with two files."""
    review, pages, known = site.review, site.pages, site.known
    tables = (
        statements_table(pages.values(), review, known, SUPPORT),
        citations_table(site.index, review, known, SUPPORT),
    )
    yield from tables
    counted = _counted(site)
    yield templates.page(
        "points/support.md.j2",
        SUPPORT,
        MADE_FROM,
        number=len(site.points),
        pages=len(stating(site)),
        network=review.network,
        groups=[
            (*rest, "dotted" if group is BY_NUMBER[0] else "solid" if group in BY_NUMBER else "rim")
            for group, *rest in counted
        ],
        themes=_by_theme(site, [group for group, _title, held, _uri in counted if held]),
        carrying=_carrying(site),
        bar=bar,
        downloads=[
            (table.title, data_tables.csv_link(_("Download"), table.title, table.uri.rpartition("/")[2], table.content))
            for table in tables
        ],
        data=datapackage.PAGE,
    )


def _counted(site: Materials) -> list[tuple[Group, str, int, str]]:
    """Each group with its title, how many points it has, and the page of the first of them, '' where there are none."""
    held = [(group, sum(map(group.holds, site.points))) for group in groups(site.review)]
    return [(group, group.title, number, PART.format(group.id) if number else "") for group, number in held]


def _by_theme(site: Materials, shown: list[Group]) -> tuple[list[str], list[list[str]]]:
    """The heads of the columns and the rows of the table by theme: each number leads to its points."""
    where: dict[tuple[str, str], str] = {}
    for name, (group, held) in reversed(parts(site).items()):
        where |= {(group.id, theme): f"support/{name}.md#{theme}" for theme in _under_themes(held)}
    counts = {
        group.id: Counter(point.theme or NO_THEME for point in filter(group.holds, site.points)) for group in shown
    }
    rows = []
    for theme in _under_themes(site.points):
        title = _theme_title(site, theme)
        cells = []
        for group in shown:
            number = counts[group.id][theme]
            name = f"{number}: {group.title}, {title}"
            cells.append(markdown.link(str(number), where[group.id, theme], SUPPORT, label=name) if number else "0")
        rows.append([markdown.link(title, f"themes/{theme}.md" if theme != NO_THEME else "", SUPPORT), *cells])
    return [group.title.removeprefix(_("Points ")).capitalize() for group in shown], rows


def _under_themes(held: Iterable[Supported]) -> dict[str, list[Supported]]:
    """Points by the theme that they stand under."""
    found: dict[str, list[Supported]] = {}
    for point in held:
        found.setdefault(point.theme or NO_THEME, []).append(point)
    return found


def _theme_title(site: Materials, theme: str) -> str:
    return site.review.themes[theme].title if theme in site.review.themes else _("No theme")


def _carrying(site: Materials) -> list[tuple[str, str, int, int]]:
    """The sources that most points rest on, or most rest on alone: a link to each, its kind, and both numbers."""
    all_, alone = Counter[str](), Counter[str]()
    for point in site.points:
        all_.update(point.support.keys)
        alone.update(point.support.keys if len(point.support.keys) == 1 else ())
    works = site.review.references
    most = sorted((key for key in all_ if key in works), key=lambda key: (-all_[key], -alone[key], key))
    found = []
    for key in most[:MOST_CARRYING]:
        named = reference_links.named(key, site.known[key], SUPPORT)
        found.append((named, site.review.kind_name(works[key]), all_[key], alone[key]))
    return found


def part_pages(site: Materials) -> Iterator[blocks.Output]:
    """The pages of points, one for each group or part of one."""
    made, counted = parts(site), _counted(site)
    for name, (group, held) in made.items():
        uri = PART.format(name)
        same = [other for other, (of, _held) in made.items() if of == group]
        at, number = same.index(name) + 1, sum(map(group.holds, site.points))
        tail: list[blocks.Block] = []
        for theme, under in _under_themes(held).items():
            title = _theme_title(site, theme)
            tail += [blocks.Heading(2, title, theme), blocks.Items(tuple(_item(site, point, group) for point in under))]
        yield templates.page(
            "points/support_part.md.j2",
            uri,
            MADE_FROM,
            tail=tuple(tail),
            group=group,
            group_page=uri,
            number=number,
            at=at,
            here=len(held),
            groups=[rest for _group, *rest in counted],
            others=[(place, PART.format(other)) for place, other in enumerate(same, 1)] if len(same) > 1 else [],
            support=SUPPORT,
        )


def _item(site: Materials, point: Supported, group: Group) -> blocks.Item:
    """A point with its sources, where it stands, and its other themes; and what a script needs to narrow the list."""
    review = site.review
    said: list[blocks.Inline] = []
    for item in point.items:
        label = site.known[item.key]
        traced = item.key in review.references
        target = reference_links.reference_uri(item.key) if traced else reference_links.NOT_TRACED
        said += ["; " if said else f"{_sentence(point.support.words())}: "]
        said += [blocks.Link(label.cited(item), target, standing=label.standing)]
    said.append(". " if said else "")
    places = {(one.uri, one.section): one for one in reversed(point.statements)}
    said.append(f"{_('It stands in:')} ")
    for number, one in enumerate(reversed(places.values())):
        said += ["; " if number else "", blocks.Link(_place(site, one), f"{one.uri}#{one.id}")]
    others = [review.themes[name].title for name in point.themes[1:]]
    said.append(f". {_('Other themes:')} {'; '.join(others)}." if others else ".")
    data = {
        "theme": [review.themes[name].title for name in point.themes],
        "nation": [review.nations[name].name for name in point.nations],
        "page": [site.pages[one.uri].title for one in point.statements],
    }
    values = tuple((name, "¦".join(dict.fromkeys(found))) for name, found in data.items() if found)
    runs = (f"{point.words} ", blocks.Marked("small", tuple(run for run in said if run)))
    return blocks.Item(runs, css="point", data=values)


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"


def _place(site: Materials, said: Statement) -> str:
    title = site.pages[said.uri].title
    return f"{title}: {said.title}" if said.section and said.title != title else title
