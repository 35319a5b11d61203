"""Words of other scripts and languages, figures that are raised or lowered: as HTML, as Markdown and as plain text."""

from __future__ import annotations

import re

import pytest

from evidence.output.blocks import Marked, plain_words, reference_runs, runs_to_html, runs_to_markdown, title_runs
from evidence.text import escape
from evidence.text.direction import beginning, direction, isolated, without_isolates, without_languages
from evidence.text.languages import with_isolates, with_spans
from rendered import rendered, tags

RLI, LRI, PDI = "\u2067", "\u2066", "\u2069"
HEBREW, ARABIC, JAPANESE = "שלום עולם", "السلام: 2018", "世界のパネル"


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("Cyd-gynhyrchu, 2018", ""),
        (JAPANESE, ""),
        (HEBREW, "rtl"),
        (ARABIC, "rtl"),
        (f"COVID: {HEBREW}", "rtl"),
        ("On the word שלום and its use", "ltr"),
        ("2018 (3)", ""),
    ],
)
def test_words_are_set_apart_where_some_run_the_other_way(text: str, way: str) -> None:
    assert direction(text) == way
    begin = {"rtl": RLI, "ltr": LRI, "": ""}[way]
    assert isolated(text) == f"{begin}{text}{PDI if way else ''}"
    assert without_isolates(f"a {isolated(text)} b") == f"a {text} b"
    element = f'<bdi dir="{way}">{text}</bdi>' if way else text
    assert escape.html_words(f"a {isolated(text)} b") == f"a {element} b"
    page = rendered(f"a {escape.markdown(isolated(text))} b")
    assert tags(page) == (["p", "bdi"] if way else ["p"])
    assert page.text_content().strip() == f"a {text} b"


def test_an_isolate_that_is_not_closed_makes_no_element() -> None:
    assert escape.html_words(f"a{RLI}b{RLI}c{PDI}d{PDI}") == f'a{RLI}b<bdi dir="rtl">c</bdi>d{PDI}'
    assert escape.html_text(isolated(HEBREW)) == f"{RLI}{HEBREW}{PDI}"  # an attribute holds no elements


WORKS = [
    (
        f'<bdi>כהן, דוד</bdi> (2018) ‘<bdi lang="he">{HEBREW}</bdi>’, <i><bdi lang="he">כתב עת</bdi></i>, 12(3).',
        f'<bdi dir="rtl">כהן, דוד</bdi> (2018) ‘<bdi lang="he" dir="rtl">{HEBREW}</bdi>’, '
        '<cite><bdi lang="he" dir="rtl">כתב עת</bdi></cite>, 12(3).',
        f"כהן, דוד (2018) ‘{HEBREW}’, כתב עת, 12(3).",
    ),
    (
        'Pine, I. (2009) ‘CO<sub>2</sub> at 10<sup>th</sup> &amp; x<sup>-2</sup> &lt;i&gt;’, <i>H<sub>i</sub> <bdi lang="cy">Aer</bdi></i>.',
        "Pine, I. (2009) ‘CO<sub>2</sub> at 10<sup>th</sup> &amp; x<sup>-2</sup> &lt;i&gt;’, "
        '<cite>H<sub>i</sub> <bdi lang="cy">Aer</bdi></cite>.',
        "Pine, I. (2009) ‘CO₂ at 10th & x⁻² <i>’, Hi Aer.",
    ),
]


@pytest.mark.parametrize(("formatted", "shown", "plain"), WORKS)
def test_a_formatted_work_keeps_its_languages_and_figures(formatted: str, shown: str, plain: str) -> None:
    runs = reference_runs(formatted, "")
    assert runs_to_html(runs, lambda uri: uri) == shown
    page = rendered(runs_to_markdown(runs, "page.md"))
    assert page.xpath("string(.//p)") == "".join(rendered(f"<p>{shown}</p>").itertext()).strip()
    assert [(e.tag, e.get("lang"), e.get("dir")) for e in page.xpath(".//p//*")] == [
        (e.tag, e.get("lang"), e.get("dir")) for e in rendered(f"<p>{shown}</p>").xpath(".//p//*")
    ]
    copied = reference_runs(escape.to_copy(formatted), "")
    assert plain_words(copied) == plain
    assert [run.lang for run in copied if isinstance(run, Marked)] == re.findall(r"<bdi(?: lang=.(\w+).)?>", formatted)


def test_an_address_stays_a_link_beside_marked_words() -> None:
    runs = reference_runs('<i><bdi lang="ar">كتاب</bdi></i>. Available at: https://a.example/x.', "https://a.example/x")
    assert runs_to_html(runs, str).endswith('. Available at: <a href="https://a.example/x">https://a.example/x</a>.')


def test_a_tag_that_no_style_writes_is_no_element() -> None:
    hostile = '<bdi lang="he" onclick="x">a</bdi> <b>c</b>'
    assert "<b" not in runs_to_html(reference_runs(hostile, ""), str).replace("&lt;b", "")


@pytest.mark.parametrize(
    ("title", "lang", "shown"),
    [
        ("Cyd-gynhyrchu", "cy", '<bdi lang="cy">Cyd-gynhyrchu</bdi>'),
        ("Panels & <b>care</b>", "", "Panels &amp; care"),
        (HEBREW, "", f'<bdi dir="rtl">{HEBREW}</bdi>'),
        ("CO<sub>2</sub> and <i>E. coli</i>", "", "CO<sub>2</sub> and <cite>E. coli</cite>"),
        ('A <span class="nocase">UK</span> <script> </i>', "cy", '<bdi lang="cy">A UK &lt;script&gt; &lt;/i&gt;</bdi>'),
        (f"x<sup>2</sup>: {HEBREW}", "he", f'<bdi lang="he" dir="rtl">x<sup>2</sup>: {HEBREW}</bdi>'),
    ],
)
def test_a_title_says_its_language_and_keeps_its_figures(title: str, lang: str, shown: str) -> None:
    assert runs_to_html(title_runs(title, lang), str) == shown


def test_plain_text_can_say_the_language_of_words() -> None:
    """What a data file writes becomes an element where there is markup, and nothing where there is none."""
    told = with_spans('The <span lang="cy">Senedd</span> and <span lang="he">שלום</span>')
    assert (
        escape.html_words(told) == 'The <bdi lang="cy" dir="ltr">Senedd</bdi> and <bdi lang="he" dir="rtl">שלום</bdi>'
    )
    page = rendered(f"# {escape.markdown(told)}")
    assert [(e.get("lang"), e.get("dir")) for e in page.iter("bdi")] == [("cy", "ltr"), ("he", "rtl")]
    assert without_languages(told) == f"The Senedd and {RLI}שלום{PDI}"
    assert escape.clean(told) == escape.html_text(told) == escape.attribute(told) == without_languages(told)
    assert without_isolates(told) == "The Senedd and שלום"
    assert with_isolates('The <bdi lang="cy" dir="ltr">Senedd</bdi> and <q lang=he>שלום</q>') == told


def test_plain_text_that_is_cut_says_the_language_of_what_is_left() -> None:
    told = with_spans('The <span lang="cy">Senedd yng Nghaerdydd</span> met')
    for most in range(5, len(told)):
        words = escape.html_words(beginning(told, most))
        assert words in (
            "The",
            'The <bdi lang="cy" dir="ltr">Senedd</bdi>',
            'The <bdi lang="cy" dir="ltr">Senedd yng</bdi>',
            'The <bdi lang="cy" dir="ltr">Senedd yng Nghaerdydd</bdi>',
        )


def test_what_is_typed_as_a_language_can_become_no_markup() -> None:
    for text in ('<span lang="cy" onclick="x">a</span>', "<span lang='cy'>a</span>", '<span lang="cy"><b>a</b></span>'):
        assert with_spans(text) == text
    assert with_spans('<span lang="welsh">a</span>') == '<span lang="welsh">a</span>'
    typed = "\u2066" + "".join(chr(0xE0000 + ord(sign)) for sign in 'cy" onclick="') + "a\u2069"
    assert escape.html_words(typed) == '<bdi dir="ltr">a</bdi>'
