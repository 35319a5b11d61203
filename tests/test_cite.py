"""Works as readers see them cited and listed; hostile text that must stay text; tables that people can find their way in."""

from __future__ import annotations

import html as entities
import json
import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from lxml import html
from markdown import Markdown
from markdown.extensions import Extension

from evidence import escape
from evidence.bibtex import parse_bibtex
from evidence.cite import labels
from evidence.harvard import format_references, to_markdown, to_plain
from evidence.real_tables import RealTables
from evidence.review import Kind, Review

KINDS = {"law": Kind("law", "Law", "Passed by a parliament.", authorless=True)}


def review(text: str) -> Review:
    references, problems, _ = parse_bibtex(text, "x.bib")
    assert problems == []
    return Review(references=references, kinds=KINDS)


def formatted(text: str, cache: Path | None = None) -> dict[str, str]:
    found = review(text)
    return format_references(found, labels(found), cache)


# Harvard style (Pears and Shields, Cite Them Right)


@pytest.mark.parametrize(
    ("entry", "shown"),
    [
        pytest.param(
            "@article{a, author={Ash, Tom and Birch, Una}, title={Hedges in Winter}, journal={Journal of Hedges},"
            " volume={12}, number={3}, pages={101--117}, year={2019}, month=jul, doi={10.1234/h.2019}}",
            "Ash, T. and Birch, U. (2019) ‘Hedges in Winter’, <i>Journal of Hedges</i>, 12(3), pp. 101–117. "
            "Available at: https://doi.org/10.1234/h.2019.",
            id="article",
        ),
        pytest.param(
            "@article{a, author={Ash, T.}, title={Hedges}, journal={Open Hedges}, volume={8}, eid={e0123}, year={2019}}",
            "Ash, T. (2019) ‘Hedges’, <i>Open Hedges</i>, 8, article e0123.",
            id="article with a number in place of pages",
        ),
        pytest.param(
            "@article{a, author={Ash, T.}, title={Hedges}, journal={Open Hedges}, volume={8}, pages={7}, year={2019}}",
            "Ash, T. (2019) ‘Hedges’, <i>Open Hedges</i>, 8, p. 7.",
            id="article of one page",
        ),
        pytest.param(
            "@article{a, author={Ash, T.}, title={Hedges}, journal={Journal of Hedges}, year={2019}}",
            "Ash, T. (2019) ‘Hedges’, <i>Journal of Hedges</i>.",
            id="article without a volume",
        ),
        pytest.param(
            "@techreport{a, author={Ash, T.}, title={State of Hedges}, institution={Hedge Office}, address={Leeds},"
            " type={Report}, number={38/2023}, year={2023}, url={https://hedges.example/r.pdf}}",
            "Ash, T. (2023) <i>State of Hedges</i>. Report 38/2023. Leeds: Hedge Office. "
            "Available at: https://hedges.example/r.pdf.",
            id="report with type and number",
        ),
        pytest.param(
            "@online{a, author={{Hedge and Ditch Trust}}, title={Why Hedges}, year={2021}, url={https://hedges.example/why}}",
            "Hedge and Ditch Trust (2021) <i>Why Hedges</i>. Available at: https://hedges.example/why.",
            id="web page of an organisation",
        ),
        pytest.param(
            "@book{a, author={van den Berg, Kees}, title={Dikes}, publisher={Polder}, address={Delft}, edition={2}, year={2017}}",
            "van den Berg, K. (2017) <i>Dikes</i>. 2nd edn. Delft: Polder.",
            id="book in its second edition",
        ),
        pytest.param(
            "@book{a, editor={Ash, T. and Birch, U.}, title={On Hedges}, publisher={Polder}, year={2017}}",
            "Ash, T. and Birch, U. (eds) (2017) <i>On Hedges</i>. Polder.",
            id="book with editors only",
        ),
        pytest.param(
            "@book{a, editor={Ash, T.}, title={On Hedges}, publisher={Polder}, year={2017}}",
            "Ash, T. (ed.) (2017) <i>On Hedges</i>. Polder.",
            id="book with one editor",
        ),
        pytest.param(
            "@incollection{a, author={Birch, U.}, title={Roots}, booktitle={On Hedges}, editor={Ash, T.},"
            " publisher={Polder}, address={Delft}, pages={3--9}, year={2017}}",
            "Birch, U. (2017) ‘Roots’, in T. Ash (ed.) <i>On Hedges</i>. Delft: Polder, pp. 3–9.",
            id="chapter",
        ),
        pytest.param(
            "@phdthesis{a, author={Birch, Una}, title={Roots}, school={University of Leeds}, type={PhD thesis}, year={2015}}",
            "Birch, U. (2015) <i>Roots</i>. PhD thesis. University of Leeds.",
            id="thesis",
        ),
        pytest.param(
            "@misc{a, title={Hedges Act 2011}, number={c. 7}, year={2011}, sourcekind={law}, url={https://law.example/7}}",
            "<i>Hedges Act 2011</i>, c. 7. Available at: https://law.example/7.",
            id="law",
        ),
        pytest.param(
            "@online{a, author={Ash, T.}, title={Undated}, year={n.d.}, url={https://hedges.example/u}}",
            "Ash, T. (n.d.) <i>Undated</i>. Available at: https://hedges.example/u.",
            id="no date",
        ),
        pytest.param(
            "@book{a, author={A, A. and B, B. and C, C. and D, D.}, title={Four}, publisher={P}, year={2000}}",
            "A, A. et al. (2000) <i>Four</i>. P.",
            id="four authors",
        ),
        pytest.param(
            "@book{a, author={Ash, T. and others}, title={Many}, publisher={P}, year={2000}}",
            "Ash, T. et al. (2000) <i>Many</i>. P.",
            id="and others",
        ),
        pytest.param(
            "@book{a, author={{Ash & Sons <i>}}, title={Salt \\& “Pepper” <b> 'x' > \"y\"}, publisher={<P>}, year={2000}}",
            "Ash &amp; Sons &lt;i&gt; (2000) <i>Salt &amp; “Pepper” &lt;b&gt; 'x' &gt; \"y\"</i>. &lt;P&gt;.",
            id="characters of HTML",
        ),
    ],
)
def test_a_work_is_listed_as_the_style_says(entry: str, shown: str) -> None:
    assert formatted(entry) == {"a": shown}


def test_works_of_one_author_and_year_get_letters_in_the_text_and_in_the_list() -> None:
    text = "".join(
        f"@online{{k{i}, author={{Ash, T.}}, title={{T{i}}}, year={{{year}}}}}\n"
        for i, year in enumerate(["2020", "2020", "n.d.", "n.d.", "2021"])
    )
    assert [str(label) for label in labels(review(text)).values()] == [
        "Ash, 2020a",
        "Ash, 2020b",
        "Ash, n.d.-a",
        "Ash, n.d.-b",
        "Ash, 2021",
    ]
    assert list(formatted(text).values()) == [
        "Ash, T. (2020a) <i>T0</i>.",
        "Ash, T. (2020b) <i>T1</i>.",
        "Ash, T. (n.d.-a) <i>T2</i>.",
        "Ash, T. (n.d.-b) <i>T3</i>.",
        "Ash, T. (2021) <i>T4</i>.",
    ]


def test_letters_go_on_after_z() -> None:
    text = "".join(f"@book{{k{i:02}, author={{Ash, T.}}, title={{T}}, year={{2020}}}}\n" for i in range(28))
    assert sorted(label.letter for label in labels(review(text)).values())[:3] == ["a", "aa", "ab"]


@pytest.mark.parametrize(
    ("people", "short"),
    [
        ("author={Ash, T.}", "Ash"),
        ("author={Ash, T. and Birch, U.}", "Ash and Birch"),
        ("author={Ash, T. and Birch, U. and Cherry, V.}", "Ash, Birch and Cherry"),
        ("author={Ash, T. and Birch, U. and Cherry, V. and Damson, W.}", "Ash et al."),
        ("author={Ash, T. and others}", "Ash et al."),
        ("author={van den Berg, Kees and de la Cruz, Ana}", "van den Berg and de la Cruz"),
        ("author={{Hedge and Ditch Trust}}", "Hedge and Ditch Trust"),
        ("author={{Hedge and Ditch Trust}}, shortauthor={HDT}", "HDT"),
        (r"author={{\'E}mile {Zola}}", "Zola"),
        ("editor={Ash, T.}", "Ash"),
        ("shorttitle={Hedges}", "Hedges"),
        ("note={No one}", "All about hedges"),
    ],
)
def test_the_text_names_authors_else_editors_else_the_title(people: str, short: str) -> None:
    found = review(f"@book{{a, {people}, title={{All about hedges}}, year={{2000}}}}\n")
    assert str(labels(found)["a"]) == f"{short}, 2000"


# The cache, and many works

TWO = "@book{a, author={Ash, T.}, title={One}, year={2000}}\n@book{b, author={Birch, U.}, title={Two}, year={2001}}\n"


@pytest.mark.parametrize("content", [b"", b"{", b"[1, 2]", b"null", b"\xff\xfe", b'{"a": '])
def test_a_spoilt_cache_is_only_slower(tmp_path: Path, content: bytes) -> None:
    cache = tmp_path / "cache.json"
    cache.write_bytes(content)
    assert formatted(TWO, cache) == formatted(TWO)
    assert sorted(json.loads(cache.read_bytes()).values()) == sorted(formatted(TWO).values())


def test_a_cache_that_cannot_be_written_is_only_slower(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    assert formatted(TWO, tmp_path / "file/cache.json") == formatted(TWO)


def test_the_cache_gives_the_same_text_and_forgets_what_is_gone(tmp_path: Path) -> None:
    cache = tmp_path / "deep/cache.json"
    first = formatted(TWO, cache)
    stamp = cache.stat().st_mtime_ns
    assert formatted(TWO, cache) == first
    assert cache.stat().st_mtime_ns == stamp
    changed = formatted(TWO.replace("Two", "Two more"), cache)
    assert changed == {"a": first["a"], "b": "Birch, U. (2001) <i>Two more</i>."}
    assert formatted(TWO.split("\n", maxsplit=1)[0], cache) == {"a": first["a"]}
    assert list(json.loads(cache.read_bytes()).values()) == [first["a"]]


def test_many_works_come_out_as_few_do() -> None:
    entries = [f"@book{{k{i}, author={{Ash{i}, T.}}, title={{Title {i}}}, year={{2000}}}}\n" for i in range(301)]
    few = formatted("".join(entries[:150])) | formatted("".join(entries[150:]))
    many = formatted("".join(entries))
    assert many == few
    assert list(many) == [f"k{i}" for i in range(301)]


# Hostile text stays text

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
SITE = ["admonition", "attr_list", "md_in_html", "tables", "toc", "pymdownx.superfences", RealTables()]
RICH = [
    *SITE,
    *("abbr", "def_list", "footnotes", "pymdownx.betterem", "pymdownx.caret", "pymdownx.critic", "pymdownx.details"),
    *("pymdownx.inlinehilite", "pymdownx.mark", "pymdownx.tabbed", "pymdownx.tasklist", "pymdownx.tilde"),
]


def rendered(text: str, extensions: Sequence[str | Extension] = SITE) -> html.HtmlElement:
    return html.fragment_fromstring(Markdown(extensions=extensions).convert(text), "main")


def tags(element: html.HtmlElement) -> list[str]:
    return [child.tag for child in element.iterdescendants()]


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def letters(text: str) -> list[str]:
    return re.findall(r"\w", text)


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
    page = rendered(f"- a\n- {to_markdown(work, '')}\n")
    assert tags(page) == ["ul", "li", "li", "cite"]
    assert words(page) == " ".join(f"a {to_plain(work)}".split())


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


# Tables

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
