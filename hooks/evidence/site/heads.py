"""Heads and last lines of all pages of a site: `metadata` and `downloads.how_to_cite` put together from what the site knows.

The line stands outside the article: it is about the page, and belongs neither to its words nor to search.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from evidence.directives import changes
from evidence.downloads import how_to_cite, work_stem
from evidence.metadata import Host, PageFacts, full_address, linked_data, page_meta, reference_meta
from evidence.output import blocks, data_tables
from evidence.references import FORMATS
from evidence.site.site import Site
from evidence.tables import datapackage
from evidence.text.addresses import site_path
from evidence.text.translation import _

CACHE = ".cache/citing.json"


@dataclass(frozen=True)
class Heads:
    """What stands in the head of each page and in its last line. `outputs` are the generated files by source address, `ending` ends a page's
    address inside the site: '/', or '.html' for a site without a folder for each page."""

    site: Site
    host: Host
    outputs: Mapping[str, blocks.Output]
    ending: str = "/"

    @cached_property
    def pages(self) -> dict[str, PageFacts]:
        """What is said of each page, by its source address."""
        checked, found = self.site.review.reading.checked, {}
        for document in self.site.documents:
            said, day = str(document.front.get("description", "")), str(document.front.get("checked") or checked)
            found[document.uri] = PageFacts(
                document.title, said, self._path(document.uri), day, self.site.pages[document.uri].lang
            )
        for output in self.outputs.values():
            if isinstance(output.content, str):
                found[output.uri] = PageFacts(output.title, "", self._path(output.uri), checked)
        return found

    @cached_property
    def _lines(self) -> dict[str, str]:
        return how_to_cite.page_lines(self.pages, self.host, self.site.root / CACHE)

    @cached_property
    def _based_on(self) -> list[linked_data.Node]:
        sources = self.site.review.sources.values()
        return [linked_data.work_node(how_to_cite.source_reference(source)) for source in sources]

    @cached_property
    def _works(self) -> dict[str, linked_data.Node]:
        review = self.site.review
        return {key: linked_data.work_node(r) for key, r in review.references.items()}

    @cached_property
    def _keys(self) -> dict[str, str]:
        return {reference.slug: key for key, reference in self.site.review.references.items()}

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
            cited = dict.fromkeys(occurrence.item.key for occurrence in self.site.index.by_page.get(uri, ()))
            works = [self._works[key] for key in cited if key in self._works]
            node = linked_data.page_node(self.host, page, home, self._based_on if works else (), works)
        tables = map(linked_data.script, self._tables(uri, resolve))
        return page_meta(self.host, page) + linked_data.script(node) + "".join(tables)

    def line(self, uri: str, resolve: blocks.Resolve) -> str:
        """The last line of a page: how to cite it."""
        page = self.pages.get(uri)
        if page is None:
            return ""
        how = "" if uri == self.site.cite_page else self.site.cite_page
        address = how_to_cite.page_reference(self.host, page).url
        return how_to_cite.page_line(self._lines[uri], address, how, resolve, self._kept(page))

    def work_head(self, page: blocks.Output, resolve: blocks.Resolve) -> str:
        """The head of a page about one work."""
        key = self._keys[posixpath.basename(page.uri).removesuffix(".md")]
        reference = self.site.review.references[key]
        stem = work_stem(key)
        files = [(resolve(f"{stem}.{f.id}"), f.media_type) for f in FORMATS.values() if f.for_managers]
        facts = PageFacts(page.title, page.description, self._path(page.uri), self.site.review.reading.checked)
        node = linked_data.about_node(self.host, facts, self._to_home(resolve), self._works[key])
        return reference_meta(reference, files) + linked_data.script(node)

    def _kept(self, page: PageFacts) -> str:
        """The address of a page in the archived version with the same words; '' where there is none."""
        review = self.site.review
        archived = review.version in review.archived and not review.changes.pending
        return full_address(self.host, f"{changes.ARCHIVE}/{review.version}/{page.path}") if archived else ""

    def work_line(self, resolve: blocks.Resolve) -> str:
        """The last line of a page about one work."""
        return how_to_cite.work_line(self.site.cite_page, resolve)

    def _to_home(self, resolve: blocks.Resolve) -> str:
        return resolve(self.site.home.uri) if self.site.home else ""

    def _tables(self, uri: str, resolve: blocks.Resolve) -> Iterator[linked_data.Node]:
        """The tables that a page shows and offers as files; all of them on the page of the data package."""
        if uri == datapackage.PAGE and self.site.tables:
            files = (
                (resolve(datapackage.ZIP), "application/zip"),
                (resolve(datapackage.DESCRIPTION), "application/json"),
            )
            name = f"{self.pages[uri].title}: {self.host.title}"
            words = _("All tables of %(site)s.") % {"site": self.host.title}
            parts = [self._table(table, resolve) for table in self.site.tables]
            yield linked_data.dataset_node(self.host, name, words, files) | {"hasPart": parts}
            return
        yield from (self._table(table, resolve) for table in self.site.tables if table.page == uri)

    def _table(self, table: data_tables.DataTable, resolve: blocks.Resolve) -> linked_data.Node:
        said = {"title": table.title, "description": table.description, "site": self.host.title}
        words = _("%(title)s. %(description)s A table of %(site)s.") % said
        return linked_data.dataset_node(self.host, table.title, words, ((resolve(table.uri), "text/csv"),))
