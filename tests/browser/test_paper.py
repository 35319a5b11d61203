"""Pages printed to A4 from the browser."""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from pathlib import Path

import pytest
from lxml import etree
from playwright.sync_api import Page

from browser.questions import compact, settle
from browser.tools import program
from browser.windows import Windows

ABOUT = "On paper"
POINTS = 12
ZOOM = 3  # the most that pdftohtml does; it drops what is behind the point of a size, which is then a third of a point


class Paper:
    """A printed page: the words of each sheet, whether its last line is bold, and how many letters have which size in points."""

    def __init__(self, pdf: Path) -> None:
        text = run(program("pdftotext"), "-layout", str(pdf), "-")
        self.sheets = text.split("\f")[:-1]
        xml = run(program("pdftohtml"), "-xml", "-i", "-hidden", "-stdout", "-zoom", str(ZOOM), str(pdf))
        tree = etree.fromstring(xml.encode(), etree.XMLParser(recover=True))
        sizes = {font.get("id"): float(font.get("size")) / ZOOM for font in tree.iter("fontspec")}
        self.letters: Counter[float] = Counter()
        self.small: list[str] = []
        self.ends_bold = [ends_bold(sheet) for sheet in tree.iter("page")]
        for line in tree.iter("text"):
            words = "".join(line.itertext())
            size = sizes[line.get("font")]
            self.letters[size] += len(re.sub(r"\s", "", words))
            if size < POINTS - 1 / ZOOM:
                self.small.append(words.strip())


def run(*command: str) -> str:
    """The output of a program as text."""
    return subprocess.run(command, capture_output=True, check=True).stdout.decode("utf-8", "replace")


def ends_bold(sheet: etree._Element) -> bool:
    """Is the lowest line of a sheet bold, as headings are? An item of a list may have the words of a heading."""
    lines = [line for line in sheet.iter("text") if "".join(line.itertext()).strip()]
    return bool(lines) and max(lines, key=lambda line: int(line.get("top"))).find(".//b") is not None


def bare(words: str) -> str:
    """Words without spaces and signs that a printer may change."""
    return re.sub(r"[\s\u00ad\u200b\u2010-\u2015-]+", "", words)


def print_it(page: Page, folder: Path) -> Paper:
    """Print as the browser's own dialog would, without a heading line of its own."""
    file = folder / "page.pdf"
    page.pdf(path=file, format="A4", prefer_css_page_size=True, print_background=False)
    return Paper(file)


def paper_faults(page: Page, folder: Path) -> list[str]:
    """Empty sheets, headings alone at a foot, words that are too small, and addresses of links that are not there."""
    paper = print_it(page, folder)
    faults = [
        f"sheet {number} of {len(paper.sheets)} is empty"
        for number, sheet in enumerate(paper.sheets, 1)
        if not bare(sheet)
    ]
    headings = [bare(text) for text in page.locator("main :is(h1, h2, h3, h4, h5, h6)").all_text_contents()]
    headings = [heading.removesuffix("¶") for heading in headings]
    for number, sheet in enumerate(paper.sheets[:-1], 1):
        last = next((bare(line) for line in reversed(sheet.splitlines()) if bare(line)), "")
        if last and last in headings and paper.ends_bold[number - 1]:
            faults.append(f"the heading “{last}” stands alone at the foot of sheet {number}")

    # Words of a drawing may be smaller: the page has them as text too.
    drawn = {bare(text) for text in page.locator("svg text, svg tspan, sup").all_text_contents()}
    small = [words for words in paper.small if bare(words) and not any(bare(words) in text for text in drawn)]
    if small:
        faults.append(f"smaller than {POINTS} points: {small[:6]}")
    body = paper.letters.most_common(1)[0][0]
    if body < POINTS - 1 / ZOOM:
        faults.append(f"most words have {body} points")

    words = bare("".join(paper.sheets))
    links = page.locator("article a[href^=http]").evaluate_all(
        "(links) => links.map((link) => link.getAttribute('href'))"
    )
    missing = sorted({link for link in links if bare(link) not in words})
    return faults + [f"the address of a link is not printed: {link}" for link in missing]


def controls_on_paper(page: Page) -> list[str]:
    """Buttons and navigation that are printed, where they do nothing."""
    shown = page.evaluate(
        """() => [...document.querySelectorAll("nav, button, input, select, [role=search], .headerlink, .md-top, .md-skip")]
            .filter((element) => element.checkVisibility({visibilityProperty: true, opacityProperty: true})
                && element.getBoundingClientRect().height > 1 && element.getBoundingClientRect().width > 1)
            .map((element) => element.outerHTML.slice(0, 90))"""
    )
    return [f"printed: {element}" for element in shown]


def ink_faults(page: Page) -> list[str]:
    """Words in a light colour, for white paper."""
    colours = page.evaluate(
        """() => ["article", "article h1", "article p", "article a[href]"].map((name) => [name, document.querySelector(name)])
            .filter(([, element]) => element).map(([name, element]) => [name, getComputedStyle(element).color])"""
    )
    assert colours
    faults = []
    for name, colour in colours:
        red, green, blue = (float(part) for part in re.findall(r"[\d.]+", colour)[:3])
        if 0.2126 * red + 0.7152 * green + 0.0722 * blue >= 128:
            faults.append(f"{name} has {colour} on white paper")
    return faults


@pytest.mark.claim(ABOUT, "No sheet is empty, and no heading stands alone at the foot of a sheet.")
@pytest.mark.claim(ABOUT, "Words have 12 points or more, but for words inside drawings and small raised marks.")
@pytest.mark.claim(ABOUT, "The addresses of links to other websites are printed.")
def test_printed(windows: Windows, address: str, tmp_path: Path) -> None:
    faults = paper_faults(windows.page(address), tmp_path)
    assert not faults, compact(faults)


# What most words and the smaller ones have where a reader's browser has words twice as large. What is wider than the sheet browsers make smaller.
TWICE = {"review/issue/": (24, 24), "easier/": (28, 24), "evidence-map/": (18, 16)}


@pytest.mark.claim(
    ABOUT, "If you set larger text in your browser, words are larger on paper. Three pages were measured."
)
@pytest.mark.parametrize("place", TWICE)
def test_a_reader_s_own_size_is_printed(large_text: Page, base: str, place: str, tmp_path: Path) -> None:
    most, least = TWICE[place]
    large_text.goto(base + place)
    paper = print_it(large_text, tmp_path)
    assert paper.letters.most_common(1)[0][0] >= most - 1 / ZOOM
    small = {size: letters for size, letters in paper.letters.items() if size < least - 1 / ZOOM}
    assert sum(small.values()) < paper.letters.total() / 20, small  # words in drawings, and raised marks


@pytest.mark.claim(ABOUT, "Only the content is printed, without menus and buttons.")
def test_only_the_content_is_printed(windows: Windows, address: str) -> None:
    """Buttons and navigation do nothing on paper."""
    faults = controls_on_paper(windows.page(address, media="print"))
    assert not faults, compact(faults)


@pytest.mark.claim(ABOUT, "Words are dark on white, also when your screen is dark.")
def test_dark_pages_print_dark_on_white(windows: Windows, address: str) -> None:
    """Nobody prints a black sheet; and light words on white paper cannot be read."""
    page = windows.page(address, media="print", color_scheme="dark")
    settle(page)
    faults = ink_faults(page)
    assert not faults, compact(faults)


@pytest.mark.parametrize("place", ["review/ladder/", "review/issue/"])
def test_there_is_room_below_the_head_of_a_page(windows: Windows, place: str) -> None:
    """On a screen the contents stand between them."""
    page = windows.page(place, media="print")
    head, first = (
        page.locator(name).bounding_box() for name in (".page-head > :last-child", ".page-text > :first-child")
    )
    assert head
    assert first
    assert first["y"] - (head["y"] + head["height"]) >= 8
