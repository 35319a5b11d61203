"""The parts of a Markdown text, each with its place: code, comments, directives and citations. What lies between them is plain text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal, TypeVar

from evidence.text.spans import Span, inside

UNCITED = "uncited"  # the directive that stays in its sentence
# What closes the words before it: the blank between them and a comment goes.
_CLOSES = re.compile(r"[ .,;:!?\n)\]”’»]|[*_]+(?=[\s.,;:!?)]|\Z)")


@dataclass(frozen=True, slots=True)
class CitedItem:
    """One work in a citation: `[see -@key, p. 3]` has prefix 'see', a suppressed author, and the locator 'p. 3'."""

    key: str
    locator: str = ""
    prefix: str = ""
    suppress_author: bool = False


@dataclass(frozen=True, slots=True)
class Citation:
    """A bracket with one or more works."""

    start: int
    end: int
    items: tuple[CitedItem, ...]


@dataclass(frozen=True, slots=True)
class Directive:
    """`<!-- evidence: name argument ... -->`."""

    start: int
    end: int
    name: str
    arguments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Slip:
    """What is nearly a citation or a directive, or a comment or piece of code that never ends; the message is for the editor."""

    start: int
    end: int
    of: Literal["citation", "comment", "code"]
    message: str


TextPart = TypeVar("TextPart", Citation, Directive, Slip)


@dataclass(frozen=True, slots=True)
class Parts:
    """A text and the places of its parts, in order. Directives are comments, too; nothing is read into code, and only directives into comments."""

    text: str
    code: tuple[Span, ...] = ()
    comments: tuple[Span, ...] = ()
    directives: tuple[Directive, ...] = ()
    citations: tuple[Citation, ...] = ()
    slips: tuple[Slip, ...] = ()

    def in_code(self, offset: int) -> bool:
        """Whether code holds `offset`."""
        return inside(self.code, offset)

    def in_comment(self, offset: int) -> bool:
        """Whether a comment holds `offset`."""
        return inside(self.comments, offset)

    @property
    def ends(self) -> list[int]:
        """Where it tells what a statement rests on: where it cites, or says that no source is named."""
        named = [directive.start for directive in self.directives if directive.name == UNCITED]
        return [*(citation.start for citation in self.citations), *named]

    def slips_of(self, *kinds: str) -> Iterator[Slip]:
        """The slips of these kinds."""
        return (slip for slip in self.slips if slip.of in kinds)

    def cut(self, begin: int, end: int) -> Parts:
        """The piece of the text from `begin` to `end`, with the parts that lie in it."""

        def clipped(spans: Iterable[Span]) -> tuple[Span, ...]:
            return tuple((max(b, begin) - begin, min(e, end) - begin) for b, e in spans if b < end and begin < e)

        def within(parts: Iterable[TextPart]) -> tuple[TextPart, ...]:
            return tuple(
                replace(part, start=part.start - begin, end=part.end - begin)
                for part in parts
                if begin <= part.start and part.end <= end
            )

        return Parts(
            self.text[begin:end],
            clipped(self.code),
            clipped(self.comments),
            within(self.directives),
            within(self.citations),
            within(self.slips),
        )

    def shown(self, put: Iterable[tuple[int, str]] = ()) -> Parts:
        """What readers see: the text without its comments, which are for editors, nor the blanks before one that nothing but a stop follows.

        `put` are words of ours with the offsets at which they come in.
        """
        edits = sorted([*((begin, end, "") for begin, end in self.comments), *((at, at, words) for at, words in put)])
        if not edits:
            return self
        pieces: list[str] = []
        starts, shifts = [0], [0]  # from which offset on, and by how much, the text moves
        at = 0
        for begin, end, words in edits:
            before = self.text[at:begin]
            if end > begin and _CLOSES.match(self.text, end):
                before = before.rstrip(" ")
            pieces += [before, words]
            starts.append(end)
            shifts.append(shifts[-1] + len(before) + len(words) - (end - at))
            at = end
        text = "".join([*pieces, self.text[at:]])

        def moved(begin: int, end: int) -> Span:
            first, last = (offset + shifts[bisect_right(starts, offset) - 1] for offset in (begin, end - 1))
            return first, last + 1  # what is put in behind a part is none of it

        citations = (replace(c, start=start, end=end) for c in self.citations for start, end in [moved(c.start, c.end)])
        return Parts(text, tuple(moved(*span) for span in self.code), citations=tuple(citations))
