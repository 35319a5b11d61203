"""The text of a .bib file -> works, problems and notices. Nothing is lost: entries read plus entries reported equal entries in the file.

The grammar is bibtexparser's, which tells where each field stands; what fields mean is read by `works`.
"""

from __future__ import annotations

import logging
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from bibtexparser import model
from bibtexparser.entrypoint import parse_string

from evidence.bibliography import entries
from evidence.bibliography.entries import Entry
from evidence.bibliography.slips import slips_of
from evidence.bibliography.works import works_of
from evidence.model.base import MONTHS, Location, Problem, Reference
from evidence.text import escape
from evidence.text.addresses import key_problem
from evidence.text.words import did_you_mean, listed, quoted

# Fields in which programs keep what is theirs: nobody has to be told that no page shows them.
_OF_PROGRAMS = re.compile(
    r"_.*|abstract|arxivid|annote|annotation|keywords?|keyword|file|groups?|owner|timestamp|date-(?:added|modified)|bdsk-.*|mendeley-.*|citeulike-.*|creationdate|"
    r"modificationdate|comment|review|rating|ranking|priority|qualityassured|readstatus|printed|pdf|localfile|local-url|read|posted-at|added-at|biburl|"
    r"bibsource|interhash|intrahash|username|citedby.*|cited-references|number-of-cited-references|times-cited|usage-count-.*|unique-id|doc-delivery.*|"
    r"journal-iso|web-of-science-.*|research-areas|affiliations?|author-email|funding-.*|source|copyright|sortkey|presort|key|label|options|"
    r"shorthand|sortname|sorttitle|sortyear|code|video|slides|poster|url[_-]?\w*|mrnumber|mrclass|mrreviewer|zbl(?:number)?|fjournal|coden|lccn|"
    r"(?:opt|alt)[a-z]+|acmid|articleno|issue_date|numpages|size|bibdate|acknowledgement|place|day|dblp.*|ee|crossrefonly|relatedtype|related|relatedstring|entryset",
    re.I,
)
# Fields that are read, and that nobody need be told of: other names for what has a better one, and what says something of other fields.
_SELDOM = set(
    re.findall(
        r"\w+",
        "ids urlyear urlmonth urlday lastchecked lastaccessed accessed origyear hyphenation primaryclass archiveprefix entrysubtype editortype "
        "editoratype authortype nameaddon bookpagination pagetotal library reprinttitle editora editorb editorc",
    )
)
# To look for a near name takes long, so of names that nothing uses only the first are told one by one.
MAX_NAMES = 100
# What an editor meant as the beginning of an entry, whether or not it is one.
_NEARLY_ENTRY = re.compile(r"^[ \t]*@\s*([A-Za-z][\w-]*)(?:\s*[{(\[]\s*([^,\s]*)|[ \t]+([^\s,={}()]+)[ \t]*,)", re.M)
_LOST_FIELDS = re.compile(r"^[ \t,]*([A-Za-z][\w-]*)\s*=\s*[{\"\w]", re.M)
_WORD = re.compile(r"[A-Za-z_][\w+:./-]{0,59}", re.ASCII)
_NOT_ENTRIES = {"comment", "string", "preamble"}
# Entries that only lend others their fields (biblatex's manual, "Regular Types").
_NO_WORKS = ("xdata", "set")
# Fields of which nobody can tell for an editor which of two is right.
_WEIGHTY = {"title", "author", "editor", "year", "date", "journal", "journaltitle", "booktitle", "doi", "url"}
# A field that was taken out by the sign for a comment, which BibTeX does not know within an entry.
_COMMENTED = re.compile(r"^[ \t]*%+[ \t]*[\w-]+[ \t]*=.*$", re.M)

Found = tuple[dict[str, Reference], list[Problem], set[str]]


@dataclass(slots=True)
class _Reading:
    """What has been read so far of a file: entries by key, abbreviations, and by name the places of fields that nothing uses."""

    path: str
    entries: dict[str, Entry] = field(default_factory=dict)
    strings: dict[str, str] = field(default_factory=lambda: {month: month for month in MONTHS})
    unused: dict[str, list[Location]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)
    last: str = ""

    def tell(self, where: Location, message: str, notice: bool = False) -> None:
        self.problems.append(Problem(where, message, notice))


def read_library(text: str, path: str, this_year: int) -> Found:
    """Works by key in the file's order, the problems and notices, and the keys of entries that were refused. `path` names the file in them."""
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)  # it also logs what it reports in failed_blocks
    # bibtexparser does not count a line that ends with a backslash, as notes from Zotero have them.
    library = parse_string(
        _COMMENTED.sub("", unicodedata.normalize("NFC", text)).replace("\\\n", "\\ \n"), parse_stack=[]
    )
    reading = _Reading(path)
    for block in library.blocks:
        where = Location(path, (block.start_line or 0) + 1)
        if isinstance(block, model.Entry | model.DuplicateFieldKeyBlock | model.DuplicateBlockKeyBlock):
            inner = block if isinstance(block, model.Entry) else block.ignore_error_block
            while isinstance(inner, model.DuplicateFieldKeyBlock):
                inner = inner.ignore_error_block
            (_add_entry if isinstance(inner, model.Entry) else _add_string)(reading, inner, where)
        elif isinstance(block, model.String):
            _add_string(reading, block, where)
        elif isinstance(block, model.ImplicitComment):
            told = list(_strays(block.raw or "", where, reading.last))
            reading.problems += told
            # What such an entry lacks may only follow from that.
            reading.refused |= {reading.last} if told and told[0].message.startswith("a brace too many") else set()
        elif isinstance(block, model.ExplicitComment):
            if found := re.match(r"@(comment\w+)", block.raw or "", re.I):
                reading.tell(
                    where, f"@{found[1]} cannot be read here; write another type of entry, such as @book or @misc"
                )
        elif isinstance(block, model.ParsingFailedBlock):
            match = _NEARLY_ENTRY.match((block.raw or "").lstrip())
            key = quoted(match[2]) if match and match[2] else "without a key"
            reading.refused.add(key.strip("'"))
            reading.tell(where, f"entry {key} cannot be read: {_reason(getattr(block.error, 'abort_reason', ''))}")
    return _with_works(reading, this_year)


def _add_string(reading: _Reading, block: Any, where: Location) -> None:
    """An @string: text for an abbreviation, which may be put together from others."""
    key = block.key.lower()
    text, unknown, joint = entries.value_of(str(block.value), reading.strings)
    if unknown or not joint:
        reading.tell(
            where, f"abbreviation {quoted(block.key)} is {quoted(str(block.value))}; write its text out, in braces"
        )
    elif reading.strings.get(key, text) != text and key not in MONTHS:
        reading.tell(where, f"abbreviation {quoted(block.key)} is explained a second time; keep one @string of it")
    reading.strings[key] = text


def _add_entry(reading: _Reading, block: Any, where: Location) -> None:
    """An entry; of two with one key the first counts, and a copy of it is only worth a notice."""
    made = _entry(reading, block, where)
    reading.last = block.key
    if made is None:
        reading.refused.add(block.key)
    elif first := reading.entries.get(made.key):
        at = f"; the first is at line {first.where.line}"
        if (first.type, first.fields) == (made.type, made.fields):
            reading.tell(
                where, f"entry {quoted(made.key)} stands here a second time{at}; remove one of the two", notice=True
            )
        else:
            reading.tell(where, f"key {quoted(made.key)} is used a second time{at}; give this entry a key of its own")
    else:
        reading.entries[made.key] = made


def _entry(reading: _Reading, block: Any, where: Location) -> Entry | None:
    """An entry with the text of its fields; None where it cannot be read, which is told."""
    key = block.key or ""
    if fault := key_problem(key):
        reading.tell(where, fault)
        return None
    if not _WORD.fullmatch(block.entry_type):
        reading.tell(where, f"{quoted('@' + block.entry_type)} of {key} is no type of entry; write one such as @misc")
        return None
    fields: dict[str, str] = {}
    lines: dict[str, int] = {}
    faults = len(reading.problems)
    for item in block.fields:
        name, at = item.key.lower(), Location(where.path, (item.start_line or 0) + 1)
        if not _WORD.fullmatch(name):
            reading.tell(
                at, f"field name {quoted(name)} of '{key}' cannot be read; check the commas and equals signs around it"
            )
        elif name not in entries.READ:
            if not _OF_PROGRAMS.fullmatch(name):
                reading.unused.setdefault(name, []).append(at)
        else:
            value, unknown, joint = entries.value_of(str(item.value), reading.strings)
            value = escape.clean(value)
            if fault := next(entries.field_faults(key, name, value, joint), ""):
                reading.tell(at, fault)
            elif unknown and not (name == "month" and unknown.lower()[:3] in MONTHS):
                advice = "an abbreviation that no @string explains; put braces around text"
                reading.tell(at, f"'{name}' of '{key}' has {quoted(unknown)}, {advice}", notice=True)
            if name in fields:
                same = fields[name] == value or name not in _WEIGHTY
                advice = "keep one of them" + (" (the first counts)" if same else "")
                reading.tell(at, f"entry '{key}' has the field '{name}' twice; {advice}", notice=same)
            else:
                fields[name] = value
                lines[name] = at.line
    if any(not problem.notice for problem in reading.problems[faults:]):
        return None
    return Entry(key, block.entry_type.lower(), fields, where, lines)


def _with_works(reading: _Reading, this_year: int) -> Found:
    """The works of all entries that were read, with what they lend each other, and what is wrong with them."""
    by_small_key = {key.lower(): entry for key, entry in reading.entries.items()}
    whole: list[Entry] = []
    for entry in reading.entries.values():
        for name in entries.INHERITING:
            for key in filter(None, re.split(r"\s*,\s*", entry.fields.get(name, ""))):
                if key.lower() not in by_small_key and key not in reading.refused:
                    near = did_you_mean(key, reading.entries)
                    reading.tell(
                        entry.at(name), f"{name} of '{entry.key}' is {quoted(key)}: there is no such entry{near}"
                    )
        if entry.type not in _NO_WORKS:
            whole.append(entries.with_inherited(entry, by_small_key))
            for name, message, notice in slips_of(whole[-1], this_year):
                reading.tell(entry.at(name), f"{name} of '{entry.key}' {message}", notice)
    works = works_of(whole)
    for entry in works.refused:
        reading.refused.add(entry.key)
        reading.tell(
            entry.where, f"entry '{entry.key}' cannot be read: look at its braces, and at the LaTeX in its fields"
        )
    for entry, name, commands in works.unknown:
        names = listed(f"'\\{command[:20]}'" for command in commands[:5])
        advice = "LaTeX that is not known here, and is left out; write the letters or signs themselves"
        reading.tell(entry.at(name), f"'{name}' of '{entry.key}' has {names}, {advice}", notice=True)
    told = [*reading.problems, *_same_dois(whole, works.read), *_unused(reading.unused)]
    return dict(works.read), told, reading.refused


def _unused(unused: Mapping[str, list[Location]]) -> Iterator[Problem]:
    """One notice for each name of a field that nothing uses; the first of them says which fields there are."""
    fields = f". The fields are {', '.join(sorted(entries.READ - _SELDOM))}"
    for number, (name, places) in enumerate(unused.items()):
        if number == MAX_NAMES:
            rest = len(unused) - number
            yield Problem(
                places[0], f"{rest:,} more fields that are used by nothing here, from this one on", notice=True
            )
            return
        times = f", and {len(places) - 1:,} more" if len(places) > 1 else ""
        near = did_you_mean(name, entries.READ)
        yield Problem(
            places[0],
            f"field {quoted(name)} is used by nothing here and left out (this one{times}){near or fields}",
            notice=True,
        )
        fields = fields if near else ""


def _same_dois(entries_of_works: Iterable[Entry], works: Mapping[str, Reference]) -> Iterator[Problem]:
    """A DOI under two keys: DOIs know no small and capital letters (DOI Handbook, 2.4)."""
    first: dict[str, Entry] = {}
    for entry in entries_of_works:
        doi = works[entry.key].text("DOI").casefold() if entry.key in works else ""
        if doi and doi in first:
            other = first[doi]
            message = f"doi of '{entry.key}' is also that of '{other.key}' at line {other.where.line}; keep one entry of a work"
            yield Problem(entry.at("doi"), message, notice=True)
        first.setdefault(doi, entry)


def _strays(raw: str, where: Location, before: str) -> Iterator[Problem]:
    """What bibtexparser passed over as a comment although it looks like an entry, or like the rest of the entry before it."""
    nearly = [match for match in _NEARLY_ENTRY.finditer(raw) if match[1].lower() not in _NOT_ENTRIES]
    begin = nearly[0].start() if nearly else len(raw)
    if before and (lost := _LOST_FIELDS.findall(raw, 0, begin)) and re.match(r"\s*,", raw):
        names = listed(f"'{name}'" for name in lost)
        message = f"a brace too many ends entry {quoted(before)} on this line, so {names} {'is' if len(lost) == 1 else 'are'} not read; take the brace away"
        yield Problem(where, message)
    for match in nearly:
        line = where.line + raw.count("\n", 0, match.start(1))
        key = match[2] or match[3] or ""
        advice = "check its braces and commas" if match[2] else "an opening brace is missing after its type"
        yield Problem(Location(where.path, line), f"entry {quoted(key)} cannot be read: {advice}")


def _reason(message: str) -> str:
    """bibtexparser's reason in plain words."""
    if "Unexpected block start" in message or "end of file" in message:
        return "a closing brace or quotation mark is missing"
    if "comma after entry key" in message:
        return "a comma is missing after its key"
    if "Expected a `=`" in message or "equals sign" in message:
        return "an equals sign is missing after the name of a field, or a comma before it"
    if "after a closed entry field value" in message:
        return "a comma is missing between two fields, or there is a closing brace too many"
    return "its braces, quotation marks or commas are wrong"
