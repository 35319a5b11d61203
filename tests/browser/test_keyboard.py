"""The keyboard alone: every stop can be seen, nothing is out of reach, nothing opens by itself, nothing is a trap."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from browser.questions import (
    PATIENCE,
    RESULTS,
    ask,
    compact,
    expanded,
    has_focus,
    open_drawer,
    open_search,
    opener,
    settle,
    type_search,
)
from browser.tools import main_addresses
from browser.windows import Windows

widths = pytest.mark.parametrize("narrow", [False, True], ids=["1280", "320"])
# Each key and each width once on every page; the other two ways round where the frame is looked at.
ROUNDS = [
    pytest.param("Tab", False, id="1280-Tab"),
    pytest.param("Shift+Tab", True, id="320-Shift+Tab"),
    pytest.param("Tab", True, id="320-Tab", marks=pytest.mark.frame),
    pytest.param("Shift+Tab", False, id="1280-Shift+Tab", marks=pytest.mark.frame),
]
ABOUT = "By keyboard alone"


def stop(page: Page) -> dict[str, Any] | None:
    """Where the focus is now. A fault may be a movement that has not ended, so it is looked at twice."""
    here = page.evaluate("probe.stop()")
    if here and here["faults"]:
        settle(page)
        here = page.evaluate("probe.stop()")
    return here


def slow_stops(page: Page, key: str) -> Iterator[dict[str, Any] | None]:
    """Press a key for ever, and look after each time."""
    while True:
        page.keyboard.press(key)
        yield stop(page)


def quick_stops(page: Page, key: str) -> Iterator[dict[str, Any] | None]:
    """The same; the page itself looks at each stop, and is asked for all of them now and then."""
    page.evaluate("probe.note()")
    while True:
        for _ in range(20):
            page.keyboard.press(key)
        notes = page.evaluate("probe.noted()")
        yield from notes
        if len(notes) < 20:  # keys that went up outside the page
            yield None


def walk(stops: Iterator[dict[str, Any] | None]) -> list[dict[str, Any]]:
    """The stops until the focus has been all round the page."""
    found: list[dict[str, Any]] = []
    seen: set[int] = set()
    for number, here in enumerate(stops):
        assert number < 5000, "the focus never comes to an end"
        if here is None:
            if found:
                break
        elif here["id"] in seen:
            if here["id"] != found[0]["id"]:
                here["faults"].append("the focus comes back here before it has been all round: a trap")
                found.append(here)
            break
        else:
            seen.add(here["id"])
            found.append(here)
    return found


def stop_faults(stops: list[dict[str, Any]]) -> list[str]:
    """What is wrong with stops, in words."""
    return [f"{here['name']}: {', '.join(here['faults'])}" for here in stops if here["faults"]]


def walk_faults(page: Page, key: str) -> list[str]:
    """Go round a page with a key. Where the quick way finds a fault, the slow one has the last word: a fault must not be haste."""

    def go(how: Any) -> list[str]:
        ask(page, "probe.cut")  # probe.js is there
        before = page.url
        stops = walk(how(page, key))
        faults = stop_faults(stops) if stops else ["nothing takes the focus"]
        faults += [f"{name}: out of reach" for name in ask(page, "probe.unreached", [here["id"] for here in stops])]
        if page.url != before:
            faults.append(f"moving the focus changed the address to {page.url}")
        return faults

    if not go(quick_stops):
        return []
    page.reload(wait_until="load")
    return go(slow_stops)


@pytest.mark.claim(ABOUT, "Every link, button and field can be reached, forwards and backwards, and none is a trap.")
@pytest.mark.claim(ABOUT, "What has the focus can always be seen. It has a clear mark, and nothing covers it.")
@pytest.mark.parametrize(("key", "narrow"), ROUNDS)
def test_every_stop_is_seen_and_everything_is_reached(windows: Windows, address: str, key: str, narrow: bool) -> None:
    page = windows.page(address, narrow=narrow, alone=True, reduced_motion="reduce")
    faults = walk_faults(page, key)
    assert not faults, compact(faults)


def skip_faults(page: Page) -> list[str]:
    """Where the first stop of a page leads."""
    page.keyboard.press("Tab")
    first = page.locator(":focus")
    if not first.count() or not re.search("skip", first.inner_text(), re.I):
        return ["the first stop is no skip link"]
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("#"), timeout=PATIENCE)
    settle(page)
    page.keyboard.press("Tab")
    inside, side = page.evaluate(
        """() => {
            const at = document.activeElement;
            return [at === document.body || !!at.closest("main, footer"), !!at.closest("header, .md-sidebar--primary")];
        }"""
    )
    return [
        *(["after the skip link, Tab does not go on in the content"] if not inside else []),
        *(["after the skip link, Tab goes back into the navigation"] if side else []),
    ]


@pytest.mark.frame
@pytest.mark.claim(ABOUT, "The first stop on each page lets you skip to the main text.")
@widths
def test_the_first_stop_skips_to_the_content(windows: Windows, address: str, narrow: bool) -> None:
    faults = skip_faults(windows.page(address, narrow=narrow, alone=True, reduced_motion="reduce"))
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


def drawer_faults(page: Page, key: str) -> list[str]:
    """Open the menu with a key, look at it, and close it in both ways."""
    ask(page, "probe.cut")
    button = opener(page, "menu|navigation")
    expanded(button, False)
    button.focus()
    page.keyboard.press(key)
    expanded(button, True)
    faults = [f"the open menu does not show the way to {missing}" for missing in missing_links(page)]
    page.keyboard.press("Tab")
    here = stop(page)
    faults += stop_faults([here]) if here else ["Tab leads out of the open menu"]
    page.keyboard.press("Escape")
    expanded(button, False)
    if not has_focus(button):
        faults.append("Escape does not give the focus back to the button")
    button.focus()
    page.keyboard.press(key)
    expanded(button, True)
    button.focus()
    page.keyboard.press(key)
    expanded(button, False)
    return faults


@pytest.mark.frame
@pytest.mark.claim(ABOUT, "On a small screen the menu opens, closes and gives the focus back.")
def test_the_drawer_opens_closes_and_gives_the_focus_back(windows: Windows, address: str) -> None:
    page = windows.page(address, narrow=True, alone=True, reduced_motion="reduce")
    faults = [f"with {key}: {fault}" for key in ("Enter", "Space") for fault in drawer_faults(page, key)]
    # What lies behind the open menu must not be a stop while nobody can see it.
    open_drawer(page)
    hidden = stop_faults(walk(quick_stops(page, "Tab")))
    if hidden:
        page.reload(wait_until="load")
        ask(page, "probe.cut")
        open_drawer(page)
        hidden = stop_faults(walk(slow_stops(page, "Tab")))
    faults += [f"with the menu open: {fault}" for fault in hidden]
    assert not faults, compact(faults)


def search_faults(page: Page) -> list[str]:
    """Search by keyboard, get to a result, and close the search again."""
    ask(page, "probe.cut")
    faults = []
    button = open_search(page)
    results = type_search(page, "money")
    said = page.locator("#search-panel [role=status]")
    if not any(re.search(r"\d", text) for text in said.all_inner_texts()):
        faults.append("no status says how many results there are")
    for _ in range(6):
        page.keyboard.press("Tab")
        if results.evaluate_all("(links) => links.includes(document.activeElement)"):
            here = stop(page)
            faults += stop_faults([here] if here else [])
            break
    else:
        faults.append("six times Tab do not lead from the field to a result")
    page.keyboard.press("Escape")
    settle(page)
    if page.locator(RESULTS).count():
        faults.append("Escape leaves the results open")
    if not has_focus(button):
        faults.append("the focus is not given back")
    return faults


@pytest.mark.frame
@pytest.mark.claim(ABOUT, "Search opens, says how many pages it found, closes and gives the focus back.")
@widths
def test_search_opens_finds_closes_and_gives_the_focus_back(windows: Windows, address: str, narrow: bool) -> None:
    faults = search_faults(windows.page(address, narrow=narrow, alone=True, reduced_motion="reduce"))
    assert not faults, compact(faults)


@pytest.mark.parametrize("words", ["pay", "expenses", "money"])
def test_search_finds_a_theme_by_what_people_type(windows: Windows, words: str) -> None:
    """Readers do not know the names of themes."""
    page = windows.page("", alone=True)
    open_search(page)
    results = type_search(page, words)
    wanted = page.locator(RESULTS).and_(page.locator("[href*='themes/money/']")).first
    expect(wanted).to_be_visible(timeout=PATIENCE)
    found = results.evaluate_all("(links) => links.map((link) => link.pathname)")
    first = list(dict.fromkeys(found))[:5]  # pages: a result leads to sections as well
    assert "/themes/money/" in first, found


def single_key_faults(page: Page) -> list[str]:
    """What happens when the keys are pressed that many sites use as shortcuts."""
    state = """async () => {
        await new Promise((done) => { requestAnimationFrame(() => setTimeout(done)); setTimeout(done, 200); });
        return [location.href, document.activeElement.localName, scrollY,
            [...document.querySelectorAll("[aria-expanded], input[type=checkbox], dialog")].map((e) => [e.ariaExpanded, e.checked, e.open])];
    }"""
    before = page.evaluate(state)
    for key in "/sfpn,.bjkhgm?":
        page.keyboard.press(key)
        # A key that leaves the page may take the question with it.
        page.wait_for_load_state()
        if page.evaluate(state) != before:
            return [f"{key} does something"]
    return []


@pytest.mark.frame
@pytest.mark.claim(ABOUT, "No single letter is a shortcut, so voice control cannot set one off by mistake.")
def test_single_keys_do_nothing(windows: Windows, address: str) -> None:
    """A voice user who says a word would set off each of its letters."""
    faults = single_key_faults(windows.page(address, alone=True))
    assert not faults, compact(faults)
