"""How a site is kept up: what is new, and what was checked when, as the data say it and no more."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import Built
from made_up import AFTER, PAGE, note, places, review

DATA = {
    "data/editorial.yml": note(id="F1", severity="update", title="A newer law")
    + note(id="F2", severity="gap", title="A gap"),
    "data/tested.yml": "date: '2026-03-01'\npages: 3\ntools: []\nclaims: []\n",
    "data/accessibility.yml": "written: 2026-01-01\nreviewed: 2026-02-02\n"
    "sessions:\n  - {id: first, held: 2026-04-04, people: 5, groups: [members], pages: [index.md]}\n",
    "data/sources-checked.yml": "addresses:\n"
    "  - {address: 'https://a.example/', status: works, checked: '2026-05-05'}\n"
    "  - {address: 'https://b.example/', status: works, checked: '2026-05-06'}\n",
    "CHANGELOG.md": "# Changes\n\n## 1.0.0 - 2026-06-06\n\n### Content\n\n- One.\n",
}


def shown(root: Path, part: str, files: dict[str, str]) -> str:
    site = review(root, files | {"docs/index.md": PAGE + f"\n<!-- evidence: kept-up {part} -->\n"})
    assert [str(problem) for problem in site.problems] == []
    return site.resolved("index.md").markdown()


def test_what_is_new_are_the_notes_that_say_so(tmp_path: Path) -> None:
    text = shown(tmp_path, "new", DATA)
    assert "- [A newer law](audit/index.md#f1)" in text
    assert "A gap" not in text
    assert "No editor's note says that something has changed." in shown(tmp_path, "new", {"data/editorial.yml": "[]\n"})


def test_each_check_says_its_day(tmp_path: Path) -> None:
    text = shown(tmp_path, "checked", DATA)
    for line in (
        "- Links to the sources, and whether one was taken back: 5 May 2026 to 6 May 2026.",
        "- The site itself, by a computer: 1 March 2026.",
        "- The site, with readers: 4 April 2026.",
        "- The accessibility statement: 2 February 2026.",
        "- The last version: 6 June 2026.",
    ):
        assert line in text


def test_what_was_never_done_is_said_to_be_so(tmp_path: Path) -> None:
    text = shown(tmp_path, "checked", {})
    for line in (
        "- Pages: No page says when it was last checked.",
        "taken back: Nobody has asked about them yet.",
        "- The site itself, by a computer: No test results have been recorded yet.",
        "- The site, with readers: No test with readers has been held yet.",
        "- The last version: No version has been released yet.",
    ):
        assert line in text


@pytest.mark.parametrize("part", ["", "old", "new checked"])
def test_a_wrong_part_is_told(tmp_path: Path, part: str) -> None:
    files = {"docs/index.md": PAGE + f"\n<!-- evidence: kept-up {part} -->\n"}
    assert places(tmp_path, files) == [f"docs/index.md:{AFTER + 2}"]


@pytest.mark.needs("much time")
def test_the_page_is_in_the_menu_and_says_how_to_tell_us(real: Built) -> None:
    page = real.trees["about/kept-up/index.html"]
    assert page.xpath("//nav//a[normalize-space()='How this site is kept up']")
    words = " ".join(page.xpath("//article")[0].text_content().split())
    assert "No publisher has been set yet, so there is nobody to write to." in words
    for link in page.xpath("//article//a[contains(@href, 'audit/')]/@href"):
        assert real.trees["audit/index.html"].xpath("//*[@id=$id]", id=link.partition("#")[2]), link
