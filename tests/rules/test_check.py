"""What an editor is told: every rule on one awful review, and slips that must not pass in silence."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from conftest import ROOT, run
from evidence.site.loading import load
from evidence_cli.__main__ import main
from made_up import AFTER, PAGE, THEMES, note, places, told

BROKEN = ROOT / "tests/broken"
EXPECTED = (BROKEN / "expected.txt").read_text("utf-8").splitlines()


# One awful review


def test_every_slip_is_told_with_its_place_in_words_that_say_what_to_do() -> None:
    result = run(sys.executable, "-m", "evidence_cli", "--root", BROKEN, "check")
    notices = sum(": notice: " in line for line in EXPECTED)
    assert notices == 8
    assert result.stderr.splitlines() == [
        *EXPECTED,
        f"{len(EXPECTED) - notices} problems found, and {notices} notices.",
    ]
    assert (result.returncode, result.stdout) == (1, "")


# What makes things, and what takes long to load.
MAKERS = {
    *("rispy", "lxml", "markdown", "mkdocs", "jinja2", "textstat", "typst", "segno", "pypandoc"),
    *("concurrent.futures", "multiprocessing", "evidence.office", "evidence_mkdocs", "evidence_publish"),
}


def test_checking_makes_nothing() -> None:
    """It reads and judges; neither papers nor references in full are made, and no program for that is loaded."""
    load(ROOT)  # keeps the grades of pages, should nobody have asked for them yet
    command = "import sys; from evidence_cli.__main__ import main; main(['check']); print(*sys.modules)"
    said = run(sys.executable, "-c", command, cwd=ROOT)
    assert said.returncode == 0, said.stderr
    loaded = set(said.stdout.splitlines()[-1].split())
    assert "evidence.rules" in loaded
    assert MAKERS & loaded == set()


def test_a_sound_review_passes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert told(tmp_path, {}) == []
    assert main(["--root", str(tmp_path), "check"]) == 1
    assert capsys.readouterr().err.startswith("mkdocs.yml:1: this file is not there")
    assert told(tmp_path, {"mkdocs.yml": "site_name: A\nplugins: [bibtex]\n"}) == []
    assert main(["--root", str(tmp_path), "check"]) == 0
    assert capsys.readouterr() == ("No problems in 1 page and 1 reference.\n", "")


def test_a_folder_that_is_not_there_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["--root", str(tmp_path / "nowhere"), "check"])
    assert "nowhere is not a folder" in capsys.readouterr().err


# Slips in pages that must not pass in silence


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param("```\ncode that never ends\n", 1, id="fence never closed"),
        pytest.param("Words.\n\n<!-- evidence: note N1 ->\n", 3, id="directive never closed"),
        pytest.param("Words [see @good2020 p. 3].\n", 1, id="comma left out before a locator"),
        pytest.param("Words [see @good2020 and @good2020].\n", 1, id="'and' between two works"),
        pytest.param("Words [@good2020][@good2020].\n", 1, id="two brackets that touch"),
        pytest.param("Words [@good2020](see below).\n", 1, id="a bracket that became a link"),
        pytest.param("##No space\n\nWords.\n", 1, id="heading without a space"),
        pytest.param("Words\n-----\n\nMore.\n", 1, id="underlined heading"),
        pytest.param("[a]( javascript:alert)\n", 1, id="link with a space before it"),
        pytest.param("[a](javascript:alert('((1))'))\n", 1, id="link with brackets inside"),
        pytest.param("[a][b]\n\n[b]: javascript:alert\n", 3, id="link by reference"),
        pytest.param("He said “all of this is so.” [@good2020] Then he left.\n", 1, id="quotation before a citation"),
        pytest.param("He said ‘all of this isn’t so’ [@good2020].\n", 1, id="British quotation marks"),
        pytest.param("A line\u2028and one\x0cmore.\n\nUnknown [@goood2020].\n", 3, id="line number after odd breaks"),
        pytest.param("A line\u2028and one.\n\n## No id\n\nWords.\n", 3, id="line number of a heading after them"),
    ],
)
def test_a_slip_in_a_page_is_told_with_its_line(tmp_path: Path, text: str, line: int) -> None:
    assert places(tmp_path, {"docs/index.md": PAGE + text}) == [f"docs/index.md:{AFTER + line}"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Write to a@b.org, [c@d.org] or [send word to c@d.org].\n", id="e-mail addresses"),
        pytest.param("Three things were found [@good2020]: a, b and c.\n", id="colon after a citation"),
        pytest.param("```` and ``` are fences, `[@nobody]` is code.\n", id="code in a line"),
        pytest.param("```[@nobody]``` begins a line.\n", id="code of three backticks at the start of a line"),
        pytest.param("One ` stray.\n\nThen `[@nobody]` is code.\n", id="a stray backtick in an earlier paragraph"),
        pytest.param("- A list:\n\n        [@nobody]\n", id="indented code in a list"),
        pytest.param("<!--\n## An old heading\n\nOld words [@nobody].\n-->\n", id="a section commented out"),
        pytest.param('<abbr title="one two three">OTT</abbr> is so [@good2020].\n', id="an abbreviation's title"),
        pytest.param('Go [there](index.md "one two three") [@good2020].\n', id="a link's title"),
    ],
)
def test_what_is_right_is_not_called_wrong(tmp_path: Path, text: str) -> None:
    assert told(tmp_path, {"docs/index.md": PAGE + text}) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("data/themes.yml", THEMES.replace("What grows needs soil.", "'[a](javascript:alert)'")),
        ("data/editorial.yml", note(note="'[a](javascript:alert)'")),
    ],
)
def test_addresses_in_data_are_checked_like_those_in_pages(tmp_path: Path, name: str, text: str) -> None:
    assert places(tmp_path, {name: text}) == [f"{name}:1"]


@pytest.mark.parametrize("dated", ["soon", "2026-13-01", "2026-11"])
def test_a_wrong_date_is_told_even_where_a_page_shows_it(tmp_path: Path, dated: str) -> None:
    files = {
        "data/editorial.yml": note(note="Words.", dated=dated),
        "docs/index.md": PAGE + "<!-- evidence: note N1 -->\n",
    }
    assert told(tmp_path, files) == [f"data/editorial.yml:1: 'dated' of 'N1' is '{dated}'; write a date as 2026-11-22"]


@pytest.mark.parametrize("name", ["compare", "barriers", "nation north", "note N1"])
def test_a_directive_for_data_that_is_not_there_is_told(tmp_path: Path, name: str) -> None:
    assert places(tmp_path, {"docs/index.md": PAGE + f"<!-- evidence: {name} -->\n"}) == [f"docs/index.md:{AFTER + 1}"]


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("methods", "caption: C\ncolumns: [{id: c, name: C}]\nrows:\n  - {id: r, title: R, themes: [siol]}\n", 4),
        (
            "methods",
            "caption: C\ncolumns: [{id: c, name: C}]\nrows:\n  - {id: r, title: R, cells: {d: [{text: T}]}}\n",
            4,
        ),
        (
            "methods",
            "caption: C\ncolumns: [{id: c, name: C}]\nrows:\n  - {id: r, title: R, cells: {c: [{text: T, notes: [N9]}]}}\n",
            4,
        ),
        ("methods", "caption: C\ncolumns: [{id: c, name: C, page: nowhere.md}]\nrows: [{id: r, title: R}]\n", 2),
        ("themes", THEMES.replace("}", ", found: [{text: T, source: hearsay}]}"), 1),
        ("themes", THEMES.replace("}", ", found: [{text: T, notes: [N9]}]}"), 1),
        ("examples", "- {id: e, name: E, method: m, text: T, nation: nroth}\n", 1),
    ],
    ids=["theme", "column", "note", "page", "source of a theme's words", "note of a theme's words", "nation"],
)
def test_names_in_data_are_checked_even_where_a_page_shows_them(
    tmp_path: Path, name: str, text: str, line: int
) -> None:
    files = {f"data/{name}.yml": text, "docs/index.md": PAGE + "<!-- evidence: examples m -->\n"}
    assert f"data/{name}.yml:{line}" in places(tmp_path, files)


def test_a_citation_in_data_that_is_shown_as_it_is_is_told(tmp_path: Path) -> None:
    """A theme's summary and members' words are printed without a list of references, so `[@key]` would stand there raw."""
    text = THEMES + "- {id: a, title: A, origin: review, summary: 'S [@good2020].', members_said: ['M [@good2020].']}\n"
    assert places(tmp_path, {"data/themes.yml": text}) == ["data/themes.yml:2"]


def test_where_pages_are_dated_each_has_its_day(tmp_path: Path) -> None:
    assert told(tmp_path, {"data/reading.yml": "checked: 2026-11-22\n"}) == [
        "docs/index.md:1: front matter lacks 'checked'; add the day of the last check, as checked: 2026-11-22"
    ]
