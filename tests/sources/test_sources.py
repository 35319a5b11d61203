"""Files that cannot be decoded or trusted, YAML and front matter with faults, and a bibliography of which nothing is lost."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from evidence.site.loading import load
from evidence.sources.bibtex import parse_bibtex
from evidence_cli.__main__ import main
from made_up import AFTER, BIB, PAGE, SOUND, THEMES, note, places, review, told

# Files that cannot be decoded or trusted


@pytest.mark.parametrize("name", ["bibliography.bib", "data/themes.yml", "docs/index.md"])
@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        pytest.param(lambda t: t.encode("utf-16"), ":1: this file is UTF-16; save it as UTF-8", id="UTF-16"),
        pytest.param(lambda t: t.encode("utf-16-be"), ":1: this file is UTF-16; save it as UTF-8", id="UTF-16-BE"),
        pytest.param(
            lambda t: t.encode() + b"\n% caf\xe9\n",
            ":{line}: byte 0xe9 is not UTF-8; save the file as UTF-8",
            id="Latin-1",
        ),
        pytest.param(
            lambda t: t.encode() + b"\r\n% \x00\r\n", ":{line}: this line holds a NUL character; remove it", id="NUL"
        ),
    ],
)
def test_a_file_that_cannot_be_decoded_is_named_with_its_line(
    tmp_path: Path, name: str, spoil: Callable[[str], bytes], message: str
) -> None:
    line = SOUND[name].count("\n") + 2
    assert f"{name}{message.format(line=line)}" in told(tmp_path, {name: spoil(SOUND[name])})


def test_a_byte_order_mark_and_windows_line_ends_change_nothing(tmp_path: Path) -> None:
    spoilt = {name: b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode() for name, text in SOUND.items()}
    assert told(tmp_path, spoilt) == []


@pytest.mark.parametrize("end", ["\r\n", "\r"], ids=["CRLF", "CR"])
def test_other_line_ends_keep_the_line_numbers(tmp_path: Path, end: str) -> None:
    files = {
        "bibliography.bib": BIB + "\n@article{bad key,\n  title = {A},\n}\n",
        "data/themes.yml": THEMES + "- id: water\n  title: Water\n  origin: review\n  sumary: W\n",
        "docs/index.md": PAGE + "## No id\n\nUnknown [@goood2020].\n",
    }
    found = places(tmp_path, {name: text.replace("\n", end) for name, text in files.items()})
    assert found == [
        "bibliography.bib:9",
        "data/themes.yml:5",
        f"docs/index.md:{AFTER + 1}",
        f"docs/index.md:{AFTER + 3}",
    ]


def test_a_page_with_old_macintosh_line_ends_is_staged_once(tmp_path: Path) -> None:
    review(tmp_path, {"docs/index.md": PAGE.replace("\n", "\r")})
    assert main(["--root", str(tmp_path), "stage", str(tmp_path / "staged")]) == 0
    assert (tmp_path / "staged/index.md").read_text("utf-8").count("It cites one source") == 1


def test_a_missing_bibliography_is_told(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    found = [str(problem) for problem in load(tmp_path).problems]
    assert "bibliography.bib:1: this file cannot be read: No such file or directory" in found


def test_missing_pages_are_told(tmp_path: Path) -> None:
    (tmp_path / "bibliography.bib").write_text("", "utf-8")
    assert [str(problem.where.path) for problem in load(tmp_path).problems] == ["docs"]


@pytest.mark.parametrize("name", ["bibliography.bib", "data/themes.yml"])
def test_a_folder_in_the_place_of_a_file_is_told(tmp_path: Path, name: str) -> None:
    review(tmp_path, {})
    (tmp_path / name).unlink()
    (tmp_path / name).mkdir()
    assert f"{name}:1: this file cannot be read: Is a directory" in [str(p) for p in load(tmp_path).problems]


def test_a_file_beyond_all_measure_is_not_read(tmp_path: Path) -> None:
    assert told(tmp_path, {"docs/big.md": b"x" * 20_000_001}) == [
        "docs/big.md:1: this file has 20,000,001 bytes; the limit is 2,000,000"
    ]


# YAML


BOMB = "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param(
            "- {id: &x a, name: A}\n",
            ":1: '&x' and '*x' do not work here; write the value out, or put it in quotation marks if it is text",
            id="anchor",
        ),
        pytest.param(
            "- id: a\n  name: *x\n",
            ":2: '&x' and '*x' do not work here; write the value out, or put it in quotation marks if it is text",
            id="alias",
        ),
        pytest.param(
            BOMB,
            ":3: '&b' and '*b' do not work here; write the value out, or put it in quotation marks if it is text",
            id="alias bomb",
        ),
        pytest.param(
            "- id: a\n  name: !!python/name:os.system A\n",
            ":2: '!!python/name:os.system' does not work here; put text that begins with '!' in quotation marks",
            id="tag",
        ),
        pytest.param(
            "- id: a\n- " + "[" * 100_000,
            ":2: values are nested more than 20 deep; write them flatter",
            id="nesting bomb",
        ),
        pytest.param(
            "- id: a\n  name: A\n  id: b\n",
            ":3: 'id' stands here a second time; the first is at line 1",
            id="duplicate key",
        ),
        pytest.param(
            "- id: a\n  name: 'A\n",
            ":3: this cannot be read: a quotation mark or bracket is opened and never closed",
            id="open quotation",
        ),
        pytest.param(
            "- id: a\n\tname: A\n",
            ":2: this cannot be read: a tab stands at the beginning of this line; use spaces",
            id="tab",
        ),
        pytest.param("a: b\n", ":1: this file must be a list: each record starts with '- '", id="no list"),
    ],
)
def test_yaml_that_cannot_be_trusted_or_parsed_is_told(tmp_path: Path, text: str, message: str) -> None:
    assert f"data/nations.yml{message}" in told(tmp_path, {"data/nations.yml": text})


def test_the_line_of_a_control_character_in_yaml_is_told(tmp_path: Path) -> None:
    assert places(tmp_path, {"data/nations.yml": "- id: a\n  name: A\n- id: b\n  name: \x07\n"}) == [
        "data/nations.yml:4"
    ]


def test_words_that_yaml_takes_for_something_else_stay_words(tmp_path: Path) -> None:
    text = "- {id: NO, name: NO}\n- {id: '012', name: 012}\n- {id: on, name: '~'}\n- {id: d, name: 2020-01-01}\n"
    site = review(tmp_path, {"data/nations.yml": text})
    assert site.problems == ()
    found = {nation.id: nation.name for nation in site.review.nations.values()}
    assert found == {"NO": "NO", "012": "012", "on": "~", "d": "2020-01-01"}


def test_a_name_with_nothing_after_it_counts_as_left_out(tmp_path: Path) -> None:
    files = {
        "data/nations.yml": "- id: a\n  name:\n",
        "data/barriers.yml": "groups:\nbarriers:\n",
        "docs/other.md": "---\ntitle:\ndescription: D\n---\n\n# Other\n",
    }
    assert told(tmp_path, files) == [
        "data/nations.yml:1: 'name' is missing; add a line 'name: ...'",
        "docs/other.md:1: front matter lacks 'title'; add a line 'title: ...' between lines of '---' at the top",
    ]


def test_what_is_wrong_deep_inside_a_record_has_its_own_line(tmp_path: Path) -> None:
    text = """\
caption: C
rows:
  - id: a
    title: A
    cells: none
  - id: b
    title: B
    from: elsewhere
    cells:
      north: words
      south:
        - tex: W
"""
    assert [p for p in told(tmp_path, {"data/comparison.yml": text}) if p.startswith("data/comparison.yml")] == [
        "data/comparison.yml:5: 'cells' must be a group of 'name: value' lines, not 'none' (in rows, item 1)",
        "data/comparison.yml:8: 'from' is 'elsewhere' (in rows, item 2); it must be 'examples' or 'coordinators'",
        "data/comparison.yml:10: 'north' must be a list (one item a line, each starting with '- '), not 'words' (in rows, item 2, cells)",
        "data/comparison.yml:12: 'tex' is not a field that is known here (in rows, item 2, cells, south, item 1); did you mean 'text'?",
    ]


def test_a_field_that_no_record_has_is_told_whatever_its_name(tmp_path: Path) -> None:
    assert places(tmp_path, {"data/nations.yml": "- id: a\n  name: A\n  where: {path: x, line: 3}\n"}) == [
        "data/nations.yml:3"
    ]


@pytest.mark.parametrize(
    ("file", "text", "place"),
    [
        ("comparison", "caption: C\nrows:\n  - {id: a, title: A}\n  - {id: a, title: B}\n", 4),
        (
            "barriers",
            "groups:\n  - {id: g, title: G, bites: B, reported_by: R}\n  - {id: g, title: H, bites: B, reported_by: R}\n",
            3,
        ),
        ("questions", "groups:\n  - {id: g, title: G}\n  - {id: g, title: H}\n", 3),
        (
            "network",
            "name: N\nmeetings:\n  - {id: m, title: M, number: 1, summary: S}\n  - {id: m, title: O, number: 2, summary: S}\n",
            4,
        ),
    ],
    ids=["row", "barrier group", "question group", "meeting"],
)
def test_an_id_used_twice_inside_a_file_is_told(tmp_path: Path, file: str, text: str, place: int) -> None:
    """Of two rows with one id, the second would take the place of the first in silence."""
    assert f"data/{file}.yml:{place}" in places(tmp_path, {f"data/{file}.yml": text})


def test_ids_that_become_part_of_an_address_are_checked(tmp_path: Path) -> None:
    files = {
        "data/comparison.yml": "caption: C\nrows:\n  - {id: my row, title: A}\n",
        "data/editorial.yml": note(id="N 1"),
    }
    assert places(tmp_path, files) == ["data/comparison.yml:3", "data/editorial.yml:1"]


def test_a_key_is_that_of_one_work_only(tmp_path: Path) -> None:
    text = "- {key: good2020, cited_as: Good, label: Good, status: not traced, known: Nothing}\n"
    assert places(tmp_path, {"data/untraced.yml": text}) == ["data/untraced.yml:1"]


def test_keys_of_one_address_are_told_with_the_place_of_both(tmp_path: Path) -> None:
    bib = BIB + BIB.replace("good2020", "Good2020") + BIB.replace("good2020", "a+b") + BIB.replace("good2020", "a:b")
    text = "- {key: a/b, cited_as: Good, label: Good, status: not traced, known: Nothing}\n"
    found = [line for line in told(tmp_path, {"bibliography.bib": bib, "data/untraced.yml": text}) if "address" in line]
    advice = "; change one of the two, here and where it is cited"
    assert found == [
        f"bibliography.bib:8: key 'Good2020' makes the same address, 'good2020', as key 'good2020' (bibliography.bib:1){advice}",
        f"bibliography.bib:22: key 'a:b' makes the same address, 'a-b', as key 'a+b' (bibliography.bib:15){advice}",
        f"data/untraced.yml:1: key 'a/b' makes the same address, 'a-b', as key 'a+b' (bibliography.bib:15){advice}",
    ]


@pytest.mark.parametrize("forms", [("NFC", "NFD"), ("NFD", "NFC")])
def test_a_key_is_the_same_however_its_letters_were_typed(tmp_path: Path, forms: tuple[str, str]) -> None:
    bib, page = (
        unicodedata.normalize(form, text.replace("good2020", "Šmîdtő2020"))
        for form, text in zip(forms, (BIB, PAGE), strict=True)
    )
    assert told(tmp_path, {"bibliography.bib": bib, "docs/index.md": page}) == []


def test_a_record_that_was_refused_is_not_told_again_as_missing(tmp_path: Path) -> None:
    files = {
        "data/kinds.yml": "- {id: article, name: A, meaning: M}\n- {id: book, name: B, meaning: M, authorless: perhaps}\n",
        "bibliography.bib": BIB.replace("  year", "  sourcekind = {book},\n  year"),
        "data/editorial.yml": note(kind="opinion"),
        "docs/index.md": PAGE + "<!-- evidence: note N1 -->\n",
    }
    assert places(tmp_path, files) == ["data/editorial.yml:2", "data/kinds.yml:2"]


# Front matter


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        ("---\ntitle: A\ndescription: B\n\n# A\n", ":1: front matter is never closed; end it with a line of '---'"),
        (
            "---\ntitle: A\ndescription: B\nthemes: [soil\n---\n\n# A\n",
            ":5: front matter: this cannot be read: a list in square brackets lacks a comma or its closing bracket",
        ),
        ("---\n- A\n---\n\n# A\n", ":1: front matter must be 'name: value' lines between two lines of '---'"),
        (
            "---\ntitle: A\ndescription: B\ntitle: C\n---\n\n# A\n",
            ":4: front matter: 'title' stands here a second time; the first is at line 2",
        ),
    ],
    ids=["never closed", "broken", "a list", "twice"],
)
def test_broken_front_matter_is_told(tmp_path: Path, front: str, expected: str) -> None:
    assert f"docs/other.md{expected}" in told(tmp_path, {"docs/other.md": front})


# The bibliography: nothing is lost

ENTRY = re.compile(r"^[ \t]*@\s*(?!comment|string|preamble)[\w-]+\s*[{(\[]", re.I | re.M)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        pytest.param("@article{a, title = {A}}\n@Book (b, title = {B})\n", ["a", "b"], id="sound"),
        pytest.param("@comment{no entry}\n@string{x = {X}}\n@book{a, title = x}\n@preamble{x}\n", ["a"], id="others"),
        pytest.param("@article{a, title = {A}\n@article{b, title = {B}}\n", ["b"], id="no closing brace"),
        pytest.param('@article{a, title = "A}\n@article{b, title = {B}}\n', ["b"], id="no closing quotation mark"),
        pytest.param("@article{a, title = {A}}}\n@article{b, title = {B}}\n", ["a", "b"], id="a brace too many"),
        pytest.param("@article{a title = {A}}\n@article{b, title = {B}}\n", ["b"], id="no comma after the key"),
        pytest.param("@article{a, title = {A} year = {1}}\n@article{b, title = {B}}\n", ["b"], id="no comma"),
        pytest.param("@article{a, title = {A} # {B}}\n@article{b, title = {B}}\n", ["a", "b"], id="joined text"),
        pytest.param("@article{a, title {A}}\n@article{b, title = {B}}\n", ["b"], id="no equals sign"),
        pytest.param("@article{a, title}\n@article{b, title = {B}}\n", ["b"], id="no value"),
        pytest.param("@article{, title = {A}}\n@article{title = {B}}\n@article{}\n", [], id="no key"),
        pytest.param("@article{a, title = {A}}\n@article{a, title = {B}}\n", ["a"], id="a key twice"),
        pytest.param(
            "@article{a, title = {A}, title = {B}}\n@article{b, Title={A}, title={B}}\n", [], id="a field twice"
        ),
        pytest.param(
            "@article{a/b, title = {A}}\n@article{ä, title = {B}}\n@article{b c, title = {}}\n",
            ["a/b", "ä"],
            id="odd keys",
        ),
        pytest.param("@article\n{a, title = {A}}\n@article{b, title = {B}}\n", ["b"], id="a brace on the next line"),
        pytest.param("@article{a, title = {A}}\n@article{b,\n", ["a"], id="cut off"),
        pytest.param("@article{a, title = {A @ {B} c@d.e}}\n@article{b, title = {B}}\n", ["a", "b"], id="@ in a title"),
        pytest.param("@ article{a, title = {A}}\n@article{b, title = {B}}\n", ["b"], id="a space after @"),
        pytest.param("@art-icle{a, title = {A}}\n@article{b, title = {B}}\n", ["b"], id="an odd type"),
        pytest.param("@article[a, title = {A}]\n@article{b, title = {B}}\n", ["b"], id="a square bracket"),
    ],
)
def test_entries_read_and_entries_reported_are_all_entries(text: str, read: list[str]) -> None:
    references, problems, _ = parse_bibtex(text, "x.bib")
    assert list(references) == read
    starts = [text.count("\n", 0, match.start()) + 1 for match in ENTRY.finditer(text)]
    lines = {reference.where.line for reference in references.values()}
    reported = {max(start for start in starts if start <= problem.where.line) for problem in problems}
    assert len(lines) + len(reported) == len(starts)
    assert lines.isdisjoint(reported)


@pytest.mark.parametrize(
    ("field", "shown"),
    [
        (r"Caf\'e {\"U}ber \& --- \o re", "Café Über & — øre"),
        ("100% sure", "100% sure"),
        ("{Health} & Care", "Health & Care"),
        ("Costs 5 & {Benefits} -- 2nd ed.", "Costs 5 & Benefits – 2nd ed."),
        (r"See \emph{this}", "See this"),
    ],
)
def test_a_title_in_latex_keeps_its_words(field: str, shown: str) -> None:
    references, problems, _ = parse_bibtex(f"@book{{a, title = {{{field}}}}}\n", "x.bib")
    assert (references["a"].title, problems) == (shown, [])


@pytest.mark.parametrize(
    "field", [r"A \frob title", r"C:\temp", r"A \href{http://a.b}{c}", r"\verb|x| y", r"\input{x} y"]
)
def test_latex_that_would_lose_words_is_told(field: str) -> None:
    _, problems, _ = parse_bibtex(f"@book{{a,\n  title = {{{field}}},\n}}\n", "x.bib")
    assert [str(problem.where) for problem in problems] == ["x.bib:2"]
