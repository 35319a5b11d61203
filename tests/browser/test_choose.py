"""The questions for discussion: chosen in a form, kept in the address, and printed alone."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from lxml import etree
from playwright.sync_api import Page

from browser.questions import ask, axe, compact, settle
from browser.test_paper import ZOOM, Paper, bare, paper_faults, print_it, run
from browser.tools import program
from browser.windows import Windows
from conftest import ROOT
from evidence.sources.read import read

ADDRESS = "discuss/"
QUESTIONS = [
    (group.title, number, question.id, question.text)
    for group, found in read(ROOT).review.questions.numbered()
    for number, question in found
]
BUTTON = "Print the chosen questions"
STATE = "(document.documentElement.className + document.body.innerHTML)"
widths = pytest.mark.parametrize("narrow", [False, True], ids=["1280", "320"])


def query(*numbers: int, more: str = "") -> str:
    """The address of the page with these questions chosen."""
    names = ",".join(name for _, number, name, _ in QUESTIONS if number in numbers)
    return f"{ADDRESS}?questions={names}{more}"


def chosen(page: Page) -> list[int]:
    """The numbers of the ticked boxes."""
    values = page.locator("input[name=questions]:checked").evaluate_all("(boxes) => boxes.map((box) => box.value)")
    return [number for _, number, name, _ in QUESTIONS if name in values]


def print_chosen(page: Page, folder: Path) -> Paper:
    """Press the button, and print in the place of the browser's dialog, which tells the page when it is done."""
    page.evaluate("() => { window.asked = 0; window.print = () => { window.asked += 1; }; }")
    page.get_by_role("button", name=BUTTON).click()
    assert page.evaluate("window.asked") == 1
    return print_it(page, folder)


def points(folder: Path) -> dict[str, float]:
    """The size of each printed line, in points, by its words."""
    xml = run(program("pdftohtml"), "-xml", "-i", "-hidden", "-stdout", "-zoom", str(ZOOM), str(folder / "page.pdf"))
    tree = etree.fromstring(xml.encode(), etree.XMLParser(recover=True))
    sizes = {font.get("id"): float(font.get("size")) / ZOOM for font in tree.iter("fontspec")}
    return {bare("".join(line.itertext())): sizes[line.get("font")] for line in tree.iter("text")}


def ruled(folder: Path) -> list[int]:
    """How many lines are drawn across each sheet: rows of a picture that are dark for more than half of their width."""
    command = [program("pdftoppm"), "-r", "144", "-gray", str(folder / "page.pdf")]
    data = subprocess.run(command, capture_output=True, check=True).stdout
    counts = []
    while data:
        head = re.match(rb"P5\s+(\d+)\s+(\d+)\s+255\s", data)
        assert head
        width, height = int(head[1]), int(head[2])
        pixels, data = data[head.end() : head.end() + width * height], data[head.end() + width * height :]
        ink = pixels.translate(bytes(value < 160 for value in range(256)))
        dark = [ink.count(1, y * width, (y + 1) * width) * 2 > width for y in range(height)]
        counts.append(sum(now and not before for before, now in zip([False, *dark], dark, strict=False)))
    return counts


def test_the_paper_holds_the_chosen_questions_and_nothing_else_of_the_page(windows: Windows, tmp_path: Path) -> None:
    page = windows.page(query(2, 7, 9), alone=True)
    paper = print_chosen(page, tmp_path)
    words = bare("".join(paper.sheets))
    for group, number, _, text in QUESTIONS:
        assert (bare(f"{number}. {text}") in words) == (number in {2, 7, 9}), text
        heading = re.search(rf"^\s*{re.escape(group)}\s*$", "".join(paper.sheets), re.M)
        assert bool(heading) == any(title == group for title, n, _, _ in QUESTIONS if n in {2, 7, 9}), group
    assert bare("Questions to discuss") in bare(paper.sheets[0])
    source = page.locator(".source-line").inner_text()
    assert bare(source) in words
    assert bare("/discuss/") in words
    assert bare("Last checked on") in words
    for foreign in (
        "Helps with",
        "Link to question",
        BUTTON,
        "Select all",
        "On this page",
        "How the questions are meant",
    ):
        assert bare(foreign) not in words, foreign
    total = len(paper.sheets)
    assert [bare(f"{n} of {total}") in bare(sheet) for n, sheet in enumerate(paper.sheets, 1)] == [True] * total


@pytest.mark.parametrize(("size", "wanted"), [("standard", 14), ("large", 18)])
def test_the_words_have_the_size_that_was_chosen(windows: Windows, tmp_path: Path, size: str, wanted: int) -> None:
    page = windows.page(query(*range(1, 11), more="&size=large" if size == "large" else ""), alone=True)
    paper = print_chosen(page, tmp_path)
    assert round(paper.letters.most_common(1)[0][0]) == wanted
    sizes = points(tmp_path)
    assert {words: have for words, have in sizes.items() if have < wanted - 0.5} == {}
    assert all(round(have) == wanted for words, have in sizes.items() if re.fullmatch(r"\d+of\d+", words))


@pytest.mark.parametrize("size", ["", "&size=large"], ids=["standard", "large"])
@pytest.mark.parametrize("lines", ["", "&lines=no"], ids=["lines", "no lines"])
def test_no_question_is_split_and_no_heading_left_alone(
    windows: Windows, tmp_path: Path, size: str, lines: str
) -> None:
    page = windows.page(query(*range(1, 11), more=size + lines), alone=True)
    paper = print_chosen(page, tmp_path)
    sheets = [bare(sheet) for sheet in paper.sheets]
    for _, number, _, text in QUESTIONS:
        assert sum(bare(f"{number}. {text}") in sheet for sheet in sheets) == 1, text
    for group, number, _, text in QUESTIONS:
        if number == min(n for title, n, _, _ in QUESTIONS if title == group):
            assert any(bare(f"{group} {number}. {text}") in sheet for sheet in sheets), group
    asked = [sum(bare(f"{number}. {text}") in sheet for _, number, _, text in QUESTIONS) for sheet in sheets]
    assert ruled(tmp_path) == [0 if lines else 5 * number for number in asked]


def test_after_printing_all_is_as_before_and_the_usual_print_holds_the_whole_page(
    windows: Windows, tmp_path: Path
) -> None:
    page = windows.page(query(2, more="&size=large"), alone=True)
    faults = paper_faults(page, tmp_path)
    assert not faults, compact(faults)
    usual = print_it(page, tmp_path).sheets
    before = page.evaluate(STATE)
    print_chosen(page, tmp_path)
    assert page.evaluate(STATE) == before
    assert print_it(page, tmp_path).sheets == usual
    words = bare("".join(usual))
    assert all(bare(text) in words for *_, text in QUESTIONS)
    assert bare("How the questions are meant") in words
    assert bare("Select all") not in words


def test_the_address_keeps_the_choice(windows: Windows) -> None:
    page = windows.page(ADDRESS, alone=True)
    status = page.locator(".choose [role=status]")
    assert status.inner_text() == "0 of 10 questions chosen."
    assert chosen(page) == []
    page.get_by_role("checkbox", name=QUESTIONS[1][3]).check()
    page.get_by_role("checkbox", name=QUESTIONS[8][3]).check()
    assert status.inner_text() == "2 of 10 questions chosen."
    page.get_by_role("radio", name="Large").check()
    page.get_by_role("checkbox", name="Lines to write on").uncheck()
    assert page.url == windows.base + query(2, 9, more="&size=large&lines=no")
    page.goto("about:blank")
    page.goto(windows.base + query(2, 9, more="&size=large&lines=no"))
    assert chosen(page) == [2, 9]
    assert page.get_by_role("radio", name="Large").is_checked()
    assert not page.get_by_role("checkbox", name="Lines to write on").is_checked()
    assert status.inner_text() == "2 of 10 questions chosen."
    page.get_by_role("button", name="Select all").click()
    assert chosen(page) == list(range(1, 11))
    assert status.inner_text() == "10 of 10 questions chosen."
    page.get_by_role("button", name="Select none").click()
    assert page.url == f"{windows.base}{ADDRESS}?size=large&lines=no"
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]


def test_what_an_address_names_wrongly_is_not_chosen(windows: Windows) -> None:
    page = windows.page(
        f"{ADDRESS}?questions=no-such,%22%3E%3Cb%3E,{QUESTIONS[0][2]}&size=huge&lines=maybe", alone=True
    )
    assert chosen(page) == [1]
    assert page.get_by_role("radio", name="Standard").is_checked()
    assert page.get_by_role("checkbox", name="Lines to write on").is_checked()


def test_nothing_is_printed_where_nothing_is_chosen(windows: Windows) -> None:
    page = windows.page(ADDRESS, alone=True)
    page.evaluate("() => { window.asked = 0; window.print = () => { window.asked += 1; }; }")
    page.get_by_role("button", name=BUTTON).click()
    assert not page.evaluate("window.asked")
    assert "No question is chosen" in page.locator(".choose [role=status]").inner_text()
    assert page.evaluate("document.activeElement.name") == "questions"


@widths
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_form_in_use_keeps_the_rules(windows: Windows, narrow: bool, scheme: str) -> None:
    """With boxes ticked, details open and the policy of the site in force; targets have 24 pixels each way."""
    window = windows.window(query(2, 9), narrow=narrow, alone=True)
    page = window.page
    page.emulate_media(color_scheme=scheme)
    for summary in page.locator("details.more > summary").all():
        summary.click()
    page.get_by_role("radio", name="Large").check()
    settle(page)
    faults = axe(page) + ask(page, "probe.sideways") + ask(page, "probe.cut")
    faults += page.evaluate(
        """() => [...document.querySelectorAll(".choose :is(label, button, input), .more > summary, .question-link a")]
            .map((element) => [element.outerHTML.slice(0, 60), element.getBoundingClientRect()])
            .filter(([, box]) => box.width < 24 || box.height < 24).map(([name, box]) => `${name}: ${box.width} x ${box.height}`)"""
    )
    assert not faults + page.evaluate("refused") + window.said, compact(faults)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_form_in_forced_colours(windows: Windows, scheme: str) -> None:
    page = windows.page(query(2), alone=True, forced_colors="active", color_scheme=scheme)
    faults = axe(page, ["color-contrast"]) + ask(page, "probe.lostIcons")
    assert not faults, compact(faults)


def test_the_keyboard_goes_through_the_form_from_top_to_bottom(windows: Windows, tmp_path: Path) -> None:
    page = windows.page(ADDRESS, alone=True)
    page.get_by_role("button", name="Select all").focus()
    stops = []
    for _ in range(16):
        here = page.evaluate(
            "[document.activeElement.name || document.activeElement.textContent, document.activeElement.value]"
        )
        stops.append(here[1] or here[0])
        page.keyboard.press("Tab")
    boxes = [name for _, _, name, _ in QUESTIONS]
    assert stops[:15] == ["Select all", "Select none", *boxes, "standard", "yes", BUTTON]
    page.locator("input[name=questions]").first.focus()
    page.keyboard.press("Space")
    assert chosen(page) == [1]


def test_the_form_is_a_form_to_assistive_technology(windows: Windows) -> None:
    page = windows.page(ADDRESS, alone=True)
    groups = list(dict.fromkeys(group for group, *_ in QUESTIONS))
    for name in [*groups, "Size of the words", "Room for notes"]:
        assert page.get_by_role("group", name=name, exact=True).count() == 1, name
    for group, number, _, text in QUESTIONS:
        inside = page.get_by_role("group", name=group, exact=True)
        assert inside.get_by_role("checkbox", name=f"{number}. {text}", exact=True).count() == 1
        heading = page.get_by_role("heading", name=f"Question {number}", exact=True)
        assert heading.count() == 1
        link = page.get_by_role("link", name=f"Link to question {number}", exact=True)
        assert link.get_attribute("href") == f"#{heading.get_attribute('id')}"


def test_without_script_there_is_no_form(windows: Windows) -> None:
    page = windows.page(ADDRESS, script=False)
    assert page.locator("form.choose, main input, main button").count() == 0
    sentence = page.locator(".choose-here")
    assert sentence.is_visible()
    assert "JavaScript" in sentence.inner_text()
    with_script = windows.page(ADDRESS)
    assert with_script.locator(".choose-here").count() == 0


def test_room_to_write_is_ruled_on_paper(windows: Windows, tmp_path: Path) -> None:
    """Browsers leave out backgrounds when they print, unless a page asks them not to."""
    page = windows.page("discuss/feedback/")
    print_it(page, tmp_path)
    wanted = page.locator(".note-lines").evaluate_all("(rooms) => rooms.map((room) => Number(room.dataset.lines))")
    assert wanted
    assert sum(ruled(tmp_path)) == sum(wanted)
