"""The questions for discussion: chosen in a form, kept in the address, and printed alone."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from lxml import etree
from playwright.sync_api import Page, Route, expect

from browser.questions import ask, axe, compact, settle, small_targets
from browser.test_paper import ZOOM, Paper, bare, paper_faults, print_it, run
from browser.tools import program
from browser.windows import Windows
from conftest import ROOT
from evidence.sources.read import read

ADDRESS = "discuss/"
REVIEW = read(ROOT).review
QUESTIONS = [
    (group.title, number, question.id, question.text)
    for group, found in REVIEW.questions.numbered()
    for number, question in found
]
SUBJECTS = {theme.id: theme.title for theme in REVIEW.themes.values()}
SUBJECTS |= {nation.id: nation.name for nation in REVIEW.nations.values()}
SUGGESTED = [(asked, SUBJECTS[(*asked.themes, *asked.nations)[0]]) for asked in REVIEW.questions.suggestions]
SETS = ["theme-cards", "communication-cards", "answer-cards"]
HELD = {card.word: card.text for card in REVIEW.packs.cards}
BUTTON = "Print what you chose"
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
    assert bare("Page of the website: “Questions to discuss") in words
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


@pytest.mark.parametrize(("size", "wanted"), [("standard", 14), ("16", 16), ("large", 18), ("24", 24)])
def test_the_words_have_the_size_that_was_chosen(windows: Windows, tmp_path: Path, size: str, wanted: int) -> None:
    page = windows.page(query(*range(1, 11), more=f"&size={size}"), alone=True)
    paper = print_chosen(page, tmp_path)
    assert round(paper.letters.most_common(1)[0][0]) == wanted
    sizes = points(tmp_path)
    assert {words: have for words, have in sizes.items() if have < wanted - 0.5} == {}
    feet = [round(have) for words, have in sizes.items() if re.fullmatch(r"\d+of\d+", words)]
    assert feet == [wanted] * len(paper.sheets)


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


def test_questions_on_themes_are_chosen_kept_and_printed(windows: Windows, tmp_path: Path) -> None:
    """Folded until they are wanted, or until the address names one; on paper under their theme, and said to be the editors'."""
    page = windows.page(ADDRESS, alone=True)
    assert page.locator("form.choose details[open]").count() == 0
    one, other = SUGGESTED[0], SUGGESTED[-1]
    for asked, subject in (one, other):
        fold = page.locator("form.choose details details").filter(has_text=subject).first
        if not page.locator("form.choose > details").evaluate("(part) => part.open"):
            page.get_by_text("Questions on each theme and nation", exact=True).click()
        fold.locator("summary").click()
        page.get_by_role("checkbox", name=asked.text, exact=True).check()
    assert page.url == f"{windows.base}{ADDRESS}?more={one[0].id},{other[0].id}"
    assert page.locator(".choose [role=status]").inner_text() == "0 of 10 questions chosen, 2 on themes."
    page.goto("about:blank")
    page.goto(f"{windows.base}{ADDRESS}?more={one[0].id},{other[0].id},no-such")
    assert page.get_by_role("checkbox", name=one[0].text, exact=True).is_visible()
    said = bare("".join(print_chosen(page, tmp_path).sheets))
    for asked, subject in (one, other):
        assert bare(f"{subject} {asked.text}") in said
    assert bare("suggestions of the editors") in said
    assert bare(SUGGESTED[1][0].text) not in said


def test_every_suggested_question_is_in_the_form_once_and_on_the_page_without_script(windows: Windows) -> None:
    page = windows.page(ADDRESS)
    named = page.locator("input[name=more]").evaluate_all("(boxes) => boxes.map((box) => box.value)")
    assert sorted(named) == sorted(asked.id for asked, _ in SUGGESTED)
    assert page.locator("[data-suggestion]").count() == 0
    without = windows.page(ADDRESS, script=False)
    assert without.locator("[data-suggestion]").count() == len(SUGGESTED)


def test_a_question_of_the_readers_own_stays_in_the_address(windows: Windows, tmp_path: Path) -> None:
    """Behind the '#', which no browser sends; it is text, whatever it looks like, and goes no further than the paper."""
    window = windows.window(ADDRESS, alone=True)
    page = window.page
    written = 'Why <img src=x onerror=alert(1)> & 50% of "us"?'
    page.get_by_label("A question of your own").fill(written)
    assert page.locator(".choose [role=status]").inner_text() == "0 of 10 questions chosen, 1 of your own."
    address = page.url
    assert "#own=" in address and "?" not in address.partition("#")[0]
    page.goto("about:blank")
    window.asked.clear()
    page.goto(address)
    assert page.get_by_label("A question of your own").input_value() == written
    said = bare("".join(print_chosen(page, tmp_path).sheets))
    assert bare(written) in said
    assert bare("was written by those who printed this paper") in said
    assert bare("The questions are those of the review") not in said, "none of them is on it"
    assert bare("Page of the website: “Questions to discuss") in said
    assert not [url for url in window.asked if "own" in url.partition("#")[0] or "onerror" in url.partition("#")[0]]
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]
    page.get_by_label("A question of your own").fill(" ")
    assert page.evaluate("location.href") == f"{windows.base}{ADDRESS}"
    page.goto("about:blank")
    page.goto(f"{windows.base}{ADDRESS}#own=%E0%A4%A")
    assert page.get_by_label("A question of your own").input_value() == ""
    page.goto("about:blank")
    page.goto(f"{windows.base}{ADDRESS}#own=a{'%F0%9F%98%80' * 120}")
    page.locator(".choose input[type=checkbox]").first.check()
    assert "questions=" in page.url, "half a letter at the end does not stop the form"
    page.get_by_role("button", name="Select none").click()
    assert page.get_by_label("A question of your own").input_value() == ""
    assert window.said == []


def test_the_readers_question_stays_while_the_page_is_open(windows: Windows) -> None:
    """Through links within the page and the search, and it follows the address; whatever that holds is text."""
    window = windows.window(f"{ADDRESS}#own=Why%3F", alone=True)
    page, field = window.page, window.page.get_by_label("A question of your own")
    page.locator("main a[href='#kit']").first.evaluate("(link) => link.click()")
    page.wait_for_function("location.hash === '#own=Why%3F'")
    assert field.input_value() == "Why?"
    hostile = '"><img src=x onerror=alert(1)> & {{7*7}}'
    page.evaluate("(text) => { location.hash = `own=${encodeURIComponent(text)}`; }", hostile)
    expect(field).to_have_value(hostile)
    assert page.locator(".choose [role=status]").inner_text() == "0 of 10 questions chosen, 1 of your own."
    assert page.locator("main img[src=x]").count() == 0
    page.evaluate("location.hash = 'own=%E0%A4%A'")
    page.evaluate("location.hash = 'own='")
    expect(field).to_have_value("")
    page.evaluate("location.hash = 'kit'")
    page.wait_for_function("location.hash === '#kit'")
    assert window.said == []


def test_a_suggestion_and_a_question_of_one_name_are_told_apart(windows: Windows, tmp_path: Path) -> None:
    page, name = windows.page(ADDRESS, alone=True), QUESTIONS[0][2]

    def renamed(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace(f'"{SUGGESTED[0][0].id}"', f'"{name}"'))

    page.route(f"**/{ADDRESS}?*", renamed)
    for asked, one, other in (
        ("more", SUGGESTED[0][0].text, QUESTIONS[0][3]),
        ("questions", QUESTIONS[0][3], SUGGESTED[0][0].text),
    ):
        page.goto(f"{windows.base}{ADDRESS}?{asked}={name}")
        said = bare("".join(print_chosen(page, tmp_path).sheets))
        assert bare(one) in said
        assert bare(other) not in said
    page.unroute(f"**/{ADDRESS}?*")


@pytest.mark.parametrize("size", ["standard", "24"])
def test_cards_hold_one_question_each_and_no_lines(windows: Windows, tmp_path: Path, size: str) -> None:
    page = windows.page(query(*range(1, 11), more=f"&size={size}&cards=yes"), alone=True)
    sheets = [bare(sheet) for sheet in print_chosen(page, tmp_path).sheets]
    asked = [sum(bare(f"{number}. {text}") in sheet for _, number, _, text in QUESTIONS) for sheet in sheets]
    assert sum(asked) == 10
    assert max(asked) == 2
    assert page.locator(".chosen-paper .note-lines").count() == 0


@pytest.mark.parametrize("size", ["standard", "24"])
def test_cards_to_hold_up_are_two_to_a_sheet_with_their_word_in_the_shape(
    windows: Windows, tmp_path: Path, size: str
) -> None:
    page = windows.page(f"{ADDRESS}?size={size}", alone=True)
    for name in SETS[1:]:
        page.locator(f"input[name=sets][value={name}]").check()
    assert page.locator(".choose [role=status]").inner_text() == "0 of 10 questions chosen, 2 sets of cards."
    assert page.evaluate("location.search").lstrip("?").split("&")[0] == "sets=communication-cards,answer-cards"
    sheets = [bare(sheet) for sheet in print_chosen(page, tmp_path).sheets]
    shown = [[word for word, text in HELD.items() if bare(text) in sheet] for sheet in sheets]
    assert shown == [["Stop", "Slow down"], ["Go on", "Agree"], ["Not sure", "Disagree"]]
    assert all(bare(word) in sheet for words, sheet in zip(shown, sheets, strict=True) for word in words)
    page.emulate_media(media="print")
    print_again = "() => { window.print = () => {}; document.querySelector('.choose-print').click(); }"
    page.evaluate(print_again)
    boxes = page.evaluate(
        """() => [...document.querySelectorAll(".to-hold .chosen-card")].map((card) => {
            const [whole, shape, word] = [card, card.querySelector("svg"), card.querySelector("svg text")].map((one) => one.getBoundingClientRect());
            const side = Math.min(shape.width, shape.height);
            return [word.textContent, side / whole.height, word.width / side, card.scrollHeight <= card.clientHeight];
        })"""
    )
    assert len(boxes) == 6
    for _, high, wide, whole in boxes:
        assert high > 0.45, "the shape is large"
        assert 0.4 < wide < 0.8, "the word is as wide as its place"
        assert whole, "nothing is cut"


def test_themes_are_cards_to_sort_and_no_side_is_left_with_a_line(windows: Windows, tmp_path: Path) -> None:
    themes = [theme for theme in REVIEW.themes.values() if theme.origin.startswith("meeting")]
    for size, on_a_sheet in (("standard", 4), ("24", 2)):
        page = windows.page(f"{ADDRESS}?sets=theme-cards,no-such&size={size}", alone=True)
        sheets = [bare(sheet) for sheet in print_chosen(page, tmp_path).sheets]
        shown = [sheet.count(bare("Theme cards")) for sheet in sheets]
        assert shown == [min(on_a_sheet, len(themes) - at) for at in range(0, len(themes), on_a_sheet)]
    # Side by side, the words of two cards come in turns; below each other they are whole.
    for theme in themes:
        assert sum(bare(f"{theme.title} What members said: {theme.in_a_line}") in sheet for sheet in sheets) == 1


@pytest.mark.parametrize("size", ["16", "large", "24"])
def test_what_says_where_a_paper_is_from_stands_below_a_question(windows: Windows, tmp_path: Path, size: str) -> None:
    two = f"{SUGGESTED[0][0].id},{SUGGESTED[-1][0].id}"
    page = windows.page(f"{ADDRESS}?more={two}&size={size}", alone=True)
    last = bare(print_chosen(page, tmp_path).sheets[-1])
    assert bare(SUGGESTED[-1][0].text) in last
    assert bare("About this paper") in last
    page = windows.page(f"{ADDRESS}?size={size}#own={'Why%20now%3F%20' * 26}", alone=True)
    first = bare(print_chosen(page, tmp_path).sheets[0])
    assert bare("Questions to discuss") in first
    assert bare("Why now?") in first


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
    told, button = page.locator(".choose [role=alert]"), page.get_by_role("button", name=BUTTON)
    assert "Nothing is chosen" in told.inner_text()
    # Beside the button, which keeps the focus; and gone when something is chosen.
    above, below = told.bounding_box(), button.bounding_box()
    assert above and below and below["y"] - above["y"] - above["height"] < 40
    assert page.evaluate("document.activeElement.textContent") == BUTTON
    page.get_by_role("checkbox", name=QUESTIONS[1][3]).check()
    assert told.inner_text() == ""


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
    faults += small_targets(page, ".choose :is(label, button, input), .more > summary, .question-link a")
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
    for _ in range(24):
        here = page.evaluate(
            "[document.activeElement.name || document.activeElement.textContent, document.activeElement.value]"
        )
        stops.append(here[1] or here[0])
        page.keyboard.press("Tab")
    boxes = [name for _, _, name, _ in QUESTIONS]
    rest = ["Questions on each theme and nation", "own", *SETS, "standard", "yes", "yes", BUTTON]
    assert stops[: 18 + len(SETS)] == ["Select all", "Select none", *boxes, *rest]
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
        heading = page.get_by_role("heading", name=f"Question {number}: {text}", exact=True)
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
