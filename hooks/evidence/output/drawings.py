"""Drawings on paper."""

from __future__ import annotations

import math
import re

FONT = "Source Sans Pro"
"""The typeface of the words in drawings on paper."""
# Fills that the site's style sheet gives to the parts of drawings; on paper they are white, because grey copies badly.
_FILLED = re.compile(r'<[^<>]*\sclass="(?:fill-\d|paper)"[^<>]*?(?=/?>)')
_FILL = re.compile(r'\s(?:class|fill)="[^"]*"')


def for_paper(svg: str) -> str:
    """An <svg> element as a file of its own, in black on white and in the typeface of papers."""
    space = "" if "xmlns=" in svg[: svg.find(">")] else ' xmlns="http://www.w3.org/2000/svg"'
    alone = svg.replace("<svg", f'<svg{space} color="#000000" font-family="{FONT}"', 1)
    return _FILLED.sub(lambda part: _FILL.sub("", part[0]) + ' fill="#ffffff"', alone)


def size(svg: str) -> tuple[float, float] | None:
    """How wide and how high the box of an <svg> element is, in its own units; None where it says neither."""
    box = re.search(r'\bviewBox="([^"]*)"', svg[: svg.find(">")])
    if not box:
        return None
    try:
        _, _, wide, high = (float(number) for number in box[1].replace(",", " ").split())
    except ValueError:
        return None
    return (wide, high) if 0 < wide < math.inf and 0 < high < math.inf else None
