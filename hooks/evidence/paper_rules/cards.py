"""The rules for cards: what fits on one, and how those that go together differ."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from evidence.cards import chosen_themes
from evidence.model.base import Problem
from evidence.model.site_data import Card
from evidence.model.vocabulary import MAX_CHARACTERS
from evidence.papers.packs import chosen_questions, chosen_words
from evidence.subject import Subject
from evidence.text.direction import without_isolates
from evidence.text.words import quoted

# Letters that fit on a card of A6 in 18 points, and a word with its meaning in 18.
MAX_CARD_QUESTION = 240
MAX_CARD_WORD = 300
MAX_CARD_TEXT = 160
MAX_CARD_NAME = 24
_CAPITAL = 1.7  # letters of a word in a shape that one capital takes, but for the first of each word
MAX_CARD_TITLE = MAX_CHARACTERS["title"]  # of what stands above them, such as the title of a group


def cards_hold_their_words(subject: Subject) -> Iterator[Problem]:
    """What stands on a card fits there in large enough letters."""
    review = subject.review
    texts = [(c.where, f"card {quoted(c.id)}", c.text, MAX_CARD_TEXT) for c in review.packs.cards]
    texts += [(c.where, f"word of card {quoted(c.id)}", c.word, MAX_CARD_NAME) for c in review.packs.cards]
    for part in (p for pack in subject.packs.values() if pack.form == "cards" for p in pack.parts):
        texts.append((part.where, "title of a part", part.title, MAX_CARD_TITLE))
        for group, found in chosen_questions(review, part.questions):
            texts.append((group.where, f"title of group {quoted(group.id)}", group.title, MAX_CARD_TITLE))
            for question in found:
                texts.append((question.where, f"question {quoted(question.id)}", question.text, MAX_CARD_QUESTION))
        for term in chosen_words(review, part.words):
            name = f"word {quoted(term.id)} with its meaning"
            texts.append((term.where, name, term.term + term.meaning, MAX_CARD_WORD))
            texts.append((term.where, f"word {quoted(term.id)}", term.term, MAX_CARD_TITLE))
        for theme in chain.from_iterable(chosen_themes(review, part.themes).values()):
            texts.append((theme.where, f"title of theme {quoted(theme.id)}", theme.title, MAX_CARD_TITLE))
            line = theme.in_a_line or theme.summary
            texts.append((theme.where, f"line of theme {quoted(theme.id)}", line, MAX_CARD_WORD))
    for where, name, text, most in dict.fromkeys(texts):
        if (length := len(without_isolates(text))) > most:
            yield Problem(where, f"{name} has {length} characters; on a card there is room for {most}")
    for card in review.packs.cards:
        name = without_isolates(card.word)
        capitals = sum(letter.isupper() for word in name.split() for letter in word[1:])
        if len(name) <= MAX_CARD_NAME < len(name) + capitals * (_CAPITAL - 1):
            message = f"word of card {quoted(card.id)} has too many capitals for a shape, {quoted(card.word)}"
            yield Problem(card.where, f"{message}; write small letters")


def cards_are_told_apart(subject: Subject) -> Iterator[Problem]:
    """Cards to hold up that go together differ in shape, sign and word, so that nobody needs their colours."""
    seen: dict[tuple[str, str, str], Card] = {}
    cards = subject.review.packs.cards
    for card in cards:
        for what in ("shape", "sign", "word"):
            value = getattr(card, what)
            first = seen.setdefault((card.set, what, value), card)
            if first is not card and value:
                message = f"{what} of card {quoted(card.id)} is {quoted(value)}, as that of {quoted(first.id)} in the same set"
                yield Problem(card.where, f"{message}; give each its own")
