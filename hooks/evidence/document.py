"""A Markdown page as the engine sees it: front matter, headings with their marks, citations, markers; and what is code and stays as it is.

Citations follow pandoc's syntax (Pandoc User's Guide, "Citation syntax"), in square brackets only. Headings carry their marks as
attribute lists (Python-Markdown, "Attribute Lists").
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from evidence.model import Problem, Where
from evidence.records import parse_yaml
from evidence.words import did_you_mean, quoted


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
class Marker:
    """`<!-- evidence: name argument ... -->`."""

    name: str
    arguments: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the text up to the next one. The text before the first heading has level 0 and no id.

    `own` are the heading's own marks; `marks` also hold those of the headings above it and of the page.
    """

    level: int
    title: str
    id: str
    own: Marks
    marks: Marks
    line: int
    heading: str
    text: str
    text_line: int


@dataclass(frozen=True, slots=True)
class Document:
    """A hand-written page. `uri` is its path inside docs/, `body` its text without front matter, which begins at line `body_line`."""

    uri: str
    where: Where
    front: Mapping[str, object]
    body: str
    body_line: int
    marks: Marks
    sections: tuple[Section, ...]
    front_lines: Mapping[str, int] = field(default_factory=dict)

    @property
    def title(self) -> str:
        return str(self.front.get("title", ""))


_FENCE = re.compile(r"^[ \t>]*(`{3,}|~{3,})")
_CONTAINER = re.compile(r"^\s*([-*+]\s|\d+[.)]\s|!!!|\?\?\?|===|///|:\s|\[\^)")
_INLINE_CODE = re.compile(r"(?<![\\`])(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.S)
_COMMENT = re.compile(r"<!--(.*?)-->", re.S)
_MARKER = re.compile(r"\s*evidence:\s*([a-z-]+)((?:\s+[\w-]+)*)\s*", re.S)
_BRACKET = re.compile(r"(?<!\\)\[([^\[\]]*@[^\[\]]*)\](?![(\[:])")
_ITEM = re.compile(
    r"(?:(?P<prefix>[^@]*?)\s+)?(?P<minus>-)?@(?P<key>[A-Za-z0-9_](?:[\w:.#$%&+?<>~/-]*[\w])?)(?:\s*,\s*(?P<locator>\S.*))?",
    re.S,
)
_HEADING = re.compile(r"^(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*(?:\{:?([^{}]*)\})?[ \t]*$")
_ATTRIBUTE = re.compile(r"""([\w:-]+)\s*=\s*("[^"]*"|'[^']*'|[^\s"']+)|([#.])([^\s{}#."'=]+)|(\S+)""")
_FRONT = re.compile(r"\A---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S | re.M)


def code_spans(text: str) -> list[tuple[int, int]]:
    """The offsets of all code in `text` (fenced, indented, inline): sorted, not overlapping."""
    spans: list[tuple[int, int]] = []
    fence = ""
    start = offset = 0
    blank, container, code = True, False, False
    for line in text.splitlines(keepends=True):
        match = _FENCE.match(line)
        if fence:
            if match and match[1].startswith(fence) and not line.strip(" \t>").strip("`~\n\r "):
                spans.append((start, offset + len(line)))
                fence = ""
        elif match:
            fence, start = match[1], offset
        elif not line.strip():
            blank = True
        elif line.startswith(("    ", "\t")):
            # Indented text is code after a blank line, unless it belongs to a list item, an admonition or the like above it.
            if not container and (blank or code):
                spans.append((offset, offset + len(line)))
                code = True
            blank = False
        else:
            container = bool(_CONTAINER.match(line)) or (container and not blank)
            blank = code = False
        offset += len(line)
    if fence:
        spans.append((start, offset))
    inline: list[tuple[int, int]] = []
    for begin, end in _gaps(spans, len(text)):
        inline += [
            (begin + m.start(), begin + m.end()) for m in _INLINE_CODE.finditer(text[begin:end]) if "\n\n" not in m[0]
        ]
    return sorted(spans + inline)


def _gaps(spans: list[tuple[int, int]], length: int) -> Iterator[tuple[int, int]]:
    at = 0
    for begin, end in spans:
        if at < begin:
            yield at, begin
        at = end
    if at < length:
        yield at, length


def _inside(spans: list[tuple[int, int]], offset: int) -> bool:
    i = bisect_right(spans, (offset, 1 << 60)) - 1
    return i >= 0 and spans[i][0] <= offset < spans[i][1]


def citations(text: str) -> tuple[list[Citation], list[tuple[int, str]]]:
    """All citations of `text` outside code and comments, in order; and (offset, message) for each bracket that is nearly one."""
    if "@" not in text:
        return [], []
    spans = code_spans(text)
    spans = sorted(spans + [m.span() for m in _COMMENT.finditer(text) if not _inside(spans, m.start())])
    found: list[Citation] = []
    problems: list[tuple[int, str]] = []
    for match in _BRACKET.finditer(text):
        if _inside(spans, match.start()):
            continue
        parts = [part.strip() for part in match[1].split(";")]
        items = [_ITEM.fullmatch(part) for part in parts]
        good = [item for item in items if item]
        if len(good) == len(parts):
            works = tuple(
                CitedItem(m["key"], " ".join((m["locator"] or "").split()), m["prefix"] or "", bool(m["minus"]))
                for m in good
            )
            found.append(Citation(works, match.start(), match.end()))
        elif good or re.match(r"\s*-?@", match[1]):
            bad = next(part for part, item in zip(parts, items, strict=True) if not item)
            problems.append(
                (
                    match.start(),
                    f"{quoted(match[0])} cannot be read as a citation at {quoted(bad)}; write [@key] or [@key, p. 3; @other]",
                )
            )
    return found, problems


def markers(text: str) -> tuple[list[Marker], list[tuple[int, str]]]:
    """All markers of `text` outside code; and (offset, message) for each comment that is nearly a marker."""
    if "<!--" not in text:
        return [], []
    spans = code_spans(text)
    found: list[Marker] = []
    problems: list[tuple[int, str]] = []
    for match in _COMMENT.finditer(text):
        if _inside(spans, match.start()):
            continue
        marker = _MARKER.fullmatch(match[1])
        word = re.match(r"\s*([\w-]+)\s*:?", match[1])
        if marker:
            found.append(Marker(marker[1], tuple(marker[2].split()), match.start(), match.end()))
        elif word and (word[1].lower() == "evidence" or (":" in word[0] and did_you_mean(word[1], ["evidence"]))):
            problems.append(
                (
                    match.start(),
                    f"{quoted(match[0])} is not a marker; write <!-- evidence: name --> with lower-case words",
                )
            )
    return found, problems


def without_comments(text: str) -> str:
    """`text` without its HTML comments, those in code aside: they are for editors."""
    if "<!--" not in text:
        return text
    spans = code_spans(text)
    return _COMMENT.sub(lambda m: m[0] if _inside(spans, m.start()) else "", text)


def parse_document(text: str, path: str, uri: str) -> tuple[Document, list[Problem]]:
    """A page from its text; `path` names the file in problems, `uri` is its address inside docs/."""
    problems: list[Problem] = []
    front: dict[str, object] = {}
    front_lines: dict[str, int] = {}
    body, body_line = text, 1
    if match := _FRONT.match(text):
        body, body_line = text[match.end() :], text.count("\n", 0, match.end()) + 1
        tree, found = parse_yaml(match[1], path)
        problems += [Problem(Where(path, p.where.line + 1), f"front matter: {p.message}") for p in found]
        if tree is not None and isinstance(tree.data, dict):
            front = tree.data
            front_lines = {str(key): tree.line((key,)) + 1 for key in front}
        elif tree is not None and tree.data is not None:
            problems.append(
                Problem(Where(path, 1), "front matter must be 'name: value' lines between two lines of '---'")
            )
    elif text.startswith("---"):
        problems.append(Problem(Where(path, 1), "front matter is never closed; end it with a line of '---'"))
    page_marks = Marks(_words(front.get("themes")), _words(front.get("nations")))
    sections, found = _sections(body, body_line, path, page_marks)
    return Document(
        uri, Where(path, 1), front, body, body_line, page_marks, tuple(sections), front_lines
    ), problems + found


def _words(value: object) -> tuple[str, ...]:
    return tuple(str(word) for word in value) if isinstance(value, list) else tuple(str(value).split()) if value else ()


def _sections(body: str, body_line: int, path: str, page_marks: Marks) -> tuple[list[Section], list[Problem]]:
    problems: list[Problem] = []
    sections: list[Section] = []
    spans = code_spans(body)
    above: list[tuple[int, Marks]] = []
    current: tuple[int, str, str, Marks, Marks, int, str] = (0, "", "", Marks(), page_marks, body_line, "")
    start, start_line = 0, body_line
    offset = 0
    for number, line in enumerate(body.splitlines(keepends=True), body_line):
        match = _HEADING.match(line.rstrip("\r\n")) if line.startswith("#") and not _inside(spans, offset) else None
        if match:
            sections.append(Section(*current, body[start:offset], start_line))
            attributes, found = _attributes(match[3] or "", Where(path, number))
            problems += found
            level = len(match[1])
            above = [pair for pair in above if pair[0] < level]
            own = Marks(_words(attributes.get("data-themes")), _words(attributes.get("data-nations")))
            marks = (above[-1][1] if above else page_marks) | own
            above.append((level, marks))
            current = (level, match[2].strip(), attributes.get("id", ""), own, marks, number, line)
            start, start_line = offset + len(line), number + 1
        offset += len(line)
    sections.append(Section(*current, body[start:], start_line))
    return sections, problems


_KNOWN_DATA = ("data-themes", "data-nations")


def _attributes(text: str, where: Where) -> tuple[dict[str, str], list[Problem]]:
    attributes: dict[str, str] = {}
    problems: list[Problem] = []
    for name, value, sign, word, rest in _ATTRIBUTE.findall(text):
        if name:
            if name.startswith("data-") and name not in _KNOWN_DATA and did_you_mean(name, _KNOWN_DATA):
                problems.append(
                    Problem(where, f"heading attribute '{name}' is unknown{did_you_mean(name, _KNOWN_DATA)}")
                )
            attributes[name] = value.strip("\"'")
            if name in _KNOWN_DATA and not attributes[name].split():
                problems.append(Problem(where, f"'{name}' is empty: name at least one, or leave the attribute out"))
        elif sign == "#":
            attributes["id"] = word
        elif not sign and rest:
            problems.append(
                Problem(
                    where, f'heading attributes: {quoted(rest)} cannot be read; write {{ #id data-themes="one two" }}'
                )
            )
    return attributes, problems
