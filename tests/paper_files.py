"""Papers as PDF: made once, and their words as a viewer finds them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from copy import deepcopy
from functools import cache

import pypdfium2
from lxml import html
from markdown import Markdown

from conftest import ROOT
from evidence.output.accessible_tables import RealTables
from evidence.output.html_tree import EXTENSIONS
from evidence.output.note_lines import NoteLines
from evidence.papers.formats import PAPER_FORMATS, pdf_pages
from evidence.papers.paper import Paper
from evidence.site.loading import load

REAL = load(ROOT)
POINTS = {"standard": 14, "large": 18}
MM = 72 / 25.4
A4, A5 = (595.276, 841.89), (148 * MM, 210 * MM)
TAGGED = POINTS | {"booklet-a4": 16, "booklet-a5": 14}
"""The formats that are tagged PDF, with the size of their letters."""


def made(paper: Paper, size: str) -> bytes:
    return REAL.papers.files[PAPER_FORMATS[size].uri(paper.pack)].content


@cache
def twin(markdown: str) -> html.HtmlElement:
    """What a paper's page shows, read by another parser than the papers' own."""
    converter = Markdown(extensions=[*EXTENSIONS, RealTables(), NoteLines()])
    return html.fromstring(f"<main>{converter.convert(markdown)}</main>")


def on_paper(markdown: str) -> html.HtmlElement:
    """The same as papers tell it: what a statement rests on in words alone and in brackets, and nothing for those who look at a screen."""
    tree = deepcopy(twin(markdown))
    for gone in (*tree.find_class("support-shapes"), *tree.find_class("picture-table"), *tree.find_class("heard")):
        gone.drop_tree()
    for mark in tree.find_class("support"):
        words = f"({mark.text_content().strip()})"
        for part in mark:
            mark.remove(part)
        mark.text = words
    return tree


def letters(text: str) -> str:
    """Text without what lines and fonts do to it: spaces, hyphens at the ends of lines, marks of lists."""
    text = unicodedata.normalize("NFKC", text)
    return re.sub(r"[\s\u200b\x02\ufffe\u2010\u00ad•\u2022-]", "", text)


def texts(content: bytes) -> Iterator[tuple[pypdfium2.PdfPage, pypdfium2.PdfTextPage]]:
    document = pypdfium2.PdfDocument(content)
    for sheet in document:
        yield sheet, sheet.get_textpage()


def words_of(content: bytes, title: str) -> str:
    """All words of a PDF in their order, without the feet of its pages."""
    found = []
    total = pdf_pages(content)
    for number, (_, text) in enumerate(texts(content), 1):
        said = letters(text.get_text_range())
        foot = letters(f"{number} of {total} {title}")
        found.append(said.removesuffix(foot).removeprefix(foot))
    return "".join(found)
