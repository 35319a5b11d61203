"""Words in other languages, words that run from right to left, and raised figures stay what they are on paper: in PDF, ODT and DOCX."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest

from evidence.model.site_data import Pack
from evidence.output.nodes import nodes
from evidence.paper_rules.letters import strange_letters
from evidence.papers.paper import Paper
from evidence.papers.pdf import paper_data, pdf
from made_up import AFTER, PAGE, review, told
from office_files import odf, w, xml

RLI, PDI = "\u2067", "\u2069"
WELSH = [
    'a <span lang="cy">GAIR</span> b',
    "a *GAIR*{lang=cy} b",
    'a <em lang="cy">GAIR</em> b',
    'a <code lang="cy">GAIR</code> b',
    'a **<bdi lang="cy">GAIR</bdi>** b',
    'a <abbr lang="cy" title="x">GAIR</abbr> b',
    'a <cite lang="cy">GA<b>IR</b></cite> b',
    '[GAIR](https://a.example){lang="cy"} b',
    'GAIR\n{: lang="cy" }',
    '<p lang="cy">GAIR</p>',
    '<div lang="cy" markdown="1">\n\n## GAIR\n\n</div>',
    '<section lang="cy" markdown="1">\n\n- GAIR\n\n</section>',
    '- GAIR\n{: lang="cy" }',
    '<ul><li>a</li><li lang="cy">GAIR</li></ul>',
    '<blockquote lang="cy">GAIR</blockquote>',
    "| a | *GAIR*{lang=cy} |\n| --- | --- |\n| b | c |",
    '<dl lang="cy"><dt>GAIR</dt></dl>',
    '<details lang="cy"><summary>GAIR</summary></details>',
]


def in_languages(runs: Any, lang: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a paper's blocks with the language around it."""
    if isinstance(runs, dict):
        lang = (runs["lang"] or lang) if runs["kind"] == "spoken" else lang
        runs = [value for value in runs.values() if isinstance(value, list)]
    for run in runs:
        if isinstance(run, str):
            yield run, lang
        elif isinstance(run, dict) and run["kind"] == "literal":
            yield run["text"], lang
        else:
            yield from in_languages(run, lang)


def docx_languages(text: str) -> dict[str, tuple[str, str]]:
    """The text of each run of a paper as DOCX, with its language for Latin letters and for those that run from right to left."""
    found = {}
    for run in xml("docx", "word/document.xml", 14, text).iter(w("r")):
        lang = run.find(f"{w('rPr')}/{w('lang')}")
        found["".join(run.itertext())] = (
            (lang.get(w("val"), ""), lang.get(w("bidi"), "")) if lang is not None else ("", "")
        )
    return found


def odt_languages(text: str) -> dict[str, tuple[str, str, str]]:
    """The text of each span of a paper as ODT, with its language and country, and the language for letters that run from right to left."""
    content = xml("odt", "content.xml", 14, text)
    names = ("fo:language", "fo:country", "style:language-complex")
    styles = {
        style.get(odf("style:name")): tuple(properties.get(odf(name), "") for name in names)
        for style in content.iter(odf("style:style"))
        for properties in style.findall(odf("style:text-properties"))
    }
    return {
        "".join(span.itertext()): styles.get(span.get(odf("text:style-name")), ("", "", ""))
        for span in content.iter(odf("text:span"))
    }


@pytest.mark.parametrize("text", WELSH)
def test_a_language_is_kept_in_every_format(text: str) -> None:
    said = dict(in_languages(nodes(text)))
    welsh = "".join(words for words, lang in in_languages(nodes(text)) if lang == "cy")
    assert welsh == "GAIR", said
    assert "".join(run for run, lang in docx_languages(text).items() if lang == ("cy", "cy")) == "GAIR"
    assert "".join(run for run, lang in odt_languages(text).items() if lang == ("cy", "none", "cy")) == "GAIR"


def test_a_country_goes_with_its_language() -> None:
    text = 'a <span lang="cy-GB">gair</span> <span lang="zh-Hant-TW">b</span> <span lang="welsh!">c</span> <span lang="">d</span>'
    assert [found for found in in_languages(nodes(text)) if found[1]] == [("gair", "cy-GB"), ("b", "zh-Hant-TW")]
    assert odt_languages(text)["gair"] == ("cy", "GB", "cy")
    assert docx_languages(text)["gair"] == ("cy-GB", "cy-GB")


def test_figures_stay_raised_and_lowered() -> None:
    text = "CO<sub>2</sub> on the 10<sup>th</sup>, **x<sup>2</sup>**"
    (paragraph,) = nodes(text)
    kinds = [run["kind"] if isinstance(run, dict) else run for run in paragraph["body"]]
    assert kinds == ["CO", "sub", " on the 10", "super", ", ", "strong"]
    document = xml("docx", "word/document.xml", 14, text)
    assert [align.get(w("val")) for align in document.iter(w("vertAlign"))] == [
        "subscript",
        "superscript",
        "superscript",
    ]
    positions = [
        p.get(odf("style:text-position"), "")
        for p in xml("odt", "content.xml", 14, text).iter(odf("style:text-properties"))
    ]
    assert {position.split()[0] for position in positions if position} == {"sub", "super"}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<q>a <q>b</q> c</q>", "“a ‘b’ c”"),
        ("<q lang='cy'>a</q>", "“a”"),
        ("<bdi>אב</bdi>, 12", f"{RLI}אב{PDI}, 12"),
        ("<span dir='rtl'>ab</span>, 12", f"{RLI}ab{PDI}, 12"),
        ("<bdi>ab</bdi>, 12", "ab, 12"),
        ("<span dir='auto'>אב</span>, 12", f"{RLI}אב{PDI}, 12"),
    ],
)
def test_what_browsers_add_is_in_the_text(text: str, shown: str) -> None:
    assert "".join(words for words, _ in in_languages(nodes(text))) == shown
    document = xml("docx", "word/document.xml", 14, text)
    assert "".join(document.itertext()).replace("Questions & answers", "").strip() == shown


LEFTWARD = """\
<div lang="he" dir="rtl" markdown="1">

## כותרת

פסקה

- אחת

| א | ב |
| --- | --- |
| ג | ד |

<p dir="ltr" lang="en">English</p>

</div>
"""


def test_blocks_that_run_from_right_to_left_begin_at_the_right() -> None:
    heading, *others, english = nodes(LEFTWARD)
    assert {block["way"] for block in (heading, *others)} == {"rtl"} and english["way"] == "ltr"
    for paragraph in xml("docx", "word/document.xml", 14, LEFTWARD).iter(w("p")):
        properties = paragraph.find(w("pPr"))
        assert properties is not None
        order = [child.tag for child in properties]
        hebrew = bool(re.search("[א-ת]", "".join(paragraph.itertext())))
        assert (w("bidi") in order) == hebrew
        assert not hebrew or w("jc") not in order or order.index(w("bidi")) < order.index(w("jc"))
        assert all(
            run.find(f"{w('rPr')}/{w('rtl')}") is not None
            for run in paragraph.iter(w("r"))
            if re.search("[א-ת]", "".join(run.itertext()))
        )
    content = xml("odt", "content.xml", 14, LEFTWARD)
    ways = {
        style.get(odf("style:name")): properties.get(odf("style:writing-mode"))
        for style in content.iter(odf("style:style"))
        for properties in style.findall(odf("style:paragraph-properties"))
    }
    lines = [*content.iter(odf("text:p")), *content.iter(odf("text:h"))]
    assert len(lines) >= 7
    for line in lines:
        hebrew = bool(re.search("[א-ת]", "".join(line.itertext())))
        assert (ways.get(line.get(odf("text:style-name"))) == "rl-tb") == hebrew


@pytest.mark.parametrize(("text", "leftward"), [(LEFTWARD, True), ("| a | b |\n| --- | --- |\n| c | א |\n", False)])
def test_a_table_that_runs_from_right_to_left_has_its_first_column_at_the_right(text: str, leftward: bool) -> None:
    [table] = xml("docx", "word/document.xml", 14, text).iter(w("tblPr"))
    order = [child.tag for child in table]
    assert (w("bidiVisual") in order) == leftward
    placed = [name for name in order if name in (w("tblStyle"), w("bidiVisual"), w("tblW"))]
    assert placed == sorted(placed, key=(w("tblStyle"), w("bidiVisual"), w("tblW")).index)  # ECMA-376, CT_TblPr
    [properties] = xml("odt", "content.xml", 14, text).iter(odf("style:table-properties"))
    assert (properties.get(odf("style:writing-mode")) == "rl-tb") == leftward


WORKS = """\
# Works

- <bdi dir="rtl">כהן, דוד</bdi> (2018) ‘<bdi lang="he" dir="rtl">שלום: COVID עולם</bdi>’, <cite><bdi lang="he" dir="rtl">כתב עת</bdi></cite>, 12(3), pp. 5–9.
- Evans, N. (2013) <cite><bdi lang="cy">Cyd-gynhyrchu: ŵy</bdi></cite>. Polder.
- <bdi dir="rtl">علي</bdi> (2018) <cite><bdi lang="ar" dir="rtl">كتاب السلام</bdi></cite>, 12(3), pp. 5–9.

## About
"""


@pytest.fixture(scope="module")
def works() -> bytes:
    pack = Pack("works", title="Works", purpose="To look at.")
    return pdf(paper_data(Paper(pack, "works.md", WORKS, "", "", "", ""), 14))


def test_a_pdf_says_in_which_language_words_are(works: bytes) -> None:
    with pikepdf.open(io.BytesIO(works)) as document:
        streams = document.pages[0].Contents.read_bytes()
        tree = " ".join(str(o.get("/Lang")) for o in document.objects if isinstance(o, pikepdf.Dictionary))
    assert {b"he", b"cy", b"ar"} <= {*re.findall(rb"/Lang ?\((\w+)\)", streams), *tree.encode().split()}


def test_words_that_run_from_right_to_left_do_not_pull_figures_along(works: bytes) -> None:
    (page,) = pypdfium2.PdfDocument(works)
    text = page.get_textpage()
    boxes = [(text.get_charbox(i), text.get_text_range(i, 1)) for i in range(text.count_chars())]
    first = next(box for box, sign in boxes if sign == "כ")
    line = [(box[0], sign) for box, sign in boxes if abs(box[1] - first[1]) < 8]
    shown = "".join(sign for _, sign in sorted(line))
    # From left to right on the page: the author, the year, the title, the journal, and then the issue and the pages.
    order = ["דוד", "ןהכ", "2018", "םלוע", "COVID", "םולש", "תע בתכ", "12(3), pp. 5–9."]
    places = [shown.find(part) for part in order]
    assert places == sorted(places) and -1 not in places, shown


def test_papers_have_letters_for_hebrew_arabic_and_welsh_and_say_so_of_others() -> None:
    assert list(strange_letters("שלום عربي ŵŷ CO₂ \u2067\u2069\u200f")) == []
    assert list(strange_letters("世界")) == ["世", "界"]


def test_a_heading_keeps_its_language_in_a_pack(tmp_path: Path) -> None:
    packs = "packs:\n  - {id: sheet, title: A sheet, purpose: To look at., parts: [{page: index.md}]}\n"
    page = f'{PAGE}## Pennawd {{ #pennawd lang="cy" data-themes="soil" }}\n\nTestun.\n'
    (paper,) = review(tmp_path, {"data/packs.yml": packs, "docs/index.md": page}).papers.all
    assert '## Pennawd { #pennawd lang="cy" }' in paper.markdown
    assert ("Pennawd", "cy") in list(in_languages(nodes(paper.markdown)))


def test_letters_without_a_font_are_told_together(tmp_path: Path) -> None:
    packs = "packs:\n  - {id: sheet, title: A sheet, purpose: To look at., parts: [{page: index.md}]}\n"
    (problem,) = told(tmp_path, {"data/packs.yml": packs, "docs/index.md": f"{PAGE}世界, ŵy, שלום.\n"})
    assert problem == (
        f"docs/index.md:{AFTER + 1}: letters '世界' are in none of the fonts for papers; write the words in other letters"
    )
