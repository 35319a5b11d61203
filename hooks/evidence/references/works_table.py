"""References as rows of a table, for people who count and sort them: with the fields of our own."""

from __future__ import annotations

from collections.abc import Iterable

from evidence.files import csv_lines
from evidence.model.base import Location, Name, Reference
from evidence.model.review import Review
from evidence.references.csl import csl_name, web_address


def to_row(reference: Reference, review: Review) -> str:
    """A reference as a row of CSV."""
    return csv_lines.csv_lines([_cells(reference, review).values()])


def header() -> bytes:
    """What such a file begins with: the names of the columns."""
    nothing = Reference("", "", {}, (), (), (), Location())
    return csv_lines.BOM + csv_lines.csv_lines([_cells(nothing, Review())]).encode()


def _cells(reference: Reference, review: Review) -> dict[str, str]:
    f = reference.field
    kind = review.kind_of(reference)
    return {
        "Key": reference.key,
        "Type": reference.entry_type,
        "Authors": _people(reference.authors),
        "Editors": _people(reference.editors),
        "Year": reference.year,
        "Month": f("month"),
        "Title": reference.title,
        "Container": reference.container,
        "Series": f("series"),
        "Volume": f("volume"),
        "Number": f("number"),
        "Pages": reference.pages("–"),
        "Article number": f("eid"),
        "Edition": f("edition"),
        "Publisher": reference.publisher,
        "Place": reference.place,
        "Kind of work": f("type"),
        "DOI": f("doi"),
        "URL": web_address(f("url")),
        "Kind of source": kind.name if kind else "",
        "Nations": "; ".join(review.nations[name].name for name in reference.nations if name in review.nations),
        "Access": f("access"),
        "How it came into the list": f("listing"),
        "What was checked": f("verified"),
        "Editors' note": f("editornote"),
        "Why no page cites it": f("uncited"),
    }


def _people(names: Iterable[Name]) -> str:
    """Names with semicolons between them: 'van den Berg, Kees; Hedge and Ditch Trust'."""
    found = []
    for name in map(csl_name, names):
        first = " ".join(name[part] for part in ("non-dropping-particle", "family") if part in name)
        rest = [name[part] for part in ("suffix", "given") if part in name]
        found.append(name.get("literal") or ", ".join([first, *rest]))
    return "; ".join(found)
