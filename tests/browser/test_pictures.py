"""Pictures made from data: they fit, their words can be read, marks are seen, and they say what their numbers and their tables say."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from browser.questions import compact, settle
from browser.test_layout import forced_colour_faults, width_faults
from browser.test_paper import bare, print_it
from browser.tools import addresses
from browser.windows import Windows

# The pages with pictures, and how many each has.
PICTURED = {"side-by-side/": 1, "audit/": 1, "review/method/": 1}
FEWEST_PIXELS, LEAST_CONTRAST = 12, 3
WINDOWS: dict[str, tuple[int, dict[str, Any]]] = {
    "1280": (1280, {}),
    "390": (390, {}),
    "320": (320, {}),
    "dark": (1280, {"color_scheme": "dark"}),
    "forced colours": (1280, {"forced_colors": "active"}),
}
# Words that are too small, marks without contrast, and marks, numbers and tables that do not say the same.
PROBE = """([fewest, least]) => {
    const faults = [], text = (element) => element?.textContent.trim() ?? "";
    const light = (colour) => { const [r, g, b] = colour.match(/[\\d.]+/g).map((n) => n / 255)
        .map((c) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4); return 0.2126 * r + 0.7152 * g + 0.0722 * b };
    const ground = light(getComputedStyle(document.body).backgroundColor);
    for (const picture of document.querySelectorAll(".picture")) {
        const say = (what) => faults.push(`${text(picture.querySelector(".picture-title"))}: ${what}`);
        const walker = document.createTreeWalker(picture, NodeFilter.SHOW_TEXT);
        for (let node; (node = walker.nextNode());) {
            const element = node.parentElement, svg = element.closest("svg");
            if (!node.data.trim() || !element.checkVisibility()) continue;
            const scale = svg ? svg.getBoundingClientRect().width / svg.viewBox.baseVal.width : 1;
            const size = parseFloat(getComputedStyle(element).fontSize) * scale;
            if (size < fewest - 0.01) say(`words of ${size.toFixed(1)} pixels: ${node.data.trim()}`);
        }
        for (const mark of picture.querySelectorAll(".mark")) {
            const seen = light(getComputedStyle(mark).color), [dark, bright] = [seen, ground].sort((a, b) => a - b);
            if ((bright + 0.05) / (dark + 0.05) < least) say("a mark without contrast");
        }
        for (const table of picture.querySelectorAll("table:is(.bars, .years)")) {
            const rows = [...table.tBodies[0].rows], number = (row) => Number(text(row.querySelector(".count")));
            const most = Math.max(...rows.map(number));
            for (const row of rows) {
                const bar = row.querySelector(".bar"), long = Number(bar?.querySelector("rect")?.getAttribute("width") ?? 0);
                const right = bar ? Math.abs(long - 100 * number(row) / most) < 0.1 : row.querySelectorAll(".pip").length === number(row);
                if (!right) say(`marks that do not stand for their number: ${text(row)}`);
            }
        }
        const folded = picture.querySelector(".picture-table table");
        const shown = [...picture.querySelectorAll(".count")].map(text).filter(Number);
        const listed = folded && [...folded.tBodies[0].rows].map((row) => text(row.cells[row.cells.length - 1])).filter(Number);
        if (folded && `${shown}` !== `${listed}`) say(`its table has other numbers: ${listed}, not ${shown}`);
    }
    return faults;
}"""


def picture_faults(page: Page) -> list[str]:
    """What is wrong with the pictures of a page as it is shown."""
    return list(page.evaluate(PROBE, [FEWEST_PIXELS, LEAST_CONTRAST]))


@pytest.mark.parametrize("window", WINDOWS)
@pytest.mark.parametrize("place", PICTURED)
def test_pictures_are_whole_and_true(windows: Windows, place: str, window: str) -> None:
    width, media = WINDOWS[window]
    page = windows.page(place, alone=True, **media)
    page.set_viewport_size({"width": width, "height": 900})
    try:
        expect(page.locator(".picture")).to_have_count(PICTURED[place])
        for folded in page.locator(".picture-table > summary").all():
            folded.click()
        settle(page)
        faults = [*picture_faults(page), *width_faults(page)]
        faults += forced_colour_faults(page) if "forced_colors" in media else []
        assert not faults, compact(faults)
    finally:
        page.set_viewport_size({"width": 1280, "height": 900})


@pytest.mark.parametrize("place", PICTURED)
def test_pictures_need_no_script_and_are_heard_as_tables(windows: Windows, place: str) -> None:
    page = windows.page(place, script=False)
    assert picture_faults(page) == []
    tables = page.locator(".picture table:is(.bars, .years)")
    assert tables.count() > 0
    heard = tables.first.aria_snapshot()
    assert heard.startswith(("- table ", "- table:"))
    named = page.locator("figure.picture > figcaption:first-child")  # for a table without a caption of its own
    assert named.count() == page.locator(".picture").count()
    assert "rowheader" in heard
    assert "img" not in heard, "marks are for the eye; words and numbers beside them say the same"


@pytest.mark.parametrize("place", PICTURED)
def test_pictures_stand_on_paper_with_their_numbers(windows: Windows, place: str, tmp_path: Path) -> None:
    page = windows.page(place)
    printed = bare("".join(print_it(page, tmp_path).sheets))
    rows = page.locator(".picture table:is(.bars, .years) tbody tr").all()
    assert len(rows) > 4
    missing = [words for row in rows if bare(words := row.evaluate("row => row.textContent")) not in printed]
    assert missing == []
    assert bare("The same as a table") not in printed


# How large the words of drawings are on the screen, in pixels.
DRAWN = """() => [...document.querySelectorAll("figure.drawing svg text")].filter((words) => words.textContent.trim()).map((words) => {
    const { b, d } = words.getScreenCTM();
    return parseFloat(getComputedStyle(words).fontSize) * Math.hypot(b, d);
})"""


def test_words_in_drawings_are_large_enough_and_grow_with_the_text(
    windows: Windows, large_text: Page, folder: Path
) -> None:
    def page_file(address: str) -> str:
        return f"{address}index.html" if not address or address.endswith("/") else address

    drawn = [
        address
        for address in addresses(folder)
        if 'class="drawing"' in (folder / page_file(address)).read_text("utf-8")
    ]
    assert len(drawn) > 4
    for address in drawn:
        page = windows.page(address, alone=True)
        large_text.goto(windows.base + address)
        for width in (320, 1280):
            sizes = []
            for one in (page, large_text):
                one.set_viewport_size({"width": width, "height": 800})
                sizes.append(one.evaluate(DRAWN))
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
            usual, larger = map(min, sizes)
            assert min(usual, larger) >= FEWEST_PIXELS, address
            # A drawing cannot be wider than the window; where there is room it grows as words do.
            assert larger >= usual * (1.8 if width == 1280 else 1), address
