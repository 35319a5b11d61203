"""A review's folder -> everything that its site is made of: the pages with citations filled in, and the generated files."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from evidence.crosslinks.index import Index
from evidence.crosslinks.passages import Page, plain_page
from evidence.crosslinks.reference_links import reference_uri
from evidence.crosslinks.relocating import on_paper
from evidence.crosslinks.resolving import ResolvedPage, resolve_citations
from evidence.downloads import export_files, how_to_cite
from evidence.metadata.page_metadata import Host
from evidence.model.base import Problem
from evidence.model.changes import FILE as CHANGELOG
from evidence.model.changes import edition
from evidence.model.review import Review
from evidence.model.site_data import EditorialNote
from evidence.output.blocks import Output, to_markdown
from evidence.output.data_tables import DataTable
from evidence.pages import overviews, theme_pages
from evidence.pages.change_pages import FEED, changes_page, page_changes, page_title
from evidence.pages.feed import feed
from evidence.pages.reference_pages import ReferencePage, reference_page, references_page
from evidence.pages.search_hints import SearchHint, search_hints
from evidence.papers.files import PaperFile, make_files
from evidence.papers.pack_pages import PLACE, pack_outputs, with_sizes
from evidence.papers.packs import all_packs
from evidence.papers.paper import Paper, paper
from evidence.references.formatting import format_references, to_plain
from evidence.references.labels import Label, plain
from evidence.references.styles import HARVARD, STYLES
from evidence.rules.measuring import Measure, facts
from evidence.sources.document import Document, parse_document
from evidence.sources.read import BIBLIOGRAPHY
from evidence.tables import datapackage
from evidence.tables.comparison import tables_of
from evidence.tables.dictionary import overview_table, works_table
from evidence.text.addresses import site_path

CACHE = ".cache/harvard.json"
PAPERS = ".cache/papers"
CITING = ".cache/citing-ways.json"


@dataclass(frozen=True)
class Site:
    """A review with its pages and cross-links. `problems` must be empty before anything is made from it."""

    root: Path
    review: Review
    documents: tuple[Document, ...]
    pages: Mapping[str, Page]
    index: Index
    known: Mapping[str, Label]
    measures: tuple[Measure, ...]
    problems: tuple[Problem, ...]
    # Files of papers that may stand in this build although the papers have changed.
    previous: Mapping[str, PaperFile] | None = None

    @cached_property
    def formatted(self) -> dict[str, str]:
        """Every reference in Harvard style, by key (see `harvard`)."""
        return format_references(self.review, self.known, self.root / CACHE)

    @cached_property
    def ways_to_cite(self) -> dict[str, list[tuple[str, str, str]]]:
        """By key, each style's id and name and the work in it as plain text: without letters after the year, which belong to a list."""
        alone = {key: replace(label, letter="") for key, label in self.known.items()}
        lettered = {k: r for k, r in self.review.references.items() if self.known[k].letter}
        ways: dict[str, list[tuple[str, str, str]]] = {key: [] for key in self.review.references}
        for style in STYLES.values():
            if style is HARVARD:
                again = format_references(
                    replace(self.review, references=lettered), alone, self.root / ".cache/harvard-alone.json"
                )
                found = self.formatted | again
            else:
                found = format_references(self.review, alone, self.root / f".cache/{style.id}.json", style)
            for key, text in found.items():
                ways[key].append((style.id, style.name, to_plain(text)))
        return ways

    @cached_property
    def reference_files(self) -> export_files.ReferenceFiles:
        """Every work as BibTeX, RIS, CSL-JSON and CSV."""
        return export_files.make_reference_files(self.review)

    @cached_property
    def lists(self) -> export_files.Lists:
        """The works of each theme, nation and page."""
        return export_files.make_lists(self.review, self.index, self.known)

    def small_files(self) -> Iterator[tuple[str, bytes]]:
        """Many small files by address, which are written beside the pages: single works, and the works of each page."""
        return export_files.small_files(self.reference_files, self.lists)

    def is_small_file(self, uri: str) -> bool:
        """Whether `uri` is one of them."""
        return export_files.is_small_file(self.reference_files, self.lists, uri)

    @cached_property
    def _documents(self) -> dict[str, Document]:
        return {document.uri: document for document in self.documents}

    def resolved(self, uri: str) -> ResolvedPage:
        """A hand-written page with its citations and its reference list."""
        downloads = export_files.page_downloads(self.reference_files, self.lists, self.review, self._documents[uri])
        places = self.index.by_page[uri]
        resolved = resolve_citations(
            self.pages[uri], places, self.review, self.known, self.formatted, downloads=downloads
        )
        resolved = replace(resolved, tail=(*resolved.tail, *page_changes(self.review, uri, self.changes_page)))
        text = "".join(resolved.pieces)
        if how_to_cite.PLACE in text:
            cache = self.root / CITING
            page, host = self.cite_page, self.host()
            pieces = [how_to_cite.with_ways(p, uri, self.review, host, page=page, cache=cache) for p in resolved.pieces]
            resolved = replace(resolved, pieces=tuple(pieces))
        if PLACE not in text:
            return resolved
        return replace(resolved, pieces=tuple(with_sizes(piece, self.paper_files) for piece in resolved.pieces))

    def host(self, language: str = "en") -> Host:
        """The site as what its pages belong to."""
        record = self.review.publisher
        return Host(self.title, record.name, record.contact, record.site_address, language)

    @cached_property
    def changes_page(self) -> str:
        """The source address of the page that lists what changed; '' where there is none."""
        return changes_page(self.documents)

    @cached_property
    def cite_page(self) -> str:
        """The source address of the page that says how to cite; '' where there is none."""
        return how_to_cite.cite_page(self.documents)

    @cached_property
    def home(self) -> Document | None:
        """The home page; None where there is none."""
        return next((document for document in self.documents if not site_path(document.uri)), None)

    @property
    def title(self) -> str:
        """The title of the home page."""
        return self.home.title if self.home else ""

    def title_of(self, uri: str) -> str:
        """The title of a page, written or generated; of a page about one work, the work as it is cited."""
        if uri in self.pages:
            return self.pages[uri].title
        key = next((key for key in self.known if reference_uri(key) == uri), "")
        return str(self.known[key]) if key else page_title(self.review, uri)

    @property
    def edition(self) -> str:
        """The version and date of the content, in words; '' for a review without CHANGELOG.md."""
        return edition(self.review.changes, self.review.reading.checked) if self.review.changes.versions else ""

    def feed(self, address: Callable[[str], str]) -> bytes:
        """The feed of released versions; `address` gives a page's address inside the site."""
        return feed(self.review, self.title, self.changes_page, address)

    @cached_property
    def _lists(self) -> tuple[Output, ...]:
        """The generated pages that packs can hold, and the tables that go with them as CSV."""
        return tuple(self._make_lists())

    @cached_property
    def _in_passages(self) -> dict[str, Page]:
        """The generated pages as passages, as they stand on paper: one is added when it is first asked for."""
        return {}

    def find(self, uri: str) -> Page | None:
        """A page in passages, written or generated."""
        if uri in self.pages:
            return self.pages[uri]
        if uri not in self._in_passages:
            found = next(
                (output for output in self._lists if output.uri == uri and isinstance(output.content, str)), None
            )
            if found is None:
                return None
            text = replace(found, tail=tuple(on_paper(export_files.without_downloads(found.tail)))).data().decode()
            self._in_passages[uri] = plain_page(parse_document(text, found.made_from, uri)[0])
        return self._in_passages[uri]

    @cached_property
    def papers(self) -> tuple[Paper, ...]:
        """Every pack as a paper."""
        packs = all_packs(self.review).values()
        return tuple(paper(self.review, pack, self.find, self.known, self.formatted) for pack in packs)

    @cached_property
    def paper_files(self) -> dict[str, PaperFile]:
        """The files of all papers, by address; those that an earlier build made are taken from the cache."""
        return make_files(self.papers, self.review.publisher.site_address, self.root / PAPERS, self.previous)

    def paper_files_anew(self) -> dict[str, PaperFile]:
        """The same, with every paper made anew that has changed since the previous ones; what is made is kept for the next build."""
        return make_files(self.papers, self.review.publisher.site_address, self.root / PAPERS)

    def reference_pages(self) -> Iterator[ReferencePage]:
        """A page for each reference."""
        notes: dict[str, list[EditorialNote]] = defaultdict(list)
        for note in self.review.notes.values():
            for key in note.references:
                notes[key].append(note)
        for key, reference in self.review.references.items():
            words = sum(len(place.excerpt.split()) for place in self.index.by_reference[key])
            line = facts(words, "", self.review.reading)
            label, formatted = self.known[key], self.formatted[key]
            files = self.reference_files.downloads("Download this source", f"references/{key}", (key,), str(label))
            page = reference_page(
                self.review,
                self.index,
                reference,
                label,
                formatted=formatted,
                notes=notes[key],
                facts=line,
                ways=self.ways_to_cite[key],
                downloads=(files,),
            )
            # Without a heading: the sections of these pages are all the same.
            news = page_changes(self.review, page.uri, self.changes_page, heading=False)
            yield replace(page, blocks=(*page.blocks, *news)) if news else page

    def other_outputs(self) -> Iterator[Output]:
        """The lists, the theme pages, the tables as CSV, and the packs with their files."""
        yield from (self._with_changes(self._with_facts(output)) for output in self._lists)
        yield from self._data_package()
        yield from export_files.list_files(self.reference_files, self.lists)
        yield from how_to_cite.files(self.review, self.host(), self.cite_page)
        for made in self.papers:
            yield from pack_outputs(made, self.paper_files)

    @cached_property
    def tables(self) -> tuple[DataTable, ...]:
        """The tables that readers can download."""
        made = [(overviews.MAP, output) for output in self._map] + [(theme_pages.AUDIT, o) for o in self._audit]
        tables = [overview_table(output, page) for page, output in made if output.uri.endswith(".csv")]
        if self.lists.whole:
            content = self.reference_files.file(self.lists.whole, "csv")
            tables.append(works_table(f"{export_files.WHOLE}.csv", content))
        return (*self._comparisons, *tables)

    @cached_property
    def _map(self) -> tuple[Output, ...]:
        return tuple(overviews.evidence_map(self.review, self.index, self.known)) if self.review.themes else ()

    @cached_property
    def _audit(self) -> tuple[Output, ...]:
        return tuple(overviews.audit(self.review, self.pages.values(), self.known)) if self.review.notes else ()

    @cached_property
    def _comparisons(self) -> tuple[DataTable, ...]:
        return tuple(tables_of(self.pages.values()))

    def _data_package(self) -> Iterator[Output]:
        """All tables as one data package, and the page about them."""
        if self.tables:
            described = datapackage.descriptor(self.review, self.title, self.tables)
            packed = datapackage.package_zip(described, self.tables)
            yield Output(datapackage.DESCRIPTION, described, datapackage.MADE_FROM)
            yield Output(datapackage.ZIP, packed, datapackage.MADE_FROM)
            titles = {table.page: self.title_of(table.page) for table in self.tables}
            yield self._with_changes(self._with_facts(datapackage.data_page(self.tables, titles, described, packed)))

    def _with_changes(self, output: Output) -> Output:
        """A generated page with what changed on it at its end."""
        if isinstance(output.content, bytes):
            return output
        return replace(output, tail=(*output.tail, *page_changes(self.review, output.uri, self.changes_page)))

    def _with_facts(self, output: Output) -> Output:
        """A generated page with its reading time and the day of the last check below its title, as written pages have them."""
        reading = self.review.reading
        if not reading.checked or not isinstance(output.content, str) or "\n# " not in output.content:
            return output
        before, title, after = re.split(r"(?m)^(# .*\n)", output.content, maxsplit=1)
        words = plain(after + to_markdown(output.tail, output.uri), self.known).split()
        line = facts(len(words), "", reading)
        return replace(output, content=f"{before}{title}\n{line}\n{{ .page-facts }}\n\n{after}")

    def _make_lists(self) -> Iterator[Output]:
        if self.review.references:
            files = export_files.whole_downloads(self.reference_files, self.lists)
            yield references_page(self.review, self.index, self.known, self.formatted, files)
        if self.review.themes:
            yield theme_pages.themes_page(self.review, self.index)
        yield from self._map
        yield from self._audit
        if self.review.glossary:
            yield overviews.glossary(self.review)
        for theme in self.review.themes.values():
            files = export_files.theme_downloads(self.reference_files, self.lists, theme)
            yield theme_pages.theme_page(self.review, self.index, theme, self.known, self.formatted, downloads=files)
        yield from (table.output() for table in self._comparisons)

    def search_hints(self) -> Iterator[SearchHint]:
        """What search knows of pages beyond their words."""
        return search_hints(self.review, self.documents)

    def outputs(self) -> Iterator[Output]:
        """All generated files."""
        yield from self.other_outputs()
        news = self.feed(lambda uri: site_path(uri, "")) if self.changes_page else b""
        if news:
            yield Output(FEED, news, CHANGELOG)
        yield from (page.output() for page in self.reference_pages())
        yield from (Output(uri, content, BIBLIOGRAPHY) for uri, content in self.small_files())
