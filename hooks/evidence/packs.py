"""Packs for meetings as papers: which packs there are, and each as one Markdown text that its page, PDF and office files are made from.

A paper takes a page's words as readers see them. What only a screen needs stays out: reading time, downloads, links back from references.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from evidence import escape
from evidence.blocks import Block, Heading, Item, Items, reference_runs
from evidence.changes import edition
from evidence.cite import Label
from evidence.document import Marks
from evidence.expand import NOT_TRACED_ID, REFERENCES_ID, fill
from evidence.harvard import sort_key
from evidence.headings import HEADING
from evidence.index import Place, build_index
from evidence.model import Where
from evidence.moving import Mover
from evidence.passages import Page, Passage
from evidence.qr_code import qr_code
from evidence.questions import numbered, page_address, source_line
from evidence.review import Card, Pack, Part, Question, QuestionGroup, Review, Term

FOLDER = "discuss/packs"
ALL = "all"
ABOUT_ID = "about-this-paper"
DOWNLOAD = "download"  # the section of a generated page that offers files
# The outlines of the cards' shapes, in a box of 100 by 100: known from signs, and told apart without their colours.
SHAPES = {
    "octagon": '<path d="M31 4h38l27 27v38L69 96H31L4 69V31z"/>',
    "triangle": '<path d="M50 6 97 92H3z"/>',
    "circle": '<circle cx="50" cy="50" r="46"/>',
}
COLOURS = {"red": "#d4351c", "yellow": "#ffdd00", "green": "#00703c"}
# The page with an address, written or generated; None where there is none.
Find = Callable[[str], Page | None]


@dataclass(frozen=True, slots=True)
class Paper:
    """A pack as Markdown: a heading of level 1, its parts, its references, and the lines about it. `address` is '' for a site without one.

    `source` names its sources in a few words, for the foot of a card.
    """

    pack: Pack
    uri: str
    markdown: str
    author: str
    date: str
    address: str
    source: str


def pack_uri(pack_id: str) -> str:
    """The source address of the page of a pack."""
    return f"{FOLDER}/{pack_id}.md"


def all_packs(review: Review) -> dict[str, Pack]:
    """Every pack by its id; those with `each` once for each theme or nation, under ids such as 'theme-x', their names filled in."""
    found: dict[str, Pack] = {}
    for pack in review.packs.packs:
        if not pack.each:
            found.setdefault(pack.id, pack)
            continue
        things = {"theme": review.themes, "nation": review.nations}[pack.each]
        for name, thing in things.items():
            title = str(getattr(thing, "title", "") or getattr(thing, "name", ""))
            made = f"{pack.each}-{name}"
            found.setdefault(made, replace(_filled(pack, {"{id}": name, "{title}": title}), id=made))
    return found


def _filled(pack: Pack, names: Mapping[str, str]) -> Pack:
    def words(texts: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(_named(text, names) for text in texts)

    parts = tuple(
        replace(
            part,
            page=_named(part.page, names),
            sections=words(part.sections),
            questions=words(part.questions),
            words=words(part.words),
            cards=words(part.cards),
            pack=_named(part.pack, names),
            title=_named(part.title, names),
        )
        for part in pack.parts
    )
    return replace(pack, title=_named(pack.title, names), purpose=_named(pack.purpose, names), parts=parts)


def _named(text: str, names: Mapping[str, str]) -> str:
    """`text` with names in the place of placeholders; a name is not searched for placeholders again."""
    return re.sub("|".join(map(re.escape, names)), lambda match: names[match[0]], text)


def chosen_questions(review: Review, wanted: Collection[str]) -> list[tuple[QuestionGroup, list[Question]]]:
    """The groups with those of their questions that are wanted, by 'all', the group's id or their own."""
    groups = []
    for group, pairs in numbered(review.questions):
        found = [q for _, q in pairs if {ALL, group.id, q.id} & set(wanted)]
        if found:
            groups.append((group, found))
    return groups


def chosen_words(review: Review, wanted: Collection[str]) -> list[Term]:
    """The wanted words of the glossary, in the order of the alphabet."""
    found = [term for term in review.glossary.values() if ALL in wanted or term.id in wanted]
    return sorted(found, key=lambda term: term.term.casefold())


def chosen_cards(review: Review, wanted: Collection[str]) -> list[Card]:
    """The wanted cards, in the order of the file."""
    return [card for card in review.packs.cards if ALL in wanted or card.id in wanted]


def paper(review: Review, pack: Pack, find: Find, known: Mapping[str, Label], formatted: Mapping[str, str]) -> Paper:
    """A pack as a paper. All that it names must be there (see `check_packs`); `formatted` holds the references in full."""
    uri = pack_uri(pack.id)
    passages = tuple(passages_of(review, pack, find))
    links_terms = not any(part.words for part in pack.parts) and pack.form == "sheet"
    page = Page(uri, pack.title, passages, pack.where, links_terms=links_terms)
    places = build_index(review, [page], known).by_page[uri]
    filled = fill(page, places, review, known, formatted)
    text = replace(filled, tail=tuple(_references(places, review, known, formatted))).markdown()
    site = review.publisher.site_address
    address = page_address(uri, site)
    # Cards to hold up are the editors' own; all else comes from a source.
    own = all(part.cards for part in pack.parts)
    ids = pack.sources or (() if own else tuple(review.sources)[:1])
    sources = [review.sources[name] for name in ids if name in review.sources]
    about = [source_line(source) for source in sources]
    about.append(edition(review.changes, review.reading.checked))
    shown = escape.markdown(re.sub(r"^https?://", "", address))
    link = f"[{shown}](<{escape.url(address)}>)" if site else shown
    code = _code(address) if site else ""
    about.append(f"{code}This paper on our website, to read or in other formats: {link}\n{{ .paper-address }}")
    lines = "\n\n".join(about)
    short = "; ".join(f"{source.name}, {source.date}" for source in sources)
    author = review.publisher.name or "; ".join(dict.fromkeys(source.author for source in sources))
    markdown = f"{text.strip()}\n\n## About this paper {{ #{ABOUT_ID} }}\n\n{lines}\n"
    return Paper(pack, uri, markdown, author, review.reading.checked, address if site else "", short)


def _code(address: str) -> str:
    """A QR code to stand before the words that say the same: the page and the office files show it, the PDF makes its own from the address."""
    code = qr_code(address)
    size = f'width="{code.width}mm" height="{code.width}mm"'
    opening = f'<svg class="paper-code" role="img" aria-label="{html.escape(code.alt)}" focusable="false" {size}'
    return code.svg.replace("<svg", opening, 1) + " "


def _references(
    places: tuple[Place, ...], review: Review, known: Mapping[str, Label], formatted: Mapping[str, str]
) -> Iterator[Block]:
    """The works that a paper cites, once each, without the links of a page's own list: paper cannot be clicked."""
    keys = dict.fromkeys(place.item.key for place in places)
    traced = sorted((k for k in keys if k in review.references), key=lambda k: sort_key(review.references[k], known[k]))
    if traced:
        yield Heading(2, "References", REFERENCES_ID)
        runs = {key: reference_runs(formatted[key], review.references[key].url) for key in traced}
        yield Items(tuple(Item(runs[key], f"ref-{key}", "reference") for key in traced))
    untraced = [review.untraced[key] for key in sorted(keys) if key in review.untraced]
    if untraced:
        yield Heading(2, "Cited in the source, not traced", NOT_TRACED_ID)
        words = {u.key: f"{u.label}. {u.status[:1].upper()}{u.status[1:]}. {u.known}" for u in untraced}
        yield Items(tuple(Item((text,), f"ref-{key}", "reference") for key, text in words.items()))


def passages_of(review: Review, pack: Pack, find: Find) -> Iterator[Passage]:
    """A pack in passages, before its citations are filled in; each knows the file and line that its words come from."""
    maker = _Maker(review, find, Mover(pack_uri(pack.id)))
    yield maker.heading(1, pack.title, "", pack.where)
    if pack.form == "cards":
        yield maker.passage(f"{escape.markdown(pack.purpose)}\n\n", pack.where)
    yield from maker.parts(pack, 2)


@dataclass(slots=True)
class _Maker:
    """Makes the parts of one paper; `number` is that of the last question so far."""

    review: Review
    find: Find
    mover: Mover
    number: int = 0

    def passage(self, text: str, where: Where, heading: bool = False) -> Passage:
        return Passage(text, "", "", "", Marks(), where, heading, generated=True)

    def heading(self, level: int, title: str, name: str, where: Where, css: str = "") -> Passage:
        marks = " ".join(mark for mark in (f"#{name}" if name else "", f".{css}" if css else "") if mark)
        text = f"\n\n{'#' * min(level, 6)} {escape.markdown(title)}{f' {{ {marks} }}' if marks else ''}\n\n"
        return self.passage(text, where, heading=True)

    def parts(self, pack: Pack, level: int) -> Iterator[Passage]:
        """The parts of `pack`, their uppermost headings at `level`."""
        for i, part in enumerate(pack.parts):
            if part.page:
                yield from self.page(part, pack.title, level)
            elif part.pack:
                inner = all_packs(self.review)[part.pack]
                name = self.mover.free(inner.id)
                css = "new-page" if i else ""  # what comes first stands below the title
                yield self.heading(level, part.title or inner.title, name, part.where, css)
                yield from self.parts(inner, level + 1)
            else:
                if part.title:
                    slug = re.sub(r"[^a-z0-9]+", "-", part.title.lower()).strip("-") or "part"
                    yield self.heading(level, part.title, self.mover.free(slug), part.where)
                below = level + 1 if part.title else level
                make = self.questions if part.questions else self.words if part.words else self.cards
                yield from make(part, below)

    def questions(self, part: Part, level: int) -> Iterator[Passage]:
        """Questions as one numbered list through all groups, with room to write below each."""
        for group, found in chosen_questions(self.review, part.questions):
            yield self.heading(level, group.title, self.mover.free(group.id), group.where)
            for question in found:
                self.number += 1
                text = f"{self.number}. {escape.markdown(question.text)}\n   {{ #{self.mover.free(question.id)} }}\n"
                if part.lines:
                    text += f'\n    <div class="note-lines" data-lines="{part.lines}"></div>\n\n'
                yield self.passage(text, question.where)

    def words(self, part: Part, level: int) -> Iterator[Passage]:
        """Words with their meanings."""
        yield self.passage("\n\n", part.where)
        for term in chosen_words(self.review, part.words):
            name = self.mover.free(f"word-{term.id}")
            text = f"- **{escape.markdown(term.term)}**: {escape.markdown(term.meaning)}\n  {{ #{name} .word }}\n"
            yield self.passage(text, term.where)

    def cards(self, part: Part, level: int) -> Iterator[Passage]:
        """Cards to hold up; the drawing says nothing that the word does not, so screen readers pass over it."""
        for card in chosen_cards(self.review, part.cards):
            yield self.passage(f'\n\n<div class="card card-{card.colour}" markdown="1">\n', card.where)
            yield self.heading(level, card.word, self.mover.free(f"card-{card.id}"), card.where)
            yield self.passage(
                f'<svg class="card-shape" viewBox="0 0 100 100" width="100" height="100" aria-hidden="true" focusable="false">'
                f'<g fill="{COLOURS[card.colour]}" stroke="#000000" stroke-width="3">{SHAPES[card.shape]}</g></svg>\n\n'
                f"{escape.markdown(card.text)}\n\n</div>\n\n",
                card.where,
            )

    def page(self, part: Part, above: str, level: int) -> Iterator[Passage]:
        """A page, or sections of it, with its headings moved to begin at `level`; its title is left out where it stands `above` already."""
        page = self.find(part.page)
        assert page is not None, "check_packs has looked for it"
        passages = list(_wanted(page.passages, part.sections))
        if part.sections:
            if part.title:
                yield self.heading(level, part.title, self.mover.free("part"), part.where)
                level += 1
            start = 0
        else:
            title = part.title or page.title
            if title != above:
                yield self.heading(level, title, self.mover.free("part"), part.where)
                level += 1
            start = 1
        moved = self.mover.moved(passages, page.uri)
        top = 0
        for passage in moved:
            if passage.generated and passage.section == DOWNLOAD:
                continue
            match = HEADING.match(passage.text.strip()) if passage.heading else None
            if match is None:
                if not _SCREEN_ONLY.search(passage.text):
                    yield _for_paper(passage)
                continue
            own = len(match[1])
            if start and own == 1:
                continue  # the page's title, which stands above
            if part.sections and (not top or own <= top):
                top = own
            shift = level - (top if part.sections else 2)
            name = re.search(r"#([\w-]+)", match[3] or "")
            marks = f" {{ #{name[1]} }}" if name else ""
            yield replace(passage, text=f"\n\n{'#' * min(own + shift, 6)} {match[2]}{marks}\n\n")


# What a page has for the screen alone: downloads, and lines for its own print-out.
_SCREEN_ONLY = re.compile(r"\{[^{}]*\.(?:download|on-paper)\b[^{}]*\}")
# A paragraph with the mark `{ .screen-only }` below it, such as "Read more about ...", which leads nowhere on paper.
_SCREEN_PARAGRAPH = re.compile(r"^(?:(?!\{)[^\n]+\n)+\{[^{}\n]*\.screen-only\b[^{}\n]*\}[ \t]*$", re.M)


def _for_paper(passage: Passage) -> Passage:
    """A passage without its paragraphs for the screen alone; empty lines stand in their place, so that what follows keeps its line."""
    if "screen-only" not in passage.text:
        return passage
    return replace(passage, text=_SCREEN_PARAGRAPH.sub(lambda match: "\n" * match[0].count("\n"), passage.text))


def _wanted(passages: Iterable[Passage], sections: tuple[str, ...]) -> Iterator[Passage]:
    """The passages of the sections named, each with the sections below it; all where none is named."""
    taken = 0 if sections else 1
    for passage in passages:
        match = HEADING.match(passage.text.strip()) if passage.heading and sections else None
        if match:
            level = len(match[1])
            if taken and level <= taken:
                taken = 0
            if not taken and passage.section in sections:
                taken = level
        if taken:
            yield passage
