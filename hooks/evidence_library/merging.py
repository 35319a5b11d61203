"""A library of a reference manager -> what it changes in a bibliography, and the bibliography with those changes. Nothing here opens a file.

A work is the same by its DOI, by its key and a like title, or by its title and year. Whether a field differs is asked of what is read (an item of CSL), so
that another way of typing the same is no difference; what is written is the field as the library has it. Entries that nothing changes, comments, and
the order of the file stay as they are.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import pairwise
from string import ascii_lowercase

from evidence.bibliography import Entry, entries
from evidence.documents.data_files import BIBLIOGRAPHY
from evidence.model.base import MONTHS, Location, Problem, Reference
from evidence.text.addresses import key_problem, slug
from evidence.text.spans import unmarked
from evidence_library.libraries import Library, Written, written_entries

# Titles that are at least this much alike, under one key, are those of one work whose title was mended.
_ALIKE = 0.75
# Titles shorter than this ("Editorial") say too little for two works to be taken for one.
_TELLING = 12
# Fields of which programs write one or the other, each with the variables of CSL that they become.
_FAMILIES = {
    "title subtitle titleaddon maintitle mainsubtitle maintitleaddon": ("title",),
    "date year month day pubstate": ("issued",),
    "urldate urlyear urlmonth urlday lastchecked lastaccessed accessed": ("accessed",),
    "journal journaltitle journalsubtitle booktitle booksubtitle booktitleaddon": ("container-title",),
    "publisher institution school organization": ("publisher",),
    "address location": ("publisher-place",),
    "pages eid": ("page", "number"),
    "number issue": ("issue", "number", "collection-number"),
    "language langid hyphenation": ("language",),
    "author": ("author",),
    "editor": ("editor",),
    "translator": ("translator",),
    "doi": ("DOI",),
    "url": ("URL",),
    "isbn": ("ISBN",),
    "issn": ("ISSN",),
    "volume": ("volume",),
    "edition": ("edition",),
    "series": ("collection-title",),
    "shorttitle": ("title-short",),
    "note": ("note",),
    "type": ("genre",),
}
_FAMILY_OF = {name: family for family in _FAMILIES for name in family.split()}
# Of these a field that the library has no longer says what the entry said before.
_WHOLE = ("title", "date")
# Names of which an entry has one.
_ONE_OF = (
    ("journal", "journaltitle"),
    ("publisher", "institution", "school", "organization"),
    ("address", "location"),
    ("language", "langid", "hyphenation"),
    ("number", "issue"),
)
_ISO = re.compile(r"(\d{4})(?:-(\d\d))?(?:-\d\d)?")
# Keys that programs make up where they have none: a number, an address of Zotero.
_NO_KEY = re.compile(r"\d+|https?://.*|.*/items/.*")


@dataclass(frozen=True, slots=True)
class Changed:
    """An entry that is there already, with what changes in it: the names of fields, what they said, and what they say now ('' for nothing)."""

    key: str
    where: Location
    fields: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Merge:
    """What a library changes in a bibliography.

    `text` is the bibliography with the changes. `added` are new works by key, with the key that another work has already, '' for none; `doubles`
    are works of the library that stand in the bibliography or the library under another key, and why; `left` are problems that keep entries out;
    `unused` counts the fields that nothing here uses; `same` the works that change nothing.
    """

    text: str
    added: Mapping[str, tuple[Reference, str]]
    changed: tuple[Changed, ...]
    doubles: tuple[tuple[str, str, Location, str], ...]
    left: tuple[Problem, ...]
    unused: Mapping[str, int]
    same: int


def merged(text: str, ours: Mapping[str, Reference], library: Library) -> Merge:
    """What a library changes in the bibliography `text`, of which `ours` was read."""
    here = {written.entry.key: written for written in written_entries(text, BIBLIOGRAPHY)}
    by_small_key = {written.entry.key.lower(): written.entry for written in library.entries if written.entry.key}
    left = _kept_out(library)
    known = _Known(ours)
    added: dict[str, tuple[Reference, str]] = {}
    new: dict[str, Entry] = {}
    changed: list[Changed] = []
    doubles: list[tuple[str, str, Location, str]] = []
    edits: list[tuple[int, int, str]] = []
    unused: Counter[str] = Counter()
    same = 0
    for written in library.entries:
        entry, work = written.entry, library.works.get(written.entry.key)
        if work is None or work.where != entry.where or entry.where in left:
            continue
        unused.update(name for name in entry.fields if name not in entries.READ)
        key, why = known.find(work)
        if key and key != work.key and not _NO_KEY.fullmatch(work.key):
            doubles.append((work.key, key, known.works[key].where, why))
        elif key in here:
            fields = tuple(_differences(here[key].entry, ours[key], entry, work))
            if fields:
                changed.append(Changed(key, here[key].entry.where, fields))
                edits += _edits(text, here[key], fields)
            else:
                same += 1
        elif key:
            doubles.append((work.key, key, known.works[key].where, why))
        else:
            key = known.free(work)
            taken = work.key if key != work.key and not _NO_KEY.fullmatch(work.key) else ""
            added[key] = (work, taken)
            new[key] = replace(entries.with_inherited(entry, by_small_key), key=key)
            known.add(key, work)
    edits += _insertions(text, list(here.values()), new)
    text = _edited(text, edits)
    kept_out = tuple(sorted(problem for found in left.values() for problem in found))
    return Merge(text, added, tuple(changed), tuple(doubles), kept_out, unused, same)


def _edited(text: str, edits: Iterable[tuple[int, int, str]]) -> str:
    """A text with each of these places, which do not meet, replaced."""
    pieces: list[str] = []
    at = 0
    for start, end, put in sorted(edits, key=lambda edit: edit[0]):
        pieces += [text[at:start], put]
        at = end
    return "".join([*pieces, text[at:]])


def _kept_out(library: Library) -> dict[Location, list[Problem]]:
    """The problems that keep entries out, by the place of the entry; by their own where no entry could be read."""
    places = [written.entry.where for written in library.entries]
    left: dict[Location, list[Problem]] = {}
    for problem in library.problems:
        if not problem.notice:
            number = bisect_right(places, problem.where) - 1
            within = number >= 0 and problem.where.line <= library.entries[number].last_line
            left.setdefault(places[number] if within else problem.where, []).append(problem)
    return left


class _Known:
    """Works that are there already, found by DOI, key, title and year."""

    def __init__(self, works: Mapping[str, Reference]) -> None:
        self.works: dict[str, Reference] = {}
        self._by_doi: dict[str, str] = {}
        self._by_title: dict[tuple[str, str], str] = {}
        self._slugs: set[str] = set()
        for key, work in works.items():
            self.add(key, work)

    def add(self, key: str, work: Reference) -> None:
        self.works[key] = work
        self._slugs.add(slug(key).lower())
        if doi := _doi(work):
            self._by_doi.setdefault(doi, key)
        if len(title := _letters(work.title)) >= _TELLING:
            self._by_title.setdefault((title, _year(work)), key)

    def find(self, work: Reference) -> tuple[str, str]:
        """The key under which a work is there already, and how that is known; '' and '' for a new one."""
        if key := self._by_doi.get(_doi(work), ""):
            return key, "the same DOI"
        same = self.works.get(work.key)
        if same and not _other_doi(same, work) and _alike(same.title, work.title):
            return work.key, "the same key"
        key = self._by_title.get((_letters(work.title), _year(work)), "")
        same = self.works.get(key)
        if same and not _other_doi(same, work) and _first(same) == _first(work):
            told_apart = ((same.text(name), work.text(name)) for name in ("page", "volume", "edition", "note"))
            if all(one == other or not one or not other for one, other in told_apart):
                return key, "the same title and year"
        return "", ""

    def free(self, work: Reference) -> str:
        """The key for a new work: its own, with a letter where another work has that or its address."""
        key = work.key
        if _NO_KEY.fullmatch(key) or key_problem(key):
            family = slug(_first(work).lower() or _letters(work.title)[:10] or "work")
            key = f"{family}{_year(work)}"
        letters = (f"{a}{b}" for a in ("", *ascii_lowercase) for b in ascii_lowercase)
        return next(k for k in (key, *(f"{key}{letter}" for letter in letters)) if slug(k).lower() not in self._slugs)


def _doi(work: Reference) -> str:
    return work.text("DOI").casefold()


def _other_doi(one: Reference, other: Reference) -> bool:
    return bool(_doi(one) and _doi(other) and _doi(one) != _doi(other))


def _letters(text: str) -> str:
    """The letters and figures of a title, so that case, accents and signs make no difference."""
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKD", text).casefold())


def _alike(one: str, other: str) -> bool:
    first, second = _letters(one), _letters(other)
    return first == second or SequenceMatcher(None, first, second, autojunk=False).ratio() >= _ALIKE


def _year(work: Reference) -> str:
    parts = work.item.get("issued", {}).get("date-parts")
    return str(parts[0][0]) if parts else ""


def _first(work: Reference) -> str:
    """The name of the first author or editor."""
    return next((_letters(name.family or name.literal) for name in (*work.authors, *work.editors)), "")


def _differences(here: Entry, ours: Reference, there: Entry, theirs: Reference) -> Iterator[tuple[str, str, str]]:
    """Fields that the library has otherwise, or that the entry lacks: name, old and new value. Our own fields stay, whatever it says."""
    if ours.item.get("type") != theirs.item.get("type"):
        yield "", here.type, there.type
    said = {name: value for name, value in there.fields.items() if name in entries.READ and value}
    families: dict[str, dict[str, str]] = {}
    for name, value in said.items():
        if not (name in entries.OWN_FIELDS and here.fields.get(name)) and name not in entries.INHERITING:
            families.setdefault(_FAMILY_OF.get(name, name), {})[name] = value
    for family, fields in families.items():
        variables = _FAMILIES.get(family)
        if variables:
            if all(_agree(variable, ours.item.get(variable), theirs.item.get(variable)) for variable in variables):
                continue
        elif all(_plain(here.fields.get(name, "")) == _plain(value) for name, value in fields.items()):
            continue
        new = _as_ours(here, family, fields)
        for name in here.fields if family.split()[0] in _WHOLE else ():
            if _FAMILY_OF.get(name) == family and name not in new:
                yield name, here.fields[name], ""
        for name, value in new.items():
            if _plain(here.fields.get(name, "")) != _plain(value):
                yield name, here.fields.get(name, ""), value


def _agree(variable: str, ours: object, theirs: object) -> bool:
    """Whether the library says the same of a work as we do, or less."""
    if not theirs:
        return True
    if isinstance(ours, Mapping) and isinstance(theirs, Mapping):
        mine, other = ours.get("date-parts"), theirs.get("date-parts")
        if mine and other and len(mine) == len(other):
            return all(a[: len(b)] == b for a, b in zip(mine, other, strict=True))
        return ours == theirs
    if isinstance(ours, str) and isinstance(theirs, str):
        if variable in ("DOI", "ISBN", "ISSN"):
            return re.sub(r"[\s-]", "", ours).casefold() == re.sub(r"[\s-]", "", theirs).casefold()
        return unmarked(ours) == unmarked(theirs)
    return ours == theirs


def _plain(value: str) -> str:
    return " ".join(re.sub(r"[{}]", "", value).split())


def _as_ours(here: Entry, family: str, fields: Mapping[str, str]) -> dict[str, str]:
    """The fields of a family by the names that our entry has for them, where programs write one or the other."""
    found = dict(fields)
    if family.startswith("date "):
        return _date_as_ours(here, found)
    for names in _ONE_OF:
        mine = next((name for name in names if here.fields.get(name)), "")
        theirs = next((name for name in names if name in found), "")
        if mine and theirs and mine not in found:
            found[mine] = found.pop(theirs)
    return found


def _date_as_ours(here: Entry, fields: dict[str, str]) -> dict[str, str]:
    """A date as our entry has its own: in one field as biblatex, or in the year and month of BibTeX."""
    if here.fields.get("year") and not here.fields.get("date") and (date := fields.get("date")):
        match = _ISO.fullmatch(date)
        month = {"month": MONTHS[int(match[2]) - 1]} if match and match[2] and 1 <= int(match[2]) <= 12 else {}
        return {"year": match[1] if match else date} | month
    if here.fields.get("date") and "date" not in fields and (year := fields.get("year")):
        name = fields.get("month", "").lower()[:3]
        return {"date": f"{year}-{MONTHS.index(name) + 1:02}" if name in MONTHS else year}
    return fields


def _value(name: str, value: str) -> str:
    """A value as it stands in a .bib file."""
    return value if name == "month" and value in MONTHS else f"{{{value}}}"


def _edits(text: str, here: Written, fields: Iterable[tuple[str, str, str]]) -> Iterator[tuple[int, int, str]]:
    """The changes to the text of an entry: values put in the place of others, fields added at its end in its own layout, or taken out."""
    raw = text[here.start : here.end]
    lines = [text[text.rfind("\n", 0, start) + 1 : start] for start, _ in here.spans.values()]
    lines = [line for line in lines if re.fullmatch(r"\s*[^\s=]+\s*=\s*", line)]
    indent = lines[0][: -len(lines[0].lstrip())] if lines else "  "
    places = {line.index("=") for line in lines}  # one, where the signs stand below each other
    width = places.pop() - len(indent) if len(places) == 1 else 0
    more = ""
    for name, _, value in fields:
        if not name:
            at = here.start + raw.index("@") + 1
            yield at, at + len(here.entry.type), value
        elif name not in here.spans:
            more += f",\n{indent}{f'{name} '.ljust(width)}= {_value(name, value)}"
        elif value:
            yield *here.spans[name], _value(name, value)
        else:
            start, end = text.rindex("\n", 0, here.spans[name][0]), here.spans[name][1]
            yield start, end + (text[end : end + 1] == ","), ""
    if more:
        last = max(end for _, end in here.spans.values()) if here.spans else here.end - 1
        comma = text[last : here.end].lstrip().startswith(",")
        yield last, last, more if comma or here.spans else f"{more},\n"


def _insertions(text: str, here: Sequence[Written], new: Mapping[str, Entry]) -> Iterator[tuple[int, int, str]]:
    """New entries in the places that the order of the file has for them: by key where it is in that order, else at its end."""
    keys = [written.entry.key.casefold() for written in here]
    ordered = all(one <= other for one, other in pairwise(keys))
    places: dict[int, list[str]] = {}
    for key in sorted(new, key=str.casefold) if ordered else new:
        places.setdefault(bisect_right(keys, key.casefold()) if ordered else len(keys), []).append(key)
    for place, found in places.items():
        texts = [_entry_text(new[key]) for key in found]
        if place:
            at = here[place - 1].end
            yield at, at, "".join(f"\n\n{one}" for one in texts)
        elif here:
            at = here[0].start
            yield at, at, "".join(f"{one}\n\n" for one in texts)
        else:
            at = len(text.rstrip("\n"))
            yield at, len(text), ("\n\n" if at else "") + "\n\n".join(texts) + "\n"


def _entry_text(entry: Entry) -> str:
    """An entry with the fields that something here uses, in the layout of the file that new reviews begin with."""
    fields = {name: value for name, value in entry.fields.items() if name in entries.READ and value}
    width = max(map(len, fields), default=0)
    lines = "".join(f"  {name.ljust(width)} = {_value(name, value)},\n" for name, value in fields.items())
    return f"@{entry.type}{{{entry.key},\n{lines}}}"
