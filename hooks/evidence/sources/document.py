"""A Markdown page -> its front matter, and its sections below headings with their marks (Python-Markdown, "Attribute Lists")."""

from __future__ import annotations

import re
from dataclasses import replace
from io import StringIO

from evidence.model.base import Location, Problem
from evidence.model.document import HEADING, Document, Marks, Section
from evidence.model.parts import Parts
from evidence.sources.headings import heading_attributes, nearly_heading
from evidence.sources.parts import parse_parts
from evidence.sources.records import parse_yaml
from evidence.text.limits import page_faults

# Stands for a page that is too large to be read, so that only this is told of it.
_STUB = "---\ntitle: Too large\ndescription: Too large.\n---\n\n# Too large\n"
_FRONT = re.compile(r"\A---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S | re.M)


def parse_document(text: str, path: str, uri: str) -> tuple[Document, list[Problem]]:
    """A page from its text; `path` names the file in problems, `uri` is its address inside docs/."""
    problems: list[Problem] = []
    front: dict[str, object] = {}
    front_lines: dict[str, int] = {}
    body, body_line = text, 1
    if faults := [Problem(Location(path, line), message) for line, message in page_faults(text)]:
        return parse_document(_STUB, path, uri)[0], faults
    if match := _FRONT.match(text):
        body, body_line = text[match.end() :], text.count("\n", 0, match.end()) + 1
        tree, found = parse_yaml(f"\n{match[1]}", path)  # an empty line in the place of '---' keeps the line numbers
        problems += [Problem(p.where, f"front matter: {p.message}") for p in found]
        if tree is not None and isinstance(tree.data, dict):
            front = tree.data
            front_lines = {str(key): tree.line((key,)) for key in front}
        elif tree is not None and tree.data is not None:
            problems.append(
                Problem(Location(path, 1), "front matter must be 'name: value' lines between two lines of '---'")
            )
    elif text.startswith("---"):
        problems.append(Problem(Location(path, 1), "front matter is never closed; end it with a line of '---'"))
    page_marks = Marks(_words(front.get("themes")), _words(front.get("nations")))
    parts = parse_parts(body)
    sections, found = _sections(parts, body_line, path, page_marks)
    for slip in parts.slips_of("code"):
        found.append(Problem(Location(path, body_line + body.count("\n", 0, slip.start)), slip.message))
    return Document(
        uri, Location(path, 1), front, parts, body_line, page_marks, tuple(sections), front_lines
    ), problems + found


def _words(value: object) -> tuple[str, ...]:
    return tuple(str(word) for word in value) if isinstance(value, list) else tuple(str(value).split()) if value else ()


def _sections(parts: Parts, body_line: int, path: str, page_marks: Marks) -> tuple[list[Section], list[Problem]]:
    problems: list[Problem] = []
    sections: list[Section] = []
    current = Section(0, "", "", Marks(), page_marks, "", body_line, Parts(""), Parts(""), body_line)
    above = [current]
    start = offset = 0
    before = ""
    for number, line in enumerate(StringIO(parts.text), body_line):
        shown = line[0] in "#=-" and not parts.in_code(offset) and not parts.in_comment(offset)
        match = HEADING.match(line.rstrip("\n")) if shown else None
        if match:
            sections.append(replace(current, parts=parts.cut(start, offset)))
            attributes, found = heading_attributes(match[3] or "", Location(path, number))
            problems += found
            level = len(match[1])
            above = [section for section in above if section.level < level]
            own = Marks(_words(attributes.get("data-themes")), _words(attributes.get("data-nations")))
            marks = above[-1].marks | own
            voice = attributes.get("data-voice", above[-1].voice)
            spoken = Marks((), marks.nations) if voice else marks
            title, name = match[2].strip(), attributes.get("id", "")
            start = offset + len(line)
            heading = parts.cut(offset, start)
            current = Section(level, title, name, own, spoken, voice, number, heading, Parts(""), number + 1)
            above.append(current)
        elif shown:
            problems += nearly_heading(before, line, path, number)
        offset += len(line)
        before = line
    return [*sections, replace(current, parts=parts.cut(start, len(parts.text)))], problems
