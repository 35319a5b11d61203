"""The list of references as a workbench: find, filter, sort, take away; the choice in the address; on paper, from a folder, without script."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from browser.questions import ask, axe, compact, settle, small_targets
from browser.test_paper import bare, print_it
from browser.windows import Windows
from evidence.references import FORMATS
from work_records import entries_of, records_of

ADDRESS = "references/"
Record = dict[str, Any]
widths = pytest.mark.parametrize("narrow", [False, True], ids=["1280", "320"])


@pytest.fixture(scope="module")
def works(folder: Path) -> dict[str, Record]:
    """What the site knows of each work, by the end of its address."""
    return records_of(folder)


def opened(windows: Windows, query: list[tuple[str, str]] | None = None, *, narrow: bool = False) -> Page:
    """The list with this choice in its address, once the script has put it into effect."""
    address = f"{ADDRESS}?{urlencode(query)}" if query else ADDRESS
    page = windows.page(address, narrow=narrow, alone=True)
    expect(page.locator(".narrow .count")).not_to_be_empty()
    return page


def shown(page: Page) -> list[str]:
    """The works that are shown, in their order."""
    entries = page.locator("li.reference:visible")
    found: list[str] = entries.evaluate_all("(entries) => entries.map((entry) => entry.id)")
    return found


def told(page: Page, number: int, of: int) -> None:
    """The status tells how many are shown; it is filled a moment after the typing."""
    words = f"{number} of {of} sources shown." if number != of else f"{of} sources."
    expect(page.locator(".narrow [role=status]")).to_have_text(words)


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("loeffler", "loeffler2019"),
        ("ladder citizen", "arnstein1969"),
        ("arnstein 1969", "arnstein1969"),
        ("https://doi.org/10.1080/01944366908977225", "arnstein1969"),
        ("10.1080/01944366908977225", "arnstein1969"),
    ],
)
def test_a_source_is_found_by_what_is_typed(
    windows: Windows, works: dict[str, Record], typed: str, wanted: str
) -> None:
    page = opened(windows)
    page.get_by_label("Find by author, title, year or DOI").fill(typed)
    expect(page.locator(".chosen")).to_contain_text(typed)
    found = shown(page)
    assert wanted in found
    assert len(found) < len(works) / 4


def test_a_long_word_scrolls_nothing_and_a_broken_anchor_stops_nothing(windows: Windows) -> None:
    page = windows.page(f"{ADDRESS}?q={'W' * 60}#%", narrow=True, alone=True)
    expect(page.locator(".chosen")).to_contain_text("WWW")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_strange_signs_in_the_address_are_looked_for_as_they_stand(windows: Windows) -> None:
    for asked in ("(", "[a", "\\", '"><b>x'):
        page = opened(windows, [("q", asked)])
        assert page.get_by_label("Find by author, title, year or DOI").input_value() == asked
        assert page.locator(".narrow b").count() == 0


def test_accents_and_hyphens_are_no_matter(windows: Windows, works: dict[str, Record]) -> None:
    found = []
    for typed in ("coproduction", "Co-production", "CO-PRÖDUCTION"):
        page = opened(windows, [("q", typed)])
        found.append(shown(page))
    assert found[0] == found[1] == found[2]
    assert {slug for slug, work in works.items() if "co-production" in work["title"].lower()} <= {*found[0]}


def bench_faults(page: Page, works: dict[str, Record]) -> list[str]:
    """What the list, its status and the number behind each box say, against what the ticked boxes ask for."""
    boxes: list[list[Any]] = page.locator(
        "label.box:has([name=kind], [name=about], [name=cited], [name=access])"
    ).evaluate_all(
        "(labels) => labels.map((label) => [label.control.name, label.control.value, label.control.checked, label.textContent])"
    )
    ticked = {name: {value for n, value, on, _ in boxes if on and n == name} for name, *_ in boxes}

    def fits(work: Record, but: str = "") -> bool:
        return all(not values or name == but or values & {*work[name]} for name, values in ticked.items())

    wanted, status = (
        [slug for slug, work in works.items() if fits(work)],
        page.locator(".narrow [role=status]").inner_text(),
    )
    faults = [] if shown(page) == wanted else [f"shown: {shown(page)}, asked for: {wanted}"]
    if not status.startswith(f"{len(wanted)} "):
        faults.append(f"{len(wanted)} works, but the status says: {status}")
    for name, value, _, text in boxes:
        number = sum(value in work[name] and fits(work, name) for work in works.values())
        if text != f"{value} ({number})":
            faults.append(f"{number} works, but a box says: {text}")
    return faults


def test_boxes_show_what_they_say_and_their_counts_are_true(windows: Windows, works: dict[str, Record]) -> None:
    page = opened(windows)
    for name in ("kind", "about", "cited", "access"):
        values = {value for work in works.values() for value in work[name]}
        assert {str(one.get_attribute("value")) for one in page.locator(f"input[name={name}]").all()} == values
        for value in sorted(values):
            one = page.locator(f"input[name={name}][value={json.dumps(value)}]")
            one.check()
            told(page, sum(value in work[name] for work in works.values()), len(works))
            faults = bench_faults(page, works)
            assert not faults, compact(faults)
            one.uncheck()
    told(page, len(works), len(works))
    page = opened(windows, [("kind", "Report"), ("kind", "Guidance"), ("about", "Wales"), ("about", "England")])
    faults = bench_faults(page, works)
    assert not faults, compact(faults)


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        ("document.querySelector('li.reference[hidden]').hidden = false", "^shown: "),
        ("document.querySelector('.count').textContent = '3 of 44 sources shown.'", "the status says: 3 of 44"),
        ("document.querySelector('[value=Law] + span .number').textContent = ' (99)'", r"a box says: Law \(99\)"),
    ],
)
def test_a_list_that_says_something_else_is_seen(
    windows: Windows, works: dict[str, Record], broken: str, says: str
) -> None:
    page = opened(windows, [("kind", "Report"), ("about", "Wales")])
    page.evaluate(f"() => {{ {broken}; }}")
    faults = bench_faults(page, works)
    assert [re.search(says, fault) is not None for fault in faults] == [True], compact(faults)


@pytest.mark.parametrize(
    ("year", "within"),
    [
        ("2019", lambda year: year == 2019),
        ("2010..2015", lambda year: 2010 <= year <= 2015),
        ("2020..", lambda year: year >= 2020),
        ("..2000", lambda year: year <= 2000),
    ],
)
def test_years_are_kept_in_the_address(
    windows: Windows, works: dict[str, Record], year: str, within: Callable[[int], bool]
) -> None:
    page = opened(windows, [("year", year)])
    wanted = [slug for slug, work in works.items() if work["year"] is not None and within(work["year"])]
    assert shown(page) == wanted
    assert parse_qs(urlsplit(page.url).query) == {"year": [year]}


def test_works_without_a_year_are_found_as_such(windows: Windows, works: dict[str, Record]) -> None:
    page = opened(windows, [("year", "No date")])
    assert shown(page) == [slug for slug, work in works.items() if work["year"] is None]
    assert parse_qs(urlsplit(page.url).query) == {"year": ["none"]}


def test_the_list_is_sorted(windows: Windows, works: dict[str, Record]) -> None:
    page = opened(windows)
    order = list(works)
    assert shown(page) == order
    sort = page.get_by_label("Sort by")
    sort.select_option("Times cited here")
    expect(page.locator("li.reference").first).to_have_id(max(order, key=lambda slug: works[slug]["times"]))
    assert shown(page) == sorted(order, key=lambda slug: -works[slug]["times"])
    dated = [slug for slug in order if works[slug]["year"] is not None]
    undated = [slug for slug in order if works[slug]["year"] is None]
    sort.select_option("Year, newest first")
    expect(page.locator("li.reference").first).to_have_id(max(dated, key=lambda slug: works[slug]["year"]))
    assert shown(page) == [*sorted(dated, key=lambda slug: -works[slug]["year"]), *undated]
    sort.select_option("Year, oldest first")
    expect(page.locator("li.reference").first).to_have_id(min(dated, key=lambda slug: works[slug]["year"]))
    assert shown(page) == [*sorted(dated, key=lambda slug: works[slug]["year"]), *undated]
    sort.select_option("Author")
    expect(page.locator("li.reference").first).to_have_id(order[0])
    assert shown(page) == order


CHOICE = [("q", "production"), ("sort", "newest"), ("kind", "Report"), ("kind", "Guidance"), ("year", "2000..2023")]


def test_the_address_keeps_the_choice(windows: Windows, works: dict[str, Record]) -> None:
    theme = works["ayiwe2022"]["themes"][0]
    for choice in (
        [("about", "Scotland"), ("cited", "Scotland"), ("access", "Free to read"), ("themes", theme)],
        CHOICE,
    ):
        page = opened(windows, choice)
        found = shown(page)
        assert 0 < len(found) < len(works)
        assert sorted((k, v) for k, values in parse_qs(urlsplit(page.url).query).items() for v in values) == sorted(
            choice
        )
        address = page.url
        page.goto("about:blank")
        page.goto(address)
        told(page, len(found), len(works))
        assert shown(page) == found


def test_what_the_address_asks_for_in_vain_is_passed_over(windows: Windows, works: dict[str, Record]) -> None:
    page = opened(windows, [("kind", "Song"), ("sort", "length"), ("year", "soon"), ("x", "y")])
    told(page, len(works), len(works))
    assert urlsplit(page.url).query == ""


@pytest.mark.parametrize("ending", FORMATS)
def test_the_files_hold_what_is_shown_word_for_word(
    windows: Windows, folder: Path, works: dict[str, Record], ending: str
) -> None:
    window = windows.window(f"{ADDRESS}?{urlencode(CHOICE)}", alone=True)
    page = window.page
    expect(page.locator(".take")).to_be_visible()
    keys = shown(page)
    assert 1 < len(keys) < len(works)
    with page.expect_download() as waited:
        page.locator(".take").get_by_role("button", name=FORMATS[ending].name, exact=True).click()
    entries = entries_of(folder, ending)
    wanted = entries["head"] + entries["between"].join(entries["works"][key] for key in keys) + entries["end"]
    assert Path(waited.value.path()).read_bytes() == wanted.encode()
    assert waited.value.suggested_filename == f"sources-{len(keys)}-of-{len(works)}.{ending}"
    asked = [address for address in window.asked if "entries-" in address]
    assert [Path(address).name for address in asked] == [f"entries-{ending}.js"]
    assert not page.evaluate("refused") + window.said


def test_nothing_left_leads_on(windows: Windows, works: dict[str, Record]) -> None:
    page = opened(windows, [("kind", "Report"), ("about", "Scotland")])
    assert shown(page) == []
    expect(page.locator(".narrow [role=status]")).to_have_text("No source fits all of your choice. Take something off:")
    reports = [slug for slug, work in works.items() if work["kind"] == ["Report"]]
    page.get_by_role("button", name="Take off Nation the source is about: Scotland").click()
    assert shown(page) == reports
    told(page, len(reports), len(works))
    assert page.evaluate("document.activeElement.textContent") == "Kind of source: Report"
    page.get_by_role("button", name="Take off Kind of source: Report").click()
    told(page, len(works), len(works))
    assert page.evaluate("document.activeElement.name") == "q"


def test_each_way_on_says_how_many_it_leaves(windows: Windows, works: dict[str, Record]) -> None:
    page = opened(windows, [("kind", "Report"), ("about", "Scotland")])
    scottish = sum("Scotland" in work["about"] for work in works.values())
    expect(page.get_by_role("button", name="Kind of source: Report")).to_contain_text(f"(leaves {scottish})")
    page.get_by_role("button", name=f"Show all {len(works)} sources").click()
    told(page, len(works), len(works))
    assert urlsplit(page.url).query == ""


def test_on_paper_the_list_is_as_filtered_and_says_so(
    windows: Windows, works: dict[str, Record], tmp_path: Path
) -> None:
    page = opened(windows, [("kind", "Report"), ("about", "Wales")])
    keys = shown(page)
    words = bare("".join(print_it(page, tmp_path).sheets))
    assert bare(f"This is a part of the list: {len(keys)} of {len(works)} sources.") in words
    assert bare("Kind of source: Report. Nation the source is about: Wales.") in words
    for slug, work in works.items():
        assert (bare(f"About this source: {work['label']}.") in words) == (slug in keys), slug
    for control in ("Find by author", "Download what is shown", "Sort by"):
        assert bare(control) not in words


@widths
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_form_in_use_keeps_the_rules(windows: Windows, narrow: bool, scheme: str) -> None:
    page = opened(windows, [("kind", "Report"), ("about", "Wales")], narrow=narrow)
    page.emulate_media(color_scheme=scheme)
    filters = page.locator("details.filters")
    assert (filters.get_attribute("open") is None) == narrow, "folded where there is no room beside the list"
    expect(filters.locator("summary")).to_have_text("Filter (2 in use)")
    filters.evaluate("(filters) => filters.open = true")
    settle(page)
    faults = axe(page) + ask(page, "probe.sideways") + ask(page, "probe.cut")
    faults += small_targets(page, ".bench :is(label, button, input, select, summary)", shown_alone=True)
    assert not faults, compact(faults)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_form_in_forced_colours(windows: Windows, scheme: str) -> None:
    page = opened(windows, [("kind", "Report")])
    page.emulate_media(forced_colors="active", color_scheme=scheme)
    faults = axe(page, ["color-contrast"]) + ask(page, "probe.lostIcons")
    assert not faults, compact(faults)


def test_the_keyboard_alone_finds_filters_and_takes_off(windows: Windows, works: dict[str, Record]) -> None:
    page = opened(windows, narrow=True)
    page.get_by_label("Find by author, title, year or DOI").focus()
    page.keyboard.type("commission")
    page.keyboard.press("Enter")
    expect(page.locator(".chosen button")).to_have_count(1)
    for _ in range(2):
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.localName") == "summary"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "kind"
    page.keyboard.press("Space")
    expect(page.locator(".chosen .off")).to_have_count(2)
    page.get_by_role("button", name="Show all").focus()
    page.keyboard.press("Enter")
    told(page, len(works), len(works))


def test_from_a_folder_it_is_the_same(browser: Browser, folder: Path, works: dict[str, Record]) -> None:
    page = browser.new_page(accept_downloads=True)
    page.goto((folder / "references/index.html").as_uri() + "?kind=Law")
    laws = [slug for slug, work in works.items() if work["kind"] == ["Law"]]
    told(page, len(laws), len(works))
    assert shown(page) == laws
    with page.expect_download() as waited:
        page.locator(".take").get_by_role("button", name="RIS").click()
    assert Path(waited.value.path()).read_text("utf-8").count("ER  - ") == len(laws)
    page.close()


def test_without_a_script_all_is_there_and_no_control(windows: Windows, works: dict[str, Record]) -> None:
    page = windows.page(f"{ADDRESS}?kind=Law", script=False)
    assert shown(page) == list(works)
    assert page.locator("article :is(input, select, button)").count() == 0


def test_two_clicks_from_home_tell_what_was_retracted(windows: Windows) -> None:
    page = windows.page("", script=False)
    page.locator("#site-nav").get_by_role("link", name="References", exact=True).click()
    page.get_by_role("link", name="Retracted, corrected or replaced").first.click()
    assert urlsplit(page.url).fragment == "become"
    expect(page.locator("#become")).to_be_in_viewport()


def test_works_are_filtered_by_what_has_become_of_them(browser: Browser, built: Callable[[str], Path]) -> None:
    folder = built("night-trains")
    page = browser.new_page()
    page.goto((folder / "references/index.html").as_uri() + "?standing=Retracted&standing=Superseded")
    wanted = [slug for slug, work in records_of(folder).items() if {"Retracted", "Superseded"} & {*work["standing"]}]
    told(page, 2, len(records_of(folder)))
    assert shown(page) == wanted
    expect(page.get_by_role("group", name="What has become of it").get_by_role("checkbox")).to_have_count(5)
    page.close()
