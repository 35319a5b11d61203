"""Booklets: as many pages as sheets can hold, in the order in which they are printed, and a picture with the words of each idea in every format."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from zipfile import ZipFile

import pypdfium2
import pytest
from lxml import etree, html

from conftest import ROOT
from evidence.papers.formats import PAPER_FORMATS, offered, pdf_pages
from evidence.papers.packs import all_packs
from evidence.papers.paper import Paper
from evidence.printing.tagging import pairs
from evidence.site.loading import load
from made_up_packs import packs, site
from paper_files import A4, A5, MM, REAL, TAGGED, letters, texts, twin

SAMPLE = load(ROOT / "tests/sites/night-trains")
BOOKLETS = [
    pytest.param(paper, id=paper.pack.id)
    for found in (REAL, SAMPLE)
    for paper in found.papers.all
    if paper.pack.form == "booklet"
]
each_booklet = pytest.mark.parametrize("paper", BOOKLETS)
each_size = pytest.mark.parametrize("size", ["booklet-a4", "booklet-a5", "large"])


@cache
def made(paper: Paper, kind: str) -> bytes:
    return PAPER_FORMATS[kind].make(paper, "")


def pages(content: bytes) -> list[str]:
    return [letters(text.get_text_range()) for _, text in texts(content)]


def ideas(paper: Paper) -> list[html.HtmlElement]:
    return twin(paper.markdown).find_class("easy")


def test_there_is_one_of_each() -> None:
    assert len(BOOKLETS) == 2


@each_booklet
def test_its_pages_fill_sheets(paper: Paper) -> None:
    real = paper.pack.id == "easier"
    a4, a5 = (pdf_pages(made(paper, kind)) for kind in ("booklet-a4", "booklet-a5"))
    assert 12 * real <= a4 <= 16
    assert a5 <= 24
    assert a5 % 4 == 0
    assert pdf_pages(made(paper, "booklet-printing")) * 2 == a5


def test_pages_are_paired_as_sheets_are_folded() -> None:
    assert pairs(4) == [(4, 1), (2, 3)]
    order = pairs(24)
    assert order[:4] == [(24, 1), (2, 23), (22, 3), (4, 21)]
    assert order[-1] == (12, 13)
    assert sorted(number for pair in order for number in pair) == list(range(1, 25))


@each_booklet
def test_the_file_for_printing_has_the_pages_in_that_order(paper: Paper) -> None:
    leaves = pages(made(paper, "booklet-a5"))
    for side, (left, right) in zip(
        pypdfium2.PdfDocument(made(paper, "booklet-printing")), pairs(len(leaves)), strict=True
    ):
        assert side.get_size() == pytest.approx((2 * A5[0], A5[1]), abs=0.1)
        assert side.get_size() == pytest.approx((A4[1], A4[0]), abs=3)
        half = side.get_width() / 2
        words = side.get_textpage()
        assert letters(words.get_text_bounded(right=half)) == leaves[left - 1]
        assert letters(words.get_text_bounded(left=half)) == leaves[right - 1]


def test_the_file_for_printing_says_what_it_is() -> None:
    kind = PAPER_FORMATS["booklet-printing"]
    assert "for printing only" in kind.name
    assert "-for-printing" in kind.suffix


@each_size
@each_booklet
def test_it_has_the_words_of_its_page_and_a_list_of_its_parts(paper: Paper, size: str) -> None:
    numbered = pages(made(paper, size))
    bare = [numbered[0], *(words.removesuffix(str(number)) for number, words in enumerate(numbered[1:], 2))]
    assert bare[1:] != numbered[1:], "each page but the cover has its number"
    while re.fullmatch("Notes", bare[-1]):
        bare.pop()
    tree = twin(paper.markdown)
    said = letters(tree.text_content())
    heads = [letters(head.text_content()) for head in tree.iter("h2")]
    listed = "Inthisbooklet"
    for head in heads[: 0 if not heads else -1]:
        at = next(number for number, words in enumerate(bare, 1) if head in words.replace(_list(bare[1], heads), ""))
        listed += f"{head}{at}"
    opening, first, rest = said.partition(heads[0])
    assert "".join(bare) == f"{opening}{listed}{first}{rest}"


def _list(page: str, heads: list[str]) -> str:
    """The list of parts on a page: each with the number of its page."""
    found = re.match("Inthisbooklet" + "".join(rf"{re.escape(head)}\d+" for head in heads[:-1]), page)
    return found[0] if found else ""


@each_size
@each_booklet
def test_no_idea_is_cut_and_no_heading_is_left_at_a_foot(paper: Paper, size: str) -> None:
    found = pages(made(paper, size))
    for idea in ideas(paper):
        words = letters(idea.text_content())
        assert any(words in page for page in found), words
    heads = [letters(head.text_content()) for head in twin(paper.markdown).iter("h2", "h3")]
    for number, page in enumerate(found[1:], 2):
        assert not page.removesuffix(str(number)).endswith(tuple(heads)), page


@each_size
def test_no_page_is_nearly_empty(size: str) -> None:
    (paper,) = (paper for paper in REAL.papers.all if paper.pack.form == "booklet")
    low = [
        min(text.get_charbox(i)[1] for i in range(text.count_chars()) if text.get_charbox(i)[1] > 22 * MM)
        for _, text in texts(made(paper, size))
    ]
    assert max(low) < (A5 if size == "booklet-a5" else A4)[1] * 0.5


@each_size
@each_booklet
def test_each_idea_has_its_picture_on_the_left(paper: Paper, size: str) -> None:
    """Where its words stand, something is drawn to their left."""
    wanted = [letters(idea.text_content()) for idea in ideas(paper)]
    met = []
    for sheet, text in texts(made(paper, size)):
        ink = sheet.render(scale=1, grayscale=True).to_pil().point(lambda shade: 255 * (shade < 128))
        page = [(letters(text.get_text_range(i, 1)), text.get_charbox(i)) for i in range(text.count_chars())]
        page = [(letter, box) for letter, box in page if letter]
        said = "".join(letter for letter, _ in page)
        for words in [words for words in wanted if words in said]:
            at = said.index(words)
            boxes = [box for _, box in page[at : at + len(words)]]
            left, low, high = min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[3] for b in boxes)
            beside = (
                left - (18 if left > sheet.get_width() / 2 else 38) * MM,  # words stand in two columns on A4
                sheet.get_height() - high - 2 * MM,
                left - 3 * MM,
                sheet.get_height() - low + 2 * MM,
            )
            assert ink.crop(beside).getbbox(), words
            met.append(words)
    assert set(met) == set(wanted)


@each_booklet
def test_files_for_word_processors_have_a_picture_in_the_paragraph_of_each_idea(paper: Paper, tmp_path: Path) -> None:
    wanted = [letters(idea.text_content()) for idea in ideas(paper)]
    for kind, name, paragraph, picture in (
        ("docx", "word/document.xml", "p", "drawing"),
        ("odt", "content.xml", "p", "frame"),
    ):
        (tmp_path / kind).write_bytes(made(paper, kind))
        with ZipFile(tmp_path / kind) as file:
            root = etree.fromstring(file.read(name))
        found = [
            letters("".join(node.itertext()))
            for node in root.iterfind(".//{*}" + paragraph)
            if node.find(".//{*}" + picture) is not None and node.find(".//{*}tab") is not None
        ]
        assert found == wanted
        if kind == "docx":  # none of the pictures says anything but the words beside it
            assert len(list(root.iterfind(".//{*}decorative"))) >= len(wanted)


def test_links_to_booklets_say_how_many_sheets_they_take() -> None:
    (paper,) = (paper for paper in REAL.papers.all if paper.pack.form == "booklet")
    outputs = {output.uri: output for output in REAL.papers.outputs()}
    page = str(outputs[paper.uri].content)
    assert re.search(r"\[A4 booklet, PDF, 16 point, 16 pages, 8 sheets of paper, \d+ KB\]", page)
    assert re.search(r"\[A5 booklet, PDF, 14 point, 24 pages, 6 sheets of paper, \d+ KB\]", page)
    assert re.search(r"flipped on the short edge\), 12 pages, 6 sheets of paper, \d+ KB\]", page)


def test_the_easier_version_leads_to_its_booklet_first() -> None:
    page = REAL.resolved("easier.md").markdown()
    pack = all_packs(REAL.review)["easier"]
    links = re.findall(r"\]\(([^)\s]+)\)", page)
    files = [kind.uri(pack) for kind in offered(pack)]
    assert links[0] == files[0]
    assert links[-len(files) :] == files


def test_a_booklet_that_is_too_short_gets_pages_for_notes(tmp_path: Path) -> None:
    found = site(tmp_path, packs("page: guide.md; words: [all]", "    form: booklet\n", cards=""))
    assert found.problems == ()
    (paper,) = found.papers.all
    printed = pages(made(paper, "booklet-a5"))
    assert len(printed) % 4 == 0
    assert TAGGED["booklet-a5"] == 14
