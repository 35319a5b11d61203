"""References as rows of a table, for people who count and sort them: with the fields of our own."""

from __future__ import annotations

from collections.abc import Iterable

from evidence.files import csv_lines
from evidence.model.base import MONTHS, Name, Reference
from evidence.model.review import Review
from evidence.model.vocabulary import standing_words
from evidence.references.csl import csl_name, web_address
from evidence.references.kinds import work_kind
from evidence.text.translation import _


def to_row(reference: Reference, review: Review) -> str:
    """A reference as a row of CSV."""
    return csv_lines.csv_lines([_cells(reference, review).values()])


def header() -> bytes:
    """What such a file begins with: the names of the columns."""
    nothing = Reference("", "", {"type": "document"})
    return csv_lines.BOM + csv_lines.csv_lines([_cells(nothing, Review())]).encode()


def _cells(reference: Reference, review: Review) -> dict[str, str]:
    f = reference.field
    t = reference.text
    kind = review.kind_of(reference)
    article = work_kind(reference).article
    issued = reference.item.get("issued", {}).get("date-parts", [[]])[0]
    word, said = standing_words(f("status"), f("statusnote"))
    return {
        _("Key"): reference.key,
        _("Type"): reference.entry_type,
        _("Authors"): _people(reference.authors),
        _("Editors"): _people(reference.editors),
        _("Year"): reference.year,
        _("Month"): MONTHS[issued[1] - 1] if len(issued) > 1 else "",
        _("Title"): reference.title,
        _("Container"): reference.container,
        _("Series"): t("collection-title"),
        _("Volume"): t("volume"),
        _("Number"): t("issue") if article else t("number") or t("collection-number"),
        _("Pages"): reference.pages("–"),
        _("Article number"): t("number") if article else "",
        _("Edition"): t("edition"),
        _("Publisher"): t("publisher"),
        _("Place"): t("publisher-place"),
        _("Kind of work"): t("genre"),
        _("DOI"): t("DOI"),
        _("URL"): web_address(t("URL")),
        _("Kind of source"): kind.name if kind else "",
        _("About nations"): "; ".join(
            review.nations[name].name for name in reference.nations if name in review.nations
        ),
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
        rest = [name[part] for part in ("suffix", "given") if part in name]
        found.append(name.get("literal") or ", ".join([name.get("family", ""), *rest]))
    return "; ".join(found)
