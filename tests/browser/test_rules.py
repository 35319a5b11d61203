"""What tools can judge: axe-core in both colour schemes and at both widths, and the Nu HTML checker."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Page

from browser.conftest import OpenPage
from browser.tools import NARROW, axe, compact, open_drawer, open_search, package, program, type_search

SCHEMES = ("light", "dark")


def in_both_schemes(page: Page, name: str = "") -> list[str]:
    """What axe-core finds, for a reader who prefers light and one who prefers dark."""
    found = []
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        page.wait_for_timeout(100)
        found += [f"{name}{scheme}: {fault}" for fault in axe(page)]
    return found


def test_axe(open_page: OpenPage, address: str) -> None:
    """At both widths, with all details open: what is closed is not judged."""
    page = open_page(address)
    page.evaluate("document.querySelectorAll('details').forEach((details) => { details.open = true })")
    found = in_both_schemes(page, "1280, ")
    page.set_viewport_size({"width": NARROW[0], "height": NARROW[1]})
    page.wait_for_timeout(100)
    found += in_both_schemes(page, "320, ")
    assert not found, compact(found)


def test_axe_with_the_drawer_open(open_page: OpenPage, address: str) -> None:
    page = open_page(address, narrow=True)
    open_drawer(page)
    found = in_both_schemes(page)
    assert not found, compact(found)


@pytest.mark.parametrize("narrow", [False, True], ids=["1280", "320"])
def test_axe_with_search_results(open_page: OpenPage, address: str, narrow: bool) -> None:
    page = open_page(address, narrow=narrow)
    open_search(page)
    type_search(page, "money")
    page.wait_for_timeout(200)
    found = in_both_schemes(page)
    assert not found, compact(found)


def test_every_page_is_valid_html(folder: Path) -> None:
    """All pages in one run, as starting Java takes longer than checking."""
    command = [program("java"), "-Xss8m", "-jar", str(package("vnu-jar/build/dist/vnu.jar"))]
    result = subprocess.run(
        [*command, "--skip-non-html", "--format", "json", "--exit-zero-always", str(folder)],
        capture_output=True,
        text=True,
        check=True,
    )
    messages = json.loads(result.stderr)["messages"]
    faults: dict[str, list[str]] = {}
    for message in messages:
        if message["type"] != "info":
            place = (
                f"{Path(message.get('url', '').removeprefix('file:')).relative_to(folder)}:{message.get('lastLine')}"
            )
            faults.setdefault(message["message"], []).append(place)
    assert not faults, compact([f"{len(places)} x {words} First: {places[0]}" for words, places in faults.items()])
