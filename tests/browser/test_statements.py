"""Cite this passage, and support for each point: what a researcher presses, copies and narrows, with a script and without."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from browser.questions import compact
from browser.test_layout import forced_colour_faults
from browser.windows import Windows

PLACE, PASSAGE = "review/benefits/", "dm-benefits-workshop-quote"
LISTED = "support/one-source/"
widths = pytest.mark.parametrize("narrow", [False, True], ids=["1280", "320"])


def link(page: Page) -> Locator:
    return page.locator(f"a.passage[href='#{PASSAGE}']")


def copied(page: Page) -> str:
    return str(page.evaluate("navigator.clipboard.readText()"))


@widths
def test_a_passage_is_cited_by_keyboard_and_the_message_stands_beside_the_button(
    windows: Windows, narrow: bool
) -> None:
    page = windows.page(PLACE, narrow=narrow, alone=True)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    link(page).focus()
    page.keyboard.press("Enter")
    box = page.get_by_role("group", name="Cite this passage")
    button = box.get_by_role("button", name="Copy link")
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    told = box.get_by_role("status").first
    expect(told).to_have_text("The link is copied.")
    assert copied(page).endswith(f"/{PLACE}#{PASSAGE}")
    mine, its = button.bounding_box(), told.bounding_box()
    assert mine
    assert its
    assert (
        abs(mine["y"] - its["y"]) < 40 or 0 <= its["y"] - mine["y"] - mine["height"] < 16
    )  # beside it, or right below
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(box.get_by_role("status").last).to_have_text("The citation is copied.")
    words = copied(page)
    assert "section “What a Scottish workshop said”" in words
    assert f"/{PLACE}#{PASSAGE}" in words
    assert re.search(r"Accessed: \d{1,2} \w+ \d{4}\)", words)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.keyboard.press("Escape")
    expect(box).to_have_count(0)
    expect(link(page)).to_be_focused()
    page.context.clear_permissions()


def test_a_section_is_cited_at_its_heading(windows: Windows) -> None:
    page = windows.page(PLACE, alone=True)
    heading = page.get_by_role("heading", name="What a Scottish workshop said", exact=True)
    heading.get_by_role("link").click()
    box = page.get_by_role("group", name="Cite this section")
    expect(box).to_contain_text(f"/{PLACE}#scottish-workshop")
    heading.get_by_role("link").click()
    expect(box).to_have_count(0)


def test_where_the_clipboard_is_closed_the_text_is_selected(windows: Windows) -> None:
    page = windows.page(PLACE, alone=True)
    page.evaluate(
        """() => {
            Object.defineProperty(navigator, "clipboard", { value: undefined, configurable: true });
            document.execCommand = () => false;
        }"""
    )
    link(page).click()
    page.get_by_role("button", name="Copy citation").click()
    expect(page.locator("#cite-box").get_by_role("status").last).to_contain_text("copy it with your keyboard or menu")
    assert PASSAGE in page.evaluate("getSelection().toString()")


def test_the_kept_version_is_cited_where_there_is_one(windows: Windows) -> None:
    page = windows.page(PLACE, alone=True)
    page.evaluate(
        """() => { const line = document.querySelector(".cite-this > span");
            line.dataset.kept = "https://example.org/v/1.0.0/review/benefits/";
            line.innerHTML = line.innerHTML.replace(/Available at: .*? \\(Acc/, 'Available at: <a href="https://example.org/review/benefits/">https://example.org/review/benefits/</a> (Acc'); }"""
    )
    link(page).click()
    texts = page.locator("#cite-box .cite-text").all_inner_texts()
    assert texts[0] == f"https://example.org/review/benefits/#{PASSAGE}"
    assert f"Available at: https://example.org/v/1.0.0/review/benefits/#{PASSAGE} (Accessed" in texts[1]


@widths
def test_links_to_passages_are_quiet_large_enough_and_told_apart(windows: Windows, narrow: bool) -> None:
    page = windows.page(PLACE, narrow=narrow)
    links = page.locator("a.passage")
    names = links.evaluate_all("links => links.map(link => link.getAttribute('aria-label'))")
    assert len(names) > 5
    assert len(set(names)) == len(names)
    assert all(box["width"] >= 24 and box["height"] >= 24 for box in map(Locator.bounding_box, links.all()) if box)
    assert page.locator("h2 a.section").count() > 5
    assert "¶" not in page.locator("article").inner_text()
    for heading in page.locator("h2:has(a.section)").all():
        assert heading.get_by_role("link").inner_text() == heading.inner_text()


def test_without_a_script_a_link_leads_to_its_passage(windows: Windows) -> None:
    page = windows.page(PLACE, script=False, alone=True)
    link(page).click()
    assert page.url.endswith(f"#{PASSAGE}")
    assert page.locator("#cite-box").count() == 0


def test_nothing_of_it_is_on_paper_and_all_of_it_is_seen_in_forced_colours(windows: Windows) -> None:
    page = windows.page(PLACE, alone=True, forced_colors="active")
    faults = forced_colour_faults(page)
    assert not faults, compact(faults)
    page.emulate_media(media="print")
    expect(link(page)).to_be_hidden()
    assert page.evaluate("getComputedStyle(document.querySelector('a.section'), '::after').content") == "none"


def test_the_easier_version_has_no_such_links(windows: Windows) -> None:
    page = windows.page("easier/")
    assert page.locator("h2").count() > 3
    assert page.locator("a.section, a.passage").count() == 0


@widths
def test_points_are_narrowed_and_the_address_keeps_it(windows: Windows, narrow: bool) -> None:
    page = windows.page(LISTED, narrow=narrow, alone=True)
    whole = page.locator("li.point").count()
    status = page.get_by_role("status").filter(has_text="Showing")
    expect(status).to_have_text(f"Showing {whole} of {whole} points.")
    theme = page.locator("select[name=theme]")
    theme.select_option("Benefits")
    shown = page.locator("li.point:visible").count()
    assert 0 < shown < whole
    expect(status).to_have_text(f"Showing {shown} of {whole} points.")
    assert page.url.endswith("?theme=Benefits")
    assert theme.locator("option:checked").inner_text() == f"Benefits ({shown})"
    assert page.locator(".groups a").first.get_attribute("href") is not None
    assert page.locator(".groups a").first.evaluate("link => link.search") == "?theme=Benefits"
    page.reload()
    expect(status).to_have_text(f"Showing {shown} of {whole} points.")
    page.get_by_role("button", name="Show all points").click()
    expect(status).to_have_text(f"Showing {whole} of {whole} points.")
    assert "?" not in page.url
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_without_a_script_every_group_and_theme_is_reached_by_links(windows: Windows) -> None:
    page = windows.page("support/", script=False, alone=True)
    page.get_by_role("link", name="Points on one source", exact=True).first.click()
    assert page.url.endswith(LISTED)
    assert page.locator("form.narrow").count() == 0
    points = page.locator("li.point").count()
    page.get_by_role("link", name="Benefits", exact=True).first.click()
    assert page.url.endswith("#benefits")
    assert page.locator("li.point:visible").count() == points > 100
