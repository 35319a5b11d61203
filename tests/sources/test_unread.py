"""A file that cannot be read is told alone, for what it is: what else seems wrong may only follow from what was not read."""

from __future__ import annotations

import io
import shutil
import sys
import zipfile
from pathlib import Path

import pytest

from conftest import ROOT, SITES, mkdocs_build, run
from evidence.sources.records import parse_yaml
from evidence.sources.shape import what_it_is
from jargon import jargon
from made_up import BIB, PAGE, THEMES, review, told

UNREAD = ROOT / "tests/unread"
EXPECTED = (UNREAD / "expected.txt").read_text("utf-8").splitlines()
TRAINS = SITES["night-trains"]
CONFLICT = "<<<<<<< HEAD\n{}\n=======\n{}\n>>>>>>> theirs\n"
CHANGES = "# Changes\n\n## 1.0.0 - 2026-11-22\n\n### Content\n\n- First words (index.md).\n"
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0h1"/></svg>\n'
# Of each kind of file one that is sound, and the words in it that a merge has two versions of.
FILES = {
    "bibliography.bib": (BIB, "  year    = {2020},"),
    "data/themes.yml": (THEMES, THEMES.strip()),
    "docs/index.md": (PAGE, "It cites one source [@good2020]."),
    "docs/other.md": (PAGE, "title: Home"),
    "CHANGELOG.md": (CHANGES, "- First words (index.md)."),
    "data/redirects.yml": ("old/: index.md\n", "old/: index.md"),
    "docs/assets/figures/field.svg": (DRAWING, DRAWING.strip()),
}
ADVICE = "keep the words that are right, and delete the lines of '<<<<<<<', '=======' and '>>>>>>>'"


def trains(folder: Path, name: str, content: bytes | None) -> list[str]:
    """What is told of the model of a review once the file of that name holds something else, or is gone."""
    copy = folder / "a/b/trains"
    shutil.copytree(TRAINS, copy, ignore=shutil.ignore_patterns(".cache"))
    (copy / name).unlink()
    if content is not None:
        (copy / name).write_bytes(content)
    result = run(sys.executable, "-m", "evidence_cli", "--root", copy, "check")
    assert result.returncode == 1, result.stdout
    return result.stderr.splitlines()


def test_of_an_awful_review_only_the_files_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "tests/broken", tmp_path, dirs_exist_ok=True)
    shutil.copytree(UNREAD, tmp_path, dirs_exist_ok=True)
    result = run(sys.executable, "-m", "evidence_cli", "--root", tmp_path, "check")
    count = f"{len(EXPECTED)} problems found; other checks wait until they can be read."
    assert result.stderr.splitlines() == [*EXPECTED, count]
    assert [line for line in EXPECTED if jargon(line.partition(": ")[2])] == []


# Merges


@pytest.mark.parametrize("name", FILES)
def test_a_half_merged_file_is_told_alone(tmp_path: Path, name: str) -> None:
    text, words = FILES[name]
    assert words in text
    line = text[: text.index(words)].count("\n") + 1
    merged = text.replace(words, CONFLICT.format(words, words).rstrip("\n"))
    assert told(tmp_path, {name: merged}) == [f"{name}:{line}: a merge has left two versions here; {ADVICE}"]


def test_each_place_of_a_merge_is_named_in_one_line(tmp_path: Path) -> None:
    text = PAGE + CONFLICT.format("A.", "B.") * 3
    assert told(tmp_path, {"docs/index.md": text}) == [
        f"docs/index.md:10: a merge has left two versions here, as in line 15, 20; {ADVICE}"
    ]


@pytest.mark.parametrize("rest", ["<<<<<<< HEAD\n", ">>>>>>> 1a2b3c4\n", "=======\n"])
def test_what_is_left_of_a_merge_is_told_too(tmp_path: Path, rest: str) -> None:
    assert told(tmp_path, {"data/themes.yml": THEMES + rest}) == [
        f"data/themes.yml:2: a merge has left two versions here; {ADVICE}"
    ]


# Files of other kinds


def test_a_word_file_is_told_for_what_it_is(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr("word/document.xml", "<w:document/>")
    assert told(tmp_path / "a", {"bibliography.bib": packed.getvalue()}) == [
        "bibliography.bib:1: no entries: this is a Word file or another ZIP file; export as BibTeX"
    ]
    assert told(tmp_path / "b", {"docs/other.md": packed.getvalue()}) == [
        "docs/other.md:1: this is a Word file or another ZIP file; save it as plain text"
    ]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("<!DOCTYPE html><html><body>404 not found</body></html>\n", "a web page"),
        ('\n<?xml version="1.0"?>\n<!-- saved -->\n<HTML lang="en">\n@media print {}\n</HTML>', "a web page"),
        ("<html><pre>@article{a2020,\n title={T}}</pre></html>", "a web page"),
        ("TY  - JOUR\nAU  - Good, Ann\nTI  - A title\nPY  - 2020\nER  - \n", "RIS"),
        ("\n  TY  - BOOK\nER  -\n", "RIS"),
        ("%0 Journal Article\n%A Good, Ann\n%T A title\n%D 2020\n", "the format of EndNote (.enw)"),
        ("%A Good, Ann\n%T A title\n", "the format of EndNote (.enw)"),
        ('<?xml version="1.0"?><xml><records><record/></records></xml>', "EndNote XML or other XML"),
        ("<modsCollection/>", "EndNote XML or other XML"),
        ('[\n  {"id": "a2020", "type": "book", "note": "@book{a, b}"}\n]\n', "JSON, such as CSL-JSON"),
        ('{"items": []}', "JSON, such as CSL-JSON"),
        ("[]", "JSON, such as CSL-JSON"),
        ("\nPMID- 31978945\nOWN - NLM\nTI  - A title.\n", "the format of PubMed (.nbib)"),
        ("FN Clarivate\nVR 1.0\nPT J\nAU Good, A\nTI A title\nER\n", "the format of Web of Science"),
        ("\\begin{thebibliography}{9}\n\\bibitem{a} Good.\n", "a list of references in LaTeX"),
        ("references:\n- id: a\n  type: book\n", "YAML"),
        ('"Key","Item Type","Publication Year"\n"A","book","2020"\n', "a table (CSV)"),
        ("Author\tTitle\tYear\nGood\tT\t2020\n", "a table (CSV)"),
    ],
)
def test_a_bibliography_in_another_format_is_named(tmp_path: Path, text: str, what: str) -> None:
    assert what_it_is(text) == f"no entries: this is {what}; export as BibTeX"
    assert told(tmp_path, {"bibliography.bib": text}) == [f"bibliography.bib:1: {what_it_is(text)}"]


@pytest.mark.parametrize("text", ["", " \n\n", "% Encoding: UTF-8\n", "@comment{jabref-meta: x}\n", "\ufeff"])
def test_a_bibliography_without_entries_is_told_alone(tmp_path: Path, text: str) -> None:
    assert told(tmp_path, {"bibliography.bib": text}) == [
        "bibliography.bib:1: no entries: this file is empty; put its entries back, or write one such as @book{key, ...}"
    ]


def test_words_are_no_bibliography(tmp_path: Path) -> None:
    assert told(tmp_path, {"bibliography.bib": "Good, A. (2020) A title. a@b.org\n"}) == [
        "bibliography.bib:1: no entries: each begins with '@', as @book{key, ...} does; write one, or export as BibTeX"
    ]


def test_a_review_that_cites_nothing_yet_needs_no_entries(tmp_path: Path) -> None:
    site = review(tmp_path, {"bibliography.bib": "", "docs/index.md": PAGE.replace("[@good2020]", "none")})
    assert (site.problems, [notice.message[:11] for notice in site.notices]) == ((), ["no entries:"])


BIBLIOGRAPHIES = sorted(file for file in (ROOT / "tests").rglob("*.bib"))


@pytest.mark.parametrize("file", [ROOT / "bibliography.bib", *BIBLIOGRAPHIES], ids=lambda file: file.parent.name)
def test_a_bibliography_is_one(file: Path) -> None:
    assert what_it_is(file.read_text("utf-8")) == ""


@pytest.mark.parametrize(
    "text", ["@book{a, title={T}}", "Words @book{a, title={T}}", "@article bad, title", "% x\n@Misc(a,"]
)
def test_entries_with_slips_are_entries(text: str) -> None:
    assert what_it_is(text) == ""


# Data


@pytest.mark.parametrize("name", sorted(path.name for path in (TRAINS / "data").glob("*.yml")))
def test_a_data_file_emptied_by_accident_is_told_alone(tmp_path: Path, name: str) -> None:
    assert trains(tmp_path, f"data/{name}", b"\n") == [
        f"data/{name}:1: this file is empty; put its lines back, or delete it",
        "1 problem found; other checks wait until it can be read.",
    ]


def test_comments_alone_are_no_data(tmp_path: Path) -> None:
    assert trains(tmp_path, "data/editorial.yml", b"# Editor's notes.\n")[0] == (
        "data/editorial.yml:1: this file holds nothing but comments; put its lines back, or delete it"
    )


@pytest.mark.parametrize("name", ["docs/index.md", "docs/review/fares.md", "CHANGELOG.md"])
def test_an_empty_page_is_told_alone(tmp_path: Path, name: str) -> None:
    assert trains(tmp_path, name, b"") == [
        f"{name}:1: this file is empty; put its lines back, or delete it",
        "1 problem found; other checks wait until it can be read.",
    ]


def test_a_page_saved_in_windows_1252_is_told_alone(tmp_path: Path) -> None:
    data = (TRAINS / "docs/review/fares.md").read_text("utf-8").rstrip() + "\n\nThe ‘café’ – it’s open.\n"
    assert trains(tmp_path, "docs/review/fares.md", data.encode("cp1252", "replace"))[1:] == [
        "1 problem found; other checks wait until it can be read."
    ]


def test_garbled_letters_are_a_notice_with_their_lines(tmp_path: Path) -> None:
    garbled = "Un cafÃ©, itâ€™s open.\n\nGrÃ¶ÃŸe.\n\nLost: \ufffd.\n"
    files = {"docs/index.md": PAGE + garbled, "bibliography.bib": BIB.replace("Ann", "\ufffd") + "% cafÃ©\n"}
    site = review(tmp_path, files)
    assert ([str(problem) for problem in site.problems], [str(notice) for notice in site.notices]) == (
        [],
        [
            "bibliography.bib:2: notice: '\ufffd' stands for a letter that is lost, as in line 8; type it again",
            "docs/index.md:10: notice: 'Ã©' is 'é', taken for Windows-1252, as in line 12, 14; type it again",
        ],
    )


@pytest.mark.parametrize("words", ["“Spaß”, „Ö“ et «É»", "Ça, Ã, Â and â", "AMANHÃ.", "10 € – ’tis", "日本 Ω"])
def test_letters_with_marks_are_not_garbled(tmp_path: Path, words: str) -> None:
    assert review(tmp_path, {"docs/index.md": f"{PAGE}{words}\n"}).notices == ()


def test_nothing_written_as_a_word_is_no_text(tmp_path: Path) -> None:
    advice = "leave the line out, or put the word in quotation marks if it is text"
    text = "- id: power\n  title: ~\n  origin: review\n  summary: null\n  search: [Null, 'null', NULL]\n"
    assert told(tmp_path, {"data/themes.yml": text}) == [
        f"data/themes.yml:{line}: '{word}' stands for nothing here; {advice}"
        for line, word in ((2, "~"), (4, "null"), (5, "NULL"), (5, "Null"))
    ]
    page = PAGE.replace("title: Home", "title: ~")
    assert told(tmp_path, {"data/themes.yml": THEMES, "docs/index.md": page}) == [
        f"docs/index.md:2: front matter: '~' stands for nothing here; {advice}"
    ]


def advice(text: str) -> tuple[int, str]:
    """The one line that is told of a data file, and the words."""
    tree, problems = parse_yaml(text, "data/x.yml")
    assert tree is None
    assert len(problems) == 1
    return problems[0].where.line, problems[0].message


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("groups: []\nquestions:\n\t- id: q1\n\t  themes: [power]\n", 3, "a tab stands before the dash; use spaces"),
        ("a:\n  - x\n  \t- y\n", 3, "a tab stands before the dash; use spaces"),
        ("a:\n  - id: x\n\tname: y\n", 3, "a tab stands at the beginning of this line; use spaces"),
        ("a:\n  - id: x\n  \tname: y\n", 3, "a tab stands at the beginning of this line; use spaces"),
        ("-\tid: x\n  name: y\n", 1, "a tab stands behind the dash; use a space"),
        (
            "- id: x\n\u00a0 name: y\n",
            2,
            "a space that is not a plain one stands at the beginning of this line; type it again",
        ),
        ("-id: x\n  name: y\n", 1, "a space is missing behind the dash"),
        ("- id: x\n  name:One\n  kind: y\n", 2, "a space is missing behind the colon"),
        ("- id: x\n  name：One\n  kind: y\n", 2, "this is the colon of another script; write ':' and a space"),
    ],
)
def test_what_is_wrong_with_a_line_is_told_where_it_stands(text: str, line: int, words: str) -> None:
    assert advice(text) == (line, f"this cannot be read: {words}")


def test_words_behind_a_closing_quotation_mark_are_told() -> None:
    line, message = advice("- id: x\n  name: 'One's' two\n  kind: y\n")
    assert (line, message.partition("; or ")[0]) == (
        2,
        "this cannot be read: words stand behind a closing quotation mark; put the whole text in quotation marks",
    )


LINES = (TRAINS / "data/comparison.yml").read_text("utf-8").split("\n")


@pytest.mark.parametrize("number", [i for i, line in enumerate(LINES) if line.startswith(" ")], ids=lambda i: LINES[i])
@pytest.mark.parametrize("few", [True, False], ids=["few", "many"])
def test_a_space_too_few_or_too_many_is_told_at_its_line(number: int, few: bool) -> None:
    lines = [*LINES]
    lines[number] = lines[number][1:] if few else f" {lines[number]}"
    text = "\n".join(lines)
    if parse_yaml(text, "data/comparison.yml")[0] is None:  # text may begin further in
        line, message = advice(text)
        assert line == number + 1
        assert f"this line has a space too {'few' if few else 'many'}: look at the spaces at its beginning" in message


def test_one_space_too_few_is_told_alone(tmp_path: Path) -> None:
    text = (TRAINS / "data/comparison.yml").read_text("utf-8")
    found = trains(tmp_path, "data/comparison.yml", text.replace("\n    title:", "\n   title:", 1).encode())
    assert [line.split(": ")[1] for line in found[:1]] == ["this cannot be read"]
    assert found[1:] == ["1 problem found; other checks wait until it can be read."]


def test_the_build_tells_the_file_alone_too(tmp_path: Path) -> None:
    copy = tmp_path / "a/b/meadow"
    shutil.copytree(SITES["meadow"], copy, ignore=shutil.ignore_patterns(".cache"))
    (tmp_path / "hooks").symlink_to(ROOT / "hooks")
    (copy / "data/themes.yml").write_text("", "utf-8")
    said = mkdocs_build(copy / "mkdocs.yml", copy / "site")
    assert said.returncode == 1
    assert said.stderr.splitlines()[-2:] == [
        "ERROR   -  1 problem found; other checks wait until it can be read:",
        "data/themes.yml:1: this file is empty; put its lines back, or delete it",
    ]
