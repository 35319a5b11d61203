"""Tables as CSV (RFC 4180, UTF-8 with a byte order mark so that spreadsheets read the accents)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from evidence import escape
from evidence.cite import Label, plain
from evidence.model import Nation, Review, Row
from evidence.tables import SILENT, statement_text, statements


def to_csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A table as a CSV file; every cell is plain text on one line and harmless as a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([escape.csv_cell(escape.clean(cell)) for cell in header])
    writer.writerows([escape.csv_cell(escape.clean(cell)) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def comparison_csv(review: Review, rows: Iterable[Row], nations: Iterable[Nation], known: Mapping[str, Label]) -> bytes:
    """A comparison: a line for each row, a column for each nation, and the titles of the editor's notes that belong to the row."""
    shown = list(nations)
    lines = []
    for row in rows:
        cells = {nation.id: statements(review, row, nation.id) for nation in shown}
        texts = [
            ("; " if row.from_ == "coordinators" else " ").join(
                plain(statement_text(review, row, s), known) for s in cells[n.id]
            )
            or SILENT
            for n in shown
        ]
        notes = dict.fromkeys(name for cell in cells.values() for s in cell for name in s.notes)
        titles = [review.notes[name].title for name in notes if name in review.notes and review.notes[name].note]
        lines.append([row.title, *texts, "; ".join(titles)])
    return to_csv(["Topic", *(nation.name for nation in shown), "Editor's notes"], lines)


def barriers_csv(review: Review, groups: Iterable[str], known: Mapping[str, Label]) -> bytes:
    """Barriers: what each is, where it bites, who reports it, and the members' themes on the same thing."""
    chosen = {group.id: group for group in review.barriers.groups if group.id in set(groups)}
    lines = []
    for barrier in (b for b in review.barriers.barriers if b.group in chosen):
        group = chosen[barrier.group]
        themes = "; ".join(review.themes[name].title for name in barrier.themes if name in review.themes)
        lines.append([barrier.title, plain(barrier.text, known), group.bites, group.reported_by, themes])
    return to_csv(
        [
            "Barrier",
            "What the review says",
            "Where it bites",
            "Who reports it",
            "Themes of the meetings on the same thing",
        ],
        lines,
    )
