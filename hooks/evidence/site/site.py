"""A review's folder -> everything that its site is made of: the pages with citations filled in, and the generated files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from evidence.crosslinks import Page, passages, reference_links, resolving
from evidence.directives import changes
from evidence.documents.data_files import BIBLIOGRAPHY
from evidence.documents.document import Document
from evidence.downloads import how_to_cite, without_downloads
from evidence.metadata import Host
from evidence.model.base import Location, Problem
from evidence.model.changes import FILE as CHANGELOG
from evidence.model.changes import edition
from evidence.output import blocks
from evidence.pages import PAGES, Materials, change_pages
from evidence.papers import PAPER_FORMATS, PaperFile, Papers
from evidence.papers.packs import all_packs, pack_uri
from evidence.search import SearchHint
from evidence.site.editions import Twin
from evidence.sources import parse_document
from evidence.tables import datapackage
from evidence.text import languages
from evidence.text.addresses import page_address, site_path
from evidence.text.links import heading_id, ids_in
from evidence.text.places import has_place
from evidence.wording import Measure

PAPERS = ".cache/papers"
CITING = ".cache/citing-ways.json"


@dataclass(frozen=True)
class Site(Materials):
    """A review with its pages and cross-links. `problems` must be empty before anything is made from it; `notices` stop nothing."""

    measures: tuple[Measure, ...] = ()
    problems: tuple[Problem, ...] = ()
    # Files of papers that may stand in this build although the papers have changed.
    previous: Mapping[str, PaperFile] | None = None
    notices: tuple[Problem, ...] = ()
    # The other languages that the review is in; and what the review itself has that this edition lacks: pages with their titles, and files.
    twins: tuple[Twin, ...] = ()
    absent: Mapping[str, str] = field(default_factory=dict)
    absent_files: frozenset[str] = frozenset()
    main_language: str = ""

    @cached_property
    def _documents(self) -> dict[str, Document]:
        return {document.uri: document for document in self.documents}

    def resolved(self, uri: str) -> resolving.ResolvedPage:
        """A hand-written page with its citations and its reference list."""
        downloads = self.reference_files.of_page(self._documents[uri])
        page, places = self.pages[uri], self.index.by_page[uri]
        found = resolving.resolve_citations(page, places, self.review, self.known, self.formatted, downloads=downloads)
        if self._documents[uri].front.get("changes") == "false":
            resolved = found
        else:
            news = change_pages.page_changes(self.review, uri, self.changes_page)
            resolved = replace(found, tail=(*found.tail, *news))
        if not has_place("".join(resolved.pieces)):
            return resolved
        cite, host, cache = self.cite_page, self.host(), self.root / CITING
        pieces = [how_to_cite.with_ways(p, uri, self.review, host, page=cite, cache=cache) for p in resolved.pieces]
        return replace(resolved, pieces=tuple(map(self.papers.with_sizes, pieces)))

    def host(self) -> Host:
        """The site as what its pages belong to."""
        record = self.review.publisher
        return Host(self.title, record.name, record.contact, record.site_address, self.review.reading.language)

    @property
    def edition(self) -> str:
        """The version and date of the content, in words; '' for a review without CHANGELOG.md."""
        return edition(self.review.changes, self.review.reading.checked) if self.review.changes.versions else ""

    def addresses(self) -> Iterator[tuple[str, Location]]:
        """The source address of each generated page, and where it comes from."""
        for kind in PAGES.values():
            yield from kind.addresses(self)
        yield from ((pack_uri(pack.id), pack.where) for pack in all_packs(self.review).values())

    @cached_property
    def uris(self) -> frozenset[str]:
        """The source addresses of all pages, written and generated."""
        return frozenset({*self.pages, *(uri for uri, _ in self.addresses())})

    @staticmethod
    def may_be_made() -> dict[str, str]:
        """The addresses that generated pages may have, with * for what a record's id fills in, and the file that each is made from, '' for several."""
        return {address.replace("{}", "*"): kind.made_from for address, kind in PAGES.items()} | {pack_uri("*"): ""}

    @cached_property
    def _in_passages(self) -> dict[str, Page]:
        """The generated pages as passages, as they stand on paper: one is added when it is first asked for."""
        return {}

    def find(self, uri: str) -> Page | None:
        """A page in passages, written or generated."""
        if uri in self.pages:
            return self.pages[uri]
        if uri not in self._in_passages:
            kinds = [kind for kind in PAGES.values() if uri in dict(kind.addresses(self))]
            for found in (output for kind in kinds for output in self.made(kind) if output.uri == uri):
                text = (
                    replace(found, tail=tuple(reference_links.on_paper(without_downloads(found.tail)))).data().decode()
                )
                made = passages.plain_page(parse_document(text, found.made_from, uri, made=True)[0])
                self._in_passages[uri] = replace(
                    made, title=found.title
                )  # which says languages, as its front matter cannot
        return self._in_passages.get(uri)

    def file_names(self) -> frozenset[str]:
        """The addresses of the generated files that pages can link to."""
        pages = [*self.comparisons, *self.tables, *how_to_cite.files(self.review, self.host(), self.cite_page)]
        kinds = PAPER_FORMATS.values()
        packs = {k.uri(pack) for pack in all_packs(self.review).values() for k in kinds if k.wanted(pack)}
        lists = (output.uri for output in self.reference_files.list_files())
        return frozenset({output.uri for output in pages} | packs | {*lists, datapackage.DESCRIPTION, datapackage.ZIP})

    def ids(self, uri: str) -> frozenset[str]:
        """The ids on a page, written or generated, that links can lead to."""
        page, cited = self.find(uri), self.index.by_page.get(uri, ())
        passages = page.passages if page else ()
        found = {name for passage in passages for name, _ in ids_in(passage.text)}
        found |= {heading_id(passage.title) for passage in passages[:2] if passage.heading and not passage.section}
        found |= {made.statement.id for made in page.stated} if page else set()
        found |= {name for _number, _at, name in page.old_ids} if page else set()
        found |= {reference_links.anchor(place.item.key, place.number) for place in cited}
        found |= {reference_links.entry_id(place.item.key) for place in cited}
        return frozenset(found | ({resolving.REFERENCES_ID} if cited else set()))

    def paper_on(self, theme: str, uri: str) -> str:
        """A link on the page `uri` to the paper made for a theme, with what there is to print; '' where there is none."""
        pack = all_packs(self.review).get(f"theme-{theme}")
        return Papers.line(pack, uri) if pack and pack.each == "theme" else ""

    def framed(self, output: blocks.Output) -> blocks.Output:
        """A generated page as above, with the sizes of the papers that it leads to."""
        made = super().framed(output)
        if not isinstance(made.content, str) or not has_place(made.content):
            return made
        return replace(made, content=self.papers.with_sizes(made.content))

    @cached_property
    def papers_by_page(self) -> Mapping[str, str]:
        """The source address of each paper's page, and its title."""
        return {pack_uri(pack.id): pack.title for pack in all_packs(self.review).values()}

    @cached_property
    def papers(self) -> Papers:
        """Every pack as a paper, with its files."""
        lists = (document for document in self.documents if any(document.directives("packs")))
        listed = next((blocks.Link(document.title, document.uri) for document in lists), None)
        args = (self.review, self.find, self.known, self.formatted)
        address = self.review.publisher.site_address.removesuffix(f"{self.review.edition}/")
        away = {uri: page_address(uri, address) for uri in self.absent} if address else {}
        cache = self.root / f"{PAPERS}{self.review.edition and '-'}{self.review.edition}"
        found = Papers.of(*args, cache=cache, title=self.title, listed=listed, previous=self.previous)
        return replace(found, away=away, said=languages.said_to_be(self.main_language)) if away else found

    def reference_pages(self) -> Iterator[blocks.Output]:
        """The generated pages that are stamped, one for each reference: each is made when it is asked for, as there may be thousands."""
        return (page for kind in PAGES.values() if kind.stamped for page in kind.make(self))

    def stamped(self) -> Iterator[str]:
        """Their source addresses."""
        return (uri for kind in PAGES.values() if kind.stamped for uri, _where in kind.addresses(self))

    def other_outputs(self) -> Iterator[blocks.Output]:
        """The generated pages but those that are stamped, with the files that go with them; the tables as CSV; and the packs with their files."""
        for kind in (kind for kind in PAGES.values() if not kind.stamped):
            yield from map(self.framed, self.made(kind))
        yield from self.comparisons
        yield from self.reference_files.list_files()
        if self.review.references:
            yield from self.reference_files.entry_scripts()
        yield from how_to_cite.files(self.review, self.host(), self.cite_page)
        yield from self.papers.outputs()

    def search_hints(self) -> Iterator[SearchHint]:
        """What search is told of pages beyond their words; a paper says what its pages say, so its title and its purpose lead to it."""
        yield from super().search_hints()
        for pack in all_packs(self.review).values():
            yield SearchHint(pack_uri(pack.id), "", "paper", (pack.title,), alone=True, text=pack.purpose)

    def outputs(self) -> Iterator[blocks.Output]:
        """All generated files."""
        yield from self.other_outputs()
        if self.changes_page and (news := self.feed(lambda uri: site_path(uri, ""))):
            yield blocks.Output(changes.FEED, news, CHANGELOG)
        yield from self.reference_pages()
        yield from (blocks.Output(uri, content, BIBLIOGRAPHY) for uri, content in self.reference_files.small_files())
