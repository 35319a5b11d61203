"""Papers -> their files, made two at a time and cached between builds, so that only what has changed is made again."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from evidence.files import made_by, store
from evidence.model.site_data import Pack
from evidence.papers import kit
from evidence.papers.formats import PaperFormat, offered
from evidence.papers.packs import INSIDE, PaperError
from evidence.papers.paper import Paper
from evidence.text.places import place

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
    found = {paper.pack.id: paper for paper in papers}
    kept: set[Path] = set()

    def one(job: _Job) -> PaperFile:
        file = cache / _key(job, site_address)
        kept.add(file)
        uri = job.wanted.uri(job.paper.pack)
        old = previous.get(uri)
        try:
            content = file.read_bytes()
        except OSError:
            if old is not None:
                return old
            content = _made(job, site_address)
            store(file, content)
        if old is not None and old.content == content:
            return old  # its pages need not be counted again
        pages, to_a_sheet = job.wanted.pages(content), job.wanted.to_a_sheet
        return PaperFile(uri, content, pages, math.ceil(pages / to_a_sheet) if to_a_sheet else 0)

    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 (checking makes no paper)

    def all_of(paper: Paper) -> list[PaperFile]:
        """One after the other, so that its Markdown is read once. Typst forgets pages over those set after them: what an e-book asks of the first
        file comes next, and last what has drawings to set."""
        first, *rest = offered(paper.pack)
        kinds = [first, *sorted(rest, key=lambda kind: ("pypandoc-binary" in kind.tools, kind.id != "epub"))]
        return [one(_Job(paper, wanted)) for wanted in kinds]

    made: dict[str, PaperFile] = {}
    kits = [paper for paper in found.values() if paper.pack.form == "kit"]
    packs = {name: paper.pack for name, paper in found.items()}
    with ThreadPoolExecutor(_AT_ONCE) as workers:
        # Short ones first: Typst goes through all that it keeps after each paper, and keeps most of the longest.
        plain = sorted((p for p in found.values() if p.pack.form != "kit"), key=lambda p: len(p.markdown))
        made |= {file.uri: file for files in workers.map(all_of, plain) for file in files}
        jobs = [_Job(paper, wanted) for paper in kits for wanted in offered(paper.pack)]
        whole = [replace(job, inside=tuple(_inside(job, packs, made))) for job in jobs]
        made |= {file.uri: file for file in workers.map(one, whole)}
    for unused in {*cache.glob("*")} - kept:
        unused.unlink(missing_ok=True)
    return made


@dataclass(frozen=True, slots=True)
class _Job:
    """A file to be made; for a kit, with what is `inside`."""

    paper: Paper
    wanted: PaperFormat
    inside: tuple[tuple[kit.Item, bytes], ...] = ()

    @property
    def is_kit(self) -> bool:
        return self.paper.pack.form == "kit"


def _inside(job: _Job, packs: Mapping[str, Pack], made: Mapping[str, PaperFile]) -> Iterator[tuple[kit.Item, bytes]]:
    pages = {uri: file.pages for uri, file in made.items()}
    for item in kit.items(job.paper.pack, job.wanted, packs, pages):
        yield item, made[job.wanted.uri(item.pack)].content


def _made(job: _Job, site_address: str) -> bytes:
    pack = job.paper.pack
    try:
        if job.is_kit:
            return _whole(job, site_address)
        return job.wanted.make(job.paper, site_address)
    except (PaperError, RuntimeError, FileNotFoundError) as error:
        raise PaperError(f"{pack.where}: pack '{pack.id}' cannot be set as a paper: {error}") from error


def _whole(job: _Job, site_address: str) -> bytes:
    """A kit: the sheets that say what is in it, then all that is."""
    from evidence.printing import Copies, joined  # noqa: PLC0415 (only who makes a kit needs pikepdf)

    pack, front = job.paper.pack, 0
    first, pages = b"", 1
    while pages > 2 * front:  # what they say depends on how many there are
        front += 1
        said = kit.first_sheet(pack, [item for item, _content in job.inside], front)
        text = job.paper.markdown.replace(place(INSIDE, pack.id), said)
        first = job.wanted.make(replace(job.paper, markdown=text), site_address)
        pages = job.wanted.pages(first)
    return joined(
        first,
        [Copies(item.pack.title, content, item.copies(pack.people)) for item, content in job.inside],
    )


def _key(job: _Job, site_address: str) -> str:
    """A name for a result that is another for every paper and every tool."""
    paper, wanted = job.paper, job.wanted
    # Where a record stands in its file does not matter to what is printed.
    facts: list[object] = [paper.uri, paper.markdown, paper.author, paper.date, paper.address, paper.source]
    facts += [
        paper.picture,
        paper.tested,
        paper.pack.title,
        paper.pack.purpose,
        paper.pack.form,
        wanted.id,
        site_address,
        made_by(*wanted.tools),
    ]
    for item, content in job.inside:
        inside = (item.pack.title, item.copies(paper.pack.people), hashlib.sha256(content).hexdigest())
        facts += [inside, made_by("pikepdf")]
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()
