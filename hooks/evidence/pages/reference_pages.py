"""A page for each reference, and the list of all, as blocks (see `blocks`): they come by the thousand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from evidence.crosslinks.index import Index, Occurrence
from evidence.crosslinks.reference_links import (
    NOT_TRACED_ID,
    NOT_TRACED_TITLE,
    REFERENCES,
    about,
    full_stop,
    reference_uri,
    which,
)
from evidence.metadata.coins import context_object
from evidence.model.base import Reference
from evidence.model.review import Review, Theme
from evidence.model.site_data import EditorialNote
from evidence.model.themes import above
from evidence.model.vocabulary import ACCESS, LISTINGS
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
from evidence.output.front_matter import front_matter
from evidence.pages.link_tests import words_on_links
from evidence.references.csl import page_range, publisher, publisher_place
from evidence.references.formatting import in_order
from evidence.references.labels import UNDATED, Label, anchor
from evidence.text.words import counted


@dataclass(frozen=True, slots=True)
class ReferencePage:
    """The page of one work: its source address, its title and description as plain text, and its body."""

    uri: str
    title: str
    description: str
    made_from: str
    blocks: tuple[Block, ...]

    def output(self) -> Output:
        """The page as a Markdown file."""
        return Output(self.uri, front_matter(self.title, self.description), self.made_from, self.title, self.blocks)


def reference_page(
    review: Review,
    index: Index,
    reference: Reference,
    label: Label,
    *,
    formatted: str,
    notes: Iterable[EditorialNote],
    facts: str,
    ways: Iterable[tuple[str, str, str]] = (),
    downloads: tuple[Block, ...] = (),
) -> ReferencePage:
    """All that the site knows of one work. Its sections are the same on every reference page.

    `formatted` is the reference in full (see `harvard`), `notes` are the editors' notes on it, `facts` is the line below the title.
    `ways` are the ways to cite it: the id and name of each style, and the reference in it as plain text. `downloads` are links to its files.
    """
    title = f"{label}: {reference.title}" if label.year else reference.title
    description = f"{label}: what kind of source it is, where this site cites it, and what the editors noted."
    places = index.by_reference.get(reference.key, ())
    themes = [review.themes[name] for name in index.themes_of(reference.key) if name in review.themes]
    nations = [review.nations[name].name for name in index.nations_of(reference.key) if name in review.nations]
    blocks: list[Block] = [Heading(1, str(label), "source")]
    if facts:
        blocks.append(Paragraph((facts,), "page-facts"))
    blocks += [
        Paragraph(reference_runs(formatted, reference.url)),
        *([Paragraph((Link(_how_often(places), "#cited"),))] if places else []),
        Heading(2, "Cite this source", "cite"),
        *(part for way in ways for part in _way(*way)),
        *downloads,
        Heading(2, "Details", "details"),
        Table(
            f"Details of {label}",
            ("Detail", "This source"),
            tuple(((name,), runs) for name, runs in _details(review, reference)),
        ),
        Heading(2, "Where this site cites it", "cited"),
        *_places(places, f"No page cites it. {reference.field('uncited')}".strip()),
        Heading(2, "Themes of those passages", "themes"),
        _items(
            [(Link(t.title, f"themes/{t.id}.md"), f" ({_stands(review, t)})") for t in themes],
            "No passage that cites it has a theme.",
        ),
        Heading(2, "Nations of those passages", "nations"),
        _items([(name,) for name in nations], "No passage that cites it is about one nation."),
        Heading(2, "What the editors noted", "notes"),
        _items([(line,) for line in _noted(reference, notes)], "Nothing so far."),
    ]
    return ReferencePage(reference_uri(reference.key), title, description, reference.where.path, tuple(blocks))


def _way(style: str, name: str, text: str) -> tuple[Block, ...]:
    """One way to cite a work, with a text to be copied: a script puts a button there."""
    return (Heading(3, name, f"in-{style}"), Paragraph((text,), "cite-text"))


def _items(items: list[Runs], otherwise: str) -> Block:
    return Items(tuple(Item(runs) for runs in items)) if items else Paragraph((otherwise,))


def _details(review: Review, reference: Reference) -> Iterator[tuple[str, Runs]]:
    f = reference.field
    article = reference.entry_type == "article"
    kind = review.kind_of(reference)
    speaks = [review.nations[name].name for name in reference.nations if name in review.nations]
    fields = (
        ("Title", reference.title),
        ("Authors", "; ".join(person.full for person in reference.authors)),
        ("Editors", "; ".join(person.full for person in reference.editors)),
        ("Year", reference.year if reference.year not in ("", UNDATED) else "No date"),
        ("Journal", f("journal") or f("journaltitle")),
        ("In", f("booktitle")),
        ("Volume and issue", ", issue ".join(part for part in (f("volume"), f("number") if article else "") if part)),
        ("Article number" if f("eid") else "Pages", f("eid") or page_range(reference, "–")),
        ("Edition", f("edition")),
        ("Publisher", publisher(reference)),
        ("Place", publisher_place(reference)),
        ("Number", " ".join(part for part in (f("type"), f("number")) if part) if not article else ""),
    )
    yield from ((name, (value,)) for name, value in fields if value)
    if f("doi"):
        yield "DOI", (Link(f("doi"), reference.url),)
    if f("url"):
        yield "Web address", (Link(f("url"), f("url")),)
    yield "Kind of source", (f"{kind.name}. {kind.meaning}" if kind else "Not stated",)
    yield "Nations it speaks about", (", ".join(speaks) or "No particular nation",)
    yield "Access", (ACCESS.get(f("access"), ACCESS["unknown"]),)
    if tested := words_on_links(review.links, reference.url if f("doi") else "", f("url")):
        yield "Test of the link", (tested,)
    yield "How it came into this list", (LISTINGS.get(f("listing"), "Not stated"),)
    yield "Key", (Code(reference.key),)


def _how_often(places: tuple[Occurrence, ...]) -> str:
    pages = counted(len({place.uri for place in places}), "page")
    return f"Where this site cites it: {counted(len(places), 'place')} on {pages}"


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
        yield f"What was checked: {verified}"
    for note in notes:
        yield f"{note.id}, {note.title}. {note.problem} {note.treatment}"


def references_page(
    review: Review,
    index: Index,
    known: Mapping[str, Label],
    formatted: Mapping[str, str],
    downloads: tuple[Block, ...] = (),
) -> Output:
    """The list of all works, with what a script needs to narrow it and everything readable without one; `downloads` are links to its files."""
    used = [review.references[key] for key in in_order(review.references, review, known)]
    number = counted(len(used), "source")
    intro = f"This list holds {number}. Each leads to a page that shows where this site cites it. "
    text = f"# References {{ #reference-list }}\n\n{intro}How many sources there are does not say how strong the evidence is.\n"
    tail: list[Block] = [
        *downloads,
        Heading(2, "All sources", "all"),
        Items(tuple(_entry(review, index, r, known[r.key], formatted[r.key]) for r in used)),
    ]
    if review.untraced:
        words = "These citations stand in the source, but we could not tell for sure which works they mean. They are not references."
        tail += [Heading(2, NOT_TRACED_TITLE, NOT_TRACED_ID), Paragraph((words,))]
        tail.append(Items(tuple(_untraced(review, index, key) for key in review.untraced)))
    front = front_matter(
        "References", f"All {number} of this review, with kind, nation, theme and year.", search={"exclude": True}
    )
    return Output(REFERENCES, front + text, "bibliography.bib", "References", tuple(tail))


def _untraced(review: Review, index: Index, key: str) -> Item:
    runs: list[str | Link] = [f"{review.untraced[key].words} "]
    pages = {place.uri: place.page_title for place in index.by_reference.get(key, ())}
    for i, (uri, title) in enumerate(pages.items()):
        runs += [", " if i else "Cited in ", Link(title, f"{uri}#ref-{key}")]
    return Item((*runs, "." if pages else "No page of this site cites it yet."))


def _stands(review: Review, theme: Theme) -> str:
    """Who named a theme, and the theme that it is a part of."""
    over = above(review.themes, theme)
    return f"{review.origin_title(theme)}; part of {over[0].title}" if over else review.origin_title(theme)


def _entry(review: Review, index: Index, reference: Reference, label: Label, formatted: str) -> Item:
    kind = review.kind_of(reference)
    found = [review.themes[name] for name in index.themes_of(reference.key) if name in review.themes]
    # Who narrows the list to a theme wants the works of its parts, too.
    themes = list(dict.fromkeys(t.title for theme in found for t in (theme, *above(review.themes, theme))))
    spoken = dict.fromkeys((*reference.nations, *index.nations_of(reference.key)))
    nations = [review.nations[name].name for name in spoken if name in review.nations]
    year = reference.year if reference.year not in ("", UNDATED) else "No date"
    facts = [
        kind.name if kind else "Kind not stated",
        f"Nations: {', '.join(nations)}" if nations else "No particular nation",
    ]
    facts.append(f"Themes: {', '.join(themes)}" if themes else "No theme yet")
    data = (
        ("kind", kind.name if kind else ""),
        ("year", year),
        ("nations", "¦".join(nations)),
        ("themes", "¦".join(themes)),
    )
    coins = Coins(context_object(reference, review.authorless(reference)))
    full = reference_runs(formatted, reference.url)
    runs = (*full, " ", about(reference.key, label), f"{full_stop(label)} {'. '.join(facts)}.", coins)
    return Item(runs, reference.key, "reference", data)
