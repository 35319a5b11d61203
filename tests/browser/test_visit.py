"""A visit: without script, without a word to anybody else, and without anything left behind."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest

from browser.conftest import OpenPage
from browser.test_keyboard import missing_links
from browser.tools import ask, compact, open_search, serve, type_search

widths = pytest.mark.parametrize("narrow", [False, True], ids=["1280", "320"])


@widths
def test_all_text_is_there_without_script(open_page: OpenPage, address: str, narrow: bool) -> None:
    page = open_page(address, narrow=narrow, script=False)
    unseen = ask(page, "probe.unseen")
    assert not unseen, compact(unseen)
    assert not ask(page, "probe.sideways")
    plain = set(ask(page, "probe.words"))
    assert plain
    scripted = open_page(address, narrow=narrow)
    only = [words for words in ask(scripted, "probe.words") if words not in plain]
    assert not only, compact(only)


@widths
def test_navigation_is_there_without_script(open_page: OpenPage, address: str, narrow: bool) -> None:
    """By keyboard as well: a link that is shown is a Tab stop."""
    page = open_page(address, narrow=narrow, script=False)
    missing = missing_links(page)
    assert not missing, f"no visible link leads to {missing}"
    dead = page.evaluate(
        """() => [...document.querySelectorAll("header button, header label, header input")]
            .filter((control) => control.checkVisibility({visibilityProperty: true, opacityProperty: true}))
            .filter((control) => control.getBoundingClientRect().width > 1)
            .map((control) => control.ariaLabel || control.htmlFor || control.innerText)"""
    )
    assert not dead, f"these show, and do nothing without script: {dead}"


@widths
def test_the_reference_list_is_whole_without_script(open_page: OpenPage, folder: Path, narrow: bool) -> None:
    page = open_page("references/", narrow=narrow, script=False)
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


def test_nothing_is_asked_of_others_and_nothing_is_kept(open_page: OpenPage, base: str, address: str) -> None:
    """Also with the search in use, which loads more."""
    page = open_page(address, first=True)
    asked: list[str] = []
    said: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    failed: list[str] = []
    page.on("response", lambda response: failed.append(response.url) if response.status >= 400 else None)
    page.add_init_script(
        "globalThis.refused = []; addEventListener('securitypolicyviolation', (event) => "
        "refused.push(`${event.violatedDirective} refused ${event.blockedURI} ${event.sample}`))"
    )
    page.goto(base + address)
    page.evaluate("scrollTo({ top: document.body.scrollHeight, behavior: 'instant' })")
    page.wait_for_timeout(300)
    kept = page.evaluate("[...Object.entries(localStorage), ...Object.entries(sessionStorage)]")
    assert not kept, f"kept on the first visit: {kept}"
    open_search(page)
    type_search(page, "money")
    host = urlsplit(base).netloc
    others = [url for url in asked if urlsplit(url).scheme not in ("data", "blob") and urlsplit(url).netloc != host]
    assert not others, compact(others)
    assert asked
    assert not page.context.cookies()
    kept = page.evaluate("[...Object.entries(localStorage), ...Object.entries(sessionStorage)]")
    assert not kept, f"kept after a search: {kept}"
    assert not failed, compact(failed)
    assert not page.evaluate("refused"), compact(page.evaluate("refused"))
    assert not said, compact(said)


def test_nothing_comes_up_on_hover(open_page: OpenPage, address: str) -> None:
    """No words may wait for a mouse: neither in a box that comes up, nor in a title."""
    page = open_page(address)
    titles = page.evaluate(
        "[...document.querySelectorAll('main [title], main abbr')].map((e) => e.outerHTML.slice(0, 80))"
    )
    assert not titles, compact(titles)
    for link in page.locator("article :is(a[href], sup, cite):visible").all()[:8]:
        link.hover()
        page.wait_for_timeout(30)
    came = page.evaluate("document.querySelectorAll('.md-tooltip, .md-tooltip2, [role=tooltip]').length")
    assert not came, "hovering brings up a box"


def test_a_wrong_address_is_answered_by_the_404_page(open_page: OpenPage, base: str) -> None:
    page = open_page("404.html", first=True)
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
