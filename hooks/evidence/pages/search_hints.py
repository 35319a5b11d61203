"""What search is told of pages beyond their words: which kind of thing each shows, and by which names people look for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from evidence.crosslinks import reference_links
from evidence.directives import drawings
from evidence.map import MAP
from evidence.model.vocabulary import PICTURES
from evidence.pages import a_to_z
from evidence.pages.a_to_z import GLOSSARY
from evidence.pages.audit_page import AUDIT
from evidence.search import SearchHint
from evidence.text.translation import _

if TYPE_CHECKING:
    from evidence.pages.generated import Materials


def search_hints(site: Materials) -> Iterator[SearchHint]:
    """Every page and section that is more than a page or a section of one; papers are told of above this room."""
    review = site.review
    for theme in review.themes.values():
        yield SearchHint(theme.uri, "", "theme", (theme.title,), theme.search)
    for term in review.glossary.values():
        yield SearchHint(GLOSSARY, term.id, "word", term.also, title=term.term, text=term.meaning, lang=term.lang)
    for note in review.notes.values():
        yield SearchHint(AUDIT, note.id.lower(), "audit", (note.id,))
    for key, work in review.references.items():
        people = (*work.authors, *work.editors)
        codes = filter(None, (work.text(name) for name in ("DOI", "ISBN")))
        title = re.sub(r"\W+\d{4}$", "", work.title)  # people leave out the year of an Act
        titles = (key, str(site.known[key]), title, *codes, *(person.family for person in people))
        uri, names = reference_links.reference_uri(key), tuple(person.full for person in people)
        yield SearchHint(uri, "", "source", titles, names)
    for document in site.documents:
        for name in (name for directive in document.directives("nation") for name in directive.arguments[:1]):
            if name in review.nations:
                yield SearchHint(document.uri, "", "nation", (review.nations[name].name,))
    if page := site.questions_page:
        for group, questions in review.questions.numbered():
            for number, question in questions:
                place = _("Question %(number)s: %(group)s.") % {"number": number, "group": group.title}
                yield SearchHint(page, question.id, "question", title=question.text, text=place)
    # Their tables and lists only say again what stands on pages of their own.
    lists = {
        reference_links.REFERENCES: (_("sources"), _("bibliography")),
        MAP: (_("gaps"),),
        GLOSSARY: (),
        a_to_z.PAGE: (),
    }
    for uri, names in lists.items():
        yield SearchHint(uri, "", "page", names=names, alone=True)


def search_ways(site: Materials) -> Iterator[tuple[str, str, str]]:
    """The title, the source address and the picture of each page that has a picture in data/search.yml."""
    titles = dict(site.page_titles())
    for bet in site.review.bets.values():
        if bet.picture:
            yield (
                titles.get(bet.page) or site.title_of(bet.page),
                bet.page,
                drawings.small(site.review.drawings[f"{PICTURES}{bet.picture}"]),
            )
