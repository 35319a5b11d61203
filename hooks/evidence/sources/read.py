"""Files -> a review and its pages: the only file of the engine that opens sources. Nothing is lost: what cannot be read is a problem."""

from __future__ import annotations

import os
import re
from codecs import BOM_UTF8
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, TypeVar

from evidence.model.base import Location, Problem
from evidence.model.changes import FILE as CHANGELOG
from evidence.model.changes import Changes
from evidence.model.data_files import BIBLIOGRAPHY, DATA, DOCS, LISTS, SINGLES
from evidence.model.document import Document
from evidence.model.review import Review
from evidence.sources.bibtex import parse_bibtex
from evidence.sources.changes import parse_changes
from evidence.sources.document import parse_document
from evidence.sources.drawings import parse_drawing
from evidence.sources.records import many, one, parse_yaml, unseen_character
from evidence.sources.redirects import parse_redirects
from evidence.text.escape import UNSEEN
from evidence.text.words import did_you_mean

T = TypeVar("T")
# Bibliographies come from programs and hold abstracts; all else is written by hand. At these sizes the slowest of them takes seconds.
MAX_BYTES = 20_000_000
MAX_TEXT = 2_000_000
# Ends of lines and pages to some programs only: white space here, which harms nothing.
_BREAKS = "\x0b\x0c\x85\u2028\u2029"
_LINE_END = re.compile("\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Sources:
    """All that was read: the review, its hand-written pages in order of address, and the problems met on the way."""

    review: Review
    documents: tuple[Document, ...]
    problems: tuple[Problem, ...]


def read(root: Path, docs: Path | None = None, ignore: Callable[[str], bool] = lambda uri: False) -> Sources:
    """Read the review under `root`. `docs` is the pages' folder (root/docs), `ignore` says which of its addresses are no pages."""
    docs = docs or root / DOCS
    review, problems = read_review(root, docs)
    documents: list[Document] = []
    for file, uri in _pages(docs):
        if ignore(uri):
            continue
        name = _name(file, root)
        text, found = read_text(file, name)
        problems += found
        if text is not None:
            document, wrong = parse_document(text, name, uri)
            documents.append(document)
            problems += wrong
    return Sources(review, tuple(documents), tuple(sorted(set(problems))))


def read_review(root: Path, docs: Path) -> tuple[Review, list[Problem]]:
    """Read bibliography.bib, data/*.yml and the drawings in `docs` under `root`."""
    problems: list[Problem] = []
    values: dict[str, Any] = {}
    refused: set[str] = set()
    text, found = read_text(root / BIBLIOGRAPHY, BIBLIOGRAPHY, MAX_BYTES, plain=False)
    problems += found
    if text is not None:
        values["references"], wrong, lost = parse_bibtex(text, BIBLIOGRAPHY)
        problems += wrong
        refused |= lost
    else:
        refused.add(BIBLIOGRAPHY)
    known = {*LISTS, *SINGLES, "redirects"}
    for file in sorted((root / DATA).glob("*.y*ml")):
        name = _name(file, root)
        if file.suffix != ".yml" or file.stem not in known:
            near = did_you_mean(file.name, [f"{stem}.yml" for stem in known])
            problems.append(Problem(Location(name), f"this file is not one that is known here{near}"))
            continue
        text, found = read_text(file, name)
        problems += found
        tree, wrong = parse_yaml(text, name) if text is not None else (None, [])
        problems += wrong
        if tree is None:
            refused.add(name)
        if tree is None or tree.data is None:
            continue
        if file.stem == "redirects":
            values["redirects"], wrong = parse_redirects(tree, name)
            problems += wrong
        elif file.stem in SINGLES:
            target, cls = SINGLES[file.stem]
            record, wrong = one(cls, tree, name)
            problems += wrong
            if record is not None:
                values[target] = record
                problems += _inner_duplicates(record)
            else:
                refused.add(name)
        else:
            target, cls, key = LISTS[file.stem]
            records, wrong, lost_ids = many(cls, tree, name)
            problems += wrong + _duplicates(records, key)
            refused |= set(lost_ids)
            values[target] = (
                tuple(records) if target == "examples" else {getattr(record, key): record for record in records}
            )
    values["changes"], wrong = _changes(root)
    values["drawings"], faults = _drawings(root, docs)
    return replace(Review(**values), refused=frozenset(refused)), problems + wrong + faults


def _changes(root: Path) -> tuple[Changes, list[Problem]]:
    """What CHANGELOG.md lists; nothing where there is no such file."""
    if not (root / CHANGELOG).exists():
        return Changes(), []
    text, problems = read_text(root / CHANGELOG, CHANGELOG)
    found, wrong = parse_changes(text or "", CHANGELOG)
    return found, problems + wrong


def _drawings(root: Path, docs: Path) -> tuple[dict[str, str], list[Problem]]:
    """The SVG files under assets/figures and assets/pictures of the pages' folder, by folder and name without ending."""
    drawings: dict[str, str] = {}
    problems: list[Problem] = []
    for folder in ("figures", "pictures"):
        for file in sorted((docs / "assets" / folder).glob("*.svg")):
            name = _name(file, root)
            text, found = read_text(file, name)
            svg, wrong = parse_drawing(text, name) if text is not None else (None, [])
            problems += found + wrong
            if svg is not None:
                drawings[f"{folder}/{file.stem}"] = svg
    return drawings, problems


def _duplicates(records: Iterable[Any], key: str) -> list[Problem]:
    first: dict[str, Any] = {}
    problems = []
    for record in records:
        name = getattr(record, key)
        if name in first:
            at = first[name].where.line
            problems.append(Problem(record.where, f"{key} '{name}' is used a second time; the first is at line {at}"))
        first.setdefault(name, record)
    return problems


def _inner_duplicates(record: Any) -> list[Problem]:
    """Ids used twice in one of the lists that a file's single record holds."""
    lists = [getattr(record, field.name) for field in fields(record)]
    named = [[item for item in items if hasattr(item, "id")] for items in lists if isinstance(items, tuple)]
    return [problem for items in named for problem in _duplicates(items, "id")]


def _pages(docs: Path) -> list[tuple[Path, str]]:
    found = []
    for folder, folders, files in os.walk(docs):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in files:
            if name.endswith(".md") and not name.startswith("."):
                file = Path(folder) / name
                uri = file.relative_to(docs).as_posix()
                if not uri.startswith("templates/"):  # the theme's overrides, which MkDocs leaves out too
                    found.append((file, uri))
    return sorted(found, key=lambda pair: pair[1])


def _name(file: Path, root: Path) -> str:
    return file.relative_to(root).as_posix() if file.is_relative_to(root) else file.as_posix()


def read_text(file: Path, name: str, most: int = MAX_TEXT, plain: bool = True) -> tuple[str | None, list[Problem]]:
    """A file's text: UTF-8, with or without a byte order mark, any line ends, at most `most` bytes.

    With `plain`, characters that cannot be seen, and those that the engine uses as marks of its own, are refused.
    """
    try:
        if file.exists() and not (file.is_file() or file.is_dir()):  # to read a pipe would be to wait for ever
            return None, [Problem(Location(name), "this is no ordinary file; put a text file in its place")]
        size = file.stat().st_size
        if size > most:
            return None, [Problem(Location(name), f"this file has {size:,} bytes; the limit is {most:,}")]
        data = file.read_bytes()
    except OSError as error:
        return None, [Problem(Location(name), f"this file cannot be read: {error.strerror or error}")]
    text, line, message = _decoded(data)
    found = UNSEEN.finditer(text) if plain and not message else iter(())
    if unseen := next((match for match in found if match[0] not in _BREAKS), None):
        line = text.count("\n", 0, unseen.start()) + 1
        message = unseen_character(unseen[0])
    return (None, [Problem(Location(name, line), message)]) if message else (text, [])


def _decoded(data: bytes) -> tuple[str, int, str]:
    """Bytes as text with plain line ends; or else the line where that fails, and why it does."""
    if encoding := _wide(data):
        return "", 1, f"this file is {encoding}; save it as UTF-8"
    try:
        text = _LINE_END.sub("\n", data.removeprefix(BOM_UTF8).decode())
    except UnicodeDecodeError as error:
        start = error.start + (len(BOM_UTF8) if data.startswith(BOM_UTF8) else 0)
        line = len(_LINE_END.findall(data[:start].decode("latin-1"))) + 1
        return "", line, f"byte 0x{data[start]:02x} is not UTF-8; save the file as UTF-8"
    if "\x00" in text:
        return "", text.count("\n", 0, text.index("\x00")) + 1, "this line holds a NUL character; remove it"
    return text, 1, ""


def _wide(data: bytes) -> str:
    """UTF-16 or UTF-32 where bytes are that, by their mark or since every second byte is nothing; else ''."""
    if data[:4] in (b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff"):
        return "UTF-32"
    sample = data[:1000]
    nothing = max(sample[i::2].count(0) for i in (0, 1))
    return "UTF-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") or nothing * 3 > len(sample) > 3 else ""
