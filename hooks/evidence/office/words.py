"""The words of a paper as pandoc keeps them: runs of words, links and pictures (pandoc-types 1.23, inline elements)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from evidence.office.looks import FRAMED
from evidence.office.pictures import picture
from evidence.output import html_tree, markdown
from evidence.text.direction import direction

Node = dict[str, Any]
ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, production 2
_WHITE = " \t\n\r"
_SPACE = re.compile(f"([{_WHITE}]+)")
# No italics: they are hard to read.
_KINDS = {"strong": "Strong", "b": "Strong", "em": "Strong", "sub": "Subscript", "sup": "Superscript"}
LEFTWARD = "\u200f"
"""Begins a paragraph whose lines run from right to left."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What setting a paper needs to know beside its text, and the alternative text of its pictures so far.

    `lang` and `way` are the language and the direction of the elements around, '' for those of the paper.
    """

    points: int
    alternatives: list[str] = field(default_factory=list)
    card: bool = False
    lang: str = ""
    way: str = ""

    def within(self, element: Element) -> Setting:
        """The setting of what is in an element."""
        lang, way = html_tree.language(element) or self.lang, html_tree.way(element) or self.way
        return self if (lang, way) == (self.lang, self.way) else replace(self, lang=lang, way=way)


def node(kind: str, content: Any = None) -> Node:
    """An element of pandoc's tree."""
    return {"t": kind} if content is None else {"t": kind, "c": content}


def attributes(identifier: str = "", style: str = "") -> list[Any]:
    """Attributes of an element: its id, and the style that it has in office programs (pandoc, "Custom styles")."""
    return [identifier, [], [["custom-style", style]] if style else []]


def words(text: str) -> list[Node]:
    """Plain text as words and the spaces between them."""
    return [node("Str", part) if part.strip(_WHITE) else node("Space") for part in _SPACE.split(text) if part]


def inlines_of(parts: Sequence[Element | str], setting: Setting) -> list[Node]:
    """Words with their links, without white space at both ends."""
    inlines = [inline for part in parts for inline in _inline(part, setting)]
    said = [at for at, inline in enumerate(inlines) if inline["t"] not in ("Space", "LineBreak")]
    if not said:
        return []
    inlines = _spoken(inlines[said[0] : said[-1] + 1], setting.lang, setting.way)
    return [node("Str", LEFTWARD), *inlines] if setting.way == "rtl" else inlines


def _spoken(inlines: list[Node], lang: str, way: str) -> list[Node]:
    """Words in a language that runs one way or the other; as they are where neither is said."""
    said = [[name, value] for name, value in (("lang", lang), ("dir", way)) if value]
    return [node("Span", [["", [], said], inlines])] if said else inlines


def _inline(part: Element | str, setting: Setting) -> list[Node]:
    if isinstance(part, str) or part.tag == "img":
        return words(part if isinstance(part, str) else part.get("alt", ""))
    if part.tag == "br":
        return [node("LineBreak")]
    if part.tag == html_tree.SVG:
        return _picture(part, setting)
    inside = [inline for child in html_tree.children(part) for inline in _inline(child, setting)]
    if not inside:
        return []
    lang = html_tree.language(part)
    inside = _spoken(inside, lang, html_tree.way(part) or (direction("".join(part.itertext())) if lang else ""))
    if kind := _KINDS.get(part.tag):
        return [node(kind, inside)]
    if markdown.STANDING in html_tree.classes(part):
        inside = [node("Span", [attributes(style=FRAMED), inside])]
    target = _target(part.get("href") or "") if part.tag == "a" else ""
    return [node("Link", [attributes(), inside, [target, ""]])] if target else inside


def _target(address: str) -> str:
    """Where a link of a paper may lead: the web, an e-mail address, or another place in the paper. '' for all else."""
    address = address.strip()
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    web = parts.scheme in ("http", "https") and parts.hostname
    mail = parts.scheme == "mailto" and "@" in parts.path
    return address if web or mail or (address.startswith("#") and address != "#") else ""


def _picture(element: Element, setting: Setting) -> list[Node]:
    """A drawing; one that only adorns is left out, except on a card, where it is what others see. Words alone where it cannot be drawn."""
    if element.get("aria-hidden") == "true" and not setting.card:
        return []
    svg, said = html_tree.drawing(element)
    name = (element.get("aria-label") or " ".join(said)).strip()
    drawn = picture(svg, card=setting.card)
    if drawn is None:
        return words(name)
    setting.alternatives.append(name)
    size = [["width", f"{drawn.width:.2f}cm"], ["height", f"{drawn.height:.2f}cm"]]
    return [node("Image", [["", [], size], words(name), [drawn.address, ""]])]
