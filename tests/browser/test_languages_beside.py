"""Two languages of a review: the way across is in view on a narrow telephone, and search answers in the language of the page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from browser.questions import type_search
from browser.tools import serve
from two_languages import build, write


@pytest.fixture(scope="module")
def two_languages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("two")
    build(write(folder / "review"), folder / "site")
    with serve(folder / "site") as address:
        yield address


def test_the_way_across_is_in_view_and_search_is_in_the_language_of_the_page(
    browser: Browser, two_languages: str
) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 500})
    page.goto(f"{two_languages}he/pot/")
    across = page.get_by_role("banner").get_by_role("link", name="English", exact=True)
    expect(across).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    page.locator("#search-button").click()
    expect(page.locator("#search-query")).to_be_focused()
    found = type_search(page, "קנקן").evaluate_all("(links) => links.map((link) => link.href)")
    assert found
    assert all(address.startswith(f"{two_languages}he/") for address in found)
    across.click()
    expect(page).to_have_url(f"{two_languages}pot/")
    page.locator("#search-button").click()
    page.locator("#search-query").fill("קנקן")
    expect(page.locator("#search-results")).to_contain_text("Nothing")
    page.close()
