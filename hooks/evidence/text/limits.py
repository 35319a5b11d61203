"""How large and how deeply nested a written file may be. Python-Markdown goes through blocks within blocks by recursion and tries each line of a
paragraph against each sign that may open something, so that a page of nothing but brackets takes minutes. These limits keep every file to seconds,
and lie far above what a person writes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

MAX_LINE = 10_000
MAX_LINES = 10_000
MAX_BLOCK = 40_000
MAX_PAGE = 500_000
MAX_BLOCK_LINES = 1_000
MAX_CITED = 3_000
MAX_COMMENTS = 5_000
MAX_INDENT = 80
# Signs that may open something, in one paragraph or list.
MAX_SIGNS = 2_000
# A letter beside the sign is most often a word with an apostrophe or the like, and opens nothing.
_SIGNS = re.compile(r"[\[\]`<{]|!\[|\*|(?<!\w)_")
_DEEP = re.compile(r"[ \t]*(?:>[ \t]*){7,}|[ \t]*(?:(?:[-*+]|\d+[.)])[ \t]+){7,}")
_BLANK = re.compile(r"\n[ \t]*\n")


def line_faults(text: str) -> Iterator[tuple[int, str]]:
    """The line (from 1) and the message of each line that is too long, and of a file with too many lines."""
    lines = text.split("\n")
    if len(lines) > MAX_LINES:
        yield 1, f"this file has {len(lines):,} lines; at most {MAX_LINES:,}"
        return
    for number, line in enumerate(lines, 1):
        if len(line) > MAX_LINE:
            yield number, f"this line has {len(line):,} characters; at most {MAX_LINE:,}"


def page_faults(text: str) -> Iterator[tuple[int, str]]:
    """The line (from 1) and the message of all that makes the Markdown `text` too large to be worked on."""
    found = list(line_faults(text))
    yield from found
    if len(text) > MAX_PAGE:
        yield 1, f"this page has {len(text):,} characters; at most {MAX_PAGE:,}; make two pages of it"
    for sign, what, most in (("@", "citations", MAX_CITED), ("<!--", "comments and markers", MAX_COMMENTS)):
        if text.count(sign) > most:
            yield 1, f"this page has {text.count(sign):,} {what}; at most {most:,}; make two pages of it"
            found.append((1, what))
    if found or len(text) > MAX_PAGE:
        return
    for number, line in enumerate(text.split("\n"), 1):
        indent = len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip(" "))
        if line.strip() and (indent > MAX_INDENT or _DEEP.match(line)):
            yield number, f"lists or quotations are nested too deep here ({indent} spaces); write them flatter"
    start, at = 0, 1
    for match in [*_BLANK.finditer(text), None]:
        block = text[start : match.start() if match else len(text)]
        lines, signs = block.count("\n") + 1, len(_SIGNS.findall(block))
        if len(block) > MAX_BLOCK or lines > MAX_BLOCK_LINES:
            yield (
                at,
                (
                    f"this paragraph, list or table has {len(block):,} characters in {lines:,} lines; "
                    f"at most {MAX_BLOCK:,} in {MAX_BLOCK_LINES:,}; put an empty line in between"
                ),
            )
        elif signs > MAX_SIGNS:
            yield at, f"this paragraph, list or table has {signs:,} brackets, stars and the like; at most {MAX_SIGNS:,}"
        if match:
            at += text.count("\n", start, match.end())
            start = match.end()
