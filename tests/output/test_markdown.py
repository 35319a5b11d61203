"""Tables, links, lists and headings that the engine writes as Markdown show just the text that they were given, whatever it holds."""

from __future__ import annotations

import pytest

from evidence.output import markdown
from evidence.text import escape
from rendered import rendered, tags, words

NASTY = ["plain", "a | b", "[x](javascript:y) {: #z }", "- <b>c</b> *d*", '"quoted" # {e}', "a\n\nb"]


@pytest.mark.parametrize("text", NASTY)
def test_a_table_holds_its_caption_and_its_cells(text: str) -> None:
    safe = escape.markdown(text)
    page = rendered(markdown.table(text, ["A", safe], [[safe, markdown.link(text, "b/c.md#d", "b/e.md")]]))
    assert words(page.xpath(".//caption")[0]) == escape.clean(text)
    assert [words(cell) for cell in page.xpath(".//tr/*")] == ["A", *[escape.clean(text)] * 3]
    assert page.xpath(".//td//a/@href") == ["c.md#d"]


def test_a_table_can_be_written_row_by_row() -> None:
    whole = markdown.table("T", ["A", "B"], [["c", "d"], ["e", "f"]])
    assert (
        markdown.table_head("T", ["A", "B"]) + markdown.table_row(["c", "d"]) + markdown.table_row(["e", "f"]) == whole
    )


@pytest.mark.parametrize("text", NASTY)
def test_a_link_shows_its_text_and_has_its_name(text: str) -> None:
    (link,) = rendered(f"See {markdown.link(text, 'a/b.md', 'c.md', id_='e', css='d', label=f'T: {text}')}.").xpath(
        ".//a"
    )
    assert (words(link), link.get("href"), link.get("id"), link.get("class")) == (
        escape.clean(text),
        "a/b.md",
        "e",
        "d",
    )
    assert str(link.get("aria-label")).startswith("T: ")


@pytest.mark.parametrize(
    ("target", "address"),
    [("a/b.md", "b.md"), ("c.md#d", "../c.md#d"), ("#e", "#e"), ("https://f.org/g h", "https://f.org/g%20h")],
)
def test_a_link_leads_from_its_page(target: str, address: str) -> None:
    assert rendered(markdown.link("T", target, "a/here.md")).xpath(".//a/@href") == [address]


@pytest.mark.parametrize("target", ["", "javascript://alert(1)", "ftp://a.b"])
def test_what_no_link_may_lead_to_is_text(target: str) -> None:
    assert markdown.link("T", target, "a.md") == "T"


@pytest.mark.parametrize("text", NASTY)
def test_headings_and_lists_hold_one_line_each(text: str) -> None:
    page = rendered(markdown.heading(2, text, "there", "c") + markdown.items([escape.markdown(text)] * 2))
    (heading,) = page.xpath(".//h2")
    assert (words(heading), heading.get("id"), heading.get("class")) == (escape.clean(text), "there", "c")
    assert [words(item) for item in page.xpath(".//li")] == [escape.clean(text)] * 2
    assert "h2" in tags(page)
