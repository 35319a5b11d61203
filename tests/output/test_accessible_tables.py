"""Tables that people can find their way in."""

from __future__ import annotations

import pytest
from lxml import html

from rendered import rendered, words

TABLE = """\
Table: Who grows *what* & where

| Land | Ash & thorn | `Elm` |
|:-----|:-----------:|------:|
| Hill | some        | [none](page.md) |
| Vale |             | all   |
"""


def test_a_table_has_a_caption_headers_on_both_sides_and_names_in_its_cells() -> None:
    page = rendered(TABLE)
    (table,) = page.xpath(".//table")
    assert (table[0].tag, words(table[0])) == ("caption", "Who grows what & where")
    assert [(words(th), th.get("scope")) for th in table.xpath("thead//th")] == [
        ("Land", "col"),
        ("Ash & thorn", "col"),
        ("Elm", "col"),
    ]
    assert [(words(th), th.get("scope")) for th in table.xpath("tbody//th")] == [("Hill", "row"), ("Vale", "row")]
    assert [(words(td), td.get("data-label")) for td in table.xpath("tbody//td")] == [
        ("some", "Ash & thorn"),
        ("none", "Elm"),
        ("", "Ash & thorn"),
        ("all", "Elm"),
    ]
    assert page.xpath(".//@style") == []
    assert "Table:" not in page.text_content()


def test_the_box_that_may_scroll_has_a_name() -> None:
    page = rendered(f"{TABLE}\n| A |\n| --- |\n| b |\n\nWords.\n\n{TABLE}")
    boxes = page.xpath(".//div[table]")
    assert [(box.get("role"), box.get("tabindex")) for box in boxes] == [("region", "0")] * 3
    names = [page.xpath("string(.//caption[@id=$id])", id=box.get("aria-labelledby", "")) for box in boxes]
    caption = page.xpath("string(.//caption)")
    assert caption and names == [caption, "", caption]
    assert [box.get("aria-label") for box in boxes] == [None, "Table 2", None]
    assert len(set(page.xpath(".//caption/@id"))) == 2


def test_parts_of_a_table_have_no_roles_of_their_own() -> None:
    assert {element.get("role") for element in rendered(TABLE).xpath(".//table//*|.//table")} == {None}


def test_a_table_within_a_list_or_an_admonition_is_mended_too() -> None:
    inner = "    | A | B |\n    | --- | --- |\n    | c | d |\n"
    page = rendered(f"- Item\n\n{inner}\n\nWords.\n\n!!! note\n\n{inner}")
    assert [td.get("data-label") for td in page.xpath(".//li//td|.//div[contains(@class, 'note')]//td")] == ["B", "B"]


def test_html_in_a_column_header_does_not_spill_into_the_cells_below() -> None:
    page = rendered('| A | <abbr title="On Top">OT</abbr> & `x` |\n| --- | --- |\n| b | c |\n')
    (cell,) = page.xpath(".//td")
    assert (cell.text, dict(cell.attrib)) == ("c", {"data-label": "OT & x"})


def test_a_paragraph_that_is_no_caption_stays() -> None:
    page = rendered("Table: of contents\n\nWords.\n\n| A |\n| --- |\n| b |\n")
    assert [words(p) for p in page.xpath(".//p")] == ["Table: of contents", "Words."]
    assert page.xpath(".//caption") == []


def cells(*texts: str) -> list[html.HtmlElement]:
    """A row of a table with these texts, as it is shown."""
    head = "| A | " + " | ".join("BCDEFGHIJKLMN"[: len(texts)])
    return rendered(f"{head} |\n|{' --- |' * (len(texts) + 1)}\n| a | {' | '.join(texts)} |\n").xpath(".//td")


@pytest.mark.parametrize(
    ("text", "statements", "below"),
    [
        ("One [a](b.md).<br>*Two*.<br/>Three", ["One a.", "Two.", "Three"], ""),
        ('<span id="x"></span>One.<br> <span id="y"></span>Two. <small>both</small>', ["One.", "Two."], "both"),
        ("<b>One.</b><br><b>Two</b>", ["One.", "Two"], ""),
        ("<br>One.<br>Two<br>", ["One.", "Two"], ""),
        ("One.<br>", [], "One."),
        ("<b>One.<br>Two</b>", [], "One.Two"),  # a list would cut what is bold
        ("One. <small>both</small>", [], "One. both"),
    ],
)
def test_several_statements_in_a_cell_are_a_list(text: str, statements: list[str], below: str) -> None:
    (cell,) = cells(text)
    assert [words(item) for item in cell.xpath("ul[@class='statements']/li")] == statements
    for found in cell.xpath("ul"):
        cell.remove(found)
    assert words(cell) == below


PROSE = "Some words that say more than a little of what was found. "


@pytest.mark.parametrize(
    ("columns", "text", "classes"),
    [
        (3, "12", "real"),
        (12, "12", "real"),
        (3, PROSE, "real"),
        (2, PROSE * 8, "real long"),
        (3, PROSE * 8, "real long landscape"),
        (4, PROSE * 8, "real long landscape"),
        (5, PROSE * 8, "real long stacked"),
        (12, PROSE, "real folded stacked"),
        (4, "Antidisestablishmentarianism", "real folded stacked"),
    ],
)
def test_a_table_is_told_what_becomes_of_it_where_it_has_too_little_room(columns: int, text: str, classes: str) -> None:
    cell = cells(*[text] * columns)[0]
    assert cell.getparent().getparent().getparent().get("class") == classes
