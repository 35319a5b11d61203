"""What of a page's Markdown is code or comment, so that nothing is read into it (Python-Markdown and PyMdown's "SuperFences")."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from io import StringIO

_FENCE = re.compile(r"^[ \t>]*(`{3,}(?=[^`\n]*$)|~{3,})")
_CONTAINER = re.compile(r"^\s*([-*+]\s|\d+[.)]\s|!!!|\?\?\?|===|///|:\s|\[\^)")
_MAYBE_CODE = re.compile(r"`|~~~|^(?: {4}| {0,3}\t)", re.M)
INLINE_CODE = re.compile(r"(`(?<![\\`]`)`*)(?!`)((?:(?!\n[ \t]*\n).)+?)(?<!`)\1(?!`)", re.S)
_COMMENT = re.compile(r"<!--(.*?)-->", re.S)


def code_spans(text: str) -> list[tuple[int, int]]:
    """The offsets of all code in `text` (fenced, indented, inline): sorted, not overlapping."""
    if not _MAYBE_CODE.search(text):
        return []
    spans, _ = code_blocks(text)
    inline = [
        (begin + m.start(), begin + m.end())
        for begin, end in _gaps(spans, len(text))
        for m in INLINE_CODE.finditer(text[begin:end])
    ]
    return sorted(spans + inline)


def code_blocks(text: str) -> tuple[list[tuple[int, int]], int | None]:
    """The offsets of fenced and indented code, and of a fence that is never closed."""
    spans: list[tuple[int, int]] = []
    fence = ""
    start = offset = 0
    content = 0  # where the text of the innermost list item, admonition or the like is indented to (Python-Markdown: by fours)
    blank, code, comment = True, False, False
    for line in StringIO(text):
        match = _FENCE.match(line)
        indent = _indent(line)
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


def _indent(line: str) -> int:
    if line[0] not in " \t":
        return 0
    line = line.expandtabs(4)
    return len(line) - len(line.lstrip(" "))


def _gaps(spans: list[tuple[int, int]], length: int) -> Iterator[tuple[int, int]]:
    at = 0
    for begin, end in spans:
        if at < begin:
            yield at, begin
        at = end
    if at < length:
        yield at, length


def inside(spans: list[tuple[int, int]], offset: int) -> bool:
    """Whether one of `spans` (sorted, not overlapping) holds `offset`."""
    i = bisect_right(spans, (offset, 1 << 60)) - 1
    return i >= 0 and spans[i][0] <= offset < spans[i][1]


def comments(text: str, code: list[tuple[int, int]]) -> list[re.Match[str]]:
    """The HTML comments of `text` that do not begin in its `code`; group 1 is what a comment says."""
    # Up to the last "-->" every "<!--" has its end, so that the search never runs to the end of the text in vain.
    return [m for m in _COMMENT.finditer(text, 0, text.rfind("-->") + 3) if not inside(code, m.start())]


def hidden_spans(text: str) -> list[tuple[int, int]]:
    """The offsets of code and comments: sorted, not overlapping."""
    code = code_spans(text)
    spans: list[tuple[int, int]] = []
    for begin, end in sorted(code + [m.span() for m in comments(text, code)]):
        if spans and begin < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((begin, end))
    return spans
