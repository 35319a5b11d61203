"""The rules for a review in several languages: its editions beside the one in its own."""

from __future__ import annotations

from collections.abc import Iterator

from evidence.documents.data_files import LISTS, SHARED
from evidence.model.base import Problem
from evidence.subject import Subject
from evidence.text import languages
from evidence.text.addresses import site_path
from evidence.text.words import did_you_mean, quoted


def editions_can_be_made(subject: Subject) -> Iterator[Problem]:
    """A language of data/languages.yml is the code of one, in which the engine has words, and another one than the review's own; no page has its address, and
    pages have the engine's frame, in which the link between languages stands."""
    review = subject.review
    for edition in review.editions.values() if not review.edition else ():
        tag, where = edition.id, edition.where
        if why := languages.no_edition(tag, review.reading.language):
            yield Problem(where, why)
        elif not subject.settings.frame:
            yield Problem(where, "a second language needs 'frame: true' below 'extra' and 'evidence' in mkdocs.yml")
        for uri in sorted(subject.uris):
            if site_path(uri).partition("/")[0] == tag:
                yield Problem(where, f"'{uri}' has the address of the review in that language; rename that page")


def editions_have_the_same_things(subject: Subject) -> Iterator[Problem]:
    """What an edition has in data/ID/ has the ids that it has in data/; a page that the review lacks in its own language is told (a notice)."""
    main = subject.main
    for stem, (name, _cls, key) in LISTS.items() if main else ():
        ours, theirs = getattr(subject.review, name), getattr(main, name)
        if stem in SHARED or not isinstance(ours, dict) or not isinstance(theirs, dict):
            continue
        for one, record in ours.items():
            if one not in theirs:
                advice = f"the review has no such {key} in its own language; write the same ones there and here"
                yield Problem(record.where, f"{key} {quoted(one)}: {advice}{did_you_mean(one, theirs)}")
    for document in subject.documents if main else ():
        if document.uri not in subject.theirs:
            near = did_you_mean(document.uri, subject.theirs)
            message = f"the review has no page '{document.uri}' in its own language to link to{near}"
            yield Problem(document.where, message, notice=True)


def menu_has_words(subject: Subject) -> Iterator[Problem]:
    """For each group of the menu without a page of its own, an edition says its word in data/languages.yml."""
    edition = subject.review.editions.get(subject.review.edition)
    for group in subject.settings.groups if edition else ():
        if edition and not edition.menu.get(group, "").strip():
            yield Problem(edition.where, f"'menu' has no word for {quoted(group)}; add a line '{group}: ...' to it")
    for group in edition.menu if edition else ():
        if edition and group not in subject.settings.groups:
            near = did_you_mean(group, subject.settings.groups)
            yield Problem(edition.where, f"'menu': mkdocs.yml has no group {quoted(group)} without a page{near}")
