"""The tasks of readers, walked from the home page as they would: how many times they press something, and how many screens go by."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from browser.questions import PATIENCE, open_search, type_search

PHONE, DESK = (390, 844), (1280, 800)


@dataclass
class Walk:
    """A reader's way from the home page. `clicks` counts what was pressed, `screens` those that went by on the page where the way ends."""

    page: Page
    clicks: int = 0

    def press(self, what: Locator) -> None:
        """Press what can be seen, and wait for the page that it leads to."""
        expect(what).to_be_visible(timeout=PATIENCE)
        what.click()
        self.clicks += 1
        self.page.wait_for_load_state()

    def follow(self, *names: str) -> None:
        """Press links by their names, one on each page; in a narrow window the menu, where no link in the text has the name."""
        for name in names:
            inside = self.page.get_by_role("main").get_by_role("link", name=name, exact=True)
            if not inside.count() and self.page.locator("#menu-button").is_visible():
                self.press(self.page.locator("#menu-button"))
            self.press((inside if inside.count() else self.page.get_by_role("link", name=name, exact=True)).first)

    def screens(self, what: Locator) -> int:
        """How many screens there are down to the end of what is looked for, the first one included."""
        expect(what).to_be_visible(timeout=PATIENCE)
        end = what.evaluate("(element) => element.getBoundingClientRect().bottom + scrollY")
        size = self.page.viewport_size
        assert size
        return math.ceil(end / size["height"])

    @property
    def at(self) -> str:
        """Where the reader is, within the site."""
        return re.sub(r"^https?://[^/]+/", "", self.page.url)


@pytest.fixture
def walk(browser: Browser, base: str) -> Iterator[Callable[[tuple[int, int]], Walk]]:
    """Begin at home, in a window of a size."""
    contexts = []

    def begin(size: tuple[int, int]) -> Walk:
        context = browser.new_context(viewport={"width": size[0], "height": size[1]}, accept_downloads=True)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.goto(base)
        return Walk(page)

    yield begin
    for context in contexts:
        context.close()


Begin = Callable[[tuple[int, int]], Walk]


def test_what_was_found_about_being_paid(walk: Begin) -> None:
    """On a phone, in two."""
    reader = walk(PHONE)
    reader.follow("Themes", "Money")
    assert reader.clicks <= 2
    found = reader.page.locator("#found")
    assert reader.screens(found) <= 3
    expect(reader.page.locator("section.found")).to_contain_text("pay")


def test_wales_beside_northern_ireland(walk: Begin) -> None:
    """On a phone, in three, and both at a glance within three screens."""
    reader = walk(PHONE)
    reader.follow("The four nations", "Wales and Northern Ireland")
    assert reader.clicks <= 3
    glance = reader.page.locator("table.real").first
    expect(glance).to_contain_text("Northern Ireland")
    assert reader.screens(glance) <= 3


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("tokenisim", "tokenism"),
        ("benifits", "benefits"),
        ("commisioning", "commissioning"),
        ("scotish", "nations/scotland/"),
        ("easy read", "easier/"),
        ("wales", "nations/wales/"),
        ("pay", "themes/money/"),
        ("what is commissioning", "commissioning"),
        ("co production", "co-production"),
    ],
)
def test_the_page_that_a_member_means_comes_first(walk: Begin, typed: str, wanted: str) -> None:
    """Also where a finger slipped. It is no reference, no paper and no part of the audit, and it is in view on a phone."""
    reader = walk(PHONE)
    open_search(reader.page)
    first = type_search(reader.page, typed).first
    expect(first).to_be_in_viewport()
    reader.press(first)
    assert wanted in reader.at
    assert not reader.at.startswith(("references/", "audit/", "discuss/"))


def test_statements_that_rest_on_one_source_or_on_none_that_is_peer_reviewed(walk: Begin) -> None:
    """One page each, narrowed without a server."""
    for name in ("Points on one source", "Points on sources that are not peer reviewed"):
        reader = walk(DESK)
        reader.follow("Find and cite a source", "Support for each point", name)
        assert reader.clicks <= 3
        theme = reader.page.locator("select[name=theme]")
        points = reader.page.locator("li.point:visible")
        before = points.count()
        theme.select_option("Benefits")
        expect(points).not_to_have_count(before)
        assert 0 < points.count() < before
        expect(reader.page.locator(".narrow [role=status]")).to_contain_text(str(points.count()))


def test_large_print_and_cards_for_eight_people(walk: Begin) -> None:
    """A facilitator with twenty minutes: one file, in two presses, and how many sheets it takes is said before."""
    reader = walk(DESK)
    reader.follow("Prepare a discussion")
    file = reader.page.get_by_role("main").get_by_role("link", name=re.compile("^Meeting kit for 8 people: PDF")).first
    expect(file).to_be_in_viewport()
    expect(file).to_contain_text(re.compile(r"\d+ sheets of paper, and 1 that says how to print them, \d+ KB"))
    with reader.page.expect_request(re.compile(r"/discuss/packs/kit\.pdf$")):
        reader.press(file)
    assert reader.clicks <= 3


def test_what_twelve_people_need(walk: Begin) -> None:
    """On a phone: three of them in large print, and an hour; the plan for that hour is led to."""
    reader = walk(PHONE)
    reader.follow("Prepare a discussion", "The meeting kit")
    reader.page.get_by_label("How many people?").fill("12")
    reader.page.get_by_label("Large print for how many?").fill("3")
    reader.press(reader.page.get_by_role("radio", name="60 minutes"))
    expect(reader.page.locator("form.kit [role=status]")).to_contain_text(re.compile(r"You need \d+ sheets of paper"))
    reader.press(reader.page.locator("form.kit").get_by_role("link", name="A plan for 60 minutes"))
    assert reader.clicks <= 4
    assert reader.at == "discuss/facilitator/#plan-60"


def test_four_questions_of_their_own_choice(walk: Begin) -> None:
    """As before: a door, four questions and the button."""
    reader = walk(DESK)
    reader.page.add_init_script("window.asked = 0; window.print = () => { window.asked += 1; };")
    reader.follow("Prepare a discussion")
    boxes = reader.page.locator("input[name=questions]")
    for number in (0, 3, 5, 8):
        reader.press(boxes.nth(number))
    reader.press(reader.page.get_by_role("button", name="Print what you chose"))
    assert reader.clicks <= 7
    assert reader.page.evaluate("window.asked") == 1


def test_a_paper_for_a_meeting_from_the_page_of_tokenism(walk: Begin, base: str) -> None:
    """With questions on the theme."""
    reader = walk(DESK)
    reader.page.goto(f"{base}themes/tokenism-and-burnout/")
    reader.press(reader.page.get_by_role("link", name=re.compile("^Tokenism and burnout: evidence and questions")))
    expect(reader.page.get_by_role("main")).to_contain_text(re.compile("token", re.I))
    file = reader.page.get_by_role("link", name=re.compile("^PDF, 14 point"))
    address = file.evaluate("(link) => link.href")
    with reader.page.expect_request(address):
        reader.press(file)
    assert reader.clicks <= 2


def test_all_sources_into_a_reference_manager(walk: Begin) -> None:
    reader = walk(DESK)
    reader.follow("Find and cite a source")
    with reader.page.expect_download() as begun:
        reader.press(reader.page.get_by_role("link", name=re.compile(r"^RIS \(.*all \d+ sources")))
    assert reader.clicks <= 2
    entries = Path(begun.value.path()).read_text("utf-8").count("TY  - ")
    assert entries > 40


def test_cite_this_passage(walk: Begin) -> None:
    """One press at the passage shows its lasting address and how to cite it."""
    reader = walk(DESK)
    reader.follow("Where services work alongside people with lived experience, they can fit people better.")
    before, passage = reader.clicks, reader.at.partition("#")[2]
    reader.press(reader.page.locator(f"a.passage[href='#{passage}']"))
    assert reader.clicks - before <= 1
    box = reader.page.get_by_role("group", name="Cite this passage")
    expect(box).to_contain_text(f"review/benefits/#{passage}")
    expect(box).to_contain_text("Accessed: ")


def test_what_has_been_retracted_corrected_or_replaced(walk: Begin) -> None:
    reader = walk(DESK)
    reader.follow("Find and cite a source", "Retracted, corrected or replaced")
    assert reader.clicks <= 2
    assert reader.at == "references/#become"


def test_a_source_by_its_author_in_the_list(walk: Begin) -> None:
    """Typed into the one field, on the page that is one press from home."""
    reader = walk(DESK)
    reader.follow("Find and cite a source")
    reader.page.get_by_label("Find by author").fill("loeffler")
    expect(reader.page.locator("li.reference:visible")).to_have_count(1)
    assert reader.clicks <= 1


def test_what_kind_of_evidence_stands_behind_the_benefits(walk: Begin, base: str) -> None:
    """On the page itself, led to from its head."""
    reader = walk(DESK)
    reader.follow("Where services work alongside people with lived experience, they can fit people better.")
    assert reader.at.startswith("review/benefits/")
    reader.page.evaluate("scrollTo(0, 0)")
    expect(reader.page.locator("article .support").first).to_contain_text(re.compile(r"sources?, "))
    reader.follow("Kinds of evidence on this page")
    assert reader.clicks <= 2
    kinds = reader.page.locator("#kinds-of-evidence ~ ul").first
    expect(kinds).to_contain_text("Peer-reviewed article: ")
    expect(kinds).to_be_in_viewport()
