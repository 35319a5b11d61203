"""Tables as CSV (RFC 4180, UTF-8 with a byte order mark so that spreadsheets read the accents)."""

from __future__ import annotations

import csv
import html
import io
from collections.abc import Iterable, Mapping, Sequence

from evidence import escape
from evidence.cite import Label, plain
from evidence.grids import SILENT, Grid
from evidence.publishing import file_size
from evidence.review import Review

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


def grid_csv(grid: Grid, review: Review, known: Mapping[str, Label]) -> bytes:
    """A comparison table: a line for each row, and at its end the titles of the editor's notes that belong to the row."""
    lines = []
    for row in grid.rows:
        texts = [
            cell.joint.replace("<br>", " ").join(plain_text(line.text, known) for line in cell.lines) or SILENT
            for cell in row.cells
        ]
        names = dict.fromkeys(name for cell in row.cells for line in cell.lines for name in line.notes)
        titles = [review.notes[name].title for name in names if name in review.notes and review.notes[name].note]
        lines.append([plain_text(row.title, known), *texts, "; ".join(titles)])
    return to_csv([*(plain_text(name, known) for name in grid.head), "Editor's notes"], lines)


def csv_link(words: str, about: str, address: str, content: bytes) -> str:
    """A Markdown link to a table as a file, with its type and size.

    `about` is the caption or the title: its first sentence says which table it is, where links are read without their page.
    """
    about = about.partition(". ")[0]
    shown = f"{words} (CSV, {file_size(len(content))})"
    return f'[{shown}]({address}){{ .download aria-label="{escape.attribute(f"{shown}: {about}")}" }}'


def plain_text(inline: str, known: Mapping[str, Label]) -> str:
    """Inline Markdown as the text that it shows."""
    return html.unescape(plain(inline, known))
