"""What a passage is about: marks go down from headings to sections and cells, and silence passes none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from conftest import ROOT
from evidence.crosslinks.index import Index, build_index
from evidence.crosslinks.passages import paginate
from evidence.documents.document import NONE
from evidence.model.base import Location
from evidence.model.review import Column, Comparison, Nation, Point, Review, Row, Theme
from evidence.references.labels import labels
from evidence.rules.data import ids_can_be_addresses
from evidence.rules.pages import sections_are_marked
from evidence.site.directives import all_directives
from evidence.sources.document import parse_document
from evidence.sources.read import read
from evidence.subject import Subject

REVIEW = read(ROOT / "tests/golden/review").review
KNOWN = labels(REVIEW)
PAGE = "---\ntitle: Hedges\ndescription: All of them.\n---\n\n# Hedges { %s }\n\n%s\n"


def index(body: str, marks: str = "", review: Review = REVIEW) -> Index:
    """The cross-links of one page."""
    document, problems = parse_document(PAGE % (marks, body), "docs/hedges.md", "hedges.md")
    assert problems == []
    page, more = paginate(review, KNOWN, document, all_directives())
    assert more == []
    return build_index(review, [page], KNOWN)


def places(found: Index, theme: str) -> list[tuple[str, ...]]:
    """The sections that speak of a theme, with the parts of them that do."""
    return [(mention.section, *mention.parts) for mention in found.mentions.get(theme, ())]


def test_a_section_has_the_marks_of_those_above_it() -> None:
    found = index(
        "## Low { #low data-nations='vale' }\n\nIt is so [@ash2019].", "data-themes='birds' data-nations='hill'"
    )
    assert (found.themes_of("ash2019"), found.nations_of("ash2019")) == (["birds"], ["hill", "vale"])


@pytest.mark.parametrize(
    ("marks", "themes", "nations"),
    [
        ("data-themes='none'", [], ["hill"]),
        ("data-nations='none'", ["birds"], []),
        ("data-themes='none' data-nations='none'", [], []),
        ("data-themes='stars'", ["birds", "stars"], ["hill"]),
    ],
)
def test_none_takes_off_what_comes_from_above(marks: str, themes: list[str], nations: list[str]) -> None:
    body = f"It is so [@birch2020].\n\n## Low {{ #low {marks} }}\n\n### Lower {{ #lower }}\n\nIt is so [@ash2019]."
    found = index(body, "data-themes='birds' data-nations='hill'")
    assert (found.themes_of("ash2019"), found.nations_of("ash2019")) == (themes, nations)
    assert found.themes_of("birch2020") == ["birds"]


def test_a_section_below_one_without_marks_can_have_its_own() -> None:
    body = "## Low { #low data-themes='none' }\n\n### Lower { #lower data-themes='stars' }\n\nIt is so [@ash2019]."
    assert index(body, "data-themes='birds'").themes_of("ash2019") == ["stars"]


def test_none_stands_alone_and_is_the_id_of_nothing() -> None:
    text = PAGE % ("data-themes='none birds'", "Words.")
    assert [str(p) for p in parse_document(text, "docs/hedges.md", "hedges.md")[1]] == [
        "docs/hedges.md:6: 'data-themes' says 'none' beside others; let it stand alone, or take it out"
    ]
    theme = Theme("none", "None", "review", "No theme.", where=Location("data/themes.yml", 1))
    nation = Nation("none", "Nowhere", where=Location("data/nations.yml", 1))
    subject = Subject(Review(themes={"none": theme}, nations={"none": nation}))
    assert len(list(ids_can_be_addresses(subject))) == 2


def test_a_section_that_says_that_it_is_about_nothing_is_marked() -> None:
    def told(marks: str) -> int:
        text = PAGE % ("", f"## Low {{ #low {marks} }}\n\nIt is so [@ash2019].")
        document = parse_document(text, "docs/hedges.md", "hedges.md")[0]
        return len(list(sections_are_marked(Subject(REVIEW, (document,)))))

    assert (told(""), told(f"data-themes='{NONE[0]}'"), told("data-themes='birds'")) == (1, 0, 0)


def test_an_empty_cell_passes_no_marks_not_even_those_of_its_section() -> None:
    found = index("<!-- evidence: compare law -->", "data-themes='stars'")
    cells = [cell for _, *parts in places(found, "stars") for cell in parts]
    assert cells == [
        "Law, Hill Country"
    ]  # none for the isles, on which nothing is said, nor for the vale, of which only a tale tells
    assert places(found, "birds") == places(found, "stars")


def test_a_cell_is_about_what_its_row_and_its_column_are_about() -> None:
    row = Row(
        "low", "Low", ("birds",), {"walk": (Point("So it is [@ash2019]."),), "ride": (Point("So it is [@birch2020]."),)}
    )
    columns = (Column("walk", "Walking", themes=("stars",)), Column("ride", "Riding"))
    found = index("<!-- evidence: methods -->", "", replace(REVIEW, methods=Comparison("Both", (row,), columns)))
    assert found.themes_of("ash2019") == ["birds", "stars"]
    assert found.themes_of("birch2020") == ["birds"]


def test_a_row_without_a_word_in_it_is_no_place_where_the_review_speaks() -> None:
    silent = replace(REVIEW.comparison, rows=tuple(replace(row, cells={}) for row in REVIEW.comparison.rows[:1]))
    found = index("<!-- evidence: compare law -->", "data-themes='stars'", replace(REVIEW, comparison=silent))
    assert found.mentions == {}


def test_a_profile_speaks_where_something_is_said_and_its_download_does_not() -> None:
    found = index("<!-- evidence: nation isles -->", "data-themes='stars'")
    assert places(found, "stars") == []
    found = index("<!-- evidence: nation vale -->", "data-themes='stars'")
    assert {section for section, *_ in places(found, "stars")} == {"height", "walks"}


def test_a_point_can_be_about_more_than_its_row() -> None:
    cells = {"hill": (Point("So it is [@ash2019]."), Point("So it is, too [@birch2020].", themes=("birds",)))}
    row = Row("low", "Low", ("stars",), cells)
    found = index("<!-- evidence: compare -->", "", replace(REVIEW, comparison=Comparison("Both", (row,))))
    assert (found.themes_of("ash2019"), found.themes_of("birch2020")) == (["stars"], ["stars", "birds"])


def test_words_that_make_no_statement_speak_of_no_theme() -> None:
    silent = index("Of the birds, nothing is said here.", "data-themes='birds'")
    assert places(silent, "birds") == []
    said = index("The birds are many <!-- evidence: uncited -->.", "data-themes='birds'")
    assert places(said, "birds") == [("",)]


def test_what_editors_put_side_by_side_passes_no_marks() -> None:
    birds = replace(REVIEW.themes["birds"], found=(Point("Birds nest there [@ash2019]."),))
    review = replace(REVIEW, themes=REVIEW.themes | {"birds": birds})
    found = index("<!-- evidence: side-by-side walk-1 -->", "data-themes='stars'", review)
    assert found.mentions == {}
    assert len(found.by_reference["ash2019"]) == 1
    assert found.themes_of("ash2019") == []


def test_a_note_passes_on_a_nation_only_if_it_says_so() -> None:
    marks = "data-themes='birds' data-nations='hill'"
    body = "<!-- evidence: note N1 -->"
    assert index(body, marks).nations_of("ash2019") == []
    notes = REVIEW.notes | {"N1": replace(REVIEW.notes["N1"], nations=("vale",))}
    found = index(body, marks, replace(REVIEW, notes=notes))
    assert (found.nations_of("ash2019"), found.themes_of("ash2019")) == (["vale"], [])
