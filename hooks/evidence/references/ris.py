"""References as RIS, written by rispy. Types and tags are those of the "RIS Format Specifications" (Research Information Systems, 2001; 2011 for newer types).

Where readers differ, the tag is one that Zotero puts into the right place: editors are `ED`, the number of a report is `SN`, that of a law `M1`. No work is
`GEN`, which Zotero takes for an article. A comma ends the name of an organisation (EndNote's help, "Author and Editor Names"), else pandoc makes a person of it.
RIS has no escape for a comma within a name: there it is a full-width comma, which programs that fold characters find as a comma. Fields of our own are left out.
"""

from __future__ import annotations

import re
from typing import Any, ClassVar

import rispy
from rispy.config import LIST_TYPE_TAGS, TAG_KEY_MAPPING

from evidence.model.base import Name, Reference
from evidence.references.csl import cleaned, csl_item, month_number, web_address, without_suffix
from evidence.references.labels import UNDATED

# CSL types -> RIS types. Some entry types are told apart by more than their CSL type.
_TYPES = {
    "article-journal": "JOUR",
    "book": "BOOK",
    "pamphlet": "PAMP",
    "chapter": "CHAP",
    "paper-conference": "CPAPER",
    "report": "RPRT",
    "thesis": "THES",
    "webpage": "ELEC",
    "dataset": "DATA",
    "manuscript": "MANSCPT",
    "software": "COMP",
    "patent": "PAT",
    "legislation": "STAT",
    "document": "MANSCPT",
}
_NUMBERS = {"JOUR": "number", "RPRT": "issn", "PAT": "issn"}  # rispy's names for IS, SN; for all others M1
_COMMA = re.compile(r",\s*")


class Writer(rispy.RisWriter):  # type: ignore[misc]
    """RIS with lines that end as the specification says, no running numbers, and the tag `ED`."""

    NEWLINE: str = "\r\n"
    SEPARATOR: str = ""
    DEFAULT_MAPPING: ClassVar[dict[str, str]] = {**TAG_KEY_MAPPING, "ED": "editors"}
    DEFAULT_LIST_TAGS: ClassVar[list[str]] = [*LIST_TYPE_TAGS, "ED"]

    def set_header(self, count: int) -> str:
        """None."""
        return ""


def to_ris(reference: Reference, authorless: bool = False) -> str:
    """A reference as a RIS record that ends with an empty line; `authorless` as for `csl_type`."""
    f = reference.field
    item = csl_item(reference, authorless)
    kind = _TYPES[item["type"]]
    if item["type"] == "document" and f("url"):
        kind = "ELEC"
    first, last = _pages(f("eid"), item.get("page", ""))
    month = month_number(reference)
    record: dict[str, Any] = {
        "type_of_reference": kind,
        "id": reference.key,
        "authors": [_name(name) for name in reference.authors],
        "editors": [_name(name) for name in reference.editors],
        "title": reference.title,
        "secondary_title": item.get("container-title", ""),
        "tertiary_title": f("series"),
        "year": reference.year or UNDATED,
        "date": f"{int(reference.year):04d}/{month:02d}//" if month and reference.year.isdigit() else "",
        "volume": f("volume"),
        _NUMBERS.get(kind, "note"): f("number"),
        "start_page": first,
        "end_page": last,
        "edition": f("edition"),
        "publisher": item.get("publisher", ""),
        "place_published": item.get("publisher-place", ""),
        "type_of_work": f("type") if kind != "JOUR" else "",
        "doi": f("doi"),
        "urls": [address] if (address := web_address(f("url"))) else [],
    }
    if (code := f("isbn") or f("issn")) and "issn" not in record:
        record["issn"] = code
    record = {name: value for name, value in cleaned(record).items() if value}
    return f"{rispy.dumps([record], implementation=Writer)}\r\n"


def _name(name: Name) -> str:
    """A name as 'Family, Given, Suffix'; an organisation, or what else is one piece, as 'Name,'."""
    if name.literal:
        return f"{_COMMA.sub('，', name.literal)},"
    family, suffix = without_suffix(name)
    parts = [_COMMA.sub("，", part) for part in (f"{name.particle} {family}".strip(), name.given, suffix)]
    return ", ".join(parts if suffix else parts[:2]).rstrip()


def _pages(eid: str, pages: str) -> tuple[str, str]:
    """The first and the last page; an article number, and what is no span, is a first page."""
    first, _, last = pages.partition("-")
    return (eid or pages, "") if eid or not first else (first, last)
