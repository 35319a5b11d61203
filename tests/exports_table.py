"""Writes tests/exports.md: for every work, whether each library reads from the exports what the bibliography and the work's page say.

`PYTHONPATH=hooks python tests/exports_table.py`. A test holds the engine to it, on the works that are as they were when it was written.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lxml import html

from evidence.output.blocks import to_html
from evidence.site.loading import load
from evidence.site.site import Site
from exported import CANNOT, FIELDS, READERS, differences, filled_in, on_its_page, read_back

ROOT = Path(__file__).resolve().parent.parent
FILE = ROOT / "tests/exports.md"


def cells(line: str) -> list[str]:
    """The cells of a row of the table; none of another line."""
    return [cell.strip() for cell in line.strip().strip("|").split("|")] if line.startswith("| ") else []


def engine_differs(before: str, now: str) -> list[str]:
    """Rows of `now` that tell of another engine: a work of `before` with as many filled-in fields, of which others are read. New and changed works do not."""
    rows = {row[0]: row for row in map(cells, before.splitlines()) if row}
    found = []
    for row in (row for row in map(cells, now.splitlines()) if row):
        old = rows.get(row[0])
        if old and old != row and [cell.split()[-1:] for cell in old[1:]] == [cell.split()[-1:] for cell in row[1:]]:
            found.append(" | ".join(row))
    return found


def table() -> str:
    """The whole file."""
    return "".join(f"{line}\n" for line in _lines(load(ROOT)))


def _lines(site: Site) -> Iterator[str]:
    yield "# What comes out of the exports, work by work"
    yield ""
    yield "Made by `tests/exports_table.py`. Each cell says how many of a work's filled-in fields a library reads from"
    yield "our file just as the bibliography has them; the last column says the same of the words of the work's page on the site."
    yield f"The fields: {', '.join(FIELDS)}."
    yield ""
    for reader, reasons in CANNOT.items():
        if reasons:
            told = "; ".join(f"{name}: {reason}" for name, reason in reasons.items())
            yield f"Not asked of “{reader}”, which cannot read it from any file: {told}."
    yield ""
    yield f"| Work | {' | '.join(f'{reader} (.{ending})' for reader, (ending, _) in READERS.items())} | Page |"
    yield "| --- |" + " --- |" * (len(READERS) + 1)
    keys = tuple(site.review.references)
    read = {reader: read_back(site.reference_files, keys, reader) for reader in READERS}
    pages = {page.uri: page for page in site.reference_pages()}
    for key, reference in site.review.references.items():
        cells = []
        for reader in READERS:
            number = filled_in(reference, reader)
            cells.append(f"{number - len(differences(reference, read[reader][key], reader))} of {number}")
        shown = html.fromstring(to_html(pages[f"references/{key}.md"].tail, lambda uri: uri)).text_content()
        asked = filled_in(reference, "page")
        cells.append(f"{asked - len(on_its_page(site, key, shown))} of {asked}")
        yield f"| {key} | {' | '.join(cells)} |"


if __name__ == "__main__":
    FILE.write_text(table(), "utf-8")
