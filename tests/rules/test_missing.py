"""What is gone is told in one line with the ways out, and nothing that only follows from another slip is told beside it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from conftest import ROOT, SITES
from evidence.site.loading import load
from evidence.text.words import one_slip
from made_up import BIB, PAGE, THEMES, note, review, told

TRAINS = SITES["night-trains"]
OTHER = PAGE.replace("title: Home", "title: Other").replace("# Home", "# Other")
OUT = "put the entry back, or take the citations out"


def all_told(folder: Path, files: dict[str, str]) -> list[str]:
    """Problems and notices."""
    site = review(folder, files)
    return [str(one) for one in (*site.problems, *site.notices)]


@pytest.mark.parametrize(
    ("value", "near"),
    [
        ("good202", "good2020"),  # a letter too few
        ("gooood2020", ""),
        ("goood2020", "good2020"),  # too many
        ("gaad2020", ""),
        ("gold2020", "good2020"),  # a wrong one
        ("godo2020", "good2020"),  # in the other's place
        ("Good2020", "good2020"),
        ("good2002", "good2020"),
        ("ood2020", "good2020"),
        ("good20200", "good2020"),
        ("sunkel2022", ""),
        ("nobody2020", ""),
        ("", ""),
        ("g" * 5_000, ""),
    ],
)
def test_a_near_key_is_one_slip_apart(value: str, near: str) -> None:
    assert one_slip(value, ["good2020", "scie2022b"]) == (f"; did you mean '{near}'?" if near else "")


def test_several_near_keys_are_all_named() -> None:
    assert one_slip("hay2011", ["hay2018", "hay2019", "key"]) == "; did you mean 'hay2018' or 'hay2019'?"


def test_a_deleted_entry_is_one_line_however_often_it_is_cited(tmp_path: Path) -> None:
    cited = "\nAgain [@gone2019], and [@gone2019, p. 3; @good2020].\n\nOnce more [see @gone2019].\n"
    files = {
        "docs/index.md": PAGE + cited,
        "docs/other.md": OTHER + cited,
        "data/editorial.yml": note(note="Words [@gone2019].", references="[gone2019]"),
    }
    assert told(tmp_path, files) == [
        f"data/editorial.yml:1: 'gone2019' is cited in 5 places and in no entry: {OUT} "
        "(data/editorial.yml:1, docs/index.md:11, docs/index.md:13, docs/other.md:11, docs/other.md:13)"
    ]


def test_a_key_changed_in_the_bibliography_is_found_again(tmp_path: Path) -> None:
    files = {"bibliography.bib": BIB.replace("good2020", "good2020a"), "docs/other.md": OTHER}
    assert all_told(tmp_path, files) == [
        "docs/index.md:8: 'good2020' is cited in 2 places and in no entry; did you mean 'good2020a'? "
        f"If not, {OUT} (docs/index.md:8, docs/other.md:8)"
    ]


def test_a_key_that_nothing_is_near_to_has_two_ways_out(tmp_path: Path) -> None:
    page = PAGE + "\nAgain [@sunkel2022].\n"
    assert told(tmp_path / "a", {"docs/index.md": page}) == [
        "docs/index.md:11: citation of 'sunkel2022': no such reference; put its entry back, or take the citation out"
    ]
    assert told(tmp_path / "b", {"data/editorial.yml": note(references="[goood2020]")}) == [
        "data/editorial.yml:1: reference 'goood2020' is not in bibliography.bib; did you mean 'good2020'?"
    ]


def test_a_deleted_theme_is_one_line(tmp_path: Path) -> None:
    files = {"data/themes.yml": THEMES.replace("soil", "water"), "docs/other.md": OTHER}
    assert told(tmp_path, files) == [
        "docs/index.md:6: theme 'soil' is not in data/themes.yml; put it back there, "
        "or take it out in 2 places (docs/index.md:6, docs/other.md:6)"
    ]


def test_a_key_that_is_gone_from_the_real_bibliography_is_one_line(tmp_path: Path) -> None:
    for name in ("data", "docs"):
        shutil.copytree(ROOT / name, tmp_path / name)
    text = (ROOT / "bibliography.bib").read_text("utf-8")
    entry = re.search(r"^@\w+\{scie2022a,.*?^\}\n", text, re.M | re.S)
    assert entry
    (tmp_path / "bibliography.bib").write_text(text.replace(entry[0], ""), "utf-8")
    shutil.copy(ROOT / "CHANGELOG.md", tmp_path)
    (problem,) = load(tmp_path).problems
    told_of = re.match(r"'scie2022a' is cited in (\d+) places and in no entry", problem.message)
    assert told_of
    files = [*(tmp_path / "data").glob("*.yml"), *(tmp_path / "docs").rglob("*.md")]
    lines = [line for file in files for line in file.read_text("utf-8").splitlines() if "scie2022a" in line]
    # A note that cites the work and lists it is one place.
    assert 8 < sum("@scie2022a" in line for line in lines) <= int(told_of[1]) <= len(lines)
    assert problem.message.endswith(f"and {int(told_of[1]) - 8} more)")


# Nothing that only follows


def trains(folder: Path, name: str, old: str, new: str) -> list[str]:
    """What is told of the model of a review with a slip in a file."""
    copy = folder / "trains"
    shutil.copytree(TRAINS, copy, ignore=shutil.ignore_patterns(".cache"))
    text = (copy / name).read_text("utf-8")
    assert old in text
    (copy / name).write_text(text.replace(old, new, 1), "utf-8")
    return [str(problem) for problem in load(copy).problems]


FIELDS = [
    (file.name, line.strip())
    for file in sorted((TRAINS / "data").glob("*.yml"))
    for line in dict.fromkeys(
        re.findall(r"^ *(?:- )?(?:id|key|title|text|name|rows|groups|packs|caption):", file.read_text("utf-8"), re.M)
    )
]


@pytest.mark.parametrize(("name", "field"), FIELDS, ids=lambda value: value)
def test_a_misspelt_field_is_told_alone(tmp_path: Path, name: str, field: str) -> None:
    found = trains(tmp_path, f"data/{name}", field, field.replace(":", "x:"))
    assert found
    assert [line for line in found if not line.startswith(f"data/{name}:")] == []


def test_a_work_that_only_a_refused_record_cites_is_not_called_uncited(tmp_path: Path) -> None:
    entry = BIB.replace("good2020", "fair2021")
    themes = THEMES.replace("summary:", "found: [{text: 'So it is [@fair2021].'}], sumary:")
    assert [
        line
        for line in all_told(tmp_path, {"bibliography.bib": BIB + entry, "data/themes.yml": themes})
        if "fair2021" in line
    ] == []


def test_a_work_that_a_citation_with_a_slip_names_is_not_called_uncited(tmp_path: Path) -> None:
    files = {
        "bibliography.bib": BIB + BIB.replace("good2020", "fair2021"),
        "docs/index.md": PAGE + "\nSo it is [see @fair2021 p. 3].\n",
    }
    (line,) = all_told(tmp_path, files)
    assert line.startswith("docs/index.md:11: '[see @fair2021 p. 3]' cannot be read as a citation")


def test_a_work_in_a_table_that_cannot_be_shown_is_not_called_uncited(tmp_path: Path) -> None:
    files = {
        "bibliography.bib": BIB + BIB.replace("good2020", "fair2021"),
        "data/nations.yml": "- {id: north, name: North}\n",
        "data/comparison.yml": "caption: C\nrows:\n  - {id: r, title: R, themes: [soil], cells: {north: [{text: 'So [@fair2021].'}]}}\n",
        "docs/index.md": PAGE + "\n<!-- evidence: compare s -->\n",
    }
    assert all_told(tmp_path, files) == ["docs/index.md:11: marker 'compare': row 's' is unknown; known are: r"]
    files["docs/index.md"] = PAGE
    assert all_told(tmp_path, files) == [
        "bibliography.bib:8: notice: reference 'fair2021' is cited on no page; "
        "cite it, remove it, or say why in a field 'uncited'"
    ]


def test_an_entry_that_a_brace_ends_too_early_is_told_for_that_alone(tmp_path: Path) -> None:
    text = BIB.replace("{Good, Ann},", "{Good, Ann}},")
    assert all_told(tmp_path, {"bibliography.bib": text}) == [
        "bibliography.bib:2: a brace too many ends entry 'good2020' on this line, "
        "so 'title', 'year', 'access' and 'listing' are not read; take the brace away"
    ]


def test_a_drawing_that_cannot_be_shown_is_told_once(tmp_path: Path) -> None:
    files = {
        "docs/assets/pictures/field.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><style>a{}</style></svg>\n',
        "docs/index.md": PAGE + "\n<!-- evidence: picture field -->\n",
    }
    (line,) = all_told(tmp_path, files)
    assert line.startswith("docs/assets/pictures/field.svg:1: element <style> is not allowed")


def test_a_site_called_nothing_has_no_name(tmp_path: Path) -> None:
    settings = "site_name: ~\nplugins: [bibtex]\n"
    assert told(tmp_path, {"mkdocs.yml": settings}) == [
        "mkdocs.yml:1: 'site_name' is missing; add a line 'site_name: ...' with the name of the site"
    ]


@pytest.mark.parametrize(
    ("address", "told_of"),
    [
        ("index.md#ground", ""),
        ("index.md#grond", "no statement on 'index.md' has the id 'grond'; did you mean 'ground'?"),
        (
            "index.md",
            "no statement on 'index.md' has the id ''; "
            "write page.md#id, with the page's name as in docs/ and the id of a unit mark on it",
        ),
        ("indx.md#ground", "there is no page 'indx.md'; did you mean 'index.md'?"),
    ],
)
def test_what_a_point_sums_up_is_a_statement(tmp_path: Path, address: str, told_of: str) -> None:
    themes = f"{THEMES.rstrip()[:-1]}, found: [{{text: 'So it is [@good2020].', at: ['{address}']}}]}}\n"
    page = f"{PAGE}Soil is ground [@good2020]. <!-- unit: ground -->\n"
    found = told(tmp_path, {"docs/index.md": page, "data/themes.yml": themes})
    assert found == ([f"data/themes.yml:1: at '{address}': {told_of}"] if told_of else [])
