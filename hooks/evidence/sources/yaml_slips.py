"""Why a YAML file cannot be read: libyaml's complaint in words that say what to do, at the line that is to be mended.

libyaml stops where a line no longer fits, which may be far below the slip. What is often wrong is looked for, and whether it was that is tried out.
"""

from __future__ import annotations

import re

import yaml

LOADER: type = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
# libyaml's complaints, in words that say what to do.
_CLOSE = "a quotation mark or bracket is opened and never closed"
_LEVEL = "this line does not begin as far in as the lines that it belongs to; give it the same number of spaces"
_QUOTE = "this text begins with a character that has a meaning of its own; put the text in quotation marks"
_YAML_WORDS = {
    "mapping values are not allowed in this context": "a colon and a space stand inside the text; put the text in quotation marks",
    "mapping keys are not allowed in this context": _QUOTE,
    "block sequence entries are not allowed in this context": "a list begins on the line below its name, each item with '- '",
    "could not find expected ':'": "a colon is missing after a name, or text goes on in a line that does not begin far enough in",
    "did not find expected key": _LEVEL,
    "did not find expected '-' indicator": _LEVEL,
    "did not find expected ',' or ']'": "a list in square brackets lacks a comma or its closing bracket",
    "did not find expected ',' or '}'": "a group in braces lacks a comma or its closing brace",
    "did not find expected node content": _QUOTE,
    "did not find expected alphabetic or numeric character": _QUOTE,
    "did not find expected comment or line break": "nothing but a line of text may follow this sign; put the text in quotation marks",
    "did not find expected <document start>": "this line does not belong to what stands above it; look at the spaces at its beginning",
    "but found another document": "'---' or '...' stands in the middle of the file; remove that line",
    "found character that cannot start any token": _QUOTE,
    "found a tab character that violates indentation": "a tab stands at the beginning of this line; use spaces",
    "found a tab character where an indentation space is expected": "a tab stands at the beginning of this line; use spaces",
    "found unexpected end of stream": _CLOSE,
    "found unexpected document indicator": _CLOSE,
    "found unknown escape character": "a backslash stands in text in double quotation marks; write two, or use single ones",
    "did not find expected hexdecimal number": "a backslash stands in text in double quotation marks; write two, or use single ones",
    "found undefined tag handle": "a word begins with '!'; put the text in quotation marks",
}
_YAML_ELSE = "look at the colons, the quotation marks and the spaces at the beginning of this line and the one above it"
# What is often wrong with the beginning of a line, what would be right where that can be tried out, and what to do.
_SLIPS = tuple(
    (re.compile(slip), right, words)
    for slip, right, words in (
        (r" *\t[ \t]*-", "", "a tab stands before the dash; use spaces"),
        (r" *\t", "", "a tab stands at the beginning of this line; use spaces"),
        (r"( *)-\t", r"\1- ", "a tab stands behind the dash; use a space"),
        (
            r" *[\u00a0\u2007\u202f\u3000]",
            "",
            "a space that is not a plain one stands at the beginning of this line; type it again",
        ),
        (r"( *)-(?=[A-Za-z_]+:(?: |$))", r"\1- ", "a space is missing behind the dash"),
        (r"( *(?:- )?[A-Za-z_]+):(?=[^\s/])", r"\1: ", "a space is missing behind the colon"),
        (r"( *(?:- )?[A-Za-z_]+)：\s*", r"\1: ", "this is the colon of another script; write ':' and a space"),
    )
)
# How far above the place where YAML stops a space too few is looked for, and in how long a file.
_LOOK_BACK = 30
_MANY_LINES = 20_000


def cause_of(text: str, error: yaml.YAMLError) -> tuple[int, str]:
    """The line of `text` that is to be mended, and what is wrong with it, from the error of the parser."""
    mark = getattr(error, "problem_mark", None)
    complaint = getattr(error, "problem", None) or str(error).splitlines()[0]
    line, why = mark.line + 1 if mark else 1, _YAML_WORDS.get(complaint, _YAML_ELSE)
    lines = text.split("\n")
    if why == _LEVEL and mark and lines[mark.line][: mark.column].rstrip()[-1:] in ("'", '"'):
        why = f"words stand behind a closing quotation mark; put the whole text in quotation marks; or {why}"
        return line, why
    return _beginning(lines, line) or (line, why)


def _beginning(lines: list[str], line: int) -> tuple[int, str] | None:
    """The line at or above a `line` that cannot be read whose beginning is what is wrong, and what to do there; None where it is something else.

    A space too few or too many shows only further down, at a line that no longer fits. Whether it was that is tried out.
    """
    for number in (number for number in (line, line - 1, line + 1) if 0 < number <= len(lines)):
        for slip, mend, words in _SLIPS:
            if slip.match(lines[number - 1]) and (
                not mend or _can_be_read(lines, number, slip.sub(mend, lines[number - 1]))
            ):
                return number, words
    for number in range(min(line, len(lines)), max(line - _LOOK_BACK, 0), -1):
        shown = lines[number - 1]
        spaces = len(shown) - len(shown.lstrip(" "))
        if spaces % 2 == 0 or not shown.strip():
            continue
        for right in (spaces + 1, spaces - 1):
            if _can_be_read(lines, number, " " * right + shown.lstrip(" ")):
                few, more = "few", ""
                if right < spaces:
                    few, more = "many", "; or, if it goes on with the text above, put the text in quotation marks"
                advice = f"give it the same number of spaces as the lines that it belongs to, {right}{more}"
                return number, f"this line has a space too {few}: look at the spaces at its beginning; {advice}"
        return None
    return None


def _can_be_read(lines: list[str], number: int, mended: str) -> bool:
    """Whether a file can be read once the line of that number is mended."""
    if len(lines) > _MANY_LINES:
        return False
    try:
        return all(True for _ in yaml.parse("\n".join([*lines[: number - 1], mended, *lines[number:]]), Loader=LOADER))
    except yaml.YAMLError:
        return False
