"""What search knows of a page beyond its words: what kind of page it is, and the words that people type when they look for it."""

from __future__ import annotations

from collections.abc import Iterator

from evidence.crosslinks import reference_links
from evidence.model.document import Document
from evidence.model.review import Review
from evidence.model.search import SearchHint
from evidence.pages.overviews import GLOSSARY
from evidence.text.translation import _


def search_hints(review: Review, documents: tuple[Document, ...]) -> Iterator[SearchHint]:
    """Every page and section that has a kind."""
    for theme in review.themes.values():
        yield SearchHint(theme.uri, "", _("Theme"), theme.search)
    for term in review.glossary.values():
        yield SearchHint(GLOSSARY, term.id, _("Word"), term.also)
    for key, reference in review.references.items():
        people = (*reference.authors, *reference.editors)
        yield SearchHint(
            reference_links.reference_uri(key), "", _("Source"), (key, *(person.full for person in people))
        )
    for document in documents:
        for name in (name for directive in document.directives("nation") for name in directive.arguments[:1]):
            if name in review.nations:
                yield SearchHint(document.uri, "", _("Nation"), (review.nations[name].name,))
