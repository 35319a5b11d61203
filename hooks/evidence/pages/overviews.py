"""What looks over the whole review: the evidence map and the audit, with their tables as CSV."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from evidence.crosslinks import Page, reference_links
from evidence.directives.notes import note_anchor
from evidence.model.base import Reference
from evidence.model.review import Nation, Theme
from evidence.model.site_data import EditorialNote
from evidence.model.themes import PART_OF, above, in_order, is_nested, part_of
from evidence.model.vocabulary import NOTE
from evidence.output import blocks, data_tables, markdown, templates
from evidence.pages.theme_pages import AUDIT, page_links
from evidence.references import Label, plain
from evidence.text import escape
from evidence.text.links import link_targets
from evidence.text.translation import _, numbered

if TYPE_CHECKING:
    from evidence.pages.generated import Materials

Column = data_tables.Column
MAP = "evidence-map/index.md"
SEVERITIES = {
    "correct": _("Corrected"),
    "clarify": _("Made clear"),
    "update": _("Brought up to date"),
    "gap": _("Gap filled or marked"),
    "copyright": _("Written afresh"),
    "no-error": _("Not an error"),
}
KINDS = {"citation": _("Citations"), "fact": _("Facts")}


@dataclass(frozen=True, slots=True)
class _View:
    """One table of the evidence map: the columns of its file by their ids, and those of the page, each with what its cell says of a row.

    `of` tells the columns that a work belongs to under a theme.
    """

    name: str
    title: str
    about: str
    columns: Mapping[str, Column]
    of: Callable[[Reference, Theme], Iterable[str]]
    shown: Mapping[str, Callable[[Mapping[str, list[str]]], str]]


def evidence_map(site: Materials) -> Iterator[blocks.Output]:
    """Themes by nations and themes by kinds of source: how many works, in words and links, with the gaps; and both as CSV."""
    review, themes, nested = site.review, in_order(site.review.themes), is_nested(site.review.themes)
    tables = []
    for view in (_by_nation(site), _by_kind(site)):
        if not view.columns:
            continue
        rows, lines = [], []
        for theme in themes:
            found = _sorted_out(site, theme, view.of)
            whole = [over[0].title if (over := above(review.themes, theme)) else ""] if nested else []
            named = markdown.link(theme.title, theme.uri, MAP) + part_of(review.themes, theme)
            rows.append([named, *(cell(found) for cell in view.shown.values())])
            listed = ("; ".join(str(site.known[key]) for key in found.get(column, ())) for column in view.columns)
            lines.append([theme.title, *whole, *listed])
        columns = [Column(_("Theme"), _("The name of the theme."))]
        if nested:
            columns.append(Column(PART_OF, _("The theme that it is a part of; empty where it stands alone.")))
        table = data_tables.data_table(
            f"evidence-map/{view.name}.csv",
            "data/themes.yml",
            view.title,
            [*columns, *view.columns.values()],
            lines,
            description=view.about + (_(" A theme has the sources of its parts, too.") if nested else ""),
            page=MAP,
        )
        yield table
        tables.append((view.name, list(view.shown), rows, table.content))
    yield templates.page(
        "pages/evidence_map.md.j2", MAP, "data/themes.yml", nested=nested, tables=tables, csv_link=data_tables.csv_link
    )


def _by_nation(site: Materials) -> _View:
    """Works about a nation apart from those that are only cited where the review speaks of it."""
    columns: dict[str, Column] = {}
    shown: dict[str, Callable[[Mapping[str, list[str]]], str]] = {}
    about = _("Sources on the theme that are about %s, as they are cited, with semicolons between them.")
    cited = _(
        "Sources that passages on the theme and on %s cite. They are about elsewhere, all nations or none in particular."
    )
    for nation in site.review.nations.values():
        columns[f"about {nation.id}"] = Column(_("%s: about it") % nation.name, about % nation.name)
        columns[f"cited {nation.id}"] = Column(_("%s: only cited on it") % nation.name, cited % nation.name)
        shown[nation.name] = partial(_of_nation, nation, site.known)
    title = _("Evidence map: themes by nation")
    meaning = _("Which sources the passages on a theme cite, by nation. Two empty cells of a nation are a gap.")
    return _View("nations", title, meaning, columns, partial(_nations, site), shown)


def _nations(site: Materials, work: Reference, theme: Theme) -> Iterator[str]:
    """The columns of a work under a theme: the nations that it is about, and others that passages on the theme speak of where they cite it."""
    family = set(site.index.families.get(theme.id, (theme.id,)))
    marks = [occurrence.marks for occurrence in site.index.by_reference.get(work.key, ())]
    cited = {nation for found in marks if not family.isdisjoint(found.themes) for nation in found.nations}
    about = site.review.nations_about(work)
    yield from (f"about {nation}" for nation in about)
    yield from (f"cited {nation}" for nation in cited.difference(about))


def _of_nation(nation: Nation, known: Mapping[str, Label], found: Mapping[str, list[str]]) -> str:
    counts = (
        (found.get(f"about {nation.id}", []), _("%(sources)s about %(nation)s")),
        (found.get(f"cited {nation.id}", []), _("%(sources)s only cited on %(nation)s")),
    )
    parts = (_counted(keys, known, words, nation=escape.markdown(nation.name)) for keys, words in counts if keys)
    return ". ".join(parts) or _("None")


def _by_kind(site: Materials) -> _View:
    """The kinds that some work on a theme is of."""
    cited = {key for theme in site.review.themes for key in site.index.references_of(theme)}
    works = [work for key, work in site.review.references.items() if key in cited]
    used = {kind.id for kind in map(site.review.kind_of, works) if kind}
    kinds = [kind for kind in site.review.kinds.values() if kind.id in used]
    meaning = _("Sources on the theme and %s, as they are cited, with semicolons between them.")
    return _View(
        "kinds",
        _("Evidence map: themes by kind of source"),
        _("Which sources the passages on a theme cite, by kind of source. An empty cell is a gap."),
        {kind.id: Column(kind.name, meaning % kind.name) for kind in kinds},
        lambda work, theme: {kind.id for kind in filter(None, [site.review.kind_of(work)])},
        {kind.name: partial(_of_kind, kind.id, site.known) for kind in kinds},
    )


def _of_kind(kind: str, known: Mapping[str, Label], found: Mapping[str, list[str]]) -> str:
    return _counted(found[kind], known, "%(sources)s") if kind in found else _("None")


def _sorted_out(site: Materials, theme: Theme, of: Callable[[Reference, Theme], Iterable[str]]) -> dict[str, list[str]]:
    """The keys of the works that passages on a theme cite, by each column that a work belongs `of`."""
    found: dict[str, list[str]] = {}
    for key in sorted(key for key in site.index.references_of(theme.id) if key in site.review.references):
        for column in of(site.review.references[key], theme):
            found.setdefault(column, []).append(key)
    return found


def _counted(keys: list[str], known: Mapping[str, Label], words: str, **names: str) -> str:
    """How many works there are, in words, and a link to each."""
    number = words % {"sources": numbered("%(num)s source", "%(num)s sources", len(keys)), **names}
    return f"{number}: {'; '.join(reference_links.named(key, known[key], MAP) for key in keys)}"


def audit(site: Materials) -> Iterator[blocks.Output]:
    """Every fault of the sources, what was done about it, and where readers see the note; and the same as CSV."""
    notes, known, shown = (
        list(site.review.notes.values()),
        site.known,
        _shown(site.pages.values(), site.review.themes.values()),
    )
    columns: dict[Column, Callable[[EditorialNote], str]] = {
        Column(_("Id"), _("The short name of the point.")): lambda n: n.id,
        Column(_("Kind"), _("Whether it is about a citation or a fact.")): lambda n: KINDS[n.kind],
        Column(_("Title"), _("What it is about, in a few words.")): lambda n: n.title,
        Column(_("Where in the source"), _("The places in the source, with semicolons between them.")): lambda n: (
            "; ".join(n.where_in_source)
        ),
        Column(_("What the source says"), _("The words of the source.")): lambda n: n.source_says,
        Column(_("What is wrong"), _("Why the point needed care.")): lambda n: n.problem,
        Column(_("What this site does"), _("What the editors did about it.")): lambda n: n.treatment,
        Column(_("Outcome"), _("The kind of treatment.")): lambda n: SEVERITIES[n.severity],
        Column(_("How sure we are"), _("How certain the editors are.")): lambda n: n.certainty,
        Column(_("What that rests on"), _("What was looked at.")): lambda n: plain(n.basis, {}),
        Column(_("Seen at"), _("The web addresses that this names, with blanks between them.")): lambda n: " ".join(
            address for address, _place in link_targets(n.basis)
        ),
        Column(_("Note to readers"), _("The note beside the text; empty where there is none.")): lambda n: plain(
            n.note, known
        ),
        Column(_("Dated"), _("The day of the note, where it can go out of date."), "date"): lambda n: n.dated,
        Column(_("References"), _("Keys of the sources that it concerns, with semicolons between them.")): lambda n: (
            "; ".join(n.references)
        ),
        Column(
            _("Shown on"), _("Source addresses of the pages that show the note, with semicolons between them.")
        ): lambda n: "; ".join(page.uri for page in shown.get(n.id, [])),
    }
    table = data_tables.data_table(
        "audit/audit.csv",
        "data/editorial.yml",
        _("Audit"),
        list(columns),
        [[value(note) for value in columns.values()] for note in notes],
        description=_("What in the source documents needed care, and what this site does about it."),
        page=AUDIT,
        key="Id",
    )
    yield templates.page(
        "pages/audit.md.j2",
        AUDIT,
        "data/editorial.yml",
        kinds=[(kind, title, [n for n in notes if n.kind == kind]) for kind, title in KINDS.items()],
        number=len(notes),
        download=data_tables.csv_link(_("Download the audit"), _("all points"), "audit.csv", table.content),
        severities=SEVERITIES,
        known=known,
        shown=shown,
        work_link=lambda key: reference_links.named(key, known[key], AUDIT),
        note_anchor=note_anchor,
        said=partial(page_links, known=known, uri=AUDIT),
    )
    yield table


def _shown(pages: Iterable[Page], themes: Iterable[Theme]) -> dict[str, list[Page | Theme]]:
    """The pages that show each note."""
    found: dict[str, list[Page | Theme]] = {}
    for shown in pages:
        labels = (passage.label for passage in shown.passages if passage.text.strip())
        for label in dict.fromkeys(label for label in labels if label.startswith(f"{NOTE} ")):
            found.setdefault(label.removeprefix(f"{NOTE} "), []).append(shown)
    for theme in themes:
        for name in dict.fromkeys(name for said in theme.found for name in said.notes):
            found.setdefault(name, []).append(theme)
    return found
