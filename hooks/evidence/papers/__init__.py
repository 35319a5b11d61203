"""Packs of questions, pages, words and cards as papers for a meeting: their parts, each paper as one Markdown text, its files, its page.

`Papers` makes those of a review. To add a format is to add one record to `PAPER_FORMATS`: its name, address, media type, which packs have it, and
the function that makes it. `packs` says which packs there are. What makes files is loaded when a file is made, so that checking loads neither Typst nor pandoc.
"""

from evidence.papers import packs
from evidence.papers.files import PaperFile
from evidence.papers.formats import PAPER_FORMATS
from evidence.papers.kit import KIT
from evidence.papers.pack_pages import PACKS, Papers
from evidence.papers.pack_parts import passages_of

DIRECTIVES = (PACKS, KIT)
"""What puts papers into pages: no page that holds one of them can be part of a paper."""

__all__ = [
    "DIRECTIVES",
    "PAPER_FORMATS",
    "PaperFile",
    "Papers",
    "packs",
    "passages_of",
]
