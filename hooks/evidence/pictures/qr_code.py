"""A QR code (ISO/IEC 18004) as a drawing, wide enough to be read from a sheet of paper."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

from evidence.text.translation import _

# Millimetres without the quiet zone: 20 are needed to read a code from a sheet.
_WIDTH = 22
_QUIET = 4  # modules around the code


@dataclass(frozen=True, slots=True)
class Code:
    """A code as SVG text; `width` is in millimetres and counts the quiet zone; `alt` says the same in words."""

    svg: str
    width: float
    alt: str


def qr_code(address: str) -> Code:
    """The code that opens the page of a paper."""
    import segno  # noqa: PLC0415 (checking makes no codes)

    code = segno.make(address, error="m", micro=False)
    modules = code.symbol_size(border=0)[0]
    out = BytesIO()
    plain = {"svgclass": None, "lineclass": None, "omitsize": True, "xmldecl": False, "nl": False}
    code.save(out, kind="svg", border=_QUIET, dark="#000", light="#fff", **plain)
    width = round(_WIDTH * (modules + 2 * _QUIET) / modules, 2)
    alt = _("QR code that opens this paper on our website: %(address)s") % {"address": address}
    return Code(out.getvalue().decode(), width, alt)
