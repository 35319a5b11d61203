"""The ways to cite a source: copied by a button, and there to be selected where no script runs."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from browser.windows import Windows
from evidence.references.styles import STYLES

ADDRESS = "references/loeffler2019/"
NAMES = {style.id: style.name.partition(" (")[0] for style in STYLES.values()}
widths = pytest.mark.parametrize("narrow", [False, True], ids=["1280", "320"])


def text_of(page: Page, style: str) -> str:
    """The reference in a style, as the page shows it."""
    return page.locator(f"h3#in-{style} + .cite-text").inner_text()


@pytest.mark.parametrize("style", NAMES)
def test_a_button_copies_the_reference_and_says_so(windows: Windows, style: str) -> None:
    page = windows.page(ADDRESS, alone=True)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    button = page.get_by_role("button", name=f"Copy the {NAMES[style]} reference", exact=True)
    button.focus()
    page.keyboard.press("Enter")
    told = page.locator(f"h3#in-{style} ~ .copy-line").first.locator(".copy-status")
    expect(told).to_have_text(f"The {NAMES[style]} reference is copied.")
    mine, its = button.bounding_box(), told.bounding_box()
    assert mine
    assert its
    assert abs(mine["y"] - its["y"]) < 40
    assert its["x"] - mine["x"] - mine["width"] < 40
    assert page.evaluate("navigator.clipboard.readText()") == text_of(page, style)
    expect(button).to_be_focused()
    page.context.clear_permissions()


def test_what_is_copied_twice_is_told_twice(windows: Windows) -> None:
    page = windows.page(ADDRESS, alone=True)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("""() => {
        window.told = [];
        const status = document.querySelector('h3#in-apa ~ .copy-line .copy-status');
        new MutationObserver(() => told.push(status.textContent)).observe(status, { childList: true });
    }""")
    for _ in range(2):
        page.get_by_role("button", name="Copy the APA reference").click()
        page.wait_for_timeout(200)
    told = [words for words in page.evaluate("told") if words]
    assert told == ["The APA reference is copied."] * 2
    page.context.clear_permissions()


@pytest.mark.parametrize("works", [True, False], ids=["older way", "no way"])
def test_where_the_clipboard_is_closed_the_reference_is_selected(windows: Windows, works: bool) -> None:
    page = windows.page(ADDRESS, alone=True)
    page.evaluate(
        """(works) => {
            Object.defineProperty(navigator, "clipboard", { value: undefined, configurable: true });
            document.execCommand = () => works;
        }""",
        works,
    )
    page.get_by_role("button", name="Copy the Vancouver reference").click()
    told = "is copied." if works else "is selected: copy it with your keyboard or menu."
    expect(page.locator("h3#in-vancouver ~ .copy-line .copy-status").first).to_contain_text(told)
    assert page.evaluate("getSelection().toString().trim()") == text_of(page, "vancouver")


@widths
def test_the_buttons_are_large_enough_and_named_after_what_they_show(windows: Windows, narrow: bool) -> None:
    page = windows.page(ADDRESS, narrow=narrow)
    buttons = page.locator("button.copy").all()
    assert len(buttons) == len(NAMES)
    for button in buttons:
        box = button.bounding_box()
        assert box
        assert box["width"] >= 24
        assert box["height"] >= 24
        assert (button.get_attribute("aria-label") or "").startswith(button.inner_text())
    for link in page.locator(".downloads a").all():
        box = link.bounding_box()
        assert box
        assert box["height"] >= 24
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_without_a_script_the_references_are_there_to_be_selected(windows: Windows) -> None:
    page = windows.page(ADDRESS, script=False)
    assert page.locator("button.copy").count() == 0
    assert page.locator(".cite-text").count() == len(NAMES)
    assert all(
        style.evaluate("(text) => getComputedStyle(text).userSelect") != "none"
        for style in page.locator(".cite-text").all()
    )


def test_on_a_page_in_another_language_the_box_says_which_its_words_are_in(windows: Windows) -> None:
    """A page in Arabic, as it is built: the frame's own parts are marked, and the page's paragraphs are not."""
    page = windows.page("review/issue/", alone=True)
    frame = "document.querySelectorAll('header, .cite-this').forEach((part) => Object.assign(part, {lang: 'en-GB', dir: 'ltr'}))"
    page.evaluate(f"() => {{ Object.assign(document.documentElement, {{lang: 'ar', dir: 'rtl'}}); {frame}; }}")
    page.locator("article a.section").first.click()
    box = page.get_by_role("group", name="Cite this section")
    assert box.evaluate("(box) => [box.lang, box.dir]") == ["en-GB", "ltr"]
    box.get_by_role("button", name="Close").click()
