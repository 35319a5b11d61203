"""The easier version: a button that prints it, two ideas abreast where there is room, and large print."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from browser.windows import Windows

ADDRESS = "easier/"
BUTTON = "Print this page"
SENTENCE = "You can print this page from your browser."
POINTS = 14  # of the smallest text on paper, as guidance on easy words asks for


def places(page: Page) -> list[list[tuple[float, float]]]:
    """Where each idea stands, from the left and from the top, in the order of the page, by groups of ideas."""
    found: list[list[tuple[float, float]]] = page.evaluate(
        """() => [...document.querySelectorAll(".ideas")].map((group) => [...group.querySelectorAll(".easy")]
            .map((idea) => idea.getBoundingClientRect()).map((box) => [Math.round(box.left), Math.round(box.top)]))"""
    )
    return found


def test_one_link_to_the_booklet_stands_before_the_first_idea(windows: Windows) -> None:
    """The other files come after all ideas; on paper there is no link at all."""
    page = windows.page(ADDRESS, narrow=True)
    before, after = page.evaluate(
        """() => {
            const ideas = [...document.querySelectorAll(".ideas .easy")];
            const files = [...document.querySelectorAll("main a[href*='packs/']")];
            const follows = (one, other) => Boolean(one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING);
            return [files.filter((file) => follows(file, ideas[0])), files.filter((file) => follows(ideas.at(-1), file))]
                .map((some) => some.map((file) => file.getAttribute("href")));
        }"""
    )
    assert before == ["../discuss/packs/easier.pdf"]
    assert len(after) > 4
    assert after[0] == before[0]
    link = page.locator("main a[href*='packs/']").first
    expect(link).to_have_text(re.compile(r"^A4 booklet, PDF, 16 point, \d+ pages, \d+ sheets of paper, \d+ KB$"))


def test_the_first_picture_is_in_view_on_a_phone_and_the_contents_are_one_press_away(windows: Windows) -> None:
    page = windows.page(ADDRESS, alone=True, script=False)
    page.set_viewport_size({"width": 390, "height": 844})
    picture = page.locator(".ideas .easy svg").first.bounding_box()
    assert picture
    assert picture["y"] + picture["height"] <= 844
    contents = page.get_by_role("navigation", name="On this page")
    expect(contents.get_by_role("link").first).to_be_hidden()
    summary = contents.locator("summary")
    box = summary.bounding_box()
    assert box
    assert box["height"] >= 24
    summary.focus()
    page.keyboard.press("Enter")
    contents.get_by_role("link", name="What members said").click()
    expect(page).to_have_url(re.compile("#what-members-said$"))


def test_a_button_prints_the_page(windows: Windows) -> None:
    page = windows.page(ADDRESS, alone=True)
    page.evaluate("() => { window.asked = 0; window.print = () => { window.asked += 1; }; }")
    expect(page.get_by_text(SENTENCE)).to_have_count(0)
    page.get_by_role("button", name=BUTTON).focus()
    page.keyboard.press("Enter")
    assert page.evaluate("asked") == 1


def test_without_a_script_a_sentence_says_that_the_browser_can_print(windows: Windows) -> None:
    page = windows.page(ADDRESS, script=False)
    expect(page.get_by_text(SENTENCE)).to_be_visible()
    expect(page.get_by_role("button", name=BUTTON)).to_have_count(0)


def test_two_ideas_stand_abreast_where_there_is_room_and_are_read_row_by_row(windows: Windows) -> None:
    groups = places(windows.page(ADDRESS))
    assert max(len({left for left, _ in group}) for group in groups) == 2
    for group in groups:
        assert [left == group[0][0] for left, _ in group] == [number % 2 == 0 for number in range(len(group))]
        tops = [top for left, top in group if left == group[0][0]]
        assert tops == sorted(tops)


def test_ideas_stand_below_each_other_on_a_phone_and_on_paper(windows: Windows) -> None:
    for page in (windows.page(ADDRESS, narrow=True), windows.page(ADDRESS, media="print")):
        assert {len({left for left, _ in group}) for group in places(page) if len(group) > 2} == {1}


def test_the_print_is_large(windows: Windows) -> None:
    page = windows.page(ADDRESS, media="print")
    sizes = page.evaluate(
        "() => [...document.querySelectorAll('.easy p')].map((text) => parseFloat(getComputedStyle(text).fontSize))"
    )
    assert len(sizes) > 100
    assert min(sizes) * 72 / 96 >= POINTS
