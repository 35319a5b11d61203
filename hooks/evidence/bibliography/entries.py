"""Entries of a .bib file with the text of their fields: abbreviations and joined pieces resolved, what other entries lend taken over."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from evidence.bibliography.dates import csl_date, undated
from evidence.bibliography.latex import levels
from evidence.model.base import Location
from evidence.model.vocabulary import ACCESS, STATUSES
from evidence.text.words import quoted

# Limits that no field comes near, but that keep a slip or ill will from taking minutes.
MAX_CHARACTERS = 20_000
MAX_DEPTH = 30


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


NAMES = _words(
    "author editor editora editorb editorc translator bookauthor annotator commentator introduction foreword afterword holder director"
)
TITLES = _words(
    "title subtitle titleaddon booktitle booksubtitle booktitleaddon maintitle mainsubtitle maintitleaddon "
    "journal journaltitle journalsubtitle issuetitle issuesubtitle eventtitle series shorttitle shortjournal origtitle"
)
# Lists to biblatex ("Data Types": literal lists), which pandoc would set apart at each "and"; they are read as they are typed.
LISTS = _words("publisher institution school organization address location venue origpublisher origlocation")
PLAIN = _words(
    "volume volumes number issue pages pagetotal bookpagination chapter part edition version type howpublished note addendum entrysubtype editortype "
    "editoratype authortype nameaddon eprint eprinttype eprintclass archiveprefix primaryclass pubstate reprinttitle library"
)
DATES = _words(
    "date year month day urldate urlyear urlmonth urlday lastchecked lastaccessed accessed origdate origyear eventdate"
)
VERBATIM = {"doi": "DOI", "url": "URL", "isbn": "ISBN", "issn": "ISSN", "pmid": "PMID", "pmcid": "PMCID"}
# Fields that neither BibTeX nor biblatex has: what each holds, and whether an entry needs it, for editors.
OWN_FIELDS = {
    "sourcekind": ("an id of `data/kinds.yml`", "where no kind there takes its type of entry"),
    "nations": ("ids of `data/nations.yml`, with commas: the nations that the work speaks about", "no"),
    "access": (", ".join(f"`{value}`" for value in ACCESS), "no: it is `unknown` then"),
    "listing": (
        "`printed` (in the source's list), `cited-only` (named in its text alone), `added` (by the editors)",
        "no: it is `added` then",
    ),
    "verified": ("what was checked, in a sentence", "no"),
    "editornote": ("what readers should know about the entry", "no"),
    "uncited": ("why no page cites it", "only then"),
    "archived": ("the web address of a kept copy, which readers find beside the link", "no"),
    "status": (f"{', '.join(f'`{value}`' for value in STATUSES)}: what has become of the work", "no"),
    "statusnote": ("what readers should know about its status, in a sentence", "only with `status`"),
    "supersededby": ("the key of the work that has taken its place", "only with `status`"),
}
INHERITING = ("crossref", "xdata")
LANGUAGES = ("langid", "language", "hyphenation")
READ = (
    NAMES
    | TITLES
    | LISTS
    | PLAIN
    | DATES
    | VERBATIM.keys()
    | {*LANGUAGES, *INHERITING, "eid", "ids", "shortauthor"}
    | OWN_FIELDS.keys()
)
_INTO_BOOKS = _words("inbook incollection inproceedings conference suppbook suppcollection")
_TOKEN = re.compile(r"\s*(?:#\s*)?(?:\"((?:[^\"{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\"|([^\s#{}\",]+))", re.S)
_IN_BRACES = re.compile(r"\\[\\{}]|[{}]")


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as it stands in the file: `fields` without what encloses their values, by small names, and the line of each."""

    key: str
    type: str
    fields: Mapping[str, str]
    where: Location
    lines: Mapping[str, int] = field(default_factory=dict)

    def at(self, name: str) -> Location:
        """The place of a field."""
        return Location(self.where.path, self.lines.get(name, self.where.line))


def with_inherited(entry: Entry, entries: Mapping[str, Entry], level: int = 0) -> Entry:
    """An entry with the fields that it takes from others (biblatex's manual, appendix B; BibTeX's `crossref`)."""
    fields = dict(entry.fields)
    for name in INHERITING if level < 3 else ():
        for key in re.split(r"\s*,\s*", fields.pop(name, "")):
            if not (other := entries.get(key.lower())) or other is entry:
                continue
            for theirs, value in with_inherited(other, entries, level + 1).fields.items():
                if name == "crossref":
                    if theirs in ("key", "ids", "shorttitle", "label", *OWN_FIELDS):
                        continue
                    if entry.type in _INTO_BOOKS and theirs in ("title", "subtitle", "titleaddon"):
                        theirs = f"book{theirs}"  # noqa: PLW2901
                    elif entry.type == "inbook" and theirs == "author":
                        fields.setdefault("bookauthor", value)
                    elif entry.type in ("article", "suppperiodical") and theirs in ("title", "subtitle"):
                        theirs = f"journal{theirs}"  # noqa: PLW2901
                fields.setdefault(theirs, value)
    return Entry(entry.key, entry.type, fields, entry.where, entry.lines)


def value_of(raw: str, strings: Mapping[str, str]) -> tuple[str, str, bool]:
    """The text of a field, the first abbreviation in it that nothing explains, and whether it is one text: pieces are joined by '#'."""
    raw = raw.strip()
    if raw[:1] == "{" and _end_of_group(raw, 0) == len(raw):
        return raw[1:-1], "", True
    pieces: list[str] = []
    unknown = ""
    at = 0
    joint = True
    while at < len(raw):
        if raw[at].isspace() or (raw[at] == "#" and pieces):
            at += 1
            continue
        joint = joint and (not pieces or raw[:at].rstrip().endswith("#"))
        if raw[at] == "{":
            end = _end_of_group(raw, at)
            pieces.append(raw[at + 1 : end - 1])
            at = end
        elif match := _TOKEN.match(raw, at):
            word = match[2]
            if word is None:
                pieces.append(match[1])
            else:
                known = strings.get(word.lower())
                unknown = unknown or ("" if known is not None or word.isdigit() else word)
                pieces.append(word if known is None else known)
            at = match.end()
        else:
            return raw, "", False
    return "".join(pieces), unknown, joint


def _end_of_group(raw: str, start: int) -> int:
    """Where the group ends whose brace stands at `start`: the place after its closing brace, else the end of the text."""
    level = 0
    for match in _IN_BRACES.finditer(raw, start):
        level += {"{": 1, "}": -1}.get(match[0], 0)
        if level == 0 and match[0] == "}":
            return match.end()
    return len(raw)


def field_faults(key: str, name: str, value: str, joint: bool) -> Iterator[str]:
    """What is wrong with a field, the worst first: what comes after it may not be safe to look at."""
    if len(value) > MAX_CHARACTERS:
        yield f"'{name}' of '{key}' has {len(value):,} characters; at most {MAX_CHARACTERS:,}"
    most, least, last = levels(value)
    if most > MAX_DEPTH:
        yield f"'{name}' of '{key}' has braces within braces more than {MAX_DEPTH} deep; take some away"
    if not joint:
        yield f"'{name}' of '{key}' is more than one text: {quoted(value)}; check its braces and the comma after it"
    if name not in VERBATIM and (least or last):
        yield f"'{name}' of '{key}' is {quoted(value)}: a brace in it has no partner; add or remove one"


def wrong_date(entry: Entry) -> str:
    """The field of an entry that holds a date that is none; '' where all are dates."""
    f = entry.fields.get
    for name in ("date", "year", "urldate", "origdate"):
        month = f("month", "") if name in ("date", "year") else ""
        if f(name) and not undated(f(name, "")) and csl_date(f(name, ""), month) is None:
            return "month" if month and csl_date(f(name, "")) else name
    return ""
