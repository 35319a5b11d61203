"""The audit, narrowed to the points with one outcome: by script, and without it by lists that lead to each point."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from browser.windows import Windows

AUDIT, FIELD = "audit/", "Show points with this outcome"
POINTS = 'h3:is([id^="c"], [id^="f"]):visible'


@pytest.fixture
def page(windows: Windows) -> Iterator[Page]:
    yield windows.page(AUDIT, alone=True)


def test_an_outcome_shows_its_points_alone_and_stays_in_the_address(page: Page) -> None:
    status = page.locator(".narrow [role=status]")
    every = page.locator(POINTS).count()
    expect(status).to_have_text(f"Showing {every} of {every} points.")
    page.get_by_label(FIELD).select_option(label="Gap filled or marked")
    shown = page.locator(POINTS).count()
    assert 0 < shown < every
    expect(status).to_have_text(f"Showing {shown} of {every} points.")
    outcomes = page.locator("li:visible", has_text="Outcome:").all_inner_texts()
    assert outcomes == ["Outcome: Gap filled or marked"] * shown
    page.reload()
    assert page.locator(POINTS).count() == shown
    page.get_by_label(FIELD).select_option(label="All outcomes")
    assert page.locator(POINTS).count() == every
    assert "?" not in page.url


def test_a_link_leads_to_its_point_although_that_was_not_shown(page: Page) -> None:
    page.get_by_label(FIELD).select_option(label="Written afresh")
    page.locator('.bars a[href="#outcome-correct"]').click()
    expect(page.locator("#outcome-correct")).to_be_in_viewport()
    expect(page.get_by_label(FIELD)).to_have_value("")


def test_without_a_script_lists_lead_to_every_point(windows: Windows) -> None:
    page = windows.page(AUDIT, script=False)
    expect(page.locator(".narrow")).to_have_count(0)
    every = page.locator(POINTS).evaluate_all("all => all.map((point) => `#${point.id}`)")
    listed = page.locator('h3[id^="outcome-"] + ul a').evaluate_all(
        'all => all.map((link) => link.getAttribute("href"))'
    )
    assert sorted(listed) == sorted(every)
