"""The matrix of hostile input: every case ends in problems that name the right file and line, or in none where there is nothing wrong.

Each case is run by `hostile.runner` within 10 seconds of processor time and 1 GB of memory; `pytest -s` prints the worst of both.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import ROOT
from evidence.text.limits import page_faults
from hostile import bibliographies, data_files, pages, svg_files
from hostile.cases import SITE, Case, encodings
from hostile.runner import BYTES, SECONDS, Ran, Runner

CASES = [*encodings(), *bibliographies.cases(), *data_files.cases(), *pages.cases(), *svg_files.cases()]
PLACE = re.compile(r"[\w./-]+:\d+: \S.*")
worst: dict[str, tuple[float, str]] = {"seconds": (0, ""), "MB": (0, "")}


@pytest.fixture(scope="module")
def runner() -> Iterator[Runner]:
    made = Runner(ROOT / "hooks", ROOT / "tests")
    yield made
    made.close()
    print(f"\n{len(CASES)} cases; the worst: {worst}")


@pytest.fixture
def review(tmp_path: Path) -> Path:
    """A copy of the small review, with a site that an earlier build left there."""
    copy = tmp_path / "meadow"
    shutil.copytree(SITE, copy, ignore=shutil.ignore_patterns(".cache"))
    settings = (copy / "mkdocs.yml").read_text("utf-8")
    (copy / "mkdocs.yml").write_text(settings.replace("not_in_nav: |\n", "not_in_nav: |\n  /odd.md\n"), "utf-8")
    (copy / "site").mkdir()
    (copy / "site/index.html").write_text("the site of yesterday", "utf-8")
    return copy


def noted(ran: Ran, name: str) -> None:
    worst["seconds"] = max(worst["seconds"], (ran.seconds, name))
    worst["MB"] = max(worst["MB"], (ran.peak_mb, name))
    assert "Traceback" not in ran.err, ran.err[-2000:]
    assert ran.code in (0, 1), f"ended by signal {-ran.code} after {ran.seconds} seconds"
    assert ran.seconds < SECONDS
    assert ran.peak_mb * (1 << 20) < BYTES


def test_no_two_cases_have_one_name() -> None:
    assert len({case.id for case in CASES}) == len(CASES) > 300


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_a_case_ends_in_problems_with_their_place_or_in_none(case: Case, review: Path, runner: Runner) -> None:
    case.write(review)
    ran = runner("--root", review, "check")
    noted(ran, case.id)
    assert ran.code == bool(case.problems), ran.err[:2000]
    told = ran.err.splitlines()
    for problem in case.problems:
        assert any(line.startswith(problem) for line in told), told[:20]
    # All but the count at the end, and what the cap of the report says, has a place; and no line is a flood.
    for line in told:
        assert PLACE.match(line) or re.match(r"[\d,]+ problems? found|  ?\.\.\.|\S.* (and|more) ", line), line[:500]
        assert len(line) < 1_000, line[:500]
    assert (review / "site/index.html").read_text("utf-8") == "the site of yesterday"


@pytest.mark.needs("much time")
@pytest.mark.parametrize(("name", "text"), list(pages.allowed()), ids=lambda value: value if len(value) < 60 else "")
def test_a_page_at_the_limits_is_worked_on_in_time(name: str, text: str, review: Path, runner: Runner) -> None:
    """Whatever the engine lets through, Python-Markdown must manage as well."""
    page = review / "docs/odd.md"
    page.write_text(text, "utf-8")
    noted(runner("--root", review, "check"), name)
    if not list(page_faults(text)):
        ran = runner("markdown", page)
        noted(ran, name)
        assert ran.code == 0
        assert ran.out


def test_what_is_no_file_is_told(review: Path, runner: Runner) -> None:
    import os  # noqa: PLC0415

    os.mkfifo(review / "data/questions.yml")
    (review / "data/glossary.yml").symlink_to("/dev/zero")
    (review / "data/sources-checked.yml").symlink_to("sources-checked.yml")
    (review / "docs/loop").symlink_to(".")
    (review / "docs/gone.md").symlink_to("nowhere.md")
    ran = runner("--root", review, "check")
    noted(ran, "odd files")
    assert ran.err.splitlines() == [
        "data/glossary.yml:1: this is no ordinary file; put a text file in its place",
        "data/questions.yml:1: this is no ordinary file; put a text file in its place",
        "data/sources-checked.yml:1: this file cannot be read: Too many levels of symbolic links",
        "docs/gone.md:1: this file cannot be read: No such file or directory",
        "4 problems found; other checks wait until they can be read.",
    ]
