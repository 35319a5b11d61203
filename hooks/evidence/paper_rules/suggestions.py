"""The rules for questions that the editors suggest: what they are on, and whose words they grow out of."""

from __future__ import annotations

from collections.abc import Iterator

from evidence.model.base import Problem
from evidence.model.network import Suggestion
from evidence.model.review import Nation, Theme
from evidence.paper_rules.cards import MAX_CARD_QUESTION
from evidence.paper_rules.texts import FILE
from evidence.subject import Subject
from evidence.text.direction import without_isolates
from evidence.text.words import listed, quoted

# The question marks of Latin and most other scripts, Arabic, Greek, Chinese and Japanese, Ethiopic, Armenian.
_MARKS = ("?", "\u061f", "\u037e", "\uff1f", "\u1367", "\u055e")
_FIELDS = {"review": "found", "members": "members_said"}
_SIDES = {"review": "the review", "members": "members"}


def suggestions_are_questions(subject: Subject) -> Iterator[Problem]:
    """A suggested question ends with a question mark, of whatever script, and fits on a card."""
    for asked in subject.review.questions.suggestions:
        name = f"suggestion {quoted(asked.id)}"
        if not asked.text.rstrip().endswith(_MARKS):
            yield Problem(asked.where, f"{name} ends without a question mark; ask something")
        if (length := len(without_isolates(asked.text))) > MAX_CARD_QUESTION:
            message = f"{name} has {length} characters; on a card there is room for {MAX_CARD_QUESTION}"
            yield Problem(asked.where, message)


def suggestions_grow_out_of_what_was_said(subject: Subject) -> Iterator[Problem]:
    """A suggested question is on a theme or a nation, and grows out of words of those alone who speak there; all on one together leave no side out."""
    for asked in subject.review.questions.suggestions:
        about = _about(subject, asked)
        if not asked.themes and not asked.nations:
            message = "is on no theme and on no nation; add a line 'themes' or 'nations' with the id of one"
        elif len(about) < len(asked.themes) + len(asked.nations):
            continue  # what it names is not there, which is told already
        else:
            message = _wrong_sides(asked, about)
        if message:
            yield Problem(asked.where, f"suggestion {quoted(asked.id)} {message}")
    if FILE in subject.review.damaged:  # perhaps a suggestion that could not be read is about them
        return
    everything: list[Theme | Nation] = [*subject.review.themes.values(), *subject.review.nations.values()]
    for one in everything:
        suggested = subject.review.suggested_on(one)
        left = [_SIDES[side] for side in _speaking([one]) if all(side not in asked.said for asked in suggested)]
        if suggested and left:
            message = f"no suggestion on {quoted(one.id)} grows out of words of {listed(left)}, though they stand there"
            yield Problem(suggested[0].where, f"{message}; ask about them, too, and name the side in 'said'")


def _about(subject: Subject, asked: Suggestion) -> list[Theme | Nation]:
    """The themes and nations that a suggestion is on, as far as they are there."""
    review = subject.review
    themes = [review.themes[name] for name in asked.themes if name in review.themes]
    return [*themes, *(review.nations[name] for name in asked.nations if name in review.nations)]


def _speaking(about: list[Theme | Nation]) -> list[str]:
    """The sides that speak on one of some themes and nations at least."""
    return [side for side, field in _FIELDS.items() if any(getattr(one, field) for one in about)]


def _wrong_sides(asked: Suggestion, about: list[Theme | Nation]) -> str:
    """What is wrong with the sides whose words a suggestion grows out of; '' for nothing."""
    names, speak = listed([quoted(one.id) for one in about]), _speaking(about)
    if not speak:
        return f"is on {names}, where neither side speaks; add 'found' or 'members_said' there, or take it out"
    if wrong := [side for side in asked.said if side not in speak]:
        fields = listed([quoted(_FIELDS[side]) for side in wrong], "or")
        words = listed([_SIDES[side] for side in wrong])
        return f"grows out of words of {words}, but {names} has no {fields}; write said: [{', '.join(speak)}]"
    return ""
