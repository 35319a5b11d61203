"""A systematic review of studies reads as one: what it compares has its own name, and nobody speaks of meetings that were never held."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest

from conftest import SITES, Built
from evidence.site import load
from evidence.text import spoken
from evidence.text.translation import in_own_words

# What the words of one review are, and another does not have.
FOREIGN = re.compile(r"(?i)\b(?:nations?|networks?|meetings?|members?)\b")
SEEN = ("content", "title", "aria-label", "alt", "placeholder", "data-label")


@pytest.fixture(scope="module")
def studies(built: Callable[[str], Path]) -> Built:
    """The systematic review in small."""
    return Built(built("whistling"))


def test_no_page_says_nation_network_meeting_or_member(studies: Built) -> None:
    found = []
    for address, tree in studies.trees.items():
        for element in tree.xpath("//script | //style"):
            element.drop_tree()
        texts = [tree.text_content(), *(value for name in SEEN for value in tree.xpath(f"//@{name}"))]
        # Names of files and places stay what they are, such as #by-nation.
        found += [(address, m[0]) for text in texts for m in FOREIGN.finditer(text) if "/" not in text]
    assert found == []
    assert "Evidence map: themes by country" in studies.trees["about/data/index.html"].text_content()


def test_no_table_paper_or_script_says_it_either(studies: Built) -> None:
    files = list(studies.folder.rglob("*.csv"))
    assert len(files) > 5
    for file in files:
        assert not FOREIGN.search(file.read_text("utf-8")), file
    paper = pypdfium2.PdfDocument(studies.folder / "discuss/packs/findings.pdf")
    text = " ".join(page.get_textpage().get_text_range() for page in paper)
    assert "Norway" in text and not FOREIGN.search(text)
    said = {name: (studies.folder / f"assets/{name}.js").read_text("utf-8") for name in ("filter", "search", "points")}
    for script in said.values():
        words = [json.loads(literal) for literal in re.findall(r'"(?:[^"\\\n]|\\.)*"', script)]
        assert [word for word in words if FOREIGN.search(word) and " " in word] == []
    assert '"Country the source is about"' in said["filter"]


def test_twelve_countries_stand_side_by_side_and_some_have_no_study(studies: Built) -> None:
    table = studies.trees["countries/index.html"].xpath("//table")[0]
    heads = [" ".join(head.text_content().split()) for head in table.xpath(".//thead//th")]
    review = load(SITES["whistling"]).review
    assert heads[1:] == [area.name for area in review.nations.values()] and len(heads) == 13
    assert next(iter(review.nations)) == "NO"  # which YAML would read as false
    without = set(review.nations) - {name for work in review.references.values() for name in work.nations}
    assert len(without) > 6
    assert len(review.themes) == 8 and max(_depth(review.themes, name) for name in review.themes) == 3


def _depth(themes: object, name: str) -> int:
    parent = themes[name].parent  # type: ignore[index]
    return 1 + (_depth(themes, parent) if parent else 0)


def test_a_review_may_have_many_authors(studies: Built) -> None:
    page = studies.trees["about/cite/index.html"].text_content()
    assert "Pretend, A., Invented, B., & Made-Up, C. (2026). Whistling to plants" in " ".join(page.split())
    work = load(SITES["whistling"]).review.sources["review"]
    assert work.names == (("Pretend", "Ada"), ("Invented", "Bo"), ("Made-Up", "Cleo"))


def test_a_word_that_cannot_stand_in_a_sentence_is_told(tmp_path: Path) -> None:
    shutil.copytree(SITES["whistling"], tmp_path / "review", ignore=shutil.ignore_patterns(".cache"))
    (tmp_path / "review/data/review.yml").write_text("area: <b>\nmembers: those who came\nmeeting: talk\n", "utf-8")
    assert [str(problem) for problem in load(tmp_path / "review").problems] == [
        "data/review.yml:1: 'area' is '<b>'; write words of letters alone, such as country",
        "data/review.yml:1: there is 'area' without 'areas'; add a line 'areas: ...'",
        "data/review.yml:1: there is 'meeting' without 'meetings'; add a line 'meetings: ...'",
    ]


def test_words_are_read_as_the_data_file_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EVIDENCE_LANGUAGE", "")
    monkeypatch.setenv(spoken.OWN_WORDS, "area=old")
    (tmp_path / "data").mkdir()
    for text, said in (
        ("# x\narea: 'local area'  # one\nareas: \"Länder\"\nnetwork:\n", "area=local area\nareas=Länder"),
        ("area: <b>\nmembers: two\n\n\nmeeting : x\n", "members=two"),
        ("", ""),
    ):
        (tmp_path / "data/review.yml").write_text(text, "utf-8")
        spoken.speak(tmp_path)
        assert os.environ[spoken.OWN_WORDS] == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Evidence map: themes by nation", "Evidence map: themes by area"),
        ("Nations of those passages", "Areas of those passages"),
        ("About no particular nation", "About no particular area"),
        ("Only cited on a nation. A nation is", "Only cited on an area. An area is"),
        ("%(says)s: %(topic)s, %(nation)s", "%(says)s: %(topic)s, %(nation)s"),
        ("What members of the network said", "What patients of the panel said"),
        ("network members", "panel patients"),
        ("Links work without a network.", "Links work without a network."),
        ("No meeting named this. To print for a meeting:", "No workshop named this. To print for a workshop:"),
        ("Themes", "Themes"),
    ],
)
def test_words_follow_with_their_article_and_capital(text: str, said: str) -> None:
    own = {"area": "area", "areas": "areas", "members": "patients", "network": "panel", "meeting": "workshop"}
    assert in_own_words(text, own) == said
    assert in_own_words(text, {}) == text
