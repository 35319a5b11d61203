"""What tools can judge: axe-core in both colour schemes and at both widths, and the Nu HTML checker."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Page

from browser.questions import axe, compact, open_drawer, open_search, settle, type_search
from browser.tools import package, program
from browser.windows import Windows

SCHEMES = ("light", "dark")
widths = pytest.mark.parametrize("narrow", [False, True], ids=["1280", "320"])
ABOUT = "By eye"


# What opens out of the header. Below it the page is as before, and its colours in dark were judged when nothing was open: so while
# something is open, the whole page is judged in light, and only what is open once more in dark.
PANELS = "header, #site-nav"


def rule_faults(page: Page, panels: str = "") -> list[str]:
    """What axe-core finds on the page as it is now, for a reader who prefers light and one who prefers dark: there only in `panels`, if named."""
    found = []
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        settle(page)
        found += [f"{scheme}: {fault}" for fault in axe(page, within=panels if scheme == "dark" else "")]
    return found


@pytest.mark.claim(ABOUT, "axe-core finds no fault in light or dark colours, on a wide or a narrow screen.")
@widths
def test_axe(windows: Windows, address: str, narrow: bool) -> None:
    """As the page comes, and with all details open: what is closed is not judged."""
    page = windows.page(address, narrow=narrow)
    found = rule_faults(page)
    if page.locator("details:not([open])").count():
        page = windows.page(address, narrow=narrow, alone=True)
        page.evaluate("document.querySelectorAll('details').forEach((details) => { details.open = true })")
        found += [f"details open, {fault}" for fault in rule_faults(page)]
    assert not found, compact(found)


@pytest.mark.frame
@pytest.mark.claim(ABOUT, "The same holds while the menu is open, and while search shows results.")
def test_axe_with_the_drawer_open(windows: Windows, address: str) -> None:
    page = windows.page(address, narrow=True, alone=True)
    open_drawer(page)
    found = rule_faults(page, PANELS)
    assert not found, compact(found)


@pytest.mark.frame
@pytest.mark.claim(ABOUT, "The same holds while the menu is open, and while search shows results.")
@widths
def test_axe_with_search_results(windows: Windows, address: str, narrow: bool) -> None:
    page = windows.page(address, narrow=narrow, alone=True)
    open_search(page)
    type_search(page, "money")
    found = rule_faults(page, PANELS)
    assert not found, compact(found)


def html_faults(folder: Path) -> list[str]:
    """What the Nu HTML checker says of all pages in a folder, in one run: starting Java takes longer than checking."""
    command = [program("java"), "-Xss8m", "-jar", str(package("vnu-jar/build/dist/vnu.jar"))]
    result = subprocess.run(
        [*command, "--skip-non-html", "--format", "json", "--exit-zero-always", str(folder)],
        capture_output=True,
        text=True,
        check=True,
    )
    faults: dict[str, list[str]] = {}
    for message in json.loads(result.stderr)["messages"]:
        if message["type"] != "info":
            file = Path(message.get("url", "").removeprefix("file:")).relative_to(folder)
            faults.setdefault(message["message"], []).append(f"{file}:{message.get('lastLine')}")
    return [f"{len(places)} x {words} First: {places[0]}" for words, places in faults.items()]


@pytest.mark.claim("In the code and the words of the pages", "The Nu HTML Checker finds no error in any page.")
def test_every_page_is_valid_html(folder: Path) -> None:
    faults = html_faults(folder)
    assert not faults, compact(faults)
