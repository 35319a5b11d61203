"""Narrow windows, wider spacing, other colours and no movement: nothing is lost for readers who need these."""

from __future__ import annotations

import pytest

from browser.conftest import OpenPage
from browser.tools import ask, axe, compact

# The spacing that WCAG 1.4.12 names; by a constructed sheet, which no Content-Security-Policy refuses.
SPACING = """() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
        p { margin-bottom: 2em !important }`);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}"""


def test_reflow(open_page: OpenPage, address: str) -> None:
    """320 pixels are a phone, or a desktop at 400%."""
    page = open_page(address, narrow=True)
    faults = ask(page, "probe.sideways") + ask(page, "probe.cut")
    assert not faults, compact(faults)


@pytest.mark.parametrize("narrow", [False, True], ids=["1280", "320"])
def test_text_spacing(open_page: OpenPage, address: str, narrow: bool) -> None:
    page = open_page(address, narrow=narrow)
    page.evaluate(SPACING)
    faults = ask(page, "probe.sideways") + ask(page, "probe.cut")
    assert not faults, compact(faults)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_forced_colours(open_page: OpenPage, address: str, scheme: str) -> None:
    """Icons are still seen, notes have a title in words, and text keeps its contrast."""
    page = open_page(address, forced_colors="active", color_scheme=scheme)
    assert page.evaluate("matchMedia('(forced-colors: active)').matches")
    faults = ask(page, "probe.lostIcons") + axe(page, ["color-contrast"])
    faults += page.evaluate(
        """() => [...document.querySelectorAll(".admonition, article details")]
            .filter((note) => !note.querySelector(".admonition-title, summary, h2, h3, h4")?.innerText.trim())
            .map((note) => `a note without a title: ${note.textContent.trim().slice(0, 60)}`)"""
    )
    assert not faults, compact(faults)


@pytest.mark.parametrize("narrow", [False, True], ids=["1280", "320"])
def test_reduced_motion(open_page: OpenPage, address: str, narrow: bool) -> None:
    """Nothing that moves takes longer than a tenth of a second."""
    page = open_page(address, narrow=narrow, reduced_motion="reduce")
    assert page.evaluate("matchMedia('(prefers-reduced-motion: reduce)').matches")
    faults = ask(page, "probe.moving")
    assert not faults, compact(faults)
