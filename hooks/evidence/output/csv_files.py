"""Tables as CSV (RFC 4180)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from evidence.text import escape

BOM = b"\xef\xbb\xbf"
"""The byte order mark of UTF-8 (Unicode Standard, 2.13)."""


def to_csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A table as a CSV file; every cell is plain text on one line and harmless as a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([escape.csv_cell(escape.clean(cell)) for cell in header])
    writer.writerows([escape.csv_cell(escape.clean(cell)) for cell in row] for row in rows)
    return BOM + out.getvalue().encode()


def csv_rows(content: bytes) -> list[list[str]]:
    """The rows of such a file, its header first."""
    return list(csv.reader(io.StringIO(content.removeprefix(BOM).decode(), newline="")))
