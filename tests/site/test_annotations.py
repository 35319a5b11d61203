"""Problems in the words of those who show a proposed change: GitHub reads lines, GitLab a file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evidence.model.base import Location, Problem
from evidence.site import annotations
from evidence_cli.__main__ import main
from made_up import AFTER, PAGE, review

SETTINGS = {"mkdocs.yml": "site_name: A\nplugins: [bibtex]\n"}
SLIP = Problem(Location("docs/a, b: c.md", 3), "50 % is wrong,\nand: more")
NOTICE = Problem(Location("bibliography.bib", 8), "not cited", notice=True)


def test_github_gets_a_line_for_each_with_its_own_signs_escaped() -> None:
    assert list(annotations.for_github([SLIP, NOTICE])) == [
        "::error file=docs/a%2C b%3A c.md,line=3::50 %25 is wrong,%0Aand: more",
        "::notice file=bibliography.bib,line=8::not cited",
    ]


def test_gitlab_gets_a_file_in_which_each_is_told_apart_by_its_words() -> None:
    lower = Problem(Location(SLIP.where.path, 9), SLIP.message)
    first, notice, second = json.loads(annotations.for_gitlab([SLIP, NOTICE, lower]))
    assert first["location"] == {"path": "docs/a, b: c.md", "lines": {"begin": 3}}
    assert (first["description"], first["severity"]) == (SLIP.message, "major")
    assert notice["severity"] == "info"
    assert len({entry["fingerprint"] for entry in (first, notice, second)}) == 3
    (moved,) = json.loads(annotations.for_gitlab([lower]))
    assert moved["fingerprint"] == first["fingerprint"], "the same slip on another line is the same slip"


def test_a_check_tells_the_service_beside_what_it_tells_people(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, line = tmp_path, AFTER + 2
    review(folder, {"docs/index.md": PAGE + "\nSee [@nobody2020].\n"})
    assert main(["--root", str(folder), "check", "--on", "github"]) == 1
    told, said = capsys.readouterr()
    assert f"::error file=docs/index.md,line={line}::citation of 'nobody2020': no such reference" in told
    assert f"docs/index.md:{line}: citation of 'nobody2020': no such reference" in said
    assert main(["--root", str(folder), "check", "--on", "gitlab"]) == 1
    (entry,) = json.loads((folder / annotations.CODE_QUALITY).read_text("utf-8"))
    assert entry["location"] == {"path": "docs/index.md", "lines": {"begin": line}}


def test_a_check_without_a_problem_tells_the_service_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = review(tmp_path, SETTINGS).root
    assert main(["--root", str(folder), "check", "--on", "gitlab"]) == 0
    assert json.loads((folder / annotations.CODE_QUALITY).read_text("utf-8")) == []
    assert main(["--root", str(folder), "check", "--on", "github"]) == 0
    assert "::" not in capsys.readouterr().out
