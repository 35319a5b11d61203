"""Themes and nations in brief, as papers for a meeting: what was found, what members said, questions on them, and room to write."""

from __future__ import annotations

from pathlib import Path

import pytest

from evidence.crosslinks import Page
from evidence.files import Cache
from evidence.model.network import Suggestion
from evidence.papers import passages_of
from evidence.papers.formats import pdf_pages
from evidence.papers.paper import Paper
from evidence.wording import grade
from evidence.wording.measuring import sentences
from made_up_packs import FILES, QUESTIONS, outline, packs, shown, site
from paper_files import REAL, letters, made, texts

KINDS = "- {id: article, name: Article, meaning: M., types: [article], one: an article, peer_reviewed: true}\n"
NETWORK = "name: Diggers\nmeetings: [{id: first, title: First meeting, number: 1, summary: We dug.}]\n"
SOIL = """\
- id: soil
  title: Soil
  origin: first
  summary: What grows needs *good* soil.
  picture: spade
  members_said: [We dig., Worms help.]
  found:
    - text: Soil is deep [@good2020].
    - text: Soil is dark.
    - text: Soil is old [@good2020].
    - text: Soil is a fourth thing [@good2020].
"""
SUGGESTED = """\
suggestions:
  - {id: dig, text: Who digs? , said: [review, members], themes: [soil]}
  - {id: other, text: Who swims?, said: [review], nations: [wales]}
  - {id: more, text: Who digs more?, said: [review, members], themes: [soil]}
"""
WALES = "- {id: wales, name: Wales, found: [{text: 'Wales is green [@good2020].'}]}\n"
MORE = {
    "data__kinds_yml": KINDS,
    "data__network_yml": NETWORK,
    "data__themes_yml": SOIL,
    "data__nations_yml": WALES,
    "data__questions_yml": QUESTIONS + SUGGESTED,
    "docs/assets/pictures/spade.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M1 1h7"/></svg>',
}


def brief(root: Path, part: str, **changes: str) -> Paper:
    found = site(root, packs(part), **{**MORE, **changes})
    assert found.problems == ()
    return found.papers.all[0]


def said(made: Paper) -> str:
    return " ".join(shown(made).text_content().split())


def test_a_theme_in_brief_says_what_was_found_what_members_said_and_what_to_talk_about(tmp_path: Path) -> None:
    found = brief(tmp_path, "brief: soil, lines: 3, title: Soil")
    assert outline(found) == [
        *("h1 Our sheet", "h2 Soil", "h3 What the review found", "h3 What members said", "h3 Questions to talk about"),
        *("h2 References", "h2 About this paper"),
    ]
    words = said(found)
    assert "Members said, in our words: What grows needs good soil." in words
    assert "Soil is deep (Good, 2020). ● 1 source, an article" in words
    assert "Soil is dark. no source named" in words
    assert "Neither number nor kind shows how good they are." in words
    assert "fourth thing" not in words
    assert "We dig. Worms help." in words
    assert "We, the editors, suggest: Who digs? Who digs more?" in words
    assert "Who swims?" not in words
    assert "Notes on this are on our website, on the page Soil (theme)." in words
    lines = shown(found).find_class("note-lines")
    assert [line.get("data-lines") for line in lines] == ["3", "3"]


def test_its_picture_stands_beside_its_sentence_and_only_decorates(tmp_path: Path) -> None:
    (beside,) = shown(brief(tmp_path, "brief: soil")).find_class("easy")
    (picture,) = beside.xpath(".//svg")
    assert picture.get("aria-hidden") == "true"
    assert " ".join(beside.text_content().split()) == "Members said, in our words: What grows needs good soil."


@pytest.mark.parametrize(
    ("origin", "said_by"),
    [
        ("first", "Members said, in our words: "),
        ("review", "A theme of the review, in our words: "),
        ("editors", "In our words, as editors: "),
    ],
)
def test_the_line_that_sums_a_theme_up_names_who_says_it(tmp_path: Path, origin: str, said_by: str) -> None:
    theme = SOIL.replace("origin: first", f"origin: {origin}")
    assert f"{said_by}What grows needs good soil." in said(brief(tmp_path, "brief: soil", data__themes_yml=theme))


def test_without_a_title_its_name_stands_above_it_where_the_paper_does_not_say_it(tmp_path: Path) -> None:
    assert outline(brief(tmp_path, "brief: soil"))[:2] == ["h1 Our sheet", "h2 Soil"]


def test_the_paper_of_each_theme_does_not_say_its_name_twice(tmp_path: Path) -> None:
    text = packs("brief: '{id}'", "    each: theme\n").replace("Our sheet", "'{title}: ours'")
    found = site(tmp_path, text, **MORE)
    assert found.problems == ()
    assert outline(found.papers.all[0])[:2] == ["h1 Soil: ours", "h2 What the review found"]


def test_a_nation_in_brief_leads_to_its_page(tmp_path: Path) -> None:
    found = brief(tmp_path, "brief: wales, page: guide.md, title: W")
    words = said(found)
    assert "Wales is green (Good, 2020). ● 1 source, an article" in words
    assert "Nothing that members said is about Wales alone." in words
    assert "We, the editors, suggest: Who swims?" in words
    assert "Notes on this are on our website, on the page Guide." in words
    assert "Notes on this" not in said(brief(tmp_path / "other", "brief: wales"))


def test_where_a_theme_and_a_nation_share_an_id_each_has_its_paper(tmp_path: Path) -> None:
    nations = WALES.replace("id: wales", "id: soil")
    questions = (QUESTIONS + SUGGESTED).replace("[wales]", "[soil]")
    text = packs("brief: '{id}'", "    each: nation\n")
    found = site(tmp_path, text, **MORE | {"data__nations_yml": nations, "data__questions_yml": questions})
    assert found.problems == ()
    assert "Wales is green" in said(found.papers.all[0])


def test_an_address_of_the_site_stands_in_the_last_line(tmp_path: Path) -> None:
    publisher = "{name: Us, contact: us@example.org, site_address: 'https://www.example.org/evidence/'}\n"
    found = brief(tmp_path, "brief: soil", data__publisher_yml=publisher)
    assert "Notes on this are at www.example.org/evidence/themes/soil/" in said(found)


@pytest.mark.parametrize(
    ("theme", "words", "missing"),
    [
        ("origin: first, members_said: [We dig.], agreement: review-silent", "The review says nothing on this.", ""),
        (
            "origin: review, found: [{text: 'It is so [@good2020].'}]",
            "No meeting named this theme. It comes from the review.",
            "",
        ),
        (
            "origin: first, found: [{text: 'It is so [@good2020].'}], agreement: members-silent",
            "Members said nothing on this.",
            "",
        ),
        # What no line sums up may still stand in the review.
        ("origin: first, members_said: [We dig.]", "We dig.", "What the review found"),
        ("origin: editors", "Room to write", "What members said"),
    ],
)
def test_a_side_that_is_silent_is_said_to_be_so_in_a_sentence(
    tmp_path: Path, theme: str, words: str, missing: str
) -> None:
    themes = f"- {{id: soil, title: Soil, summary: S., {theme}}}\n"
    made = brief(tmp_path, "brief: soil, lines: 2", data__themes_yml=themes, data__questions_yml=QUESTIONS)
    assert words in said(made)
    assert not missing or missing not in said(made)


def test_without_suggestions_the_questions_of_the_review_on_the_theme_stand_there(tmp_path: Path) -> None:
    questions = QUESTIONS.replace("text: How deep?", "text: How deep?, themes: [soil]")
    made = brief(tmp_path, "brief: soil, lines: 2", data__questions_yml=questions)
    assert "The review asks: How deep?" in said(made)
    assert "editors, suggest" not in said(made)


def test_a_review_with_nothing_but_a_theme_has_a_paper_to_write_on(tmp_path: Path) -> None:
    found = site(tmp_path, packs("brief: soil, lines: 4", cards=""))
    assert found.problems == ()
    assert outline(found.papers.all[0]) == ["h1 Our sheet", "h2 Soil", "h3 Room to write", "h2 About this paper"]
    notice = "'soil' has nothing to say in pack 'sheet'; add 'found' or 'members_said' there"
    assert notice in [problem.message for problem in found.notices]


def test_what_data_say_is_words_and_never_markup(tmp_path: Path) -> None:
    bad = "*a* <b>b</b> [c](d) {{e}} `f`"
    asked = (
        f"suggestions:\n  - {{id: dig, text: '{bad}?', said: [review, members], themes: [soil], nations: [wales]}}\n"
    )
    nations = WALES.replace("name: Wales", f"name: '{bad}', members_said: ['{bad}']")
    changes = {"data__questions_yml": QUESTIONS + asked, "data__nations_yml": nations}
    for part in ("brief: soil", "brief: wales"):
        found = site(tmp_path / part[-5:], packs(part), **{**MORE, **changes})
        assert all("would be shown as it stands" in problem.message for problem in found.problems)
        made = found.papers.all[0]
        assert said(made).count(bad) == (1 if "soil" in part else 3)
        assert not shown(made).xpath("//em[.='a'] | //b | //code | //a[.='c']")


def test_the_files_stand_on_top_of_the_page_of_a_paper(tmp_path: Path) -> None:
    found = site(tmp_path, packs("brief: soil"), **MORE)
    page = str(next(output.content for output in found.outputs() if output.uri == "discuss/packs/sheet.md"))
    at = [page.index(words) for words in ("# Our sheet", "To print or to save:", "](sheet-large.pdf)", "## Soil")]
    assert at == sorted(at)


def test_pages_of_themes_show_suggestions_and_one_link_to_the_paper(tmp_path: Path) -> None:
    text = packs("brief: '{id}'", "    each: theme\n").replace("Our sheet", "'{title}: ours'")
    found = site(
        tmp_path, text, docs__index_md=FILES["docs/index.md"] + "\n<!-- evidence: packs theme-soil -->.\n", **MORE
    )
    assert found.problems == ()
    pages = {output.uri: output for output in found.outputs()}
    theme = str(pages["themes/soil.md"].content)
    facts = ", 1 page, 1 sheet of paper; also in large print."
    assert f"To print for a meeting: [Soil: ours](../discuss/packs/theme-soil.md){facts}" in theme
    assert theme.count("packs/theme-soil.md") == 1
    assert "We, the editors, suggest:\n\n- Who digs?" in theme
    assert f"[Soil: ours](discuss/packs/theme-soil.md){facts}" in found.resolved("index.md").markdown()


# The real site

BRIEFS = [paper for paper in REAL.papers.all if any(part.brief for part in paper.pack.parts)]


def test_each_theme_and_each_nation_has_its_paper() -> None:
    names = {f"theme-{name}" for name in REAL.review.themes} | {f"nation-{name}" for name in REAL.review.nations}
    assert {paper.pack.id for paper in BRIEFS} == names


@pytest.mark.parametrize("paper", BRIEFS, ids=lambda paper: paper.pack.id)
def test_it_has_at_most_four_sides_and_no_list_of_places(paper: Paper) -> None:
    assert pdf_pages(made(paper, "standard")) <= 4
    assert "Where the review speaks of it" not in paper.markdown
    assert "editor-note" not in paper.markdown
    assert paper.markdown.count("Notes on this are") == 1


@pytest.mark.parametrize("paper", BRIEFS, ids=lambda paper: paper.pack.id)
def test_its_words_are_easy(paper: Paper) -> None:
    passages = tuple(passages_of(REAL.review, paper.pack, REAL.find))
    page = Page(paper.uri, paper.pack.title, passages, paper.pack.where)
    assert grade(sentences(page), REAL.review.reading, Cache()) <= 8


@pytest.mark.parametrize("paper", BRIEFS, ids=lambda paper: paper.pack.id)
def test_in_standard_print_all_that_is_to_write_on_is_on_one_side(paper: Paper) -> None:
    sheets = [letters(text.get_text_range()) for _, text in texts(made(paper, "standard"))]
    asked = [letters(shown(paper).get_element_by_id(question.id).text) for question in _questions(paper)]
    assert 2 <= len(asked) <= 3
    assert sum(all(words in sheet for words in asked) for sheet in sheets) == 1


def _questions(paper: Paper) -> tuple[Suggestion, ...]:
    kind, _, name = paper.pack.id.partition("-")
    return REAL.review.suggested_on(REAL.review.themes[name] if kind == "theme" else REAL.review.nations[name])
