"""Drawings as PNG, which every office program shows; SVG in ODT and DOCX needs a second picture for those that do not know it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache

from evidence.output import drawings
from evidence.sources import parse_drawing

CARD_WIDTH, COVER_WIDTH, IDEA_WIDTH = 5.0, 12.0, 2.2
"""Centimetres: the drawing of a card, on a cover, and beside an idea."""
FIGURE_WIDTH, SMALL_WIDTH = 16.0, 3.0
"""Centimetres: a drawing with words in it; any other, such as a QR code (2 cm at least)."""
MOST_HEIGHT = 18.0
DOTS_PER_INCH = 200
_HEAD = 33  # bytes: the signature and the first chunk
_SOURCE = b"""\
#set page(width: auto, height: auto, margin: 0pt)
#image(bytes(sys.inputs.drawing), format: "svg", width: float(sys.inputs.width) * 1cm)
"""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture; width and height are centimetres."""

    png: bytes
    width: float
    height: float

    @property
    def stub(self) -> bytes:
        """What stands for it while pandoc writes: its head, which says its size (PNG, 11.2.1), and a number of its own. The whole would take long to read."""
        return self.png[:_HEAD] + hashlib.sha256(self.png).digest()


@cache
def picture(svg: str, *, width: float = 0) -> Picture | None:
    """The picture of an <svg> element, in its usual width where none is given; None if it is no plain drawing (see `drawings`) or cannot be drawn."""
    import typst  # noqa: PLC0415 (slow to load)

    from evidence.output import typesetting  # noqa: PLC0415

    drawing, _ = parse_drawing(svg, "drawing")
    box = drawings.size(drawing or "")
    if drawing is None or box is None:
        return None
    wide, high = box
    width = width or (FIGURE_WIDTH if "<text" in drawing else SMALL_WIDTH)
    if width * high / wide > MOST_HEIGHT:
        width = MOST_HEIGHT * wide / high
    try:
        inputs = {"drawing": drawings.for_paper(drawing), "width": f"{width:.3f}"}
        png = typesetting.typeset(_SOURCE, inputs, format="png", ppi=float(DOTS_PER_INCH))
    except typst.TypstError:
        return None
    return Picture(png, width, width * high / wide)
