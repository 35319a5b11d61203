"""What pandoc reads of an entry -> an item of CSL 1.0.2 ("Standard Variables", and the markup of CSL-JSON), with what pandoc leaves out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from evidence.bibliography.codes import one_address
from evidence.bibliography.dates import Date, csl_date, read_on
from evidence.bibliography.entries import LANGUAGES, VERBATIM, Entry
from evidence.bibliography.latex import finished, simpler_latex, without_commands
from evidence.text.languages import language_tag
from evidence.text.spans import unmarked

Item = dict[str, Any]
# Around what braces in a title protect, since pandoc keeps no braces.
PROTECT, END = "\ue020", "\ue021"
# A less-than sign and a grave accent in a name.
LESS, GRAVE = "\ue014", "\ue015"
ADDRESS = re.compile(r"\\url\s*\{([^{}]+)\}|(https?://[^\s{}<>]+[^\s{}<>.,;)])")
# Entry types that pandoc takes for something else, or for nothing.
_TYPES = {"manual": "report", "misc": "document", "periodical": "periodical"}
_MARK = re.compile(f"{PROTECT}([^{PROTECT}{END}]*){END}")
_ESCAPE = re.compile(r"\\([_&%#$~{}])")
_DOI = re.compile(r"^(https?://(dx\.)?doi\.org/|doi:\s*)", re.I)
_ANYWHERE = {
    "container-title": ("journaltitle", "journal", "booktitle"),
    "publisher": ("publisher", "institution", "school", "organization"),
    "publisher-place": ("location", "address"),
    "collection-title": ("series",),
    **{name: (name,) for name in ("volume", "edition", "version")},
}
# Read otherwise below, or said by nobody but the programs that wrote the entry.
_NOT_TAKEN = {"id", "type", "abstract", "keyword", "annote", "language", "note", *VERBATIM.values()}


def item_of(entry: Entry, read: Item) -> Item:
    """The item of an entry, of which pandoc has `read` the values."""
    kind = _TYPES.get(entry.type) or read.get("type") or "document"
    item: Item = {"id": entry.key, "type": kind}
    for name, value in read.items():
        if isinstance(value, list):
            item[name] = [_name(person) for person in value]
        elif isinstance(value, str) and name not in _NOT_TAKEN:
            item[name] = text_of(value)
    for variable, names in _ANYWHERE.items():  # where pandoc has no place for a field in this type of entry
        if not item.get(variable) and (value := next(filter(None, map(entry.fields.get, names)), "")):
            item[variable] = text_of(without_commands(simpler_latex(value)[0]))
    note = text_of(str(read.get("note", "")))
    item |= _codes(entry, read) | {"note": "" if read_on(note) else note} | _dates(entry, note)
    if not entry.fields.get("shorttitle"):
        item["title-short"] = ""  # pandoc makes one of what stands before a colon
    if "literal" in item.get("issued", {}):
        item["status"] = ""  # the same words
    return {name: value for name, value in item.items() if value}


def _codes(entry: Entry, read: Item) -> Item:
    """Addresses, numbers, pages and the language."""
    f = entry.fields.get
    item = {variable: _verbatim(f(name, "")) for name, variable in VERBATIM.items()}
    item["DOI"] = _DOI.sub("", item["DOI"])
    item["PMID"] = re.sub(r"^PMID:\s*", "", item["PMID"], flags=re.I)
    address = ADDRESS.search(f("howpublished", ""))
    of_eprint = str(read.get("URL", "")) if f("eprint") else ""  # of arXiv, JSTOR, PubMed
    item["URL"] = one_address(item["URL"]) or (address and (address[1] or address[2])) or of_eprint
    number = text_of(without_commands(simpler_latex(f("eid", ""))[0]))
    pages = re.sub(r"\s*(?:[-\u2010\u2011]+|–|—)\s*", "-", text_of(str(read.get("page", "")))).strip("- ")
    # An entry repeats the number of an article as pages for readers that do not know `eid`.
    item |= {"page": "" if pages == number else pages, "number": text_of(str(read.get("number", ""))) or number}
    return item | {"language": language_tag(*(f(name, "") for name in LANGUAGES))}


def _dates(entry: Entry, note: str) -> dict[str, Date]:
    f = entry.fields.get
    read = (csl_date(f(name, "")) for name in ("urldate", "lastchecked", "lastaccessed", "accessed"))
    dates = {
        "issued": issued(entry),
        "accessed": next(filter(None, read), None)
        or csl_date(f("urlyear", ""), f("urlmonth", ""), f("urlday", ""))
        or read_on(note),
        "original-date": csl_date(f("origdate", "") or f("origyear", "")),
        "event-date": csl_date(f("eventdate", "")),
    }
    return {name: date for name, date in dates.items() if date}


def undated(entry: Entry) -> str:
    """What stands in the place of a date: 'n.d.', or what is no date; '' where there is one, or nothing at all."""
    return "" if issued(entry) else entry.fields.get("date") or entry.fields.get("year", "")


def issued(entry: Entry) -> Date | None:
    """The date of a work: biblatex has it in one field, BibTeX in several, and before it came out there are words for it."""
    f = entry.fields.get
    found = (csl_date(f(name, ""), f("month", ""), f("day", "")) for name in ("date", "year"))
    return next(filter(None, found), None) or csl_date(f("pubstate", ""))


def _name(person: Mapping[str, Any]) -> dict[str, str]:
    """A name; whether its particle counts in the order of a list is said by styles, not by an entry."""
    found = {
        part: unmarked(text_of(value)).replace(LESS, "<").replace(GRAVE, "`")
        for part, value in person.items()
        if isinstance(value, str)
    }
    if particle := found.pop("dropping-particle", ""):
        found["non-dropping-particle"] = f"{particle} {found.get('non-dropping-particle', '')}".strip()
    return {part: text for part, text in found.items() if text}


def text_of(value: str) -> str:
    """Text from pandoc in the markup of items, with curly quotation marks."""
    if "<" in value:
        value = re.sub(r"</?u>|</?span\b[^<>]*>", "", value)
    value = re.sub(r'"([^"<>]*)"', r"“\1”", value)
    while _MARK.search(value):
        value = _MARK.sub(lambda match: _no_case(match[1]), value)
    return finished(re.sub(f"[{PROTECT}{END}]", "", value))


def _no_case(text: str) -> str:
    """Words whose capitals stay; where braces hold none, nothing has to be said."""
    inner = re.sub(r'<span class="nocase">(.*?)</span>', r"\1", text)
    return f'<span class="nocase">{inner}</span>' if re.search(r"[^\W\d_]", inner) and inner != inner.lower() else inner


def _verbatim(value: str) -> str:
    """A code or an address, in which LaTeX's escapes of single characters are undone and nothing else is touched."""
    if match := re.fullmatch(r"\\(?:url|href|path|nolinkurl)\s*\{(.*)\}", value):
        value = match[1]
    return " ".join(_ESCAPE.sub(r"\1", value).strip("{}<> ").split())
