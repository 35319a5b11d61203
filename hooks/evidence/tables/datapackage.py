"""All tables of a site as one data package (Frictionless Data Package and Table Schema, version 1), and the page that lists them.

Version 1 is what the validator (frictionless 5) and most programs read in full. Paths in a package must not lead upwards, so its description
stands at the root of the site. The CSV files begin with a byte order mark, which readers of UTF-8 take off.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from evidence.files import zips
from evidence.model.review import Review
from evidence.model.site_data import Publisher
from evidence.output import data_tables
from evidence.text import escape
from evidence.text.direction import without_isolates
from evidence.text.translation import _
from evidence.text.words import slug

PAGE = "about/data.md"
DESCRIPTION = "datapackage.json"
ZIP = "tables.zip"
MADE_FROM = "data"
NO_LICENCE = _("The licence of these tables is not yet chosen, so none is named here.")
_README = _("""\
The tables of this site as CSV files (comma-separated values, UTF-8).

datapackage.json says what each table and each column holds, in the form of a
Frictionless Data Package. A cell that would begin like a formula has an
apostrophe before it, so that spreadsheets take it for text.
""")


def descriptor(review: Review, title: str, tables: Iterable[data_tables.DataTable]) -> bytes:
    """The package's description. It names a licence once the publisher has chosen one (specs.frictionlessdata.io, "licenses")."""
    package: dict[str, Any] = {
        "profile": "tabular-data-package",
        "name": slug(title)[:80].strip("-") or "tables",
        "title": title,
        "description": _("The tables of this site, with what each column means. %s") % licence_words(review.publisher),
    }
    if review.publisher.content_licence:
        package["licenses"] = [{"name": escape.clean(review.publisher.content_licence)}]
    if newest := review.changes.newest:
        package |= {"version": newest.number, "created": f"{newest.day}T00:00:00Z"}
    if review.publisher.site_address:
        package["homepage"] = review.publisher.site_address
    if review.publisher.name:
        package["contributors"] = [{"title": escape.clean(review.publisher.name), "role": "publisher"}]
    if review.sources:
        titles = (f"{s.author}, {s.date}: {s.title}" for s in review.sources.values())
        package["sources"] = [{"title": escape.clean(title)} for title in titles]
    package["resources"] = [_resource(table) for table in tables]
    return (without_isolates(json.dumps(package, ensure_ascii=False, indent=2)) + "\n").encode()


def licence_words(publisher: Publisher) -> str:
    """The licence of the tables as a sentence; or that none has been chosen."""
    licence = escape.clean(publisher.content_licence)
    return _("The licence of these tables is %s.") % licence if licence else NO_LICENCE


def _resource(table: data_tables.DataTable) -> dict[str, Any]:
    schema: dict[str, Any] = {"fields": [], "missingValues": list(table.nothing)}
    for column in table.columns:
        field = {"name": column.name, "title": column.name, "type": column.type, "description": column.meaning}
        constraints: dict[str, Any] = {"required": True, "unique": True} if column.name == table.key else {}
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


def package_zip(described: bytes, tables: Iterable[data_tables.DataTable]) -> bytes:
    """The package as one ZIP: the same bytes for the same tables."""
    contents = {DESCRIPTION: described, "README.txt": _README.encode()} | {t.uri: t.content for t in tables}
    return zips.zipped(sorted(contents.items()))
