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
    faults = list(line_faults(text))
    for sign, what, most in (
        ("", "characters", MAX_PAGE),
        ("@", "citations", MAX_CITED),
        ("<!--", "comments and markers", MAX_COMMENTS),
    ):
        number = text.count(sign) if sign else len(text)
        if number > most:
            faults.append((1, f"this page has {number:,} {what}; at most {most:,}; make two pages of it"))
    yield from faults
    if faults:
        return
    for number, line in enumerate(text.split("\n"), 1):
        wide = line.expandtabs(4)
        indent = len(wide) - len(wide.lstrip(" "))
        if line.strip() and (indent > MAX_INDENT or _DEEP.match(line)):
            yield number, f"lists or quotations are nested too deep here ({indent} spaces); write them flatter"
    at = 1
    for block in _BLANK.split(text):
        lines, signs = block.count("\n") + 1, len(_SIGNS.findall(block))
        this = "this paragraph, list or table has"
        if len(block) > MAX_BLOCK or lines > MAX_BLOCK_LINES:
            advice = f"at most {MAX_BLOCK:,} in {MAX_BLOCK_LINES:,}; put an empty line in between"
            yield at, f"{this} {len(block):,} characters in {lines:,} lines; {advice}"
        elif signs > MAX_SIGNS:
            yield at, f"{this} {signs:,} brackets, stars and the like; at most {MAX_SIGNS:,}"
        at += lines + 1
