"""Tables with many columns: words stay whole, what a row is about stays in view, and on paper few columns stay beside each other."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from browser.questions import PATIENCE, axe, compact
from browser.test_paper import Paper, bare, print_it
from browser.tools import headers_file, program, serve
from browser.windows import Windows
from conftest import mkdocs_build
from many_nations import NAMES, TOPICS, many_nations

# Words of tables that stand on more than one line, though nothing in them lets a line end, and what sticks out of its cell.
BROKEN = """(tables) => {
    const faults = [];
    for (const cell of document.querySelectorAll(`${tables} :is(td, th)`)) {
        const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            for (const word of node.data.matchAll(/[\\p{L}\\p{N}]+/gu)) {
                const range = document.createRange();
                range.setStart(node, word.index);
                range.setEnd(node, word.index + word[0].length);
                if (new Set([...range.getClientRects()].map((box) => box.top)).size > 1) faults.push(`${word[0]} is broken`);
            }
        }
        if (cell.checkVisibility() && cell.clientHeight > 1 && cell.scrollWidth > cell.clientWidth + 1) faults.push(`${cell.innerText} sticks out`);
    }
    return faults;
}"""
# Lines at the sides of what may go on overleaf: there they would end in the air.
OPEN = """() => [...document.querySelectorAll("table.real, table.real *")]
    .filter((part) => [part, part.closest("tr") ?? part].every((one) => getComputedStyle(one).breakInside !== "avoid"))
    .filter((part) => ["Left", "Right"].some((side) => parseFloat(getComputedStyle(part)[`border${side}Width`])))
    .map((part) => `${part.tagName} has a line at its side, and may end on another sheet`)"""


def broken_words(page: Page, tables: str = "table.real") -> list[str]:
    """Words of tables that are broken or stick out."""
    return list(page.evaluate(BROKEN, tables))


def open_boxes(page: Page) -> list[str]:
    """Rows of tables that would leave an open box at the foot of a sheet."""
    return list(page.evaluate(OPEN))


def sizes(pdf: Path) -> list[bool]:
    """Whether each sheet is on its side."""
    said = subprocess.run([program("pdfinfo"), "-l", "999", str(pdf)], capture_output=True, check=True, text=True)
    return [float(w) > float(h) for w, h in re.findall(r"size:\s+([\d.]+) x ([\d.]+)", said.stdout)]


@pytest.fixture(scope="module")
def many(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Windows]:
    """Windows on a review of twelve nations."""
    home = tmp_path_factory.mktemp("many")
    result = mkdocs_build(many_nations(home / "review"), home / "site")
    assert result.returncode == 0, result.stderr
    with serve(home / "site", headers_file(home / "site")) as base:
        windows = Windows(browser, base)
        yield windows
        windows.close()


def boxes(page: Page) -> Locator:
    return page.locator(".table-box")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_words_of_twelve_nations_stay_whole_and_nothing_has_to_be_moved(many: Windows, script: bool) -> None:
    page = many.page("compare/", script=script)
    assert not broken_words(page)
    table = page.locator("table.real")
    assert table.evaluate("(table) => table.scrollWidth <= table.parentElement.clientWidth")
    first = table.locator("tbody tr").first
    shown = first.evaluate("(row) => [...row.cells].slice(1).map((cell) => getComputedStyle(cell, '::before').content)")
    silent = ' / ""' if script else ""  # the script keeps the heads of columns for those who listen
    assert shown == [f'"{name}"{silent}' for name in NAMES]
    tops = first.locator("td").evaluate_all("(cells) => cells.map((cell) => cell.getBoundingClientRect().top)")
    assert len(set(tops)) == len(NAMES) / 3  # three beside each other


@pytest.mark.parametrize("settings", [{"color_scheme": "dark"}, {"forced_colors": "active"}], ids=["dark", "forced"])
def test_a_folded_table_is_read_in_all_colours_and_stays_a_table(many: Windows, settings: dict[str, str]) -> None:
    page = many.page("compare/", **settings)
    assert not axe(page, within=".table-box")
    assert page.get_by_role("rowheader", name=TOPICS[0]).count() == 1
    assert page.get_by_role("columnheader").count() == len(NAMES) + 1
    assert page.get_by_role("cell").count() == len(NAMES) * len(TOPICS)


def test_twelve_nations_at_twice_the_size_of_text(many: Windows) -> None:
    page = many.page("compare/", alone=True)
    page.evaluate("document.documentElement.style.fontSize = '250%'")
    assert not broken_words(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_box_takes_the_focus_only_where_it_moves_and_says_so(windows: Windows) -> None:
    page = windows.page("review/barriers-compared/", alone=True)
    assert boxes(page).and_(page.locator("[tabindex], [role], [aria-label], [aria-labelledby]")).count() == 0
    assert page.locator(".table-hint").count() == 0
    page.set_viewport_size({"width": 1024, "height": 800})
    box = page.get_by_role("region", name=page.locator(".table-box caption").first.inner_text(), exact=True)
    box.wait_for()
    assert page.locator(".table-hint").is_visible()
    assert box.get_attribute("aria-describedby") == page.locator(".table-hint").get_attribute("id")
    assert not broken_words(page)
    header = box.get_by_role("rowheader").first
    before, other = header.bounding_box(), box.locator("td").first.bounding_box()
    box.focus()
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    most = box.evaluate("(box) => box.scrollWidth - box.clientWidth")
    expect(box).to_have_js_property("scrollLeft", most, timeout=PATIENCE)
    moved = box.locator("td").first.bounding_box()
    assert before and other and moved and moved["x"] < other["x"]
    after = header.bounding_box()
    assert after and after["x"] == before["x"]  # what the row is about
    assert not axe(page, within=".table-box")


def test_without_script_every_box_can_be_reached(windows: Windows) -> None:
    page = windows.page("review/barriers-compared/", script=False)
    assert boxes(page).and_(page.locator("[tabindex='0'][role=region][aria-labelledby='__table-1']")).count() == 1


def sheet_with(paper: Paper, words: str) -> int:
    """The number of the first sheet that has these words, from 0."""
    return next(number for number, sheet in enumerate(paper.sheets) if bare(words) in bare(sheet))


@pytest.mark.parametrize(
    ("place", "head", "before"),
    [
        ("nations/", ["England", "Scotland", "Wales", "Northern Ireland"], "Compare the four nations"),
        ("side-by-side/first-meeting/", ["What the review found", "What members said"], "Side by side: first"),
    ],
)
def test_few_columns_stay_beside_each_other_on_sheets_on_their_side(
    windows: Windows, tmp_path: Path, place: str, head: list[str], before: str
) -> None:
    """Their head stands on each, and what leads to the table stands with it."""
    page = windows.page(place)
    paper = print_it(page, tmp_path)
    on_their_side = sizes(tmp_path / "page.pdf")
    wide = [sheet for sheet, is_wide in zip(paper.sheets, on_their_side, strict=True) if is_wide]
    assert len(wide) > 2
    pattern = re.compile(r"\s{2,}".join(map(re.escape, head)))
    assert all(pattern.search(sheet) for sheet in wide), wide[0]
    assert sheet_with(paper, before) == on_their_side.index(True)
    assert not on_their_side[-1]


def test_many_columns_stand_below_each_other_on_paper_each_with_its_name(many: Windows, tmp_path: Path) -> None:
    page = many.page("compare/")
    paper = print_it(page, tmp_path)
    words = bare("".join(paper.sheets))
    assert all(words.count(f"{name}:") == len(TOPICS) for name in NAMES)
    assert len(paper.sheets) <= 6
    assert not any(sizes(tmp_path / "page.pdf"))


@pytest.mark.parametrize(
    "place", ["nations/", "review/barriers-compared/", "case-studies/", "side-by-side/first-meeting/"]
)
def test_no_row_leaves_an_open_box_and_no_word_is_broken_on_paper(windows: Windows, place: str) -> None:
    page = windows.page(place, alone=True, media="print")
    faults = open_boxes(page)
    for tables, millimetres in (("table.landscape", 267), ("table.real:not(.landscape)", 174)):
        page.set_viewport_size({"width": round(millimetres * 96 / 25.4), "height": 700})
        faults += broken_words(page, tables)
    assert not faults, compact(faults)
