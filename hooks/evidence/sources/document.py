"""A Markdown page as the engine sees it: front matter, headings with their marks, citations, markers; and what is code and stays as it is.

Citations follow pandoc's syntax (Pandoc User's Guide, "Citation syntax"), in square brackets only. Headings carry their marks as
attribute lists (Python-Markdown, "Attribute Lists").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from io import StringIO

from evidence.model.base import Location, Problem
from evidence.sources.headings import HEADING, heading_attributes, nearly_heading
from evidence.sources.records import parse_yaml
from evidence.text.limits import page_faults
from evidence.text.spans import code_blocks, code_spans, comments, hidden_spans, inside
from evidence.text.words import did_you_mean, quoted

__all__ = [
    "UNCITED",
    "Citation",
    "CitedItem",
    "Directive",
    "Document",
    "Marks",
    "Section",
    "citations",
    "code_spans",
    "directives",
    "parse_document",
    "without_comments",
]


@dataclass(frozen=True, slots=True)
class Marks:
    """What a passage is about."""

    themes: tuple[str, ...] = ()
    nations: tuple[str, ...] = ()

    def __or__(self, other: Marks) -> Marks:
        return Marks(
            tuple(dict.fromkeys(self.themes + other.themes)), tuple(dict.fromkeys(self.nations + other.nations))
        )

    def __bool__(self) -> bool:
        return bool(self.themes or self.nations)


@dataclass(frozen=True, slots=True)
class CitedItem:
    """One work in a citation: `[see -@key, p. 3]` has prefix 'see', a suppressed author, and the locator 'p. 3'."""

    key: str
    locator: str = ""
    prefix: str = ""
    suppress_author: bool = False


@dataclass(frozen=True, slots=True)
class Citation:
    """A bracket with one or more works. `start` and `end` are offsets into the text that was searched."""

    items: tuple[CitedItem, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Directive:
    """`<!-- evidence: name argument ... -->`."""

    name: str
    arguments: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the text up to the next one. The text before the first heading has level 0 and no id.

    `own` are the heading's own marks; `marks` also hold those of the headings above it and of the page. `voice` is that of the
    heading or of one above it, '' for the review; what others say has nations, but no theme is spoken of by the review in it.
    """

    level: int
    title: str
    id: str
    own: Marks
    marks: Marks
    voice: str
    line: int
    heading: str
    text: str
    text_line: int


@dataclass(frozen=True, slots=True)
class Document:
    """A hand-written page. `uri` is its path inside docs/, `body` its text without front matter, which begins at line `body_line`."""

    uri: str
    where: Location
    front: Mapping[str, object]
    body: str
    body_line: int
    marks: Marks
    sections: tuple[Section, ...]
    front_lines: Mapping[str, int] = field(default_factory=dict)

    @property
    def title(self) -> str:
        return str(self.front.get("title", ""))

    def directives(self, *names: str) -> Iterator[Directive]:
        """The markers of these names in all sections of the page, in order."""
        return (found for section in self.sections for found in directives(section.text)[0] if found.name in names)


def page_with(documents: Iterable[Document], name: str, argument: str) -> str:
    """The source address of the first page with the marker `name` and just this argument; '' where there is none."""
    pages = (d.uri for d in documents if any(found.arguments == (argument,) for found in d.directives(name)))
    return next(pages, "")


UNCITED = "uncited"  # the marker that stays in its sentence
_DIRECTIVE = re.compile(r"\s*evidence:\s*([a-z-]+)((?:\s+[\w-]+)*)\s*", re.S)
_BRACKET = re.compile(r"(?<!\\)\[([^\[\]]*@[^\[\]]*)\](?!\((?:https?:|mailto:))")
_NEARLY_CITED = re.compile(r"(?:^|[\s;])-?@\w")
_ITEM = re.compile(
    r"(?:(?P<prefix>[^@]*?)\s+)?(?P<minus>-)?@(?P<key>[A-Za-z0-9_](?:[\w:.#$%&+?<>~/-]*[\w])?)(?:\s*,\s*(?P<locator>\S.*))?",
    re.S,
)
# Stands for a page that is too large to be read, so that only this is told of it.
_STUB = "---\ntitle: Too large\ndescription: Too large.\n---\n\n# Too large\n"
_FRONT = re.compile(r"\A---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S | re.M)


def citations(text: str) -> tuple[list[Citation], list[tuple[int, str]]]:
    """All citations of `text` outside code and comments, in order; and (offset, message) for each bracket that is nearly one."""
    if "@" not in text:
        return [], []
    spans = hidden_spans(text)
    found: list[Citation] = []
    problems: list[tuple[int, str]] = []
    for match in _BRACKET.finditer(text):
        if inside(spans, match.start()) or not _NEARLY_CITED.search(match[1]):
            continue
        parts = [part.strip() for part in match[1].split(";")]
        items = [_ITEM.fullmatch(part) for part in parts]
        bad = next((part for part, item in zip(parts, items, strict=True) if not item), None)
        after = text[match.end() : match.end() + 1]
        if bad is not None:
            message = f"{quoted(match[0])} cannot be read as a citation at {quoted(bad)}; write [@key] or [@key, p. 3; @other]"
            problems.append((match.start(), message))
        elif after and after in "([":
            message = f"{quoted(match[0])} touches a '{after}', so it reads as a link; put a space between, or write [@key; @other]"
            problems.append((match.start(), message))
        else:
            works = tuple(
                CitedItem(m["key"], " ".join((m["locator"] or "").split()), m["prefix"] or "", bool(m["minus"]))
                for m in items
                if m
            )
            found.append(Citation(works, match.start(), match.end()))
    return found, problems


def directives(text: str) -> tuple[list[Directive], list[tuple[int, str]]]:
    """All markers of `text` outside code; and (offset, message) for each comment that is nearly a marker or never ends."""
    if "<!--" not in text:
        return [], []
    code = code_spans(text)
    found: list[Directive] = []
    problems: list[tuple[int, str]] = []
    end = 0
    for match in comments(text, code):
        end = match.end()
        directive = _DIRECTIVE.fullmatch(match[1])
        word = re.match(r"\s*([\w-]+)\s*:?", match[1])
        if directive:
            found.append(Directive(directive[1], tuple(directive[2].split()), match.start(), match.end()))
        elif "<!--" in match[1]:
            problems.append((match.start(), _never_closed(match[0])))
        elif word and (word[1].lower() == "evidence" or (":" in word[0] and did_you_mean(word[1], ["evidence"]))):
            message = f"{quoted(match[0])} is not a marker; write <!-- evidence: name --> with lower-case words"
            problems.append((match.start(), message))
    opened = next((m.start() for m in re.finditer("<!--", text[end:]) if not inside(code, end + m.start())), None)
    if opened is not None:
        problems.append((end + opened, _never_closed(text[end + opened :])))
    return found, problems


def _never_closed(comment: str) -> str:
    return f"comment {quoted(comment.partition(chr(10))[0])} is never closed; end it with -->"


def without_comments(text: str, uncited: str) -> str:
    """`text` without its HTML comments, which are for editors, those in code aside; `uncited` in the place of that marker."""
    if "<!--" not in text:
        return text
    parts: list[str] = []
    at = 0
    for match in comments(text, code_spans(text)):
        directive = _DIRECTIVE.fullmatch(match[1])
        parts += [text[at : match.start()], uncited if directive and directive[1] == UNCITED else ""]
        at = match.end()
    return "".join([*parts, text[at:]])


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
    sections, found = _sections(body, body_line, path, page_marks)
    _, unclosed = code_blocks(body)
    if unclosed is not None:
        at = Location(path, body_line + body.count("\n", 0, unclosed))
        problems.append(
            Problem(at, "this piece of code is never closed; end it with a line of the same characters (``` or ~~~)")
        )
    return Document(
        uri, Location(path, 1), front, body, body_line, page_marks, tuple(sections), front_lines
    ), problems + found


def _words(value: object) -> tuple[str, ...]:
    return tuple(str(word) for word in value) if isinstance(value, list) else tuple(str(value).split()) if value else ()


def _sections(body: str, body_line: int, path: str, page_marks: Marks) -> tuple[list[Section], list[Problem]]:
    problems: list[Problem] = []
    sections: list[Section] = []
    hidden = hidden_spans(body)
    above: list[tuple[int, Marks, str]] = []
    current: tuple[int, str, str, Marks, Marks, str, int, str] = (0, "", "", Marks(), page_marks, "", body_line, "")
    start, start_line = 0, body_line
    offset = 0
    before = ""
    for number, line in enumerate(StringIO(body), body_line):
        shown = line[0] in "#=-" and not inside(hidden, offset)
        match = HEADING.match(line.rstrip("\n")) if shown else None
        if shown and not match and (slip := nearly_heading(before, line)):
            problems.append(Problem(Location(path, number - slip.lines_above), slip.message))
        if match:
            sections.append(Section(*current, body[start:offset], start_line))
            attributes, found = heading_attributes(match[3] or "", Location(path, number))
            problems += found
            level = len(match[1])
            above = [pair for pair in above if pair[0] < level]
            own = Marks(_words(attributes.get("data-themes")), _words(attributes.get("data-nations")))
            marks = (above[-1][1] if above else page_marks) | own
            voice = attributes.get("data-voice", above[-1][2] if above else "")
            above.append((level, marks, voice))
            spoken = Marks((), marks.nations) if voice else marks
            current = (level, match[2].strip(), attributes.get("id", ""), own, spoken, voice, number, line)
            start, start_line = offset + len(line), number + 1
        offset += len(line)
        before = line
    sections.append(Section(*current, body[start:], start_line))
    return sections, problems
