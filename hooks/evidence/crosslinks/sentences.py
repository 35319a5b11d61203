"""The blocks of a Markdown text (paragraphs, list items, table cells) and the sentences in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from evidence.model.parts import Citation, Parts
from evidence.text.spans import Span, blanked

# How far around a citation its sentence is looked for: else a page of nothing but citations would be gone through once for each of them.
NEAR = 4_000
_BREAK = re.compile(r"\n[ \t>]*\n|\n(?=[ \t]*(?:[-*+]|\d+[.)])[ \t])|\n(?=[ \t]*\|)")
# A citation in brackets after a full stop belongs to the sentence before it; 'et al.' and the like end none.
_SENTENCE_END = re.compile(
    r"[.!?](?<!\bet al\.)(?<!\bcf\.)(?<!\be\.g\.)(?<!\bi\.e\.)(?<!\bp\.)(?<!\bpp\.)(?<!\b[A-Z]\.)[”’\"')]*"
    r"(?:\s+\[[^\[\]]*@[^\[\]]*\][.!?]?)?(?:\s+(?=[“‘\"'(A-Z]|\[(?![^\[\]]*@))|\s*\Z)"
)
_CELL_END = re.compile(r"(?<!\\)\|")
_ITEM = re.compile(r"[ \t>]*(?:[-*+]|\d+[.)])[ \t]+")
# Lines that say nothing by themselves: attributes of the block above, HTML, the rule below a table's head, a table's caption, a heading, a notice's title.
_BARE_LINE = re.compile(
    r"[ \t]*(?:\{:?[^{}]*\}|</?[a-zA-Z][^<>]*>|\|?[ \t:|-]+\|?|(?:Table|Figure): .*|#{1,6} .*|(?:!!!|\?\?\?) .*)[ \t]*"
)

_RULE = re.compile(r"[ \t]*\|?[ \t:|-]*-[ \t:|-]*")


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A paragraph, list item or table cell: the place of its words in the text, and up to where comments on them may stand."""

    start: int
    end: int
    until: int
    item: bool = False


def text_blocks(parts: Parts) -> list[TextBlock]:
    """The blocks of a text in order, without code, comments, HTML and attributes around them."""
    text = blanked(parts.text, (*parts.code, *parts.comments))
    found: list[TextBlock] = []
    pieces = list(_pieces(text))
    for (begin, end), below in zip(pieces, [*pieces[1:], (0, 0)], strict=True):
        if text[begin:end].lstrip().startswith("|"):
            head = bool(_RULE.fullmatch(text[slice(*below)].rstrip()))  # names of columns are no statements
            found += () if head else (TextBlock(*cell) for cell in _cells(text, begin, end))
            continue
        marker = _ITEM.match(text, begin, end)
        start, last = _trimmed(text, marker.end() if marker else begin, end)
        if start < last:
            line = text.find("\n", last)
            found.append(TextBlock(start, last, len(text) if line < 0 else line, item=marker is not None))
    return found


def _pieces(text: str) -> Iterator[Span]:
    begin = 0
    for match in _BREAK.finditer(text):
        yield begin, match.start()
        begin = match.end()
    yield begin, len(text)


def _trimmed(text: str, begin: int, end: int) -> Span:
    """What is left of a block without blanks and bare lines at its beginning and its end."""
    lines = [(m.start(), m.end()) for m in re.compile(r"[^\n]+").finditer(text, begin, end)]
    said = [(b, e) for b, e in lines if text[b:e].strip() and not _BARE_LINE.fullmatch(text, b, e)]
    if not said:
        return begin, begin
    first, last = said[0][0], said[-1][1]
    words = text[first:last]
    return first + len(words) - len(words.lstrip(" \t>")), first + len(words.rstrip().removesuffix("<br>").rstrip())


def _cells(text: str, begin: int, end: int) -> Iterator[tuple[int, int, int]]:
    """The cells of a row of a table that say something; none of the rule below its head."""
    for line in re.compile(r"[^\n]+").finditer(text, begin, end):
        if _BARE_LINE.fullmatch(line[0]):
            continue
        ends = [m.end() for m in _CELL_END.finditer(text, line.start(), line.end())]
        for left, right in zip(ends, [*ends[1:], line.end() + 1], strict=True):
            cell = text[left : right - 1]
            if words := cell.strip():
                start = left + cell.index(words)
                yield start, start + len(words), right - 1


def sentence_ends(text: str) -> list[int]:
    """The end of each sentence of a block, with the blanks after it; what ends no sentence stands behind the last of them."""
    return [match.end() for match in _SENTENCE_END.finditer(text)]


def sentence_around(parts: Parts, citation: Citation) -> Parts:
    """The sentence that holds a citation, within its paragraph or list item."""
    start, end = citation.start, citation.end
    window = max(0, start - NEAR)
    text, start, end = parts.text[window : end + NEAR], start - window, end - window
    begin = max((m.end() for m in _BREAK.finditer(text, 0, start)), default=0)
    until = next((m.start() for m in _BREAK.finditer(text, end)), len(text))
    if text[begin:until].lstrip().startswith("|"):  # a row of a table: only the cell
        begin = max((m.end() for m in _CELL_END.finditer(text, begin, start)), default=begin)
        until = next((m.start() for m in _CELL_END.finditer(text, end, until)), until)
    ends = [begin + end for end in sentence_ends(text[begin:until])]
    first = max((e for e in ends if e <= start), default=begin)
    return parts.cut(window + first, window + next((e for e in ends if e > end), until))
