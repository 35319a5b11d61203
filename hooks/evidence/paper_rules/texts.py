"""The rules for the words of what a meeting is handed: they are plain text, and a question is asked once."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidence.documents.walking import words_of
from evidence.model.base import Problem
from evidence.model.network import Question, QuestionGroup, Suggestion
from evidence.model.site_data import Card, Pack, Part
from evidence.subject import Subject
from evidence.text.links import links
from evidence.text.words import quoted

FILE = "data/questions.yml"
# Their fields that are texts; the others hold names.
_TEXTS = {
    Question: ("text",),
    QuestionGroup: ("title",),
    Suggestion: ("text",),
    Card: ("word", "text"),
    Pack: ("title", "purpose"),
    Part: ("title",),
}
_MARKUP = re.compile(
    r"</?[A-Za-z][^<>]*>|<!--|\*\*?(?=\S)[^*]*\S\*\*?|(?<!\w)__?(?=\S)[^_]*\S__?(?!\w)|`[^`]+`|^#+\s|https?://\S+|www\.\S+"
)


def handed_texts_are_plain(subject: Subject) -> Iterator[Problem]:
    """Questions, suggestions, cards and titles of papers are words in plain text: HTML, links and signs of Markdown would be shown as they stand."""
    for record in subject.records:
        names = _TEXTS.get(type(record), ())
        for name, text in words_of(record) if names else ():
            if name not in names or not text:
                continue
            link, sign = next(iter(links(text)), None), _MARKUP.search(text)
            shown = text[link.offset :].partition(")")[0] + ")" if link else sign[0] if sign else ""
            if shown:
                yield Problem(
                    record.where,
                    f"'{name}' holds {quoted(shown)}, which would be shown as it stands; write plain words",
                )
            elif not any(letter.isalpha() for letter in text):
                yield Problem(record.where, f"'{name}' is {quoted(text)}, without any letter; write words")


def groups_hold_questions(subject: Subject) -> Iterator[Problem]:
    """A group of questions holds one at least."""
    asked = subject.review.questions
    if FILE in subject.review.damaged:  # perhaps a question that could not be read is in it
        return
    for group in asked.groups:
        if all(question.group != group.id for question in asked.questions):
            yield Problem(
                group.where,
                f"group {quoted(group.id)} has no question; write one with 'group: {group.id}', or take it out",
            )


def questions_are_asked_once(subject: Subject) -> Iterator[Problem]:
    """No two questions or suggestions ask in the same words."""
    asked, seen = subject.review.questions, dict[str, Question | Suggestion]()
    everything: list[Question | Suggestion] = [*asked.questions, *asked.suggestions]
    for one in everything:
        first = seen.setdefault(" ".join(re.findall(r"\w+", one.text.casefold())), one)
        if first is not one and first.id != one.id:
            kind = "question" if isinstance(one, Question) else "suggestion"
            advice = "name its themes and nations there" if isinstance(first, Suggestion) else "change its words"
            message = f"{kind} {quoted(one.id)} asks the same as {quoted(first.id)} ({first.where})"
            yield Problem(one.where, f"{message}; take one of the two out, or {advice}")
