"""Entries of a bibliography -> works as items of CSL 1.0.2. Values are read by pandoc, which knows BibTeX and biblatex; dates by `dates`.

Pandoc gets each entry written anew, with numbers for keys and the few commands of LaTeX that it reads, so that no entry can break another. All of
them are told to be German: pandoc makes small letters of the capitals of titles in English, and a list keeps titles as they are typed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from evidence.bibliography.entries import LISTS, NAMES, OWN_FIELDS, PLAIN, TITLES, Entry
from evidence.bibliography.items import ADDRESS, END, GRAVE, LESS, PROTECT, Item, item_of, text_of, undated
from evidence.bibliography.latex import simpler_latex
from evidence.files import pandoc
from evidence.model.base import Reference
from evidence.text.spans import unmarked

# Fields of our own that are words for readers, and may hold LaTeX as any text.
_OWN_WORDS = ("verified", "editornote", "uncited", "statusnote", "shortauthor")
_OWN = (*OWN_FIELDS, "shortauthor")
_HAS_LATEX = re.compile(r"[\\{}$~&]|--|``|''")
# Names in parts that say which they are (biblatex's manual, "Data Types": name lists, extended format).
_EXTENDED = re.compile(r"\b(?:family|given|prefix|suffix)(?:-i)?\s*=")
_ONLY_WHERE = re.compile(
    r"\W*(?:online|on-line|website|web ?page|available|(?:available )?(?:at|from|online at|online)|url|accessed)?\W*",
    re.I,
)


AT_ONCE = 5_000
# To find the few entries that pandoc refuses; a file of thousands of those is no bibliography.
MOST_TRIES = 200


@dataclass(frozen=True, slots=True)
class Works:
    """The works of a file by key; the fields with commands of LaTeX that are not known, and those commands; the entries that pandoc refuses."""

    read: Mapping[str, Reference]
    unknown: Sequence[tuple[Entry, str, Sequence[str]]]
    refused: Sequence[Entry]


def works_of(entries: Sequence[Entry]) -> Works:
    """The works of entries. What is wrong with names and dates is told by others: here a date that is none is no date."""
    unknown: list[tuple[Entry, str, Sequence[str]]] = []
    written: list[tuple[str, str]] = []
    for number, entry in enumerate(entries):
        kind = entry.type if entry.type.isalpha() else "misc"
        written.append((f"w{number}", _written(kind, f"w{number}", "".join(_fields(entry, unknown)))))
        for name in _OWN_WORDS:
            if _HAS_LATEX.search(entry.fields.get(name, "")):
                text = _simpler(entry, name, entry.fields[name], unknown)
                written.append((f"w{number}-{name}", _written("misc", f"w{number}-{name}", f"title={{{{{text}}}}},")))
    read = _read(written)
    works: dict[str, Reference] = {}
    refused: list[Entry] = []
    for number, entry in enumerate(entries):
        if (item := read.get(f"w{number}")) is None:
            refused.append(entry)
            continue
        own = {name: " ".join(entry.fields[name].split()) for name in _OWN if entry.fields.get(name)}
        said = {name: read.get(f"w{number}-{name}", {}).get("title", "") for name in _OWN_WORDS}
        own |= {name: unmarked(text_of(text)) for name, text in said.items() if text}
        own |= {"undated": why} if (why := undated(entry)) else {}
        nations = tuple(part.strip() for part in own.get("nations", "").split(",") if part.strip())
        works[entry.key] = Reference(entry.key, entry.type, item_of(entry, item), own, nations, entry.where)
    return Works(works, unknown, refused)


def _written(kind: str, key: str, fields: str) -> str:
    return f"@{kind}{{{key},{fields}langid={{ngerman}}}}\n"


def _simpler(entry: Entry, name: str, value: str, unknown: list[tuple[Entry, str, Sequence[str]]]) -> str:
    text, commands = simpler_latex(value)
    if commands:
        unknown.append((entry, name, commands))
    return text


def _read(written: Sequence[tuple[str, str]]) -> dict[str, Item]:
    """What pandoc reads, by the numbers of entries, some thousands at a time: all at once would take more memory than there may be."""
    found: dict[str, Item] = {}
    tries = iter(range(MOST_TRIES))
    for start in range(0, len(written), AT_ONCE):
        found |= _read_some(written[start : start + AT_ONCE], tries)
    return found


def _read_some(written: Sequence[tuple[str, str]], tries: Iterator[int]) -> dict[str, Item]:
    """What pandoc reads of some entries; where it refuses them, each half is tried, as long as there are `tries` left."""
    try:
        read = pandoc.run("-f", "biblatex", "-t", "csljson", given="".join(text for _, text in written).encode())
    except RuntimeError:
        half = len(written) // 2
        if not half or next(tries, None) is None:
            return {}
        return _read_some(written[:half], tries) | _read_some(written[half:], tries)
    return {item["id"]: item for item in json.loads(read)}


def _fields(entry: Entry, unknown: list[tuple[Entry, str, Sequence[str]]]) -> Iterator[str]:
    """The fields of an entry as pandoc gets them."""
    fields = dict(entry.fields)
    if ADDRESS.search(how := fields.get("howpublished", "")):
        rest = ADDRESS.sub("", how)
        fields["howpublished"] = "" if _ONLY_WHERE.fullmatch(rest) else rest
    if fields.get("maintitle") and fields.get("title"):  # a style prints one title
        main, part = (
            _whole(fields, f"{name}title", f"{name}subtitle" if name else "subtitle") for name in ("main", "")
        )
        fields |= {"title": f"{main}: {part}"}
        for name in ("maintitle", "mainsubtitle", "subtitle"):
            fields.pop(name, None)
    for name, value in fields.items():
        if value and name in NAMES | TITLES | LISTS | PLAIN:
            if name in NAMES:
                # A comma of a sentence goes, and what looks like a tag is a part of a name.
                value = re.sub(r",\s+and\s", " and ", value).replace("<", LESS)  # noqa: PLW2901
                if "=" in value and not _EXTENDED.search(value):
                    # Else pandoc finds no name in it; `\={u}` is an accent.
                    value = re.sub(r"(?<!\\)=", "{=}", value)  # noqa: PLW2901
            text = _simpler(entry, name, _protected(value) if name in TITLES else value, unknown)
            if name in NAMES:  # else pandoc looks for the end of a quotation in the names that follow
                text = re.sub(r"(?<!\\)`", GRAVE, text)
            # Lists to biblatex ("Data Types": literal lists) would be set apart at each "and".
            yield f"{name}={{{{{text}}}}}," if name in LISTS else f"{name}={{{text}}},"


def _whole(fields: Mapping[str, str], title: str, subtitle: str) -> str:
    return ": ".join(fields[name] for name in (title, subtitle) if fields.get(name))


def _protected(value: str) -> str:
    """A title with marks around what its braces protect, since pandoc keeps no braces."""
    if "{" not in value:
        return value
    pieces: list[str] = []
    open_marks: list[bool] = []
    for match in re.finditer(r"\\[A-Za-z]+\s*|\\.|[{}]|[^\\{}]+|\\", value, re.S):
        sign = match[0]
        if sign == "{":
            before = pieces[-1] if pieces else ""
            # A brace right before a backslash makes a "special character", which protects nothing ("BibTeXing", section 4).
            special = value[match.end() : match.end() + 1] == "\\"
            open_marks.append(not (special or before.startswith("\\") or before.endswith("}")))
            pieces.append("{" + (PROTECT if open_marks[-1] else ""))
        elif sign == "}" and open_marks:
            pieces.append((END if open_marks.pop() else "") + "}")
        else:
            pieces.append(sign)
    return "".join(pieces)
