"""The blocks of a Markdown text (paragraphs, list items, table cells) and the sentences in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from evidence.documents.parts import Citation, Parts
from evidence.text.spans import Span, blanked

# How far around a citation its sentence is looked for: else a page of nothing but citations would be gone through once for each of them.
NEAR = 4_000
_BREAK = re.compile(r"\n[ \t>]*\n|\n(?=[ \t>]*(?:[-*+]|\d+[.)])[ \t])|\n(?=[ \t>]*\|)")
# A citation in brackets after a full stop belongs to the sentence before it; 'et al.' and the like end none.
_SENTENCE_END = re.compile(
    r"[.!?؟](?<!\bet al\.)(?<!\bcf\.)(?<!\be\.g\.)(?<!\bi\.e\.)(?<!\bp\.)(?<!\bpp\.)(?<!\b[A-Z]\.)"
    r"(?<!\bDr\.)(?<!\bMr\.)(?<!\bMrs\.)(?<!\bMs\.)(?<!\bProf\.)(?<!\bSt\.)(?<!\bvs\.)[”’\"')»*_]*"
    r"(?:\s+\[[^\[\]]*@[^\[\]]*\][.!?]?)?"
    r"(?:(?:\s|<br ?/?>)+(?=[“‘„«\"'(¿¡]|\[(?![^\[\]]*@)|[*_`]*(?P<first>[^\W_]))|\s*\Z)"
)
_LINE = re.compile(r"[^\n]+")
_CELL_END = re.compile(r"(?<!\\)\|")
_ITEM = re.compile(r"[\s>]*(?:(?:[-*+]|\d+[.)])[ \t]+)+")
# Lines that say nothing by themselves: attributes of the block above, HTML, the rule below a table's head, a table's caption, a heading, a notice's title,
# the address that a link elsewhere leads to.
_BARE_LINE = re.compile(
    r"[ \t>]*(?:\{:?[^{}]*\}|</?[a-zA-Z][^<>]*>|\|?[ \t:|-]+\|?|(?:Table|Figure): .*|#{1,6} .*|(?:!!!|\?\?\?) .*"
    r"|\[[^\[\]]+\]:[ \t]*\S+(?:[ \t]+[\"'(].*)?)[ \t]*"
)
# HTML around whole blocks: what is put in stands inside it.
_BLOCK_TAG = re.compile(
    r"</?(?:article|aside|blockquote|br|caption|d[dlt]|details|div|fig(?:caption|ure)|footer|h[1-6]|header|li|main|nav|ol|p|section|summary|"
    r"t(?:able|body|d|foot|h|head|r)|ul)\b[^<>]*>"
)
_RULE = re.compile(r"[ \t>]*\|?[ \t:|-]*-[ \t:|-]*")
_RULE_BETWEEN = re.compile(r"^[ \t>]*\|?[ \t]*:?-+:?[ \t]*\|[ \t:|-]*$", re.M)


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A paragraph, list item or table cell: the place of its words in the text, and up to where comments on them may stand."""

    start: int
    end: int
    until: int
    item: bool = False


def legible(parts: Parts) -> str:
    """A text with blanks in the place of comments and blocks of code, and a word in the place of code in a line, so that all offsets stay."""
    text = parts.text
    if not parts.code and not parts.comments:
        return text
    signs = list(blanked(text, parts.code))
    for begin, end in parts.code:
        if text[begin] == text[end - 1] == "`" and "\n" not in text[begin:end]:
            signs[begin:end] = "X" * (end - begin)
    for begin, end in parts.comments:  # one of several lines does not end the line that it stands in
        signs[begin:end] = " " * (end - begin)
    return "".join(signs)


def text_blocks(parts: Parts) -> list[TextBlock]:
    """The blocks of a text in order, without code, comments, HTML and attributes around them."""
    text = legible(parts)
    found: list[TextBlock] = []
    pieces = list(_pieces(text))
    for (begin, end, row), (*below, _row) in zip(pieces, [*pieces[1:], (0, 0, False)], strict=True):
        if row:
            head = bool(_RULE.fullmatch(text[slice(*below)].rstrip()))  # names of columns are no statements
            found += () if head else (TextBlock(*cell) for cell in _cells(text, begin, end))
            continue
        marker = _ITEM.match(text, begin, end)
        start, last = _trimmed(text, marker.end() if marker else begin, end)
        if start < last:
            line = text.find("\n", last)
            found.append(TextBlock(start, last, len(text) if line < 0 else line, item=marker is not None))
    return found


def _pieces(text: str) -> Iterator[tuple[int, int, bool]]:
    """The begin and end of each block and of each row of a table, and whether it is a row."""
    begin = 0
    for end, following in [*(m.span() for m in _BREAK.finditer(text)), (len(text), 0)]:
        if _RULE_BETWEEN.search(text, begin, end):  # a table; some have no '|' at the ends of rows
            yield from ((m.start(), m.end(), True) for m in _LINE.finditer(text, begin, end))
        else:
            yield begin, end, text[begin:end].lstrip(" \t\n>").startswith("|")
        begin = following


def _trimmed(text: str, begin: int, end: int) -> Span:
    """What is left of a block without blanks, HTML and bare lines at its beginning and its end."""
    said = [m.span() for m in _LINE.finditer(text, begin, end) if m[0].strip() and not _BARE_LINE.fullmatch(m[0])]
    if not said:
        return begin, begin
    return _without_tags(text, said[0][0], said[-1][1])


def _without_tags(text: str, first: int, last: int) -> Span:
    while True:
        words = text[first:last]
        first += len(words) - len(words.lstrip(" \t\n>"))
        last -= len(words) - len(words.rstrip())
        opening, closing = _BLOCK_TAG.match(text, first, last), text.rfind("<", first, last)
        if opening:
            first = opening.end()
        elif closing >= 0 and _BLOCK_TAG.fullmatch(text, closing, last):
            last = closing
        else:
            return first, max(first, last)


def _cells(text: str, begin: int, end: int) -> Iterator[tuple[int, int, int]]:
    """The cells of a row of a table that say something; none of the rule below its head."""
    for line in _LINE.finditer(text, begin, end):
        if _BARE_LINE.fullmatch(line[0]):
            continue
        ends = [m.end() for m in _CELL_END.finditer(text, line.start(), line.end())]
        first = [] if line[0].lstrip(" \t>").startswith("|") else [line.start()]
        for left, right in pairwise([*first, *ends, line.end() + 1]):
            start, last = _without_tags(text, left, right - 1)
            if start < last:
                yield start, last, right - 1


def sentence_ends(text: str) -> list[int]:
    """The end of each sentence of a block, with the blanks after it; what ends no sentence stands behind the last of them."""
    return [match.end() for match in _SENTENCE_END.finditer(text) if _begins_anew(text, match)]


def _begins_anew(text: str, stop: re.Match[str]) -> bool:
    """Whether what stands behind a stop begins a sentence: with a letter that is not a small one or, behind a citation, with any sign."""
    first = stop["first"]
    return not first or not (first.islower() or first.isdigit()) or text.endswith("]", 0, stop.start())


def sentence_around(parts: Parts, citation: Citation) -> Parts:
    """The sentence that holds a citation, within its paragraph or list item."""
    start, end = citation.start, citation.end
    window = max(0, start - NEAR)
    text, start, end = legible(parts.cut(window, end + NEAR)), start - window, end - window
    begin = max((m.end() for m in _BREAK.finditer(text, 0, start)), default=0)
    until = next((m.start() for m in _BREAK.finditer(text, end)), len(text))
    if text[begin:until].lstrip(" \t\n>").startswith("|"):  # a row of a table: only the cell
        begin = max((m.end() for m in _CELL_END.finditer(text, begin, start)), default=begin)
        until = next((m.start() for m in _CELL_END.finditer(text, end, until)), until)
    ends = [begin + end for end in sentence_ends(text[begin:until])]
    first = max((e for e in ends if e <= start), default=begin)
    return parts.cut(window + first, window + next((e for e in ends if e > end), until))
