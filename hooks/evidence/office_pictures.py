"""Drawings as PNG, which every office program shows; SVG in ODT and DOCX needs a second picture for those that do not know it."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import typst

from evidence.drawings import parse_drawing

CARD_WIDTH, FIGURE_WIDTH, SMALL_WIDTH = 5.0, 16.0, 3.0
"""Centimetres: the drawing of a card; one with words in it; any other, such as a QR code (2 cm at least)."""
MOST_HEIGHT = 18.0
_FONT = "Source Sans Pro"
# Fills that the site's style sheet gives to the parts of drawings; on paper they are white, because grey copies badly.
_FILLED = re.compile(r'\sclass="(?:fill-\d|paper)"')
DOTS_PER_INCH = 300


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture: its `address` holds its data; width and height are centimetres."""

    address: str
    width: float
    height: float


@cache
def picture(svg: str, *, card: bool = False) -> Picture | None:
    """The picture of an <svg> element; None if it is no plain drawing (see `drawings`) or cannot be drawn."""
    drawing, _ = parse_drawing(svg, "drawing")
    box = re.search(r'\bviewBox="([^"]*)"', drawing or "")
    if drawing is None or box is None:
        return None
    try:
        _, _, wide, high = (float(number) for number in box[1].replace(",", " ").split())
    except ValueError:
        return None
    if wide <= 0 or high <= 0:
        return None
    width = CARD_WIDTH if card else FIGURE_WIDTH if "<text" in drawing else SMALL_WIDTH
    if width * high / wide > MOST_HEIGHT:
        width = MOST_HEIGHT * wide / high
    space = "" if "xmlns=" in drawing else ' xmlns="http://www.w3.org/2000/svg"'
    drawing = drawing.replace("<svg", f'<svg{space} color="#000000" font-family="{_FONT}"', 1)
    drawing = _FILLED.sub(' fill="#ffffff"', drawing)
    page = "#set page(width: auto, height: auto, margin: 0pt)\n"
    page += f'#image(bytes(sys.inputs.drawing), format: "svg", width: {width:.3f}cm)'
    try:
        png = typst.compile(
            page.encode(),
            sys_inputs={"drawing": drawing},
            format="png",
            ppi=float(DOTS_PER_INCH),
            font_paths=_fonts(),
        )
    except typst.TypstError:
        return None
    return Picture(f"data:image/png;base64,{base64.b64encode(png).decode()}", width, width * high / wide)


@cache
def _fonts() -> typst.Fonts:
    """The typefaces for words in drawings: none of the machine's own, so that every machine draws the same."""
    spec = find_spec("font_source_sans_pro")
    folders = spec.submodule_search_locations if spec else None
    return typst.Fonts(include_system_fonts=False, font_paths=[Path(folder) for folder in folders or ()])
