"""How each check looks at a page that is broken on purpose: in which window, for which reader."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page

from browser.questions import open_drawer, open_search, settle, type_search
from browser.test_focus import WALK, mark_faults
from browser.test_keyboard import drawer_faults, search_faults, single_key_faults, skip_faults, walk_faults
from browser.test_layout import (
    faint_faults,
    forced_colour_faults,
    line_faults,
    motion_faults,
    scroll_faults,
    spacing_faults,
    width_faults,
)
from browser.test_paper import controls_on_paper, ink_faults, paper_faults
from browser.test_pictures import picture_faults
from browser.test_rules import PANELS, rule_faults
from browser.test_search import ask_for, count_faults, long_results, scroller_faults
from browser.test_visit import forget, hover_faults, plain_navigation_faults, script_faults, visit_faults
from browser.test_wide_tables import broken_words, open_boxes
from browser.windows import Windows


@dataclass(frozen=True)
class Occurrence:
    """Where a broken page is: what a check needs to look at it."""

    windows: Windows
    address: str
    folder: Path


Check = Callable[[Occurrence], list[str]]


def rules(narrow: bool = False) -> Check:
    return lambda at: rule_faults(at.windows.page(at.address, narrow=narrow, alone=True))


def long_lines(at: Occurrence) -> list[str]:
    return line_faults(at.windows.page(at.address, alone=True), 1280)


def rules_in_the_drawer(at: Occurrence) -> list[str]:
    page = at.windows.page(at.address, narrow=True, alone=True)
    open_drawer(page)
    return rule_faults(page, PANELS)


def rules_in_the_search(at: Occurrence) -> list[str]:
    page = at.windows.page(at.address, alone=True)
    open_search(page)
    type_search(page, "money")
    return rule_faults(page, PANELS)


def keys(key: str) -> Check:
    return lambda at: walk_faults(at.windows.page(at.address, alone=True, reduced_motion="reduce"), key)


def skip(at: Occurrence) -> list[str]:
    return skip_faults(at.windows.page(at.address, alone=True))


def drawer(at: Occurrence) -> list[str]:
    return drawer_faults(at.windows.page(at.address, narrow=True, alone=True), "Enter")


def search(at: Occurrence) -> list[str]:
    return search_faults(at.windows.page(at.address, alone=True))


def found(check: Callable[[Page], list[str]], words: str = "money") -> Check:
    def look(at: Occurrence) -> list[str]:
        page = at.windows.page(at.address, narrow=True, alone=True)
        open_search(page)
        ask_for(page, words)
        return check(page)

    return look


SCROLLERS, LENGTHS, COUNTS = found(scroller_faults), found(long_results), found(count_faults)


def single_keys(at: Occurrence) -> list[str]:
    return single_key_faults(at.windows.page(at.address, alone=True))


def width(at: Occurrence) -> list[str]:
    return width_faults(at.windows.page(at.address, narrow=True))


def spacing(at: Occurrence) -> list[str]:
    page = at.windows.page(at.address, narrow=True, alone=True)
    return [] if width_faults(page) else spacing_faults(page)  # only what the spacing breaks counts


def forced_colours(at: Occurrence) -> list[str]:
    return forced_colour_faults(at.windows.page(at.address, forced_colors="active"))


def pictures(at: Occurrence) -> list[str]:
    return picture_faults(at.windows.page(at.address))


def scrolling(at: Occurrence) -> list[str]:
    return scroll_faults(at.windows.page(at.address, narrow=True))


def more_contrast(scheme: str) -> Check:
    return lambda at: faint_faults(at.windows.page(at.address, contrast="more", color_scheme=scheme))


def focus(at: Occurrence) -> list[str]:
    """What the pixels say of the first controls of a page: all would take a minute."""
    page = at.windows.page(at.address, alone=True)
    settle(page)
    browser = page.context.new_cdp_session(page)
    page.keyboard.press("Shift")
    kinds = page.evaluate(WALK, False)[:3]
    assert len(kinds) == 3
    faults = [fault for kind in kinds for fault in mark_faults(page, browser, kind)]
    browser.detach()
    return faults


def motion(at: Occurrence) -> list[str]:
    return motion_faults(at.windows.page(at.address, reduced_motion="reduce"))


def paper(at: Occurrence) -> list[str]:
    return paper_faults(at.windows.page(at.address), at.folder)


def controls(at: Occurrence) -> list[str]:
    return controls_on_paper(at.windows.page(at.address, media="print"))


def ink(at: Occurrence) -> list[str]:
    return ink_faults(at.windows.page(at.address, media="print", color_scheme="dark"))


def table_words(at: Occurrence) -> list[str]:
    return broken_words(at.windows.page(at.address))


def table_boxes(at: Occurrence) -> list[str]:
    return open_boxes(at.windows.page(at.address, media="print"))


def without_script(at: Occurrence) -> list[str]:
    return script_faults(at.windows.page(at.address, script=False), at.windows.page(at.address))


def plain_navigation(at: Occurrence) -> list[str]:
    return plain_navigation_faults(at.windows.page(at.address, script=False))


def visit(at: Occurrence) -> list[str]:
    window = at.windows.window(at.address, alone=True, quiet=True)
    try:
        return visit_faults(window)
    finally:
        forget(window)


def hover(at: Occurrence) -> list[str]:
    return hover_faults(at.windows.page(at.address, alone=True))
