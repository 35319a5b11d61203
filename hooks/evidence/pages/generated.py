"""All pages that the engine makes by itself, in one registry, and what they are made from."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING

from evidence.crosslinks import Page, index, reference_links
from evidence.directives import own_directives, pairs
from evidence.directives.changes import page_title
from evidence.documents.data_files import BIBLIOGRAPHY
from evidence.documents.document import Document
from evidence.downloads import WHOLE, ReferenceFiles, how_to_cite, make_reference_files
from evidence.map import MAP, evidence_map
from evidence.model.base import Location, Record, Reference
from evidence.model.review import Review
from evidence.model.site_data import Reading
from evidence.output import blocks, data_tables, markdown
from evidence.pages import a_to_z, audit_page, data_page, reference_list, reference_pages, theme_pages
from evidence.pages.change_pages import changes_page, feed, page_changes
from evidence.pages.search_hints import search_hints, search_ways
from evidence.points import Supported, points, support_pages
from evidence.references import STYLES, Label, format_works, in_order, plain
from evidence.search import SearchHint
from evidence.tables import datapackage, tables_of, works_table
from evidence.text.addresses import site_path
from evidence.text.escape import to_copy
from evidence.text.translation import _, numbered
from evidence.text.words import in_words

if TYPE_CHECKING:
    from concurrent.futures import Future


@dataclass(frozen=True)
class Materials:
    """What generated pages are made from: a review with its pages and cross-links, and what is made of them once a build."""

    root: Path
    review: Review
    documents: tuple[Document, ...]
    pages: Mapping[str, Page]
    index: index.Index
    known: Mapping[str, Label]

    @cached_property
    def _in_styles(self) -> dict[str, Future[dict[str, str]]]:
        """Every reference in each style, made beside the rest of the build; 'alone' are those in Harvard style that have letters, without them."""
        from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 (checking formats nothing)

        works = self.review.references
        wanted = {
            style: (works, self.known if style == "harvard" else {}, style, f".cache/{style}.json") for style in STYLES
        }
        lettered = {key: work for key, work in works.items() if self.known[key].letter}
        wanted["alone"] = (lettered, {}, "harvard", ".cache/harvard-alone.json")
        beside = ThreadPoolExecutor(2)  # pandoc is a process of its own, and what it writes is large
        made = {
            name: beside.submit(format_works, found, known, style, self.root / cache)
            for name, (found, known, style, cache) in wanted.items()
        }
        beside.shutdown(wait=False)
        return made

    @cached_property
    def formatted(self) -> dict[str, str]:
        """Every reference in Harvard style, by key (see `formatting`)."""
        return self._in_styles["harvard"].result()

    @cached_property
    def ways_to_cite(self) -> dict[str, list[tuple[str, str, str]]]:
        """By key, each style's id and name and the work in it, to be copied: without letters after the year, which belong to a list."""
        done = {name: found.result() for name, found in self._in_styles.items()}
        done["harvard"] = done["harvard"] | done.pop("alone")
        return {
            key: [(s.id, s.name, to_copy(done[s.id][key])) for s in STYLES.values()] for key in self.review.references
        }

    @cached_property
    def reference_files(self) -> ReferenceFiles:
        """Every work in every format, and the works of each theme, nation and page together."""
        return make_reference_files(self.review, self.index, self.known)

    @cached_property
    def listed(self) -> tuple[str, ...]:
        """The keys of all works, as a list of references has them."""
        return tuple(in_order(self.review.references, self.review, self.known))

    @cached_property
    def reference_parts(self) -> dict[str, reference_list.Part]:
        """The parts in which the list of all works stands, by the ends of their addresses; none where it stands on one page."""
        return reference_list.parts_of(self.listed, self.known)

    @cached_property
    def changes_page(self) -> str:
        """The source address of the page that lists what changed; '' where there is none."""
        return changes_page(self.documents)

    @cached_property
    def cite_page(self) -> str:
        """The source address of the page that says how to cite; '' where there is none."""
        return how_to_cite.cite_page(self.documents)

    @cached_property
    def questions_page(self) -> str:
        """The source address of the first page that shows the questions; '' where none does."""
        return next((document.uri for document in self.documents if any(document.directives("questions"))), "")

    def paper_on(self, theme: str, uri: str) -> str:
        """A link on the page `uri` to the paper made for a theme, as Markdown; '' where there is none. Which papers there are is known above this room."""
        return ""

    @cached_property
    def papers_by_page(self) -> Mapping[str, str]:
        """The source address of each paper's page, and its title; see `paper_on`."""
        return {}

    def page_titles(self, but: str = "") -> Iterator[tuple[str, str]]:
        """The source address and title of every page that is no stamped one, without the page `but`."""
        yield from ((page.uri, page.title) for page in self.pages.values())
        for kind in (kind for kind in PAGES.values() if not kind.stamped and kind.address != but):
            yield from (
                (made.uri, made.title) for made in self.made(kind) if isinstance(made.content, str) and made.title
            )
        yield from self.papers_by_page.items()

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
        if uri in PAGES and PAGES[uri].title:
            return PAGES[uri].title
        key = next((key for key in self.known if reference_links.reference_uri(key) == uri), "")
        return str(self.known[key]) if key else page_title(self.review, uri)

    @cached_property
    def comparisons(self) -> tuple[data_tables.DataTable, ...]:
        """The comparison tables as files."""
        return tuple(tables_of(self.pages.values()))

    @cached_property
    def tables(self) -> tuple[data_tables.DataTable, ...]:
        """The tables that readers can download."""
        made = [output for uri in _WITH_TABLES for output in self.made(PAGES[uri])]
        tables = [output for output in made if isinstance(output, data_tables.DataTable)]
        if works := self.reference_files.lists.get(WHOLE):
            tables.append(works_table(f"{WHOLE}.csv", self.reference_files.file(works, "csv")))
        return (*self.comparisons, *tables)

    @cached_property
    def points(self) -> tuple[Supported, ...]:
        """The points that the review makes, with what they rest on."""
        return points(self.pages.values(), self.review, self.index.branches, self.known)

    @cached_property
    def _made(self) -> dict[str, tuple[blocks.Output, ...]]:
        return {}

    def made(self, kind: GeneratedPage) -> tuple[blocks.Output, ...]:
        """The pages of one kind, and the files that go with them: made when they are first asked for."""
        if kind.address not in self._made:
            self._made[kind.address] = tuple(kind.make(self)) if any(kind.addresses(self)) else ()
        return self._made[kind.address]

    def let_go(self) -> None:
        """Whoever builds has taken the pages: of each only its address and title are kept, and the tables, which pages are still told of."""
        _kept = self.tables
        for kind, outputs in self._made.items():
            self._made[kind] = tuple(replace(o, content="", tail=()) for o in outputs if isinstance(o.content, str))

    def feed(self, address: Callable[[str], str]) -> bytes:
        """The feed of released versions; `address` gives a page's address inside the site."""
        return feed(self.review, self.title, self.changes_page, address)

    def search_hints(self) -> Iterator[SearchHint]:
        """What search is told of pages beyond their words."""
        return search_hints(self)

    def search_ways(self) -> Iterator[tuple[str, str, str]]:
        """Where search leads on to where it finds nothing: the title, the source address and the picture of each page."""
        return search_ways(self)

    def facts(self, words: int) -> str:
        """The line below the title of a generated page that has so many words."""
        return facts(words, "", self.review.reading)

    def framed(self, output: blocks.Output) -> blocks.Output:
        """A generated page with the line below its title, as written pages have it, and what changed on it at its end; a file as it is."""
        if not isinstance(output.content, str):
            return output
        content = output.content
        if self.review.reading.checked and "\n# " in content:
            before, title, after = re.split(r"(?m)^(# .*\n)", content, maxsplit=1)
            words = plain(markdown.seen(after) + blocks.to_markdown(output.tail, output.uri), self.known).split()
            content = f"{before}{title}\n{self.facts(sum(any(map(str.isalnum, word)) for word in words))}\n{{ .page-facts }}\n\n{after}"
        news = page_changes(self.review, output.uri, self.changes_page)
        return replace(output, content=content, tail=(*output.tail, *news))


def facts(words: int, checked: str, reading: Reading) -> str:
    """The line below a page's title: how long it takes to read, and when it was last checked. '' where the review sets no day."""
    day = checked or reading.checked
    if not day:
        return ""
    minutes = max(1, ceil(words / max(1, reading.words_a_minute)))
    said = {"minutes": numbered("%(num)s minute", "%(num)s minutes", minutes), "day": in_words(day)}
    return _("Reading time: %(minutes)s. Last checked: %(day)s.") % said


@dataclass(frozen=True, slots=True)
class GeneratedPage:
    """A page that the engine makes. It is there when the site has any of its `records`; `made_from` is the file to edit instead.

    Where `address` holds `{}`, there is one such page for each record, with the record's id in that place, and the record says where to
    edit. `make` gives the pages with the files that go with them. `stamped` pages come by the thousand, and are built apart from the others.
    `title` is what a page at a fixed address is called, which is known before it is made.
    """

    address: str
    records: Callable[[Materials], Mapping[str, Reference | Record | Page]]
    make: Callable[[Materials], Iterable[blocks.Output]]
    made_from: str = ""
    stamped: bool = False
    title: str = ""

    def addresses(self, site: Materials) -> Iterator[tuple[str, Location]]:
        """The source address of each page, and where it comes from."""
        found = self.records(site)
        if "{}" in self.address:
            yield from ((self.address.format(name), record.where) for name, record in found.items())
        elif found:
            yield self.address, Location(self.made_from)


# To add a page, add one record.
_PAGES = (
    GeneratedPage(
        reference_links.REFERENCES,
        lambda site: site.review.references,
        reference_list.references_page,
        BIBLIOGRAPHY,
        title=_("References"),
    ),
    GeneratedPage(
        f"{reference_list.PARTS}{{}}.md",
        lambda site: {name: site.review.references[part.keys[0]] for name, part in site.reference_parts.items()},
        reference_list.letter_pages,
    ),
    GeneratedPage(
        theme_pages.THEMES,
        lambda site: site.review.themes,
        theme_pages.themes_page,
        "data/themes.yml",
        title=_("Themes"),
    ),
    GeneratedPage(MAP, lambda site: site.review.themes, evidence_map, "data/themes.yml", title=_("Evidence map")),
    GeneratedPage(
        audit_page.AUDIT, lambda site: site.review.notes, audit_page.audit, "data/editorial.yml", title=_("Audit")
    ),
    GeneratedPage(
        support_pages.SUPPORT,
        support_pages.stating,
        support_pages.support_page,
        support_pages.MADE_FROM,
        title=_("Support for each point"),
    ),
    GeneratedPage(support_pages.PART, support_pages.stating_in_parts, support_pages.part_pages),
    GeneratedPage(
        a_to_z.GLOSSARY, lambda site: site.review.glossary, a_to_z.glossary, "data/glossary.yml", title=_("Glossary")
    ),
    GeneratedPage(a_to_z.PAGE, lambda site: site.pages, a_to_z.a_to_z, title=_("A to Z")),
    GeneratedPage(
        pairs.ADDRESS,
        lambda site: pairs.first_of_each(site.review),
        lambda site: pairs.pair_pages(site.review, site.known, site.documents, site.formatted, own_directives()),
    ),
    GeneratedPage("themes/{}.md", lambda site: site.review.themes, theme_pages.theme_pages),
    GeneratedPage(
        datapackage.PAGE, data_page.tabled, data_page.data_package, BIBLIOGRAPHY, title=_("Tables to download")
    ),
    GeneratedPage(
        "references/{}.md",
        lambda site: {reference.slug: reference for reference in site.review.references.values()},
        reference_pages.reference_pages,
        stamped=True,
    ),
)
# The pages that offer tables as files.
_WITH_TABLES = (MAP, audit_page.AUDIT, support_pages.SUPPORT)
PAGES: dict[str, GeneratedPage] = {page.address: page for page in _PAGES}
