"""A file of a reference manager -> its entries, as they stand in it, and its works. BibTeX and biblatex are read as bibliography.bib is; RIS, CSL-JSON and
EndNote's XML are read by pandoc, and then written as BibTeX.
"""

from __future__ import annotations

import html
import json
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from typing import Any

from bibtexparser import model
from bibtexparser.entrypoint import parse_string

from evidence.bibliography import Entry, entries
from evidence.files import pandoc
from evidence.model.base import MONTHS, Location, Problem, Reference
from evidence.model.review import Review
from evidence.references import FORMATS, work_kind
from evidence.sources import parse_bibtex, read_text
from evidence.text import escape
from evidence.text.addresses import key_problem, mended_key
from evidence.text.words import quoted

_ENTRY = re.compile(r"^([ \t]*@(?!comment|string|preamble)[A-Za-z]+\s*[{(])([^,={}\n]*),", re.M | re.I)
MAX_BYTES = 20_000_000
# What pandoc calls the formats of files with these endings.
_BY_PANDOC = {".ris": "ris", ".json": "csljson", ".xml": "endnotexml"}
_ORGANISATION = re.compile(r"^((?:A[1-4U]|ED)  - [^,\n]*[^,\s])[ \t]*$", re.M)
_FIELD = re.compile(r"[\s,]*([^\s=,{}\"]+)\s*=\s*")
_STEP = re.compile(r"\\.|[{}\",]", re.S)
_ENDNOTE_TYPES = {
    *(
        "Journal Article",
        "Magazine Article",
        "Newspaper Article",
        "Electronic Article",
        "Book",
        "Edited Book",
        "Book Section",
    ),
    *(
        "Conference Paper",
        "Conference Proceedings",
        "Report",
        "Government Document",
        "Thesis",
        "Web Page",
        "Blog",
        "Generic",
    ),
}
_ZOTERO_NOTE = re.compile(
    r"^(?:_eprint|Publisher|Backup Publisher|ISBN|ISSN|Num Pages|Section|Place|Issue|Edition): .*$", re.M
)


class LibraryError(ValueError):
    """A library that cannot be read, or a bibliography that it cannot go into; the message is for the editor."""


@dataclass(frozen=True, slots=True)
class Written:
    """An entry as it stands in a text: its place, what its fields say, and where the value of each stands in the text."""

    entry: Entry
    start: int
    end: int
    last_line: int
    spans: Mapping[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Library:
    """What was read of a library: its entries as they stand in the file, its works by key, what is wrong with them, and the keys that
    were `mended`, since no key can be so, with what they were."""

    entries: Sequence[Written]
    works: Mapping[str, Reference]
    problems: Sequence[Problem]
    mended: Mapping[str, str] = field(default_factory=dict)


def read_library(file: Path) -> tuple[Library, bool]:
    """The entries and works of a library with what is wrong with them, and whether it had to be written as BibTeX first.

    Raises LibraryError where nothing of it can be read.
    """
    text, problems = read_text(file, file.name, MAX_BYTES, plain=False)
    if text is None:
        raise LibraryError("\n".join(map(str, problems)))
    form = _form(file, text)
    if form:
        text = _as_bibtex(text, form, file.name)
    text, mended = _with_sound_keys(text)
    works, problems, _ = parse_bibtex(text, file.name)
    if not works:
        told = "\n".join(str(problem) for problem in problems if not problem.notice)
        raise LibraryError(
            told or f"{file.name}: there are no works in this file; export it as BibTeX, biblatex, RIS or CSL-JSON"
        )
    return Library(written_entries(text, file.name), works, problems, mended), bool(form)


def _with_sound_keys(text: str) -> tuple[str, dict[str, str]]:
    """A library with keys in the place of those that no key can be (Scopus writes the spaces of a family name, JabRef leaves it out), and what those were."""
    mended: dict[str, str] = {}
    numbers = count(1)

    def sound(match: re.Match[str]) -> str:
        key = match[2].strip()
        if not key:  # a number is taken for no key, and one is made from the work (`merging`)
            return f"{match[1]}{next(numbers):05},"
        if not key_problem(key):
            return match[0]
        better = next(new for new in _numbered(mended_key(key)) if new not in mended)
        mended[better] = key
        return f"{match[1]}{better},"

    return _ENTRY.sub(sound, text), mended


def _numbered(key: str) -> Iterator[str]:
    yield key
    yield from (f"{key}-{number}" for number in count(2))


def _form(file: Path, text: str) -> str:
    """What pandoc calls the format of a file, '' for BibTeX: by its ending, or where that says nothing, by how it begins."""
    start = text.lstrip()[:200]
    if start.startswith("TY  -"):
        return "ris"
    if start[:1] in ("[", "{") and file.suffix != ".bib":
        return "csljson"
    return (
        "endnotexml"
        if start.startswith("<?xml") and "<records>" in text[:2_000]
        else _BY_PANDOC.get(file.suffix.lower(), "")
    )


def _as_bibtex(text: str, form: str, name: str) -> str:
    """A library of another format as BibTeX. Pandoc's own BibTeX would put titles in capitals, so its items are written here."""
    if (
        form == "ris"
    ):  # whose people have a comma, and whose organisations have none (RIS Format Specifications, "Author")
        text = _ORGANISATION.sub(r"\1,", text)
    try:
        items: list[dict[str, Any]] = json.loads(pandoc.run("-f", form, "-t", "csljson", given=text.encode()))
    except RuntimeError as error:
        line = next((line for line in str(error).splitlines()[1:] if line.strip()), "")
        called = {"ris": "RIS", "csljson": "CSL-JSON", "endnotexml": "EndNote's XML"}[form]
        raise LibraryError(f"{name}: this cannot be read as {called}: {quoted(line or str(error), 200)}") from None
    more = list(_RECORDS[form](text)) if form in _RECORDS else []
    if len(more) == len(items):
        items = [item | said for item, said in zip(items, more, strict=True)]
    review, written = Review(), []
    for item in items:
        key = "".join(str(item.get("id", "")).split())
        work = Reference(key, "misc", {"type": "document", **item, "id": key}, where=Location(name))
        kind = work_kind(work)
        if kind.article and "number" in item and "issue" not in item:  # as pandoc reads EndNote's XML
            work = replace(work, item={**work.item, "issue": item["number"], "number": ""})
        entry_type = kind.csl if kind.csl in kind.entry_types else next(iter(kind.entry_types), work.entry_type)
        written.append(FORMATS["bib"].work(replace(work, entry_type=entry_type), review).decode())
    return "\n".join(written)


def _of_ris(text: str) -> Iterator[dict[str, Any]]:
    """What each record of RIS says that pandoc passes over: the day, the place, when an address was read."""
    for record in re.split(r"^ER  -.*$", text, flags=re.M):
        tags = dict(re.findall(r"^([A-Z][A-Z0-9])  - *(.*?)\s*$", record, re.M))
        if "TY" in tags:
            dates = {"issued": _ris_date(tags.get("DA", "")), "accessed": _ris_date(tags.get("Y2", ""))}
            yield {name: value for name, value in ({"publisher-place": tags.get("CY")} | dates).items() if value}


def _ris_date(text: str) -> dict[str, Any]:
    """A date as RIS has it, 'YYYY/MM/DD/other', of which parts may be missing."""
    parts = re.match(r"(\d{4})(?:[/-](\d\d?)?)?(?:[/-](\d\d?)?)?", text)
    return {"date-parts": [[int(part) for part in parts.groups() if part]]} if parts else {}


def _of_endnote(text: str) -> Iterator[dict[str, Any]]:
    """What each record of EndNote's XML says that pandoc passes over or calls by another name: pages, the DOI, addresses."""
    for record in re.findall(r"<record>(.*?)</record>", text, re.S):
        found = {"page": "pages", "DOI": "electronic-resource-num", "URL": "url", "ISBN": "isbn"}
        values = {name: re.search(rf"<{tag}>(.*?)</{tag}>", record, re.S) for name, tag in found.items()}
        yield {name: html.unescape(re.sub(r"<[^>]*>", "", match[1])).strip() for name, match in values.items() if match}


_RECORDS = {"ris": _of_ris, "endnotexml": _of_endnote}


def written_entries(text: str, path: str) -> list[Written]:
    """The entries of a .bib file that can be read, in order, each with its place in the text."""
    library = parse_string(text, parse_stack=[])
    strings = {month: month for month in MONTHS}
    found: list[Written] = []
    at, line, counted_to = 0, 1, 0
    for block in library.blocks:
        start = text.find(block.raw or "", at)
        at = start + len(block.raw or "") if start >= 0 else at
        if isinstance(block, model.String):
            strings[block.key.lower()] = entries.value_of(str(block.value), strings)[0]
        elif isinstance(block, model.Entry) and start >= 0:
            spans: dict[str, tuple[int, int]] = {}
            for name, begin, end in _spans(block.raw or ""):
                spans.setdefault(name, (start + begin, start + end))
            values = {name: entries.value_of(text[a:b], strings)[0] for name, (a, b) in spans.items()}
            fields = {name: _mended(name, value) for name, value in values.items()}
            line, counted_to = line + text.count("\n", counted_to, start), start
            last = line + (block.raw or "").count("\n")
            key = unicodedata.normalize("NFC", block.key)
            entry = Entry(key, block.entry_type.lower(), fields, Location(path, line))
            found.append(Written(entry, start, at, last, spans))
    return found


def _spans(raw: str) -> Iterator[tuple[str, int, int]]:
    """The fields of an entry, by small names, with the place of each value in the entry's text."""
    raw = raw[:-1]  # its last bracket, which may be a round one
    at = raw.find(",") + 1
    while match := _FIELD.match(raw, at):
        level, quote, end = 0, False, len(raw)
        for step in _STEP.finditer(raw, match.end()):
            sign = step[0]
            if sign == '"' and not level:
                quote = not quote
            elif sign == "{":
                level += 1
            elif sign == "}" and level:
                level -= 1
            elif sign in "}," and not level and not quote:
                end = step.start()
                break
        yield match[1].lower(), match.end(), match.end() + len(raw[match.end() : end].rstrip())
        at = end


def _mended(name: str, value: str) -> str:
    """A value without the habits of programs: two addresses in one field (Mendeley), the kind of work in `type` (EndNote), in `note` what has no field
    (Zotero)."""
    if name == "note":
        value = _ZOTERO_NOTE.sub("", value)
    if name == "url" and " " in value:
        addresses = [part for part in value.split() if "://" in part]
        return next((part for part in addresses if "doi.org/" not in part), addresses[0] if addresses else value)
    return "" if name == "type" and value in _ENDNOTE_TYPES else escape.clean(value)
