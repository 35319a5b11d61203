"""`evidence import FILE`: what a library of a reference manager changes in the bibliography, what it shows, and what it leaves alone."""

from __future__ import annotations

import difflib
import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import ROOT
from evidence.model.base import Reference
from evidence.site.loading import load
from evidence_cli.__main__ import main
from made_up import PAGE

LIBRARIES = ROOT / "tests/libraries"
# Each as its program writes it, with the keys that its works have afterwards.
FILES = {
    "zotero.bib": ["ash_paying_2020", "noauthor_handbook_nodate", "trust_what_2019"],
    "better-bibtex.bib": ["elmTalkingDoing2021", "firListening2018"],
    "mendeley.bib": ["Ivy2017", "Juniper2015"],
    "jabref.bib": ["Larch:2016", "Nut+Oak2014", "panelconf2014"],
    "endnote.bib": ["RN12", "RN13"],
    "bibdesk.bib": ["Thorn:2011wx"],
    "zotero.ris": ["PanelsTrust:2020", "Willow_Yew_2022"],
    "zotero.json": ["meerkerk2023"],
    "endnote.xml": ["zinnia2017"],
}
OURS = """\
% Works of ours. This line stays.

@article{ash_paying_2020,
  author     = {Ash, Jörg and Björk, Ann-Marie and de la Cruz, María},
  title      = {Paying people for their time},
  journal    = {Journal of Panels},
  volume     = {12}, number = {3},
  year       = {2020},
  doi        = {10.1234/PANELS.2020.12},
  sourcekind = {study},
  verified   = {Everything but the pages.}
}

% A remark on the next entry.
@Book{ Oddly2001 , title="Oddly {Laid} Out" , author = {Odd, Ann},
year=2001}

@comment{kept}
"""


@pytest.fixture
def review(tmp_path: Path) -> Path:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/index.md").write_text(PAGE.replace(" [@good2020]", "").replace(' { data-themes="soil" }', ""))
    (tmp_path / "bibliography.bib").write_text(OURS, "utf-8")
    (tmp_path / "data").mkdir()
    (tmp_path / "data/kinds.yml").write_text(
        "- {id: study, name: Study, meaning: A study., types: [article]}\n", "utf-8"
    )
    return tmp_path


def take(root: Path, file: Path | str, *options: str) -> int:
    """Import a file, or a text as a .bib file."""
    if isinstance(file, str):
        (root / "library.bib").write_text(file, "utf-8")
        file = root / "library.bib"
    return main(["--root", str(root), "import", str(file), *options])


def bibliography(root: Path) -> str:
    return (root / "bibliography.bib").read_text("utf-8")


def works(root: Path) -> dict[str, Reference]:
    site = load(root)
    assert [str(problem) for problem in site.problems] == []
    return dict(site.review.references)


def changed_lines(before: str, after: str) -> list[str]:
    lines = difflib.ndiff(before.splitlines(), after.splitlines())
    return [line for line in lines if line[0] in "+-"]


# Libraries as programs write them


@pytest.mark.parametrize("name", [name for name in FILES if name.endswith(".bib")])
def test_a_library_straight_from_a_program_passes_with_nothing_to_add(review: Path, name: str) -> None:
    """At most, it is told what no page cites yet, what has no kind here, and what the program did not know either."""
    shutil.copy(LIBRARIES / name, review / "bibliography.bib")
    assert sorted(works(review)) == sorted(FILES[name])
    told = r"reference '\S+' (is cited on no page|has no kind of source|has no (author|year); add)|url of 'Ivy2017' is "
    assert [str(notice) for notice in load(review).notices if not re.match(told, notice.message)] == []


@pytest.mark.parametrize("name", FILES)
def test_a_library_is_taken_into_an_empty_bibliography(review: Path, name: str) -> None:
    (review / "bibliography.bib").unlink()
    assert take(review, LIBRARIES / name, "--yes") == 0
    found = works(review)
    assert list(found) == sorted(FILES[name], key=str.casefold)
    text = bibliography(review)
    for private in ("/home/someone", "/Users/someone", "C:", "abstract", "keywords", "timestamp"):
        assert private not in text
    assert "Publisher: " not in text  # which Zotero puts into a note
    assert not [notice for notice in load(review).notices if "used by nothing" in notice.message]


@pytest.mark.parametrize("name", FILES)
def test_a_library_that_is_taken_twice_changes_nothing_the_second_time(
    review: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert take(review, LIBRARIES / name, "--yes") == 0
    before = bibliography(review)
    capsys.readouterr()
    assert take(review, LIBRARIES / name, "--yes") == 0
    assert bibliography(review) == before
    assert "bibliography.bib stays as it is." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "key", "says"),
    [
        ("zotero.bib", "ash_paying_2020", {"page": "101-119", "volume": "12", "issue": "3", "language": "en"}),
        ("better-bibtex.bib", "elmTalkingDoing2021", {"publisher": "Welsh Government and Partners", "number": "7"}),
        ("mendeley.bib", "Ivy2017", {"URL": "https://www.example.org/retrieve/pii/S0001", "PMID": "12345678"}),
        ("jabref.bib", "Larch:2016", {"container-title": "Journal of Panels", "DOI": "10.1234/rooms.2016"}),
        ("jabref.bib", "Nut+Oak2014", {"publisher": "Panels Press", "publisher-place": "Leeds"}),
        ("endnote.bib", "RN12", {"title": "Who came to the panels & who stayed away", "genre": ""}),
        ("zotero.ris", "Willow_Yew_2022", {"title": "Asking twice: what NHS panels remember", "page": "5-17"}),
        ("zotero.ris", "PanelsTrust:2020", {"publisher-place": "Cardiff", "type": "report"}),
        ("zotero.json", "meerkerk2023", {"container-title": "Journal of Panels", "page": "20-31"}),
        ("endnote.xml", "zinnia2017", {"DOI": "10.1234/pq.2017.25", "page": "40-52", "issue": "1"}),
    ],
)
def test_a_work_says_what_the_program_says(review: Path, name: str, key: str, says: dict[str, str]) -> None:
    assert take(review, LIBRARIES / name, "--yes") == 0
    work = works(review)[key]
    assert {variable: work.text(variable) for variable in says} == says


@pytest.mark.parametrize(
    ("name", "key", "names"),
    [
        ("better-bibtex.bib", "elmTalkingDoing2021", ["Anna Elm", "Kees van den Berg"]),
        ("mendeley.bib", "Ivy2017", ["Zoë Ivy", "Seán O’Oak"]),
        ("zotero.ris", "PanelsTrust:2020", ["Panels Trust"]),
        ("zotero.json", "meerkerk2023", ["Ida van Meerkerk", "Panels Trust"]),
    ],
)
def test_names_come_through_whole(review: Path, name: str, key: str, names: list[str]) -> None:
    assert take(review, LIBRARIES / name, "--yes") == 0
    assert [author.full for author in works(review)[key].authors] == names


# What changes, and what does not


def test_what_differs_is_shown_field_by_field_and_all_else_stays(
    review: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert take(review, LIBRARIES / "zotero.bib", "--yes") == 0
    said = capsys.readouterr().out
    assert "New (2):\n" in said
    assert "  ash_paying_2020 (bibliography.bib:3)\n" in said
    new = "Paying people for their time: a study of {NHS} panels"
    assert f"    title: 'Paying people for their time' -> '{new}'\n" in said
    assert "    pages: nothing -> '101--119'\n" in said
    lines = changed_lines(OURS, bibliography(review).partition("\n\n@misc")[0] + "\n")
    assert f"+   title      = {{{new}}}," in lines
    assert "+   pages      = {101--119}" in lines
    work = works(review)["ash_paying_2020"]
    assert work.field("verified") == "Everything but the pages."
    assert work.field("sourcekind") == "study"
    text = bibliography(review)
    assert text.startswith("% Works of ours. This line stays.\n\n@article{ash_paying_2020,\n  author     = {Ash, Jörg")
    kept = '% A remark on the next entry.\n@Book{ Oddly2001 , title="Oddly {Laid} Out" , author = {Odd, Ann},\nyear=2001}\n'
    assert kept in text
    assert text.endswith("@comment{kept}\n")


def test_our_own_fields_stay_whatever_the_library_says(review: Path) -> None:
    library = "@article{ash_paying_2020, doi = {10.1234/panels.2020.12}, title = {Paying people for their time}, verified = {Nothing}, access = {free}}\n"
    assert take(review, library, "--yes") == 0
    work = works(review)["ash_paying_2020"]
    assert (work.field("verified"), work.field("access")) == ("Everything but the pages.", "free")


@pytest.mark.parametrize(
    "same",
    [
        '@article{ash_paying_2020, author = {J{\\"o}rg Ash and Ann-Marie Bj{\\"o}rk and Mar{\\\'\\i}a de la Cruz}, title = {{Paying people for their time}}, '
        "journaltitle = {Journal of Panels}, date = {2020}, doi = {https://doi.org/10.1234/panels.2020.12}}",
        "@Article{ash_paying_2020,\n title = paying, year = 2020 }\n@string{paying = {Paying people for their time}}",
    ],
)
def test_another_way_of_typing_the_same_is_no_difference(review: Path, same: str) -> None:
    strings = '@string{paying = "Paying people for their time"}\n' if "= paying," in same else ""
    assert take(review, strings + same.partition("\n@string")[0] + "\n", "--yes") == 0
    assert bibliography(review) == OURS


def test_a_date_is_written_as_the_entry_has_its_own(review: Path) -> None:
    library = "@article{ash_paying_2020, title = {Paying people for their time}, date = {2021-05-12}}\n"
    assert take(review, library, "--yes") == 0
    lines = changed_lines(OURS, bibliography(review))
    assert "+   year       = {2021}," in lines
    assert "+   month      = may" in lines
    assert not [line for line in lines if "date" in line]


def test_a_new_work_stands_in_the_order_of_keys(review: Path) -> None:
    assert take(review, "@misc{middle2010, title = {In the middle of it all}}\n", "--yes") == 0
    text = bibliography(review)
    assert text.index("ash_paying_2020") < text.index("middle2010") < text.index("% A remark") < text.index("Oddly2001")


def test_where_keys_are_in_no_order_a_new_work_stands_last(review: Path) -> None:
    (review / "bibliography.bib").write_text("@misc{b, title = {B b}}\n@misc{a, title = {A a}}\n", "utf-8")
    assert take(review, "@misc{aa, title = {Another}}\n", "--yes") == 0
    assert list(works(review)) == ["b", "a", "aa"]


# Doubles and keys


@pytest.mark.parametrize(
    ("library", "why"),
    [
        ("@misc{other, title = {Quite another title}, doi = {10.1234/Panels.2020.12}}", "the same DOI"),
        (
            "@misc{other, author = {Ash, J.}, title = {PAYING {People} for their Time}, year = 2020}",
            "the same title and year",
        ),
    ],
)
def test_a_double_is_told_and_left_out(
    review: Path, library: str, why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert take(review, library, "--yes") == 0
    assert f"other is ash_paying_2020 (bibliography.bib:3), by {why}" in capsys.readouterr().out
    assert bibliography(review) == OURS


def test_works_of_one_title_and_year_are_two_where_their_pages_differ(review: Path) -> None:
    library = "".join(
        f"@article{{news{n}, author = {{Reed, Ann}}, title = {{News from the panels}}, year = {{2020}}, pages = {{{n}--{n + 1}}}}}\n"
        for n in (1, 5)
    )
    assert take(review, library, "--yes") == 0
    assert {"news1", "news5"} <= works(review).keys()


def test_a_work_that_stands_twice_in_the_library_is_taken_once(
    review: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    twice = "@misc{one, title = {A}, doi = {10.1/x}}\n@misc{two, title = {B}, doi = {10.1/X}}\n".replace(
        "10.1/", "10.1000/"
    )
    assert take(review, twice, "--yes") == 0
    assert "two is one (library.bib:1), by the same DOI" in capsys.readouterr().out
    assert "two" not in works(review)


@pytest.mark.parametrize("key", ["Oddly2001", "oddly2001"])
def test_a_key_of_another_work_is_told_and_a_new_one_found(
    review: Path, key: str, capsys: pytest.CaptureFixture[str]
) -> None:
    library = f"@misc{{{key}, title = {{Nothing like the other work}}, year = {{2001}}}}\n"
    assert take(review, library, "--yes") == 0
    assert f"under this key, since '{key}' is that of another work" in capsys.readouterr().out
    assert works(review)[f"{key}a"].title == "Nothing like the other work"
    assert works(review)["Oddly2001"].title == "Oddly Laid Out"


def test_a_key_that_no_key_can_be_is_mended_and_told(review: Path, capsys: pytest.CaptureFixture[str]) -> None:
    library = "@article{Lo Duca2025803, title = {One thing}}\n@article{Lo Duca2025803, title = {Quite another}}\n@misc{a[1], title = {A third}}\n"
    assert take(review, library, "--yes") == 0
    said = capsys.readouterr().out
    assert "'Lo Duca2025803': Lo-Duca2025803\n  'Lo Duca2025803': Lo-Duca2025803-2\n  'a[1]': a-1\n" in said
    assert {"Lo-Duca2025803", "Lo-Duca2025803-2", "a-1"} <= works(review).keys()
    before = bibliography(review)
    assert take(review, library, "--yes") == 0
    assert bibliography(review) == before


@pytest.mark.parametrize("key", ["", "17", "https://www.zotero.org/users/1/items/AB12CD34"])
def test_a_work_without_a_key_gets_one_from_its_names_and_year(review: Path, key: str) -> None:
    library = f"@article{{{key}, author = {{Nuñez-Ärm, Bo}}, title = {{No key at all for this}}, year = {{2004}}}}\n"
    for _ in "twice":
        assert take(review, library, "--yes") == 0
        assert works(review).keys() == {"ash_paying_2020", "nunezarm2004", "Oddly2001"}


def test_an_entry_in_round_brackets_is_taken_as_any_other(review: Path) -> None:
    """BibTeX takes both kinds; the last field ends before the bracket, and a key is mended."""
    for year in ("{2001}", "2001", '"2001"'):
        (review / "bibliography.bib").write_text("", "utf-8")
        library = f"@article(a b, title = {{Brackets (as these)}}, year = {year})\n@article (c, title = {{More}}, year = {year}\n)\n"
        assert take(review, library, "--yes") == 0
        found = {key: (work.title, work.year) for key, work in works(review).items()}
        assert found == {"a-b": ("Brackets (as these)", "2001"), "c": ("More", "2001")}


def test_an_entry_of_ours_in_round_brackets_keeps_them(review: Path) -> None:
    (review / "bibliography.bib").write_text("@article(round, title = {Brackets (as these)}, year = 2001)\n", "utf-8")
    assert take(review, "@book(round, title = {Brackets (as these)}, year = {2002}, volume = 3)\n", "--yes") == 0
    assert bibliography(review) == ("@book(round, title = {Brackets (as these)}, year = {2002},\n  volume = {3})\n")


# Asking, and what changes nothing


def test_nothing_is_written_without_a_yes(review: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert take(review, LIBRARIES / "zotero.bib") == 0
    assert "Nothing is written. To write it: evidence import" in capsys.readouterr().out
    assert bibliography(review) == OURS


@pytest.mark.parametrize(
    ("answer", "written"), [("y", True), ("Yes", True), ("", False), ("n", False), ("what?", False)]
)
def test_a_person_at_the_keyboard_is_asked(
    review: Path, answer: str, written: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda question: answer)
    assert take(review, LIBRARIES / "zotero.bib") == 0
    assert (bibliography(review) != OURS) == written


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("gone.bib", None, "this file cannot be read: No such file"),
        ("empty.bib", b"", "empty.bib"),
        ("page.bib", b"<!DOCTYPE html><html><body>Log in</body></html>", "page.bib"),
        ("wide.bib", "@misc{a, title = {A}}".encode("utf-16"), "this file is UTF-16; save it as UTF-8"),
        ("latin.bib", "@misc{a, title = {É}}".encode("latin-1"), "is not UTF-8"),
        ("broken.json", b'[{"id": "a", ', "this cannot be read as CSL-JSON"),
        ("broken.ris", b"TY  - JOUR\nTI no tag\n", "this cannot be read as RIS"),
        ("cut.bib", b"@misc{a, title = {A\n", "a closing brace or quotation mark is missing"),
    ],
)
def test_a_file_that_cannot_be_read_changes_nothing(
    review: Path, name: str, content: bytes | None, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    if content is not None:
        (review / name).write_bytes(content)
    assert take(review, review / name, "--yes") == 1
    said = capsys.readouterr().err
    assert message in said
    assert "Traceback" not in said
    assert bibliography(review) == OURS


def test_an_entry_with_a_problem_is_told_and_the_others_are_taken(
    review: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    library = "@misc{good, title = {Good title}}\n@misc{bad,\n author = {Reed, A.; Roe, B.},\n title = {Bad}}\n@misc{fine, title = {Fine}}\n"
    assert take(review, library, "--yes") == 0
    said = capsys.readouterr().out
    assert "Not taken (1):\n  library.bib:3: author of 'bad' is" in said
    assert sorted(works(review).keys() - {"ash_paying_2020", "Oddly2001"}) == ["fine", "good"]


def test_a_bibliography_that_cannot_be_read_is_not_touched(review: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = OURS + "@misc{open, title = {A\n"
    (review / "bibliography.bib").write_text(broken, "utf-8")
    assert take(review, LIBRARIES / "zotero.bib", "--yes") == 1
    assert "bibliography.bib cannot be read whole; mend that first." in capsys.readouterr().err
    assert bibliography(review) == broken


def test_line_ends_and_a_byte_order_mark_stay(review: Path) -> None:
    file = review / "bibliography.bib"
    file.write_bytes(b"\xef\xbb\xbf" + OURS.replace("\n", "\r\n").encode())
    assert take(review, LIBRARIES / "zotero.bib", "--yes") == 0
    data = file.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf% Works")
    assert b"101--119" in data
    assert data.count(b"\r\n") == data.count(b"\n")


@pytest.mark.parametrize("step", ["write_bytes", "replace"])
def test_a_write_that_fails_leaves_the_old_file(review: Path, step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    real: Callable[..., object] = getattr(Path, step)

    def fails(path: Path, *arguments: object) -> object:
        if path.name.startswith(".bibliography.bib"):
            raise OSError(28, "No space left on device")
        return real(path, *arguments)

    monkeypatch.setattr(Path, step, fails)
    assert take(review, LIBRARIES / "zotero.bib", "--yes") == 1
    assert bibliography(review) == OURS
    assert [file.name for file in review.glob(".bibliography*")] == []
