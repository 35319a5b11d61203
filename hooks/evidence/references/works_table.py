"""References as rows of a table, for people who count and sort them: with the fields of our own."""

from __future__ import annotations

from collections.abc import Iterable

from evidence.files import csv_lines
from evidence.model.base import Location, Name, Reference
from evidence.model.review import Review
from evidence.model.vocabulary import standing_words
from evidence.references.csl import csl_name, web_address
from evidence.text.translation import _


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
    word, said = standing_words(f("status"), f("statusnote"))
    return {
        _("Key"): reference.key,
        _("Type"): reference.entry_type,
        _("Authors"): _people(reference.authors),
        _("Editors"): _people(reference.editors),
        _("Year"): reference.year,
        _("Month"): f("month"),
        _("Title"): reference.title,
        _("Container"): reference.container,
        _("Series"): f("series"),
        _("Volume"): f("volume"),
        _("Number"): f("number"),
        _("Pages"): reference.pages("–"),
        _("Article number"): f("eid"),
        _("Edition"): f("edition"),
        _("Publisher"): reference.publisher,
        _("Place"): reference.place,
        _("Kind of work"): f("type"),
        _("DOI"): f("doi"),
        _("URL"): web_address(f("url")),
        _("Kind of source"): kind.name if kind else "",
        _("Nations"): "; ".join(review.nations[name].name for name in reference.nations if name in review.nations),
        _("Access"): f("access"),
        _("How it came into the list"): f("listing"),
        _("What was checked"): f("verified"),
        _("Editors' note"): f("editornote"),
        _("Why no page cites it"): f("uncited"),
        _("Standing"): word,
        _("About its standing"): said,
        _("Superseded by"): f("supersededby"),
        _("Kept copy"): web_address(f("archived")),
    }


def _people(names: Iterable[Name]) -> str:
    """Names with semicolons between them: 'van den Berg, Kees; Hedge and Ditch Trust'."""
    found = []
    for name in map(csl_name, names):
        first = " ".join(name[part] for part in ("non-dropping-particle", "family") if part in name)
        rest = [name[part] for part in ("suffix", "given") if part in name]
        found.append(name.get("literal") or ", ".join([first, *rest]))
    return "; ".join(found)
