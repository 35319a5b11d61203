"""Tables that people can find their way in."""

from __future__ import annotations

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


def test_the_box_that_scrolls_has_the_name_of_its_table() -> None:
    page = rendered(f"{TABLE}\n| A |\n| --- |\n| b |\n\nWords.\n\n{TABLE}")
    boxes = page.xpath(".//div[table]")
    assert [(box.get("role"), box.get("tabindex")) for box in boxes] == [("region", "0")] * 3
    names = [
        box.get("aria-label") or words(page.xpath(f".//*[@id='{box.get('aria-labelledby')}']")[0]) for box in boxes
    ]
    assert names == ["Who grows what & where", "Table 2", "Who grows what & where"]
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
