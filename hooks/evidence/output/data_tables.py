"""Tables that readers can download, as CSV (RFC 4180), with what each of their columns means: the data dictionary."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from evidence.files import csv_lines
from evidence.output.blocks import Output
from evidence.output.markdown import link
from evidence.text.words import file_size


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name in the file, what it holds, its type in a table schema, and the only values that it may have, if they are few."""

    name: str
    meaning: str
    type: str = "string"
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DataTable(Output):
    """A CSV file of the site with its dictionary. `page` is the page that shows it, `key` the column that names each row, if one does.

    `nothing` holds the texts that say that there is nothing in a cell.
    """

    content: bytes
    description: str = ""
    page: str = ""
    columns: tuple[Column, ...] = ()
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


def data_table(
    uri: str, made_from: str, title: str, columns: Sequence[Column], rows: Iterable[Sequence[str]], **more: Any
) -> DataTable:
    """A table with these rows; `more` are further fields of its record."""
    content = to_csv([column.name for column in columns], rows)
    return DataTable(uri, content, made_from, title, columns=tuple(columns), **more)


def to_csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A table as a CSV file; every cell is plain text on one line and harmless as a formula."""
    return csv_lines.BOM + csv_lines.csv_lines([header, *rows]).encode()


def csv_rows(content: bytes) -> list[list[str]]:
    """The rows of such a file, its header first."""
    return list(csv.reader(io.StringIO(content.removeprefix(csv_lines.BOM).decode(), newline="")))


def csv_link(words: str, about: str, address: str, content: bytes) -> str:
    """A Markdown link to a table as a file, with its type and size.

    `about` is the caption or the title: its first sentence says which table it is, where links are read without their page.
    """
    about = about.partition(". ")[0]
    shown = f"{words} (CSV, {file_size(len(content))})"
    return link(shown, address, "", css="download", label=f"{shown}: {about}")
