"""Papers as EPUB 3 (W3C, "EPUB 3.3", "EPUB Accessibility 1.1"), for phones, e-readers and Braille software.

`to_epub` makes the file of a `Book`; `with_endnotes` puts a paper's notes last, for the PDF of a book, too. `marked` marks places in a paper
whose pages in its PDF then are the `Pages` of its e-book.
"""

from evidence.epub.book import Book, to_epub
from evidence.epub.endnotes import with_endnotes
from evidence.epub.pages import Pages, marked

__all__ = ["Book", "Pages", "marked", "to_epub", "with_endnotes"]
