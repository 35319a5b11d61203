"""What was found comes first, and what it rests on is told once, quietly, for every reader."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import ViewportSize, expect

from browser.questions import compact
from browser.test_layout import forced_colour_faults
from browser.test_paper import bare, print_it
from browser.windows import Windows

PHONE: ViewportSize = {"width": 390, "height": 844}
HOME, EASIER = "", "easier/"
# Paragraphs, lists, tables of prose, findings and packs: all the shapes in which statements stand.
MARKED = [
    "summary/",
    "review/barriers/",
    "nations/",
    "case-studies/",
    "side-by-side/first-meeting/",
    "discuss/two-pages/",
]
MARKED += ["themes/tokenism-and-burnout/", "discuss/packs/theme-tokenism-and-burnout/"]
marked = pytest.mark.parametrize("place", MARKED)
# How many marks stand in each block that has any: in a list within an item, the inner item's own.
A_BLOCK = """() => { const home = (mark) => mark.closest("p, li, td");
    const marks = [...document.querySelectorAll(".support")].map(home);
    return [...new Set(marks)].map((block) => [marks.filter((other) => other === block).length, block?.innerText ?? "no block"]) }"""
# Where a statement's words begin, which is behind its empty anchor, and the frame around it.
FRAMED = """(id) => { const anchor = document.getElementById(id), block = anchor.parentElement;
    return [getComputedStyle(block).outlineStyle, parseFloat(getComputedStyle(block).outlineWidth), getComputedStyle(anchor, "::before").content] }"""


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_finding_is_in_view_on_a_phone_at_once(windows: Windows, script: bool) -> None:
    context = windows.browser.new_context(viewport=PHONE, java_script_enabled=script)
    page = context.new_page()
    page.goto(f"{windows.base}{HOME}")
    first = page.locator(".findings li").first
    for part in (first, first.locator("a"), first.locator(".support")):
        expect(part).to_be_in_viewport(ratio=1)
    assert page.viewport_size == PHONE
    context.close()


@marked
def test_a_block_has_one_mark_and_the_page_one_line_on_marks(windows: Windows, place: str) -> None:
    page = windows.page(place)
    blocks = page.evaluate(A_BLOCK)
    assert len(blocks) >= 3
    assert [words for number, words in blocks if number != 1] == []
    key = page.locator(".support-key")
    expect(key).to_have_count(1)
    expect(key).to_contain_text("Neither number nor kind")
    assert page.locator("nav .support-key, nav .support").count() == 0
    # The line comes before the first mark; in a paper's few findings, right below them.
    before = page.evaluate(
        """() => Boolean(document.querySelector(".support-key").compareDocumentPosition(document.querySelector(".support"))
            & Node.DOCUMENT_POSITION_FOLLOWING)"""
    )
    assert before == ("/packs/theme-" not in place)


@marked
def test_a_mark_is_heard_as_words_alone(windows: Windows, place: str) -> None:
    heard = windows.page(place).locator("main").aria_snapshot()
    assert "source" in heard
    assert not set("●○") & set(heard)


def test_the_easier_version_has_no_marks(windows: Windows) -> None:
    page = windows.page(EASIER)
    assert page.locator(".easy").count() > 10
    assert page.locator(".support, .support-key").count() == 0


@pytest.mark.parametrize("narrow", [False, True], ids=["1280", "320"])
def test_marks_are_seen_in_forced_colours(windows: Windows, narrow: bool) -> None:
    page = windows.page("nations/", narrow=narrow, forced_colors="active")
    faults = forced_colour_faults(page)
    assert not faults, compact(faults)
    for mark in page.locator(".support").all():
        expect(mark).to_be_visible()
    shapes = page.locator(".support-shapes")
    assert shapes.count() > 5
    colours = page.evaluate(
        """() => [...document.querySelectorAll(".support, .support-shapes")].map((part) => getComputedStyle(part))
            .filter((style) => style.color === getComputedStyle(document.body).backgroundColor || style.opacity !== "1").length"""
    )
    assert colours == 0


def test_marks_are_quieter_than_the_text_on_screen_and_in_brackets_on_paper(windows: Windows, tmp_path: Path) -> None:
    page = windows.page("review/tokenism/", alone=True)
    sizes = page.evaluate(
        """() => [...document.querySelectorAll("p > .support")].map((mark) =>
            parseFloat(getComputedStyle(mark).fontSize) / parseFloat(getComputedStyle(mark.parentElement).fontSize))"""
    )
    assert len(sizes) > 3
    assert max(sizes) < 0.9
    printed = bare("".join(print_it(page, tmp_path).sheets))
    mark = page.locator("p > .support").first.evaluate("mark => mark.lastElementChild.previousSibling.textContent")
    assert bare(f"{mark})") in printed


@pytest.mark.parametrize(
    "place", ["review/ladder/#dm-ladder-adaptation", "review/barriers/#dm-barrier-coproduction-burnout"]
)
def test_a_statement_that_a_link_leads_to_is_framed_and_in_view(windows: Windows, place: str) -> None:
    page = windows.page("glossary/", alone=True)
    page.goto(f"{windows.base}{place}")
    name = place.partition("#")[2]
    style, width, sign = page.evaluate(FRAMED, name)
    assert (style, width) == ("solid", 2)
    assert "▶" in sign
    top = page.locator(f"#{name}").evaluate("anchor => anchor.getBoundingClientRect().top")
    assert 30 < top < 400
    page.goto(f"{windows.base}{place.partition('#')[0]}")
    assert page.evaluate(FRAMED, name)[0] == "none"
