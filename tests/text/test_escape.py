"""Text stays text wherever it is put: Markdown, tables, attributes, HTML, links and cells of a spreadsheet."""

from __future__ import annotations

import html as entities
import re
from collections.abc import Sequence

import pytest
from lxml import html
from markdown.extensions import Extension

from evidence.output.blocks import Item, Items, reference_runs, to_markdown
from evidence.text import escape
from rendered import SITE, letters, rendered, tags, words

NASTY = [
    "plain words", "*a* _b_ **c** __d__ a*b*c a_b_c ***", "`a` ``b`` ```c```", "~~a~~ ~b~ ^c^ ==d== ++e++ --f--",
    "[a](javascript:alert(1)) ![b](c.png) [d][e] [f]: g [^1] [ ] x [x] y",
    "<script>alert(1)</script> <b>c</b> </td></table> <!-- d --> <a@b.c> <http://d.e>",
    "&amp; & &lt; &#42; &copy; &nosuch;", "{{ macro }} {% tag %} { #id .class } {: .x} {++a++} {--b--}",
    r"a | b || c \| d", r"\ \\ \* \n \[x\] \`", "\"a\" 'b' “c” ‘d’ ''' \"\"\"",
    "# a", "## b ##", "> c", "- d", "+ e", "* f", "1. g", "1) h", "12. i", "1.", "-", "--- ", "***", "===", ": j",
    "~~~", "```", "!!! note", "??? x", '=== "tab"', "/// block", "*[HTML]: x", "[TOC]", "Table: x", "$x$ $$y$$",
    ":smile: @user #1", "a\n\nb\n# c\n    d\te", "a\x00b\x02c\x03d\x1be\x7ff\x85g\ue010h\ufffei",
    "\x02wzxhzdk:0\x03 \x02klzzwxh:0001\x03 wzxhzdk:0", "a\u2028b\u00a0c\u200bd é ü 日本 🌳",
    "http://a.b www.a.b a@b.c mailto:a@b.c", "(c) ... 1/2 +/- -->", "\ud800 lone",
]  # fmt: skip
RICH = [
    *SITE,
    *("abbr", "def_list", "footnotes", "pymdownx.betterem", "pymdownx.caret", "pymdownx.critic", "pymdownx.details"),
    *("pymdownx.inlinehilite", "pymdownx.mark", "pymdownx.tabbed", "pymdownx.tasklist", "pymdownx.tilde"),
]


@pytest.mark.parametrize("extensions", [[], SITE, RICH], ids=["bare", "site", "rich"])
@pytest.mark.parametrize("text", NASTY)
def test_text_in_markdown_shows_just_itself(text: str, extensions: Sequence[str | Extension]) -> None:
    safe, shown = escape.markdown(text), escape.clean(text)
    assert "\n" not in safe
    alone, inside = rendered(safe, extensions), rendered(f"before {safe} after", extensions)
    assert (words(alone), tags(alone)) == (shown, ["p"])
    assert (words(inside), tags(inside)) == (f"before {shown} after", ["p"])
    item, link = rendered(f"- a\n- {safe}\n", extensions), rendered(f"[{safe}](page.md)", extensions)
    assert (words(item), len(item.xpath(".//li"))) == (f"a {shown}", 2)
    assert (words(link), tags(link)) == (shown, ["p", "a"])


@pytest.mark.parametrize("text", NASTY)
def test_text_in_a_table_cell_shows_just_itself(text: str) -> None:
    safe, shown = escape.cell(escape.markdown(text)), escape.clean(text)
    table = rendered(f"| A | {safe} |\n| --- | --- |\n| {safe} | C |\n")
    assert [words(cell) for cell in table.xpath(".//th|.//td")] == ["A", shown, shown, "C"]
    assert [cell.get("data-label") for cell in table.xpath(".//td")] == [shown]


@pytest.mark.parametrize("text", NASTY)
def test_text_in_an_attribute_stays_in_it(text: str) -> None:
    page = rendered(f'See [T](#r){{ #i .c aria-label="{escape.attribute(text)}" }} there.')
    (link,) = page.xpath(".//a")
    assert (words(page), tags(page)) == ("See T there.", ["p", "a"])
    assert (link.get("id"), link.get("class")) == ("i", "c")
    assert letters(link.get("aria-label")) == letters(escape.clean(text).replace("@", "at"))


@pytest.mark.parametrize("text", NASTY)
def test_text_in_html_comes_back_as_it_was(text: str) -> None:
    safe = escape.html_text(text)
    (element,) = html.fragments_fromstring(f'<p title="{safe}">{safe}</p>')
    assert (element.text or "", element.get("title"), len(element)) == (escape.clean(text), escape.clean(text), 0)


@pytest.mark.parametrize("text", NASTY)
def test_a_work_that_begins_oddly_stays_one_item_of_its_list(text: str) -> None:
    work = f"{entities.escape(escape.clean(text), quote=False)} (2000) <i>Title</i>."
    page = rendered(to_markdown([Items((Item(("a",)), Item(reference_runs(work, ""))))], "page.md"))
    assert tags(page) == ["ul", "li", "li", "cite"]
    assert words(page) == " ".join(f"a {entities.unescape(re.sub('</?i>', '', work))}".split())


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "java\nscript:alert(1)",
        "\x01javascript:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd", "//evil.example", "https://",
        "https:///x", "http:evil", "ftp://a.b", "mailto:a@b.c", "a.html", "", "https://[::1",
    ],
)  # fmt: skip
def test_an_address_that_is_not_of_the_web_makes_no_link(address: str) -> None:
    assert escape.url(address) == ""
    assert tags(rendered(escape.link("T", address))) == ["p"]


@pytest.mark.parametrize(
    "address",
    [
        "https://a.example/b?c=d&e=f#g",
        "https://a.example/(b)_[c]_{d}_<e>_|f|_*g*_\\h\"i\"'j'`k`",
        "https://a.example/a b",
        "https://a.example/%20%zz",
        "HTTPS://a.example/)",
        "https://user@a.example:80/ü",
        "https://a.example/> [x](javascript:y)",
    ],
)
def test_an_address_of_the_web_cannot_end_its_link(address: str) -> None:
    page = rendered(f"{escape.link('T', address)} after")
    (link,) = page.xpath(".//a")
    assert (words(page), tags(page)) == ("T after", ["p", "a"])
    assert link.get("href") == escape.url(address)
    assert re.fullmatch(r"(?i:https?)://[\w:/?#@!$&+,;=%~.-]+", link.get("href"))


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        *[(f"{sign}1", f"'{sign}1") for sign in "=+-@\t\r"],
        ("a=1", "a=1"),
        ("", ""),
    ],
)
def test_a_spreadsheet_takes_no_cell_for_a_formula(text: str, safe: str) -> None:
    assert escape.csv_cell(text) == safe
