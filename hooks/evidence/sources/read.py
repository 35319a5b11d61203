"""Files -> a review and its pages: the only file of the engine that opens sources. Nothing is lost: what cannot be read is a problem."""

from __future__ import annotations

import re
import unicodedata
from codecs import BOM_UTF8
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from evidence.model.base import Location, Problem
from evidence.model.changes import FILE as CHANGELOG
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
Parser = Callable[[str, str], tuple[T | None, list[Problem]]]
# Bibliographies come from programs and hold abstracts; all else is written by hand. At these sizes the slowest of them takes seconds.
MAX_BYTES = 20_000_000
MAX_TEXT = 2_000_000
# Ends of lines and pages to some programs only: white space here, which harms nothing.
_BREAKS = "\x0b\x0c\x85\u2028\u2029"
_LINE_END = re.compile("\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Sources:
    """All that was read: the review, its hand-written pages in order of address, and the problems and notices met on the way."""

    review: Review
    documents: tuple[Document, ...]
    problems: tuple[Problem, ...]


def read(root: Path, docs: Path | None = None, ignore: Callable[[str], bool] = lambda uri: False) -> Sources:
    """Read the review under `root`. `docs` is the pages' folder (root/docs), `ignore` says which of its addresses are no pages."""
    docs = docs or root / DOCS
    review, problems = read_review(root, docs)
    documents: list[Document] = []
    for uri, file in _pages(docs):
        if not ignore(uri):
            document, found = _parsed(file, _name(file, root), partial(parse_document, uri=uri))
            documents += [document] if document else []
            problems += found
    return Sources(review, tuple(documents), tuple(sorted(set(problems))))


def read_review(root: Path, docs: Path) -> tuple[Review, list[Problem]]:
    """Read bibliography.bib, data/*.yml and the drawings in `docs` under `root`."""
    values: dict[str, Any] = {}
    refused = {BIBLIOGRAPHY}
    text, problems = read_text(root / BIBLIOGRAPHY, BIBLIOGRAPHY, MAX_BYTES, plain=False)
    if text is not None:
        values["references"], problems, refused = parse_bibtex(text, BIBLIOGRAPHY)
    known = {*LISTS, *SINGLES, "redirects"}
    for file in sorted((root / DATA).glob("*.y*ml")):
        name = _name(file, root)
        if file.suffix != ".yml" or file.stem not in known:
            near = did_you_mean(file.name, [f"{stem}.yml" for stem in known])
            problems.append(Problem(Location(name), f"this file is not one that is known here{near}"))
            continue
        tree, wrong = _parsed(file, name, parse_yaml)
        problems += wrong
        if tree is None:
            refused.add(name)
        elif tree.data is None:
            continue
        elif file.stem == "redirects":
            values["redirects"], wrong = parse_redirects(tree)
            problems += wrong
        elif file.stem in SINGLES:
            target, cls = SINGLES[file.stem]
            record, wrong = one(cls, tree)
            problems += wrong
            if record is not None:
                values[target] = record
                problems += _inner_duplicates(record)
            else:
                refused.add(name)
        else:
            target, cls, key = LISTS[file.stem]
            records, wrong, lost = many(cls, tree)
            problems += wrong + _duplicates(records, key)
            refused |= set(lost)
            by_key = {getattr(record, key): record for record in records}
            values[target] = tuple(records) if target == "examples" else by_key
    if (root / CHANGELOG).exists():
        changes, wrong = _parsed(root / CHANGELOG, CHANGELOG, parse_changes)
        values |= {"changes": changes} if changes else {}
        problems += wrong
    values["drawings"], wrong = _drawings(root, docs)
    return Review(**values, refused=frozenset(refused)), problems + wrong


def _drawings(root: Path, docs: Path) -> tuple[dict[str, str], list[Problem]]:
    """The SVG files under assets/figures and assets/pictures of the pages' folder, by folder and name without ending."""
    drawings: dict[str, str] = {}
    problems: list[Problem] = []
    for folder in ("figures", "pictures"):
        for file in sorted((docs / "assets" / folder).glob("*.svg")):
            svg, wrong = _parsed(file, _name(file, root), parse_drawing)
            drawings |= {f"{folder}/{file.stem}": svg} if svg else {}
            problems += wrong
    return drawings, problems


def _parsed(file: Path, name: str, parse: Parser[T]) -> tuple[T | None, list[Problem]]:
    """What `parse` makes of the text of a file, and the problems of both; None where the file cannot be read."""
    text, problems = read_text(file, name)
    return (None, problems) if text is None else parse(text, name)


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


def _pages(docs: Path) -> list[tuple[str, Path]]:
    """The addresses and files of all pages. What is hidden is none, nor are the theme's overrides in templates/, which MkDocs leaves out too."""
    found = []
    for file in docs.rglob("*.md"):
        uri = file.relative_to(docs).as_posix()
        if not uri.startswith("templates/") and "/." not in f"/{uri}" and not file.is_dir():
            found.append((uri, file))
    return sorted(found)


def _name(file: Path, root: Path) -> str:
    return file.relative_to(root).as_posix() if file.is_relative_to(root) else file.as_posix()


def read_text(file: Path, name: str, most: int = MAX_TEXT, plain: bool = True) -> tuple[str | None, list[Problem]]:
    """A file's text: UTF-8, with or without a byte order mark, any line ends, at most `most` bytes; a letter with a mark is one sign (Unicode's NFC),
    however it was typed, so that a key on a page and in the bibliography is the same.

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
    text = unicodedata.normalize("NFC", text)
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
