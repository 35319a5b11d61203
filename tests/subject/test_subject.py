"""What rules look at: all texts that may cite, all pages, and lines of what is found in a page."""

from __future__ import annotations

from evidence.documents.document import Document
from evidence.model.base import Location
from evidence.model.review import Point, Review, Theme
from evidence.sources import parse_document
from evidence.subject import Subject, placed

PAGE = "---\ntitle: Home\ndescription: D.\n---\n\n# Home\n\nFirst.\nSecond.\n"


def page() -> Document:
    found, problems = parse_document(PAGE, "docs/index.md", "index.md")
    assert problems == []
    assert found
    return found


def test_texts_that_may_cite_are_those_that_show_sources() -> None:
    """A theme's summary has no list of references below it; what was found on it has."""
    theme = Theme("soil", "Soil", "review", "A summary [@a].", found=(Point("Found [@b, p. 3]."),))
    subject = Subject(Review(themes={"soil": theme}))
    assert subject.cited.keys() == {"b"}


def test_pages_are_those_that_are_written_and_those_that_are_made() -> None:
    subject = Subject(Review(), (page(),), generated=(("themes/soil.md", Location("data/themes.yml", 1)),))
    assert subject.uris == {"index.md", "themes/soil.md"}


def test_what_stands_at_an_offset_is_told_with_its_line() -> None:
    document = page()
    offsets = [(document.body.index(word), word) for word in ("First", "Second")]
    assert [str(problem) for problem in placed(document, offsets)] == [
        "docs/index.md:8: First",
        "docs/index.md:9: Second",
    ]
