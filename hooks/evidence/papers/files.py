"""Papers -> their files, made two at a time and kept between builds, so that only what has changed is made again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from evidence.files.cache import keep, made_by
from evidence.model.site_data import Pack, PaperSize
from evidence.papers.packs import FOLDER
from evidence.papers.paper import Paper
from evidence.papers.pdf import LANGUAGE, PaperError, pages, paper_data, pdf

OfficeKind = Literal["odt", "docx"]
_SUFFIX: dict[PaperSize, str] = {"standard": ".pdf", "large": "-large.pdf"}
_OFFICE: tuple[OfficeKind, ...] = ("odt", "docx")
# What a file depends on beside its paper: another version of any of these may make another file.
_TOOLS = ("typst", "segno", "font-source-sans-pro", "Markdown", "pymdown-extensions", "pypandoc-binary")
_AT_ONCE = 2


@dataclass(frozen=True, slots=True)
class Print:
    """A file of a paper; `pages` is 0 where the program that opens it decides on pages."""

    uri: str
    content: bytes
    pages: int = 0


def file_uris(pack: Pack) -> dict[str, str]:
    """The addresses of a pack's files, by size or kind, in the order in which they are offered."""
    found = {size: f"{FOLDER}/{pack.id}{_SUFFIX[size]}" for size in pack.sizes}
    return found | ({kind: f"{FOLDER}/{pack.id}.{kind}" for kind in _OFFICE} if pack.editable else {})


def print_all(
    papers: Iterable[Paper], site_address: str, kept: Path, previous: Mapping[str, Print] | None = None
) -> dict[str, Print]:
    """The files of all papers by address; `kept` is the folder of earlier results. PaperError names the pack that cannot be set.

    `standing` are the prints of an earlier call: where a paper has changed since, its old print stands, and nothing is made anew.
    """
    previous = previous or {}
    jobs = [(paper, what, uri) for paper in papers for what, uri in file_uris(paper.pack).items()]
    used = {_key(paper, what, site_address) for paper, what, _ in jobs}

    def one(job: tuple[Paper, str, str]) -> Print:
        paper, what, uri = job
        file = kept / _key(paper, what, site_address)
        old = previous.get(uri)
        try:
            content = file.read_bytes()
        except OSError:
            if old is not None:
                return old
            content = _made(paper, what, site_address)
            keep(file, content)
        if old is not None and old.content == content:
            return old  # its pages need not be counted again
        return Print(uri, content, pages(content) if uri.endswith(".pdf") else 0)

    with ThreadPoolExecutor(_AT_ONCE) as workers:
        made = {found.uri: found for found in workers.map(one, jobs)}
    for old in kept.glob("*") if kept.is_dir() else ():
        if old.name not in used:
            old.unlink(missing_ok=True)
    return made


def _made(paper: Paper, what: str, site_address: str) -> bytes:
    try:
        for size in _SUFFIX:
            if what == size:
                return pdf(paper_data(paper, size, site_address))
        return _office(paper, "odt" if what == "odt" else "docx")
    except (PaperError, RuntimeError, FileNotFoundError) as error:
        where = paper.pack.where
        raise PaperError(f"{where}: pack '{paper.pack.id}' cannot be set as a paper: {error}") from error


def _office(paper: Paper, kind: OfficeKind) -> bytes:
    from evidence.office.office import office  # noqa: PLC0415 (slow to load, and only needed where a file is not kept)

    language = "-".join(LANGUAGE)
    return office(paper.markdown, title=paper.pack.title, language=language, points=14, date=paper.date, kind=kind)


def _key(paper: Paper, what: str, site_address: str) -> str:
    """A name for a result that is another for every paper and every tool."""
    # Where a record stands in its file does not matter to what is printed.
    facts = [paper.uri, paper.markdown, paper.author, paper.date, paper.address, paper.source]
    facts += [paper.pack.title, paper.pack.purpose, paper.pack.form, what, site_address, made_by(*_TOOLS)]
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()
