"""The browser, the served site, and which pages are opened."""

from __future__ import annotations

import fcntl
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from browser.tools import ARGUMENTS, KINDS, NARROW, WIDE, addresses, headers_file, program, serve
from conftest import ROOT, mkdocs_build

OpenPage = Callable[..., Page]
HERE = Path(__file__).parent


def pytest_addoption(parser: pytest.Parser) -> None:
    """Every page takes several times as long as one of each kind, so it is asked for."""
    parser.addoption("--all-pages", action="store_true", help="browser tests open every page, not one of each kind")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All that stands here needs a browser; no test can forget to say so."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker("browser")


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Builds share a cache, and pytest-xdist would start two at once."""
    with (Path(tempfile.gettempdir()) / "evidence-review-build.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@cache
def every_page() -> tuple[Path, list[str]]:
    """The site and its pages while tests are being collected, which is before any fixture runs."""
    folder = Path(tempfile.mkdtemp()) / "site"
    with one_at_a_time():
        result = mkdocs_build(ROOT / "mkdocs.yml", folder)
    assert result.returncode == 0, result.stderr
    return folder, addresses(folder)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that takes an `address` is run for each page."""
    if "address" in metafunc.fixturenames:
        pages = every_page()[1] if metafunc.config.getoption("all_pages", default=False) else KINDS
        metafunc.parametrize("address", pages, ids=[page.strip("/") or "home" for page in pages])


@pytest.fixture(scope="session")
def folder(request: pytest.FixtureRequest) -> Path:
    """The built site."""
    if request.config.getoption("all_pages", default=False):
        return every_page()[0]
    with one_at_a_time():
        return request.getfixturevalue("built")("real")


@pytest.fixture(scope="session")
def base(folder: Path) -> Iterator[str]:
    """The address under which the site is served, with the headers that it asks its host for."""
    with serve(folder, headers_file(folder)) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium: nothing is fetched that the system does not keep up to date."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program("chromium"), args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def contexts(browser: Browser) -> Iterator[dict[str, BrowserContext]]:
    """Contexts by their settings: a new one opens a window, which takes longer than most tests. Pages keep nothing in them."""
    kept: dict[str, BrowserContext] = {}
    yield kept
    for context in kept.values():
        context.close()


@pytest.fixture
def open_page(browser: Browser, base: str, contexts: dict[str, BrowserContext]) -> Iterator[OpenPage]:
    """Open a page; `first` in a context of its own, where nothing was visited yet. Other settings go to the context."""
    closing: list[Page | BrowserContext] = []

    def open_it(address: str, *, narrow: bool = False, script: bool = True, first: bool = False, **more: Any) -> Page:
        width, height = NARROW if narrow else WIDE
        settings = {"viewport": {"width": width, "height": height}, "java_script_enabled": script, **more}
        context = contexts.get(repr(settings))
        if first or context is None:
            context = browser.new_context(locale="en-GB", **settings)
            context.set_default_timeout(10_000)
        if first:
            closing.append(context)
        else:
            contexts[repr(settings)] = context
        page = context.new_page()
        closing.append(page)
        if not first:
            page.goto(base + address, wait_until="load")
            page.wait_for_timeout(100 if script else 0)
        return page

    yield open_it
    for opened in reversed(closing):
        opened.close()
