"""Reading aloud, with a stand-in for the voices of a device: which voice, what is read in which order, the buttons, and the mark on the page."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from browser.questions import PATIENCE, ask, axe, compact, small_targets
from browser.tools import NARROW, WIDE
from browser.windows import WATCH, Windows
from conftest import ROOT

STAND_IN = Path(__file__).with_name("voices.js").read_text("utf-8")
LISTEN = "Listen to this page"
# What the page says as long as data/accessibility.yml has no test with readers.
UNTESTED = "This version has not yet been tested with readers."


def voice(name: str, lang: str, *, local: bool = True, default: bool = False) -> dict[str, Any]:
    """A voice as browsers describe it."""
    return {"name": name, "lang": lang, "localService": local, "default": default}


OWN = voice("own", "en-GB")
REMOTE = voice("remote", "en-GB", local=False, default=True)


@pytest.fixture(scope="module")
def context(windows: Windows) -> Iterator[BrowserContext]:
    """A browser with the stand-in."""
    made = windows.browser.new_context(locale="en-GB", viewport={"width": WIDE[0], "height": WIDE[1]})
    made.set_default_timeout(PATIENCE)
    made.add_init_script(WATCH)
    made.add_init_script(STAND_IN)
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A new page in it."""
    made = context.new_page()
    yield made
    assert made.evaluate("globalThis.refused ?? []") == []
    made.close()


def visit(page: Page, base: str, address: str = "summary/", voices: list[dict[str, Any]] | None = None) -> None:
    """Open a page on a device with these voices."""
    known = json.dumps([OWN] if voices is None else voices)
    page.add_init_script(f"standIn.voices = {known}")
    page.goto(base + address)


def said(page: Page) -> list[str]:
    """What the stand-in was given to read."""
    found: list[str] = page.evaluate("standIn.said.map(({text}) => text)")
    return found


def marked(page: Page) -> str:
    """The words that are marked on the page."""
    found: str = page.evaluate("[...(CSS.highlights.get('listened') ?? [])].map(String).join('|')")
    return re.sub(r"\s+", " ", found)


def press(page: Page, name: str) -> None:
    """Press a button of the bar by its name."""
    page.get_by_role("group", name="Reading aloud").get_by_role("button", name=name, exact=True).click()


def read_through(page: Page) -> list[str]:
    """Press the button, and let the whole page be read."""
    page.evaluate("standIn.byItself = true")
    press(page, LISTEN)
    expect(page.get_by_role("button", name=LISTEN)).to_be_visible()
    return said(page)


@pytest.mark.parametrize(
    "voices",
    [[], [REMOTE], [voice("hen", "cy-GB"), voice("tom", "fr-FR")], [{"name": "silent on where", "lang": "en-GB"}]],
    ids=["none", "remote", "other languages", "not said to be local"],
)
def test_without_a_voice_of_its_own_there_is_no_button(page: Page, base: str, voices: list[dict[str, Any]]) -> None:
    visit(page, base, voices=voices)
    expect(page.get_by_role("heading", name="Summary", exact=True)).to_be_visible()
    assert page.locator(".listen").count() == 0


def test_voices_may_come_late_and_go_again(page: Page, base: str) -> None:
    visit(page, base, voices=[])
    change = "(voices) => { standIn.voices = voices; speechSynthesis.onvoiceschanged(); }"
    page.evaluate(change, [REMOTE, OWN])
    press(page, LISTEN)
    page.evaluate(change, [REMOTE, OWN])
    assert page.locator(".listen").count() == 1
    page.evaluate(change, [REMOTE])
    assert page.locator(".listen").count() == 0
    assert page.evaluate("standIn.current") is None


@pytest.mark.parametrize(
    ("voices", "chosen"),
    [
        ([voice("us", "en-US", default=True), voice("gb", "en_GB")], "gb"),
        ([voice("one", "en-GB"), voice("theirs", "en-GB", default=True)], "theirs"),
        ([REMOTE, voice("fr", "fr-FR", default=True), voice("in", "en-IN")], "in"),
    ],
)
def test_a_british_voice_comes_first(page: Page, base: str, voices: list[dict[str, Any]], chosen: str) -> None:
    visit(page, base, voices=voices)
    press(page, LISTEN)
    assert page.evaluate("standIn.said[0].voice") == chosen


def test_nothing_is_read_before_a_press_and_nothing_after_the_page_was_left(page: Page, base: str) -> None:
    visit(page, base)
    expect(page.get_by_role("button", name=LISTEN)).to_be_visible()
    assert said(page) == []
    press(page, LISTEN)
    assert said(page) == ["Summary"]
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
    assert page.evaluate("standIn.current") is None
    assert marked(page) == ""
    expect(page.get_by_role("button", name=LISTEN)).to_be_visible()


def test_pause_keeps_the_place_and_stop_begins_anew(page: Page, base: str) -> None:
    visit(page, base)
    page.get_by_role("button", name=LISTEN).focus()
    page.keyboard.press("Enter")
    page.evaluate("standIn.end()")
    first = said(page)[1]
    page.keyboard.press("Enter")  # the focus is on what is now "Pause"
    expect(page.get_by_role("button", name="Go on", exact=True)).to_be_focused()
    assert page.evaluate("standIn.current") is None
    assert marked(page) == first
    page.keyboard.press("Enter")
    assert said(page)[2:] == [first]
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Go on", exact=True)).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Stop", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name=LISTEN)).to_be_focused()
    expect(page.get_by_role("button", name="Stop", exact=True)).to_be_hidden()
    assert marked(page) == ""
    press(page, LISTEN)
    assert said(page)[3:] == ["Summary"]
    assert page.locator(".listen [role=status]").inner_text() == ""


def test_a_voice_that_fails_is_told_once(page: Page, base: str) -> None:
    visit(page, base)
    press(page, LISTEN)
    page.evaluate("standIn.fail('synthesis-failed')")
    expect(page.locator(".listen [role=status]")).to_have_text("Your device could not read this aloud.")
    expect(page.get_by_role("button", name=LISTEN)).to_be_visible()


def of_the_source(text: str) -> str:
    """The words of the easier version in docs/, without what is for the screen alone."""
    body = text.split("\n---\n", 1)[1].replace("<!-- evidence: reader-tests -->", UNTESTED)
    body = re.sub(r"^## [^\n]*\.screen-only \}\n.*?(?=^## |\Z)", "", body, flags=re.S | re.M)
    body = re.sub(r"^[^\n]+\n\{ \.screen-only \}$", "", body, flags=re.M)
    body = re.sub(r"<[^>]*>|\{[^}]*\}|^#+ |\*\*", "", body, flags=re.M)
    return re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", body)


def test_the_easier_version_is_read_whole_and_in_order(page: Page, base: str) -> None:
    visit(page, base, "easier/")
    read = read_through(page)
    assert len(read) > 300
    assert " ".join(read).split() == of_the_source((ROOT / "docs/easier.md").read_text("utf-8")).split()


def test_citations_notes_and_what_ends_the_page_are_not_read(page: Page, base: str) -> None:
    visit(page, base)
    picture = '<p>Before <img alt="Two people" src="data:,"> after, says Dr. Lee (e.g. here). New.</p>'
    page.evaluate("(picture) => document.getElementById('in-short').insertAdjacentHTML('afterend', picture)", picture)
    read = read_through(page)
    assert read[:7] == [
        *("Summary", "What was found, in short", "Before", "Two people.", "after, says Dr. Lee (e.g. here)."),
        *("New.", "Lived experience is what you know because it happened to you."),
    ]
    growth = "In recent decades, involving people with lived experience has become much more important in UK health and social care."
    assert read[read.index("Growth of involvement") + 1] == growth
    words = " ".join(read)
    names = ("Ocloo", "Loeffler", "not traced", "(20", "sources, all", "Editor's note", "On this page", "Reading time")
    assert [name for name in names if name in words] == []
    assert "()" not in words and "¶" not in words
    assert read[-1].endswith("by IMPACT (Improving Adult Care Together).")
    headings = page.locator("article :is(h2, h3):not([data-search-exclude])").all_inner_texts()
    assert [line for line in read if line in headings] == headings


def test_without_means_of_their_own_old_browsers_cut_and_mark_too(page: Page, base: str) -> None:
    page.add_init_script("delete globalThis.Highlight; delete Intl.Segmenter")
    visit(page, base, "easier/")
    read = read_through(page)
    assert " ".join(read).split() == of_the_source((ROOT / "docs/easier.md").read_text("utf-8")).split()
    assert len(read) > 300
    page.evaluate("standIn.byItself = false")
    press(page, LISTEN)
    page.evaluate("standIn.end(), standIn.end()")
    assert page.locator(".listened").all_inner_texts() == [UNTESTED]
    press(page, "Stop")
    assert page.locator(".listened").count() == 0


def test_the_mark_is_kept_in_view_but_not_against_who_scrolls_away(page: Page, base: str) -> None:
    visit(page, base)
    top = """() => [...CSS.highlights.get("listened")][0].getBoundingClientRect().top"""
    press(page, LISTEN)
    for _ in range(60):
        page.evaluate("standIn.end()")
        below = page.evaluate("document.querySelector('.listen').getBoundingClientRect().bottom")
        assert below <= page.evaluate(top) < WIDE[1]
        assert marked(page).startswith(said(page)[-1].split(" (")[0][:20])
    page.evaluate("scrollTo({ top: 0, behavior: 'instant' })")
    page.evaluate("standIn.end()")
    assert page.evaluate("scrollY") == 0
    press(page, "Pause")
    press(page, "Go on")
    assert 0 < page.evaluate(top) < WIDE[1]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["1280", "320"])
def test_the_buttons_keep_the_rules(page: Page, base: str, scheme: Any, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.emulate_media(color_scheme=scheme)
    visit(page, base, "")
    press(page, LISTEN)
    faults = axe(page) + ask(page, "probe.sideways") + ask(page, "probe.cut") + small_targets(page, ".listen button")
    assert not faults, compact(faults)
    page.emulate_media(media="print")
    expect(page.locator(".listen")).to_be_hidden()


def test_pages_that_do_not_say_so_have_no_part_of_it(windows: Windows) -> None:
    page = windows.page("glossary/")
    assert page.locator("#listen, [src*='listen.js']").count() == 0
    plain = windows.page("summary/", script=False)
    assert plain.locator("button", has_text=LISTEN).count() == 0
