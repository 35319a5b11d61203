"""A paper's Markdown as plain data that every format of it is made from: blocks with a kind each, and runs of text within them.

What comes out is JSON: lists, strings and numbers, in which no character has a meaning of its own.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby
from typing import Any
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from evidence.output import html_tree, markdown
from evidence.text.addresses import page_address
from evidence.text.direction import direction

Node = dict[str, Any]
Run = str | Node
# No italics: they are hard to read.
_BAR = 10.0  # ems: how long a mark is that takes all the room there is
_KINDS = {"strong": "strong", "b": "strong", "em": "strong", "sub": "sub", "sup": "super"}


def nodes(text: str, uri: str = "", site_address: str = "", *, places: bool = False, way: str = "") -> list[Node]:
    """The blocks of the paper at `uri`. A drawing is SVG with its text alternative, and its `caption` where it has one; `hidden` marks one that only decorates.

    Links to other pages of the site get their full address where the site has one, else they are plain words. A block with `way` runs 'rtl' or
    'ltr', other than what is around it. A `mark` is a small drawing within words, such as one of a picture of data, with its size in ems.
    `way` is that of the whole paper. With `places` every id is kept, for formats in which links lead from one place to another: as `id` of blocks, that of an item
    of a list with its first block, and as runs of the kind `place`. They are kept for the next format of the paper, so nobody may change a block.
    """
    found = _nodes(text, uri, site_address, places)
    return [{"way": way} | block for block in found] if way == "rtl" else list(found)


@lru_cache(maxsize=4)
def _nodes(text: str, uri: str, site_address: str, places: bool) -> list[Node]:
    return _Reader(uri, site_address, places).blocks(html_tree.children(html_tree.html_tree(text)))


def words(value: Any) -> Iterator[str]:
    """All texts of blocks or runs in their order: the words in lists, since those beside a name say how and where."""
    for item in value.values() if isinstance(value, dict) else value:
        if isinstance(item, dict | list):
            yield from words(item)
        elif isinstance(value, list):
            yield item


def said(value: Any, field: str) -> Iterator[str]:
    """What blocks or runs say in a field, such as `id` or `url`, in their order."""
    if isinstance(value, list):
        for item in value:
            yield from said(item, field)
    elif isinstance(value, dict):
        if value.get(field):
            yield value[field]
        for item in value.values():
            yield from said(item, field)


@dataclass(frozen=True, slots=True)
class _Reader:
    """`lang` and `way` are the language and the direction of the elements around, '' for those of the paper."""

    uri: str
    site_address: str
    places: bool = False
    lang: str = ""
    way: str = ""

    def within(self, element: Element) -> _Reader:
        """A reader for what is in an element."""
        lang, way = html_tree.language(element) or self.lang, html_tree.way(element) or self.way
        return self if (lang, way) == (self.lang, self.way) else replace(self, lang=lang, way=way)

    def blocks(self, parts: Iterable[Element | str]) -> list[Node]:
        """Blocks; words between them become paragraphs of their own, which are `bare`."""
        found: list[Node] = []
        for is_inline, group in groupby(parts, _is_inline):
            run = list(group)
            if not is_inline:
                for part in (part for part in run if isinstance(part, Element)):
                    reader = self.within(part)
                    side = {"way": reader.way} if reader.way != self.way else {}
                    found += self.placed(part, [side | block for block in reader.block(part)])
            elif runs := self.runs(run):
                found.append({"kind": "paragraph", "bare": True, "body": runs})
        return found

    def placed(self, element: Element, blocks: list[Node]) -> list[Node]:
        """The blocks of an element, the first with its id."""
        name = element.get("id", "") if self.places else ""
        return [{"id": name} | blocks[0], *blocks[1:]] if name and blocks else blocks

    def block(self, element: Element) -> Iterator[Node]:
        """What one element is on paper: by its class, else by its name, else what is inside it."""
        named, inside = html_tree.classes(element), html_tree.children(element)
        if "note-lines" in named:
            yield {"kind": "lines", "count": _number(element, "data-lines")}
        elif "admonition" in named:
            yield self.note(element)
        elif "editor-note" in named:
            yield self.note(element) | {"id": element.get("id", "")}
        elif "card" in named:
            colour = next((name.removeprefix("card-") for name in named if name.startswith("card-")), "")
            shape = {"colour": colour, "shape": element.get("data-shape", "")}
            yield {"kind": "card", **shape, "body": self.blocks(inside)}
        elif "cards" in named:
            yield {"kind": "cards", "source": element.get("data-source", ""), "body": self.blocks(inside)}
        elif "easy" in named and element.find(f".//{html_tree.SVG}") is not None:
            yield {"kind": "beside", "body": self.blocks(inside)}
        elif "picture" in named or "cover" in named:
            yield {"kind": "cover" if "cover" in named else "picture", "body": self.blocks(inside)}
        elif "picture-title" in named:
            yield {"kind": "paragraph", "leads": True, "body": [{"kind": "strong", "body": self.runs(inside)}]}
        elif "picture-table" in named:
            return  # the picture stands above it, and paper has no room for both
        elif "recording" in named:
            caption = next(element.iter("figcaption"), element)
            yield {"kind": "paragraph", "body": [*self.line(caption), f" {element.get('data-address', '')}"]}
        elif "paper-address" in named:
            yield {"kind": "address", "body": self.runs(inside)}
        else:
            yield from self.by_name(element, inside)

    def by_name(self, element: Element, inside: list[Element | str]) -> Iterator[Node]:
        match element.tag:
            case "p":
                runs = self.runs(inside)
                drawn = [run for run in runs if isinstance(run, dict) and run["kind"] == "drawing"]
                yield from drawn if drawn == runs else [{"kind": "paragraph", "body": runs}]
            case "h1" | "h2" | "h3" | "h4" | "h5" | "h6" as tag:
                named = html_tree.classes(element)
                place = {"level": int(tag[1]), "new_page": "new-page" in named, "one_side": "one-side" in named}
                yield {"kind": "heading", "id": element.get("id", ""), **place, "body": self.runs(inside)}
            case "ul" | "ol" as tag:
                listed = element.findall("li")
                items = [self.placed(item, self.within(item).blocks(html_tree.children(item))) for item in listed]
                yield {"kind": "list", "ordered": tag == "ol", "start": _number(element, "start"), "items": items}
            case "table":
                yield self.table(element)
            case html_tree.SVG:
                yield _drawing(element)
            case "figure" if "drawing" in html_tree.classes(element):
                said = [run for caption in element.iter("figcaption") for run in self.line(caption)]
                drawn = [_drawing(svg) for svg in element.iter(html_tree.SVG)]
                yield from [one | {"caption": said} for one in drawn] if said else drawn
            case "pre":
                yield {"kind": "code", "text": "".join(element.itertext()).strip("\n")}
            case "hr":
                yield {"kind": "rule"}
            case "blockquote":
                yield {"kind": "quote", "body": self.blocks(inside)}
            case "dt":
                yield {"kind": "term", "body": self.runs(inside)}
            case "summary":
                yield {"kind": "paragraph", "body": [{"kind": "strong", "body": self.runs(inside)}]}
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
        return [_spoken(self.lang, self.way, found)] if self.lang and found else found

    def address(self, target: str) -> str:
        """Where a link leads for someone who has only the paper; '' for nowhere."""
        target = target.strip()
        if _leads_somewhere(target):
            return target
        path, mark, fragment = target.partition("#")
        if not self.site_address or not path.endswith(".md"):
            return ""
        there = posixpath.normpath(posixpath.join(posixpath.dirname(self.uri), path))
        return page_address(there, self.site_address) + mark + fragment

    def _inline(self, parts: Iterable[Element | str]) -> Iterator[Run]:
        for part in parts:
            if isinstance(part, str):
                yield re.sub(r"[ \t\n\r]+", " ", part)
            else:
                if self.places and (name := part.get("id")):
                    yield {"kind": "place", "id": name, "body": []}
                yield from self._of_element(part)

    def _of_element(self, child: Element) -> Iterator[Run]:
        if child.tag == "br":
            yield {"kind": "break"}
        elif child.tag == "ul":  # the statements of a cell
            for i, statement in enumerate(child.findall("li")):
                yield from [{"kind": "break"}] if i else []
                yield from self._inside(statement)
        elif child.tag == "input":
            yield "☐ "
        elif child.tag == "img":
            yield child.get("alt", "")
        elif child.tag == html_tree.SVG:
            yield _mark(child) if "mark" in html_tree.classes(child) else _drawing(child)
        elif inside := self._inside(child):
            lang, way = html_tree.language(child), html_tree.way(child)
            inside = [_spoken(lang, way, inside)] if lang or way else inside
            kind = "framed" if markdown.STANDING in html_tree.classes(child) else _KINDS.get(child.tag)
            if kind:
                yield {"kind": kind, "body": inside}
            elif child.tag == "a" and (url := self.address(child.get("href", ""))):
                yield {"kind": "link", "url": url, "body": inside}
            else:
                yield from inside

    def _inside(self, element: Element) -> list[Run]:
        """The runs in an element; code stays as it is."""
        if element.tag == "code":
            return [{"kind": "literal", "text": "".join(element.itertext())}]
        return list(self._inline(html_tree.children(element)))


def _is_inline(part: Element | str) -> bool:
    """Whether a part stands within a line; so does a mark, even where it begins one."""
    return isinstance(part, str) or part.tag in html_tree.INLINE or "mark" in html_tree.classes(part)


def _leads_somewhere(target: str) -> bool:
    """Whether a target is of the web, an e-mail address, a telephone number, or a place in the paper."""
    try:
        parts = urlsplit(target)
    except ValueError:
        return False
    asked = {"http": parts.hostname, "https": parts.hostname, "mailto": "@" in parts.path, "tel": parts.path}
    return bool(asked.get(parts.scheme)) or (target[:1] == "#" and bool(parts.fragment))


def _spoken(lang: str, way: str, body: list[Run]) -> Node:
    """Runs in a language that runs one way or the other; '' where one is not said."""
    return {"kind": "spoken", "lang": lang, "way": way or direction("".join(words(body))), "body": body}


def _number(element: Element, name: str) -> int:
    """An attribute that is a number; 1 where it is none."""
    value = element.get(name, "")
    return int(value) if value.isdecimal() and len(value) < 7 else 1


def _is_title(element: Element) -> bool:
    return element.tag == "summary" or "admonition-title" in html_tree.classes(element)


def _mark(element: Element) -> Node:
    """A mark, with its width and height in ems. Its alternative is the words in it; most have none, and words beside them say the same."""
    svg, _said = html_tree.drawing(element)
    wide, high = (_ems(element.get(side, "")) for side in ("width", "height"))
    return {"kind": "mark", "svg": svg, "alt": "".join(element.itertext()).strip(), "wide": wide, "high": high}


def _ems(length: str) -> float:
    """A length such as '1.5em' as a number; '100%' is that of a bar."""
    found = re.fullmatch(r"(\d{1,2}(?:\.\d+)?)em", length)
    return float(found[1]) if found else _BAR if length == "100%" else 1.0


def _drawing(element: Element) -> Node:
    """A drawing as a file of its own; its alternative is its name, or its title and description."""
    svg, said = html_tree.drawing(element)
    name = element.get("aria-label", "").strip() or ". ".join(said)
    return {"kind": "drawing", "svg": svg, "alt": name, "hidden": element.get("aria-hidden") == "true"}
