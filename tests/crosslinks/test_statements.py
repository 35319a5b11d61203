"""What counts as a statement, how it is known, and what it is said to rest on."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown

from evidence.crosslinks.index import build_index
from evidence.crosslinks.passages import Page, paginate
from evidence.crosslinks.resolving import resolve_citations
from evidence.crosslinks.statements import Statement
from evidence.crosslinks.support import (
    Support,
    anchors_of,
    marks_of,
    support_mark,
    support_of,
    support_of_works,
    with_links,
)
from evidence.model.base import Location
from evidence.model.network import Barrier, BarrierGroup, Barriers
from evidence.model.review import Kind, Review, Untraced
from evidence.output.accessible_tables import RealTables
from evidence.references.labels import labels
from evidence.site.directives import all_directives
from evidence.sources.document import parse_document
from evidence.text.languages import with_spans
from made_works import work

KINDS = {
    "article": Kind("article", "Article", "In a journal.", types=("article",), one="an article", peer_reviewed=True),
    "report": Kind("report", "Report", "Not in a journal.", types=("report",), one="a report"),
}
WORKS = {
    key: work(key, kind, {"title": key, "year": "2020"})
    for key, kind in [("ash", "article"), ("birch", "report"), ("fir", "article")]
}
REVIEW = Review(
    references=WORKS,
    untraced={"oak": Untraced("oak", "Oak", "Oak, 1066", "not traced", "Nothing.")},
    kinds=KINDS,
)
KNOWN = labels(REVIEW)


def page(text: str, front: str = "") -> Page:
    document, problems = parse_document(f"---\ntitle: T\ndescription: D\n{front}---\n\n# T\n\n{text}\n", "p.md", "p.md")
    made, more = paginate(REVIEW, KNOWN, document, all_directives())
    assert [*problems, *more] == []
    return made


def said(text: str, front: str = "") -> list[Statement]:
    return [made.statement for made in page(text, front).stated]


def shown(text: str, front: str = "", *, content_first: bool = False) -> str:
    made = page(text, front)
    places = build_index(REVIEW, [made], KNOWN).by_page["p.md"]
    formatted = dict.fromkeys(WORKS, "")
    return resolve_citations(made, places, REVIEW, KNOWN, formatted, content_first=content_first).markdown()


def texts(text: str) -> list[str]:
    return [statement.text(KNOWN) for statement in said(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One [@ash]. Two [@birch].", ["One.", "Two."]),
        ("One. And two [@ash]. Three <!-- evidence: uncited -->.", ["One. And two.", "Three."]),
        ("One. [@ash] Two. [@birch]", ["One.", "Two."]),
        ("Nothing is cited here. Nor here.", []),
        ("- One [@ash]\n- Two\n- Three [@birch]", ["One", "Three"]),
        ("It has parts [@ash]:\n\n- one\n- two", ["It has parts: one; two"]),
        ("It has parts:\n\n- one [@ash]\n- two [@birch]", ["one", "two"]),
        ("| Head [@fir] | Other |\n| --- | --- |\n| One [@ash] | Two |", ["One"]),
        ("> Quoted [@ash].", ["Quoted."]),
        ("`[@ash]` is code.", []),
        (
            "`Hedge` is code [@ash]. *Stress* may begin one [@birch]. 5 too [@fir]. É [@oak].",
            ["Hedge is code.", "Stress may begin one.", "5 too.", "É."],
        ),
        ("One [@ash], says Dr. Birch. Two [@birch].", ["One, says Dr. Birch.", "Two."]),
        ("> - One [@ash]\n> - Two [@birch]", ["One", "Two"]),
        ("- - One [@ash]", ["One"]),
        ("> ## Heading\n> One [@ash].", ["One."]),
        ("Head | Other\n--- | ---\nOne [@ash] | Two\nThree | Four [@birch]", ["One", "Four"]),
        ("> | Head |\n> | --- |\n> | One [@ash] |", ["One"]),
        ("It has [the words] [@ash].\n[the words]: https://example.org 'A title'", ["It has [the words]."]),
        ("One\n<!-- of\nseveral lines --> and more [@ash]. <!-- unit: x\ny -->", ["One and more."]),
        ('It has parts [@ash]:\n\n!!! note "Else"\n\n    - one', ["It has parts:"]),
        ('It has parts [@ash]:\n\n<div markdown="1">\n\n- one\n\n</div>', ["It has parts: one"]),
    ],
)
def test_what_is_cited_or_said_to_name_no_source_is_a_statement(text: str, expected: list[str]) -> None:
    assert texts(text) == expected


def test_a_statement_knows_who_says_it_where_and_about_what() -> None:
    text = '## Law { #law data-themes="a b" data-nations="c" }\n\nOne [@ash, p. 3].\n\n'
    [one, two] = said(f'{text}## Said {{ #said data-voice="members" }}\n\nTwo [@birch].')
    assert (one.section, one.title, one.voice, one.uri) == ("law", "Law", "", "p.md")
    assert (one.marks.themes, one.marks.nations) == (("a", "b"), ("c",))
    assert [(item.key, item.locator) for item in one.items] == [("ash", "p. 3")]
    assert one.where == Location("p.md", 10)
    assert (two.section, two.voice) == ("said", "members")
    assert [statement.voice for statement in said("One [@ash].", "voice: editors\n")] == ["editors"]


def ids(text: str) -> list[str]:
    return [statement.id for statement in said(text)]


def test_without_a_mark_its_id_is_its_section_and_place() -> None:
    assert ids("One [@ash].\n\n## Law { #law }\n\nTwo [@ash]. Three [@ash].") == ["top-1", "law-1", "law-2"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One [@ash]. <!-- unit: x -->", ["x"]),
        ("One [@ash]. <!-- unit: x --> Two [@ash]. <!-- unit: y -->", ["x", "y"]),
        ("One [@ash].\n\n<!-- unit: x -->\n\nTwo [@ash].\n\n<!-- unit: y -->", ["x", "y"]),
        ("One [@ash]. Two [@ash].\n\n<!-- unit: x y -->", ["x", "y"]),
        ("One [@ash]. Two [@ash].\n\n<!-- unit: x -->", ["x", "x-2"]),
        ("- One [@ash] <!-- unit: x -->\n- Two [@ash] <!-- unit: y -->", ["x", "y"]),
        ("Parts:\n\n- one [@ash]\n- two [@ash]\n\n<!-- unit: x y -->", ["x", "y"]),
        ("Parts [@ash]:\n\n- one\n- two\n\n<!-- unit: x y z -->", ["x"]),
        ("Said without a citation. <!-- unit: x -->", ["x"]),
        ("One [@ash]. <!-- unit: x -->\n\nTwo [@ash]. <!-- unit: x -->", ["x", "x-2"]),
        ("## Law { #law }\n\nOne [@ash]. <!-- unit: law -->", ["law-2"]),
        ('One [@ash]. <!-- unit: x"y -->', ["x"]),
    ],
)
def test_its_id_is_that_of_its_mark(text: str, expected: list[str]) -> None:
    assert ids(text) == expected


def test_a_marked_statement_keeps_its_id_when_it_is_reworded_and_moved() -> None:
    before = said("One [@ash]. <!-- unit: x -->\n\n## Law { #law }\n\nTwo [@birch].")
    after = said("Three [@fir].\n\n## Law { #law }\n\nTwo [@birch].\n\nQuite another one [@ash]. <!-- unit: x -->")
    assert before[0].id == after[-1].id == "x"
    assert (before[0].section, after[-1].section) == ("", "law")


def test_a_mark_is_not_for_the_note_that_stands_between() -> None:
    found = build_index(REVIEW, [page("Parts [@ash]:\n\n- one\n\n<!-- unit: x y -->")], KNOWN)
    assert [statement.id for statement in found.statements_at("p.md#y")] == ["x"]
    assert found.statements_at("p.md#z") == found.statements_at("q.md#x") == found.statements_at("p.md") == ()


def test_the_mark_of_a_cell_is_for_its_own_words() -> None:
    rain = Barrier("rain", title="Rain", text="It rains [@ash].", group="weather", unit="rain")
    barriers = Barriers((BarrierGroup("weather", title="Weather", bites="all", reported_by="all"),), (rain,))
    document, _ = parse_document(
        "---\ntitle: T\ndescription: D\n---\n\n# T\n\nOne [@birch].\n\n<!-- evidence: barriers -->\n", "p.md", "p.md"
    )
    made, _ = paginate(replace(REVIEW, barriers=barriers), KNOWN, document, all_directives())
    assert [(placed.statement.id, placed.statement.units) for placed in made.stated] == [
        ("top-1", ()),
        ("rain", ("rain",)),
    ]


@pytest.mark.parametrize(
    ("keys", "without", "words", "shapes"),
    [
        (("ash", "fir"), 0, "2 sources, all peer reviewed", "●●"),
        (("ash", "birch", "fir"), 0, "3 sources, 2 peer reviewed", "●●○"),
        (("birch", "oak"), 0, "2 sources, none peer reviewed, 1 not traced", "○○"),
        (("birch",), 0, "1 source, a report", "○"),
        (("ash",), 0, "1 source, an article", "●"),
        (("oak",), 0, "1 source, not traced", "○"),
        ((), 1, "no source named", ""),
        ((), 0, "", ""),
        (("birch",), 1, "1 source, a report; 1 point names no source", "○"),
        (("birch",), 2, "1 source, a report; 2 points name no source", "○"),
        (("birch", "nobody"), 0, "1 source, a report", "○"),
    ],
)
def test_support_is_told_in_words_and_shapes(keys: tuple[str, ...], without: int, words: str, shapes: str) -> None:
    support = support_of_works(keys, REVIEW, without)
    assert (support.words(), support.shapes()) == (words, shapes)


def test_a_work_that_is_cited_twice_counts_once() -> None:
    assert support_of(said("One [@ash]. Two [@ash; @birch]."), REVIEW).words() == "2 sources, 1 peer reviewed"


def test_where_no_kind_is_peer_reviewed_the_words_do_not_speak_of_it() -> None:
    plain = Review(references=WORKS, kinds={"report": KINDS["report"]})
    assert support_of_works(("ash", "birch"), plain).words() == "2 sources"


def test_support_is_told_once_a_paragraph_and_item() -> None:
    text = shown("One [@ash]. Two <!-- evidence: uncited -->.\n\n- Three [@birch]\n- Four [@fir]")
    assert text.count('class="support"') == 3
    assert "1 source, an article; 1 point names no source<a " in text
    assert "uncited" not in text
    assert text.count("any other source") == 1  # what the shapes mean


def test_a_kind_named_in_another_language_says_so_in_the_mark() -> None:
    kind = with_spans('an <span lang="cy">erthygl</span>')
    mark = support_mark(Support(("ash",), 1, 0, 0, kind, told_apart=True))
    assert mark.endswith('1 source, an <bdi lang="cy" dir="ltr">erthygl</bdi></small>')


def test_a_page_that_says_what_the_marks_mean_is_not_told_again() -> None:
    said = "One [@ash].\n\nA circle is a source.\n{ .support-key }\n"
    assert "any other source" not in shown(said)
    assert "any other source" not in shown("Nobody says anything.")
    assert "any other source" not in shown("One <!-- evidence: uncited -->.")
    found = '<small class="support"><span class="support-shapes">○</span> 1 source</small>'
    assert "any other source" in shown(f"Found elsewhere. {found}")


def test_what_marks_mean_comes_first_or_where_content_does_below_the_section_that_has_them() -> None:
    text = "Hello.\n\n## One\n\nNone.\n\n## Two\n\n- A [@ash].\n\n## Three\n\n- B [@fir]."
    assert shown(text).index("any other source") < shown(text).index("Hello")
    after = shown(text, content_first=True)
    assert after.count("any other source") == 1
    assert after.index(">A (") < after.index("any other source") < after.index("## Three")
    alone = shown("- A [@ash].", content_first=True)
    assert alone.index(">A (") < alone.index("any other source")


def test_support_stands_before_the_break_of_a_line_in_a_cell() -> None:
    [made] = page("One [@ash].<br>").stated
    assert made.end == len("\nOne [@ash].")


@pytest.mark.parametrize("front", ["support: false\n", "voice: members\n", "voice: editors\n"])
def test_no_support_is_told_where_it_is_not_the_reviews_or_not_wanted(front: str) -> None:
    assert "support" not in shown("One [@ash]. Two <!-- evidence: uncited -->.", front)


def test_a_page_ends_with_the_kinds_of_its_sources() -> None:
    text = shown("One [@ash; @birch; @oak]. Two [@fir; @ash].\n\nThree <!-- evidence: uncited -->.")
    tail = text.partition("## Kinds of evidence on this page")[2].partition("\n## ")[0]
    assert "rest on 4 sources" in tail
    assert [line for line in tail.splitlines() if line.startswith("- ")] == [
        "- Article: 2",
        "- Report: 1",
        "- Not traced: 1",
    ]
    assert "For 1 statement, no source is named." in tail


LINK = '<a class="passage" href="#top-1" aria-label="Link to passage 1"></a>'


@pytest.mark.parametrize(
    ("text", "around"),
    [
        ("> - One [@ash]", "<li>{}</li>"),
        ("> ## Heading\n> One [@ash].", "<p>{}</p>"),
        ('<p markdown="1">One [@ash].</p>', "<p>{}</p>"),
        ('<ul markdown="1"><li markdown="1">One [@ash].</li></ul>', "<li>{}</li>"),
        ("| Head |\n| --- |\n| One [@ash]<br> |", '<th scope="row">{}<br></th>'),
        ("Head | Other\n--- | ---\n`x|y` [@ash] | Two", '<th scope="row">{}</th>'),
        ("`x` One [@ash] `y`", "<p>{}</p>"),
        ("One [@ash]\n[link]: https://example.org", "<p>{}</p>"),
    ],
)
def test_anchor_and_support_stand_around_the_words_inside_their_block(text: str, around: str) -> None:
    extensions = ["admonition", "attr_list", "md_in_html", "sane_lists", "tables", "pymdownx.superfences", RealTables()]
    body = Markdown(extensions=extensions).convert(shown(text))
    before, after = around.split("{}")
    assert f'{before}<span id="top-1" class="statement"></span>' in body
    assert f"1 source, an article{LINK}</small>{after}" in body


def test_stress_that_ends_behind_a_comment_stays() -> None:
    assert "**One** <small" in shown("**One <!-- evidence: uncited -->**")


SIGNS = [
    "One ",
    "two. ",
    "[@ash]",
    "[@birch; @oak] ",
    "\n",
    "\n\n",
    "- ",
    "> ",
    "1. ",
    "`",
    "```\n",
    "**",
    "<br>",
    "</p>",
    "    ",
    "{ .x }",
    ":",
    "\t",
    "!!! note\n",
    "# H\n",
    "[a]: b\n",
    "É",
    "؟ ",
]
PIECES = st.sampled_from(
    [*SIGNS, "| ", "| --- |\n", "<!-- unit: x y -->", "<!-- evidence: uncited -->", "<!-- of\nours -->"]
)


@given(st.lists(PIECES, max_size=30).map("".join))
def test_what_is_put_in_takes_nothing_from_the_words(text: str) -> None:
    document, _ = parse_document(f"---\ntitle: T\ndescription: D\n---\n\n# T\n\n{text}\n", "p.md", "p.md")
    made, _ = paginate(REVIEW, KNOWN, document, all_directives())
    put = [*anchors_of(made.stated), *with_links(marks_of(made.stated, REVIEW), made.stated)]
    for number, passage in enumerate(made.passages):
        here = [(offset, "\0") for at, offset, _ in put if at == number]
        full, plain = passage.parts.shown(here), passage.parts.shown()
        assert full.text.count("\0") == len(here)
        assert full.text.replace("\0", "").split() == plain.text.split()
        for parts in (full, plain):
            cited = [parts.text[found.start : found.end] for found in parts.citations]
            assert cited == [passage.text[found.start : found.end] for found in passage.parts.citations]
        assert not any(full.in_code(found.start()) for found in re.finditer("\0", full.text))
