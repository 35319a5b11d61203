"""The kit for testing with readers names only fields and pages that there are, and its example is taken as it stands."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path
from typing import get_args

import pytest

from conftest import ROOT
from evidence.model.accessibility import Accessibility, Assessment, Gap, Group, Help, Session
from evidence.site.loading import load
from made_up import PAGE, review

KIT = (ROOT / "docs-dev/reader-tests.md").read_text("utf-8")
FIELDS = {field.name for record in (Accessibility, Assessment, Gap, Session) for field in fields(record)}
EXAMPLE = re.findall(r"```yaml\n(.*?)```", KIT, re.DOTALL)


def cells(head: str) -> list[list[str]]:
    """The rows of each table that begins with this cell."""
    tables = re.findall(rf"^\| {re.escape(head)} \|.*\n\|[ |-]+\n((?:\|.*\n)+)", KIT, re.MULTILINE)
    return [[cell.strip() for cell in row.strip("|").split("|")] for table in tables for row in table.splitlines()]


def test_each_field_that_it_names_is_one() -> None:
    told = cells("on the sheet") + [row[::-1] for row in cells("field")]
    named = {name for row in told for name in re.findall(r"^`([a-z]+)`$", row[1])}
    assert len(named) >= 12
    assert named <= FIELDS
    # What a person fills in is all that a record of a test, or of what it found, has to have.
    assert {"held", "groups", "help", "disabled", "pages", "what", "instead", "used", "by"} <= named


def test_each_page_that_it_names_is_there() -> None:
    site = load(ROOT)
    named = set(re.findall(r"`([a-z0-9/-]+\.md)`", KIT))
    assert len(named) > 12
    assert named - {*site.pages, *dict(site.addresses())} == set()


def test_there_are_tasks_for_each_group() -> None:
    rows = cells("id")
    assert {row[1] for row in rows} == set(get_args(Group))
    assert len({row[0] for row in rows}) == len(rows) >= 10
    for _, _, words, begins, ends in rows:
        assert words.endswith((".", "?"))
        assert begins.endswith(".md`")
        assert ends.endswith(".md`")


def test_the_sheet_has_every_help_that_the_file_knows() -> None:
    asked = next(row[0].lower() for row in cells("on the sheet") if row[1] == "`help`")
    assert [name for name in get_args(Help) if name not in asked] == []


def test_its_example_is_sound_and_shown(tmp_path: Path) -> None:
    page = f"{PAGE}<!-- evidence: accessibility people -->\n\n<!-- evidence: accessibility gaps -->\n"
    others = {
        name: PAGE.replace("Home", name.title()).replace("A page", name.title()) for name in ("easier", "summary")
    }
    pages = {f"docs/{name}.md": text for name, text in others.items()}
    [text] = EXAMPLE
    site = review(tmp_path, {"docs/index.md": page, "data/accessibility.yml": text, **pages})
    assert site.problems == ()
    shown = " ".join(site.resolved("index.md").markdown().split())
    assert "27 November 2026: 5 readers (network members)." in shown
    assert "The link to print the easier version was not found." in shown


@pytest.mark.parametrize("part", ["Before", "Consent, in plain words", "Tasks", "The sheet to fill in"])
def test_it_has_its_parts(part: str) -> None:
    assert f"\n## {part}\n" in KIT


def test_consent_says_what_people_need_to_know_in_short_sentences() -> None:
    consent = " ".join(line.lstrip("> -") for line in KIT.splitlines() if line.startswith(">"))
    for words in ("stop", "paid", "name", "break", "what was found"):
        assert words in consent
    assert [said for said in re.split(r"(?<=[.?!:])\s+", consent) if len(said.split()) > 25] == []
