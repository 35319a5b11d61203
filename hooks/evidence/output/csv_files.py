"""Tables as CSV (RFC 4180) with what each of their columns means: the data dictionary."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from evidence.output.blocks import Output
from evidence.output.markdown import link
from evidence.text import escape
from evidence.text.sizes import file_size

BOM = b"\xef\xbb\xbf"
"""The byte order mark of UTF-8 (Unicode Standard, 2.13), so that spreadsheets read the accents."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name in the file, what it holds, its type in a table schema, and the only values that it may have, if they are few."""

    name: str
    meaning: str
    type: str = "string"
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DataTable:
    """A CSV file of the site with its dictionary. `page` is the page that shows it, `key` the column that names each row, if one does.

    `nothing` holds the texts that say that there is nothing in a cell.
    """

    uri: str
    title: str
    description: str
    page: str
    columns: tuple[Column, ...]
    content: bytes
    made_from: str
    key: str = ""
    nothing: tuple[str, ...] = ("",)

    @property
    def name(self) -> str:
        """A name for the table that is unique in the site."""
        return self.uri.removesuffix(".csv").replace("/", "-").lower()

    @property
    def rows(self) -> list[list[str]]:
        """The cells below the header."""
        return csv_rows(self.content)[1:]

    def output(self) -> Output:
        """The file."""
        return Output(self.uri, self.content, self.made_from)


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


def csv_link(words: str, about: str, address: str, content: bytes) -> str:
    """A Markdown link to a table as a file, with its type and size.

    `about` is the caption or the title: its first sentence says which table it is, where links are read without their page.
    """
    about = about.partition(". ")[0]
    shown = f"{words} (CSV, {file_size(len(content))})"
    return link(shown, address, "", css="download", label=f"{shown}: {about}")
