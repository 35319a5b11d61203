"""A paper's Markdown as plain data for the template that sets it: blocks with a kind each, and runs of text within them.

What comes out is JSON: lists, strings and numbers, in which no character has a meaning of its own.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any
from xml.etree.ElementTree import Element

from evidence.output import drawings, html_tree, markdown
from evidence.text.addresses import page_address

Node = dict[str, Any]
Run = str | Node
_KINDS = {"strong": "strong", "b": "strong", "th": "strong", "sub": "sub", "sup": "super"}


def nodes(text: str, uri: str = "", site_address: str = "") -> list[Node]:
    """The blocks of the paper at `uri`. Drawings are SVG text with their text alternative; '' marks one that only decorates.

    Links to other pages of the site get their full address where the site has one, else they are plain words.
    """
    return _Reader(uri, site_address).blocks(html_tree.children(html_tree.html_tree(text)))


def words(value: Any) -> Iterator[str]:
    """All texts of blocks or runs in their order: the words in lists, since those beside a name say how and where."""
    for item in value.values() if isinstance(value, dict) else value:
        if isinstance(item, dict | list):
            yield from words(item)
        elif isinstance(value, list):
            yield item


@dataclass(frozen=True, slots=True)
class _Reader:
    """`lang` and `way` are the language and the direction of the elements around, '' for those of the paper."""

    uri: str
    site_address: str
    lang: str = ""
    way: str = ""

    def within(self, element: Element) -> _Reader:
        """A reader for what is in an element."""
        lang, way = html_tree.language(element) or self.lang, html_tree.way(element) or self.way
        return self if (lang, way) == (self.lang, self.way) else replace(self, lang=lang, way=way)

    def blocks(self, parts: Iterable[Element | str]) -> list[Node]:
        """Blocks; words between them become paragraphs of their own."""
        found: list[Node] = []
        for is_inline, group in groupby(parts, lambda part: isinstance(part, str) or part.tag in html_tree.INLINE):
            run = list(group)
            if not is_inline:
                for part in (part for part in run if isinstance(part, Element)):
                    reader = self.within(part)
                    side = {"way": reader.way} if reader.way != self.way else {}
                    found += [side | block for block in reader.block(part)]
            elif runs := self.runs(run):
                found.append({"kind": "paragraph", "body": runs})
        return found

    def block(self, element: Element) -> Iterator[Node]:
        """What one element is on paper: by its class, else by its name, else what is inside it."""
        named, inside = html_tree.classes(element), html_tree.children(element)
        if "note-lines" in named:
            yield {"kind": "lines", "count": _number(element, "data-lines")}
        elif "admonition" in named:
            yield self.note(element)
        elif "card" in named or "easy" in named:
            yield from self.beside(element)
        elif "paper-address" in named:
            yield {"kind": "address", "body": self.runs(inside)}
        else:
            yield from self.by_name(element, inside)

    def by_name(self, element: Element, inside: list[Element | str]) -> Iterator[Node]:
        match element.tag:
            case "p":
                if runs := self.runs(inside):
                    yield {"kind": "paragraph", "body": runs}
                else:  # there may be drawings alone
                    yield from map(_drawing, element.findall(html_tree.SVG))
            case "h1" | "h2" | "h3" | "h4" | "h5" | "h6" as tag:
                place = {"level": int(tag[1]), "new_page": "new-page" in html_tree.classes(element)}
                yield {"kind": "heading", **place, "body": self.runs(inside)}
            case "ul" | "ol" as tag:
                items = [self.within(item).blocks(html_tree.children(item)) for item in element.findall("li")]
                yield {"kind": "list", "ordered": tag == "ol", "start": _number(element, "start"), "items": items}
            case "table":
                yield self.table(element)
            case html_tree.SVG:
                yield _drawing(element)
            case "pre":
                yield {"kind": "code", "text": "".join(element.itertext()).strip("\n")}
            case "hr":
                yield {"kind": "rule"}
            case "blockquote":
                yield {"kind": "quote", "body": self.blocks(inside)}
            case _:
                yield from self.blocks(inside)

    def note(self, element: Element) -> Node:
        title = [run for child in element if _is_title(child) for run in self.line(child)]
        rest = [child for child in element if not _is_title(child)]
        return {"kind": "note", "title": title, "body": self.blocks(rest)}

    def table(self, element: Element) -> Node:
        caption = next((self.line(caption) for caption in element.iter("caption")), [])
        rows = [[self.within(row).line(cell) for cell in row] for row in element.iter("tr")]
        heads = 1 if rows and element.find(".//thead") is not None else 0
        return {"kind": "table", "caption": caption, "head": rows[0] if heads else [], "rows": rows[heads:]}

    def beside(self, element: Element) -> list[Node]:
        """A drawing and words that belong beside it: a card, or a picture in the easier version."""
        shown = next((_drawing(svg) for svg in element.iter(html_tree.SVG)), None)
        rest = [block for block in self.blocks(html_tree.children(element)) if block["kind"] != "drawing"]
        if "card" in html_tree.classes(element):
            return [{"kind": "card", "drawing": shown, "body": rest}]
        return [{"kind": "beside", "drawing": shown, "body": rest}] if shown else rest

    def line(self, element: Element) -> list[Run]:
        """The text in an element."""
        return self.within(element).runs(html_tree.children(element))

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
        if found and isinstance(found[0], str):
            found[0] = found[0].lstrip(" ")
        if found and isinstance(found[-1], str):
            found[-1] = found[-1].rstrip(" ")
        found = [run for run in found if run != ""]
        return [_in_language(self.lang, found)] if self.lang and found else found

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
            elif child.tag == "code":
                yield {"kind": "literal", "text": "".join(child.itertext())}
            elif child.tag == "input":
                yield "☐ "
            elif child.tag != html_tree.SVG:
                inside = list(self._inline(html_tree.children(child)))
                if lang := html_tree.language(child):
                    inside = [_in_language(lang, inside)]
                kind = "framed" if markdown.STANDING in html_tree.classes(child) else _KINDS.get(child.tag)
                if kind:
                    yield {"kind": kind, "body": inside}
                elif child.tag == "a" and (url := self.address(child.get("href", ""))):
                    yield {"kind": "link", "url": url, "body": inside}
                else:
                    yield from inside


def _in_language(tag: str, body: list[Run]) -> Node:
    """Runs in a language, which Typst knows by its code and that of a country."""
    language, *more = tag.split("-")
    region = next((part.upper() for part in more if re.fullmatch("[A-Za-z]{2}", part)), "")
    return {"kind": "language", "language": language.lower(), "region": region, "body": body}


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
