"""What rules look at: the review, its pages, and ways through all of their texts."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import cached_property

from evidence.crosslinks import Page, Passage, index
from evidence.documents.data_files import CITING
from evidence.documents.document import Document, Marks
from evidence.documents.walking import records
from evidence.model.base import Location, Problem, Record
from evidence.model.review import Review
from evidence.model.site_data import Pack
from evidence.papers.packs import all_packs
from evidence.sources import Settings, parse_parts
from evidence.text.words import did_you_mean, quoted
from evidence.wording import Measure


@dataclass(frozen=True)
class Subject:
    """What is checked: the review, its pages as written, as passages and as measured, the cross-links, and the addresses of generated files.

    `find` gives a page in passages, written or generated, by its address, and `ids` the ids on it. `files` are the addresses of files in the pages'
    folder that are no pages, and `made` those of files that are generated; `settings` are those of mkdocs.yml. `may_be_made` are the addresses that
    generated pages may have, with * for what a record's id fills in, and the file that each is made from. Of an edition in another language than the review's own, `main` is the review in that,
    and `theirs` are the addresses of its pages and files, to which links lead where the edition has none.
    """

    review: Review
    documents: tuple[Document, ...] = ()
    pages: tuple[Page, ...] = ()
    index: index.Index = field(default_factory=lambda: index.Index({}, {}, {}))
    generated: tuple[tuple[str, Location], ...] = ()
    measures: tuple[Measure, ...] = ()
    find: Callable[[str], Page | None] = lambda uri: None
    files: frozenset[str] = frozenset()
    made: Callable[[], Collection[str]] = tuple
    ids: Callable[[str], Collection[str]] = lambda uri: ()
    settings: Settings = field(default_factory=Settings)
    may_be_made: Mapping[str, str] = field(default_factory=dict)
    main: Review | None = None
    theirs: frozenset[str] = frozenset()

    @cached_property
    def records(self) -> tuple[Record, ...]:
        """All records of the data files, with those inside them."""
        return tuple(records(self.review))

    @cached_property
    def uris(self) -> frozenset[str]:
        """The source addresses of all pages, written and generated."""
        return frozenset({*(document.uri for document in self.documents), *(uri for uri, _ in self.generated)})

    def is_lost(self, uri: str) -> bool:
        """Whether the page or file at an address may be missing only since a record that it is made of could not be read, which is told already."""
        review = self.review
        if uri in self.may_be_made and review.damaged:
            return True
        if uri.endswith(".md") and not any(fnmatchcase(uri, address) for address in self.may_be_made):
            return uri.removesuffix(".md").removesuffix("/index") in review.refused  # an address of data/redirects.yml
        return review.lost(uri) or any(name in review.refused for name in review.damaged)

    def no_page(self, uri: str) -> str:
        """What is told of the address of a page, as the data name it, at which there is none; '' where there is one, or may be one."""
        if uri in self.uris or self.is_lost(uri):
            return ""
        return f"there is no page {quoted(uri)}{self.instead(uri)}"

    def instead(self, uri: str) -> str:
        """What follows '... no page X': what that page is made from, or a page of the site or of the main review that is called much like it."""
        if file := self.may_be_made.get(uri):
            return f"; it is made from {file}, which has nothing for it"
        return did_you_mean(uri, self.uris | {page for page in self.theirs if page.endswith(".md")})

    @cached_property
    def packs(self) -> dict[str, Pack]:
        """All packs by id, those with `each` once for each theme or nation."""
        return all_packs(self.review)

    @cached_property
    def texts(self) -> tuple[Passage, ...]:
        """All text that may cite: the passages of pages, and data, which perhaps no page shows yet."""
        passages = [passage for page in self.pages for passage in page.passages]
        for record in self.records:
            if name := CITING.get(type(record)):
                passages.append(Passage(parse_parts(getattr(record, name)), "", "", "", Marks(), record.where))
        return tuple(passages)

    @cached_property
    def cited(self) -> dict[str, set[Location]]:
        """Where each key is cited, whether or not there is such a work."""
        return index.places_of_citations(self.texts)

    @cached_property
    def perhaps_cited(self) -> set[str]:
        """The keys of works that the review may mean to cite where that could not be read."""
        return index.perhaps_cited(self.review, self.pages, self.cited)


Rule = Callable[[Subject], Iterator[Problem]]


def placed(document: Document, faults: Iterable[tuple[int, str]]) -> Iterator[Problem]:
    """A problem for each offset and message, with its line."""
    found = list(faults)
    ends = [match.start() for match in re.finditer("\n", document.body)] if found else []
    for offset, message in found:
        yield Problem(Location(document.where.path, document.body_line + bisect_left(ends, offset)), message)
