"""Works under themes by kind and by nation: the groups that the evidence map counts, and that a theme's page lists."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from evidence.crosslinks import index, reference_links
from evidence.model.base import Reference
from evidence.model.review import Review
from evidence.model.vocabulary import NO_KIND
from evidence.output import blocks, data_tables
from evidence.references import Label, in_order
from evidence.text.translation import _, ngettext

Column = data_tables.Column
# Keys of works by the id of their group.
Sorted = Mapping[str, Sequence[str]]


class Materials(Protocol):
    """What of a site is counted."""

    @property
    def review(self) -> Review: ...
    @property
    def index(self) -> index.Index: ...
    @property
    def known(self) -> Mapping[str, Label]: ...


@dataclass(frozen=True, slots=True)
class Group:
    """Works of one kind, about one nation, or only cited on one: `id` is that of their list, on a theme's page and on the map.

    `words` says how many there are on a theme, and makes sense without what stands around: '4 peer-reviewed articles on Money'.
    `after` stands behind a sum that does not say what it counts.
    """

    id: str
    name: str
    words: Callable[[int, str], str]
    column: Column
    dashed: bool = False
    after: str = ""


@dataclass(frozen=True, slots=True)
class View:
    """One table of the map: its name and those of its file, its groups by the name of their column, and what sorts the works under some themes."""

    name: str
    title: str
    about: str
    columns: Mapping[str, Sequence[Group]]
    sort: Callable[[Iterable[str]], Sorted]

    @property
    def groups(self) -> list[Group]:
        """All groups, in the order of the columns."""
        return [group for groups in self.columns.values() for group in groups]


def views(site: Materials) -> list[View]:
    """The views that the review has data for."""
    return [view for view in (_kinds(site), _nations(site)) if view.columns]


def _kinds(site: Materials) -> View:
    """Works by kind: the kinds that some work of the review is of, and those of which none is stated."""
    kinds = site.review.kinds
    used = {kind.id if kind else "" for kind in map(site.review.kind_of, site.review.references.values())}
    meaning = _("Sources on the theme and %s, as they are cited, with semicolons between them.")
    columns = {}
    for name, title, plural in [*((k.id, k.name, k.many) for k in kinds.values()), ("", NO_KIND, "")]:
        if not kinds or name not in used:
            continue
        words = partial(_of_kind, title, plural)
        columns[title] = (Group(f"kind-{name or 'not-stated'}", title, words, Column(title, meaning % title)),)

    def group_of(work: Reference, _themes: set[str]) -> Iterator[str]:
        kind = site.review.kind_of(work)
        yield f"kind-{kind.id if kind else 'not-stated'}"

    return View(
        "kinds",
        _("Evidence map: themes by kind of source"),
        _("Which sources the passages on a theme cite, by kind of source. An empty cell is a gap."),
        columns,
        lambda themes: _sorted_out(site, themes, group_of),
    )


def _of_kind(name: str, plural: str, number: int, theme: str) -> str:
    if plural and number != 1:
        return _("%(num)s %(works)s on %(theme)s") % {"num": number, "works": plural, "theme": theme}
    words = ngettext("%(num)s source on %(theme)s: %(kind)s", "%(num)s sources on %(theme)s: %(kind)s", number)
    return words % {"num": number, "theme": theme, "kind": name}


def _about(nation: str, number: int, theme: str) -> str:
    words = ngettext(
        "%(num)s source about %(nation)s on %(theme)s", "%(num)s sources about %(nation)s on %(theme)s", number
    )
    return words % {"num": number, "nation": nation, "theme": theme}


def _only_cited(nation: str, number: int, theme: str) -> str:
    words = ngettext(
        "%(num)s source only cited on %(nation)s, on %(theme)s",
        "%(num)s sources only cited on %(nation)s, on %(theme)s",
        number,
    )
    return words % {"num": number, "nation": nation, "theme": theme}


def _nations(site: Materials) -> View:
    """Works about a nation apart from those that are only cited where the review speaks of it."""
    columns = {}
    meaning = _("Sources on the theme that are about %s, as they are cited, with semicolons between them.")
    elsewhere = _(
        "Sources that passages on the theme and on %s cite. They are about elsewhere, all nations or none in particular."
    )
    for nation in site.review.nations.values():
        name = nation.name
        about = Group(
            f"about-{nation.id}",
            _("About %s") % name,
            partial(_about, name),
            Column(_("%s: about it") % name, meaning % name),
            after=_("about it"),
        )
        cited = Group(
            f"cited-{nation.id}",
            _("Only cited on %s") % name,
            partial(_only_cited, name),
            Column(_("%s: only cited on it") % name, elsewhere % name),
            dashed=True,
            after=_("only cited"),
        )
        columns[name] = (about, cited)

    def groups_of(work: Reference, themes: set[str]) -> Iterator[str]:
        marks = [occurrence.marks for occurrence in site.index.by_reference.get(work.key, ())]
        cited = {nation for found in marks if not themes.isdisjoint(found.themes) for nation in found.nations}
        about = site.review.nations_about(work)
        yield from (f"about-{nation}" for nation in about)
        yield from (f"cited-{nation}" for nation in cited.difference(about))

    return View(
        "nations",
        _("Evidence map: themes by nation"),
        _("Which sources the passages on a theme cite, by nation. Two empty cells of a nation are a gap."),
        columns,
        lambda themes: _sorted_out(site, themes, groups_of),
    )


def _sorted_out(
    site: Materials, themes: Iterable[str], groups: Callable[[Reference, set[str]], Iterable[str]]
) -> Sorted:
    wanted, found = set(themes), dict[str, list[str]]()
    for key in sorted(key for key in site.index.cited_under(wanted) if key in site.review.references):
        for group in groups(site.review.references[key], wanted):
            found.setdefault(group, []).append(key)
    return found


def lists(site: Materials, view: View, themes: Iterable[str]) -> blocks.Items:
    """A line for each group of works under some themes: its name, how many there are, and a link to each. The map's numbers lead to such lines."""
    found = view.sort(themes)

    def item(group: Group) -> blocks.Item:
        keys = in_order(set(found[group.id]), site.review, site.known)
        labels = [site.known[key] for key in keys]
        links = [
            blocks.Link(str(label), reference_links.reference_uri(key), standing=label.standing)
            for key, label in zip(keys, labels, strict=True)
        ]
        runs = [run for link in links for run in ("; ", link)][1:]
        stop = reference_links.full_stop(labels[-1])
        return blocks.Item((f"{group.name}: {len(keys)}.", " ", *runs, *([stop] if stop else [])), group.id)

    return blocks.Items(tuple(item(group) for group in view.groups if found.get(group.id)))
