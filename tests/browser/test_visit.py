"""A visit: without script, without a word to anybody else, and without anything left behind."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from playwright.sync_api import Page

from browser.questions import ask, compact, open_search, settle, type_search
from browser.test_keyboard import missing_links
from browser.tools import serve
from browser.windows import Window, Windows

widths = pytest.mark.parametrize("narrow", [False, True], ids=["1280", "320"])
ABOUT = "Without script, and in private"
ARCHIVE = (
    "[...Object.entries(localStorage), ...Object.entries(sessionStorage)].map(([name, value]) => `${name}: ${value}`)"
)


def script_faults(plain: Page, scripted: Page) -> list[str]:
    """What readers without script do not get: `plain` is the page without script, `scripted` the same page with it."""
    faults = [f"not to be seen without script: {words}" for words in ask(plain, "probe.unseen")]
    faults += [f"without script, {fault}" for fault in ask(plain, "probe.sideways")]
    words = set(ask(plain, "probe.words"))
    assert words
    return faults + [f"only with script: {more}" for more in ask(scripted, "probe.words") if more not in words]


@pytest.mark.claim(ABOUT, "All text, the menu and every reference are there without script.")
@widths
def test_all_text_is_there_without_script(windows: Windows, address: str, narrow: bool) -> None:
    plain = windows.page(address, narrow=narrow, script=False)
    faults = script_faults(plain, windows.page(address, narrow=narrow))
    assert not faults, compact(faults)


def plain_navigation_faults(plain: Page) -> list[str]:
    """Ways that are missing without script, and controls that do nothing. A link that is shown is a Tab stop as well."""
    dead = plain.evaluate(
        """() => [...document.querySelectorAll("header button, header label, header input")]
            .filter((control) => control.checkVisibility({visibilityProperty: true, opacityProperty: true}))
            .filter((control) => control.getBoundingClientRect().width > 1)
            .map((control) => control.ariaLabel || control.htmlFor || control.innerText)"""
    )
    faults = [f"no visible link leads to {address or 'the home page'}" for address in missing_links(plain)]
    return faults + [f"does nothing without script: {name}" for name in dead]


@pytest.mark.frame
@pytest.mark.claim(ABOUT, "All text, the menu and every reference are there without script.")
@widths
def test_navigation_is_there_without_script(windows: Windows, address: str, narrow: bool) -> None:
    faults = plain_navigation_faults(windows.page(address, narrow=narrow, script=False))
    assert not faults, compact(faults)


@pytest.mark.claim(ABOUT, "All text, the menu and every reference are there without script.")
@widths
def test_the_reference_list_is_whole_without_script(windows: Windows, folder: Path, narrow: bool) -> None:
    page = windows.page("references/", narrow=narrow, script=False)
    works = {file.parent.name for file in folder.glob("references/*/index.html")}
    assert works
    links = page.evaluate(
        """() => [...document.querySelectorAll("main a[href]")].filter((link) => link.checkVisibility({visibilityProperty: true}))
            .map((link) => link.href)"""
    )
    missing = [work for work in works if not any(f"/references/{work}/" in link for link in links)]
    assert not missing, compact(missing)
    entries = page.locator("li.reference")
    assert entries.count() >= len(works)
    assert page.locator("li.reference:visible").count() == entries.count()


def visit_faults(window: Window) -> list[str]:
    """What a page that was just loaded asks of others, keeps, is refused or complains of. Search is used as well: it loads more.

    Earlier visits left nothing behind, or they would have failed here; what they left would still be found.
    """
    page = window.page
    page.evaluate("scrollTo({ top: document.body.scrollHeight, behavior: 'instant' })")
    settle(page)
    faults = [f"kept when the page is opened: {entry}" for entry in page.evaluate(ARCHIVE)]
    open_search(page)
    type_search(page, "money")
    page.wait_for_load_state("networkidle")
    own = urlsplit(page.url).netloc
    assert window.asked
    for url in window.asked:
        parts = urlsplit(url)
        if parts.scheme not in ("data", "blob", "about") and parts.netloc != own:
            faults.append(f"asked of another host: {url}")
    faults += [f"kept after a search: {entry}" for entry in page.evaluate(ARCHIVE)]
    faults += [f"a cookie: {cookie.get('name')}" for cookie in page.context.cookies()]
    faults += [f"no answer: {url}" for url in window.failed if not url.endswith("/favicon.ico")]
    faults += page.evaluate("refused")
    faults += [f"the browser says: {line}" for line in window.said]
    return list(dict.fromkeys(faults))


@pytest.mark.claim(ABOUT, "No page asks another website for anything, also while you search.")
@pytest.mark.claim(ABOUT, "Nothing is kept on your device: no cookie, and nothing in the browser's storage.")
@pytest.mark.claim(ABOUT, "No page needs anything that the site's own security policy refuses.")
def test_nothing_is_asked_of_others_and_nothing_is_kept(windows: Windows, address: str) -> None:
    window = windows.window(address, alone=True, quiet=True)
    try:
        faults = visit_faults(window)
    finally:
        forget(window)
    assert not faults, compact(faults)


def forget(window: Window) -> None:
    """Empty the browser's stores, so that the next page is visited as if for the first time."""
    window.page.evaluate("localStorage.clear(), sessionStorage.clear()")
    window.page.context.clear_cookies()


def hover_faults(page: Page) -> list[str]:
    """Words that wait for a mouse: in a box that comes up, or in a title. What has no room on the page (COinS has none) no mouse can find."""
    faults = page.evaluate(
        """() => [...document.querySelectorAll("main [title], main abbr")]
            .filter((element) => [...element.getClientRects()].some((box) => box.width > 0 && box.height > 0))
            .map((element) => `a title: ${element.outerHTML.slice(0, 80)}`)"""
    )
    for link in page.locator("article :is(a[href], sup, cite):visible").all()[:4]:
        link.hover()
        settle(page)
        if page.locator(".md-tooltip, .md-tooltip2, [role=tooltip]").count():
            return [*faults, f"hovering over “{link.inner_text()}” brings up a box"]
    return list(faults)


@pytest.mark.claim("By eye", "No words wait for a mouse to rest on something.")
def test_nothing_comes_up_on_hover(windows: Windows, address: str) -> None:
    """No words may wait for a mouse: neither in a box that comes up, nor in a title."""
    faults = hover_faults(windows.page(address, alone=True))
    assert not faults, compact(faults)


def test_a_wrong_address_is_answered_by_the_404_page(windows: Windows, base: str) -> None:
    page = windows.page("404.html", alone=True)
    answer = page.goto(base + "no/such/page/")
    assert answer and answer.status == 404
    title = page.title()
    assert page.locator("h1").count() == 1
    page.goto(base)
    assert title != page.title(), "the 404 page has the title of the home page"


def test_the_server_adds_headers(tmp_path: Path) -> None:
    """The hook by which a Content-Security-Policy comes to the pages is itself tried."""
    (tmp_path / "index.html").write_text("<p>words", "utf-8")
    policy = lambda path: {"Content-Security-Policy": f"default-src 'self'{path}"}  # noqa: E731
    with serve(tmp_path, policy) as address, urlopen(address) as answer:
        assert answer.headers["Content-Security-Policy"] == "default-src 'self'/"
