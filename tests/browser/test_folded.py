"""What is folded until a reader presses it: editor's notes, and the meanings of hard words."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from browser.questions import axe, compact, settle
from browser.test_paper import bare, print_it
from browser.windows import Windows

WALES, ISSUE = "nations/wales/", "review/issue/"
scripts = pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])


def open_notes(page: Page) -> int:
    return page.locator("details.editor-note[open]").count()


@scripts
def test_a_note_is_one_line_until_it_is_pressed(windows: Windows, script: bool) -> None:
    page = windows.page(ISSUE, script=script, alone=True)
    note = page.locator("details.editor-note").first
    expect(note.locator("summary")).to_be_visible()
    expect(note.locator("p").first).to_be_hidden()
    assert open_notes(page) == 0
    note.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(note.locator("p").first).to_be_visible()
    page.keyboard.press("Enter")
    expect(note.locator("p").first).to_be_hidden()


def test_the_sign_in_the_text_opens_its_note_each_time(windows: Windows) -> None:
    page = windows.page(WALES, alone=True)
    sign = page.locator("a.note-link").first
    note = page.locator(sign.get_attribute("href") or "")
    assert (sign.get_attribute("aria-label") or "").endswith(f": {note_title(note.inner_text())}")
    for _ in range(2):
        sign.focus()
        page.keyboard.press("Enter")
        expect(note.locator("p").first).to_be_visible()
        expect(note.locator("summary")).to_be_focused()
        assert open_notes(page) == 1
        page.keyboard.press("Enter")
        expect(note.locator("p").first).to_be_hidden()


def note_title(summary: str) -> str:
    """'Which hedge' of "Editor's note: Which hedge (22 November 2026)"."""
    return summary.partition("\n")[0].partition(": ")[2].partition(" (")[0]


def test_an_address_with_a_note_opens_it_and_so_does_a_link_into_it(windows: Windows) -> None:
    page = windows.page(WALES, alone=True)
    note, inside = page.evaluate(
        """() => { const cited = document.querySelector(".editor-note .citation"); return [cited.closest("details").id, cited.id] }"""
    )
    for name in (note, inside):
        page.goto("about:blank")
        page.goto(f"{windows.base}{WALES}#{name}")
        expect(page.locator(f"#{note} p").first).to_be_visible()
        assert open_notes(page) == 1


def test_without_a_script_the_sign_leads_to_the_line(windows: Windows) -> None:
    page = windows.page(WALES, script=False, alone=True)
    sign = page.locator("a.note-link").first
    sign.click()
    line = page.locator(f"{sign.get_attribute('href')} summary")
    expect(line).to_be_in_viewport()
    line.click()
    expect(page.locator(f"{sign.get_attribute('href')} p").first).to_be_visible()


@scripts
def test_on_paper_all_notes_are_open_and_on_screen_as_they_were(windows: Windows, tmp_path: Path, script: bool) -> None:
    page = windows.page(WALES, script=script, alone=True)
    notes = page.locator("details.editor-note [role=note]").all_text_contents()
    assert len(notes) > 2
    printed = bare("".join(print_it(page, tmp_path).sheets))
    for words in notes:
        assert bare(words)[:40] in printed
    assert open_notes(page) == 0


def words(page: Page) -> list[Locator]:
    """The hard words of a page that lead to its list."""
    found = page.locator("a.term").all()
    assert len(found) > 2
    return found


def meaning(page: Page, word: Locator) -> Locator:
    """The box that a word opens."""
    return page.locator(f"#{word.get_attribute('aria-controls')}")


def test_a_word_opens_its_meaning_below_its_paragraph_and_keeps_the_focus(windows: Windows) -> None:
    page = windows.page(ISSUE, alone=True)
    address = page.url
    for word in words(page):
        assert word.get_attribute("aria-expanded") == "false"
        expect(meaning(page, word)).to_have_count(0)
        listed = page.locator(f"{word.get_attribute('href')} + dd").inner_text()
        word.focus()
        page.keyboard.press("Enter")
        expect(meaning(page, word)).to_contain_text(listed)
        expect(word).to_be_focused()
        assert word.get_attribute("aria-expanded") == "true"
        assert word.evaluate(
            "(word) => word.closest('p, li').contains(document.querySelector('.meaning')) || word.closest('p').nextElementSibling.matches('.meaning')"
        )
        page.keyboard.press("Enter")
        expect(meaning(page, word)).to_have_count(0)
        assert word.get_attribute("aria-expanded") == "false"
    assert page.url == address


def test_escape_closes_a_meaning_and_the_focus_goes_to_its_word(windows: Windows) -> None:
    page = windows.page(ISSUE, alone=True)
    first, second, *_ = words(page)
    first.click()
    second.click()
    meaning(page, first).locator("a").focus()
    page.keyboard.press("Escape")
    expect(meaning(page, first)).to_have_count(0)
    expect(first).to_be_focused()
    expect(meaning(page, second)).to_be_visible()
    page.keyboard.press("Escape")
    expect(meaning(page, second)).to_have_count(0)


def test_pointing_at_a_word_opens_nothing(windows: Windows) -> None:
    page = windows.page(ISSUE, alone=True)
    words(page)[0].hover()
    page.wait_for_timeout(300)
    expect(page.locator(".meaning")).to_have_count(0)


def test_without_a_script_a_word_leads_to_the_list(windows: Windows) -> None:
    page = windows.page(ISSUE, script=False, alone=True)
    word = words(page)[1]
    word.click()
    expect(page.locator(f"{word.get_attribute('href')} + dd")).to_be_in_viewport()


def test_on_paper_the_list_says_what_the_words_mean(windows: Windows, tmp_path: Path) -> None:
    page = windows.page(ISSUE, alone=True)
    words(page)[0].click()
    meanings = page.locator(".words dd").all_text_contents()
    printed = bare("".join(print_it(page, tmp_path).sheets))
    # A line of a meaning can stand beside a word that takes two lines, so only how each begins is looked for.
    assert [words for words in meanings if printed.count(bare(words)[:30]) != 1] == []


@pytest.mark.parametrize("narrow", [False, True], ids=["1280", "320"])
def test_what_is_opened_keeps_the_rules(windows: Windows, narrow: bool) -> None:
    page = windows.page(ISSUE, narrow=narrow, alone=True)
    for line in [*page.locator(".editor-note > summary").all(), *words(page)]:
        line.click()
    settle(page)
    faults = axe(page)
    assert not faults, compact(faults)
