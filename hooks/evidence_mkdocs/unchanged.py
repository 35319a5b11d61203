"""What comes out the same when a site is built again is taken from the build before: only `preview.py` uses this, while a site is served.

Markdown that has been rendered before, and the words that search has taken from it: each is cached in the process by everything that it depends on,
and only once a whole build has gone well, so that a warning is never lost. This halves the time of a build.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from evidence.search import Section, sections


class _Results:
    """Results by key. One that was made in this build counts from the next one on, once this one has gone well."""

    def __init__(self) -> None:
        self.old: dict[Any, Any] = {}
        self.new: dict[Any, Any] = {}

    def get(self, key: Any, make: Callable[[], Any]) -> Any:
        self.new[key] = self.old[key] if key in self.old else make()
        return self.new[key]


class Unchanged:
    """What is cached from build to build. `files` stands for all that the text of every page depends on."""

    def __init__(self) -> None:
        self.texts, self.words = _Results(), _Results()
        self.files = ""

    def end_build(self, well: bool) -> None:
        """A build has ended: what it made counts if all went `well`, and else is forgotten with its warnings."""
        for results in (self.texts, self.words):
            results.old, results.new = (results.new if well else results.old), {}

    def know_files(self, config: MkDocsConfig, files: Files) -> None:
        """When all files are known: what links can lead to, and how."""
        settings = Path(config.config_file_path).read_bytes()
        self.files = _mark(settings, [(file.src_uri, file.dest_uri, file.inclusion) for file in files])

    def sections(self, page: str) -> list[Section]:
        """The sections of a page's HTML, as search keeps them."""
        found: list[Section] = self.words.get(_mark(page), lambda: sections(page))
        return found

    def cache_rendering(self, page: Page) -> None:
        """Let a page render its Markdown only where something that it depends on has changed."""
        render = page.render

        def made(config: MkDocsConfig, files: Files) -> tuple[Any, ...]:
            render(config, files)
            links = {file.src_uri: found for file, found in (page.links_to_anchors or {}).items()}
            return page.content, page.toc, page._title_from_render, page.present_anchor_ids, links

        def rendering(config: MkDocsConfig, files: Files) -> None:
            key = (page.file.src_uri, _mark(self.files, page.markdown))
            content, page.toc, page._title_from_render, ids, links = self.texts.get(key, lambda: made(config, files))
            page.content, page.present_anchor_ids = content, set(ids)
            found = {files.get_file_from_path(uri): anchors for uri, anchors in links.items()}
            page.links_to_anchors = {file: anchors for file, anchors in found.items() if file is not None}

        page.render = rendering  # type: ignore[method-assign]


def _mark(*values: object) -> str:
    return hashlib.sha256("\0".join(map(repr, values)).encode()).hexdigest()
