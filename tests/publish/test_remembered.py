"""Addresses of a released version are remembered by git: what is gone without a redirect is told, with the line that leads on."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from conftest import run
from evidence.site.loading import load
from evidence_cli.remembered import lost_addresses
from guided import block
from made_up import PAGE, SOUND, review

RELEASED = "# Changes\n\n## 1.0.0 - 2026-12-01\n\n### Content\n\n- The first pages.\n"
PACKS = "packs:\n  - id: long\n    title: Long\n    purpose: P.\n    parts:\n      - page: index.md\n  - id: short\n    title: Short\n    purpose: P.\n    parts:\n      - page: index.md\n"
FILES = {
    "CHANGELOG.md": RELEASED,
    "docs/review/old.md": PAGE,
    "docs/review/index.md": PAGE,
    "data/packs.yml": PACKS,
    "data/redirects.yml": "# Moved\nolder/: review/old.md\n",
}


def git(folder: Path, *command: str) -> None:
    result = run("git", "-c", "user.name=Ann", "-c", "user.email=ann@a.example", *command, cwd=folder)
    assert result.returncode == 0, result.stderr


@pytest.fixture
def released(tmp_path: Path) -> Path:
    """A review whose version 1.0.0 has a tag."""
    site = review(tmp_path, FILES)
    assert [str(problem) for problem in site.problems] == []
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-q", "-m", "One")
    git(tmp_path, "tag", "v1.0.0")
    return tmp_path


def told(folder: Path) -> list[str]:
    return [str(problem) for problem in lost_addresses(load(folder))]


def replaced(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def line(message: str) -> str:
    found = re.search(r"add the line '([^']+)'", message)
    assert found, message
    return found[1]


def test_the_line_for_a_name_with_other_letters_is_taken_and_none_is_asked_for_that_cannot_be(released: Path) -> None:
    for name in ("été à vélo", "what's new", "100%"):
        (released / f"docs/{name}.md").write_text(PAGE, "utf-8")
    git(released, "add", "-A")
    git(released, "commit", "-q", "-m", "Two")
    git(released, "tag", "-f", "v1.0.0")
    for name in ("été à vélo", "what's new", "100%"):
        (released / f"docs/{name}.md").unlink()
    lines = [message.partition("add the line '")[2].partition("'")[0] for message in told(released)]
    assert len(lines) == 2 and lines[1] == "été à vélo/: index.md"
    with (released / "data/redirects.yml").open("a", encoding="utf-8") as file:
        file.write("été à vélo/: index.md\nwhat's new/: index.md\n")
    assert told(released) == []
    assert [str(problem) for problem in load(released).problems] == []


def test_nothing_is_told_of_what_is_there(released: Path) -> None:
    assert told(released) == []
    replaced(released / "data/themes.yml", "title: ", "title: Other ")
    assert told(released) == []


@pytest.mark.parametrize("staged", [True, False], ids=["git mv", "renamed by hand"])
def test_a_page_that_was_renamed_gets_the_line_that_leads_on(released: Path, staged: bool) -> None:
    """And with it nothing more is told: the message can be followed word for word."""
    if staged:
        git(released, "mv", "docs/review/old.md", "docs/review/new.md")
    else:
        (released / "docs/review/old.md").rename(released / "docs/review/new.md")
    replaced(released / "data/redirects.yml", "review/old.md", "review/new.md")
    (message,) = told(released)
    assert message == (
        "data/redirects.yml:2: version 1.0.0 has the page 'review/old/', which is gone, and links to it lead nowhere; "
        "add the line 'review/old/: review/new.md'"
    )
    with (released / "data/redirects.yml").open("a") as file:
        file.write(line(message) + "\n")
    assert told(released) == []


def test_a_page_that_was_deleted_leads_to_what_stands_above_it(released: Path) -> None:
    (released / "docs/review/old.md").unlink()
    replaced(released / "data/redirects.yml", "review/old.md", "review/index.md")
    (message,) = told(released)
    assert message.endswith("add the line 'review/old/: review/index.md', or name the page that has its content now")


def test_ids_of_works_themes_and_papers_are_addresses_too(released: Path) -> None:
    for name in SOUND:
        file = released / name
        text = file.read_text("utf-8")
        file.write_text(
            text.replace("good2020", "better2021").replace("id: soil", "id: earth").replace('"soil"', '"earth"')
        )
    replaced(released / "data/packs.yml", PACKS[PACKS.index("  - id: short") :], "")
    assert {line(message) for message in told(released)} == {
        "themes/soil/: themes/earth.md",
        "discuss/packs/short/: index.md",
        "references/good2020/: references/better2021.md",
    }


def test_a_redirect_of_a_released_version_stays(released: Path) -> None:
    (released / "data/redirects.yml").write_text("# Moved\n")
    (message,) = told(released)
    assert line(message) == "older/: index.md"


def test_what_cannot_be_known_is_not_told(released: Path) -> None:
    (released / "docs/review/old.md").unlink()
    replaced(released / "CHANGELOG.md", "1.0.0", "2.0.0")
    assert told(released) == [], "2.0.0 has no tag yet, and there is no other version"
    replaced(released / "CHANGELOG.md", "2.0.0", "1.0.0")
    (released / "data/themes.yml").write_text("- id: [\n")
    assert told(released) == [], "what cannot be read is told alone"


def test_the_guide_shows_the_message(released: Path) -> None:
    shown = block("text", "Rename or delete a page")
    assert re.fullmatch(
        r"data/redirects\.yml:\d+: version \S+ has the page '[\w/-]+/', which is gone, and links to it lead nowhere; "
        r"add the line '[\w/-]+/: [\w/-]+\.md'\n",
        shown,
    )
