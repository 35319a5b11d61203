"""What each nation has is seen at a glance, and any two are beside one another within three clicks and three screens of a phone."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, ViewportSize, expect

from browser.questions import compact
from browser.test_layout import forced_colour_faults, width_faults
from browser.test_paper import bare, print_it
from browser.windows import Windows

PHONE: ViewportSize = {"width": 390, "height": 844}
NATIONS, PAIR = "nations/", "nations/compare/wales-and-northern-ireland/"
LEAST_PIXELS = 12
LEAST_TARGET = 24
places = pytest.mark.parametrize("place", [NATIONS, PAIR])
# Each sign of a table with the word beside it, without the labels that a style puts before it.
SIGNS = """() => [...document.querySelectorAll(".glance td")].map((cell) =>
    [cell.querySelector("svg").classList[2], (cell.querySelector("a") ?? cell.querySelector("svg").nextSibling).textContent.trim()])"""
SMALLEST = """() => Math.min(...[...document.querySelectorAll(".glance td, .glance .why, .timeline li, .picture-key, .pairs a")]
    .flatMap((part) => [part, ...part.querySelectorAll("*")].flatMap((one) => ["", "::before"].map((of) => getComputedStyle(one, of))))
    .map((style) => parseFloat(style.fontSize)).filter((size) => size > 0))"""


def bottom(thing: Locator) -> float:
    """How far down the page something ends, in pixels."""
    return float(thing.evaluate("thing => thing.getBoundingClientRect().bottom + scrollY"))


def rows(page: Page) -> list[Locator]:
    found = page.locator(".glance tbody tr").all()
    assert len(found) > 5
    return found


def test_a_member_on_a_phone_sees_wales_beside_northern_ireland(windows: Windows) -> None:
    context = windows.browser.new_context(viewport=PHONE)
    page = context.new_page()
    page.goto(windows.base)
    clicks = [
        page.get_by_role("button", name="Menu"),
        page.locator("#site-nav").get_by_role("link", name="The four nations"),
        page.locator(".pairs").get_by_role("link", name="Wales and Northern Ireland"),
    ]
    down = 0.0
    for click in clicks:
        down = max(down, bottom(click))
        click.click()
    assert down <= 3 * PHONE["height"]
    expect(page).to_have_url(f"{windows.base}{PAIR}")
    # Both are in view at once: the first topic as the page opens, each other where it is looked at.
    for number, row in enumerate(rows(page)):
        if number:
            row.scroll_into_view_if_needed()
        for cell in row.locator("td").all():
            expect(cell).to_be_in_viewport(ratio=1)
    context.close()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_each_page_of_a_nation_leads_to_it_beside_the_others(windows: Windows, script: bool) -> None:
    page = windows.page("nations/wales/", script=script)
    beside = page.locator(".pairs a")
    assert beside.count() == 3
    for link in beside.all():
        expect(link).to_have_accessible_name(f"Wales beside {link.inner_text()}")
        expect(link).to_be_visible()


@places
def test_each_sign_has_its_word_and_each_word_its_sign(windows: Windows, place: str) -> None:
    page = windows.page(place)
    told = {"yes": "Yes", "part": "In part", "no": "No", "silent": "Not said"}
    found = page.evaluate(SIGNS)
    assert len(found) >= 2 * len(rows(page))
    assert {(sign, word) for sign, word in found} <= set(told.items())
    drawn = {sign: page.locator(f".glance .{sign}").first.inner_html() for sign in {sign for sign, _ in found}}
    assert len(set(drawn.values())) == len(drawn) > 1
    heard = page.locator(".glance").first.aria_snapshot()
    assert "img" not in heard
    assert "Not said" in heard


@places
@pytest.mark.parametrize("narrow", [False, True], ids=["1280", "320"])
def test_pictures_of_nations_are_seen_in_forced_colours(windows: Windows, place: str, narrow: bool) -> None:
    page = windows.page(place, narrow=narrow, forced_colors="active")
    faults = forced_colour_faults(page)
    assert not faults, compact(faults)
    lost = page.evaluate(
        """() => [...document.querySelectorAll(".mark .ink, .mark .rim")].filter((part) => {
            const style = getComputedStyle(part), ground = getComputedStyle(document.body).backgroundColor;
            return style.fill === ground && (style.stroke === "none" || style.stroke === ground) }).length"""
    )
    assert lost == 0


@places
def test_pictures_of_nations_fit_a_narrow_window(windows: Windows, place: str) -> None:
    page = windows.page(place, narrow=True)
    faults = width_faults(page)
    assert not faults, compact(faults)
    assert page.evaluate(SMALLEST) >= LEAST_PIXELS
    for link in page.locator(".glance a, .pairs a, .timeline strong a").all():
        box = link.bounding_box()
        assert box is None or box["height"] >= LEAST_TARGET, link.inner_text()  # None: folded away


def test_the_time_line_reads_in_order_and_has_a_lane_for_each_nation(windows: Windows) -> None:
    page = windows.page(NATIONS)
    years = [int(year.inner_text()[:4]) for year in page.locator(".timeline > ul > li > p").all()]
    assert years == sorted(years)
    assert len(years) > 5
    lanes: dict[str, set[int]] = {}
    for event in page.locator(".timeline ul ul li").all():
        box = event.bounding_box()
        assert box
        lanes.setdefault(event.locator(".event-kind").inner_text().strip().partition(",")[0], set()).add(
            round(box["x"])
        )
    assert len(lanes) == 5
    assert all(len(found) == 1 for found in lanes.values())
    assert len({x for nation, found in lanes.items() if nation != "All nations together" for x in found}) == 4
    narrow = windows.page(NATIONS, narrow=True)
    left = {round(event.bounding_box()["x"]) for event in narrow.locator(".timeline ul ul li").all()}  # type: ignore[index]
    assert len(left) == 1


def test_on_paper_the_nations_stand_abreast_and_the_time_line_is_whole(windows: Windows, tmp_path: Path) -> None:
    page = windows.page(NATIONS, alone=True)
    titles = [title.inner_text() for title in page.locator(".timeline strong").all()]
    printed = bare("".join(print_it(page, tmp_path).sheets))
    assert len(titles) > 10
    assert [title for title in titles if bare(title) not in printed] == []
    page.emulate_media(media="print")
    tops = page.locator(".glance tbody tr").first.evaluate(
        "row => [...row.cells].map((cell) => cell.getBoundingClientRect().top)"
    )
    assert len(set(tops)) == 1
    expect(page.locator(".pairs")).to_be_hidden()
