"""The rules for the names by which papers and readers choose: each is the name of one thing."""

from __future__ import annotations

from collections.abc import Iterator

from evidence.model.base import Location, Problem
from evidence.model.site_data import ALL
from evidence.subject import Subject
from evidence.text.words import quoted


def choices_are_told_apart(subject: Subject) -> Iterator[Problem]:
    """What papers and readers choose by name is one thing: no group, question or suggestion has the id of another, no theme that of who named some, and none is called 'all'."""
    review = subject.review
    asked = review.questions
    meetings = review.network.meetings if review.network else ()
    sets = {card.set: card.where for card in reversed(review.packs.cards)}
    kinds: tuple[tuple[tuple[str, str, Location], ...], ...] = (
        (
            *(("group of questions", group.id, group.where) for group in asked.groups),
            *(("question", question.id, question.where) for question in asked.questions),
            *(("suggestion", suggestion.id, suggestion.where) for suggestion in asked.suggestions),
        ),
        (
            *(("card", card.id, card.where) for card in review.packs.cards),
            *(("set of cards", name, where) for name, where in sets.items() if name),
        ),
        (
            *(("meeting", meeting.id, meeting.where) for meeting in meetings),
            *(("theme", theme.id, theme.where) for theme in review.themes.values()),
        ),
        tuple(("word", term.id, term.where) for term in review.glossary.values()),
    )
    for named in kinds:
        seen: dict[str, tuple[str, Location]] = {}
        for what, name, where in named:
            if name == ALL:
                yield Problem(where, f"{what} {quoted(name)} has the word that means all of them; choose another")
            other, at = seen.setdefault(name, (what, where))
            if other != what:  # two of one kind are told while the file is read
                yield Problem(where, f"{what} {quoted(name)} has the id of a {other} ({at}); rename one")
