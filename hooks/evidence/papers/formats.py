"""The files that papers come as. To add a format is to add one record to `PAPER_FORMATS`; all that lists, makes, keeps or serves files goes by it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from gettext import gettext as _

from evidence.model.site_data import Pack
from evidence.papers.packs import FOLDER
from evidence.papers.paper import LANGUAGE, Paper

Make = Callable[[Paper, str], bytes]
_TYPST = ("typst", "segno", "font-source-sans-pro", "Markdown", "pymdown-extensions")
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
    make: Make
    tools: tuple[str, ...] = ()
    pages: Callable[[bytes], int] = lambda content: 0

    def uri(self, pack: Pack) -> str:
        """The address of a pack's file in this format."""
        return f"{FOLDER}/{pack.id}{self.suffix}"


def offered(pack: Pack) -> list[PaperFormat]:
    """The formats that a pack has, in the order in which they are offered."""
    return [paper_format for paper_format in PAPER_FORMATS.values() if paper_format.wanted(pack)]


def pdf_pages(content: bytes) -> int:
    """How many pages a PDF of ours has."""
    return len(_PAGE.findall(content))


# What makes a file is slow to load, and only needed where the file is not kept.


def _pdf(points: int) -> Make:
    def make(paper: Paper, site_address: str) -> bytes:
        from evidence.papers.pdf import paper_data, pdf  # noqa: PLC0415

        return pdf(paper_data(paper, points, site_address))

    return make


def _office(kind: str) -> Make:
    def make(paper: Paper, site_address: str) -> bytes:
        from evidence.office import to_office  # noqa: PLC0415

        title = paper.pack.title
        return to_office(
            paper.markdown, title=title, language="-".join(LANGUAGE), points=14, date=paper.date, kind=kind
        )

    return make


PAPER_FORMATS = {
    paper_format.id: paper_format
    for paper_format in (
        PaperFormat(
            "standard",
            ".pdf",
            _("PDF, 14 point"),
            "application/pdf",
            wanted=lambda pack: "standard" in pack.sizes,
            make=_pdf(14),
            tools=_TYPST,
            pages=pdf_pages,
        ),
        PaperFormat(
            "large",
            "-large.pdf",
            _("PDF, large print (18 point)"),
            "application/pdf",
            wanted=lambda pack: "large" in pack.sizes,
            make=_pdf(18),
            tools=_TYPST,
            pages=pdf_pages,
        ),
        PaperFormat(
            "odt",
            ".odt",
            _("LibreOffice file, ODT"),
            "application/vnd.oasis.opendocument.text",
            wanted=lambda pack: pack.editable,
            make=_office("odt"),
            tools=(*_TYPST, "pypandoc-binary"),
        ),
        PaperFormat(
            "docx",
            ".docx",
            _("Word file, DOCX"),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            wanted=lambda pack: pack.editable,
            make=_office("docx"),
            tools=(*_TYPST, "pypandoc-binary"),
        ),
    )
}
"""By id, in the order in which they are offered."""
