"""Suggested questions on a page: each once, below what it is on, as text whatever it holds."""

from __future__ import annotations

from pathlib import Path

from lxml import html
from markdown import Markdown

from evidence.output.html_tree import EXTENSIONS
from made_up import PAGE
from made_up_packs import QUESTIONS, packs, site

ASKED = """\
suggestions:
  - {id: dig, text: Who digs?, said: [members], themes: [soil]}
  - {id: far, text: "How far is 1 < 2 & off?", said: [members], nations: [wales]}
  - {id: wet, text: Is it wet?, said: [members], themes: [soil], nations: [wales]}
"""
THEMES = "- {id: soil, title: Soil, origin: review, summary: It grows., members_said: [Soil is good.]}\n"
NATIONS = "- {id: wales, name: Wales, members_said: [It rains.]}\n"
HERE = PAGE + "<!-- evidence: suggestions -->\n"


def test_each_stands_once_below_its_theme_or_nation(tmp_path: Path) -> None:
    spoken = {"data__themes_yml": THEMES, "data__nations_yml": NATIONS, "data__questions_yml": QUESTIONS + ASKED}
    found = site(tmp_path, packs("questions: [all]"), docs__index_md=HERE, **spoken)
    assert found.problems == ()
    text = Markdown(extensions=EXTENSIONS).convert(found.resolved("index.md").markdown())
    tree = html.fromstring(f"<main>{text}</main>")
    shown = [
        (li.get("data-suggestion"), li.get("data-subject"), li.text_content().strip())
        for li in tree.xpath("//li[@data-suggestion]")
    ]
    assert shown == [
        ("dig", "Soil", "Who digs?"),
        ("wet", "Soil", "Is it wet?"),
        ("far", "Wales", "How far is 1 < 2 & off?"),
    ]
    assert [li.text.strip() for li in tree.xpath("//details/ul/li")] == ["Soil", "Wales"]


def test_without_any_the_directive_says_so(tmp_path: Path) -> None:
    found = site(tmp_path, packs("questions: [all]"), docs__index_md=HERE)
    assert [str(problem) for problem in found.problems] == [
        "docs/index.md:10: marker 'suggestions': there are no 'suggestions:' in data/questions.yml"
    ]
