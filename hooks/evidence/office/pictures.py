"""Drawings as PNG, which every office program shows; SVG in ODT and DOCX needs a second picture for those that do not know it."""

from __future__ import annotations

import hashlib
import json
import struct
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from evidence.output import drawings
from evidence.sources import parse_drawing

CARD_WIDTH, COVER_WIDTH, IDEA_WIDTH = 5.0, 12.0, 2.2
"""Centimetres: the drawing of a card, on a cover, and beside an idea."""
FIGURE_WIDTH, SMALL_WIDTH = 16.0, 3.0
"""Centimetres: a drawing with words in it; any other, such as a QR code (2 cm at least)."""
MOST_HEIGHT = 18.0
DOTS_PER_INCH = 200
_SOURCE = b"""\
#set page(width: auto, height: auto, margin: 0pt)
#for (at, (drawing, width)) in json(bytes(sys.inputs.pictures)).enumerate() {
  if at > 0 { pagebreak() }
  image(bytes(drawing), format: "svg", width: float(width) * 1cm)
}
"""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of an <svg> element for paper; width and height are centimetres."""

    drawing: str
    width: float
    height: float

    @property
    def stub(self) -> bytes:
        """What stands for it while pandoc writes: the head of a PNG, which says its size (PNG, 11.2.1), and a number of its own. The whole would take long to read."""
        wide, high = (round(length / 2.54 * DOTS_PER_INCH) for length in (self.width, self.height))
        head = b"IHDR" + struct.pack(">IIBBBBB", wide, high, 8, 6, 0, 0, 0)
        said = hashlib.sha256(f"{self.width} {self.drawing}".encode()).digest()
        return b"\x89PNG\r\n\x1a\n\0\0\0\r" + head + struct.pack(">I", zlib.crc32(head)) + said


@cache
def picture(svg: str, *, width: float = 0) -> Picture | None:
    """The picture of an <svg> element, in its usual width where none is given; None if it is no plain drawing (see `drawings`)."""
    drawing, _ = parse_drawing(svg, "drawing")
    box = drawings.size(drawing or "")
    if drawing is None or box is None:
        return None
    wide, high = box
    width = width or (FIGURE_WIDTH if "<text" in drawing else SMALL_WIDTH)
    if width * high / wide > MOST_HEIGHT:
        width = MOST_HEIGHT * wide / high
    return Picture(drawings.for_paper(drawing), width, width * high / wide)


def pngs(pictures: Iterable[Picture]) -> Mapping[Picture, bytes]:
    """The PNG of each of the pictures but those that Typst cannot draw; kept for the next format of the paper."""
    return _pngs(tuple(dict.fromkeys(pictures)))


@lru_cache(maxsize=4)
def _pngs(pictures: tuple[Picture, ...]) -> Mapping[Picture, bytes]:
    import typst  # noqa: PLC0415 (slow to load)

    from evidence.output import typesetting  # noqa: PLC0415

    if not pictures:
        return {}
    told = json.dumps([(picture.drawing, f"{picture.width:.3f}") for picture in pictures])
    try:
        # All at once, since after each file Typst goes through all that it keeps, and loses some of it.
        made = typesetting.drawn(_SOURCE, {"pictures": told}, DOTS_PER_INCH)
    except typst.TypstError:
        return {p: png for one in pictures for p, png in _pngs((one,)).items()} if len(pictures) > 1 else {}
    return dict(zip(pictures, made, strict=True))
