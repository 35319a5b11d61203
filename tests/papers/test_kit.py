"""The kit for a meeting: one file of other papers, each as often as it is needed, with the numbers that its first sheet and the site tell."""

from __future__ import annotations

import math
import re
from io import BytesIO
from pathlib import Path

import page
import pikepdf
import pypdfium2
import pytest

from conftest import Built
from evidence.papers import kit
from evidence.papers.formats import PAPER_FORMATS, pdf_pages
from evidence.papers.packs import all_packs
from evidence.text.words import file_size
from made_up import PAGE
from made_up_packs import packs, site
from paper_files import A4, REAL, letters, twin

PACKS = all_packs(REAL.review)
KIT = next(pack for pack in PACKS.values() if pack.form == "kit")
FILES = REAL.papers.files
SHARES = {"each": 1, "pair": 2}
each_size = pytest.mark.parametrize("size", KIT.sizes)


def content(pack: str, size: str) -> bytes:
    return FILES[PAPER_FORMATS[size].uri(PACKS[pack])].content


def copies(wanted: str, people: int) -> int:
    """Counted again, apart from the engine."""
    return math.ceil(people / SHARES[wanted]) if wanted in SHARES else 1


def sides(made: bytes) -> list[str]:
    """The words of each page."""
    return [letters(sheet.get_textpage().get_text_range()) for sheet in pypdfium2.PdfDocument(made)]


def wanted_sides(size: str) -> list[str]:
    """The words that stand behind the kit's first sheet, side by side, as the files of its papers have them."""
    found = []
    for part in KIT.parts:
        own = sides(content(part.pack, size))
        found += (own + [""] * (len(own) % 2)) * copies(part.copies, KIT.people)
    return found


@each_size
def test_it_holds_the_files_of_its_papers_each_as_often_as_needed(size: str) -> None:
    """In their order, page by page; each copy begins on a front, so that the backs of cards stay behind their fronts."""
    got = sides(content(KIT.id, size))
    wanted = wanted_sides(size)
    assert got[2:] == wanted
    assert len(got) % 2 == 0
    assert "Print" in got[0]
    assert any("About" in side for side in got[:2])


@each_size
def test_it_keeps_the_rules_of_pdf_ua(size: str) -> None:
    made = content(KIT.id, size)
    report = page.validate_pdf_bytes(made, profile="ua1")
    assert report.is_compliant, [str(failure) for failure in report.failures]
    with pikepdf.open(BytesIO(made)) as file:
        assert file.check_pdf_syntax() == []
        assert str(file.Root.Lang) == "en-GB"
        with file.open_metadata() as meta:
            assert meta["dc:title"] == KIT.title
        for sheet in file.pages:
            assert [float(edge) for edge in sheet.mediabox[2:]] == pytest.approx(A4, abs=0.1)


@each_size
def test_a_screen_reader_meets_each_paper_once(size: str) -> None:
    """All that is tagged stands on the first copy; the bookmarks lead to it."""
    with pikepdf.open(BytesIO(content(KIT.id, size))) as file:
        parts = [kid for kid in file.Root.StructTreeRoot.K[0].K if pikepdf.Name.Part == kid.S]
        titles = []
        for part in parts:
            waiting = [part]
            while waiting:
                here = waiting.pop()
                if isinstance(here, pikepdf.Dictionary) and "/S" in here:
                    if here.S == "/H1":
                        titles.append(str(here.T))
                    kids = here.get("/K", pikepdf.Array())
                    waiting += list(kids) if isinstance(kids, pikepdf.Array) else [kids]
        named = [PACKS[part.pack].title for part in KIT.parts]
        assert titles == named
        with file.open_outline() as outline:
            assert [item.title for item in outline.root][-len(named) :] == named
        tagged = _tagged(file)
    own = 0
    for part in KIT.parts:
        with pikepdf.open(BytesIO(content(part.pack, size))) as file:
            own += _tagged(file)
    assert tagged - own in (1, 2)  # the kit's own sides come before


def _tagged(file: pikepdf.Pdf) -> int:
    """How many pages say something: the backs of cards to hold up only show again what their fronts say."""
    return sum("/StructParents" in sheet.obj for sheet in file.pages)


def test_copies_look_like_the_first() -> None:
    found = pypdfium2.PdfDocument(content(KIT.id, "standard"))
    at = 2
    for part in KIT.parts:
        number = copies(part.copies, KIT.people)
        pages = pdf_pages(content(part.pack, "standard"))
        sheets = kit.Item(part, PACKS[part.pack], PAPER_FORMATS["standard"], pages).sheets
        if number > 1:
            first, last = (
                found[i].render(scale=0.5, grayscale=True).to_pil().tobytes()
                for i in (at, at + 2 * sheets * (number - 1))
            )
            assert first == last, part.pack
        at += 2 * sheets * number
    assert at == len(found)


def test_its_own_words_count_what_is_in_it() -> None:
    """On its page and its first sheet: copies, sheets and the page on which each paper begins."""
    made = next(paper for paper in REAL.papers.all if paper.pack.form == "kit")
    tree = twin(REAL.papers.with_sizes(made.markdown))
    rows = [[cell.text_content() for cell in row] for row in tree.findall(".//tbody/tr")]
    got = sides(content(KIT.id, "standard"))
    said = got[0] + got[1]
    for row, part in zip(rows, KIT.parts, strict=True):
        title, number, _sheets, first = row
        assert title.startswith(PACKS[part.pack].title)
        assert int(number) == copies(part.copies, KIT.people)
        assert got[int(first) - 1] == sides(content(part.pack, "standard"))[0]
        assert letters("".join(row)) in said
    assert sum(int(row[2]) for row in rows) + 1 == len(got) // 2
    assert f"It takes {len(got) // 2 - 1} sheets of paper, and 1 that says how to print them." in tree.text_content()


def test_the_table_counts_the_pages_of_the_files(real: Built) -> None:
    """For 4, 8 and 12 people, and with each number that the form counts from."""
    tree = real.trees["discuss/index.html"]
    rows = tree.xpath("//tr[.//@data-share]")
    assert [row.xpath("string(.//*[@data-share])") for row in rows] == [PACKS[part.pack].title for part in KIT.parts]
    totals, one_side = [0, 0, 0], [0, 0, 0]
    for row, part in zip(rows, KIT.parts, strict=True):
        for link in row.xpath(".//*[@data-size]"):
            size = link.get("data-size")
            pages = pdf_pages((real.folder / "discuss" / link.get("href")).read_bytes())
            assert int(link.get("data-pages")) == pages == pdf_pages(content(part.pack, size))
            assert int(link.get("data-sheets")) == math.ceil(pages / 2)
        pages = int(row.xpath(".//*[@data-size='standard']/@data-pages")[0])
        sheets = int(row.xpath(".//*[@data-size='standard']/@data-sheets")[0])
        wanted = [copies(part.copies, people) for people in (4, 8, 12)]
        assert [int(cell.text_content()) for cell in row.findall("td")[1:]] == [number * sheets for number in wanted]
        totals = [total + number * sheets for total, number in zip(totals, wanted, strict=True)]
        one_side = [total + number * pages for total, number in zip(one_side, wanted, strict=True)]
    both, one = rows[-1].xpath("following-sibling::tr")
    assert [int(cell.text_content()) for cell in both.findall("td")[1:]] == totals
    assert [int(cell.text_content()) for cell in one.findall("td")[1:]] == one_side
    # The kit's own sheet, which says how to print it, comes on top; all that counts sheets names it apart.
    assert totals[1] + 1 == pdf_pages(content(KIT.id, "standard")) // 2


def test_the_link_to_the_file_tells_its_sheets_and_size(real: Built) -> None:
    links = real.trees["discuss/index.html"].xpath("//a[@data-people]")
    assert {link.get("href") for link in links} == {"packs/kit.pdf", "packs/kit-large.pdf"}
    for link in links:
        made = (real.folder / "discuss" / link.get("href")).read_bytes()
        told = f"{pdf_pages(made) // 2 - 1} sheets of paper, and 1 that says how to print them, {file_size(len(made))}"
        assert told in link.text_content()
        assert len(made) < 2_000_000


# Other kits

ROW = "    form: kit\n    people: 3\n    sizes: [standard]\n"


def kit_of(parts: str, more: str = ROW) -> str:
    """A sheet, cards and a kit of them."""
    sheet = packs("questions: [all], lines: 3", cards="")
    signs = packs("cards: [all]", "    form: cards\n", cards="", name="signs").removeprefix("packs:\n")
    return sheet + signs + packs(parts, more, name="bag").removeprefix("packs:\n")


def test_a_small_kit(tmp_path: Path) -> None:
    """Three people: one sheet each, cards for two, and the page says so."""
    home = PAGE + "<!-- evidence: kit file -->\n\n<!-- evidence: kit -->\n"
    found = site(tmp_path, kit_of("pack: sheet, copies: each; pack: signs, copies: pair"), docs__index_md=home)
    assert found.problems == ()
    made = found.papers.files["discuss/packs/bag.pdf"]
    assert made.pages == 2 + 3 * 2 + 2 * 2
    text = found.resolved("index.md").markdown()
    assert re.search(
        r"If you run a meeting, print this: \[Our sheet: PDF, 14 point, 5 sheets of paper, and 1 that says how to print them, \d+ KB\]\(discuss/packs/bag\.pdf\)",
        text,
    )
    assert "| All, printed on both sides |  | 6 | 12 | 18 |" in text
    page = next(output for output in found.outputs() if output.uri == "discuss/packs/bag.md")
    assert "It takes 5 sheets of paper, and 1 that says how to print them." in page.data().decode()


def test_without_a_kit_there_is_nothing_to_show(tmp_path: Path) -> None:
    found = site(tmp_path, packs("questions: [all]"), docs__index_md=PAGE + "<!-- evidence: kit -->\n")
    assert [str(problem) for problem in found.problems] == [
        "docs/index.md:10: marker 'kit': there is no pack with 'form: kit' in data/packs.yml"
    ]
