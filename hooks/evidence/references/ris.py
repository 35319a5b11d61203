"""References as RIS. Types and tags are those of the "RIS Format Specifications" (Research Information Systems, 2001; 2011 for newer types).

Where readers differ, the tag is one that Zotero puts into the right place: editors are `ED`, the number of a report is `SN`, that of a law `M1`. No work is
`GEN`, which Zotero takes for an article. A comma ends the name of an organisation (EndNote's help, "Author and Editor Names"), else pandoc makes a person of it.
RIS has no escape for a comma within a name: there it is a full-width comma, which programs that fold characters find as a comma. Fields of our own are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from evidence.model.base import Name, Reference, joined
from evidence.model.vocabulary import standing_words
from evidence.references.csl import web_address
from evidence.references.kinds import exported_kind
from evidence.text import escape

_COMMA = re.compile(r",\s*")


def to_ris(reference: Reference) -> str:
    """A reference as a RIS record that ends with an empty line."""
    lines = ((tag, escape.clean(value)) for tag, value in _lines(reference))
    return "".join(f"{tag}  - {value}\r\n" for tag, value in lines if value or tag == "ER") + "\r\n"


def _lines(reference: Reference) -> Iterator[tuple[str, str]]:
    """Tags and values in order; what is empty is left out."""
    t = reference.text
    kind = exported_kind(reference)
    first, last = _pages(t("number") if kind.article else "", reference.pages())
    yield from (("TY", kind.ris), ("ID", reference.key))
    yield from (("AU", _name(name)) for name in reference.authors)
    yield from (("ED", _name(name)) for name in reference.editors)
    yield from (("A4", _name(name)) for name in reference.names("translator"))
    yield from (("TI", reference.title), ("T2", reference.container), ("T3", t("collection-title")))
    issued = reference.item.get("issued", {})
    year = _year(issued)
    yield from (("PY", year), ("DA", _day(issued) if _day(issued) != f"{year}///" else ""))
    yield from (
        ("VL", t("volume")),
        (kind.ris_number, t("issue") if kind.article else t("number") or t("collection-number")),
    )
    yield from (
        ("SP", first),
        ("EP", last),
        ("ET", t("edition")),
        ("PB", reference.text("publisher")),
        ("CY", t("publisher-place")),
    )
    yield "M3", "" if kind.article else t("genre")
    yield from (("DO", t("DOI")), ("UR", web_address(t("URL"))), ("Y2", _day(reference.item.get("accessed", {}))))
    yield from (("OP", t("original-date")), ("LA", t("language")))
    yield "SN", "" if kind.ris_number == "SN" else t("ISBN") or t("ISSN")
    yield from (("N1", t("note")), ("N1", t("issued") if "literal" in issued else ""))
    yield "N1", ". ".join(filter(None, standing_words(reference.field("status"), reference.field("statusnote"))))
    yield "ER", ""


def _year(date: Mapping[str, Any]) -> str:
    """The year of four digits, of a span the first; no program reads another."""
    years = [parts[0] for parts in date.get("date-parts", ()) if parts[0] > 0]
    return f"{years[0]:04d}" if years else ""


def _day(date: Mapping[str, Any]) -> str:
    """A date as 'YYYY/MM/DD/other'; '' where there is none of that form."""
    year = _year(date)
    if not year:
        return ""
    parts = date["date-parts"][0]
    month, day = (f"{part:02d}" if part else "" for part in (*parts[1:], 0, 0)[:2])
    return f"{year}/{month}/{day}/"


def _name(name: Name) -> str:
    """A name as 'Family, Given, Suffix'; an organisation, or what else is one piece, as 'Name,'."""
    if name.literal:
        return f"{_COMMA.sub('，', name.literal)},"
    parts = [_COMMA.sub("，", part) for part in (joined(name.particle, name.family), name.given, name.suffix)]
    return ", ".join(parts if name.suffix else parts[:2]).rstrip()


def _pages(number: str, pages: str) -> tuple[str, str]:
    """The first and the last page; an article number, and what is no span, is a first page."""
    first, _, last = pages.partition("-")
    return (number or pages, "") if number or not first else (first, last)
