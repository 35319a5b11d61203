"""The evidence map as readers see it: short, its words whole, its numbers large enough to press, also with 12 columns and 60 rows, and on paper."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

import made_up_map
from browser.questions import axe, compact, settle
from browser.test_layout import width_faults
from browser.test_paper import Paper, print_it
from browser.tools import serve
from browser.windows import Windows
from conftest import mkdocs_build

MAP = "evidence-map/"
HIGHEST = {1280: 3500, 390: 9000}
LEAST_TEXT, LEAST_TARGET, POINTS = 12, 24, 14
# Words that begin on one line and end on the next, words and numbers that are small, and links that are hard to press.
FAULTS = """([leastText, leastTarget]) => {
    const faults = [];
    const seen = (node) => !node.parentElement.closest(".heard, caption") && node.parentElement.checkVisibility();
    for (const table of document.querySelectorAll("table.map")) {
        const walker = document.createTreeWalker(table, NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) {
            const node = walker.currentNode;
            if (!seen(node)) continue;
            const svg = node.parentElement.ownerSVGElement;
            const scale = svg ? svg.getScreenCTM().a : 1;
            const size = parseFloat(getComputedStyle(node.parentElement).fontSize) * scale;
            if (node.data.trim() && size < leastText) faults.push(`${node.data} has ${size} px`);
            for (const word of node.data.matchAll(/[^\\s-]+/g)) {
                const range = document.createRange();
                range.setStart(node, word.index);
                range.setEnd(node, word.index + word[0].length);
                if (range.getClientRects().length > 1) faults.push(`broken: ${word[0]}`);
            }
        }
        for (const link of table.querySelectorAll("td a")) {
            const {width, height} = link.getBoundingClientRect();
            if (Math.min(width, height) < leastTarget) faults.push(`small: ${link.textContent} ${width} x ${height}`);
        }
    }
    return faults;
}"""


def map_faults(page: Page) -> list[str]:
    """What is broken, too small, or sticks out."""
    assert page.locator("table.map").count() == 2
    return [*page.evaluate(FAULTS, [LEAST_TEXT, LEAST_TARGET]), *width_faults(page)]


def height(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollHeight"))


def at_width(page: Page, width: int) -> Page:
    page.set_viewport_size({"width": width, "height": 800})
    settle(page)
    return page


@pytest.fixture(scope="module")
def large(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """The map of a made-up review with 60 themes, 12 kinds and 12 nations."""
    root = tmp_path_factory.mktemp("large")
    result = mkdocs_build(made_up_map.write(root), root / "site")
    assert result.returncode == 0, result.stderr
    with serve(root / "site") as base:
        page = browser.new_page()
        page.goto(base + MAP)
        yield page
        page.close()


@pytest.fixture
def real(windows: Windows) -> Iterator[Page]:
    page = windows.page(MAP, alone=True)
    before = page.viewport_size
    yield page
    if before:
        page.set_viewport_size(before)


@pytest.mark.parametrize("width", [1280, 1000, 820, 390, 320])
def test_words_are_whole_and_numbers_can_be_pressed(real: Page, width: int) -> None:
    faults = map_faults(at_width(real, width))
    assert not faults, compact(faults)


@pytest.mark.parametrize("width", HIGHEST)
def test_it_is_short(real: Page, width: int) -> None:
    assert height(at_width(real, width)) <= HIGHEST[width]


@pytest.mark.parametrize("width", [1280, 820, 390, 320])
def test_a_map_of_12_columns_and_60_rows_works(large: Page, width: int) -> None:
    page = at_width(large, width)
    assert page.locator("table.map").first.locator("tbody tr").count() == made_up_map.THEMES + 1
    faults = map_faults(page)
    assert not faults, compact(faults)


def test_a_large_map_is_a_table_to_those_who_hear_it(large: Page) -> None:
    rules = ["link-name", "td-headers-attr", "th-has-data-cells", "scope-attr-valid", "link-in-text-block"]
    faults = axe(at_width(large, 1280), rules, "table.map")
    assert not faults, compact(faults)


def test_all_columns_of_a_large_map_are_in_view(large: Page) -> None:
    boxes = at_width(large, 1280).locator(".table-box")
    assert boxes.evaluate_all("boxes => boxes.map((box) => box.scrollWidth - box.clientWidth)") == [0, 0]


def test_a_word_that_is_broken_and_a_number_that_is_small_are_seen(real: Page) -> None:
    real.evaluate(
        """() => {
            const sheet = new CSSStyleSheet();
            sheet.replaceSync(`table.map { table-layout: fixed; width: 300px !important }
                table.map * { word-break: break-all !important; min-width: 0 !important; min-height: 0 !important }
                table.map .mark { font-size: 8px !important }`);
            document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
        }"""
    )
    faults = map_faults(at_width(real, 1280))
    for sort in ("broken: ", "small: ", " px"):
        assert any(sort in fault for fault in faults), sort


def test_a_number_leads_to_its_sources_without_script(windows: Windows) -> None:
    page = windows.page(MAP, script=False, alone=True)
    link = page.get_by_role("link", name="peer-reviewed articles on Benefits")
    number = int(link.locator("text").text_content() or 0)
    link.click()
    assert page.locator(":target a").count() == number > 1


def on_paper(page: Page, folder: Path) -> tuple[Paper, list[str]]:
    """A map printed, and the sheets that show rows of its first table without the head."""
    paper = print_it(page, folder)
    first = page.locator("table.map").first
    head = first.locator("thead th").last.text_content() or ""
    names = first.locator("tbody th").all_text_contents()
    sheets = [sheet for sheet in paper.sheets if "Theme" in sheet]
    rows = [name for name in names if not any(name.split()[0] in sheet for sheet in sheets)]
    return paper, [*rows, *([] if all(head in sheet for sheet in sheets) else [head])]


def test_on_paper_the_map_has_14_points_and_a_head_on_each_sheet(real: Page, tmp_path: Path) -> None:
    paper, lost = on_paper(real, tmp_path)
    assert not lost, compact(lost)
    assert len([sheet for sheet in paper.sheets if "Theme" in sheet and "All" in sheet]) >= 4
    letters = {size: number for size, number in paper.letters.items() if size < POINTS - 1}
    assert sum(letters.values()) < 0.3 * sum(paper.letters.values())
    assert len(paper.sheets) <= 9
