"""References as RIS. Types and tags are those of the "RIS Format Specifications" (Research Information Systems, 2001; 2011 for newer types).

Where readers differ, the tag is one that Zotero puts into the right place: editors are `ED`, the number of a report is `SN`, that of a law `M1`. No work is
`GEN`, which Zotero takes for an article. A comma ends the name of an organisation (EndNote's help, "Author and Editor Names"), else pandoc makes a person of it.
RIS has no escape for a comma within a name: there it is a full-width comma, which programs that fold characters find as a comma. Fields of our own are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidence.model.base import Name, Reference
from evidence.model.vocabulary import UNDATED, standing_words
from evidence.references.csl import web_address
from evidence.references.kinds import exported_kind
from evidence.text import escape

_COMMA = re.compile(r",\s*")


def to_ris(reference: Reference, authorless: bool = False) -> str:
    """A reference as a RIS record that ends with an empty line; `authorless` as for `work_kind`."""
    lines = ((tag, escape.clean(value)) for tag, value in _lines(reference, authorless))
    return "".join(f"{tag}  - {value}\r\n" for tag, value in lines if value or tag == "ER") + "\r\n"


def _lines(reference: Reference, authorless: bool) -> Iterator[tuple[str, str]]:
    """Tags and values in order; what is empty is left out."""
    f = reference.field
    kind = exported_kind(reference, authorless)
    first, last = _pages(f("eid"), reference.pages())
    dated = reference.month and reference.year.isdigit()
    yield from (("TY", kind.ris), ("ID", reference.key))
    yield from (("AU", _name(name)) for name in reference.authors)
    yield from (("ED", _name(name)) for name in reference.editors)
    yield from (("TI", reference.title), ("T2", reference.container), ("T3", f("series")))
    yield "PY", reference.year or UNDATED
    yield "DA", f"{int(reference.year):04d}/{reference.month:02d}//" if dated else ""
    yield from (("VL", f("volume")), (kind.ris_number, f("number")), ("SP", first), ("EP", last))
    yield from (("ET", f("edition")), ("PB", reference.publisher), ("CY", reference.place))
    yield "M3", "" if kind.article else f("type")
    yield from (("DO", f("doi")), ("UR", web_address(f("url"))))
    yield "SN", "" if kind.ris_number == "SN" else f("isbn") or f("issn")
    yield "N1", ". ".join(filter(None, standing_words(f("status"), f("statusnote"))))
    yield "ER", ""


def _name(name: Name) -> str:
    """A name as 'Family, Given, Suffix'; an organisation, or what else is one piece, as 'Name,'."""
    if name.literal:
        return f"{_COMMA.sub('，', name.literal)},"
    family, suffix = name.family_and_suffix
    parts = [_COMMA.sub("，", part) for part in (f"{name.particle} {family}".strip(), name.given, suffix)]
    return ", ".join(parts if suffix else parts[:2]).rstrip()


def _pages(eid: str, pages: str) -> tuple[str, str]:
    """The first and the last page; an article number, and what is no span, is a first page."""
    first, _, last = pages.partition("-")
    return (eid or pages, "") if eid or not first else (first, last)
