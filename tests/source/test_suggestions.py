"""What the editors add to themes and nations for their papers: pictures, and questions that are easy, open, lead to no answer and grow out of what was said."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from test_content import site
from test_themes import NATIONS, SUGGESTED, THEMES, how_hard

from evidence.model.network import Suggestion
from evidence.model.review import Nation, Theme

ABOUT = {one.id: one for one in (*THEMES, *NATIONS)}
LONGEST = 200  # characters, for which a card has room in large print
ASKING = re.compile(r"\b(?:what|which|who|whose|how|where|when)\b", re.I)
VERB = r"(?:do|does|did|is|are|was|were|has|have|had|can|could|should|would|will)"
# 'Do you ...' asks for yes or no; 'don't you' and ', right' for yes alone; 'your disability' takes it for granted.
LEADING = re.compile(
    rf"^{VERB}\b|\b(?:{VERB}|ca|wo)n[’']t\b|,\s*(?:right|yes|no)\?|\bwhy\b|\b(?:better|worse) than\b|\byour (?:disabilit|condition|barrier|need)",
    re.I,
)


def leads(text: str) -> bool:
    """Whether a question asks for one answer, or for yes or no."""
    return bool(LEADING.search(text)) or not ASKING.search(text)


@pytest.mark.parametrize("one", ABOUT.values(), ids=lambda one: one.id)
def test_a_theme_or_nation_has_a_picture_and_a_question_out_of_all_that_was_said(one: Theme | Nation) -> None:
    spoke = {side for side, said in (("review", one.found), ("members", one.members_said)) if said}
    assert spoke
    assert one.picture
    assert any(set(asked.said) == spoke for asked in SUGGESTED if one.id in (*asked.themes, *asked.nations))


@pytest.mark.parametrize("asked", SUGGESTED, ids=lambda asked: asked.id)
def test_a_suggested_question_is_open(asked: Suggestion) -> None:
    assert not leads(asked.text)
    assert len(asked.text) <= LONGEST


def test_pictures_tell_themes_and_nations_apart() -> None:
    for group in (THEMES, NATIONS):
        shared = {name for name, times in Counter(one.picture for one in group).items() if times > 1}
        assert shared == set()


@pytest.mark.parametrize("one", [one for one in ABOUT.values() if one.members_said], ids=lambda one: one.id)
def test_what_members_said_is_easy_to_read(one: Theme | Nation) -> None:
    hardness, longest = how_hard(" ".join(one.members_said))
    assert hardness <= 8
    assert longest <= site().review.reading.sentence_most


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Don't you find that meetings are too long?", True),
        ("Isn’t it time for a change?", True),
        ("Meetings should be near home, right?", True),
        ("Do you like to meet online?", True),
        ("Why are meetings so far away?", True),
        ("How does your disability keep you out?", True),
        ("What makes a place a good one to meet in?", False),
        ("For which decisions, if any, would you like someone by your side?", False),
    ],
)
def test_a_leading_question_is_seen(text: str, wrong: bool) -> None:
    assert leads(text) == wrong
