"""The rules for what pages are called: in windows, in lists of results, and read out first of all."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidence.model.base import Location, Problem
from evidence.pages import PAGES
from evidence.subject import Subject
from evidence.text.addresses import site_path
from evidence.text.words import quoted

Said = tuple[str, str, str, Location]


def pages_are_told_apart(subject: Subject) -> Iterator[Problem]:
    """No two pages have the same title, whether written or generated, nor two written ones the same description; papers made from one record have their own."""
    seen: dict[tuple[str, str], tuple[str, Location]] = {}
    for name, uri, words, where in (*_made(subject), *_written(subject)):
        first, at = seen.setdefault((name, " ".join(words.split()).casefold()), (uri, where))
        if first != uri and words.strip():
            yield Problem(where, f"{name} {quoted(words)} is also that of '{first}' ({at}); choose another")
    once: dict[tuple[str, str], str] = {}
    for pack in subject.packs.values():
        for name, words in (("title", pack.title), ("purpose", pack.purpose)):
            if pack.each and once.setdefault((str(pack.where), f"{name} {words}"), pack.id) != pack.id:
                yield Problem(pack.where, f"each paper made from this has the same {name}; put {{title}} into it")


def titles_are_headings(subject: Subject) -> Iterator[Problem]:
    """The title of a page is its first heading, so that it is called the same in the window and on the page; that of the home page may name the whole site."""
    for document in subject.documents:
        heading = next((section for section in document.sections if section.level == 1), None)
        title = str(document.front.get("title") or "")
        if heading and heading.title and title and site_path(document.uri) and _words(title) != _words(heading.title):
            where = Location(document.where.path, heading.line)
            yield Problem(where, f"the first heading is {quoted(heading.title)}, the title {quoted(title)}; use one")


def menu_calls_pages_by_their_titles(subject: Subject) -> Iterator[Problem]:
    """Where the menu has words for a written page, they are its title, by which a reader knows that the link led there; the home page is called as you like (a notice)."""
    places = dict(subject.settings.menu or ())
    for document in subject.documents:
        title, name = str(document.front.get("title") or ""), subject.settings.names.get(document.uri, "")
        if title and name and site_path(document.uri) and _words(title) != _words(name):
            message = f"the menu calls this page {quoted(name)}, its title is {quoted(title)}; use one for both"
            yield Problem(places[document.uri], message, notice=True)


def _words(text: str) -> list[str]:
    """What is heard of a title or a heading, whose signs may be escaped."""
    return re.findall(r"\w+", text)


def _written(subject: Subject) -> Iterator[Said]:
    for document in subject.documents:
        for name in ("title", "description"):
            yield name, document.uri, str(document.front.get(name) or ""), document.at_field(name)


def _made(subject: Subject) -> Iterator[Said]:
    """What generated pages are called, as far as it is known before they are made; those about works are told apart by their keys, and papers by their word for it."""
    places = dict(subject.generated)
    for page in PAGES.values():
        if page.title and page.address in places:
            yield "title", page.address, page.title, places[page.address]
    yield from (("title", t.uri, t.page_title, t.where) for t in subject.review.themes.values())
