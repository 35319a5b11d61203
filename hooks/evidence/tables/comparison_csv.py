"""Tables as CSV (RFC 4180, UTF-8 with a byte order mark so that spreadsheets read the accents)."""

from __future__ import annotations

import html
from collections.abc import Mapping

from evidence.model.review import Review
from evidence.output.csv_files import to_csv
from evidence.output.markdown import link
from evidence.references.labels import Label, plain
from evidence.tables.comparison import SILENT, ComparisonTable
from evidence.text.sizes import file_size


def comparison_csv(comparison: ComparisonTable, review: Review, known: Mapping[str, Label]) -> bytes:
    """A comparison table: a line for each row, and at its end the titles of the editor's notes that belong to the row."""
    lines = []
    for row in comparison.rows:
        texts = [
            cell.joint.replace("<br>", " ").join(plain_text(line.text, known) for line in cell.lines) or SILENT
            for cell in row.cells
        ]
        names = dict.fromkeys(name for cell in row.cells for line in cell.lines for name in line.notes)
        titles = [review.notes[name].title for name in names if name in review.notes and review.notes[name].note]
        lines.append([plain_text(row.title, known), *texts, "; ".join(titles)])
    return to_csv([*(plain_text(name, known) for name in comparison.head), "Editor's notes"], lines)


def csv_link(words: str, about: str, address: str, content: bytes) -> str:
    """A Markdown link to a table as a file, with its type and size.

    `about` is the caption or the title: its first sentence says which table it is, where links are read without their page.
    """
    about = about.partition(". ")[0]
    shown = f"{words} (CSV, {file_size(len(content))})"
    return link(shown, address, "", css="download", label=f"{shown}: {about}")


def plain_text(inline: str, known: Mapping[str, Label]) -> str:
    """Inline Markdown as the text that it shows."""
    return html.unescape(plain(inline, known))
