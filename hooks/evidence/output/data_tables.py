"""Tables that readers can download, with what each of their columns means: the data dictionary."""

from __future__ import annotations

from dataclasses import dataclass

from evidence.output.blocks import Output
from evidence.output.csv_files import csv_rows
from evidence.output.markdown import link
from evidence.text.sizes import file_size


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


def csv_link(words: str, about: str, address: str, content: bytes) -> str:
    """A Markdown link to a table as a file, with its type and size.

    `about` is the caption or the title: its first sentence says which table it is, where links are read without their page.
    """
    about = about.partition(". ")[0]
    shown = f"{words} (CSV, {file_size(len(content))})"
    return link(shown, address, "", css="download", label=f"{shown}: {about}")
