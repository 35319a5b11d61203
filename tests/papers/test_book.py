"""A book as PDF: its cover, contents, chapters and notes, as a reader turns the pages; and what editors are told of a book that cannot be."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
import pytest
from lxml import html

from conftest import SITES
from evidence.papers.formats import PAPER_FORMATS, offered
from evidence.papers.paper import Paper
from evidence.papers.pdf import paper_data, pdf
from evidence.site.loading import load
from made_up_packs import packs, paper, site
from paper_files import A4, POINTS, REAL, letters, made, on_paper, texts, words_of

BOOK = next(found for found in REAL.papers.all if found.pack.form == "book")
MADE_UP = next(found for found in load(SITES["night-trains"]).papers.all if found.pack.form == "book")
NOTES = "Editors' notes"
each_size = pytest.mark.parametrize("size", list(POINTS))


def _content(found: Paper, size: str) -> bytes:
    return made(found, size) if found is BOOK else pdf(paper_data(found, POINTS[size]))


def _sheets(content: bytes) -> list[str]:
    return [text.get_text_range() for _, text in texts(content)]


def _chapters(found: Paper) -> list[str]:
    titles = [letters(h.text_content()) for h in on_paper(found.markdown).iter("h2")]
    at = titles.index("References")
    return [*titles[:at], letters(NOTES), *titles[at:]]


@each_size
@pytest.mark.parametrize("found", [BOOK, MADE_UP], ids=["real", "made up"])
def test_its_contents_name_each_chapter_with_the_page_that_it_begins_on(found: Paper, size: str) -> None:
    content = _content(found, size)
    toc = list(pypdfium2.PdfDocument(content).get_toc())
    begins = {letters(mark.get_title()): mark.get_dest().get_index() + 1 for mark in toc if mark.level == 1}
    assert list(begins) == ["Contents", *_chapters(found)]
    sheets = _sheets(content)
    last = begins[_chapters(found)[0]]
    title = r"\s+".join(map(re.escape, found.pack.title.split()))  # in large print it takes two lines
    feet = re.compile(rf"\d+ of \d+\s+{title}")
    contents = letters("".join(feet.sub("", sheet) for sheet in sheets[begins["Contents"] - 1 : last - 1]))
    at = 0
    for title in _chapters(found):
        at = contents.find(title, at)
        assert re.match(rf"\.*{begins[title]}(?!\d)", contents[at + len(title) :]), title
    tops = {letters(mark.get_title()): mark.get_dest().get_view()[1][1] for mark in toc if mark.level == 1}
    # But for two short lists at the end, each begins a page, or stands below the short end of another.
    for title in _chapters(found)[:-2]:
        whole = letters(sheets[begins[title] - 1]).startswith(title)
        assert tops[title] > A4[1] * (0.85 if whole else 0.65), title


@each_size
@pytest.mark.parametrize("found", [BOOK, MADE_UP], ids=["real", "made up"])
def test_it_has_all_words_of_its_pages_in_their_order(found: Paper, size: str) -> None:
    said = words_of(_content(found, size), found.pack.title)
    tree = on_paper(found.markdown)
    notes = [letters(note.text_content()) for note in tree.find_class("editor-note")]
    for note in tree.find_class("editor-note"):
        note.drop_tree()
    at = len("".join(letters(title) for title in _chapters(found)))
    for node in tree.iter("h2", "h3", "h4", "p", "td", "dt"):
        if any(True for _ in node.iter("p", "td", "div", "svg") if _ is not node):
            continue
        text = letters(node.text_content())
        assert text in said, node.text_content()
        if len(text) > 40:  # shorter ones stand in many places
            at = said.find(text, at)
            assert at >= 0, node.text_content()
    end = said[said.rindex(letters(NOTES)) :]
    for note in notes:
        assert end.count(note) == 1, note  # each once, at the end


def test_no_side_in_standard_print_has_a_few_words_alone() -> None:
    sides = {number: len(letters(sheet)) for number, sheet in enumerate(_sheets(_content(BOOK, "standard")), 1)}
    assert [number for number, length in sides.items() if length < 300] == [1]  # the cover


def test_its_page_leads_to_the_pages_whose_words_it_has() -> None:
    page = next(output for output in REAL.papers.outputs() if output.uri == BOOK.uri)
    text = str(page.content)
    assert "questions to discuss" in text
    for part in (part for part in BOOK.pack.parts if part.page):
        assert f"]({'../../' + part.page})" in text
    assert "EPUB" in text
    assert len(text) < 8000  # it has none of the words themselves


def test_links_between_its_pages_stay_in_it(tmp_path: Path) -> None:
    parts = "page: guide.md; page: index.md".replace("; ", "}\n      - {")
    found = paper(tmp_path, packs(parts).replace("    parts:", "    form: book\n    parts:"))
    tree = html.fromstring(f"<div>{found.markdown}</div>")
    assert tree is not None
    assert "[home](#home)" in found.markdown
    assert "index.md" not in found.markdown


@pytest.mark.parametrize(
    ("more", "part", "told"),
    [
        ("form: book", "words: [all]", "a book is made of pages and questions; name one"),
        (
            "picture: moon",
            "page: guide.md",
            "pack 'sheet' has no cover, since it is no booklet, book or e-book; leave 'picture' out",
        ),
        (
            "form: cards\n    epub: true",
            "cards: [all]",
            "pack 'sheet' is cards, so it can be no e-book; leave 'epub' out",
        ),
    ],
)
def test_what_can_be_no_book_is_told(tmp_path: Path, more: str, part: str, told: str) -> None:
    text = packs(part).replace("    parts:", f"    {more}\n    parts:")
    assert told in [problem.message for problem in site(tmp_path, text).problems]


def test_a_book_is_offered_in_both_sizes_and_as_an_e_book() -> None:
    assert [kind.id for kind in offered(BOOK.pack)] == ["standard", "large", "epub"]
    assert set(PAPER_FORMATS) >= {"standard", "large", "epub"}
