"""The papers of the real site as PDF, each as a reader, a screen reader and a photocopier meet it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from io import BytesIO
from pathlib import Path

import page
import pikepdf
import pypdfium2
import pytest
from lxml import html

from evidence.papers.formats import PAPER_FORMATS, offered, pdf_pages
from evidence.papers.paper import Paper
from paper_files import A4, A5, MM, REAL, TAGGED, letters, made, on_paper, texts, twin, words_of

PDFS = [
    pytest.param(paper, kind.id, id=Path(kind.uri(paper.pack)).stem)
    for paper in REAL.papers.all
    for kind in offered(paper.pack)
    if kind.id in TAGGED
    if paper.pack.form != "kit"  # which is made of the others (see test_kit.py)
]
SHEETS = [case for case in PDFS if case.values[0].pack.form != "book"]  # a book is read in test_book.py
each_sheet = pytest.mark.parametrize(("paper", "size"), SHEETS)
each_pdf = pytest.mark.parametrize(("paper", "size"), PDFS)


@each_pdf
def test_it_keeps_the_rules_of_pdf_ua(paper: Paper, size: str) -> None:
    report = page.validate_pdf_bytes(made(paper, size), profile="ua1")
    assert report.is_compliant, [str(failure) for failure in report.failures]


@each_pdf
def test_it_says_what_it_is(paper: Paper, size: str) -> None:
    with pikepdf.open(BytesIO(made(paper, size))) as file:
        assert str(file.Root.Lang) == "en-GB"
        assert bool(file.Root.ViewerPreferences.DisplayDocTitle)
        assert bool(file.Root.MarkInfo.Marked)
        with file.open_metadata() as meta:
            assert meta["dc:title"] == paper.pack.title
            assert meta.get("dc:creator", []) == ([paper.author] if paper.author else [])
            assert meta["pdfuaid:part"] == "1"
            assert meta["xmp:CreateDate"].startswith(REAL.review.reading.checked)


@each_sheet
def test_tags_and_bookmarks_follow_the_headings_of_its_page(paper: Paper, size: str) -> None:
    wanted = [(int(h.tag[1]), letters(h.text_content())) for h in twin(paper.markdown).iter("h1", "h2", "h3", "h4")]
    content = made(paper, size)
    toc = pypdfium2.PdfDocument(content).get_toc()
    bookmarks = [(item.level + 1, letters(item.get_title())) for item in toc]
    with pikepdf.open(BytesIO(content)) as file:
        tags = [tag for tag in _tags(file.Root.StructTreeRoot) if re.fullmatch(r"H[1-6]", tag)]
    assert tags[0] == "H1"
    assert tags.count("H1") == 1
    if paper.pack.form == "cards":  # where a paper comes from may stand on its first card
        assert sorted(bookmarks) == sorted(wanted)
        assert sorted(tags) == sorted(f"H{level}" for level, _ in wanted)
    else:
        assert bookmarks == wanted
        assert tags == [f"H{level}" for level, _ in wanted]


def _tags(element: pikepdf.Object) -> Iterator[str]:
    if isinstance(element, pikepdf.Array):
        for child in element:
            yield from _tags(child)
    elif isinstance(element, pikepdf.Dictionary):
        if "/S" in element:
            yield str(element.S).removeprefix("/")
        if "/K" in element:
            yield from _tags(element.K)


@each_pdf
def test_its_fonts_are_inside(paper: Paper, size: str) -> None:
    with pikepdf.open(BytesIO(made(paper, size))) as file:
        found = set()
        for item in file.objects:
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor":
                assert {"/FontFile2", "/FontFile3"} & set(item.keys())
                found.add(str(item.FontName).partition("+")[2])
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/Font":
                # One without a description would be the reader's own font.
                inside = item.DescendantFonts[0] if item.Subtype == "/Type0" else item
                assert inside.Subtype == "/Type3" or "/FontDescriptor" in inside
    assert any(name.startswith("SourceSansPro") for name in found)


@each_pdf
def test_letters_are_large_and_stay_inside_the_margins(paper: Paper, size: str) -> None:
    sizes: Counter[float] = Counter()
    content = made(paper, size)
    leaf = A5 if size == "booklet-a5" else A4
    inner = (10 if leaf == A5 else 12 if paper.pack.form == "booklet" else 20) * MM - 1
    outer = 14 * MM - 1 if leaf == A5 else 20 * MM - 1
    for sheet, text in texts(content):
        cut_out = (
            paper.pack.form != "booklet" and f"of {pdf_pages(content)} {paper.pack.title}" not in text.get_text_range()
        )
        edge, side = (10 * MM - 1, 10 * MM - 1) if cut_out else (inner, outer)
        foot = min(edge, 15 * MM - 1)  # the line at the foot of a sheet
        assert sheet.get_size() == pytest.approx(leaf, abs=0.1)
        for i in range(text.count_chars()):
            if text.get_text_range(i, 1).isspace() or not text.get_text_range(i, 1).strip("\x02\ufffe\u200b"):
                continue
            sizes[round(pypdfium2.raw.FPDFText_GetFontSize(text.raw, i), 1)] += 1
            left, bottom, right, top = text.get_charbox(i)
            assert left >= side
            assert bottom >= foot
            assert right <= leaf[0] - side
            assert top <= leaf[1] - edge
    assert min(sizes) == TAGGED[size]
    if paper.pack.form != "cards":
        assert sizes.most_common(1)[0][0] == TAGGED[size]


@pytest.mark.parametrize(("paper", "size"), [one for one in PDFS if one.values[0].pack.form != "booklet"])
def test_it_has_the_words_of_its_page(paper: Paper, size: str) -> None:
    said = words_of(made(paper, size), paper.pack.title)
    tree = on_paper(paper.markdown)
    if paper.pack.form == "cards" or tree.find(".//table") is not None:
        # Each card names its group, and a table its columns on each page: words come again, but none is lost.
        lines = [letters(node.text_content()) for node in tree.iter("h1", "h2", "h3", "p", "td", "th", "li")]
        assert [line for line in lines if line not in said] == []
        if paper.pack.form == "sheet":  # and all but the names of columns, which come again, stand in their order
            at = 0
            for node in tree.iter("h1", "h2", "h3", "h4", "p", "td", "li"):
                at = said.find(letters(node.text_content()), at)
                assert at >= 0, node.text_content()
    else:
        assert said == letters(_spoken(tree))


def _spoken(tree: html.HtmlElement) -> str:
    """The words of a page with the numbers of its lists."""
    tree = deepcopy(tree)
    for listed in tree.iter("ol"):
        for number, item in enumerate(listed.findall("li"), int(listed.get("start", "1"))):
            item.text = f"{number}.{item.text or ''}"
    return str(tree.text_content())


@each_pdf
def test_made_again_it_is_the_same_to_the_byte(paper: Paper, size: str) -> None:
    assert PAPER_FORMATS[size].make(paper, "") == made(paper, size)


def test_addresses_of_works_can_be_copied_whole() -> None:
    for found in REAL.papers.files.values():
        if found.uri.endswith(".pdf"):
            assert not any("\u200b" in text.get_text_range() for _, text in texts(found.content)), found.uri


def test_no_question_stands_on_two_pages() -> None:
    texts_of = [letters(question.text) for question in REAL.review.questions.questions]
    for found in REAL.papers.files.values():
        if found.uri.endswith(".pdf"):
            sheets = [letters(text.get_text_range()) for _, text in texts(found.content)]
            whole = "".join(sheets)
            for question in texts_of:
                assert whole.count(question) == sum(sheet.count(question) for sheet in sheets), found.uri
