"""What search knows of a page beyond its words: what kind of page it is, and the words that people type when they look for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from evidence.crosslinks.works import reference_uri
from evidence.model.review import Review
from evidence.pages.overviews import GLOSSARY
from evidence.pages.theme_pages import theme_uri
from evidence.sources.document import Document


@dataclass(frozen=True, slots=True)
class Finding:
    """The page `uri`, or its section `section`: the kind of thing it shows, and further words that lead to it."""

    uri: str
    section: str
    kind: str
    words: tuple[str, ...] = ()


def findings(review: Review, documents: tuple[Document, ...]) -> Iterator[Finding]:
    """Every page and section that has a kind."""
    for theme in review.themes.values():
        yield Finding(theme_uri(theme.id), "", "Theme", theme.search)
    for term in review.glossary.values():
        yield Finding(GLOSSARY, term.id, "Word", term.also)
    for key, reference in review.references.items():
        people = (*reference.authors, *reference.editors)
        yield Finding(reference_uri(key), "", "Source", (key, *(person.full for person in people)))
    for document in documents:
        for name in (name for marker in document.markers("nation") for name in marker.arguments[:1]):
            if name in review.nations:
                yield Finding(document.uri, "", "Nation", (review.nations[name].name,))
