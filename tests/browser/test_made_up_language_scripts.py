"""What scripts say in a language in which each letter is marked: nothing of it is left in English."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from lxml import html
from playwright.sync_api import Browser, Page

import marked
from browser.tools import serve


@pytest.fixture(scope="module")
def page(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """A window on the model review in the made-up language."""
    with serve(marked.built(tmp_path_factory.mktemp("marked"))) as address:
        context = browser.new_context(base_url=address)
        yield context.new_page()
        context.close()


def left(page: Page) -> set[str]:
    """What the page says in plain letters as it is now."""
    return {words for text in marked.words_of_page(html.fromstring(page.content())) for words in marked.plain(text)}


def test_search_has_no_english_left(page: Page) -> None:
    page.goto("./")
    page.locator("#search-button").click()
    page.locator("#search-query").fill(marked.mark("sleep"))
    page.locator("#search-query").press("Enter")
    page.locator("#search-results section").first.wait_for()
    assert page.locator(".search-kinds").count() == 1
    assert left(page) == set()
    page.locator("#search-query").fill("0000000")
    page.locator(".search-ways").wait_for()
    assert left(page) == set()


def test_filters_have_no_english_left(page: Page) -> None:
    page.goto("references/")
    page.locator("form.narrow input[name=q]").fill(marked.mark("couchettes"))
    page.locator(".chosen button").first.wait_for()
    assert left(page) == set()
    page.goto("audit/")
    page.locator("form.narrow select").select_option(index=1)
    assert left(page) == set()
    page.goto("support/one-source/")
    page.locator("form.narrow select").first.select_option(index=1)
    assert left(page) == set()


def test_copies_have_no_english_left(page: Page) -> None:
    page.goto("review/comfort/")
    page.locator("a.section").first.click()
    page.locator("#cite-box button.copy").last.wait_for()
    page.locator("#cite-box button.copy").first.click()
    page.wait_for_function("document.querySelector('.copy-status').textContent")
    assert left(page) == set()


def test_choose_and_print_has_no_english_left(page: Page) -> None:
    """The form, what it tells where nothing is chosen, and the paper that it makes."""
    page.goto("discuss/")
    page.add_init_script("window.print = () => {}")
    page.reload()
    form = page.locator("form.choose")
    assert left(page) == set()
    form.locator(".choose-print").click()
    assert left(page) == set()
    form.locator("textarea, input[type=text]").first.fill(marked.mark("What helps"))
    form.locator("input[type=checkbox]").first.check()
    form.locator(".choose-print").click()
    page.locator(".chosen-paper").wait_for(state="attached")
    assert left(page) == set()


def test_the_form_for_a_kit_has_no_english_left(page: Page) -> None:
    page.goto("discuss/")
    form = page.locator("form").filter(has=page.locator("input[type=number]"))
    form.locator("input[type=number]").first.fill("11")
    assert form.locator("li").count() > 1
    assert left(page) == set()
