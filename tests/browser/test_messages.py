"""What a page answers stands where the eye is: in view, beside what was pressed or at the edge of its form, and is told to screen readers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, Page, expect

from browser.questions import PATIENCE, settle
from browser.windows import Windows

ABOUT = "In what browsers tell screen readers"


@dataclass(frozen=True)
class Answer:
    """What a reader does on a page, with which control, and what is answered where."""

    address: str
    control: str
    act: Callable[[Page, Locator], None]
    message: str
    said: str
    beside: bool = False


def press(page: Page, control: Locator) -> None:
    control.focus()
    page.keyboard.press("Enter")


def tick(page: Page, control: Locator) -> None:
    control.focus()
    page.keyboard.press("Space")


def typed(words: str) -> Callable[[Page, Locator], None]:
    def act(page: Page, control: Locator) -> None:
        control.focus()
        page.keyboard.press("Control+A")
        page.keyboard.insert_text(words)

    return act


def next_choice(page: Page, control: Locator) -> None:
    control.focus()
    page.keyboard.press("ArrowDown")


def last_filter(page: Page, control: Locator) -> None:
    """The one that is farthest from where the list begins."""
    page.locator(".filters").evaluate("(filters) => { filters.open = true; }")
    control.wait_for(timeout=PATIENCE)
    tick(page, control)


ANSWERS = {
    "nothing chosen to print": Answer("discuss/", ".choose-print", press, ".choose-wrong", "Nothing is chosen", True),
    "all questions": Answer("discuss/", ".choose-all button >> nth=0", press, ".choose .choose-count", "10 of 10"),
    "one question": Answer("discuss/", ".choose .choice input >> nth=0", tick, ".choose .choose-count", "1 of 10"),
    "people of a meeting": Answer(
        "discuss/", ".kit [name=people]", typed("20"), ".kit .choose-count", "sheets of paper"
    ),
    "copied": Answer(
        "references/loeffler2019/", "button.copy >> nth=-1", press, ".copy-status >> nth=-1", "copied", True
    ),
    "found in the list": Answer("references/", ".narrow [name=q]", typed("care"), ".narrow .count", "shown"),
    "sorted": Answer("references/", ".narrow [name=sort]", next_choice, ".narrow .count", "sources"),
    "filtered": Answer("references/", ".filters [type=checkbox] >> nth=-1", last_filter, ".narrow .count", "shown"),
    "points": Answer("support/one-source/", ".narrow select >> nth=0", next_choice, ".narrow [role=status]", "Showing"),
    "outcomes": Answer("audit/", ".narrow select", next_choice, ".narrow [role=status]", "Showing"),
    "search": Answer("", "#search-query", typed("money"), ".search-status", "results for"),
    "kinds of results": Answer("#q=money", ".search-kinds button >> nth=-1", press, ".search-status", "Showing"),
}


@pytest.mark.claim(
    ABOUT, "What forms, buttons and search answer is told, and can be seen without scrolling. Each kind was tried."
)
@pytest.mark.parametrize("narrow", [False, True], ids=["1280", "390"])
@pytest.mark.parametrize("what", ANSWERS)
def test_an_answer_is_in_view_and_told(windows: Windows, what: str, narrow: bool) -> None:
    answer = ANSWERS[what]
    page = windows.page(answer.address, narrow=narrow, alone=True)
    page.set_viewport_size({"width": 390 if narrow else 1280, "height": 844 if narrow else 800})
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    if what == "search":
        page.locator("#search-button").click()
    control, message = page.locator(answer.control), page.locator(answer.message)
    page.keyboard.press("Shift")
    answer.act(page, control)
    expect(message).to_contain_text(answer.said, timeout=PATIENCE)
    settle(page)
    page.context.clear_permissions()
    for one in (control, message):
        expect(one).to_be_in_viewport(ratio=0.99)
    assert message.get_attribute("role") in {"status", "alert"}
    mine, its = control.bounding_box(), message.bounding_box()
    assert mine
    assert its
    apart_x = max(mine["x"], its["x"]) >= min(mine["x"] + mine["width"], its["x"] + its["width"])
    gap = max(its["y"] - mine["y"] - mine["height"], mine["y"] - its["y"] - its["height"])
    assert apart_x or gap >= 0, "the message lies over its control"
    # Beside it, or in a line of the same form or panel.
    if answer.beside:
        assert gap < 40
    else:
        assert message.evaluate(
            "(message, control) => control.closest('form, [role=search], #search-panel').parentElement.contains(message)",
            control.element_handle(),
        )
    described = control.get_attribute("aria-describedby")
    assert what != "nothing chosen to print" or described == message.get_attribute("id")
    # Nothing lies over it, either.
    assert message.evaluate(
        """(message) => { const { left, top, width, height } = message.getBoundingClientRect();
            return message.contains(document.elementFromPoint(left + Math.min(width, 40) / 2, top + height / 2)); }"""
    )
