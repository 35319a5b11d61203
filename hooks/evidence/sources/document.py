"""A Markdown page -> its front matter, and its sections below headings with their marks: '## Words { #id data-themes="one two" }'.

Marks are attribute lists (Python-Markdown, "Attribute Lists"). Only headings with '#' and a space are read as such, because Markdown dialects
differ on the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from io import StringIO

from evidence.documents.document import HEADING, NONE, Document, Marks, Section
from evidence.documents.parts import Parts
from evidence.model.base import Location, Problem
from evidence.model.vocabulary import DATA_MARKS, VOICES
from evidence.sources.parts import parse_parts
from evidence.sources.records import parse_yaml
from evidence.text.limits import page_faults
from evidence.text.words import did_you_mean, quoted

# Stands for a page that is too large to be read, so that only this is told of it.
_STUB = "---\ntitle: Too large\ndescription: Too large.\n---\n\n# Too large\n"
_FRONT = re.compile(r"\A---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S | re.M)
_ATTRIBUTE = re.compile(r"""([\w:-]+)\s*=\s*("[^"]*"|'[^']*'|[^\s"']+)|([#.])([^\s{}#."'=]+)|(\S+)""")
_UNDERLINE = re.compile(r"(?:={2,}|-{2,})\s*")


def parse_document(text: str, path: str, uri: str, *, made: bool = False) -> tuple[Document, list[Problem]]:
    """A page from its text; `path` names the file in problems, `uri` is its address inside docs/. One that the engine `made` may be of any size."""
    problems: list[Problem] = []
    front: dict[str, object] = {}
    front_lines: dict[str, int] = {}
    body, body_line = text, 1
    sizes = () if made else page_faults(text)
    if faults := [Problem(Location(path, line), message, unread=True) for line, message in sizes]:
        return parse_document(_STUB, path, uri)[0], faults
    if match := _FRONT.match(text):
        body, body_line = text[match.end() :], text.count("\n", 0, match.end()) + 1
        tree, found = parse_yaml(f"\n{match[1]}", path)  # an empty line in the place of '---' keeps the line numbers
        problems += [replace(p, message=f"front matter: {p.message}") for p in found]
        if tree is not None and isinstance(tree.data, dict):
            front = tree.data
            front_lines = {str(key): tree.where((key,)).line for key in front}
        elif tree is not None and tree.data is not None:
            message = "front matter must be 'name: value' lines between two lines of '---'"
            problems.append(Problem(Location(path, 1), message, unread=True))
    elif text.startswith("---"):
        message = "front matter is never closed; end it with a line of '---'"
        problems.append(Problem(Location(path, 1), message, unread=True))
    page_marks = Marks(_words(front.get("themes")), _words(front.get("nations")))
    parts = parse_parts(body)
    voice = front.get("voice")
    sections, found = _sections(parts, body_line, path, page_marks, voice if voice in VOICES else "")
    for slip in parts.slips_of("code"):
        line = body_line + body.count("\n", 0, slip.start)
        found.append(Problem(Location(path, line), slip.message, unread=True))  # all that follows has become code
    where = Location(path, 1)
    document = Document(uri, where, front, parts, body_line, page_marks, tuple(sections), front_lines)
    return document, problems + found


def _words(value: object) -> tuple[str, ...]:
    return tuple(str(word) for word in value) if isinstance(value, list) else tuple(str(value).split()) if value else ()


def _sections(
    parts: Parts, body_line: int, path: str, page_marks: Marks, page_voice: str
) -> tuple[list[Section], list[Problem]]:
    problems: list[Problem] = []
    sections: list[Section] = []
    spoken = Marks((), page_marks.nations) if page_voice else page_marks
    current = Section(0, "", "", Marks(), spoken, page_voice, body_line, Parts(""), Parts(""), body_line)
    above = [current]
    start = offset = 0
    before = ""
    for number, line in enumerate(StringIO(parts.text), body_line):
        shown = line[0] in "#=-" and not parts.in_code(offset) and not parts.in_comment(offset)
        match = HEADING.match(line.rstrip("\n")) if shown else None
        if match:
            sections.append(replace(current, parts=parts.cut(start, offset)))
            attributes, found = _heading_attributes(match[3] or "", Location(path, number))
            problems += found
            level = len(match[1])
            above = [section for section in above if section.level < level]
            own = Marks(_words(attributes.get("data-themes")), _words(attributes.get("data-nations")))
            marks = own.below(above[-1].marks)
            voice = attributes.get("data-voice", above[-1].voice)
            spoken = Marks((), marks.nations) if voice else marks
            title, name = match[2].strip(), attributes.get("id", "")
            start = offset + len(line)
            heading = parts.cut(offset, start)
            current = Section(level, title, name, own, spoken, voice, number, heading, Parts(""), number + 1)
            above.append(current)
        elif shown:
            problems += _nearly_heading(before, line, path, number)
        offset += len(line)
        before = line
    return [*sections, replace(current, parts=parts.cut(start, len(parts.text)))], problems


def _nearly_heading(before: str, line: str, path: str, number: int) -> Iterator[Problem]:
    """What is wrong with a `line` that some Markdown dialects take for a heading, or for the underline of one (`before` is the line above)."""
    above = before.strip()
    if re.match(r"#{1,6}\s*$", line):
        yield Problem(Location(path, number), f"heading {quoted(line.strip())} has no words; add some, or take it out")
    elif re.match(r"#{1,6}[^\s#]", line):
        advice = "lacks a space after its '#'; add one, or write \\# for the character"
        yield Problem(Location(path, number), f"heading {quoted(line.strip())} {advice}")
    elif _UNDERLINE.fullmatch(line) and above and not before.startswith("#") and not above.endswith("-->"):
        advice = "is underlined as a heading; write '## ' before it, or an empty line after it"
        yield Problem(Location(path, number - 1), f"{quoted(above)} {advice}")


def _heading_attributes(text: str, where: Location) -> tuple[dict[str, str], list[Problem]]:
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
            if NONE[0] in (names := attributes[name].split()) and len(names) > 1 and name in DATA_MARKS:
                problems.append(
                    Problem(where, f"'{name}' says '{NONE[0]}' beside others; let it stand alone, or take it out")
                )
            if name == "data-voice" and attributes[name] not in VOICES:
                problems.append(Problem(where, f"data-voice is {quoted(attributes[name])}; it is members or editors"))
        elif sign == "#":
            attributes["id"] = word
        elif not sign and rest:
            advice = 'write { #id data-themes="one two" }'
            problems.append(Problem(where, f"in the heading's braces, {quoted(rest)} cannot be read; {advice}"))
    return attributes, problems
