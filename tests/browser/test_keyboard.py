"""The keyboard alone: every stop can be seen, nothing is out of reach, nothing opens by itself, nothing is a trap."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page

from browser.conftest import OpenPage
from browser.tools import ask, compact, main_addresses, open_drawer, open_search, opener, type_search


def stop(page: Page) -> dict[str, Any] | None:
    """Where the focus is now. A fault may be a movement that has not ended, so it is looked at twice."""
    here = page.evaluate("probe.stop()")
    if here and here["faults"]:
        page.wait_for_timeout(300)
        here = page.evaluate("probe.stop()")
    return here


def walk(page: Page, key: str) -> list[dict[str, Any]]:
    """Press a key until the focus has been all round the page."""
    stops: list[dict[str, Any]] = []
    seen: set[int] = set()
    for _ in range(5000):
        page.keyboard.press(key)
        here = stop(page)
        if here is None:
            if stops:
                return stops
            continue
        if here["id"] in seen:
            if here["id"] != stops[0]["id"]:
                here["faults"].append("the focus comes back here before it has been all round: a trap")
                stops.append(here)
            return stops
        seen.add(here["id"])
        stops.append(here)
    raise AssertionError(f"{key} never comes to an end")


@pytest.mark.parametrize("key", ["Tab", "Shift+Tab"])
@pytest.mark.parametrize("narrow", [False, True], ids=["1280", "320"])
def test_every_stop_is_seen_and_everything_is_reached(
    open_page: OpenPage, address: str, key: str, narrow: bool
) -> None:
    page = open_page(address, narrow=narrow, reduced_motion="reduce")
    ask(page, "probe.cut")
    before = page.url
    stops = walk(page, key)
    assert stops
    faults = [f"{here['name']}: {', '.join(here['faults'])}" for here in stops if here["faults"]]
    faults += [f"{name}: out of reach" for name in ask(page, "probe.unreached", [here["id"] for here in stops])]
    if page.url != before:
        faults.append(f"moving the focus changed the address to {page.url}")
    assert not faults, compact(faults)


@pytest.mark.parametrize("narrow", [False, True], ids=["1280", "320"])
def test_the_first_stop_skips_to_the_content(open_page: OpenPage, address: str, narrow: bool) -> None:
    page = open_page(address, narrow=narrow, reduced_motion="reduce")
    page.keyboard.press("Tab")
    first = page.locator(":focus")
    assert re.search("skip", first.inner_text(), re.I), "the first stop is no skip link"
    page.keyboard.press("Enter")
    page.wait_for_timeout(200)
    page.keyboard.press("Tab")
    inside = page.evaluate(
        "!!document.activeElement.closest('main') || document.activeElement === document.body || !!document.activeElement.closest('footer')"
    )
    in_side = page.evaluate("!!document.activeElement.closest('header, .md-sidebar--primary')")
    assert inside, "after the skip link, Tab does not go on in the content"
    assert not in_side, "after the skip link, Tab goes back into the navigation"


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_the_drawer_opens_closes_and_gives_the_focus_back(open_page: OpenPage, address: str, key: str) -> None:
    page = open_page(address, narrow=True, reduced_motion="reduce")
    ask(page, "probe.cut")
    button = opener(page, "menu|navigation")
    assert button.get_attribute("aria-expanded") == "false"
    button.focus()
    page.keyboard.press(key)
    page.wait_for_timeout(350)
    assert button.get_attribute("aria-expanded") == "true"
    missing = missing_links(page)
    assert not missing, f"the open drawer does not show the way to {missing}"
    page.keyboard.press("Tab")
    here = stop(page)
    assert here and not here["faults"], here
    page.keyboard.press("Escape")
    page.wait_for_timeout(350)
    assert button.get_attribute("aria-expanded") == "false"
    assert button.evaluate("(element) => document.activeElement === element"), "the focus is not given back"
    page.keyboard.press(key)
    page.wait_for_timeout(350)
    button.focus()
    page.keyboard.press(key)
    page.wait_for_timeout(350)
    assert button.get_attribute("aria-expanded") == "false", "the same button does not close the drawer"


def test_the_open_drawer_hides_nothing_that_takes_the_focus(open_page: OpenPage, address: str) -> None:
    """What lies behind the drawer must not be a stop while nobody can see it."""
    page = open_page(address, narrow=True, reduced_motion="reduce")
    ask(page, "probe.cut")
    open_drawer(page)
    faults = [f"{here['name']}: {', '.join(here['faults'])}" for here in walk(page, "Tab") if here["faults"]]
    assert not faults, compact(faults)


def missing_links(page: Page) -> list[str]:
    """Main pages that no visible link leads to."""
    links = set(
        page.evaluate(
            """() => [...document.querySelectorAll("a[href]")].filter((link) => link.checkVisibility({visibilityProperty: true}))
                .map((link) => link.href.split("#")[0])"""
        )
    )
    root = re.match(r"https?://[^/]+/", page.url)
    assert root
    return [address for address in main_addresses() if root.group() + address not in links | {page.url}]


@pytest.mark.parametrize("narrow", [False, True], ids=["1280", "320"])
def test_search_opens_finds_closes_and_gives_the_focus_back(open_page: OpenPage, address: str, narrow: bool) -> None:
    page = open_page(address, narrow=narrow, reduced_motion="reduce")
    ask(page, "probe.cut")
    button = open_search(page)
    results = type_search(page, "money")
    found = results.count()
    assert found
    said = page.locator(
        "[role=search] [role=status], [role=search][role=status], .md-search [role=status], dialog [role=status]"
    )
    assert any(re.search(r"\d", text) for text in said.all_inner_texts()), "no status says how many results there are"
    for _ in range(6):
        page.keyboard.press("Tab")
        if results.evaluate_all("(links) => links.includes(document.activeElement)"):
            break
    else:
        raise AssertionError("six times Tab do not lead from the field to a result")
    here = stop(page)
    assert here and not here["faults"], here
    page.keyboard.press("Escape")
    page.wait_for_timeout(350)
    assert not results.count(), "Escape leaves the results open"
    assert button.evaluate("(element) => document.activeElement === element"), "the focus is not given back"


@pytest.mark.parametrize("words", ["pay", "expenses", "money"])
def test_search_finds_a_theme_by_what_people_type(open_page: OpenPage, words: str) -> None:
    """Readers do not know the names of themes."""
    page = open_page("")
    open_search(page)
    results = type_search(page, words)
    page.wait_for_timeout(300)
    found = results.evaluate_all("(links) => links.map((link) => link.href)")
    assert any("/themes/money/" in link for link in found[:5]), found


def test_single_keys_do_nothing(open_page: OpenPage, address: str) -> None:
    """A voice user who says a word would set off each of its letters."""
    page = open_page(address)
    state = """() => [location.href, document.activeElement.localName, scrollY,
        [...document.querySelectorAll("[aria-expanded], input[type=checkbox], dialog")].map((e) => [e.ariaExpanded, e.checked, e.open])]"""
    page.wait_for_timeout(200)
    before = page.evaluate(state)
    for key in "/sfpn,.bjkhgm?":
        page.keyboard.press(key)
        page.wait_for_timeout(30)
        assert page.evaluate(state) == before, f"{key} does something"
