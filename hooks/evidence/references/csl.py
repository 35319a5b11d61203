"""References as CSL-JSON (CSL 1.0.2: "Item Types" and "Variables", appendices III and IV of the specification), for the styles and for export.

What is exported keeps to the types that CSL 1.0.1 had as well: Zotero's reader of CSL-JSON refuses a whole file for one type that it does not
know, and older ones do not know `document` and `software`. Fields of our own (`sourcekind`, `access` and the like) are left out.
"""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import quote

from evidence.model.base import Name, Reference
from evidence.references.labels import UNDATED
from evidence.sources.bibtex import MONTHS
from evidence.text import escape

# BibTeX and biblatex entry types -> CSL types.
CSL_TYPES = {
    "article": "article-journal",
    "book": "book",
    "collection": "book",
    "booklet": "pamphlet",
    "inbook": "chapter",
    "incollection": "chapter",
    "inproceedings": "paper-conference",
    "conference": "paper-conference",
    "proceedings": "book",
    "manual": "report",
    "techreport": "report",
    "report": "report",
    "phdthesis": "thesis",
    "mastersthesis": "thesis",
    "thesis": "thesis",
    "online": "webpage",
    "dataset": "dataset",
    "unpublished": "manuscript",
    "software": "software",
    "patent": "patent",
}
_NEWER = {"document": "manuscript", "software": "book"}
# Further variables of exported items, and the fields that they come from.
_MORE = {"collection-title": "series", "ISBN": "isbn", "ISSN": "issn", "PMID": "pmid", "PMCID": "pmcid"}
_NOT_IN_ADDRESSES = re.compile(r'[\s"<>\\^`{|}]')
_SUFFIX = re.compile(r"(.+), ((?:Jr|Sr)\.?|[IVX]+)")


def csl_type(reference: Reference, authorless: bool = False) -> str:
    """The CSL type. `authorless` says that the kind of work needs no author, which for a @misc means a law."""
    return CSL_TYPES.get(reference.entry_type, "legislation" if authorless else "document")


def csl_item(reference: Reference, authorless: bool = False) -> dict[str, Any]:
    """A reference as a CSL-JSON item; `authorless` as for `csl_type`."""
    f = reference.field
    article = reference.entry_type == "article"
    item: dict[str, Any] = {
        "id": reference.key,
        "type": csl_type(reference, authorless),
        "title": reference.title,
    }
    for role, names in (("author", reference.authors), ("editor", reference.editors)):
        if names:
            item[role] = [csl_name(name) for name in names]
    if re.fullmatch(r"\d{1,4}", reference.year):
        number = month_number(reference)
        item["issued"] = {"date-parts": [[int(reference.year), *([number] if number else [])]]}
    else:
        item["issued"] = {"literal": reference.year or UNDATED}
    values = {
        "container-title": container_title(reference),
        "volume": f("volume"),
        "issue": f("number") if article else "",
        "number": f("number") if not article else "",
        "page": page_range(reference),
        "publisher": publisher(reference),
        "publisher-place": publisher_place(reference),
        "edition": f("edition"),
        "genre": f("type"),
        "DOI": f("doi"),
        "URL": f("url"),
    }
    return item | {name: value for name, value in values.items() if value}


def month_number(reference: Reference) -> int:
    """The month from 1, or 0 where the entry has none that is known."""
    month = reference.field("month").lower()
    return MONTHS.index(month[:3]) + 1 if month[:3] in MONTHS else int(month) if month in _MONTH_FIGURES else 0


_MONTH_FIGURES = {str(number) for number in range(1, 13)}


def container_title(reference: Reference) -> str:
    """The title of the journal or book that the work stands in."""
    f = reference.field
    return f("journal") or f("journaltitle") or f("booktitle")


def page_range(reference: Reference, between: str = "-") -> str:
    """The pages that the work stands on, with this dash between the first and the last."""
    return reference.field("pages").replace("--", between).replace("–", between)


def publisher(reference: Reference) -> str:
    """Who brought the work out, whatever its entry type calls them."""
    f = reference.field
    return f("publisher") or f("institution") or f("school") or f("organization")


def publisher_place(reference: Reference) -> str:
    """Where the publisher is: BibTeX and biblatex have two names for it."""
    return reference.field("address") or reference.field("location")


def csl_name(name: Name) -> dict[str, str]:
    """A name as CSL-JSON has it; an organisation is never split."""
    if name.literal:
        return {"literal": name.literal}
    family, suffix = without_suffix(name)
    parts = {"family": family, "given": name.given, "non-dropping-particle": name.particle, "suffix": suffix}
    return {role: value for role, value in parts.items() if value}


def without_suffix(name: Name) -> tuple[str, str]:
    """A person's family name, and the 'Jr' or 'III' that stands behind it in the model, or ''."""
    found = _SUFFIX.fullmatch(name.family)
    return (found[1], found[2]) if found else (name.family, "")


def cleaned(value: Any) -> Any:
    """A value as JSON has it, with every text in it on one line and without control characters."""
    if isinstance(value, str):
        return escape.clean(value)
    if isinstance(value, dict):
        return {key: cleaned(item) for key, item in value.items()}
    return [cleaned(item) for item in value] if isinstance(value, list) else value


def web_address(text: str) -> str:
    """A web address as it is written, with what stands in no address percent-encoded (RFC 3986); '' unless it is http or https."""
    address = escape.clean(text)
    return _NOT_IN_ADDRESSES.sub(lambda match: quote(match[0]), address) if escape.url(address) else ""


def to_csl_json(reference: Reference, authorless: bool = False) -> str:
    """A reference as a JSON object for a file: values on one line each, web addresses only of the web, no '</' that could end a script."""
    item: dict[str, Any] = cleaned(csl_item(reference, authorless))
    item["type"] = _NEWER.get(item["type"], item["type"])
    if item["type"] == "manuscript" and reference.entry_type != "unpublished" and reference.field("url"):
        item["type"] = "webpage"
    if "eid" in reference.fields:
        item["page"] = escape.clean(reference.field("eid"))
    item |= {name: escape.clean(reference.field(field)) for name, field in _MORE.items() if reference.field(field)}
    if address := web_address(item.pop("URL", "")):
        item["URL"] = address
    lines = (f" {json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}" for name, value in item.items())
    return "{\n" + ",\n".join(lines).replace("</", "<\\/") + "\n}"
