"""Heads and last lines of all pages of a site: `metadata`, `linked_data` and `citing` put together from what the site knows.

The line stands outside the article: it is about the page, and belongs neither to its words nor to search.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from evidence.downloads import how_to_cite, work_stem
from evidence.metadata import Host, PageFacts, linked_data, page_meta, reference_meta
from evidence.output import blocks, data_tables
from evidence.references import FORMATS
from evidence.site.site import Site
from evidence.tables import datapackage
from evidence.text.addresses import site_path

CACHE = ".cache/citing.json"


@dataclass
class Heads:
    """What stands in the head of each page and in its last line. `outputs` are the generated files by source address, `ending` ends a page's
    address inside the site: '/', or '.html' for a site without a folder for each page."""

    site: Site
    host: Host
    outputs: Mapping[str, blocks.Output]
    ending: str = "/"
    pages: dict[str, PageFacts] = field(init=False)
    _lines: dict[str, str] = field(init=False)
    _based_on: list[linked_data.Node] = field(init=False)
    _works: dict[str, linked_data.Node] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.pages = dict(self._facts())
        self._lines = how_to_cite.page_lines(self.pages, self.host, self.site.root / CACHE)
        sources = self.site.review.sources.values()
        self._based_on = [linked_data.work_node(how_to_cite.source_reference(source)) for source in sources]

    def _facts(self) -> Iterator[tuple[str, PageFacts]]:
        checked = self.site.review.reading.checked
        for document in self.site.documents:
            front = document.front
            day = str(front.get("checked") or checked)
            yield (
                document.uri,
                PageFacts(document.title, str(front.get("description", "")), self._path(document.uri), day),
            )
        for output in self.outputs.values():
            if isinstance(output.content, str):
                yield output.uri, PageFacts(output.title, "", self._path(output.uri), checked)

    def _path(self, uri: str) -> str:
        return site_path(uri, self.ending)

    def head(self, uri: str, resolve: blocks.Resolve) -> str:
        """The head of a page of the site's own words."""
        page = self.pages.get(uri)
        if page is None:
            return ""
        home = self._to_home(resolve)
        if self.site.home and uri == self.site.home.uri:
            node = linked_data.site_node(self.host, home) | {"description": page.description}
        else:
            cited = dict.fromkeys(place.item.key for place in self.site.index.by_page.get(uri, ()))
            works = [self._work(key) for key in cited if key in self.site.review.references]
            node = linked_data.page_node(self.host, page, home, self._based_on if works else (), works)
        tables = map(linked_data.script, self._tables(uri, resolve))
        return page_meta(self.host, page) + linked_data.script(node) + "".join(tables)

    def line(self, uri: str, resolve: blocks.Resolve) -> str:
        """The last line of a page: how to cite it."""
        page = self.pages.get(uri)
        if page is None:
            return ""
        how = "" if uri == self.site.cite_page else self.site.cite_page
        return how_to_cite.page_line(self._lines[uri], how_to_cite.page_reference(self.host, page).url, how, resolve)

    def work_head(self, page: blocks.Output, resolve: blocks.Resolve) -> str:
        """The head of a page about one work."""
        key = posixpath.basename(page.uri).removesuffix(".md")
        reference = self.site.review.references[key]
        stem = work_stem(key)
        files = [(resolve(f"{stem}.{f.id}"), f.media_type) for f in FORMATS.values() if f.for_managers]
        facts = PageFacts(page.title, page.description, self._path(page.uri), self.site.review.reading.checked)
        node = linked_data.about_node(self.host, facts, self._to_home(resolve), self._work(key))
        return reference_meta(reference, self.site.review.authorless(reference), files) + linked_data.script(node)

    def work_line(self, resolve: blocks.Resolve) -> str:
        """The last line of a page about one work."""
        return how_to_cite.work_line(self.site.cite_page, resolve)

    def _to_home(self, resolve: blocks.Resolve) -> str:
        return resolve(self.site.home.uri) if self.site.home else ""

    def _work(self, key: str) -> linked_data.Node:
        if key not in self._works:
            review = self.site.review
            reference = review.references[key]
            self._works[key] = linked_data.work_node(reference, review.authorless(reference))
        return self._works[key]

    def _tables(self, uri: str, resolve: blocks.Resolve) -> Iterator[linked_data.Node]:
        """The tables that a page shows and offers as files; all of them on the page of the data package."""
        if uri == datapackage.PAGE and self.site.tables:
            parts = [self._table(table, resolve) for table in self.site.tables]
            about = self.pages[uri]
            files = (
                (resolve(datapackage.ZIP), "application/zip"),
                (resolve(datapackage.DESCRIPTION), "application/json"),
            )
            name = f"{about.title}: {self.host.title}"
            yield linked_data.dataset_node(self.host, name, f"All tables of {self.host.title}.", files) | {
                "hasPart": parts
            }
            return
        yield from (self._table(table, resolve) for table in self.site.tables if table.page == uri)

    def _table(self, table: data_tables.DataTable, resolve: blocks.Resolve) -> linked_data.Node:
        words = f"{table.title}. {table.description} A table of {self.host.title}."
        return linked_data.dataset_node(self.host, table.title, words, ((resolve(table.uri), "text/csv"),))
