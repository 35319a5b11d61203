"""Pictures made from data on paper: the same marks in every size of print, on a sheet that they fit on."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import page
import pikepdf
import pytest

from evidence.output.markdown import table
from evidence.output.nodes import nodes
from evidence.papers.formats import PAPER_FORMATS
from evidence.papers.pdf import paper_data
from evidence.pictures import bar, dot, figure, pip
from evidence.site import Site
from made_up import review
from office_files import read_back, words
from paper_files import A4, letters, texts

KINDS = ("Peer-reviewed article", "Review of research", "Policy or consultation paper", "Guidance", "Report", "Law")
PACKS = "packs: [{id: sheet, title: Our sheet, purpose: For us., parts: [{page: pictured.md}]}]\n"


def site(root: Path, *pictures: str) -> Site:
    words = "---\ntitle: Pictured\ndescription: A page.\n---\n\n# Pictured\n\nWords come first.\n\n## A picture { #a-picture }\n\n"
    return review(root, {"data/packs.yml": PACKS, "docs/pictured.md": words + "".join(pictures)})


def wide(kinds: int, most: int = 12) -> str:
    """A picture with a column for each kind of source."""
    heads = ["Theme", *(KINDS * 9)[:kinds]]
    rows = [[f"Theme {n}", *(dot(n + k, most, filled=k < 2) for k in range(kinds))] for n in (1, 2)]
    return figure("wide", "How many", "It shows how many. A count is not a strength.", table("Numbers", heads, rows))


def narrow() -> str:
    rows = [["2021", pip("peer") * 2, "2"], ["2022", bar(7, 9), "7"]]
    folded = table("Folded", ["Year", "All"], [["2021", "2"]])
    return figure("narrow", "When", "It shows when.", table("Years", ["Year", "Sources", "All"], rows), folded)


def tables(blocks: Any) -> Iterator[dict[str, Any]]:
    for block in blocks:
        if block["kind"] == "table":
            yield block
        else:
            yield from tables(block.get("body", ()) if block["kind"] == "picture" else ())


def sheets(site: Site, size: str = "standard") -> list[tuple[float, str]]:
    """The width of each sheet of the pack, and its words."""
    content = site.papers.files[PAPER_FORMATS[size].uri(site.papers.all[0].pack)].content
    return [(sheet.get_width(), letters(text.get_text_range())) for sheet, text in texts(content)]


def test_a_picture_keeps_its_marks_its_numbers_and_the_rules_of_pdf_ua(tmp_path: Path) -> None:
    made = site(tmp_path, narrow(), wide(2))
    content = made.papers.files[PAPER_FORMATS["standard"].uri(made.papers.all[0].pack)].content
    report = page.validate_pdf_bytes(content, profile="ua1")
    assert report.is_compliant, [str(failure) for failure in report.failures]
    words = "".join(text for _, text in sheets(made))
    assert letters("When It shows when. Years") in words
    assert letters("2022 7") in words
    assert "Folded" not in words, "paper has the picture; its folded table would say the same again"
    with pikepdf.open(BytesIO(content)) as file:
        numbers = sorted(str(tag.Alt) for tag in file.objects if isinstance(tag, pikepdf.Dictionary) and "/Alt" in tag)
    assert [number for number in numbers if number.isdecimal()] == ["1", "2", "2", "3"], "each number can be heard"


@pytest.mark.parametrize(
    ("kinds", "stacked", "turned", "lying"),
    [(2, False, False, False), (9, False, True, False), (13, False, True, True), (28, True, False, False)],
    ids=["upright", "heads turned", "on its side", "one below the other"],
)
def test_a_picture_takes_the_sheet_that_it_needs(
    tmp_path: Path, kinds: int, stacked: bool, turned: bool, lying: bool
) -> None:
    made = site(tmp_path, wide(kinds))
    picture = next(block for block in paper_data(made.papers.all[0], 14)["nodes"] if block["kind"] == "picture")
    (found,) = tables(picture["body"])
    assert (found["stacked"], found["turned"], picture.get("flipped", False)) == (stacked, turned, lying)
    printed = sheets(made)
    on_it = [width for width, words in printed if "Theme2" in words]
    assert on_it == [pytest.approx(A4[1] if lying else A4[0], abs=1)]
    assert printed[0][0] == pytest.approx(A4[0], abs=1), "what comes before stands upright"
    (heading,) = (words for _, words in printed if "Apicture" in words)
    assert "Theme1" in heading, "a picture's heading stands on its sheet"


def test_a_table_of_words_alone_never_has_its_heads_turned(tmp_path: Path) -> None:
    plain = table("Words", ["Theme", *KINDS], [["One", *["some words"] * 6]])
    (found,) = tables(paper_data(site(tmp_path, plain).papers.all[0], 14)["nodes"])
    assert found["stacked"]
    assert not found["turned"]


def test_marks_have_their_size_and_the_words_in_them() -> None:
    (paragraph,) = nodes(f"So {dot(4, 4, filled=True)} and {pip('law')} and {bar(1, 2)}.")
    marks = [run for run in paragraph["body"] if not isinstance(run, str)]
    assert [(mark["wide"], mark["high"], mark["alt"]) for mark in marks] == [
        (3.0, 3.0, "4"),
        (0.75, 0.75, ""),
        (10.0, 1.0, ""),
    ]


def test_a_mark_that_begins_an_item_stands_in_its_line() -> None:
    (key,) = nodes(f"- {pip('peer')} Peer reviewed\n- {pip('law')} Law\n")
    assert [[block["kind"] for block in item] for item in key["items"]] == [["paragraph"], ["paragraph"]]


def test_files_for_word_processors_have_the_numbers() -> None:
    said = words(read_back("docx", text=f"# Title\n\n{wide(2)}"))
    assert "How many" in said
    assert "Theme 112Theme 223" in said, "a row for each theme, and the numbers that stand in circles"


def test_a_long_picture_of_a_page_that_the_engine_makes_is_whole_on_paper(tmp_path: Path) -> None:
    """Neither its size nor the link to its file keeps a picture off paper."""
    themes = "- {id: soil, title: Soil, origin: review, summary: S.}\n" + "".join(
        f"- {{id: t{n}, title: Theme {n}, origin: review, summary: S.}}\n" for n in range(400)
    )
    sections = "".join(f"## S{n} {{ #s{n} data-themes=t{n} }}\n\nSo it is [@good2020].\n\n" for n in range(400))
    files = {
        "data/themes.yml": themes,
        "data/kinds.yml": "- {id: book, name: Book, meaning: A book., types: [book]}\n",
        "bibliography.bib": "@book{good2020, author={Good, Ann}, title={On soil}, publisher={P}, year={2020}}\n",
        "docs/soil.md": f"---\ntitle: Soil\ndescription: D.\n---\n\n# Soil\n\n{sections}",
        "data/packs.yml": PACKS.replace("{page: pictured.md}", "{page: evidence-map/index.md, sections: [kinds]}"),
    }
    made = review(tmp_path, files)
    assert made.problems == ()
    words = letters(made.papers.all[0].markdown)
    assert letters("Theme 399") in words
    assert "Downloadthistable" not in words
