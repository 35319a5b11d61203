"""The rules for data/search.yml: what people mean when they type certain words."""

from __future__ import annotations

from collections.abc import Iterator

from evidence.documents.document import Document
from evidence.model.base import Problem
from evidence.model.site_data import BestBet
from evidence.subject import Subject
from evidence.text.words import quoted


def best_bets_lead_somewhere(subject: Subject) -> Iterator[Problem]:
    """What comes first for words that people type is a page of the site, which search does not leave out; words and page are named in data/search.yml."""
    hidden = {document.uri for document in subject.documents if _is_hidden(document)}
    for bet in subject.review.bets.values():
        if message := subject.no_page(bet.page):
            yield Problem(bet.where, message)
        elif bet.page in hidden:
            yield Problem(
                bet.where,
                f"{quoted(bet.page)} keeps itself out of search; take that out of its front matter, or this away",
            )


def _is_hidden(document: Document) -> bool:
    search = document.front.get("search")
    return isinstance(search, dict) and search.get("exclude") == "true"


def best_bets_are_found(subject: Subject) -> Iterator[Problem]:
    """A best bet has words or a picture; words have letters or figures, and lead to one page."""
    seen: dict[str, BestBet] = {}
    for bet in subject.review.bets.values():
        if not bet.words and not bet.picture:
            yield Problem(
                bet.where, f"{quoted(bet.page)} has neither 'words' nor 'picture', so nobody finds it; add one"
            )
        for words in bet.words:
            if not any(map(str.isalnum, words)):
                yield Problem(bet.where, f"{quoted(words)} is nothing that people type; write words, or take it out")
            first = seen.setdefault(" ".join(words.casefold().split()), bet)
            if first is not bet:
                message = f"{quoted(words)} leads to {quoted(first.page)}, too ({first.where})"
                yield Problem(bet.where, f"{message}; take it out in one of the two")
