"""The picture on the front of a book: its title, and the picture that its data name."""

from __future__ import annotations

import json
from functools import cache

from evidence.output import drawings

WIDE, HIGH = 400, 600  # points, drawn at twice as many dots
_SOURCE = """\
#let cover = json(bytes(sys.inputs.cover))
#set page(width: 400pt, height: 600pt, margin: 36pt, fill: white)
#set text(font: cover.fonts, size: 34pt, weight: "bold", hyphenate: false)
#set par(leading: 0.5em)
#cover.title
#v(1fr)
#if cover.picture != "" { align(center, image(bytes(cover.picture), format: "svg", width: 260pt, height: 260pt, fit: "contain")) }
#v(1fr)
#text(size: 18pt, weight: "regular", cover.below)
#place(bottom, dy: 20pt, line(length: 100%, stroke: 4pt))
"""


@cache
def cover(title: str, below: str, svg: str) -> bytes:
    """A cover as PNG, which all programs show in their lists of books; `svg` is a drawing, or ''."""
    from evidence.output import typesetting  # noqa: PLC0415 (slow to load)

    data = {
        "title": title,
        "below": below,
        "picture": drawings.for_paper(svg) if svg else "",
        "fonts": typesetting.FONTS,
    }
    inputs = {"cover": json.dumps(data, ensure_ascii=False)}
    return typesetting.typeset(_SOURCE.encode(), inputs, format="png", ppi=144.0)
