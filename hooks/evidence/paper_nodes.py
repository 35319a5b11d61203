"""A paper's Markdown as plain data for the template that sets it: blocks with a kind each, and runs of text within them.

The Markdown goes through the extensions that the site has, so that paper and page say the same. What comes out is JSON: lists, strings and
numbers, in which no character has a meaning of its own.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from markdown import Markdown

from evidence.note_lines import NoteLines
from evidence.questions import page_address
from evidence.real_tables import RealTables

# Those of mkdocs.yml; a test compares the two.
EXTENSIONS = ("admonition", "attr_list", "md_in_html", "tables", "toc", "sane_lists", "pymdownx.superfences")
Node = dict[str, Any]
Run = str | Node

_VOID = {"br", "hr", "img", "input", "wbr", "meta", "link", "col"}
_INLINE = {
    *("a", "abbr", "b", "br", "cite", "code", "del", "em", "i", "kbd", "mark", "q", "s", "samp", "small", "span"),
    *("strong", "sub", "sup", "time", "u", "var", "wbr", "label", "dfn"),
}
_SVG = re.compile(r"<svg\b.*?</svg>", re.S)
# Fills that the site's style sheet gives to the parts of drawings; on paper they are white, because grey copies badly.
_FILLED = re.compile(r'\sclass="(?:fill-\d|paper)"')
_FONT = "Source Sans Pro"


@dataclass(slots=True)
class Element:
    """An element of HTML; `children` are elements and texts in order."""

    tag: str
    attributes: dict[str, str]
    children: list[Element | str] = field(default_factory=list)

    def has(self, css: str) -> bool:
        """Whether the element is of that class."""
        return css in self.attributes.get("class", "").split()

    def find(self, tag: str) -> Iterator[Element]:
        """The elements of that name inside, at any depth."""
        for child in self.children:
            if isinstance(child, Element):
                if child.tag == tag:
                    yield child
                yield from child.find(tag)

    def text(self) -> str:
        """All words inside."""
        return "".join(child if isinstance(child, str) else child.text() for child in self.children)


class _Builder(HTMLParser):
    """HTML text -> a tree. End tags that are left out or that close nothing do no harm."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.stack = [Element("body", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.stack[-1].children.append(element)
        if tag not in _VOID:
            self.stack.append(element)

    def handle_endtag(self, tag: str) -> None:
        if tag in {element.tag for element in self.stack[1:]}:
            while self.stack.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        self.stack[-1].children.append(data)


def nodes(markdown: str, uri: str = "", site_address: str = "") -> list[Node]:
    """The blocks of the paper at `uri`. Drawings are SVG text with their text alternative; '' marks one that only decorates.

    Links to other pages of the site get their full address where the site has one, else they are plain words.
    """
    converter = Markdown(extensions=[*EXTENSIONS, RealTables(), NoteLines()])
    drawings: list[str] = []

    def keep(match: re.Match[str]) -> str:
        drawings.append(match[0])
        return f'<svg data-number="{len(drawings) - 1}"></svg>'

    builder = _Builder()
    builder.feed(_SVG.sub(keep, converter.convert(markdown)))
    builder.close()
    return _Reader(drawings, uri, site_address).blocks(builder.stack[0].children)


def words(blocks: Iterable[Node]) -> Iterator[str]:
    """All texts of blocks in their order."""
    for node in blocks:
        for value in node.values():
            yield from _texts(value)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from words([value]) if "kind" in value else ()
    elif isinstance(value, list):
        for item in value:
            if isinstance(item, str):
                yield item
            else:
                yield from _texts(item)


@dataclass(frozen=True, slots=True)
class _Reader:
    drawings: list[str]
    uri: str
    site_address: str

    def blocks(self, children: Iterable[Element | str]) -> list[Node]:
        """Blocks; words between them become paragraphs of their own."""
        found: list[Node] = []
        loose: list[Element | str] = []

        def close() -> None:
            if runs := self.runs(loose):
                found.append({"kind": "paragraph", "body": runs})
            loose.clear()

        for child in children:
            if isinstance(child, str) or child.tag in _INLINE:
                loose.append(child)
            else:
                close()
                found.extend(self.block(child))
        close()
        return found

    def block(self, element: Element) -> list[Node]:
        """What one element is on paper: by its class, else by its name, else what is inside it."""
        for css, of_class in _BY_CLASS.items():
            if element.has(css):
                return of_class(self, element)
        by_name = _BY_NAME.get(element.tag)
        return by_name(self, element) if by_name else self.blocks(element.children)

    def lines(self, element: Element) -> list[Node]:
        count = element.attributes.get("data-lines", "")
        return [{"kind": "lines", "count": int(count) if count.isdecimal() else 1}]

    def heading(self, element: Element) -> list[Node]:
        body = self.runs(element.children)
        return [{"kind": "heading", "level": int(element.tag[1]), "new_page": element.has("new-page"), "body": body}]

    def paragraph(self, element: Element) -> list[Node]:
        inner = [child for child in element.children if not isinstance(child, str) or child.strip()]
        drawings = [child for child in inner if isinstance(child, Element) and child.tag == "svg"]
        if drawings and len(drawings) == len(inner):
            return [self.drawing(drawing) for drawing in drawings]
        runs = self.runs(element.children)
        return [{"kind": "paragraph", "body": runs}] if runs else []

    def note(self, element: Element) -> list[Node]:
        inner = [child for child in element.children if isinstance(child, Element)]
        title = [run for child in inner if child.has("admonition-title") for run in self.runs(child.children)]
        rest = [child for child in inner if not child.has("admonition-title")]
        return [{"kind": "note", "title": title, "body": self.blocks(rest)}]

    def items(self, element: Element) -> list[Node]:
        start = element.attributes.get("start", "1")
        node: Node = {
            "kind": "list",
            "ordered": element.tag == "ol",
            "start": int(start) if start.isdecimal() else 1,
        }
        items = [self.blocks(c.children) for c in element.children if isinstance(c, Element) and c.tag == "li"]
        return [node | {"items": items}]

    def table(self, element: Element) -> list[Node]:
        captions = [self.runs(caption.children) for caption in element.find("caption")]
        rows = [
            [self.runs(cell.children) for cell in row.children if isinstance(cell, Element)]
            for row in element.find("tr")
        ]
        heads = 1 if rows and any(True for _ in element.find("thead")) else 0
        head = rows[0] if heads else []
        return [{"kind": "table", "caption": captions[0] if captions else [], "head": head, "rows": rows[heads:]}]

    def card(self, element: Element) -> list[Node]:
        """A drawing and words that belong beside it: a card, or a picture in the easier version."""
        drawing = next((self.drawing(svg) for svg in element.find("svg")), None)
        rest = [block for block in self.blocks(element.children) if block["kind"] != "drawing"]
        if element.has("card"):
            return [{"kind": "card", "drawing": drawing, "body": rest}]
        return [{"kind": "beside", "drawing": drawing, "body": rest}] if drawing else rest

    def drawing(self, element: Element) -> Node:
        """A drawing as a file of its own, in black on white; its alternative is its description, else its title."""
        number = element.attributes.get("data-number", "")
        svg = self.drawings[int(number)] if number else "<svg xmlns='http://www.w3.org/2000/svg'/>"
        said = {m[1]: m[2] for m in re.finditer(r"<(title|desc)\b[^>]*>(.*?)</\1>", svg, re.S)}
        alt = "" if 'aria-hidden="true"' in svg[: svg.find(">")] else ". ".join(said.values())
        svg = re.sub(r"<(title|desc)\b[^>]*>.*?</\1>", "", svg, flags=re.S)
        svg = _FILLED.sub(' fill="#ffffff"', svg)
        own = "" if "xmlns=" in svg[: svg.find(">")] else ' xmlns="http://www.w3.org/2000/svg"'
        svg = svg.replace("<svg", f'<svg{own} color="#000000" font-family="{_FONT}"', 1)
        box = re.search(r'viewBox="[\d.-]+ [\d.-]+ ([\d.]+) ([\d.]+)"', svg)
        wide = float(box[1]) if box else 100.0
        builder = _Builder()
        builder.feed(alt)
        return {"kind": "drawing", "svg": svg, "alt": builder.stack[0].text(), "width": wide}

    def runs(self, children: Iterable[Element | str]) -> list[Run]:
        """Text within a block: white space as one space, none at its ends."""
        found: list[Run] = []
        for run in self._inline(children):
            before = found[-1] if found else ""
            if isinstance(run, str) and isinstance(before, str) and found:
                found[-1] = re.sub(" {2,}", " ", before + run)
            elif isinstance(run, str) and not isinstance(before, str) and before["kind"] == "break":
                found.append(run.lstrip(" "))
            else:
                found.append(run)
        return _trimmed(found)

    def address(self, target: str) -> str:
        """Where a link leads for someone who has only the paper; '' for nowhere."""
        if re.match("(?:https?|mailto|tel):", target):
            return target
        path, mark, fragment = target.partition("#")
        if not self.site_address or not path.endswith(".md"):
            return ""
        there = posixpath.normpath(posixpath.join(posixpath.dirname(self.uri), path))
        return page_address(there, self.site_address) + mark + fragment

    def _inline(self, children: Iterable[Element | str]) -> Iterator[Run]:
        for child in children:
            if isinstance(child, str):
                yield re.sub(r"[ \t\n\r]+", " ", child)
            elif child.tag == "br":
                yield {"kind": "break"}
            elif child.tag in ("strong", "b", "th"):
                yield {"kind": "strong", "body": list(self._inline(child.children))}
            elif child.tag == "a" and (url := self.address(child.attributes.get("href", ""))):
                yield {"kind": "link", "url": url, "body": list(self._inline(child.children))}
            elif child.tag == "code":
                yield {"kind": "literal", "text": child.text()}
            elif child.tag == "input":
                yield "☐ "
            elif child.tag != "svg":
                yield from self._inline(child.children)


_Make = Callable[[_Reader, Element], list[Node]]
_BY_CLASS: dict[str, _Make] = {
    "note-lines": _Reader.lines,
    "admonition": _Reader.note,
    "card": _Reader.card,
    "easy": _Reader.card,
    "paper-address": lambda reader, element: [{"kind": "address", "body": reader.runs(element.children)}],
}
_BY_NAME: dict[str, _Make] = {
    **{f"h{level}": _Reader.heading for level in range(1, 7)},
    "p": _Reader.paragraph,
    "ul": _Reader.items,
    "ol": _Reader.items,
    "table": _Reader.table,
    "svg": lambda reader, element: [reader.drawing(element)],
    "pre": lambda reader, element: [{"kind": "code", "text": element.text().strip("\n")}],
    "hr": lambda reader, element: [{"kind": "rule"}],
    "blockquote": lambda reader, element: [{"kind": "quote", "body": reader.blocks(element.children)}],
}


def _trimmed(runs: list[Run]) -> list[Run]:
    if runs and isinstance(runs[0], str):
        runs[0] = runs[0].lstrip(" ")
    if runs and isinstance(runs[-1], str):
        runs[-1] = runs[-1].rstrip(" ")
    return [run for run in runs if run != ""]
