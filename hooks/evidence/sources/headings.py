"""Headings of a page: '## Words { #id data-themes="one two" }', and lines that only look like one.

Headings carry their marks as attribute lists (Python-Markdown, "Attribute Lists"). Only headings with '#' and a space are read as such,
because Markdown dialects differ on the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidence.model.base import Location, Problem
from evidence.model.vocabulary import DATA_MARKS, VOICES
from evidence.text.words import did_you_mean, quoted

_ATTRIBUTE = re.compile(r"""([\w:-]+)\s*=\s*("[^"]*"|'[^']*'|[^\s"']+)|([#.])([^\s{}#."'=]+)|(\S+)""")
_UNDERLINE = re.compile(r"(?:={2,}|-{2,})\s*")


def nearly_heading(before: str, line: str, path: str, number: int) -> Iterator[Problem]:
    """What is wrong with a `line` that some Markdown dialects take for a heading, or for the underline of one (`before` is the line above)."""
    above = before.strip()
    if re.match(r"#{1,6}[^\s#]", line):
        advice = "lacks a space after its '#'; add one, or write \\# for the character"
        yield Problem(Location(path, number), f"heading {quoted(line.strip())} {advice}")
    elif _UNDERLINE.fullmatch(line) and above and not before.startswith("#") and not above.endswith("-->"):
        advice = "is underlined as a heading; write '## ' before it, or an empty line after it"
        yield Problem(Location(path, number - 1), f"{quoted(above)} {advice}")


def heading_attributes(text: str, where: Location) -> tuple[dict[str, str], list[Problem]]:
    """The attributes of a heading by name, from what stands in its braces; and a problem for each that cannot be right."""
    attributes: dict[str, str] = {}
    problems: list[Problem] = []
    for name, value, sign, word, rest in _ATTRIBUTE.findall(text):
        if name:
            near = did_you_mean(name, DATA_MARKS) if name.startswith("data-") and name not in DATA_MARKS else ""
            if near:
                problems.append(Problem(where, f"'{name}' in the heading's braces is unknown{near}"))
            attributes[name] = value.strip("\"'")
            if name in DATA_MARKS and not attributes[name].split():
                problems.append(Problem(where, f"'{name}' is empty: name at least one, or leave it out"))
            if name == "data-voice" and attributes[name] not in VOICES:
                problems.append(Problem(where, f"data-voice is {quoted(attributes[name])}; it is members or editors"))
        elif sign == "#":
            attributes["id"] = word
        elif not sign and rest:
            advice = 'write { #id data-themes="one two" }'
            problems.append(Problem(where, f"in the heading's braces, {quoted(rest)} cannot be read; {advice}"))
    return attributes, problems
