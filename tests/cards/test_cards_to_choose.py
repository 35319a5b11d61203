"""The cards that a page has for readers to choose from: those of the packs, as text whatever they hold."""

from __future__ import annotations

from pathlib import Path

from lxml import html
from markdown import Markdown

from evidence.output.html_tree import EXTENSIONS
from made_up import PAGE
from made_up_packs import packs, site

HERE = PAGE + "<!-- evidence: cards -->\n"
CARDS = """\
cards:
  - {id: stop, set: signs, colour: red, shape: octagon, sign: hand, word: "Stop & go", text: "Please stop if 1 < 2."}
  - {id: go, set: signs, colour: green, shape: circle, word: Go, text: Go on.}
  - {id: other, colour: white, shape: square, word: Other, text: In no pack.}
"""
THEMES = """\
- {id: soil, title: Soil, origin: review, summary: It grows., in_a_line: Soil is good., members_said: [Soil is good.]}
- {id: air, title: Air, origin: review, summary: It blows.}
"""
FORM = "    form: cards\n"


def test_each_pack_of_cards_is_a_set_with_its_words_shapes_and_source(tmp_path: Path) -> None:
    text = packs("cards: [signs];themes: [all]", FORM, CARDS, name="both")
    found = site(tmp_path, text, docs__index_md=HERE, data__themes_yml=THEMES)
    assert found.problems == ()
    shown = Markdown(extensions=EXTENSIONS).convert(found.resolved("index.md").markdown())
    cards = html.fromstring(f"<main>{shown}</main>").xpath("//details//li[@data-set]")
    assert {(card.get("data-set"), card.get("data-subject"), card.get("data-source")) for card in cards} == {
        ("both", "Our sheet", "One, May 2020")
    }
    assert [(card.findtext("strong"), card.text_content().strip()) for card in cards] == [
        ("Stop & go", "Stop & go: Please stop if 1 < 2."),
        ("Go", "Go: Go on."),
        ("Soil", "Soil: What members said: Soil is good."),
        ("Air", "Air: It blows."),
    ]
    assert [(len(card.findall("svg")), card.get("data-ink")) for card in cards] == [
        (1, "#ffffff"),
        (1, "#ffffff"),
        (0, None),
        (0, None),
    ]


def test_cards_with_questions_are_none_of_them(tmp_path: Path) -> None:
    found = site(tmp_path, packs("questions: [all]", FORM, CARDS), docs__index_md=HERE)
    assert [str(problem) for problem in found.problems] == [
        "docs/index.md:10: marker 'cards': there is no pack of cards to hold up, or of themes, in data/packs.yml"
    ]
