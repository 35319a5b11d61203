"""What of a text is no plain words: of a page's Markdown its code, so that nothing is read into it (Python-Markdown and PyMdown's "SuperFences"), and of
a title its tags.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from io import StringIO

_FENCE = re.compile(r"^[ \t>]*(`{3,}(?=[^`\n]*$)|~{3,})")
_CONTAINER = re.compile(r"^\s*([-*+]\s|\d+[.)]\s|!!!|\?\?\?|===|///|:\s|\[\^)")
_OF_CODE = ("`", "~~~", "    ", "\t")  # what every piece of code has one of
INLINE_CODE = re.compile(r"(`(?<![\\`]`)`*)(?!`)((?:(?!\n[ \t]*\n).)+?)(?<!`)\1(?!`)", re.S)
Span = tuple[int, int]


def code_spans(text: str) -> tuple[list[Span], int | None]:
    """The offsets of all code in `text` (fenced, indented, inline), sorted, not overlapping; and the offset of a fence that is never closed."""
    if not any(sign in text for sign in _OF_CODE):
        return [], None
    spans, unclosed = _code_blocks(text)
    between = zip([0, *(end for _, end in spans)], [*(begin for begin, _ in spans), len(text)], strict=True)
    inline = [match.span() for begin, end in between for match in INLINE_CODE.finditer(text, begin, end)]
    return sorted(spans + inline), unclosed


def _code_blocks(text: str) -> tuple[list[Span], int | None]:
    """The offsets of fenced and indented code, and of a fence that is never closed."""
    spans: list[Span] = []
    fence = ""
    start = offset = 0
    content = 0  # where the text of the innermost list item, admonition or the like is indented to (Python-Markdown: by fours)
    blank, code, comment = True, False, False
    for line in StringIO(text):
        match = _FENCE.match(line)
        wide = line.expandtabs(4)
        indent = len(wide) - len(wide.lstrip(" "))
        if fence:
            if match and match[1].startswith(fence) and not line.strip(" \t>").strip("`~\n "):
                spans.append((start, offset + len(line)))
                fence, blank = "", True
        elif comment:
            comment = "-->" not in line
        elif not line.strip():
            blank = True
        elif indent >= content + 4 and (blank or code):
            spans.append((offset, offset + len(line)))
            blank, code = False, True
        elif match:
            fence, start = match[1], offset
        else:
            if _CONTAINER.match(line):
                content = indent // 4 * 4 + 4
            elif blank:
                content = min(content, indent // 4 * 4)
            comment = line.lstrip().startswith("<!--") and "-->" not in line
            blank = code = False
        offset += len(line)
    if fence:
        spans.append((start, offset))
    return spans, start if fence else None


def blanked(text: str, spans: Iterable[Span], by: str = " ") -> str:
    """`text` with spaces, or another sign, in the place of `spans`, so that all offsets and lines stay."""
    parts: list[str] = []
    at = 0
    for begin, end in sorted(spans):
        if end > at:
            parts += [text[at:begin], re.sub(r"[^\n]", by, text[max(begin, at) : end])]
            at = end
    return "".join([*parts, text[at:]])


def inside(spans: Sequence[Span], offset: int) -> bool:
    """Whether one of `spans` (sorted, not overlapping) holds `offset`."""
    i = bisect_right(spans, (offset, 1 << 60)) - 1
    return i >= 0 and spans[i][0] <= offset < spans[i][1]


# The markup that texts of an item may hold (CSL-JSON, "HTML-like formatting tags").
_MARKUP = re.compile(r'<(?:(/)?(i|b|sup|sub)|(span) class="nocase"|(/)(span))>')


def markup(text: str) -> list[re.Match[str]]:
    """The tags of a text of an item, in order; what looks like a tag and has no partner is text."""
    paired: list[re.Match[str]] = []
    opened: list[re.Match[str]] = []
    for tag in _MARKUP.finditer(text) if "<" in text else ():
        if not (tag[1] or tag[4]):
            opened.append(tag)
        elif opened and (opened[-1][2] or opened[-1][3]) == (tag[2] or tag[5]):
            paired += [opened.pop(), tag]
    return sorted(paired, key=re.Match.start)


def unmarked(text: str) -> str:
    """Text of an item without its markup."""
    for tag in reversed(markup(text)):
        text = text[: tag.start()] + text[tag.end() :]
    return text
