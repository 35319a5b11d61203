"""What a meeting needs: counted by a form that stands in the place of a table, and kept in the address."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from browser.questions import ask, axe, compact, settle, small_targets
from browser.test_paper import bare, print_it
from browser.windows import Windows
from conftest import ROOT
from evidence.papers.packs import all_packs
from evidence.sources.read import read

ADDRESS = "discuss/"
PACKS = all_packs(read(ROOT).review)
KIT = next(pack for pack in PACKS.values() if pack.form == "kit")
SHARES = {"each": 1, "pair": 2}
widths = pytest.mark.parametrize("narrow", [False, True], ids=["1280", "320"])


def table(page: Page) -> list[dict[str, int]]:
    """The pages and sheets of each paper's files, as the table tells them."""
    read_row = """(titles) => titles.map((title) => Object.fromEntries(
        [...title.closest("tr").querySelectorAll("[data-size]")].flatMap(({dataset}) =>
            [[dataset.size, Number(dataset.sheets)], [`${dataset.size} pages`, Number(dataset.pages)]])))"""
    found: list[dict[str, int]] = page.locator("[data-share]").evaluate_all(read_row)
    return found


def lines(page: Page) -> list[str]:
    """The answer, one line a file."""
    return page.locator("form.kit ol ul li").all_inner_texts()


def wanted(page: Page, people: int, large: int) -> tuple[list[str], int, int]:
    """The beginning of each line and the sheets in all, counted apart from the page."""
    found, both, one = [], 0, 0
    for row, part in zip(table(page), KIT.parts, strict=True):
        if part.copies in SHARES:
            share = SHARES[part.copies]
            copies = {"standard": math.ceil((people - large) / share), "large": math.ceil(large / share)}
        else:
            cards = PACKS[part.pack].form == "cards"
            copies = {"large" if large == people or (large and cards) else "standard": 1}
        for size, number in copies.items():
            if number:
                sheets = number * row[size]
                both += sheets
                one += number * row[f"{size} pages"]
                found.append(
                    f"{number} {'copy' if number == 1 else 'copies'}, {sheets} {'sheet' if sheets == 1 else 'sheets'}: "
                )
    return found, both, one


@pytest.mark.parametrize(("people", "large"), [(8, 0), (8, 2), (3, 3), (1, 0), (99, 40)])
def test_the_form_counts_copies_and_sheets(windows: Windows, people: int, large: int) -> None:
    page = windows.page(ADDRESS, alone=True)
    page.get_by_label("How many people?").fill(str(people))
    page.get_by_label("Large print for how many?").fill(str(large))
    begins, both, one = wanted(page, people, large)
    assert [line[: len(begin)] for line, begin in zip(lines(page), begins, strict=True)] == begins
    said = f"You need {both} sheets of paper if you print on both sides, or {one} on one side."
    assert page.locator("form.kit [role=status]").inner_text() == said
    titles = page.locator("form.kit ol strong").all_inner_texts()
    assert titles == [PACKS[part.pack].title for part in KIT.parts]
    whole = page.locator("form.kit").get_by_role("link", name=KIT.title)
    assert whole.count() == ((people, large) == (KIT.people, 0))


def test_each_line_leads_to_its_file_and_says_what_to_cut(windows: Windows) -> None:
    page = windows.page(f"{ADDRESS}?people=5&large=1", alone=True)
    links = page.locator("form.kit ol a").evaluate_all(
        "(links) => links.map((link) => link.getAttribute('aria-label'))"
    )
    shown = page.locator("form.kit ol a").all_inner_texts()
    assert [name.startswith(f"{text}: ") for name, text in zip(links, shown, strict=True)] == [True] * len(links)
    addresses = page.locator("form.kit ol a").evaluate_all("(links) => links.map((link) => link.href)")
    assert len(set(addresses)) == len(addresses)
    assert all(page.request.get(address).ok for address in addresses)
    to_cut = [PACKS[part.pack].title for part in KIT.parts if PACKS[part.pack].form == "cards"]
    assert page.get_by_text(f"To cut out: {', '.join(to_cut)}.").count() == 1


def test_the_address_keeps_the_choice_beside_that_of_the_questions(windows: Windows) -> None:
    page = windows.page(f"{ADDRESS}?questions=helps-or-hinders&size=large", alone=True)
    page.get_by_label("How many people?").fill("12")
    page.get_by_label("Large print for how many?").fill("3")
    page.get_by_role("radio", name="60 minutes").check()
    kept = "questions=helps-or-hinders&size=large&people=12&large=3&minutes=60"
    assert page.url == f"{windows.base}{ADDRESS}?{kept}"
    assert page.locator("form.kit").get_by_role("link", name="A plan for 60 minutes").count() == 1
    answer = lines(page)
    page.goto("about:blank")
    page.goto(f"{windows.base}{ADDRESS}?{kept}")
    assert lines(page) == answer
    assert page.get_by_role("radio", name="60 minutes").is_checked()
    page.get_by_role("checkbox", name="Lines to write on").uncheck()
    assert "people=12&large=3&minutes=60" in page.url
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]


@pytest.mark.parametrize(
    ("asked", "people", "large"),
    [("people=0", "8", "0"), ("people=1e9&large=-3", "99", "0"), ("people=%3Cb%3E&large=NaN&minutes=7", "8", "0")],
)
def test_what_an_address_says_wrongly_is_put_right(windows: Windows, asked: str, people: str, large: str) -> None:
    window = windows.window(f"{ADDRESS}?{asked}", alone=True)
    assert window.page.get_by_label("How many people?").input_value() == people
    assert window.page.get_by_label("Large print for how many?").input_value() == large
    assert window.page.locator("form.kit input:checked").count() == 0
    assert window.said == []


@widths
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_form_keeps_the_rules(windows: Windows, narrow: bool, scheme: str) -> None:
    window = windows.window(f"{ADDRESS}?people=8&large=2&minutes=30", narrow=narrow, alone=True)
    page = window.page
    page.emulate_media(color_scheme=scheme)
    settle(page)
    faults = axe(page) + ask(page, "probe.sideways") + ask(page, "probe.cut")
    faults += small_targets(page, ".kit :is(label, input)")
    assert not faults + page.evaluate("refused") + window.said, compact(faults)
    expect(page.locator("table:has([data-share])")).to_be_hidden()


@widths
def test_without_script_there_is_the_table(windows: Windows, narrow: bool) -> None:
    page = windows.page(ADDRESS, narrow=narrow, script=False)
    assert page.locator("form.kit").count() == 0
    shown = page.locator("table:has([data-share])")
    assert shown.is_visible()
    for number in (4, 8, 12):
        assert f"{number} people" in shown.inner_text()


def test_paper_has_the_table_and_not_the_form(windows: Windows, tmp_path: Path) -> None:
    words = bare("".join(print_it(windows.page(ADDRESS), tmp_path).sheets))
    assert bare("All, printed on both sides") in words
    assert bare("How many people?") not in words
