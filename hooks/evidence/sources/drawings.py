"""Drawings as SVG text that may stand in a page: nothing that runs, loads or styles from elsewhere (SVG 2; CSP 'self')."""

from __future__ import annotations

import re
from itertools import accumulate
from xml.etree import ElementTree

from evidence.model.base import Location, Problem
from evidence.text.words import listed, quoted

ELEMENTS = {
    *("svg", "g", "path", "line", "polyline", "polygon", "rect", "circle", "ellipse"),
    *("text", "tspan", "defs", "marker"),
}
_SVG = "{http://www.w3.org/2000/svg}"
MAX_DEPTH = 50
_LOCAL = re.compile(r"url\(#[\w-]+\)|#[\w-]+")


def parse_drawing(text: str, path: str) -> tuple[str | None, list[Problem]]:
    """The <svg> element of a file, or the problems that keep it out."""

    def refused(message: str, line: int = 1) -> tuple[None, list[Problem]]:
        return None, [Problem(Location(path, line), message)]

    start = text.find("<svg")
    if start < 0 or "<!DOCTYPE" in text or "<!ENTITY" in text:
        return refused("this is not a plain SVG drawing: it must be one <svg> element without a DOCTYPE")
    # Up to the last "-->" every "<!--" has its end, so that the search never runs to the end of the text in vain.
    end = text.rfind("-->") + 3
    svg = (re.sub(r"<!--.*?-->", "", text[start:end], flags=re.S) + text[max(start, end) :]).strip()
    if "<!" in svg or "<?" in svg:  # XML and HTML do not agree on where these end
        return refused("comments that never end, CDATA and '<?' cannot stand in a drawing")
    if _depth(svg) > MAX_DEPTH:
        return refused(f"elements stand within each other more than {MAX_DEPTH} deep")
    try:
        root = ElementTree.fromstring(svg)
    except ElementTree.ParseError as error:
        return refused(f"this drawing cannot be read: {error.msg}; save it as plain SVG anew", error.position[0])
    problems = []
    for element in root.iter():
        name = element.tag.removeprefix(_SVG)
        if name not in ELEMENTS:
            problems.append(f"element <{name}> is not allowed; use {listed(sorted(ELEMENTS), 'or')}")
        for attribute, value in element.attrib.items():
            refers = "href" in attribute or "url(" in value.lower() or "\\" in value
            if attribute.lower().startswith("on") or attribute == "style" or (refers and not _LOCAL.fullmatch(value)):
                problems.append(f"attribute {attribute}={quoted(value)} is not allowed on <{name}>")
    if not root.get("viewBox"):
        problems.append("the <svg> element needs a viewBox")
    return (None if problems else svg), [Problem(Location(path), message) for message in dict.fromkeys(problems)]


def _depth(svg: str) -> int:
    """How many elements stand within each other at most, told without a parser: those work by recursion, too."""
    steps = (-1 if tag[1] else 0 if tag[2] else 1 for tag in re.finditer(r"<(/?)[^<>]*?(/?)>", svg))
    return max(accumulate(steps, initial=0))
