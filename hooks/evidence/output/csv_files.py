"""Tables as CSV (RFC 4180)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from evidence.files import csv_lines


def to_csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A table as a CSV file; every cell is plain text on one line and harmless as a formula."""
    return csv_lines.BOM + csv_lines.csv_lines([header, *rows]).encode()


def csv_rows(content: bytes) -> list[list[str]]:
    """The rows of such a file, its header first."""
    return list(csv.reader(io.StringIO(content.removeprefix(csv_lines.BOM).decode(), newline="")))
