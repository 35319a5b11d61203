"""What one build knows, and what pages need of it: links, and lists that are put in when Markdown is rendered."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import quote

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.utils import get_relative_url

from evidence.directives import changes
from evidence.output import blocks
from evidence.site import Site, heads
from evidence.text import languages
from evidence_mkdocs import repairs
from evidence_mkdocs.citations import EvidenceRegistry
from evidence_mkdocs.editions import Lacking, twin_links
from evidence_mkdocs.reference_shell import Shell, StampedFile
from evidence_mkdocs.search import Found
from evidence_mkdocs.settings import Settings

_INSERT = "\ue023{}\ue023"
_INSERTED = re.compile("<p>\ue023(\\d+)\ue023</p>")


@dataclass
class Build:
    """What one build knows: the review as `site`, the settings, the folder of archived versions, and what fills up in the course of the build."""

    config: MkDocsConfig
    settings: Settings
    site: Site
    registry: EvidenceRegistry
    releases: Path | None
    files: Files = field(default_factory=lambda: Files([]))
    outputs: dict[str, blocks.Output] = field(default_factory=dict)
    references: dict[str, StampedFile] = field(default_factory=dict)
    shell: Shell = ()
    inserts: dict[int, str] = field(default_factory=dict)
    numbers: Iterator[int] = field(default_factory=count)
    ids: dict[str, set[str]] = field(default_factory=dict)
    found: Found = field(default_factory=Found)
    lacking: Lacking | None = None
    classes: set[str] = field(default_factory=set)

    @cached_property
    def fronts(self) -> dict[str, Any]:
        """The front matter of written pages, as the engine reads it."""
        return {document.uri: document.front for document in self.site.documents}

    @cached_property
    def heads(self) -> heads.Heads:
        """The heads of all pages."""
        host = self.site.host()
        return heads.Heads(self.site, host, self.outputs, "/" if self.config.use_directory_urls else ".html")

    @cached_property
    def abroad(self) -> dict[str, repairs.Abroad]:
        """The pages in other languages than that of the review, by their address in the site."""
        found = {}
        for document in self.site.documents:
            if (lang := self.site.pages[document.uri].lang) and (file := self.files.get_file_from_path(document.uri)):
                titles = frozenset({document.title, *(section.title for section in document.sections)} - {""})
                found[file.url.removeprefix("./")] = repairs.Abroad(lang, titles)
        return found

    def apart(self, uri: str) -> str:
        """The attributes of what the engine says on a page in another language; '' for one in the review's own."""
        page = self.site.pages.get(uri)
        return languages.attributes(self.site.review.reading.language) if page and page.lang else ""

    def add(self, uri: str, content: str | bytes, made_from: str = "") -> None:
        """Add a generated file, with the source that it can be edited in."""
        file = File.generated(self.config, uri, content=content, inclusion=InclusionLevel.NOT_IN_NAV)
        if made_from:
            file.edit_uri = f"../{made_from}"
        self.files.append(file)

    def resolver(self, file: File) -> blocks.Resolve:
        """From a source address of the site to the address that a link on the page of `file` needs."""

        def resolve(uri: str) -> str:
            if self.site.reference_files.is_small_file(uri):  # written beside its page, and no file to MkDocs
                return get_relative_url(quote(uri), file.url)
            target = self.files.src_uris.get(uri)
            if target is None:
                raise PluginError(f"{file.src_uri} links to {uri}, which is no page of this site")
            return get_relative_url(target.url, file.url)

        return resolve

    def placed(self, tail: Iterable[blocks.Block], file: File) -> str:
        """Blocks below a page's Markdown: headings as Markdown, for the table of contents; all else as marks that `on_page_content` replaces.

        Python-Markdown and MkDocs would parse the HTML of a long list three times over, only to leave it as it is.
        """
        parts, apart = [], self.apart(file.src_uri)
        for block in tail:
            if isinstance(block, blocks.Heading):
                block = replace(block, attributes=f"{block.attributes}{apart}".strip())  # noqa: PLW2901
                parts.append(blocks.to_markdown([block], file.src_uri))
                continue
            number = next(self.numbers)
            parts.append(f"\n\n{_INSERT.format(number)}\n\n")
            made = blocks.to_html([block], self.resolver(file))
            self.inserts[number] = re.sub(r"<[a-z]+", lambda m: m[0] + apart, made, count=1) if apart else made
            if isinstance(block, blocks.Items | blocks.Meanings):
                self.ids.setdefault(file.src_uri, set()).update(item.id for item in block.items if item.id)
        return "".join(parts)

    def with_inserts(self, html: str) -> str:
        """Rendered Markdown with the blocks in the place of their marks."""
        return _INSERTED.sub(lambda match: self.inserts.pop(int(match[1])), html)

    @cached_property
    def known(self) -> frozenset[str]:
        """The source addresses of all pages, for templates: asked for when all files are known."""
        return frozenset(file.src_uri for file in self.files.documentation_pages())

    def for_templates(self, uri: str = "") -> dict[str, Any]:
        """What templates show on every page; `apart` says the frame's own language on a page in another."""
        file = self.files.get_file_from_path(uri)
        return {
            "known": self.known,
            "twins": twin_links(self.site, uri, file.url if file else None, self.config.site_url or ""),
            "language": self.site.review.reading.language,
            "apart": self.apart(uri),
            "edition": self.site.edition,
            "lacking": self.site.absent,
            "feed": changes.FEED if self.files.get_file_from_path(changes.FEED) else "",
        }
