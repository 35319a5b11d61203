"""Files -> a review and its pages. Nothing is lost: what cannot be read is a problem."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from evidence.documents.data_files import BIBLIOGRAPHY, DATA, FOR_ALL, LISTS, MAY_BE_EMPTY, SHARED, SINGLES
from evidence.documents.document import Document
from evidence.documents.walking import records, words_of
from evidence.model import media
from evidence.model.base import Location, Problem, Reference
from evidence.model.changes import FILE as CHANGELOG
from evidence.model.checks import SourcesChecked
from evidence.model.review import Review, of_their_kinds
from evidence.model.site_data import Publisher, Reading
from evidence.model.vocabulary import GRAVE, GRAVITY, STATUS_FROM
from evidence.sources import shape
from evidence.sources.bibtex import parse_bibtex
from evidence.sources.changes import parse_changes
from evidence.sources.document import parse_document
from evidence.sources.drawings import parse_drawing
from evidence.sources.opening import MAX_BYTES, read_text
from evidence.sources.parts import parse_parts
from evidence.sources.records import Tree, many, one, parse_yaml
from evidence.sources.redirects import parse_redirects
from evidence.sources.settings import Settings, read_settings
from evidence.text import languages
from evidence.text.translation import _
from evidence.text.words import did_you_mean, in_words, quoted

T = TypeVar("T")
Parser = Callable[[str, str], tuple[T | None, list[Problem]]]
# What was read of the bibliography, by its hash: pandoc takes a tenth of a second, and much longer for thousands of works.
CACHED = ".cache/bibliography.json"


@dataclass(frozen=True, slots=True)
class Sources:
    """All that was read: the review, its hand-written pages in order of address, and the problems and notices met on the way; and which files lie beside."""

    review: Review
    documents: tuple[Document, ...]
    problems: tuple[Problem, ...]
    files: frozenset[str] = frozenset()
    settings: Settings = field(default_factory=Settings)


def read(
    root: Path, docs: Path | None = None, ignore: Callable[[str], bool] | None = None, edition: str = ""
) -> Sources:
    """Read the review under `root`, or its `edition` in another language. `docs` is the pages' folder, `ignore` says which of its addresses are no pages:
    else mkdocs.yml says both."""
    settings, wrong = read_settings(root)
    docs, ignore = docs or root / settings.docs, ignore or settings.is_excluded
    review, problems = read_review(root, docs, edition)
    problems += wrong
    documents: list[Document] = []
    pages, files = _files(docs / edition)
    if edition:  # its menu has the words of its own pages
        settings = replace(settings, names={}, docs=f"{settings.docs}/{edition}")
    else:
        unnamed = _unnamed(pages, settings, {*review.editions, *review.refused, review.reading.language})
        problems += [
            _unknown(f"{settings.docs}/{tag}", tag, review.editions, ", nor the menu a page") for tag in unnamed
        ]
        others = {*review.editions, *review.refused, *unnamed}
        pages = [page for page in pages if page[0].partition("/")[0] not in others]
        files = [file for file in files if file.partition("/")[0] not in others]
    for uri, file in pages:
        if not ignore(uri):
            document, found = _parsed(file, _name(file, root), partial(parse_document, uri=uri))
            documents += [document] if document else []
            problems += found
    empty = next((problem for problem in problems if problem.message == shape.EMPTY), None)
    if empty and not _cites(review, documents):  # a review that is only begun has no reference yet, and needs none
        problems[problems.index(empty)] = replace(empty, notice=True, unread=False)
    return Sources(review, tuple(documents), tuple(sorted(set(problems))), frozenset(files), settings)


def _cites(review: Review, documents: list[Document]) -> bool:
    """Whether anything is cited, on a page or in the data."""
    texts = (text for record in records(review) for _, text in words_of(record) if "@" in text)
    return any(parts.citations for parts in (*(d.parts for d in documents), *map(parse_parts, texts)))


def read_review(root: Path, docs: Path, edition: str = "") -> tuple[Review, list[Problem]]:
    """Read bibliography.bib, data/*.yml and the drawings in `docs` under `root`; of an `edition`, those of its own and what all have in common."""
    values: dict[str, Any] = {}
    refused, damaged = {BIBLIOGRAPHY}, set[str]()
    text, problems = read_text(root / BIBLIOGRAPHY, BIBLIOGRAPHY, MAX_BYTES, plain=False)
    if text is not None and (message := shape.what_it_is(text)):
        problems.append(Problem(Location(BIBLIOGRAPHY), message, unread=True))
    elif text is not None:
        values["references"], wrong, refused = parse_bibtex(text, BIBLIOGRAPHY, root / CACHED)
        problems += wrong
    for file in _data_files(root, edition):
        path, name = _name(file, root), f"{DATA}/{file.name}"
        if message := _not_read(file, edition):
            problems.append(Problem(Location(path), message))
            continue
        tree, wrong = _parsed(file, path, parse_yaml)
        problems += wrong
        if wrong:
            damaged.add(name)
        if tree is None:
            refused.add(name)
        elif tree.data is not None:
            found, wrong, lost = _records(file.stem, tree)
            values |= found
            problems += wrong
            refused |= {name if one == path else one for one in lost}
            damaged |= {name} if wrong else set()
        elif file.stem not in MAY_BE_EMPTY:
            message = "this file holds nothing but comments; put its lines back, or delete it"
            problems.append(Problem(Location(path), message, unread=True))
    problems += (
        _adapted(values, edition) if edition else _unknown_folders(root, {*values.get("editions", ()), *refused})
    )
    if (root / CHANGELOG).exists() and not edition:  # it is in the review's own language
        changes, wrong = _parsed(root / CHANGELOG, CHANGELOG, parse_changes)
        values |= {"changes": changes} if changes else {}
        problems += wrong
    values["references"] = of_their_kinds(values.get("references", {}), values.get("kinds", {}))
    if "checks" in values:
        values["references"] = _with_standing(values.get("references", {}), values["checks"])
    values["drawings"], wrong = _drawings(root, docs, edition)
    refused |= {Path(problem.where.path).stem for problem in wrong}
    values["media_files"], unread = _media(root, docs / edition)
    wrong += unread
    return Review(**values, refused=frozenset(refused - {""}), damaged=frozenset(damaged)), problems + wrong


def _adapted(values: dict[str, Any], edition: str) -> Iterator[Problem]:
    """Puts into the `values` of an edition what follows from its being one: its language, and its address below that of the review."""
    reading, publisher = values.get("reading", Reading()), values.get("publisher", Publisher())
    if reading.language not in (edition, Reading().language):
        message = f"'language' is {quoted(reading.language)} in the folder of '{edition}'; take the line out"
        yield Problem(reading.where, message)
    address = publisher.site_address and f"{publisher.site_address}{edition}/"
    values["reading"] = replace(reading, language=edition)
    values["publisher"] = replace(publisher, site_address=address)
    values["edition"] = edition


def _not_read(file: Path, edition: str) -> str:
    """Why a data file is not read; '' where it is."""
    known = {*LISTS, *SINGLES, "redirects"}
    if file.suffix != ".yml" or file.stem not in known:
        near = did_you_mean(file.name, [f"{stem}.yml" for stem in known])
        return f"this file is not one that is known here{near}"
    ours = file.stem in FOR_ALL and file.parent.name == edition
    return f"all languages have {DATA}/{file.name} in common; delete this one" if ours else ""


def _data_files(root: Path, edition: str) -> list[Path]:
    """The data files of a review, or of one of its editions, with those that it shares."""
    own = sorted((root / DATA / edition).glob("*.y*ml"))
    if not edition:
        return own
    shared = (root / DATA / f"{stem}.yml" for stem in SHARED - ({file.stem for file in own} - FOR_ALL))
    return own + sorted(file for file in shared if file.is_file())


def _unknown_folders(root: Path, editions: Collection[str]) -> Iterator[Problem]:
    """Folders beside the data files that are those of no language."""
    for folder in sorted((root / DATA).glob("[!.]*/")) if (root / DATA).is_dir() else ():
        if folder.is_dir() and folder.name not in editions and any(folder.glob("*.y*ml")):
            yield _unknown(_name(folder, root), folder.name, editions)


def _unnamed(pages: Iterable[tuple[str, Path]], settings: Settings, known: Collection[str]) -> list[str]:
    """Folders of pages that are called as a language is, with a home page, of which neither data/languages.yml nor mkdocs.yml says anything."""
    below: dict[str, list[str]] = {}
    for uri, _file in pages:
        below.setdefault(uri.partition("/")[0], []).append(uri)
    listed = {target for target, _ in settings.menu or ()}
    return [
        tag
        for tag, uris in below.items()
        if settings.menu is not None
        and f"{tag}/index.md" in uris
        and tag not in known
        and languages.name_for_readers(tag)
        and not any(uri in listed or settings.is_outside_menu(uri) or settings.is_excluded(uri) for uri in uris)
    ]


def _unknown(path: str, tag: str, editions: Collection[str], more: str = "") -> Problem:
    message = f"{DATA}/languages.yml names no language {quoted(tag)}{more}, so nothing here is read"
    return Problem(Location(path), f"{message}{did_you_mean(tag, editions)}")


def _records(stem: str, tree: Tree) -> tuple[dict[str, Any], list[Problem], set[str]]:
    """What the data file of that name holds, as fields of the review; the problems; and what was refused: ids of records, or the file."""
    if stem == "redirects":
        redirects, problems, refused = parse_redirects(tree)
        return {"redirects": redirects}, problems, set(refused)
    if stem in SINGLES:
        target, single = SINGLES[stem]
        record, problems, lost = one(single, tree)
        if record is None:
            return {}, problems, set(lost)
        return {target: record}, problems + _inner_duplicates(record), set(lost)
    target, cls, key = LISTS[stem]
    listed, problems, lost = many(cls, tree)
    by_key = {getattr(record, key): record for record in listed}
    found = tuple(listed) if target == "examples" else by_key
    return {target: found}, problems + _duplicates(listed, key), set(lost)


def _with_standing(references: Mapping[str, Reference], checks: SourcesChecked) -> dict[str, Reference]:
    """Works with what Crossref knows of their standing: one that was retracted and whose entry does not say so yet is shown as such at once."""
    found = checks.by_doi()

    def known(reference: Reference) -> Reference:
        check = found.get(reference.text("DOI").casefold())
        update = check.gravest if check else None
        if not check or not update or GRAVITY[update.status] < GRAVE or reference.field("status"):
            return reference
        said = {"day": in_words(check.checked), "notice": update.notice}
        note = _("Crossref says so in its notice %(notice)s, as we found on %(day)s.") % said
        if not update.notice:
            note = _("Crossref says so, as we found on %(day)s.") % said
        added = {"status": update.status, "statusnote": note, STATUS_FROM: "crossref"}
        return replace(reference, own={**reference.own, **added})

    return {key: known(reference) for key, reference in references.items()}


def _drawings(root: Path, docs: Path, edition: str) -> tuple[dict[str, str], list[Problem]]:
    """The SVG files under assets/figures and assets/pictures of the pages' folder, by folder and name without ending. Figures hold words, so that each
    edition has its own; pictures are those of the review, unless an edition has another of the same name."""
    drawings: dict[str, str] = {}
    problems: list[Problem] = []
    places = [(docs / edition, "figures"), (docs, "pictures"), (docs / edition, "pictures")]
    for place, folder in dict.fromkeys(places):
        for file in sorted((place / "assets" / folder).glob("*.svg")):
            svg, wrong = _parsed(file, _name(file, root), parse_drawing)
            drawings |= {f"{folder}/{file.stem}": svg} if svg else {}
            problems += wrong
    return drawings, problems


def _media(root: Path, docs: Path) -> tuple[dict[str, int], list[Problem]]:
    """The files for recordings, by name, each with its bytes. Browsers pass over captions that do not say at their top what they are (W3C, "WebVTT")."""
    files = sorted(file for file in (docs / media.FOLDER).glob("*") if file.is_file() and not file.name.startswith("."))
    problems: list[Problem] = []
    for file in (file for file in files if file.suffix == media.CAPTIONS):
        text, wrong = read_text(file, _name(file, root))
        problems += wrong
        if text is not None and not re.match(r"WEBVTT(?![^\s])", text):
            advice = "captions are a WebVTT file, whose first line is WEBVTT"
            problems.append(Problem(Location(_name(file, root)), f"this begins with {quoted(text[:20])}; {advice}"))
    return {file.name: file.stat().st_size for file in files}, problems


def _parsed(file: Path, name: str, parse: Parser[T]) -> tuple[T | None, list[Problem]]:
    """What `parse` makes of the text of a file, and the problems of both; None where the file cannot be read."""
    text, problems = read_text(file, name)
    made, wrong = (None, []) if text is None else parse(text, name)
    return made, problems + wrong


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


def _files(docs: Path) -> tuple[list[tuple[str, Path]], list[str]]:
    """The addresses and files of all pages, and the addresses of all other files. What is hidden is none, nor are the theme's overrides in templates/,
    which MkDocs leaves out too."""
    pages, others = [], []
    for folder, folders, names in os.walk(docs, followlinks=True):
        folders[:] = [
            name
            for name in folders
            if not name.startswith(".") and (folder != str(docs) or name != "templates") and not _loops(folder, name)
        ]
        for name in names:
            file = Path(folder, name)
            uri = file.relative_to(docs).as_posix()
            if name.endswith(".md"):
                pages.append((uri, file))
            elif not name.startswith("."):
                others.append(uri)
    return sorted(page for page in pages if not page[1].name.startswith(".")), others


def _loops(folder: str, name: str) -> bool:
    """Whether a folder is a link to one that it lies in."""
    inner = Path(folder, name)
    return inner.is_symlink() and Path(folder).resolve().is_relative_to(inner.resolve())


def _name(file: Path, root: Path) -> str:
    return file.relative_to(root).as_posix() if file.is_relative_to(root) else file.as_posix()
