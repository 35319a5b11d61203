"""A paper as an EPUB: its chapters, contents, cover and what is said of it, in one ZIP that is the same for the same paper."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evidence.epub.chapters import NOTES, WORKS, Chapter, chapters, places
from evidence.epub.cover import cover
from evidence.epub.endnotes import NOTES_ID, with_endnotes
from evidence.epub.pages import Pages, marked
from evidence.epub.xhtml import Writer, language_in_xhtml, page_id
from evidence.files import zips
from evidence.output import templates
from evidence.output.nodes import Node, nodes, said
from evidence.text.escape import UNSEEN
from evidence.text.languages import way_of
from evidence.text.translation import _

_FOLDER = "EPUB"
_STYLE = Path(__file__).with_name("style.css")
_CONTAINER = f"""\
<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
  <rootfiles><rootfile full-path="{_FOLDER}/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""


@dataclass(frozen=True, slots=True)
class Book:
    """A paper and what is said of it. `markdown` is the body of its page at `uri`, without citations or directives left to fill in.

    `language` is a tag (BCP 47), `date` the day that the file says it was made on (ISO 8601), `source` what it is about in a few words, `publisher`
    '' for none; `picture` is a drawing for its cover, or ''; `roles` are the words of EPUB's vocabulary for chapters by the ids of their headings.
    `pages` are those of the PDF with the same words, None where there is none; `tested` says whether readers have tested the book; `ours` is the language of what the engine
    says, '' for that of the book.
    """

    title: str
    description: str
    language: str
    date: str
    source: str
    publisher: str
    picture: str
    uri: str
    site_address: str
    markdown: str
    roles: Mapping[str, str]
    pages: Pages | None = None
    tested: bool = False
    ours: str = ""


def to_epub(book: Book) -> bytes:
    """The file of a book."""
    text = UNSEEN.sub(" ", book.markdown.replace("\u2028", "\n").replace("\r", "\n"))
    roles = {**book.roles, NOTES_ID: NOTES}
    ends = [name for name, role in book.roles.items() if role != NOTES]
    read = marked(nodes(text, book.uri, book.site_address, places=True))
    blocks = _titled(with_endnotes(read, ends, book.ours), book.title)
    found = chapters(blocks, book.title, roles)
    wanted = {url[1:] for url in said(blocks, "url") if url.startswith("#")}
    pages = book.pages or Pages()
    writer = Writer(book.language, places(found), wanted, pages.starts, pages.front, ours=book.ours)
    files = writer.files(found)
    view: dict[str, Any] = {
        "book": book,
        "way": way_of(book.language),
        "ours": language_in_xhtml(book.ours),
        "chapters": found,
        "pictures": sorted(writer.pictures),
        "id": uuid.uuid5(uuid.NAMESPACE_URL, f"{book.site_address}{book.uri} {book.title}"),
        "day": book.date or "1980-01-01",
        "landmarks": [one for one in found if one.role in (NOTES, WORKS)],
        "described": any(_has_alternative(block) for block in blocks),
        "summary": _summary(blocks, found, pages, book.tested),
        "pages": _page_list(pages, writer),
        "below": book.publisher or book.source,
    }
    parts: list[tuple[str, bytes]] = [
        ("mimetype", b"application/epub+zip"),
        ("META-INF/container.xml", _CONTAINER.encode()),
    ]
    named: dict[str, bytes] = {
        "package.opf": templates.render("epub/package.xml.j2", **view).encode(),
        "nav.xhtml": templates.render("epub/nav.xml.j2", **view).encode(),
        "cover.xhtml": templates.render("epub/cover.xml.j2", **view).encode(),
        "cover.png": cover(book.title, view["below"], book.picture),
        "style.css": _STYLE.read_bytes(),
        **files,
        **{name: writer.pictures[name].encode() for name in view["pictures"]},
    }
    parts += [(f"{_FOLDER}/{name}", content) for name, content in named.items()]
    return zips.zipped(parts, as_they_are={"mimetype"})


def _titled(blocks: list[Node], title: str) -> list[Node]:
    """Blocks that begin with the heading of the book."""
    if blocks and blocks[0]["kind"] == "heading" and blocks[0]["level"] == 1:
        return blocks
    return [{"kind": "heading", "level": 1, "id": "", "new_page": False, "body": [title]}, *blocks]


def _page_list(pages: Pages, writer: Writer) -> list[tuple[int, str]]:
    """Each page of the PDF with the address of where it begins: the cover, the contents, then the text."""
    cover = [(1, "cover.xhtml")] if pages.front else []
    return [*cover, *((number, f"nav.xhtml#{page_id(number)}") for number in range(2, pages.front + 1)), *writer.breaks]


def _summary(blocks: list[Node], found: list[Chapter], pages: Pages, tested: bool) -> str:
    """What is said of how a book can be read: of pictures, tables, notes and references only where it has any."""
    kinds, roles = set(said(blocks, "kind")), {chapter.role for chapter in found}
    described = any(_has_alternative(block) for block in blocks)
    told = [
        _("All words can be read aloud, in Braille, or in letters of any size."),
        _("Pictures that add meaning have it in words.") if described else "",
        _("Pictures only decorate.") if not described and kinds & {"drawing", "mark"} else "",
        _("Tables have headers.") if "table" in kinds else "",
        _("Notes stand at the end, with links both ways.") if NOTES in roles else "",
        _("References stand at the end, with links both ways.") if WORKS in roles else "",
        _("Page numbers are those of the PDF with the same words.") if pages.starts else "",
        _("Programs and readers have tested this book.")
        if tested
        else _("Programs have checked this book; readers have not yet tested it."),
    ]
    return " ".join(filter(None, told))


def _has_alternative(value: object) -> bool:
    """Whether a picture with an alternative stands in a block."""
    if isinstance(value, list):
        return any(map(_has_alternative, value))
    if not isinstance(value, dict):
        return False
    if value.get("kind") in ("drawing", "mark"):
        return bool(value["alt"]) and not value.get("hidden", False)
    return any(map(_has_alternative, value.values()))
