"""Rows as lines of CSV (RFC 4180)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from evidence.text import escape
from evidence.text.direction import without_isolates

BOM = b"\xef\xbb\xbf"
"""The byte order mark of UTF-8 (Unicode Standard, 2.13), with which a file begins, so that spreadsheets read the accents."""


def csv_lines(rows: Iterable[Iterable[str]]) -> str:
    """Rows as lines; every cell is plain text on one line and harmless as a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows([escape.csv_cell(without_isolates(escape.clean(cell))) for cell in row] for row in rows)
    return out.getvalue()
