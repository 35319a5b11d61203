"""Suggested questions with slips: what each is on, whose words it grows out of, and whether it is a question."""

from __future__ import annotations

from pathlib import Path

import pytest

from made_up import told

THEMES = """\
- {id: soil, title: Soil, origin: review, summary: S., found: [{text: "It is so [@good2020]."}], members_said: [We dig.]}
- {id: air, title: Air, origin: review, summary: A., found: [{text: "It is so [@good2020]."}]}
- {id: sun, title: Sun, origin: review, summary: S., members_said: [It burns.]}
- {id: fog, title: Fog, origin: review, summary: F.}
"""
NATIONS = '- {id: wales, name: Wales, found: [{text: "It is so [@good2020]."}]}\n'


def slips(root: Path, fields: str, text: str = "Why?") -> list[str]:
    """What is said of one suggestion with these fields."""
    files = {
        "data/themes.yml": THEMES,
        "data/nations.yml": NATIONS,
        "data/questions.yml": f"suggestions:\n  - {{id: one, text: '{text}', {fields}}}\n",
    }
    found = [message.partition(": ") for message in told(root, files)]
    assert {where for where, _, _ in found} <= {"data/questions.yml:2"}
    return [message for _, _, message in found]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ("said: [review, members], themes: [soil]", []),
        ("said: [review], themes: [air], nations: [wales]", []),
        ("said: [members], themes: [sun]", []),
        ("said: [members, review], themes: [sun, air]", []),
        (
            "said: [review]",
            ["suggestion 'one' is on no theme and on no nation; add a line 'themes' or 'nations' with the id of one"],
        ),
        ("said: [review], themes: [sol]", ["theme 'sol' is not in data/themes.yml; did you mean 'soil'?"]),
        ("said: [review], nations: [wels]", ["nation 'wels' is not in data/nations.yml; did you mean 'wales'?"]),
        (
            "said: [], themes: [air]",
            ["'said' is empty; write something there"],
        ),
        (
            "said: [review], themes: [soil]",
            [
                "no suggestion on 'soil' grows out of words of members, though they stand there; ask about them, too, and name the side in 'said'"
            ],
        ),
        (
            "said: [review, members], themes: [air]",
            ["suggestion 'one' grows out of words of members, but 'air' has no 'members_said'; write said: [review]"],
        ),
        (
            "said: [review], nations: [wales], themes: [sun]",
            [
                "no suggestion on 'sun' grows out of words of members, though they stand there; ask about them, too, and name the side in 'said'"
            ],
        ),
        (
            "said: [review], themes: [fog]",
            [
                "suggestion 'one' is on 'fog', where neither side speaks; add 'found' or 'members_said' there, or take it out"
            ],
        ),
        ("said: [review, review], themes: [air]", ["'said' holds 'review' twice; write it once"]),
        (
            "said: [editors], themes: [air]",
            ["'item 1' is 'editors' (in suggestions, item 1, said); it must be 'review' or 'members'"],
        ),
    ],
)
def test_a_suggestion_grows_out_of_what_was_said(tmp_path: Path, fields: str, said: list[str]) -> None:
    assert slips(tmp_path, fields) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Is it so?", []),
        ("هل هو كذلك؟", []),
        ("本当ですか？", []),
        ("?", ["'text' is '?', without any letter; write words"]),
        ("It is so.", ["suggestion 'one' ends without a question mark; ask something"]),
        ("Why " * 60 + "?", ["suggestion 'one' has 241 characters; on a card there is room for 240"]),
    ],
)
def test_a_suggestion_is_a_question_that_fits_on_a_card(tmp_path: Path, text: str, said: list[str]) -> None:
    assert slips(tmp_path, "said: [review], themes: [air]", text) == said


def test_a_suggestion_has_an_id_of_its_own(tmp_path: Path) -> None:
    questions = (
        "groups: [{id: talk, title: Talk}]\nquestions:\n  - {id: one, group: talk, text: What?}\n"
        "suggestions:\n  - {id: one, text: Why?, said: [review], themes: [air]}\n"
    )
    files = {"data/themes.yml": THEMES, "data/questions.yml": questions}
    assert told(tmp_path, files) == [
        "data/questions.yml:5: suggestion 'one' has the id of a question (data/questions.yml:3); rename one"
    ]
