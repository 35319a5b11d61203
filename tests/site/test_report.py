"""Two levels of message: a problem stops the check and the build, a notice is told and stops nothing; many of a sort take a few lines."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import ROOT, SITES, run
from evidence.model.base import Location, Problem
from evidence.rules import Subject, checking
from evidence.site import report
from evidence_cli.__main__ import main
from made_up import AFTER, PAGE, review

WRONG = Problem(Location("docs/b.md", 2), "this is wrong")
ODD = Problem(Location("docs/a.md", 9), "this looks odd", notice=True)
SETTINGS = {"mkdocs.yml": "site_name: A\nplugins: [bibtex]\n"}
SCRIPT = """
import sys
from mkdocs.__main__ import cli
from evidence.model.base import Location, Problem
from evidence.rules import checking
def odd(subject):
    yield Problem(Location("docs/index.md", 3), "this looks odd", notice=True)
checking.RULES = (*checking.RULES, odd)
cli(["build", "--strict"])
"""


@pytest.fixture
def noticing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A rule that has a notice on every page."""

    def odd(subject: Subject) -> Iterator[Problem]:
        for document in subject.documents:
            yield Problem(document.where, "this looks odd", notice=True)

    monkeypatch.setattr(checking, "RULES", (*checking.RULES, odd))


def entries(number: int, notice: bool) -> list[Problem]:
    return [Problem(Location("x.bib", i), f"field 'keywords' of 'key{i}' is odd", notice) for i in range(1, number + 1)]


def test_a_notice_has_its_place_and_its_name() -> None:
    assert [str(WRONG), str(ODD)] == ["docs/b.md:2: this is wrong", "docs/a.md:9: notice: this looks odd"]


def test_problems_come_before_notices_and_both_are_counted() -> None:
    assert report([ODD, WRONG]) == [str(WRONG), str(ODD), "1 problem found, and 1 notice."]
    assert report([WRONG, WRONG]) == [str(WRONG), str(WRONG), "2 problems found."]
    assert report([ODD, ODD], looked_at=" in 2 pages") == [str(ODD), str(ODD), "No problems, 2 notices in 2 pages."]
    assert report([]) == ["No problems."]


def test_a_library_tells_a_few_lines_of_notices() -> None:
    lines = report(entries(5_000, notice=True))
    assert lines == [
        "x.bib:1: notice: field 'keywords' of 'key1' is odd",
        "x.bib:2: notice: field 'keywords' of 'key2' is odd",
        "x.bib:3: notice: field 'keywords' of 'key3' is odd",
        "x.bib: notice: and 4,997 more like 'field … of … is odd', in lines 4, 5, 6, 7, 8, 9, 10, 11, 12, 13 and so on",
        "No problems, 5,000 notices. To see each of them, run: make check-all",
    ]
    assert len(report(entries(5_000, notice=True), whole=True)) == 5_001


def test_many_notices_hide_no_problem() -> None:
    lines = report([*entries(100, notice=True), *entries(3, notice=False)])
    assert lines[:3] == [str(problem) for problem in entries(3, notice=False)]
    assert lines[-1] == "3 problems found, and 100 notices. To see each of them, run: make check-all"
    assert len(lines) == 8


@pytest.mark.usefixtures("noticing")
def test_a_check_tells_notices_and_ends_well(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert [str(notice) for notice in review(tmp_path, SETTINGS).notices] == ["docs/index.md:1: notice: this looks odd"]
    assert main(["--root", str(tmp_path), "check"]) == 0
    said = capsys.readouterr()
    assert said.out.splitlines() == [
        "docs/index.md:1: notice: this looks odd",
        "No problems, 1 notice in 1 page and 1 reference.",
    ]
    assert said.err == ""


@pytest.mark.usefixtures("noticing")
def test_a_check_with_a_problem_tells_both_and_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    site = review(tmp_path, SETTINGS | {"docs/index.md": PAGE + "##No space\n"})
    assert (len(site.problems), len(site.notices)) == (1, 1)
    assert main(["--root", str(tmp_path), "check"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert [line.partition(": ")[0] for line in said.err.splitlines()[:2]] == [
        f"docs/index.md:{AFTER + 1}",
        "docs/index.md:1",
    ]
    assert said.err.splitlines()[2:] == ["1 problem found, and 1 notice."]


def test_a_strict_build_tells_notices_and_ends_well(tmp_path: Path) -> None:
    copy = tmp_path / "a/b/meadow"
    shutil.copytree(SITES["meadow"], copy, ignore=shutil.ignore_patterns(".cache"))
    (tmp_path / "hooks").symlink_to(ROOT / "hooks")
    built = run(sys.executable, "-c", SCRIPT, cwd=copy, NO_MKDOCS_2_WARNING="1")
    assert built.returncode == 0, built.stderr
    assert re.findall(r"INFO .*notice: this looks odd", built.stderr) == [
        "INFO    -  evidence: docs/index.md:3: notice: this looks odd"
    ]
    assert (copy / "site/index.html").is_file()
