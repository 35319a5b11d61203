"""A paper's Markdown as plain data for the template that sets it: blocks with a kind each, and runs of text within them.

What comes out is JSON: lists, strings and numbers, in which no character has a meaning of its own.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from xml.etree.ElementTree import Element

from evidence.output import drawings, html_tree
from evidence.text.addresses import page_address

Node = dict[str, Any]
Run = str | Node

_INLINE = {
    *("a", "abbr", "b", "br", "cite", "code", "del", "em", "i", "kbd", "mark", "q", "s", "samp", "small", "span"),
    *("strong", "sub", "sup", "time", "u", "var", "wbr", "label", "dfn"),
}


def nodes(markdown: str, uri: str = "", site_address: str = "") -> list[Node]:
    """The blocks of the paper at `uri`. Drawings are SVG text with their text alternative; '' marks one that only decorates.

    Links to other pages of the site get their full address where the site has one, else they are plain words.
    """
    return _Reader(uri, site_address).blocks(html_tree.children(html_tree.html_tree(markdown)))


def words(value: Any) -> Iterator[str]:
    """All texts of blocks or runs in their order: the words in lists, since those beside a name say how and where."""
    for item in value.values() if isinstance(value, dict) else value:
        if isinstance(item, dict | list):
            yield from words(item)
        elif isinstance(value, list):
            yield item


@dataclass(frozen=True, slots=True)
class _Reader:
    uri: str
    site_address: str

    def blocks(self, parts: Iterable[Element | str]) -> list[Node]:
        """Blocks; words between them become paragraphs of their own."""
        found: list[Node] = []
        for is_inline, group in groupby(parts, lambda part: isinstance(part, str) or part.tag in _INLINE):
            run = list(group)
            if not is_inline:
                found += [block for part in run if isinstance(part, Element) for block in self.block(part)]
            elif runs := self.runs(run):
                found.append({"kind": "paragraph", "body": runs})
        return found

    def block(self, element: Element) -> list[Node]:
        """What one element is on paper: by its class, else by its name, else what is inside it."""
        for css, of_class in _BY_CLASS.items():
            if css in html_tree.classes(element):
                return of_class(self, element)
        by_name = _BY_NAME.get(element.tag)
        return by_name(self, element) if by_name else self.blocks(html_tree.children(element))

    def lines(self, element: Element) -> list[Node]:
        return [{"kind": "lines", "count": _number(element, "data-lines")}]

    def heading(self, element: Element) -> list[Node]:
        place = {"level": int(element.tag[1]), "new_page": "new-page" in html_tree.classes(element)}
        return [{"kind": "heading", **place, "body": self.runs(html_tree.children(element))}]

    def paragraph(self, element: Element) -> list[Node]:
        runs = self.runs(html_tree.children(element))
        if not runs:  # there may be drawings alone
            return [_drawing(svg) for svg in element.findall(html_tree.SVG)]
        return [{"kind": "paragraph", "body": runs}]

    def note(self, element: Element) -> list[Node]:
        title = [run for child in element if _is_title(child) for run in self.runs(html_tree.children(child))]
        rest = [child for child in element if not _is_title(child)]
        return [{"kind": "note", "title": title, "body": self.blocks(rest)}]

    def items(self, element: Element) -> list[Node]:
        items = [self.blocks(html_tree.children(item)) for item in element.findall("li")]
        start = _number(element, "start")
        return [{"kind": "list", "ordered": element.tag == "ol", "start": start, "items": items}]

    def table(self, element: Element) -> list[Node]:
        caption = next((self.runs(html_tree.children(caption)) for caption in element.iter("caption")), [])
        rows = [[self.runs(html_tree.children(cell)) for cell in row] for row in element.iter("tr")]
        heads = 1 if rows and element.find(".//thead") is not None else 0
        return [{"kind": "table", "caption": caption, "head": rows[0] if heads else [], "rows": rows[heads:]}]

    def card(self, element: Element) -> list[Node]:
        """A drawing and words that belong beside it: a card, or a picture in the easier version."""
        shown = next((_drawing(svg) for svg in element.iter(html_tree.SVG)), None)
        rest = [block for block in self.blocks(html_tree.children(element)) if block["kind"] != "drawing"]
        if "card" in html_tree.classes(element):
            return [{"kind": "card", "drawing": shown, "body": rest}]
        return [{"kind": "beside", "drawing": shown, "body": rest}] if shown else rest

    def runs(self, parts: Iterable[Element | str]) -> list[Run]:
        """Text within a block: white space as one space, none at its ends."""
        found: list[Run] = []
        for run in self._inline(parts):
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

    def _inline(self, parts: Iterable[Element | str]) -> Iterator[Run]:
        for child in parts:
            if isinstance(child, str):
                yield re.sub(r"[ \t\n\r]+", " ", child)
            elif child.tag == "br":
                yield {"kind": "break"}
            elif child.tag in ("strong", "b", "th"):
                yield {"kind": "strong", "body": list(self._inline(html_tree.children(child)))}
            elif child.tag == "a" and (url := self.address(child.get("href", ""))):
                yield {"kind": "link", "url": url, "body": list(self._inline(html_tree.children(child)))}
            elif child.tag == "code":
                yield {"kind": "literal", "text": "".join(child.itertext())}
            elif child.tag == "input":
                yield "☐ "
            elif child.tag != html_tree.SVG:
                yield from self._inline(html_tree.children(child))


def _number(element: Element, name: str) -> int:
    """An attribute that is a number; 1 where it is none."""
    value = element.get(name, "")
    return int(value) if value.isdecimal() else 1


def _is_title(element: Element) -> bool:
    return "admonition-title" in html_tree.classes(element)


def _drawing(element: Element) -> Node:
    """A drawing as a file of its own, in black on white; its alternative is its title and description."""
    svg, said = html_tree.drawing(element)
    box = drawings.size(svg)
    alt = "" if element.get("aria-hidden") == "true" else ". ".join(said)
    return {"kind": "drawing", "svg": drawings.for_paper(svg), "alt": alt, "width": box[0] if box else 100.0}


_Make = Callable[[_Reader, Element], list[Node]]
_BY_CLASS: dict[str, _Make] = {
    "note-lines": _Reader.lines,
    "admonition": _Reader.note,
    "card": _Reader.card,
    "easy": _Reader.card,
    "paper-address": lambda reader, element: [{"kind": "address", "body": reader.runs(html_tree.children(element))}],
}
_BY_NAME: dict[str, _Make] = {
    **{f"h{level}": _Reader.heading for level in range(1, 7)},
    "p": _Reader.paragraph,
    "ul": _Reader.items,
    "ol": _Reader.items,
    "table": _Reader.table,
    html_tree.SVG: lambda reader, element: [_drawing(element)],
    "pre": lambda reader, element: [{"kind": "code", "text": "".join(element.itertext()).strip("\n")}],
    "hr": lambda reader, element: [{"kind": "rule"}],
    "blockquote": lambda reader, element: [{"kind": "quote", "body": reader.blocks(html_tree.children(element))}],
}


def _trimmed(runs: list[Run]) -> list[Run]:
    if runs and isinstance(runs[0], str):
        runs[0] = runs[0].lstrip(" ")
    if runs and isinstance(runs[-1], str):
        runs[-1] = runs[-1].rstrip(" ")
    return [run for run in runs if run != ""]
