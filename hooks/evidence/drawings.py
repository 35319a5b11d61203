"""Drawings as SVG text that may stand in a page: nothing that runs, loads or styles from elsewhere (SVG 2; CSP 'self')."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from evidence.model import Problem, Where
from evidence.words import listed, quoted

ELEMENTS = {
    *("svg", "g", "path", "line", "polyline", "polygon", "rect", "circle", "ellipse"),
    *("text", "tspan", "defs", "marker"),
}
_SVG = "{http://www.w3.org/2000/svg}"
_LOCAL = re.compile(r"url\(#[\w-]+\)|#[\w-]+")


def parse_drawing(text: str, path: str) -> tuple[str | None, list[Problem]]:
    """The <svg> element of a file, or the problems that keep it out."""
    start = text.find("<svg")
    if start < 0 or "<!DOCTYPE" in text or "<!ENTITY" in text:
        return None, [
            Problem(Where(path), "this is not a plain SVG drawing: it must be one <svg> element without a DOCTYPE")
        ]
    svg = re.sub(r"<!--.*?-->", "", text[start:], flags=re.S).strip()
    try:
        root = ElementTree.fromstring(svg)
    except ElementTree.ParseError as error:
        return None, [Problem(Where(path, error.position[0]), f"this is not well-formed SVG: {error.msg}")]
    problems = []
    for element in root.iter():
        name = element.tag.removeprefix(_SVG)
        if name not in ELEMENTS:
            problems.append(f"element <{name}> is not allowed; use {listed(sorted(ELEMENTS), 'or')}")
        for attribute, value in element.attrib.items():
            refers = "href" in attribute or "url(" in value
            if attribute.lower().startswith("on") or attribute == "style" or (refers and not _LOCAL.fullmatch(value)):
                problems.append(f"attribute {attribute}={quoted(value)} is not allowed on <{name}>")
    if not root.get("viewBox"):
        problems.append("the <svg> element needs a viewBox")
    return (None if problems else svg), [Problem(Where(path), message) for message in dict.fromkeys(problems)]
