"""A page as a row of passages, each knowing what it is about and where its words come from: what the index and the page are made from.

A hand-written section is one passage or, where directives stand in it, several; a directive's renderer returns passages too, so that a citation
in a generated table cell belongs to that cell's nation and not to the whole page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from evidence.crosslinks.sentences import sentence_around
from evidence.crosslinks.statements import Placed, Statement, left_over, old_ids, statements_of
from evidence.documents.document import Document, Marks, Section
from evidence.documents.parts import UNCITED, Citation, Directive, Parts
from evidence.model.base import Location, Problem
from evidence.model.review import Review
from evidence.output import data_tables
from evidence.references import Label, plain
from evidence.sources import parse_parts
from evidence.text.languages import attributes, other_than
from evidence.text.words import did_you_mean


@dataclass(frozen=True, slots=True)
class Passage:
    """Markdown with citations still as written, in its parts.

    `section` and `title` are the id and words of the heading above; `label` names the place for a reader: the same words, or a table
    cell's. `heading` says that the text is the heading itself, `generated` that a directive made it; `where` is the file and line of the text's first line.
    `table` is the file that the text leads to, where it is the link to one that is made with it. `voice` is as in `Section`; `unit` holds the ids of
    the statement that a generated text is, and `group` names the cell that it stands in, if others stand there too.
    """

    parts: Parts
    section: str
    title: str
    label: str
    marks: Marks
    where: Location
    heading: bool = False
    generated: bool = False
    table: data_tables.DataTable | None = None
    voice: str = ""
    unit: str = ""
    group: str = ""

    @property
    def text(self) -> str:
        return self.parts.text

    def line(self, offset: int) -> Location:
        """The file and line of an offset in the text."""
        return Location(self.where.path, self.where.line + self.text.count("\n", 0, offset))

    def sentence(self, citation: Citation) -> Parts:
        """The sentence that holds a citation."""
        return sentence_around(self.parts, citation)

    def left_over(self) -> list[int]:
        """The offsets of the review's sentences that stand behind a source and name none."""
        return [] if self.voice or self.heading or not self.parts.citations else left_over(self.parts)

    def saying(self, text: str) -> Passage:
        """The same passage with other words."""
        return self if text == self.text else replace(self, parts=parse_parts(text))


@dataclass(frozen=True)
class Page:
    """A page in passages. `facts` is the line below its title; `links_terms` says whether hard words lead to the glossary,
    `whole` whether every directive could be filled in, `support` whether statements show what they rest on. `lang` is the language that it is in where that
    is not the review's.
    """

    uri: str
    title: str
    passages: tuple[Passage, ...]
    where: Location
    facts: str = ""
    links_terms: bool = True
    whole: bool = True
    support: bool = True
    lang: str = ""

    @cached_property
    def stated(self) -> tuple[Placed, ...]:
        """The statements that the page makes, with their places."""
        return statements_of(self.uri, self.passages)

    @cached_property
    def old_ids(self) -> tuple[tuple[int, int, str], ...]:
        """The ids of statements that stand here no more by themselves, each with the place that links to it lead to."""
        return tuple(old_ids(self.passages, self.stated))


@dataclass(frozen=True, slots=True)
class Context:
    """What a renderer may know: the page, the section that the directive stands in, the notes that the page has shown so far, and all `documents`.

    `known` are the labels of all works, `pages` the pages that are in passages already: all others, where the directive is of a kind that looks at them.
    """

    review: Review
    known: Mapping[str, Label]
    document: Document
    section: str
    title: str
    marks: Marks
    where: Location
    shown_notes: set[str]
    voice: str = ""
    documents: tuple[Document, ...] = ()
    pages: Mapping[str, Page] = field(default_factory=dict)

    def passage(self, text: str, **changes: Any) -> Passage:
        """A passage of this section, changed where `changes` says so."""
        title = changes.get("title", self.title)
        usual: dict[str, Any] = {
            "section": self.section,
            "title": title,
            "label": title,
            "marks": self.marks,
            "where": self.where,
            "voice": self.voice,
        }
        return Passage(parse_parts(text), **{**usual, "generated": True, **changes})


Renderer = Callable[[Context, tuple[str, ...]], Iterable[Passage]]


class DirectiveError(ValueError):
    """What is wrong with a directive's arguments; the message is for the editor."""


class AbsentError(DirectiveError):
    """What a directive needs of the data is not there; perhaps since its file was refused, which is told already."""


@dataclass(frozen=True, slots=True)
class DirectiveKind:
    """A kind of directive: `<!-- evidence: name arguments -->` is replaced by what `render` returns for the page and the arguments.

    `takes`, `gives` and `examples` (the arguments of each) describe it to editors, as Markdown (see `reference_docs`). `render` raises a `DirectiveError`
    where it cannot do what it is asked. `looks` says that it looks at what other pages state.
    """

    name: str
    render: Renderer
    takes: str
    gives: str
    examples: tuple[str, ...] = ("",)
    looks: bool = False


def statements_at(pages: Mapping[str, Page], pointer: str) -> tuple[Statement, ...]:
    """The statements that 'page.md#id' means: those with this id, or with it in their mark; none where there are none."""
    uri, _, name = pointer.partition("#")
    stated = pages[uri].stated if uri in pages else ()
    return tuple(made.statement for made in stated if name and name in (made.statement.id, *made.statement.units))


def by_name(*kinds: DirectiveKind) -> dict[str, DirectiveKind]:
    """Kinds of directives as a registry."""
    return {kind.name: kind for kind in kinds}


def paginate(
    review: Review,
    known: Mapping[str, Label],
    document: Document,
    kinds: Mapping[str, DirectiveKind],
    documents: tuple[Document, ...] = (),
    *,
    pages: Mapping[str, Page] | None = None,
) -> tuple[Page, list[Problem]]:
    """A document in passages, its directives rendered; and a problem for each one that cannot be.

    `known` are the labels of all works, `documents` all pages, for links to them, and `pages` those that are in passages already.
    """
    read = pages or {}
    passages: list[Passage] = []
    problems: list[Problem] = []
    shown: set[str] = set()
    filled = True
    lang = other_than(document.lang, review.reading.language)
    for section in document.sections:
        heading, whole = _passages(document, section, known)
        passages.append(heading)
        problems += [Problem(whole.line(slip.start), slip.message) for slip in section.parts.slips_of("comment")]
        start = 0
        for directive in section.parts.directives:
            if directive.name == UNCITED:
                continue  # stays in the text, so that sentences stay whole; `resolve_citations` gives it its words
            at = whole.line(directive.start)
            context = Context(
                review,
                known,
                document,
                section.id,
                whole.title,
                section.marks,
                at,
                shown,
                section.voice,
                documents,
                read,
            )
            passages.append(_piece(whole, start, directive.start))
            rendered, wrong = _render(context, directive, kinds)
            filled = filled and bool(rendered)
            passages += _spoken(context, rendered) if lang else rendered
            problems += wrong
            start = directive.end
        passages.append(_piece(whole, start, len(whole.text)))
    linked, support = (document.front.get(name) != "false" for name in ("glossary", "support"))
    linked = linked and not lang  # words of the glossary are those of the review's language
    shown_passages = tuple(passage for passage in passages if passage.text)
    page = Page(document.uri, document.title, shown_passages, document.where, "", linked, filled, support, lang)
    return page, problems


def _piece(passage: Passage, begin: int, end: int) -> Passage:
    return replace(passage, parts=passage.parts.cut(begin, end), where=passage.line(begin))


def plain_page(document: Document) -> Page:
    """A page without directives in passages, such as a generated one."""
    found = (passage for section in document.sections for passage in _passages(document, section, {}))
    passages = tuple(replace(passage, generated=True) for passage in found if passage.text)
    return Page(document.uri, document.title, passages, document.where)


def _passages(document: Document, section: Section, known: Mapping[str, Label]) -> tuple[Passage, Passage]:
    """The heading of a section, and its text."""
    label = plain(section.title, known) if section.level else document.title
    path, marks, voice = document.where.path, section.marks, section.voice
    heading = Location(path, section.line)
    return (
        Passage(section.heading, section.id, label, label, marks, heading, heading=True, voice=voice),
        Passage(section.parts, section.id, label, label, marks, Location(path, section.text_line), voice=voice),
    )


def _render(
    context: Context, directive: Directive, kinds: Mapping[str, DirectiveKind]
) -> tuple[list[Passage], list[Problem]]:
    if directive.name not in kinds:
        near = did_you_mean(directive.name, kinds)
        return [], [Problem(context.where, f"marker '{directive.name}' is unknown{near}")]
    try:
        return list(kinds[directive.name].render(context, directive.arguments)), []
    except DirectiveError as error:
        review = context.review
        nameless = review.damaged & review.refused if directive.arguments else ()
        absent = review.damaged if isinstance(error, AbsentError) else ()
        if nameless or absent or any(map(review.lost, directive.arguments)):
            return [], []  # the record that it names is there, and what is wrong with it is told there
        return [], [Problem(context.where, f"marker '{directive.name}': {error}")]


def _spoken(context: Context, rendered: list[Passage]) -> list[Passage]:
    """What a directive says on a page in another language than that of the review, in which its words are."""
    said = attributes(context.review.reading.language)
    if not said or not any(passage.text for passage in rendered):
        return rendered
    # A heading says it itself, too, for links to it.
    heads = [
        replace(passage, parts=parse_parts(re.sub(r"(?m)^(#+ .*) \}$", rf"\1{said} }}", passage.text)))
        if passage.heading
        else passage
        for passage in rendered
    ]
    return [context.passage(f'\n\n<div{said} markdown="1">\n\n'), *heads, context.passage("\n\n</div>\n\n")]


def choose(wanted: Iterable[str], known: Iterable[str], what: str) -> list[str]:
    """`wanted` if all are `known`, else a DirectiveError that names the first that is not."""
    names = list(known)
    suggestion = f"; known are: {', '.join(names)}" if names else ""
    chosen = list(wanted)
    for name in chosen:
        if name not in names:
            kind = DirectiveError if names else AbsentError
            raise kind(f"{what} '{name}' is unknown{did_you_mean(name, names) or suggestion}")
    return chosen


def choose_one(wanted: tuple[str, ...], known: Iterable[str], what: str, which: str = "") -> str:
    """The one thing that is `wanted`, if it is `known`, else a DirectiveError; `which` is what to name, in words, where it is not just an id."""
    if len(wanted) != 1:
        raise DirectiveError(f"name one {which or f'{what} by its id'}")
    return choose(wanted, known, what)[0]
