"""The sides of papers: nothing comes near the foot, and no side stands nearly empty."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

import pypdfium2
import pytest
from test_paper_pdf import PDFS

from evidence.papers.paper import Paper
from paper_files import A4, MM, REAL, made, texts

PATH = pypdfium2.raw.FPDF_PAGEOBJ_PATH
SHEETS = [param for param in PDFS if param.values[0].pack.form == "sheet"]
BOOKS = [param for param in PDFS if param.values[0].pack.form == "book"]
# Millimetres between a line to write on, or a letter, and the line above the foot.
RULE_APART, WORDS_APART = 8.5, 4.5
FIFTH = 0.2


@dataclass(frozen=True, slots=True)
class Side:
    """What stands on a side: millimetres from the line above its foot to the lowest ruled line, and to the lowest letter."""

    ruled: float
    worded: float


def sides(content: bytes) -> list[Side]:
    """Each side of a PDF of a sheet."""
    return [_side(page, text) for page, text in texts(content)]


def _side(page: pypdfium2.PdfPage, text: pypdfium2.PdfTextPage) -> Side:
    paths = [item.get_bounds() for item in page.get_objects(max_depth=3) if item.type == PATH]
    wide = page.get_width() - 2 * 20 * MM
    rules = sorted(bottom for left, bottom, right, top in paths if right - left > wide - 1 and top - bottom < 2)
    foot = rules[0]
    letters = [box for box in map(text.get_charbox, range(text.count_chars())) if box[1] > foot]
    ruled = [bottom for left, bottom, right, _ in paths if bottom > foot + 1 and right - left > 100 * MM]
    return Side(
        min((bottom - foot for bottom in ruled), default=A4[1]) / MM,
        min((box[1] - foot for box in letters), default=A4[1]) / MM,
    )


def held(page: pypdfium2.PdfPage) -> float:
    """How much of a side's height holds something: words, lines to write on or a picture."""
    things = [(item.type, *item.get_bounds()) for item in page.get_objects(max_depth=3)]
    wide, top = page.get_width() - 2 * 20 * MM, page.get_height() - 20 * MM
    foot = min(
        bottom
        for kind, left, bottom, right, above in things
        if kind == PATH and right - left > wide - 1 and above - bottom < 2
    )
    return (top - min((bottom for _, _, bottom, _, _ in things if bottom > foot + 1), default=top)) / (top - foot)


@pytest.mark.parametrize(("paper", "size"), SHEETS)
def test_nothing_touches_the_foot(paper: Paper, size: str) -> None:
    for number, side in enumerate(sides(made(paper, size)), 1):
        assert side.ruled >= RULE_APART, number
        assert side.worded >= WORDS_APART, number


@pytest.mark.parametrize(("paper", "size"), SHEETS + BOOKS)
def test_no_side_holds_less_than_a_fifth_of_it(paper: Paper, size: str) -> None:
    """Neither where a paper comes from nor the last of its references stands alone on a side; nor does the end of a chapter."""
    pages = [(number, page) for number, (page, _) in enumerate(texts(made(paper, size)), 1)]
    sides = [(number, held(page)) for number, page in pages[paper.pack.form == "book" :]]  # but for a cover
    assert [f"side {number}: {share:.0%}" for number, share in sides if share < FIFTH] == []


@pytest.mark.parametrize("size", ["standard", "large"])
def test_the_first_sheet_of_a_kit_has_no_side_that_is_nearly_empty(size: str) -> None:
    kit = next(paper for paper in REAL.papers.all if paper.pack.form == "kit")
    front = [page for page, text in islice(texts(made(kit, size)), 2) if text.count_chars()]
    assert [share for share in map(held, front) if share < 2 * FIFTH] == []
