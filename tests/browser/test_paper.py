"""Pages printed to A4 from the browser."""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from pathlib import Path

import pytest
from lxml import etree
from playwright.sync_api import Page

from browser.conftest import OpenPage
from browser.tools import compact, program

POINTS = 12
ZOOM = 3  # the most that pdftohtml does; it drops what is behind the point of a size, which is then a third of a point


class Paper:
    """A printed page: the words of each sheet, and how many letters have which size in points."""

    def __init__(self, pdf: Path) -> None:
        text = run(program("pdftotext"), "-layout", str(pdf), "-")
        self.sheets = text.split("\f")[:-1]
        xml = run(program("pdftohtml"), "-xml", "-i", "-hidden", "-stdout", "-zoom", str(ZOOM), str(pdf))
        tree = etree.fromstring(xml.encode(), etree.XMLParser(recover=True))
        sizes = {font.get("id"): float(font.get("size")) / ZOOM for font in tree.iter("fontspec")}
        self.letters: Counter[float] = Counter()
        self.small: list[str] = []
        for line in tree.iter("text"):
            words = "".join(line.itertext())
            size = sizes[line.get("font")]
            self.letters[size] += len(re.sub(r"\s", "", words))
            if size < POINTS - 1 / ZOOM:
                self.small.append(words.strip())


def run(*command: str) -> str:
    """The output of a program as text."""
    return subprocess.run(command, capture_output=True, check=True).stdout.decode("utf-8", "replace")


def bare(words: str) -> str:
    """Words without spaces and signs that a printer may change."""
    return re.sub(r"[\s\u00ad\u200b\u2010-\u2015-]+", "", words)


def print_it(page: Page, folder: Path) -> Paper:
    """Print as the browser's own dialog would, without a heading line of its own."""
    file = folder / "page.pdf"
    page.pdf(path=file, format="A4", prefer_css_page_size=True, print_background=False)
    return Paper(file)


@pytest.fixture
def printed(open_page: OpenPage, address: str, tmp_path: Path) -> tuple[Page, Paper]:
    """A page on the screen, and on paper."""
    page = open_page(address)
    return page, print_it(page, tmp_path)


def test_printed(printed: tuple[Page, Paper]) -> None:
    """No sheet is empty, no heading stands alone at a foot, words are large enough, and addresses of links are there."""
    page, paper = printed
    faults = [
        f"sheet {number} of {len(paper.sheets)} is empty"
        for number, sheet in enumerate(paper.sheets, 1)
        if not bare(sheet)
    ]
    headings = [bare(text) for text in page.locator("main :is(h1, h2, h3, h4, h5, h6)").all_text_contents()]
    headings = [heading.removesuffix("¶") for heading in headings]
    for number, sheet in enumerate(paper.sheets[:-1], 1):
        last = next((bare(line) for line in reversed(sheet.splitlines()) if bare(line)), "")
        if last and last in headings:
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
    faults += [f"the address of a link is not printed: {link}" for link in missing]
    assert not faults, compact(faults)


def test_only_the_content_is_printed(open_page: OpenPage, address: str) -> None:
    """Buttons and navigation do nothing on paper."""
    page = open_page(address)
    page.emulate_media(media="print")
    shown = page.evaluate(
        """() => [...document.querySelectorAll("nav, button, input, select, [role=search], .headerlink, .md-top, .md-skip")]
            .filter((element) => element.checkVisibility({visibilityProperty: true, opacityProperty: true})
                && element.getBoundingClientRect().height > 1 && element.getBoundingClientRect().width > 1)
            .map((element) => element.outerHTML.slice(0, 90))"""
    )
    assert not shown, compact(shown)


def test_dark_pages_print_dark_on_white(open_page: OpenPage, address: str) -> None:
    """Nobody prints a black sheet; and light words on white paper cannot be read."""
    page = open_page(address, color_scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    page.wait_for_timeout(200)
    colours = page.evaluate(
        """() => ["article", "article h1", "article p", "article a[href]"].map((name) => document.querySelector(name))
            .filter(Boolean).map((element) => getComputedStyle(element).color)"""
    )
    assert colours
    for colour in colours:
        red, green, blue = (float(part) for part in re.findall(r"[\d.]+", colour)[:3])
        assert 0.2126 * red + 0.7152 * green + 0.0722 * blue < 128, f"{colour} on white paper"
