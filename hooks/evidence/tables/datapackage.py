"""All tables of a site as one data package (Frictionless Data Package and Table Schema, version 1), and the page that lists them.

Version 1 is what the validator (frictionless 5) and most programs read in full. Paths in a package must not lead upwards, so its description
stands at the root of the site. The CSV files begin with a byte order mark, which readers of UTF-8 take off.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from evidence.files.zips import zipped
from evidence.model.review import Review
from evidence.output.blocks import Output
from evidence.output.data_tables import DataTable
from evidence.output.front_matter import front_matter
from evidence.output.markdown import link
from evidence.output.markdown import table as markdown_table
from evidence.text import escape
from evidence.text.sizes import file_size
from evidence.text.words import counted, slug

PAGE = "about/data.md"
DESCRIPTION = "datapackage.json"
ZIP = "tables.zip"
MADE_FROM = "data"
NO_LICENCE = "No licence has been set for these tables, so none is named here."
_README = """\
The tables of this site as CSV files (comma-separated values, UTF-8).

datapackage.json says what each table and each column holds, in the form of a
Frictionless Data Package. A cell that would begin like a formula has an
apostrophe before it, so that spreadsheets take it for text.
"""


def descriptor(review: Review, title: str, tables: Iterable[DataTable]) -> bytes:
    """The package's description. It names no licence, since the sources state none."""
    package: dict[str, Any] = {
        "profile": "tabular-data-package",
        "name": slug(title)[:80].strip("-") or "tables",
        "title": title,
        "description": f"The tables of this site, with what each column means. {NO_LICENCE}",
    }
    newest = review.changes.newest
    if newest:
        package |= {"version": newest.number, "created": f"{newest.day}T00:00:00Z"}
    if review.publisher.site_address:
        package["homepage"] = review.publisher.site_address
    if review.publisher.name:
        package["contributors"] = [{"title": escape.clean(review.publisher.name), "role": "publisher"}]
    sources = [{"title": escape.clean(f"{s.author}, {s.date}: {s.title}")} for s in review.sources.values()]
    if sources:
        package["sources"] = sources
    package["resources"] = [_resource(table) for table in tables]
    return (json.dumps(package, ensure_ascii=False, indent=2) + "\n").encode()


def _resource(table: DataTable) -> dict[str, Any]:
    schema: dict[str, Any] = {"fields": [], "missingValues": list(table.nothing)}
    for column in table.columns:
        field = {"name": column.name, "title": column.name, "type": column.type, "description": column.meaning}
        constraints: dict[str, Any] = {}
        if column.name == table.key:
            constraints |= {"required": True, "unique": True}
        if column.values:
            constraints["enum"] = [value for value in column.values if value]
        schema["fields"].append(field | ({"constraints": constraints} if constraints else {}))
    if table.key:
        schema["primaryKey"] = [table.key]
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": table.uri,
        "title": escape.clean(table.title),
        "description": table.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(table.content),
        "hash": f"sha256:{hashlib.sha256(table.content).hexdigest()}",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True, "header": True},
        "schema": schema,
    }


def package_zip(described: bytes, tables: Iterable[DataTable]) -> bytes:
    """The package as one ZIP: the same bytes for the same tables."""
    contents = {DESCRIPTION: described, "README.txt": _README.encode()} | {t.uri: t.content for t in tables}
    return zipped(sorted(contents.items()))


def data_page(tables: tuple[DataTable, ...], titles: Mapping[str, str], described: bytes, packed: bytes) -> Output:
    """The page that lists every table with its columns, and offers all as one ZIP. `titles` are those of the pages that show them."""
    number = counted(len(tables), "table")
    parts = [
        front_matter(
            "Tables to download", "Every table of this site, what each of its columns means, and all as one file."
        ),
        f"# Tables to download\n\nThis site has {number} that you can download. Each is a file for a spreadsheet. ",
        "Below you can see what its columns mean.\n\n",
        "## All tables as one file { #all }\n\n",
        f"{link(f'Download all tables (ZIP, {file_size(len(packed))})', ZIP, PAGE, css='download')}\n\n",
        "That file also holds a description of the tables for programs. It is a Frictionless Data Package.\n\n",
        f"{link(f'Download the description alone (JSON, {file_size(len(described))})', DESCRIPTION, PAGE, css='download')}\n\n",
        "## How to read the files { #how-to-read }\n\n",
        "- The files hold comma-separated values (CSV). Spreadsheets can open them.\n",
        "- A citation stands in the text as the author and the year, in round brackets.\n",
        "- Where there is nothing to say, a cell is empty or says so.\n",
        "- An apostrophe at the start of a cell keeps a spreadsheet from taking the text for a formula.\n\n",
        f"{NO_LICENCE} The tables say what the sources say, in our words.\n",
    ]
    head = ("Table", "Where you can see it", "Rows", "File")
    parts.append("\n## The tables { #tables }\n\n")
    parts.append(markdown_table("Tables of this site", head, [_line(table, titles) for table in tables]))
    parts.append("\n## What the columns mean { #columns }\n")
    parts += [_section(table) for table in tables]
    return Output(PAGE, "".join(parts), MADE_FROM, "Tables to download")


def _line(table: DataTable, titles: Mapping[str, str]) -> list[str]:
    text = f"Download (CSV, {file_size(len(table.content))})"
    return [
        link(table.title, f"#table-{table.name}", PAGE),
        link(titles.get(table.page, table.page), table.page, PAGE),
        str(len(table.rows)),
        link(text, table.uri, PAGE, css="download", label=f"{text}: {table.title}"),
    ]


def _section(table: DataTable) -> str:
    """The columns as a list: on paper, many small tables would leave half of each sheet empty."""
    lines = "".join(f"- {escape.markdown(c.name)}: {escape.markdown(c.meaning)}\n" for c in table.columns)
    title = f"### {escape.markdown(table.title)} {{ #table-{table.name} }}"
    return f"\n{title}\n\n{escape.markdown(table.description)}\n\n{lines}"
