"""The statements that a page makes, derived from its passages: what is said, by whom, about what, and which works it rests on.

A statement is one sentence or several of a paragraph, list item or table cell, up to the citation, the directive `uncited` or the unit mark that
ends it. A paragraph that ends with a colon and its list are one statement, whose items share its sources, unless the items have sources of their own.
Its id is that of its unit mark, `<!-- unit: id -->`: at its end, or below it as a block of its own, which marks all since the last one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from evidence.crosslinks.sentences import TextBlock, legible, sentence_ends, text_blocks
from evidence.documents.document import Marks
from evidence.documents.parts import UNCITED, CitedItem, Parts
from evidence.model.base import Location
from evidence.model.vocabulary import EDITORS
from evidence.references import Label, plain
from evidence.text.links import NOTE_LINK, ids_in

_UNIT = re.compile(r"<!--\s*unit:([^<>]*)-->")
_NAME = re.compile(r"[A-Za-z][\w-]*")
# What may stand between a paragraph and the items of its list: signs of items and of quotations, attributes, HTML.
_NOTHING = re.compile(r"(?:[\s>*+-]|\d+[.)]|\{[^{}]*\}|<[^<>]*>)*")
_GAP = re.compile(r"\s+(?=[.,;:!?])")
# The sign of an item, with the end of what stands before it.
_NEXT_ITEM = re.compile(r"(\S)\s*\n[ \t>]*(?:[-*+]|\d+[.)])[ \t]+")


@dataclass(frozen=True, slots=True)
class Statement:
    """What is said in one place. `id` is unique on its page; `units` are the ids of its mark, of which several statements may have the same.

    `voice` is that of its section: '' for the review. `items` are the works that it cites, in their order, and `uncited` says that the source names
    none for it; `section` and `title` are the id and words of the heading above.
    """

    id: str
    units: tuple[str, ...]
    uri: str
    section: str
    title: str
    voice: str
    marks: Marks
    items: tuple[CitedItem, ...]
    uncited: bool
    where: Location
    parts: Parts = field(repr=False, compare=False)

    @property
    def tells(self) -> bool:
        """Whether it says what it rests on: works, or that the source names none."""
        return bool(self.items) or self.uncited

    def text(self, known: Mapping[str, Label]) -> str:
        """Its words without citations, as plain text, with semicolons between the items of a list; `known` are the labels of all works."""
        text = self.parts.text
        for citation in reversed(self.parts.citations):
            text = text[: citation.start] + text[citation.end :]
        text = _NEXT_ITEM.sub(lambda item: f"{item[1]} " if item[1] in ".,;:!?>" else f"{item[1]}; ", text)
        return _GAP.sub("", plain(NOTE_LINK.sub("", text), known))


@dataclass(frozen=True, slots=True)
class Placed:
    """A statement and its place: the number of its passage on the page, the offset of its words, and that of the end of its block.

    Statements with the same `group`, such as those of one cell, have one mark of support, and so have those of one block.
    """

    statement: Statement
    passage: int
    start: int
    end: int
    group: str = ""

    @property
    def words_end(self) -> int:
        """The offset behind its last word."""
        return self.start + len(legible(self.statement.parts).rstrip())

    @property
    def citations(self) -> Iterator[int]:
        """The offsets in the passage at which it cites."""
        return (self.start + citation.start for citation in self.statement.parts.citations)


class Said(Protocol):
    """What of a passage statements are made from (see `evidence.crosslinks.passages.Passage`)."""

    @property
    def parts(self) -> Parts: ...
    @property
    def section(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def marks(self) -> Marks: ...
    @property
    def heading(self) -> bool: ...
    @property
    def voice(self) -> str: ...
    @property
    def generated(self) -> bool: ...
    @property
    def unit(self) -> str: ...
    @property
    def group(self) -> str: ...
    def line(self, offset: int) -> Location: ...


def statements_of(uri: str, passages: Sequence[Said]) -> tuple[Placed, ...]:
    """The statements of a page in order, with their places."""
    ids = {name for said in passages for name, _ in ids_in(said.parts.text)}
    found: list[Placed] = []
    waiting: list[Placed] = []  # for the mark below them
    for number, said in enumerate(passages):
        if said.heading:
            found += waiting
            waiting = []
            continue
        if said.generated and not (said.unit or said.parts.citations or said.parts.directives):
            continue  # a mark below it, on the page, is not for what is made from data
        for made, units in _read(uri, number, said):
            if made:
                waiting.append(made)
            if made and units:  # a mark at the end of its words is not for the blocks above
                mine = [other for other in waiting if (other.passage, other.end) == (number, made.end)]
                found += [*waiting[: -len(mine)], *_named(mine, units, said.voice)]
            elif units:
                found += _named(waiting, units, said.voice)
            waiting = [] if units else waiting
        if said.unit:  # which marks its own words alone
            mine = [made for made in waiting if made.passage == number]
            found += waiting[: len(waiting) - len(mine)]
            found += _named(mine, tuple(_NAME.findall(said.unit)), said.voice)
            waiting = []
    return tuple(_with_ids([*found, *waiting], ids))


def old_ids(passages: Sequence[Said], placed: Iterable[Placed]) -> Iterator[tuple[int, int, str]]:
    """The ids in marks that are no statement's own, with the passage and the offset that links to them lead to.

    Where two statements have become one, its mark has both ids, and the second leads to it. Where a statement was taken out and its mark was left, the id
    leads to that place.
    """
    taken = {name for said in passages for name, _ in ids_in(said.parts.text)}
    starts: dict[str, tuple[int, int]] = {}
    for made in placed:
        theirs = made.statement.voice == EDITORS  # has no anchor
        taken.update((made.statement.id, *(made.statement.units if theirs else ())))
        for name in made.statement.units:
            starts.setdefault(name, (made.passage, made.start))
    marks = ((number, mark) for number, said in enumerate(passages) for mark in _UNIT.finditer(said.parts.text))
    left = {
        name: (number, mark.start())
        for number, mark in marks
        if not passages[number].heading and not passages[number].parts.in_code(mark.start())
        for name in _NAME.findall(mark[1])
    }
    yield from ((*place, name) for name, place in (left | starts).items() if name not in taken)


def _named(placed: Sequence[Placed], units: tuple[str, ...], voice: str) -> Iterator[Placed]:
    """Statements with the ids of their mark: each with its own where there are as many, else each with all of them.

    A mark is for what is said in its own `voice`, and words without a source beside others that have one are no statement of their own.
    """
    of_mark = [made.statement for made in placed if made.statement.voice == voice]
    telling = sum(said.tells for said in of_mark)
    number = telling or len(of_mark)
    i = 0
    for made in placed:
        said = made.statement
        if said.voice != voice or (telling and not said.tells):
            yield made
            continue
        own = units[i : i + 1] if len(units) == number else units
        name = units[i] if i < len(units) else f"{units[-1]}-{i + 1}"
        i += 1
        yield replace(made, statement=replace(said, id=name, units=own))


def _with_ids(placed: Iterable[Placed], ids: set[str]) -> Iterator[Placed]:
    """Those that say what they rest on, or are marked, each with an id that nothing else on the page has."""
    sections: Counter[str] = Counter()
    for made in placed:
        said = made.statement
        if not (said.tells or said.units):
            continue
        sections[said.section] += 1
        name = base = said.id or f"{said.section or 'top'}-{sections[said.section]}"
        again = 1
        while name in ids:
            again += 1
            name = f"{base}-{again}"
        ids.add(name)
        yield replace(made, statement=replace(said, id=name))


def _read(uri: str, number: int, said: Said) -> Iterator[tuple[Placed | None, tuple[str, ...]]]:
    """What a passage says, piece by piece, each with the ids of the mark that follows it, if one does."""
    parts = said.parts
    text = legible(parts)
    marks = [
        (m.start(), tuple(_NAME.findall(m[1]))) for m in _UNIT.finditer(parts.text) if not parts.in_code(m.start())
    ]
    done = 0  # how many of the marks have been told
    for start, end, block in _runs(parts, text, [at for at, _ in marks]):
        while done < len(marks) and marks[done][0] < start:
            yield None, marks[done][1]
            done += 1
        cut = parts.cut(start, end)
        items = tuple(item for citation in cut.citations for item in citation.items)
        uncited = any(directive.name == UNCITED for directive in cut.directives)
        where = said.line(start)
        made = Statement("", (), uri, said.section, said.title, said.voice, said.marks, items, uncited, where, cut)
        inside = [units for at, units in marks[done:] if at < end]
        done += len(inside)
        yield Placed(made, number, start, block.end, said.group), tuple(name for units in inside for name in units)
    yield from ((None, units) for _, units in marks[done:])


def _runs(parts: Parts, text: str, marks: Sequence[int]) -> Iterator[tuple[int, int, TextBlock]]:
    """The begin and end of each statement that a text may make, with the block at whose end its support is told."""
    blocks, ends = text_blocks(parts), parts.ends

    def tells(block: TextBlock) -> bool:
        return any(block.start <= at < block.end for at in ends)

    number = 0
    while number < len(blocks):
        block = blocks[number]
        number += 1
        if not block.item and text[block.end - 1] == ":":
            below = _items(text, block, blocks[number:])
            if below and not any(map(tells, below)):
                number += len(below)
                yield block.start, below[-1].until, block
                continue
        yield from _sentences(text, block, [*ends, *marks])


def left_over(parts: Parts) -> list[int]:
    """The offsets of sentences behind the last source of their paragraph, item or cell that name none: they would pass for covered by it.

    A sentence that leads to another page is no claim.
    """
    text = legible(parts)
    told = parts.ends
    runs = list(_runs(parts, text, ()))
    covered = {block.start for start, end, block in runs if any(start <= at < end for at in told)}
    return [
        start
        for start, end, block in runs
        if block.start in covered and not any(start <= at < end for at in told) and "](" not in text[start:end]
    ]


def _items(text: str, lead: TextBlock, blocks: Sequence[TextBlock]) -> list[TextBlock]:
    """The items of the list right below a paragraph."""
    found: list[TextBlock] = []
    for block in blocks:
        if not block.item or not _NOTHING.fullmatch(text, lead.until, block.start):
            break
        found.append(block)
        lead = block
    return found


def _sentences(text: str, block: TextBlock, ends: Sequence[int]) -> Iterator[tuple[int, int, TextBlock]]:
    """The statements of one block: sentences up to one that holds an end, and what is left."""
    begin = block.start
    stops = [block.start + end for end in sentence_ends(text[block.start : block.end])]
    for stop in [*stops[:-1], block.until]:
        if any(begin <= end < stop for end in ends):
            yield begin, stop, block
            begin = stop
    if text[begin : block.end].strip():
        yield begin, block.until, block
