"""Narrow windows, wider spacing, other colours and no movement: nothing is lost for readers who need these."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from browser.questions import ask, axe, compact, settle
from browser.windows import Windows

widths = pytest.mark.parametrize("narrow", [False, True], ids=["1280", "320"])
ABOUT = "By eye"
MOST_CHARACTERS = 80
MORE_CONTRAST = 12
# The spacing that WCAG 1.4.12 names; by a constructed sheet, which no Content-Security-Policy refuses.
SPACING = """() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
        p { margin-bottom: 2em !important }`);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}"""
# What has bars of its own to scroll by. Fields for words have them everywhere.
SCROLLING = """() => [...document.querySelectorAll("body *:not(.table-box, input, select, textarea)")]
    .filter((part) => /auto|scroll/.test(getComputedStyle(part).overflow) && part.checkVisibility())
    .map((part) => `${part.outerHTML.slice(0, 60)} scrolls within the page`)"""
TITLES = """() => [...document.querySelectorAll(".admonition, article details")]
    .filter((note) => !note.parentElement.closest("details:not([open])"))  // folded away with the others
    .filter((note) => !note.querySelector(".admonition-title, summary, h2, h3, h4")?.innerText.trim())
    .map((note) => `a note without a title: ${note.textContent.trim().slice(0, 60)}`)"""


def width_faults(page: Page) -> list[str]:
    """What sticks out of the window, or is cut."""
    return [*ask(page, "probe.sideways"), *ask(page, "probe.cut")]


def spacing_faults(page: Page) -> list[str]:
    """The same, with the lines, words and letters as far apart as readers may set them."""
    page.evaluate(SPACING)
    settle(page)
    return width_faults(page)


def line_faults(page: Page, width: int, size: str = "") -> list[str]:
    """Lines of running text that are too long to read well, in a window of this width, with text of this size."""
    page.evaluate("(size) => { document.documentElement.style.fontSize = size; }", size)
    before = page.viewport_size
    assert before
    page.set_viewport_size({"width": width, "height": before["height"]})
    settle(page)
    faults = ask(page, "probe.long", MOST_CHARACTERS)
    page.set_viewport_size(before)
    return list(faults)


def forced_colour_faults(page: Page) -> list[str]:
    """Icons that cannot be seen, words without contrast and notes without a title, when the reader's system sets the colours."""
    assert page.evaluate("matchMedia('(forced-colors: active)').matches")
    settle(page)
    return [*ask(page, "probe.lostIcons"), *axe(page, ["color-contrast"]), *page.evaluate(TITLES)]


def scroll_faults(page: Page) -> list[str]:
    """What scrolls within what scrolls, but for the boxes of wide tables."""
    return list(page.evaluate(SCROLLING))


def faint_faults(page: Page) -> list[str]:
    """Words and lines that stand out little, for a reader who asked for more contrast."""
    assert page.evaluate("matchMedia('(prefers-contrast: more)').matches")
    return list(ask(page, "probe.faint", MORE_CONTRAST))


def motion_faults(page: Page) -> list[str]:
    """What moves for longer than a tenth of a second, though the reader asked for less movement."""
    assert page.evaluate("matchMedia('(prefers-reduced-motion: reduce)').matches")
    return list(ask(page, "probe.moving"))


@pytest.mark.claim(ABOUT, "No page scrolls sideways on a screen 320 pixels wide, or at 400% zoom. Wide tables may.")
@pytest.mark.claim(ABOUT, "Nothing else scrolls within a page.")
def test_reflow(windows: Windows, address: str) -> None:
    """320 pixels are a phone, or a desktop at 400%. Nothing scrolls within what scrolls but the box of a wide table."""
    page = windows.page(address, narrow=True)
    faults = [*width_faults(page), *scroll_faults(page)]
    assert not faults, compact(faults)


@pytest.mark.claim(ABOUT, "No line of running text has more than 80 characters, also where text is twice as large.")
@pytest.mark.parametrize(
    ("width", "size"), [(1280, ""), (1920, ""), (1280, "250%")], ids=["1280", "1920", "1280-twice"]
)
def test_lines_are_short_enough_to_read(windows: Windows, address: str, width: int, size: str) -> None:
    """Also where the reader has set text twice as large as ours, which is at 125%."""
    faults = line_faults(windows.page(address, alone=True), width, size)
    assert not faults, compact(faults)


@pytest.mark.claim(ABOUT, "No words are cut off when a reader spreads out lines, words and letters.")
@widths
def test_text_spacing(windows: Windows, address: str, narrow: bool) -> None:
    faults = spacing_faults(windows.page(address, narrow=narrow, alone=True))
    assert not faults, compact(faults)


@pytest.mark.claim(ABOUT, "Words, icons and notes can be seen when your system sets the colours.")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_forced_colours(windows: Windows, address: str, scheme: str) -> None:
    faults = forced_colour_faults(windows.page(address, forced_colors="active", color_scheme=scheme))
    assert not faults, compact(faults)


@pytest.mark.claim(ABOUT, "Words and lines are stronger when your device asks for more contrast, in light and dark.")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_more_contrast(windows: Windows, address: str, scheme: str) -> None:
    """Links keep a colour of their own, which takes some."""
    page = windows.page(address, contrast="more", color_scheme=scheme)
    faults = faint_faults(page)
    assert not faults, compact(faults)


@pytest.mark.frame
@pytest.mark.claim(ABOUT, "Nothing moves for longer than a tenth of a second when a reader asks for less movement.")
@widths
def test_reduced_motion(windows: Windows, address: str, narrow: bool) -> None:
    """Nothing that moves takes longer than a tenth of a second."""
    faults = motion_faults(windows.page(address, narrow=narrow, reduced_motion="reduce"))
    assert not faults, compact(faults)
