"""The files that papers come as. To add a format is to add one record to `PAPER_FORMATS`; all that lists, makes, caches or serves files goes by it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from evidence.model.site_data import Pack, PaperSize
from evidence.papers.packs import FOLDER
from evidence.papers.paper import LANGUAGE, Paper
from evidence.text.translation import _

_TYPST = ("typst", "pikepdf", "segno", "font-source-sans-pro", "Markdown", "pymdown-extensions")
_PAGE = re.compile(rb"/Type\s*/Page\b(?!s)")


@dataclass(frozen=True, slots=True)
class PaperFormat:
    """A format of papers: `name` for readers, `media_type` for servers (IANA's registry), `wanted` tells which packs have it.

    `make` makes the file from a paper and the site's address ('' for none); it raises PaperError, RuntimeError or FileNotFoundError. `tools` are the
    packages whose releases may change what it makes. `pages` counts the file's pages; 0 where the program that opens it decides on them.
    """

    id: str
    suffix: str
    name: str
    media_type: str
    wanted: Callable[[Pack], bool]
    make: Callable[[Paper, str], bytes]
    tools: tuple[str, ...] = ()
    pages: Callable[[bytes], int] = lambda content: 0

    def uri(self, pack: Pack) -> str:
        """The address of a pack's file in this format."""
        return f"{FOLDER}/{pack.id}{self.suffix}"


def offered(pack: Pack) -> list[PaperFormat]:
    """The formats that a pack has, in the order in which they are offered."""
    return [kind for kind in PAPER_FORMATS.values() if kind.wanted(pack)]


def pdf_pages(content: bytes) -> int:
    """How many pages a PDF of ours has."""
    return len(_PAGE.findall(content))


# What makes a file is slow to load, and only needed where the file is not cached.


def _pdf(size: PaperSize, suffix: str, name: str, points: int) -> PaperFormat:
    def make(paper: Paper, site_address: str) -> bytes:
        from evidence.papers.pdf import paper_data, pdf  # noqa: PLC0415

        return pdf(paper_data(paper, points, site_address))

    return PaperFormat(size, suffix, name, "application/pdf", lambda pack: size in pack.sizes, make, _TYPST, pdf_pages)


def _office(kind: str, name: str, media_type: str) -> PaperFormat:
    def make(paper: Paper, site_address: str) -> bytes:
        from evidence.office import to_office  # noqa: PLC0415

        about = {"title": paper.pack.title, "author": paper.author, "language": "-".join(LANGUAGE), "date": paper.date}
        return to_office(paper.markdown, points=14, kind=kind, **about)

    tools = (*_TYPST, "pypandoc-binary")  # Typst draws the pictures
    return PaperFormat(kind, f".{kind}", name, media_type, lambda pack: pack.editable, make, tools)


PAPER_FORMATS = {
    kind.id: kind
    for kind in (
        _pdf("standard", ".pdf", _("PDF, 14 point"), points=14),
        _pdf("large", "-large.pdf", _("PDF, large print (18 point)"), points=18),
        _office("odt", _("LibreOffice file, ODT"), "application/vnd.oasis.opendocument.text"),
        _office(
            "docx", _("Word file, DOCX"), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        ),
    )
}
"""By id, in the order in which they are offered."""
