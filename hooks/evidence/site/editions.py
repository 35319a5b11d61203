"""A review in several languages: what one edition knows of the others, and what it is told where a problem lies in its own files."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from evidence.documents.data_files import DATA, DOCS, SHARED
from evidence.documents.document import Document, Marks
from evidence.model.base import Location, Problem
from evidence.model.review import Review, of_their_kinds
from evidence.text import languages

if TYPE_CHECKING:
    from evidence.site.site import Site

_FILE = re.compile(rf"\b{DATA}/([\w-]+)\.yml")


@dataclass(frozen=True, slots=True)
class Twin:
    """Another edition of the same review: its language and the name of that in its own words, the way from one home page to the other ('cy/', '../'),
    the source addresses of its pages, and how many of these are `written`."""

    language: str
    name: str
    way: str
    uris: frozenset[str]
    written: int = 0


def adapted(review: Review, documents: Iterable[Document], main: Review | None) -> tuple[Review, tuple[Document, ...]]:
    """An edition beside the `main` review, in whose bibliography and marked pages there are themes, nations and kinds that the edition need not have: marks
    of those that it has not translated count for nothing, so that a page can be translated as it stands."""
    if main is None:
        return review, tuple(documents)
    themes, nations = (getattr(main, name).keys() - getattr(review, name).keys() for name in ("themes", "nations"))

    def but(names: tuple[str, ...], lacking: Collection[str]) -> tuple[str, ...]:
        return tuple(name for name in names if name not in lacking)

    def less(marks: Marks) -> Marks:
        return Marks(but(marks.themes, themes), but(marks.nations, nations))

    works = {key: replace(work, nations=but(work.nations, nations)) for key, work in review.references.items()}
    pages = tuple(
        replace(
            page,
            marks=less(page.marks),
            sections=tuple(replace(part, own=less(part.own), marks=less(part.marks)) for part in page.sections),
        )
        for page in documents
    )
    return replace(review, references=of_their_kinds(works, main.kinds)), pages


def twins(edition: str, all_editions: Mapping[str, Site]) -> Iterator[Twin]:
    """The other editions, as they are seen from one; the review itself, '', is the first."""
    for tag, site in all_editions.items():
        if tag == edition:
            continue
        up, language = "../" if edition else "", site.review.reading.language
        named = site.review.editions.get(tag)
        name = named.name if named else languages.own_name(language)
        yield Twin(language, name, f"{up}{tag}/" if tag else up, site.uris, len(site.documents))


def in_edition(problem: Problem, edition: str) -> Problem:
    """A problem of an edition, whose rules speak of data/ and docs/, with the names of its own files."""

    def own(match: re.Match[str]) -> str:
        return match[0] if match[1] in SHARED else f"{DATA}/{edition}/{match[1]}.yml"

    path = f"{DOCS}/{edition}" if problem.where.path == DOCS else _FILE.sub(own, problem.where.path)
    message = _FILE.sub(own, problem.message).replace(" in docs/", f" in docs/{edition}/")
    return replace(problem, where=Location(path, problem.where.line), message=message)
