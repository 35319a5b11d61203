"""Drawings that may stand in a page, and links from hard words to the glossary."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from lxml import html
from markdown import Markdown

from evidence.crosslinks.glossary_links import Linker
from evidence.documents.document import Marks
from evidence.model.site_data import Term
from evidence.output import html_tree
from evidence.output.blocks import to_markdown
from evidence.rules.data import _TAG
from evidence.site.loading import load
from evidence.sources.document import parse_document
from evidence.sources.drawings import parse_drawing
from evidence.sources.parts import parse_parts

GOOD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><path d="M0 0h9" marker-end="url(#a)"/></svg>'


def test_a_plain_drawing_comes_through_without_what_stands_around_it() -> None:
    assert parse_drawing(f'<?xml version="1.0"?>\n<!-- by hand -->\n{GOOD}\n', "x.svg") == (GOOD, [])


@pytest.mark.parametrize(
    ("text", "part"),
    [
        (GOOD.replace("<path", "<script>alert(1)</script><path"), "<script> is not allowed"),
        (GOOD.replace("<path", "<foreignObject/><path"), "<foreignObject> is not allowed"),
        (GOOD.replace("<path", "<style>*{}</style><path"), "<style> is not allowed"),
        (GOOD.replace("<path", '<image href="http://x"/><path'), "<image> is not allowed"),
        (GOOD.replace(" d=", ' onload="x()" d='), "onload='x()' is not allowed"),
        (GOOD.replace(" d=", ' style="fill:red" d='), "attribute style="),
        (GOOD.replace("url(#a)", "url(http://x)"), "marker-end='url(http://x)'"),
        (GOOD.replace(' viewBox="0 0 10 10"', ""), "needs a viewBox"),
        (GOOD.replace("</svg>", ""), "cannot be read"),
        ('<!DOCTYPE svg [<!ENTITY a "b">]>' + GOOD, "without a DOCTYPE"),
        ("just words", "not a plain SVG"),
    ],
)
def test_a_drawing_that_runs_loads_or_styles_is_refused(text: str, part: str) -> None:
    svg, problems = parse_drawing(text, "docs/assets/figures/x.svg")
    assert svg is None
    assert part in " ".join(str(problem) for problem in problems)


def linked(text: str, seen: set[str] | None = None) -> str:
    terms = {
        "moss": Term("moss", "moss", "Green."),
        "bog-moss": Term("bog-moss", "bog moss", "Wet.", also=("sphagnum",)),
        "peat": Term("peat", "peat", "Old moss.", link=False),
    }
    return Linker(terms, "deep/page.md", seen if seen is not None else set()).link(parse_parts(text))


def test_the_first_use_of_a_word_becomes_a_link_as_it_is_written() -> None:
    assert linked("Moss and moss.") == "[Moss](../glossary.md#moss){ .term } and moss."


def test_a_mark_of_support_holds_no_such_link_whatever_language_its_words_are_in() -> None:
    mark = '<small class="support"><span class="support-shapes">●</span> 1 source, <bdi lang="cy">moss</bdi> or moss</small>'
    assert linked(f"{mark} Moss.") == f"{mark} [Moss](../glossary.md#moss){{ .term }}."


def test_the_longest_form_wins_and_other_forms_count() -> None:
    assert linked("On bog moss.") == "On [bog moss](../glossary.md#bog-moss){ .term }."
    assert linked("Sphagnum, then bog moss.").count("glossary.md") == 1


@pytest.mark.parametrize(
    "text",
    [
        "`moss` stays",
        "```\nmoss\n```\n",
        "[about moss](x.md) stays",
        "(see [@moss2020]) stays",
        "# Moss\n",
        "| moss | a |\n",
        "Table: moss\n",
        '<abbr title="moss">x</abbr>',
        "<!-- moss -->",
        "at https://moss.example/moss today",
        "mosses and un-moss and moss-like",
        "peat is not linked",
    ],
)
def test_what_is_no_plain_prose_stays_as_it_is(text: str) -> None:
    assert linked(text) == text


def test_a_word_seen_before_on_the_page_is_not_linked_again() -> None:
    seen: set[str] = set()
    assert "glossary.md" in linked("moss", seen)
    assert linked("more moss", seen) == "more moss"


def test_words_lead_to_a_list_on_the_page_with_their_meanings() -> None:
    terms = {
        "moss": Term("moss", "moss", "Green | *soft*."),
        "bog": Term("bog", "Bog", "Wet."),
        "fen": Term("fen", "fen", "Wetter."),
    }
    linker = Linker(terms, "deep/page.md", here=True)
    assert linker.link(parse_parts("Moss of a bog.")) == "[Moss](#word-moss){ .term } of a [bog](#word-bog){ .term }."
    written = "".join(to_markdown([block], "deep/page.md") for block in linker.words())
    page = html.fromstring(Markdown(extensions=[*html_tree.NEEDED]).convert(written))
    words, meanings = page.xpath("//dl/dt"), page.xpath("//dl/dd")
    assert [(word.get("id"), word.text_content()) for word in words] == [("word-bog", "Bog"), ("word-moss", "moss")]
    assert [meaning.text_content() for meaning in meanings] == ["Wet.", "Green | *soft*."]
    assert page.xpath("//dt/a/@href") == ["../glossary.md#bog", "../glossary.md#moss"]
    assert list(Linker(terms, "deep/page.md", here=True).words()) == []


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "a <img src=x onerror=y>", "</td>", "<!-- x -->", "<!DOCTYPE x>"]
)
@pytest.mark.parametrize("field", ["summary", "reading", "members_said"])
def test_html_in_a_text_of_the_data_is_a_problem(tmp_path: Path, text: str, field: str) -> None:
    words = {"summary": "S.", "reading": "R.", "members_said": "M."} | {field: f"Some words {text}"}
    record = "".join(f"  {n}: {json.dumps([w] if n == 'members_said' else w)}\n" for n, w in words.items())
    (tmp_path / "data").mkdir()
    (tmp_path / "docs").mkdir()
    (tmp_path / "bibliography.bib").write_text("", "utf-8")
    (tmp_path / "docs/index.md").write_text("---\ntitle: T\ndescription: D\n---\n\n# T\n", "utf-8")
    (tmp_path / "data/themes.yml").write_text(f"- id: a\n  title: A < B\n  origin: review\n{record}", "utf-8")
    problems = [str(problem) for problem in load(tmp_path).problems]
    assert [p.partition(" holds")[0] for p in problems] == [f"data/themes.yml:1: '{field}'"]


def test_less_than_signs_that_are_no_tags_are_text() -> None:
    assert not _TAG.search("5 < 6, a<3, 1 <= 2 and <!-- evidence: uncited -->")


def test_what_others_say_is_not_what_the_review_says() -> None:
    text = '# T\n\n## A { #a data-themes="x" data-nations="n" }\n\nW.\n\n## B { #b data-themes="x" data-nations="n" data-voice="editors" }\n\nW.\n\n### C { #c }\n\nW.\n'
    document, problems = parse_document(f"---\ntitle: T\ndescription: D\n---\n\n{text}", "docs/x.md", "x.md")
    assert problems == []
    assert [(s.id, s.marks, s.voice) for s in document.sections if s.level > 1] == [
        ("a", Marks(("x",), ("n",)), ""),
        ("b", Marks((), ("n",)), "editors"),
        ("c", Marks((), ("n",)), "editors"),
    ]
    _, problems = parse_document('# T { data-voice="nobody" }\n', "docs/x.md", "x.md")
    assert [str(p) for p in problems] == ["docs/x.md:1: data-voice is 'nobody'; it is members or editors"]
