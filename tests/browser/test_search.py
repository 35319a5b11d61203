"""Search as readers meet it: by keyboard, by ear, on a phone, from a folder, with a slip of the finger, and without script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from browser.questions import PATIENCE, RESULTS, compact, has_focus, open_search, settle, small_targets, type_search
from browser.windows import Windows

START = "review/issue/"
PANEL = "#search-panel"
QUERY = "#search-query"
# 400 % zoom in a window of 1280 x 1024.
ZOOMED = {"width": 320, "height": 256}
widths = pytest.mark.parametrize("width", [1280, 390, 320])


@pytest.fixture
def page(windows: Windows) -> Page:
    """A page with its search open."""
    page = windows.page(START, alone=True)
    open_search(page)
    return page


def ask_for(page: Page, words: str) -> None:
    """Type into the open search; its results are there, and said."""
    page.locator(QUERY).fill(words)
    expect(page.locator(f"{PANEL} [role=status]")).to_have_text(re.compile("result|found", re.I), timeout=PATIENCE)
    page.locator(RESULTS).first.wait_for(state="visible", timeout=PATIENCE)
    settle(page)


def said(page: Page) -> str:
    return page.locator(f"{PANEL} [role=status]").inner_text()


def scroller_faults(page: Page) -> list[str]:
    """What scrolls within the search, or makes the page scroll sideways; and a page that is covered by it."""
    faults = page.evaluate(
        """() => [...document.querySelectorAll("#search-panel, #search-panel *")]
            .filter((one) => /auto|scroll/.test(getComputedStyle(one).overflowY) && one.scrollHeight > one.clientHeight && one.localName !== "input")
            .map((one) => `${one.localName}.${one.className} scrolls`)"""
    )
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        faults.append("the page scrolls sideways")
    below = "document.querySelector('h1').getBoundingClientRect().top - document.querySelector('#search-panel').getBoundingClientRect().bottom"
    if page.evaluate(below) < 0:
        faults.append("the search lies over the page")
    return list(faults)


def long_results(page: Page) -> list[str]:
    """Results of more than five lines."""
    return list(
        page.evaluate(
            """() => [...document.querySelectorAll("#search-panel li:has(h3)")].filter((item) => item.checkVisibility()).map((item) => {
                const lines = [...item.children].map((part) => Math.round(part.getBoundingClientRect().height / parseFloat(getComputedStyle(part).lineHeight)));
                return [lines.reduce((a, b) => a + b), item.innerText];
            }).filter(([lines]) => lines > 5).map(([lines, text]) => `${lines} lines: ${text}`)"""
        )
    )


def count_faults(page: Page) -> list[str]:
    """For each kind of result: the number on its button, that in its heading, and how many results it shows once all are asked for."""
    faults = []
    for button in page.get_by_role("group", name="Kinds of results").get_by_role("button").all()[1:]:
        name = button.inner_text().strip()
        own = page.locator(f"{PANEL} section").filter(
            has=page.get_by_role("heading", name=name, exact=True, include_hidden=True)
        )
        lines, more = own.locator("li"), own.locator(".search-more")
        before, folded = lines.count(), more.count()
        button.click()
        expect(button).to_have_attribute("aria-pressed", "true")
        shown = page.locator(f"{PANEL} section:visible")
        if shown.count() != 1:
            faults.append(f"{name}: {shown.count()} kinds are shown")
        # The further ones are fetched: a button that is still there may be about to go, and is not pressed before they have come.
        while folded:
            expect(lines).not_to_have_count(before, timeout=PATIENCE)
            before, folded = lines.count(), more.count()
            if folded:
                more.click()
        number = int(re.sub(r"\D", "", name))
        if (listed := shown.locator("li:visible").count()) != number:
            faults.append(f"{name}: {listed} are shown")
        if (heading := shown.locator("h2").inner_text()) != name:
            faults.append(f"{name}: the heading says {heading}")
    return faults


# By keyboard, and by ear


def test_enter_goes_to_the_first_result_and_escape_gives_the_focus_back(windows: Windows) -> None:
    page = windows.page(START, alone=True)
    button = open_search(page)
    page.keyboard.type("wales")
    page.keyboard.press("Enter")
    first = page.locator(RESULTS).first
    expect(first).to_be_focused(timeout=PATIENCE)
    page.keyboard.press("Escape")
    expect(page.locator(PANEL)).to_be_hidden()
    assert has_focus(button)


def test_arrows_stay_in_the_field(page: Page) -> None:
    ask_for(page, "pay")
    page.locator(QUERY).focus()
    for key in ("ArrowLeft", "ArrowDown", "ArrowUp", "ArrowLeft"):
        page.keyboard.press(key)
    page.keyboard.type("x")
    expect(page.locator(QUERY)).to_be_focused()
    assert "x" in page.locator(QUERY).input_value()


def test_each_part_has_a_name_and_a_role(page: Page) -> None:
    ask_for(page, "tokenism")
    expect(page.get_by_role("search").get_by_role("searchbox", name="Search this site")).to_be_visible()
    expect(page.get_by_text("Search this site", exact=True)).to_be_visible()
    expect(page.get_by_role("heading", name="Best matches")).to_be_visible()
    kinds = page.get_by_role("group", name="Kinds of results")
    expect(kinds.get_by_role("button", pressed=True)).to_have_count(1)
    for section in page.locator(f"{PANEL} section").all():
        name = section.locator("h2").inner_text()
        expect(page.get_by_role("region", name=name, exact=True)).to_be_visible()
        assert section.get_by_role("list").count() == 1
    for link in page.locator(RESULTS).all():
        assert link.inner_text().strip()


def test_how_many_there_are_is_said_once_and_not_at_each_letter(page: Page) -> None:
    page.evaluate(
        """() => { globalThis.told = []; new MutationObserver(() => told.push(document.querySelector("#search-panel [role=status]").textContent))
            .observe(document.querySelector("#search-panel [role=status]"), {childList: true, characterData: true, subtree: true}); }"""
    )
    page.locator(QUERY).press_sequentially("commissioning", delay=40)
    page.locator(RESULTS).first.wait_for(state="visible", timeout=PATIENCE)
    settle(page)
    told = page.evaluate("told")
    assert len(told) == 1
    assert re.search(r"\d+ results? for “commissioning”", told[0])


def test_a_slow_network_is_told_and_enter_waits_for_the_results(page: Page) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/search/table.js", hold)
    page.locator(QUERY).fill("wales")
    status = page.locator(f"{PANEL} [role=status]")
    expect(status).to_have_text("Searching …", timeout=PATIENCE)
    page.keyboard.press("Enter")
    held[0].continue_()
    expect(page.locator(RESULTS).first).to_be_focused(timeout=PATIENCE)
    expect(status).to_have_text(re.compile("results for “wales”"))


def test_where_search_does_not_load_the_a_to_z_is_there(page: Page) -> None:
    page.route("**/search/table.js", lambda route: route.abort())
    page.locator(QUERY).fill("wales")
    expect(page.locator(f"{PANEL} [role=status]")).to_have_text(re.compile("did not load"), timeout=PATIENCE)
    expect(page.locator(PANEL).get_by_role("link", name="The A to Z")).to_be_visible()
    page.unroute("**/search/table.js")
    ask_for(page, "wales ")


# On a phone, and zoomed


@widths
@pytest.mark.parametrize("words", ["pay", "tokenisim", "scotland", "beresford"])
def test_results_are_part_of_the_page_and_short(browser: Browser, base: str, width: int, words: str) -> None:
    with browser.new_context(viewport={"width": width, "height": 844}) as context:
        page = context.new_page()
        page.goto(base + START)
        open_search(page)
        ask_for(page, words)
        faults = scroller_faults(page) + long_results(page)
        assert not faults, compact(faults)
        first = page.locator(RESULTS).first.bounding_box()
        assert first
        assert first["y"] + first["height"] < 844 * 0.6, "the first screen does not show the answer"


def test_at_400_percent_nothing_scrolls_within_the_page(browser: Browser, base: str) -> None:
    with browser.new_context(viewport=ZOOMED) as context:
        page = context.new_page()
        page.goto(base + START)
        open_search(page)
        ask_for(page, "co-production")
        faults = scroller_faults(page)
        assert not faults, compact(faults)
        page.keyboard.press("Enter")
        first = page.locator(RESULTS).first
        expect(first).to_be_focused()
        expect(first).to_be_in_viewport()


def test_targets_are_large_enough(page: Page) -> None:
    ask_for(page, "tokenisim")
    assert small_targets(page, "#search-panel :is(a, button, input)", shown_alone=True) == []


# Kinds, slips, and nothing found


@pytest.mark.parametrize("words", ["pay", "commissioning", "wales"])
def test_what_is_counted_is_shown(page: Page, words: str) -> None:
    ask_for(page, words)
    counts = [int(re.sub(r"\D", "", name)) for name in page.locator(".search-kinds button").all_inner_texts()]
    assert counts[0] == sum(counts[1:])
    assert f"{counts[0]} results" in said(page)
    faults = count_faults(page)
    assert not faults, compact(faults)


def test_further_results_come_on_press_and_get_the_focus(page: Page) -> None:
    ask_for(page, "commissioning")
    section = page.locator(f"{PANEL} section").filter(has=page.locator(".search-more")).first
    before = section.locator("li").count()
    section.locator(".search-more").click()
    expect(section.locator("li").nth(before).locator("a")).to_be_focused()


def test_who_presses_twice_gets_each_further_result_once(page: Page) -> None:
    ask_for(page, "commissioning")
    page.evaluate(
        "() => { globalThis.lost = []; addEventListener('unhandledrejection', (event) => lost.push(String(event.reason))); }"
    )
    name = page.locator(f"{PANEL} section:has(.search-more) h2").first.inner_text()
    section = page.get_by_role("region", name=name, exact=True)
    total = int(re.sub(r"\D", "", name))
    more, lines = section.locator(".search-more"), section.locator("li")
    while more.count():
        before = lines.count()
        more.evaluate("(button) => { button.click(); button.click(); button.click(); }")
        expect(lines).to_have_count(min(total, before + 10), timeout=PATIENCE)
    settle(page)
    assert len(set(section.locator("li a").evaluate_all("(links) => links.map((link) => link.href)"))) == lines.count()
    assert page.evaluate("lost") == []


def test_a_slip_of_the_finger_is_mended_and_can_be_undone(page: Page) -> None:
    ask_for(page, "tokenisim")
    assert said(page).startswith("Showing results for “tokenism”")
    expect(page.locator(RESULTS).first).to_have_text(re.compile("tokenism", re.I))
    page.get_by_role("button", name="Search for tokenisim instead").click()
    expect(page.locator(f"{PANEL} [role=status]")).to_have_text("Nothing found for “tokenisim”.")


def test_where_nothing_is_found_six_ways_lead_on(page: Page) -> None:
    ask_for(page, "xqzzyv")
    assert said(page) == "Nothing found for “xqzzyv”."
    ways = page.locator(f"{PANEL} .search-ways a")
    assert ways.count() == 6
    assert ways.locator("svg").count() == 6
    for way in [*ways.all(), page.locator(f"{PANEL} p a")]:
        address = way.evaluate("(link) => link.href")
        assert page.request.get(address).ok, address
    assert urlsplit(page.locator(f"{PANEL} p a").evaluate("(link) => link.href")).path == "/a-to-z/"


# The address


def test_a_search_can_be_linked_and_going_back_shows_it_again(page: Page) -> None:
    ask_for(page, "wales")
    assert urlsplit(page.url).fragment == "q=wales"
    assert urlsplit(page.url).query == ""  # what is typed is sent to nobody
    address = page.url
    page.locator(RESULTS).first.click()
    page.wait_for_url(lambda url: urlsplit(url).path != f"/{START}")
    page.go_back()
    page.locator(RESULTS).first.wait_for(state="visible", timeout=PATIENCE)
    assert page.locator(QUERY).input_value() == "wales"
    page.goto("about:blank")
    page.goto(address)
    page.locator(RESULTS).first.wait_for(state="visible", timeout=PATIENCE)
    page.locator("#search-close").click()
    assert "#" not in page.url


# Elsewhere


@pytest.fixture
def from_folder(browser: Browser, folder: Path) -> Iterator[Page]:
    page = browser.new_page()
    page.goto((folder / "review/issue/index.html").as_uri())
    yield page
    page.close()


def test_it_works_from_a_folder(from_folder: Page) -> None:
    from_folder.locator("#search-button").click()
    ask_for(from_folder, "tokenisim")
    from_folder.locator(RESULTS).first.click()
    from_folder.wait_for_url(re.compile(r"^file:.*\.html"), timeout=PATIENCE)
    expect(from_folder.locator("h1")).to_have_count(1)


def test_the_page_for_wrong_addresses_has_it_too(windows: Windows) -> None:
    page = windows.page("no/such/page/", alone=True)
    open_search(page)
    ask_for(page, "wales")
    page.locator(RESULTS).first.click()
    page.wait_for_url(lambda url: "no/such" not in url)
    expect(page.locator("#not-found")).to_have_count(0)


def test_without_script_a_link_leads_to_the_a_to_z(windows: Windows) -> None:
    page = windows.page(START, script=False)
    expect(page.locator(PANEL)).to_be_hidden()
    link = page.locator("header").get_by_role("link", name="A to Z")
    expect(link).to_be_visible()
    link.click()
    expect(page.locator("h1")).to_have_text("A to Z")


def test_its_scripts_come_when_it_is_opened(windows: Windows) -> None:
    window = windows.window(START, alone=True, quiet=True)
    assert not [url for url in window.asked if "search" in url]
    open_search(window.page)
    type_search(window.page, "pay")
    assert [url for url in window.asked if "search-find" in url]
    assert not window.failed
    assert window.page.evaluate("refused") == []
