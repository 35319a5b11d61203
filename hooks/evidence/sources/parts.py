"""A Markdown text parsed once into its parts, each with its place: code, comments, directives and citations. What lies between them is plain text.

Citations follow pandoc's syntax (Pandoc User's Guide, "Citation syntax"), in square brackets only.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal, TypeVar

from evidence.text.spans import Span, code_spans, inside
from evidence.text.words import did_you_mean, quoted

UNCITED = "uncited"  # the directive that stays in its sentence
_DIRECTIVE = re.compile(r"\s*evidence:\s*([a-z-]+)((?:\s+[\w-]+)*)\s*", re.S)
_BRACKET = re.compile(r"(?<!\\)\[([^\[\]]*@[^\[\]]*)\](?!\((?:https?:|mailto:))")
_NEARLY_CITED = re.compile(r"(?:^|[\s;])-?@\w")
_ITEM = re.compile(
    r"(?:(?P<prefix>[^@]*?)\s+)?(?P<minus>-)?@(?P<key>[A-Za-z0-9_](?:[\w:.#$%&+?<>~/-]*[\w])?)(?:\s*,\s*(?P<locator>\S.*))?",
    re.S,
)


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


Place = TypeVar("Place", Citation, Directive, Slip)


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

    def slips_of(self, *kinds: str) -> Iterator[Slip]:
        """The slips of these kinds."""
        return (slip for slip in self.slips if slip.of in kinds)

    def cut(self, begin: int, end: int) -> Parts:
        """The piece of the text from `begin` to `end`, with the parts that lie in it."""

        def clipped(spans: Iterable[Span]) -> tuple[Span, ...]:
            return tuple((max(b, begin) - begin, min(e, end) - begin) for b, e in spans if b < end and begin < e)

        def within(parts: Iterable[Place]) -> tuple[Place, ...]:
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

    def shown(self, uncited: str) -> Parts:
        """What readers see: the text without its comments, which are for editors, and `uncited` in the place of that directive."""
        if not self.comments:
            return self
        kept = {directive.start for directive in self.directives if directive.name == UNCITED}
        pieces: list[str] = []
        starts, shifts = [0], [0]  # from which offset on, and by how much, the text moves
        at = 0
        for begin, end in self.comments:
            pieces += [self.text[at:begin], uncited if begin in kept else ""]
            starts.append(end)
            shifts.append(shifts[-1] + len(pieces[-1]) - (end - begin))
            at = end
        text = "".join([*pieces, self.text[at:]])

        def moved(offset: int) -> int:
            return offset + shifts[bisect_right(starts, offset) - 1]

        citations = tuple(replace(c, start=moved(c.start), end=moved(c.end)) for c in self.citations)
        return Parts(text, tuple((moved(b), moved(e)) for b, e in self.code), citations=citations)


def parse_parts(text: str) -> Parts:
    """The parts of a text."""
    code, unclosed = code_spans(text)
    slips: list[Slip] = []
    if unclosed is not None:
        message = "this piece of code is never closed; end it with a line of the same characters (``` or ~~~)"
        slips.append(Slip(unclosed, unclosed, "code", message))
    comments: list[Span] = []
    directives: list[Directive] = []
    for start, end in _comments(text, code):
        if end is None:
            slips.append(Slip(start, start, "comment", _never_closed(text[start : start + 100])))
            continue
        comments.append((start, end))
        words = text[start + 4 : end - 3]
        word = re.match(r"\s*([\w-]+)\s*:?", words)
        if directive := _DIRECTIVE.fullmatch(words):
            directives.append(Directive(start, end, directive[1], tuple(directive[2].split())))
        elif "<!--" in words:
            slips.append(Slip(start, end, "comment", _never_closed(text[start:end])))
        elif word and (word[1].lower() == "evidence" or (":" in word[0] and did_you_mean(word[1], ["evidence"]))):
            message = f"{quoted(text[start:end])} is not a marker; write <!-- evidence: name --> with lower-case words"
            slips.append(Slip(start, end, "comment", message))
    citations: list[Citation] = []
    for found in _citations(text, code, comments) if "@" in text else ():
        if isinstance(found, Citation):
            citations.append(found)
        else:
            slips.append(found)
    return Parts(text, tuple(code), tuple(comments), tuple(directives), tuple(citations), tuple(slips))


def _comments(text: str, code: list[Span]) -> Iterator[tuple[int, int | None]]:
    """The places of the comments of `text` that do not begin in its code; without an end, those that never end."""
    start, last = text.find("<!--"), text.rfind("-->")
    while start >= 0:
        end: int | None = None
        if not inside(code, start):
            end = text.find("-->", start + 4) + 3 if start + 4 <= last else None
            yield start, end
        start = text.find("<!--", end or start + 4)


def _never_closed(comment: str) -> str:
    return f"comment {quoted(comment.partition(chr(10))[0])} is never closed; end it with -->"


def _citations(text: str, code: list[Span], comments: list[Span]) -> Iterator[Citation | Slip]:
    for match in _BRACKET.finditer(text):
        start, end = match.span()
        if inside(code, start) or inside(comments, start) or not _NEARLY_CITED.search(match[1]):
            continue
        words = re.sub(r"<!--.*?-->", "", match[1], flags=re.S) if "<!--" in match[1] else match[1]
        parts = [part.strip() for part in words.split(";")]
        items = [_ITEM.fullmatch(part) for part in parts]
        bad = next((part for part, item in zip(parts, items, strict=True) if not item), None)
        after = text[end : end + 1]
        if bad is not None:
            message = f"{quoted(match[0])} cannot be read as a citation at {quoted(bad)}; write [@key] or [@key, p. 3; @other]"
            yield Slip(start, end, "citation", message)
        elif after and after in "([":
            message = f"{quoted(match[0])} touches a '{after}', so it reads as a link; put a space between, or write [@key; @other]"
            yield Slip(start, end, "citation", message)
        else:
            works = tuple(
                CitedItem(m["key"], " ".join((m["locator"] or "").split()), m["prefix"] or "", bool(m["minus"]))
                for m in items
                if m
            )
            yield Citation(start, end, works)
