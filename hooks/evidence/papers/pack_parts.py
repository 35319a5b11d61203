"""The parts of a pack as passages: pages and their sections, questions with room to write, words, themes, cards, other packs.

A paper takes a page's words as readers see them. What only a screen needs stays out: reading time, downloads, lines for a page's own print-out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from evidence.cards import chosen_cards, chosen_themes, drawn, source_line, sources_of, to_print
from evidence.crosslinks import Page, Passage
from evidence.directives import drawings
from evidence.documents.document import HEADING, Marks
from evidence.documents.themes import in_a_line
from evidence.model.base import Location
from evidence.model.network import Question, Suggestion
from evidence.model.review import Review
from evidence.model.site_data import Pack, Part
from evidence.model.vocabulary import PICTURES
from evidence.output import markdown
from evidence.papers.briefs import Brief, brief_of
from evidence.papers.packs import REFERENCES, all_packs, chosen_questions, chosen_words, pack_uri
from evidence.papers.relocating import Mover
from evidence.sources import parse_parts
from evidence.tables import statement_line
from evidence.text import escape
from evidence.text.addresses import page_address
from evidence.text.languages import attributes
from evidence.text.places import place
from evidence.text.translation import _
from evidence.text.words import slug

DOWNLOAD = "download"  # the section of a generated page that offers files
# The page with an address, written or generated; None where there is none.
Find = Callable[[str], Page | None]


def passages_of(review: Review, pack: Pack, find: Find, mover: Mover | None = None) -> Iterator[Passage]:
    """A pack in passages, before its citations are filled in; each knows the file and line that its words come from. `mover` learns where pages stand."""
    maker = _Maker(review, find, mover or Mover(pack_uri(pack.id)), pack.form == "book")
    said = attributes(language_of(pack, find))
    yield maker.passage(markdown.heading(1, pack.title, said=said), pack.where, heading=True)
    if pack.form == "cards":
        yield maker.passage(
            f"{escape.markdown(pack.purpose)}\n\n{to_print(all(part.cards for part in pack.parts))}\n\n", pack.where
        )
    elif pack.form == "kit":
        yield maker.passage(f"{escape.markdown(pack.purpose)}\n\n", pack.where)
    elif pack.form == "booklet":
        yield maker.passage(_cover(review, pack), pack.where)
    if pack.form != "kit":  # what is in one stands on pages of its own
        yield from maker.parts(pack, 2)


def language_of(pack: Pack, find: Find) -> str:
    """The language of a paper that holds nothing but pages in another one than the review's; '' for any other."""
    pages = [find(part.page) if part.page and not part.brief else None for part in pack.parts]
    found = {page.lang if page else "" for page in pages}
    return found.pop() if len(found) == 1 else ""


def _cover(review: Review, pack: Pack) -> str:
    """What the cover of a booklet says below its title: a picture, what the booklet is, who wrote it and what it tells of."""
    drawn = [drawings.small(review.drawings[f"{PICTURES}{pack.picture}"])] if pack.picture else []
    told = _("We are the editors. We wrote this booklet. It tells what these say:")
    sources = (f"{source.name}: {source.author}, {source.date}" for source in sources_of(review, pack))
    items = markdown.items(map(escape.markdown, sources))
    lines = ('<div class="cover" markdown="1">', *drawn, escape.markdown(pack.purpose), told, items, "</div>\n\n")
    return "\n\n".join(lines)


@dataclass(slots=True)
class _Maker:
    """Makes the parts of one paper; `number` is that of the last question so far, `cut_out` whether they are to be cards, `chapters` whether they begin
    new pages."""

    review: Review
    find: Find
    mover: Mover
    chapters: bool = False
    number: int = 0
    cut_out: bool = False

    def passage(self, text: str, where: Location, heading: bool = False) -> Passage:
        return Passage(parse_parts(text), "", "", "", Marks(), where, heading, generated=True)

    def heading(self, level: int, title: str, name: str, where: Location, css: str = "") -> Passage:
        """A heading with `name`, or the next name like it that is free, as its id."""
        return self.passage(markdown.heading(level, title, self.mover.free(name), css), where, heading=True)

    def parts(self, pack: Pack, level: int) -> Iterator[Passage]:
        """The parts of `pack`, their uppermost headings at `level`; cards to cut out stand in a box, which says where they come from."""
        boxed = pack.form == "cards" and not self.cut_out
        if boxed:
            self.number, self.cut_out = 0, True
            source = escape.html_text(source_line(self.review, pack))
            yield self.passage(f'\n\n<div class="cards" data-source="{source}" markdown="1">\n\n', pack.where)
        for i, part in enumerate(pack.parts):
            if part.brief:
                yield from self.brief(part, pack, level)
            elif part.page:
                yield from self.page(part, pack.title, level)
            elif part.pack:
                inner = all_packs(self.review)[part.pack]
                css = "new-page" if i else ""  # what comes first stands below the title
                yield self.heading(level, part.title or inner.title, inner.id, part.where, css)
                yield from self.parts(inner, level + 1)
            else:
                if part.title:
                    css = "new-page" if self.chapters else ""
                    yield self.heading(level, part.title, slug(part.title) or "part", part.where, css)
                yield from self.listed(part, level + 1 if part.title else level)
        if boxed:
            self.cut_out = False
            yield self.passage("\n\n</div>\n\n", pack.where)

    def listed(self, part: Part, level: int) -> Iterator[Passage]:
        """A part that comes from the data, not from a page."""
        make = self.questions if part.questions else self.words if part.words else self.themes
        return self.cards(part, level) if part.cards else make(part, level)

    def questions(self, part: Part, level: int) -> Iterator[Passage]:
        """Questions as one numbered list through all groups, with room to write below each."""
        for group, found in chosen_questions(self.review, part.questions):
            yield self.heading(level, group.title, group.id, group.where)
            for question in found:
                yield self.question(question, part.lines)

    def question(self, question: Question | Suggestion, lines: int) -> Passage:
        """The next item of the numbered list of questions."""
        self.number += 1
        text = f"{self.number}. {self.picture(question.picture)}{escape.markdown(question.text)}\n   {{ #{self.mover.free(question.id)} }}\n"
        if lines:
            text += f'\n    <div class="note-lines" data-lines="{lines}"></div>\n\n'
        return self.passage(text, question.where)

    def brief(self, part: Part, pack: Pack, level: int) -> Iterator[Passage]:
        """A theme or a nation in brief, under a heading of its own where its name does not stand above."""
        told = brief_of(self.review, part.brief, pack.each, part.page)
        if title := part.title or ("" if told.title in pack.title else told.title):
            yield self.heading(level, title, slug(title) or "part", part.where)
            level += 1
        summary = told.summary or ("" if title else escape.markdown(pack.purpose))
        if told.picture:
            drawn = drawings.small(told.picture)
            text = f'\n\n<div class="easy" markdown="1">\n\n{drawn}\n\n<div markdown="1">\n\n{summary}\n\n</div>\n\n</div>\n\n'
        else:
            text = f"\n\n{summary}\n\n"
        yield self.passage(text, told.where)
        if told.found or told.review_silent:
            yield self.heading(level, _("What the review found"), "found", told.where)
            lines = [statement_line(self.review, point) for point in told.found]
            for line in lines:
                yield replace(self.passage(f"- {line.text}\n", line.where), voice=line.voice)
            yield self.passage("\n" if told.found else f"\n{told.review_silent}\n\n", told.where)
        if told.said or told.members_silent:
            yield self.heading(level, _("What members said"), "members", told.where)
            yield self.passage(markdown.items(told.said) or f"{told.members_silent}\n\n", told.where)
        if level == 2:
            yield self.passage(f"\n\n{place(REFERENCES, '')}\n\n", told.where)
        if told.questions:
            css = "one-side" if part.lines else ""  # all that is to write on
            yield self.heading(level, _("Questions to talk about"), "questions", told.where, css)
            ours = _("We, the editors, suggest:") if told.ours else _("The review asks:")
            yield self.passage(f"{ours}\n\n", told.where)
            for question in told.questions:
                yield self.question(question, part.lines)
        elif part.lines:
            yield self.heading(level, _("Room to write"), "room", told.where)
            yield self.passage(f'<div class="note-lines" data-lines="{part.lines}"></div>\n\n', told.where)
        yield self.passage(f"\n\n{self._notes(told)}\n\n", told.where)

    def _notes(self, told: Brief) -> str:
        """Where the editors' notes on a brief are: on paper an address, or the title of the page as long as the site has no address."""
        page, site = self.find(told.page) if told.page else None, self.review.publisher.site_address
        if not page:
            return ""
        address = page_address(told.page, site)
        if site:
            link = markdown.link(re.sub(r"^https?://", "", address), address, self.mover.uri)
            return _("Notes on this are at %s") % link
        return _("Notes on this are on our website, on the page %s.") % markdown.link(
            page.title, told.page, self.mover.uri
        )

    def words(self, part: Part, level: int) -> Iterator[Passage]:
        """Words with their meanings."""
        yield self.passage("\n\n", part.where)
        for term in chosen_words(self.review, part.words):
            name = self.mover.free(f"word-{term.id}")
            word = escape.markdown(term.term)
            word = f"<bdi{attributes(term.lang)}>{word}</bdi>" if term.lang else word
            text = f"- **{word}**: {escape.markdown(term.meaning)}\n  {{ #{name} .word }}\n"
            yield self.passage(text, term.where)

    def themes(self, part: Part, level: int) -> Iterator[Passage]:
        """Themes under who named them, each with what members said on it in a line; where they said nothing, with what it is."""
        for origin, found in chosen_themes(self.review, part.themes).items():
            yield self.heading(level, origin, slug(origin) or "themes", part.where)
            for theme in found:
                words = f"**{escape.markdown(theme.title)}**<br>{escape.markdown(in_a_line(theme))}"
                name = self.mover.free(f"theme-{theme.id}")
                yield self.passage(f"- {self.picture(theme.picture)}{words}\n  {{ #{name} }}\n", theme.where)

    def picture(self, name: str) -> str:
        """A picture for a card; '' where there is none, and on a sheet, where it would stand in the way of the words."""
        svg = self.review.drawings.get(f"{PICTURES}{name}") if self.cut_out else None
        return drawings.small(svg) + " " if svg else ""

    def cards(self, part: Part, level: int) -> Iterator[Passage]:
        """Cards to hold up."""
        for card in chosen_cards(self.review, part.cards):
            opening = f'<div class="card card-{card.colour}" data-shape="{card.shape}" markdown="1">'
            yield self.passage(f"\n\n{opening}\n", card.where)
            yield self.heading(level, card.word, f"card-{card.id}", card.where)
            yield self.passage(f"{drawn(card)}\n\n{escape.markdown(card.text)}\n\n</div>\n\n", card.where)

    def page(self, part: Part, above: str, level: int) -> Iterator[Passage]:
        """A page, or sections of it, with its headings moved to begin at `level`; its title is left out where it stands `above` already."""
        page = self.find(part.page)
        assert page is not None, "a rule has looked for it"
        title = part.title or ("" if part.sections else page.title)
        if title and (part.sections or (title != above and not above.startswith(f"{title}: "))):
            name = self.mover.free((self.chapters and slug(title)) or "part")
            self.mover.moved.setdefault(part.page, name)
            css = "new-page" if self.chapters else ""
            said = "" if part.title else attributes(page.lang)
            yield self.passage(markdown.heading(level, title, name, css, said), part.where, heading=True)
            level += 1
        top = 0 if part.sections else 2  # the level of the headings that come to stand at `level`
        hidden = False  # whether the section above is for the screen alone
        opened, box = False, f'\n\n<div{attributes(page.lang)} markdown="1">\n\n' if page.lang else ""
        for passage in self.mover.relocated(_wanted(page.passages, part.sections), page.uri):
            if passage.generated and passage.section == DOWNLOAD:
                continue
            match = HEADING.match(passage.text.strip()) if passage.heading else None
            if match is None:
                if not hidden:
                    if box and not opened and passage.text.strip():
                        yield self.passage(box, passage.where)
                        opened = True
                    yield _for_paper(passage)
                continue
            if opened:
                yield self.passage("\n\n</div>\n\n", passage.where)
                opened = False
            if hidden := ".screen-only" in (match[3] or ""):
                continue
            own = len(match[1])
            if not part.sections and own == 1:
                continue  # the page's title, which stands above
            if part.sections:
                top = min(top or own, own)
            kept = " ".join(_KEPT.findall(match[3] or ""))
            kept += "" if "lang=" in kept else attributes(page.lang)
            marks = f" {{ {kept} }}" if kept else ""
            yield passage.saying(f"\n\n{'#' * min(own + level - top, 6)} {match[2]}{marks}\n\n")
        if opened:
            yield self.passage("\n\n</div>\n\n", part.where)


# What a heading keeps of its braces: its id, its language and its direction.
_KEPT = re.compile(r"""(?<!\S)(?:\#[\w-]+|(?:lang|dir)=(?:"[^"]*"|'[^']*'|\S+))""")
# What a page has for the screen alone: downloads, and lines for its own print-out.
_SCREEN_ONLY = re.compile(r"\{[^{}]*\.(?:download|on-paper)\b[^{}]*\}")
_BETWEEN = re.compile(r"(\n[ \t]*\n)")
# A paragraph with the mark `{ .screen-only }` below it, such as "Read more about ...", which leads nowhere on paper.
_SCREEN_PARAGRAPH = re.compile(r"^(?:(?!\{)[^\n]+\n)+\{[^{}\n]*\.screen-only\b[^{}\n]*\}[ \t]*$", re.M)


def _for_paper(passage: Passage) -> Passage:
    """A passage without its paragraphs for the screen alone; empty lines stand in their place, so that what follows keeps its line."""
    text = passage.text
    if _SCREEN_ONLY.search(text):
        parts = _BETWEEN.split(text)
        text = "".join("\n" * part.count("\n") if _SCREEN_ONLY.search(part) else part for part in parts)
    if "screen-only" in text:
        text = _SCREEN_PARAGRAPH.sub(lambda match: "\n" * match[0].count("\n"), text)
    return passage.saying(text)


def _wanted(passages: Iterable[Passage], sections: tuple[str, ...]) -> Iterator[Passage]:
    """The passages of the sections named, each with the sections below it; all where none is named."""
    taken = 0 if sections else 1
    for passage in passages:
        match = HEADING.match(passage.text.strip()) if passage.heading and sections else None
        if match and (not taken or len(match[1]) <= taken):
            taken = len(match[1]) if passage.section in sections else 0
        if taken:
            yield passage
