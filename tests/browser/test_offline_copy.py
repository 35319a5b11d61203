"""The copy for reading offline, opened from a folder as readers open it."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from browser.test_listen import STAND_IN
from conftest import ROOT, run
from evidence.directives.publisher import OFFLINE

WAIT = 30_000  # milliseconds


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("copy")
    command = ("mkdocs", "build", "--strict", "-f", ROOT / "mkdocs.yml", "-d", folder / "site")
    result = run(sys.executable, "-m", *command, OFFLINE_COPY="true")
    assert result.returncode == 0, result.stderr
    shutil.unpack_archive(folder / "site" / OFFLINE, folder)
    return folder / OFFLINE.removesuffix(".zip")


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page()
    yield opened
    opened.close()


@pytest.mark.parametrize("start", ["index.html", "review/issue/index.html"])
def test_search_works_and_leads_to_pages(start: str, page: Page, unpacked: Path) -> None:
    page.goto((unpacked / start).as_uri())
    page.click("#search-button")
    page.wait_for_selector("#search-query:focus")
    page.keyboard.type("expenses", delay=20)
    result = page.wait_for_selector("#search-panel ol a", timeout=WAIT)
    assert result is not None
    result.click()
    page.wait_for_url("**/themes/money/index.html*", timeout=WAIT)
    assert page.locator("article h1").count() == 1


def test_links_lead_on(page: Page, unpacked: Path) -> None:
    page.goto((unpacked / "review/issue/index.html").as_uri())
    for link, address in (("Themes", "themes/index.html"), ("Home", "index.html")):
        page.locator("#site-nav a", has_text=link).first.click()
        page.wait_for_url((unpacked / address).as_uri(), timeout=WAIT)
        assert page.locator("h1").count() == 1


def test_a_page_can_be_read_aloud(page: Page, unpacked: Path) -> None:
    page.add_init_script(STAND_IN + "; standIn.voices = [{ name: 'own', lang: 'en-GB', localService: true }]")
    page.goto((unpacked / "summary/index.html").as_uri())
    page.get_by_role("button", name="Listen to this page").click()
    assert page.evaluate("standIn.said") == [{"text": "Summary", "voice": "own"}]
