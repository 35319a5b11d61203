"""A page for each reference, and the list of all: as blocks, since they come by the thousand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from evidence.crosslinks.index import Occurrence
from evidence.crosslinks.reference_links import (
    NOT_TRACED_ID,
    NOT_TRACED_TITLE,
    REFERENCES,
    about,
    anchor,
    full_stop,
    reference_uri,
    which,
)
from evidence.metadata.coins import context_object
from evidence.model.base import Reference
from evidence.model.review import Review, Theme
from evidence.model.site_data import EditorialNote
from evidence.model.themes import above
from evidence.model.vocabulary import ACCESS, LISTINGS, UNDATED
from evidence.output.blocks import (
    Block,
    Code,
    Coins,
    Heading,
    Item,
    Items,
    Link,
    Output,
    Paragraph,
    Runs,
    Table,
    reference_runs,
)
from evidence.output.markdown import front_matter
from evidence.output.templates import page
from evidence.pages.change_pages import page_changes
from evidence.pages.link_tests import words_on_links
from evidence.references.labels import in_order
from evidence.text.translation import _, numbered

if TYPE_CHECKING:
    from evidence.pages.generated import Materials


def reference_pages(site: Materials) -> Iterator[Output]:
    """The page of each work."""
    notes: dict[str, list[EditorialNote]] = defaultdict(list)
    for note in site.review.notes.values():
        for key in note.references:
            notes[key].append(note)
    return (_reference_page(site, reference, notes[key]) for key, reference in site.review.references.items())


def _reference_page(site: Materials, reference: Reference, notes: list[EditorialNote]) -> Output:
    """All that the site knows of one work. Its sections are the same on every reference page."""
    review, index, key, uri = site.review, site.index, reference.key, reference_uri(reference.key)
    label = site.known[key]
    places = index.by_reference[key]
    facts = site.facts(sum(len(place.excerpt.split()) for place in places))
    themes = [review.themes[name] for name in index.themes_of(key) if name in review.themes]
    nations = [review.nations[name].name for name in index.nations_of(key) if name in review.nations]
    blocks = (
        Heading(1, str(label), "source"),
        *([Paragraph((facts,), "page-facts")] if facts else []),
        Paragraph(reference_runs(site.formatted[key], reference.url)),
        *([Paragraph((Link(_how_often(places), "#cited"),))] if places else []),
        Heading(2, _("Cite this source"), "cite"),
        # One way in each style, with a text to be copied: a script puts a button there.
        *(
            part
            for style, name, text in site.ways_to_cite[key]
            for part in (Heading(3, name, f"in-{style}"), Paragraph((text,), "cite-text"))
        ),
        *site.reference_files.of_work(key, label),
        Heading(2, _("Details"), "details"),
        Table(
            _("Details of %(work)s") % {"work": label},
            (_("Detail"), _("This source")),
            tuple(((name,), runs) for name, runs in _details(review, reference)),
        ),
        Heading(2, _("Where this site cites it"), "cited"),
        *_places(places, f"{_('No page cites it.')} {reference.field('uncited')}".strip()),
        Heading(2, _("Themes of those passages"), "themes"),
        _items(
            [(Link(t.title, f"themes/{t.id}.md"), f" ({_stands(review, t)})") for t in themes],
            _("No passage that cites it has a theme."),
        ),
        Heading(2, _("Nations of those passages"), "nations"),
        _items([(name,) for name in nations], _("No passage that cites it is about one nation.")),
        Heading(2, _("What the editors noted"), "notes"),
        _items([(line,) for line in _noted(reference, notes)], _("Nothing so far.")),
        # Without a heading: the sections of these pages are all the same.
        *page_changes(review, uri, site.changes_page, heading=False),
    )
    title = f"{label}: {reference.title}" if label.year else reference.title
    description = _("%(work)s: what kind of source it is, where this site cites it, and what the editors noted.")
    said = description % {"work": label}
    return Output(uri, front_matter(title, said), reference.where.path, title, blocks, said)


def _items(items: list[Runs], otherwise: str) -> Block:
    return Items(tuple(Item(runs) for runs in items)) if items else Paragraph((otherwise,))


def _details(review: Review, reference: Reference) -> Iterator[tuple[str, Runs]]:
    f = reference.field
    article = reference.entry_type == "article"
    kind = review.kind_of(reference)
    speaks = [review.nations[name].name for name in reference.nations if name in review.nations]
    fields = (
        (_("Title"), reference.title),
        (_("Authors"), "; ".join(person.full for person in reference.authors)),
        (_("Editors"), "; ".join(person.full for person in reference.editors)),
        (_("Year"), reference.year if reference.year not in ("", UNDATED) else _("No date")),
        (_("Journal"), f("journal") or f("journaltitle")),
        (_("In"), f("booktitle")),
        (
            _("Volume and issue"),
            _(", issue ").join(part for part in (f("volume"), f("number") if article else "") if part),
        ),
        (_("Article number") if f("eid") else _("Pages"), f("eid") or reference.pages("–")),
        (_("Edition"), f("edition")),
        (_("Publisher"), reference.publisher),
        (_("Place"), reference.place),
        (_("Number"), " ".join(part for part in (f("type"), f("number")) if part) if not article else ""),
    )
    yield from ((name, (value,)) for name, value in fields if value)
    if f("doi"):
        yield _("DOI"), (Link(f("doi"), reference.url),)
    if f("url"):
        yield _("Web address"), (Link(f("url"), f("url")),)
    yield _("Kind of source"), (f"{kind.name}. {kind.meaning}" if kind else _("Not stated"),)
    yield _("Nations it speaks about"), (", ".join(speaks) or _("No particular nation"),)
    yield _("Access"), (ACCESS.get(f("access"), ACCESS["unknown"]),)
    if tested := words_on_links(review.links, reference.url if f("doi") else "", f("url")):
        yield _("Test of the link"), (tested,)
    yield _("How it came into this list"), (LISTINGS.get(f("listing"), _("Not stated")),)
    yield _("Key"), (Code(reference.key),)


def _how_often(places: tuple[Occurrence, ...]) -> str:
    counts = numbered("%(num)s place", "%(num)s places", len(places))
    pages = numbered("%(num)s page", "%(num)s pages", len({place.uri for place in places}))
    return _("Where this site cites it: %(places)s on %(pages)s") % {"places": counts, "pages": pages}


def _places(places: tuple[Occurrence, ...], otherwise: str) -> Iterator[Block]:
    """The places that cite a work, below a heading for each page: a work may be cited sixty times."""
    if not places:
        yield Paragraph((otherwise,))
    for number, uri in enumerate(dict.fromkeys(place.uri for place in places), 1):
        here = [place for place in places if place.uri == uri]
        yield Heading(3, here[0].page_title, f"cited-on-{number}")
        yield Items(tuple(Item(_place(place, places)) for place in here))


def _place(place: Occurrence, places: tuple[Occurrence, ...]) -> Runs:
    same = [p for p in places if (p.uri, p.label) == (place.uri, place.label)]
    text = f"{place.label}{which(place, same)}"
    target = f"{place.uri}#{anchor(place.item.key, place.number)}"
    # Out of its list, a link needs the page's title too.
    whole = f"{place.page_title}: {text}" if place.label != place.page_title else ""
    return (Link(text, target, whole), f": “{place.excerpt}”")


def _noted(reference: Reference, notes: Iterable[EditorialNote]) -> Iterator[str]:
    if reference.field("editornote"):
        yield reference.field("editornote")
    if verified := reference.field("verified"):
        yield f"{_('What was checked:')} {verified}"
    for note in notes:
        yield f"{note.id}, {note.title}. {note.problem} {note.treatment}"


def references_page(site: Materials) -> Iterator[Output]:
    """The list of all works, with what a script needs to narrow it and everything readable without one."""
    review, keys = site.review, in_order(site.review.references, site.review, site.known)
    tail: list[Block] = [
        *site.reference_files.of_all(),
        Heading(2, _("All sources"), "all"),
        Items(tuple(_entry(site, review.references[key]) for key in keys)),
    ]
    if review.untraced:
        words = _(
            "These citations stand in the source, but we could not tell for sure which works they mean. They are not references."
        )
        tail += [Heading(2, NOT_TRACED_TITLE, NOT_TRACED_ID), Paragraph((words,))]
        tail.append(Items(tuple(_untraced(site, key) for key in review.untraced)))
    yield page("pages/references.md.j2", REFERENCES, "bibliography.bib", tail=tuple(tail), number=len(keys))


def _untraced(site: Materials, key: str) -> Item:
    runs: list[str | Link] = [f"{site.review.untraced[key].words} "]
    pages = {place.uri: place.page_title for place in site.index.by_reference.get(key, ())}
    for i, (uri, title) in enumerate(pages.items()):
        runs += [", " if i else _("Cited in "), Link(title, f"{uri}#ref-{key}")]
    return Item((*runs, "." if pages else _("No page of this site cites it yet.")))


def _stands(review: Review, theme: Theme) -> str:
    """Who named a theme, and the theme that it is a part of."""
    over = above(review.themes, theme)
    return f"{review.origin_title(theme)}; {_('part of')} {over[0].title}" if over else review.origin_title(theme)


def _entry(site: Materials, reference: Reference) -> Item:
    review, index, label = site.review, site.index, site.known[reference.key]
    kind = review.kind_of(reference)
    found = [review.themes[name] for name in index.themes_of(reference.key) if name in review.themes]
    # Who narrows the list to a theme wants the works of its parts, too.
    themes = list(dict.fromkeys(t.title for theme in found for t in (theme, *above(review.themes, theme))))
    spoken = dict.fromkeys((*reference.nations, *index.nations_of(reference.key)))
    nations = [review.nations[name].name for name in spoken if name in review.nations]
    year = reference.year if reference.year not in ("", UNDATED) else _("No date")
    facts = [
        kind.name if kind else _("Kind not stated"),
        f"{_('Nations:')} {', '.join(nations)}" if nations else _("No particular nation"),
    ]
    facts.append(f"{_('Themes:')} {', '.join(themes)}" if themes else _("No theme yet"))
    data = (
        ("kind", kind.name if kind else ""),
        ("year", year),
        ("nations", "¦".join(nations)),
        ("themes", "¦".join(themes)),
    )
    coins = Coins(context_object(reference, review.authorless(reference)))
    full = reference_runs(site.formatted[reference.key], reference.url)
    runs = (*full, " ", about(reference.key, label), f"{full_stop(label)} {'. '.join(facts)}.", coins)
    return Item(runs, reference.key, "reference", data)
