"""Exports as independent libraries read them, each as plain records that can be compared field by field.

A record has the fields of FIELDS; names are 'particle family, suffix, given', an organisation is its name. What a library cannot read, whoever wrote the
file, stands in CANNOT with the reason.
"""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
from collections.abc import Callable, Iterable, Mapping
from functools import cache, partial
from typing import Any

import bibtexparser
import pybtex.database
import pypandoc
import rispy
from bibtexparser import middlewares
from pylatexenc.latex2text import LatexNodes2Text

from conftest import ROOT
from evidence.downloads.export_files import ReferenceFiles
from evidence.model.base import Reference
from evidence.references.csl import csl_name, web_address
from evidence.references.formats import FORMATS
from evidence.site.site import Site

FIELDS = (
    *("title", "authors", "editors", "year", "month", "container", "volume", "issue"),
    *("number", "pages", "publisher", "place", "edition", "doi", "url"),
)
PUBLISHERS = ("publisher", "institution", "school", "organization", "howpublished")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
Record = dict[str, Any]
# Reader -> field -> why it is not compared.
CANNOT: dict[str, dict[str, str]] = {
    "pybtex": {},
    "bibtexparser": {},
    "pandoc, BibTeX": {},
    "rispy": {},
    "pandoc, RIS": {
        "month": "reads the year alone",
        "place": "reads no tag CY",
        "number": "reads a report's number as an ISSN, and no number of a law",
    },
    "json": {},
    "pandoc, CSL-JSON": {},
    "citation-js, BibTeX": {"number": "reads an article's number as a number, and no number of a law"},
    "citation-js, RIS": {"editors": "reads no tag ED"},
    "citation-js, CSL-JSON": {},
    "csv": {},
    "page": {"month": "not shown"},
}


def plain(text: object) -> str:
    """Text without what programs make out of quotation marks and spaces."""
    words = re.sub(r"<(i|b|sup|sub)>(.*?)</\1>", r"\2", str(text).replace("ˆ", "^"))
    return " ".join(re.sub("[‘’“”ʼ`\"]|''", "'", words).split())


def span(text: object) -> str:
    """Pages with one hyphen between them."""
    return re.sub("-+|–", "-", plain(text))


def record(fields: Mapping[str, Any]) -> Record:
    """A record in the common spelling; what is missing is ''."""
    found: Record = {name: fields.get(name) or "" for name in FIELDS}
    for name in FIELDS:
        if name in ("authors", "editors"):
            found[name] = tuple(plain(person) for person in found[name])
        else:
            found[name] = (span if name in ("pages", "issue", "number", "volume") else plain)(found[name])
    return found


def person(name: Mapping[str, Any]) -> str:
    """A name of CSL-JSON; the comma of an organisation's name may come from RIS, which cannot hold one (see `ris`)."""
    particle = name.get("non-dropping-particle") or name.get("dropping-particle", "")
    first = f"{particle} {name.get('family', '')}".strip()
    return name.get("literal") or ", ".join(p for p in (first, name.get("suffix", ""), name.get("given", "")) if p)


def ascii_commas(record: Record) -> Record:
    """A record with the commas in names that RIS cannot hold (see `ris`)."""
    return record | {role: tuple(name.replace("，", ", ") for name in record[role]) for role in ("authors", "editors")}


def expected(reference: Reference) -> Record:
    """What the bibliography says."""
    t = reference.text
    article = reference.item["type"].startswith("article")
    parts = reference.item.get("issued", {}).get("date-parts", [[]])[0]
    return record(
        {
            "title": reference.title,
            "authors": [person(csl_name(name)) for name in reference.authors],
            "editors": [person(csl_name(name)) for name in reference.editors],
            "year": reference.year or "n.d.",
            "month": parts[1] if len(parts) > 1 else 0,
            "container": reference.container,
            "volume": t("volume"),
            "issue": t("issue"),
            "number": "" if article else t("number"),
            "pages": reference.pages(),
            "publisher": t("publisher"),
            "place": t("publisher-place"),
            "edition": t("edition"),
            "doi": t("DOI"),
            "url": web_address(t("URL")),
        }
    )


def _bibtex(kind: str, f: Callable[[str], str], people: Callable[[str], list[str]]) -> Record:
    article = kind == "article"
    return record(
        {
            "title": f("title"),
            "authors": people("author"),
            "editors": people("editor"),
            "year": f("year") or "n.d.",
            "month": _month(f("month")),
            "container": f("journal") or f("booktitle"),
            "volume": f("volume"),
            "issue": f("number") if article else "",
            "number": "" if article else f("number"),
            "pages": f("eid") or f("pages"),
            "publisher": next(filter(None, map(f, PUBLISHERS)), ""),
            "place": f("address") or f("location"),
            "edition": f("edition"),
            "doi": f("doi"),
            "url": f("url"),
        }
    )


def _month(word: str) -> int:
    return MONTHS.index(word[:3].lower()) + 1 if word else 0


@cache
def _decoder() -> LatexNodes2Text:
    return LatexNodes2Text(math_mode="text", keep_comments=True)


def unlatex(text: str, name: str = "") -> str:
    """LaTeX as text; DOIs and addresses are verbatim."""
    return text if name in ("doi", "url") else str(_decoder().latex_to_text(text))


def read_pybtex(data: bytes) -> dict[str, Record]:
    """BibTeX by pybtex."""
    found = {}
    for key, entry in pybtex.database.parse_string(data.decode(), "bibtex").entries.items():

        def people(role: str, entry: Any = entry) -> list[str]:
            names = []
            for one in entry.persons.get(role, []):
                last = " ".join([*one.prelast_names, *one.last_names])
                given = " ".join([*one.first_names, *one.middle_names])
                parts = [last, " ".join(one.lineage_names), given]
                names.append(", ".join(unlatex(part) for part in parts if part))
            return names

        found[key] = _bibtex(entry.type, lambda name, e=entry: unlatex(e.fields.get(name, ""), name), people)
    return found


def read_bibtexparser(data: bytes) -> dict[str, Record]:
    """BibTeX by bibtexparser, with its own splitting of names and its own decoding of LaTeX."""
    layers = [middlewares.SeparateCoAuthors(), middlewares.SplitNameParts()]
    library = bibtexparser.parse_string(data.decode(), append_middleware=layers)
    assert not library.failed_blocks
    found = {}
    for entry in library.entries:

        def people(role: str, entry: Any = entry) -> list[str]:
            names = []
            for one in entry[role] if role in entry.fields_dict else []:
                parts = (" ".join([*one.von, *one.last]), " ".join(one.jr), " ".join(one.first))
                names.append(", ".join(unlatex(part) for part in parts if part))
            return names

        fields = entry.fields_dict
        found[entry.key] = _bibtex(
            entry.entry_type, lambda name, f=fields: unlatex(str(f[name].value), name) if name in f else "", people
        )
    return found


def read_json(data: bytes) -> dict[str, Record]:
    """CSL-JSON by any reader of JSON."""
    return {item["id"]: csl_record(item) for item in json.loads(data)}


def csl_record(item: Mapping[str, Any]) -> Record:
    """A record out of a CSL-JSON item."""
    issued = item.get("issued", {})
    parts = [*(issued.get("date-parts") or [[]]), []][0]
    return record(
        {
            "title": item.get("title"),
            "authors": [person(name) for name in item.get("author", [])],
            "editors": [person(name) for name in item.get("editor", [])],
            "year": parts[0] if parts else issued.get("literal") or "n.d.",
            "month": parts[1] if len(parts) > 1 else 0,
            "container": item.get("container-title"),
            "volume": item.get("volume"),
            "issue": item.get("issue"),
            "number": item.get("number"),
            "pages": item.get("page"),
            "publisher": item.get("publisher"),
            "place": item.get("publisher-place"),
            "edition": item.get("edition"),
            "doi": item.get("DOI"),
            "url": item.get("URL"),
        }
    )


def read_pandoc(form: str, data: bytes) -> dict[str, Record]:
    """Any format by pandoc. It makes keys of its own out of RIS, so those come by number."""
    items = json.loads(pypandoc.convert_text(data.decode(), "csljson", format=form))
    return {str(i) if form == "ris" else item["id"]: csl_record(item) for i, item in enumerate(items)}


def read_citation_js(form: str, data: bytes) -> dict[str, Record]:
    """Any format by citation-js, the library of another language; `form` is its own word for the format, '' for CSL-JSON."""
    command = ["node", ROOT / "tests/citation_js.mjs", *([form] if form else [])]
    made = subprocess.run(command, input=data, capture_output=True, check=True).stdout
    found = {item["id"]: csl_record(item) for item in json.loads(made)}
    return {key: one | {"url": re.sub("%5B", "[", one["url"]).replace("%5D", "]")} for key, one in found.items()}


def read_rispy(data: bytes) -> dict[str, Record]:
    """RIS by rispy, with its own mapping of tags."""
    found = {}
    for entry in rispy.loads(data.decode(), skip_unknown_tags=False):
        kind = entry["type_of_reference"]
        pages = (entry.get("start_page"), entry.get("end_page"))
        date = entry.get("date", "").split("/")
        found[entry["id"]] = record(
            {
                "title": entry["title"],
                "authors": [_ris_name(name) for name in entry.get("authors", [])],
                "editors": [_ris_name(name) for name in entry.get("unknown_tag", {}).get("ED", [])],
                "year": entry.get("year") or "n.d.",
                "month": int(date[1]) if len(date) > 1 and date[1] else 0,
                "container": entry.get("secondary_title"),
                "volume": entry.get("volume"),
                "issue": entry.get("number"),
                "number": entry.get("note") or (entry.get("issn") if kind == "RPRT" else ""),
                "pages": "-".join(page for page in pages if page),
                "publisher": entry.get("publisher"),
                "place": entry.get("place_published"),
                "edition": entry.get("edition"),
                "doi": entry.get("doi"),
                "url": (entry.get("urls") or [""])[0],
            }
        )
    return found


def _ris_name(name: str) -> str:
    """'Family, Given, Suffix', or 'Organisation,', in the order of a record."""
    parts = name.rstrip(",").split(", ")
    return ", ".join([parts[0], parts[2], parts[1]] if len(parts) == 3 else parts)


def read_csv(data: bytes) -> dict[str, Record]:
    """CSV by the standard library; a cell that a spreadsheet would take for a formula has an apostrophe before it."""
    found = {}
    for line in csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")):
        row = {name: re.sub(r"^'(?=[=+\-@])", "", value) for name, value in line.items()}
        article = row["Type"] == "article"
        found[row["Key"]] = record(
            {
                "title": row["Title"],
                "authors": [name for name in row["Authors"].split("; ") if name],
                "editors": [name for name in row["Editors"].split("; ") if name],
                "year": row["Year"] or "n.d.",
                "month": _month(row["Month"]),
                "container": row["Container"],
                "volume": row["Volume"],
                "issue": row["Number"] if article else "",
                "number": "" if article else row["Number"],
                "pages": row["Article number"] or row["Pages"],
                "publisher": row["Publisher"],
                "place": row["Place"],
                "edition": row["Edition"],
                "doi": row["DOI"],
                "url": row["URL"],
            }
        )
    return found


READERS: dict[str, tuple[str, Callable[[bytes], dict[str, Record]]]] = {
    "pybtex": ("bib", read_pybtex),
    "bibtexparser": ("bib", read_bibtexparser),
    "pandoc, BibTeX": ("bib", partial(read_pandoc, "bibtex")),
    "rispy": ("ris", read_rispy),
    "pandoc, RIS": ("ris", partial(read_pandoc, "ris")),
    "json": ("json", read_json),
    "pandoc, CSL-JSON": ("json", partial(read_pandoc, "csljson")),
    "citation-js, BibTeX": ("bib", partial(read_citation_js, "@bibtex/text")),
    "citation-js, RIS": ("ris", partial(read_citation_js, "@ris/file")),
    "citation-js, CSL-JSON": ("json", partial(read_citation_js, "")),
    "csv": ("csv", read_csv),
}


def read_back(reference_files: ReferenceFiles, keys: Iterable[str], reader: str) -> dict[str, Record]:
    """The works of one file, by key, as one library reads them."""
    keys = tuple(keys)
    ending, read = READERS[reader]
    assert ending in FORMATS
    found = read(reference_files.file(keys, ending))
    if reader == "pandoc, RIS":
        found = {key: found[str(i)] for i, key in enumerate(keys)} if len(found) == len(keys) else {}
    return {key: ascii_commas(one) for key, one in found.items()} if ending == "ris" else found


def differences(reference: Reference, found: Record, reader: str) -> list[str]:
    """The fields that a library reads otherwise than the bibliography says, with both values."""
    wanted = expected(reference)
    return [
        f"{name}: {wanted[name]!r} is read as {found[name]!r}"
        for name in FIELDS
        if name not in CANNOT[reader] and wanted[name] != found[name]
    ]


def filled_in(reference: Reference, reader: str) -> int:
    """How many fields of a work that library can be asked for."""
    return sum(
        1 for name, value in expected(reference).items() if value not in ("", (), "0") and name not in CANNOT[reader]
    )


def on_its_page(site: Site, key: str, text: str) -> list[str]:
    """The fields that the words of a work's page do not show."""
    wanted = expected(site.review.references[key])
    shown = plain(text)
    missing = [
        name
        for name in FIELDS
        if name not in ("authors", "editors", "month", "year") and plain(wanted[name]) not in span(shown) + shown
    ]
    people = site.review.references[key].authors + site.review.references[key].editors
    if not all(plain(name.full) in shown for name in people):
        missing.append("people")
    if wanted["year"].replace("n.d.", "No date") not in shown:
        missing.append("year")
    return missing
