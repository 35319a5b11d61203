"""E-books, made once, and their parts as a reading system finds them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import PurePosixPath
from urllib.parse import unquote

from lxml import etree

from conftest import SITES
from evidence.papers.formats import PAPER_FORMATS
from evidence.papers.paper import Paper
from evidence.site.loading import load

EPUB = PAPER_FORMATS["epub"]
NAMES = {
    "h": "http://www.w3.org/1999/xhtml",
    "e": "http://www.idpf.org/2007/ops",
    "o": "http://www.idpf.org/2007/opf",
    "dc": "http://purl.org/dc/elements/1.1/",
}
LOADED = {name: load(SITES[name]) for name in ("real", "night-trains")}
BOOKS = [(name, paper) for name, site in LOADED.items() for paper in site.papers.all if paper.pack.epub]


@cache
def made(name: str, pack: str) -> bytes:
    """The e-book of a pack."""
    paper = next(paper for site, paper in BOOKS if (site, paper.pack.id) == (name, pack))
    return EPUB.make(paper, LOADED[name].review.publisher.site_address)


class Opened:
    """An e-book: its parts, its package, and the files of its spine as trees, by name and in order."""

    def __init__(self, content: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            self.infos = archive.infolist()
            self.parts = {info.filename: archive.read(info) for info in self.infos}
        self.package = etree.fromstring(self.parts["EPUB/package.opf"])
        items = {item.get("id"): item for item in self.package.iterfind("o:manifest/o:item", NAMES)}
        self.types = {f"EPUB/{item.get('href')}": item.get("media-type") for item in items.values()}
        spine = [items[ref.get("idref")].get("href") for ref in self.package.iterfind("o:spine/o:itemref", NAMES)]
        self.files = {name: etree.fromstring(self.parts[f"EPUB/{name}"]) for name in spine}

    def said(self, name: str) -> list[str]:
        """What the package says under a name of Dublin Core, or a property."""
        found = self.package.iterfind(f"o:metadata/dc:{name}", NAMES) if ":" not in name else ()
        metas = self.package.iterfind(f"o:metadata/o:meta[@property='{name}']", NAMES)
        return [element.text or "" for element in (*found, *metas)]

    def page_breaks(self) -> Iterator[dict[str, str]]:
        """Where pages of the PDF begin: their numbers, the place, what is said behind it, and whether a picture stands there."""
        for file, tree in self.files.items():
            for mark in tree.iterfind(".//*[@role='doc-pagebreak']"):
                assert (mark.get(f"{{{NAMES['e']}}}type"), len(mark), mark.text) == ("pagebreak", 0, None)
                behind = mark.xpath("following::text() | following::h:img", namespaces=NAMES)
                told = [one for one in behind[:40] if not isinstance(one, str) or one.strip()]
                picture = "yes" if not isinstance(told[0], str) else ""
                after = "".join(one for one in told if isinstance(one, str))
                yield {
                    "number": mark.get("aria-label"),
                    "file": file,
                    "id": mark.get("id"),
                    "after": after,
                    "first": next((one for one in told if isinstance(one, str)), ""),
                    "picture": picture,
                }

    def target(self, file: str, href: str) -> tuple[str, str]:
        """The file and the id that a link leads to."""
        path, _, name = href.partition("#")
        return str(PurePosixPath(file).parent / unquote(path)) if path else file, name


def opened(name: str, paper: Paper) -> Opened:
    """The e-book of a paper, opened."""
    return Opened(made(name, paper.pack.id))
