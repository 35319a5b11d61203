"""Papers -> their files, made two at a time and cached between builds, so that only what has changed is made again."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from evidence.files import made_by, store
from evidence.papers.formats import PaperFormat, offered
from evidence.papers.packs import PaperError
from evidence.papers.paper import Paper

_AT_ONCE = 2


@dataclass(frozen=True, slots=True)
class PaperFile:
    """A file of a paper; `pages` is 0 where the program that opens it decides on pages, `sheets` where they are not counted."""

    uri: str
    content: bytes
    pages: int = 0
    sheets: int = 0


def make_files(
    papers: Iterable[Paper], site_address: str, cache: Path, previous: Mapping[str, PaperFile] | None = None
) -> dict[str, PaperFile]:
    """The files of all papers by address; `cache` is the folder of earlier results. PaperError names the pack that cannot be set.

    `previous` are the files of an earlier call: where a paper has changed since, its old file stays, and nothing is made anew.
    """
    previous = previous or {}
    jobs = [(paper, wanted) for paper in papers for wanted in offered(paper.pack)]
    files = [cache / _key(paper, wanted, site_address) for paper, wanted in jobs]

    def one(job: tuple[Paper, PaperFormat], file: Path) -> PaperFile:
        paper, wanted = job
        uri = wanted.uri(paper.pack)
        old = previous.get(uri)
        try:
            content = file.read_bytes()
        except OSError:
            if old is not None:
                return old
            content = _made(paper, wanted, site_address)
            store(file, content)
        if old is not None and old.content == content:
            return old  # its pages need not be counted again
        pages = wanted.pages(content)
        return PaperFile(uri, content, pages, math.ceil(pages / wanted.to_a_sheet) if wanted.to_a_sheet else 0)

    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 (checking makes no paper)

    with ThreadPoolExecutor(_AT_ONCE) as workers:
        made = {found.uri: found for found in workers.map(one, jobs, files)}
    for unused in {*cache.glob("*")} - {*files}:
        unused.unlink(missing_ok=True)
    return made


def _made(paper: Paper, wanted: PaperFormat, site_address: str) -> bytes:
    try:
        return wanted.make(paper, site_address)
    except (PaperError, RuntimeError, FileNotFoundError) as error:
        raise PaperError(f"{paper.pack.where}: pack '{paper.pack.id}' cannot be set as a paper: {error}") from error


def _key(paper: Paper, wanted: PaperFormat, site_address: str) -> str:
    """A name for a result that is another for every paper and every tool."""
    # Where a record stands in its file does not matter to what is printed.
    facts = [paper.uri, paper.markdown, paper.author, paper.date, paper.address, paper.source]
    facts += [paper.pack.title, paper.pack.purpose, paper.pack.form, wanted.id, site_address, made_by(*wanted.tools)]
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()
