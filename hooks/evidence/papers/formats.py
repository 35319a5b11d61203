"""The files that papers come as. To add a format is to add one record to `PAPER_FORMATS`; all that lists, makes, caches or serves files goes by it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache

from evidence.model.site_data import Pack, PaperSize
from evidence.papers.packs import FOLDER
from evidence.papers.paper import ENDS, Paper
from evidence.text.direction import without_languages
from evidence.text.translation import _, numbered

_TYPST = ("typst", "pikepdf", "segno", "font-source-sans-pro", "Markdown", "pymdown-extensions")
_PDF = "application/pdf"
_Make = Callable[[Paper, str], bytes]
_Starts = Callable[[Paper, str], tuple[dict[str, int], int]] | None
_PAGE = re.compile(rb"/Type\s*/Page\b(?!s)")
_PAGES = re.compile(rb"<xmpTPg:NPages>(\d+)<")


@dataclass(frozen=True, slots=True)
class PaperFormat:
    """A format of papers: `name` for readers, `media_type` for servers (IANA's registry), `wanted` tells which packs have it.

    `make` makes the file from a paper and the site's address ('' for none); it raises PaperError, RuntimeError or FileNotFoundError. `tools` are the
    packages whose releases may change what it makes. `pages` counts the file's pages; 0 where the program that opens it decides on them. `to_a_sheet`
    says how many of them stand on a sheet of paper, on both its sides, for papers whose sheets are counted. `starts` tells where pages begin (see `pdf.pages`).
    """

    id: str
    suffix: str
    name: str
    media_type: str
    wanted: Callable[[Pack], bool]
    make: _Make
    tools: tuple[str, ...] = ()
    pages: Callable[[bytes], int] = lambda content: 0
    to_a_sheet: int = 0
    starts: _Starts = None

    def uri(self, pack: Pack) -> str:
        """The address of a pack's file in this format."""
        return f"{FOLDER}/{pack.id}{self.suffix}"


def offered(pack: Pack) -> list[PaperFormat]:
    """The formats that a pack has, in the order in which they are offered."""
    return [kind for kind in PAPER_FORMATS.values() if kind.wanted(pack)]


def in_pages(pages: int) -> str:
    """How many pages a file has, to stand behind its name: ', 3 pages'; '' where nobody counts them."""
    return numbered(", %(num)s page", ", %(num)s pages", pages) if pages else ""


def pdf_pages(content: bytes) -> int:
    """How many pages a PDF of ours has; where they are packed, what it says of itself (XMP, paged-text schema)."""
    told = _PAGES.search(content)
    return len(_PAGE.findall(content)) or int(told[1] if told else 0)


# What makes a file is slow to load, and only needed where the file is not cached.


def _pdf(size: PaperSize, suffix: str, name: str, points: int) -> PaperFormat:
    def make(paper: Paper, site_address: str) -> bytes:
        from evidence.papers.pdf import paper_data, pdf  # noqa: PLC0415

        return pdf(paper_data(paper, points, site_address))

    def starts(paper: Paper, site_address: str) -> tuple[dict[str, int], int]:
        from evidence.papers.pdf import pages, paper_data  # noqa: PLC0415

        return pages(paper_data(paper, points, site_address))

    def wanted(pack: Pack) -> bool:
        return size in pack.sizes and (pack.form != "booklet" or size == "large")

    return PaperFormat(size, suffix, name, _PDF, wanted, make, _TYPST, pdf_pages, 2, starts=starts)


@dataclass(frozen=True, slots=True)
class _Booklet:
    """What the pages of a booklet in standard print are: their size, that of their type, how many there may be, and what their number is a multiple of."""

    sheet: str
    points: int
    most: int
    multiple: int

    @lru_cache(maxsize=4)  # noqa: B019 (records that are always there)
    def made(self, paper: Paper, site_address: str) -> bytes:
        from evidence.papers.pdf import Bound, paper_data, pdf  # noqa: PLC0415

        return pdf(paper_data(paper, self.points, site_address, Bound(self.sheet, self.most, self.multiple)))

    def starts(self, paper: Paper, site_address: str) -> tuple[dict[str, int], int]:
        from evidence.papers.pdf import Bound, pages, paper_data  # noqa: PLC0415

        return pages(paper_data(paper, self.points, site_address, Bound(self.sheet, self.most, self.multiple)))

    def imposed(self, paper: Paper, site_address: str) -> bytes:
        from evidence.printing import printing_order  # noqa: PLC0415

        return printing_order(self.made(paper, site_address))


A4_BOOKLET, A5_BOOKLET = _Booklet("a4", 16, 16, 1), _Booklet("a5", 14, 24, 4)


def _booklet(name: str, suffix: str, words: str, make: _Make, to_a_sheet: int) -> PaperFormat:
    def wanted(pack: Pack) -> bool:
        return pack.form == "booklet" and "standard" in pack.sizes

    return PaperFormat(name, suffix, words, _PDF, wanted, make, _TYPST, pdf_pages, to_a_sheet)


def _office(kind: str, name: str, media_type: str) -> PaperFormat:
    def make(paper: Paper, site_address: str) -> bytes:
        from evidence.office import to_office  # noqa: PLC0415

        about = {"title": paper.pack.title, "author": paper.author, "language": paper.language, "date": paper.date}
        points = A4_BOOKLET.points if paper.pack.form == "booklet" else 14
        plain = {name: without_languages(words) for name, words in about.items()}
        return to_office(paper.markdown, points=points, kind=kind, **plain)

    tools = (*_TYPST, "pypandoc-binary")  # Typst draws the pictures
    return PaperFormat(kind, f".{kind}", name, media_type, lambda pack: pack.editable, make, tools)


def _epub() -> PaperFormat:
    def make(paper: Paper, site_address: str) -> bytes:
        from evidence.epub import Book, Pages, to_epub  # noqa: PLC0415

        pack, lang = paper.pack, paper.language
        title, purpose, of, by = map(without_languages, (pack.title, pack.purpose, paper.source, paper.author))
        said = (title, purpose, lang, paper.date, of, by, paper.picture)
        pages = None
        if (printed := offered(pack)[0]).starts:
            source = ", ".join(filter(None, (title, printed.name, paper.date)))
            pages = Pages(source, *printed.starts(paper, site_address))
        return to_epub(Book(*said, paper.uri, site_address, paper.markdown, ENDS, pages, paper.tested, paper.ours))

    return PaperFormat("epub", ".epub", _("E-book, EPUB"), "application/epub+zip", lambda pack: pack.epub, make, _TYPST)


PAPER_FORMATS = {
    kind.id: kind
    for kind in (
        _pdf("standard", ".pdf", _("PDF, 14 point"), points=14),
        replace(
            _booklet("booklet-a4", ".pdf", _("A4 booklet, PDF, 16 point"), A4_BOOKLET.made, 2), starts=A4_BOOKLET.starts
        ),
        _booklet("booklet-a5", "-a5.pdf", _("A5 booklet, PDF, 14 point"), A5_BOOKLET.made, 4),
        _booklet(
            "booklet-printing",
            "-a5-for-printing.pdf",
            _("A5 booklet for printing only, PDF (on both sides of A4, flipped on the short edge)"),
            A5_BOOKLET.imposed,
            2,
        ),
        _pdf("large", "-large.pdf", _("PDF, large print (18 point)"), points=18),
        _office("odt", _("OpenDocument text (ODT), for LibreOffice"), "application/vnd.oasis.opendocument.text"),
        _office(
            "docx", _("Word file, DOCX"), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        ),
        _epub(),
    )
}
"""By id, in the order in which they are offered."""
