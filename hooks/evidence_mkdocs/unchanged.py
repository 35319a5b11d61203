"""What comes out the same when a site is built again is taken from the build before: only `preview.py` uses this, while a site is served.

Markdown that has been rendered before, a page that has been put into its frame before, the words that search has taken from it: each is kept in the
process by everything that it depends on, and only once a whole build has gone well, so that a warning is never lost.
"""

from __future__ import annotations

import copy
import hashlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from evidence_mkdocs.search import search_index
from evidence_mkdocs.settings import FRAME


class _Results:
    """Results by key. One that was made in this build counts from the next one on, once this one has gone well."""

    def __init__(self) -> None:
        self.old: dict[Any, Any] = {}
        self.new: dict[Any, Any] = {}

    def get(self, key: Any, make: Callable[[], Any]) -> Any:
        self.new[key] = self.old[key] if key in self.old else make()
        return self.new[key]


class Unchanged:
    """What is kept from build to build. `files` and `site` stand for all that every page depends on."""

    def __init__(self) -> None:
        self.texts, self.frames, self.words = _Results(), _Results(), _Results()
        self.compiled = _Compiled()
        self.files = self.site = ""

    def end_build(self, well: bool) -> None:
        """A build has ended: what it made counts if all went `well`, and else is forgotten with its warnings."""
        for results in (self.texts, self.frames, self.words):
            results.old, results.new = (results.new if well else results.old), {}

    def know_files(self, config: MkDocsConfig, files: Files) -> None:
        """When all files are known: what links can lead to, and what search keeps."""
        settings = Path(config.config_file_path).read_bytes()
        self.files = _mark(settings, [(file.src_uri, file.dest_uri, file.inclusion) for file in files])
        index = search_index(config)
        if hasattr(index, "add_entry_from_context"):
            index.add_entry_from_context = self._remembering_words(index, index.add_entry_from_context)

    def _remembering_words(self, index: Any, add: Callable[[Page], None]) -> Callable[[Page], None]:
        def entries(page: Page) -> list[dict[str, Any]]:
            before = len(index.entries)
            add(page)
            made = index.entries[before:]
            del index.entries[before:]
            return copy.deepcopy(made)  # hooks add to the entries later

        def remembering(page: Page) -> None:
            key = (page.url, _mark(page.content, page.title, page.meta))
            index.entries += copy.deepcopy(self.words.get(key, lambda: entries(page)))

        return remembering

    def keep_rendering(self, page: Page) -> None:
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

    def keep_frames(self, env: jinja2.Environment) -> None:
        """When all pages are rendered: keep compiled templates, and put pages into their frame only where something has changed."""
        self.site = ""
        env.bytecode_cache = self.compiled
        get = env.get_template

        def get_template(name: str, parent: str | None = None, globals: Any = None) -> Any:
            template = get(name, parent, globals)
            return template if parent else _Frame(template, self)

        env.get_template = get_template  # type: ignore[method-assign, assignment]


class _Compiled(jinja2.BytecodeCache):
    """Compiled templates by their name and source, in memory: MkDocs makes a new environment for each build."""

    def __init__(self) -> None:
        self.known: dict[str, bytes] = {}

    def load_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        if (known := self.known.get(bucket.key + bucket.checksum)) is not None:
            bucket.bytecode_from_string(known)

    def dump_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        self.known[bucket.key + bucket.checksum] = bucket.bytecode_to_string()


class _Frame:
    """A template that renders a page again only where something that it shows has changed."""

    def __init__(self, template: jinja2.Template, unchanged: Unchanged) -> None:
        self.template, self.unchanged = template, unchanged

    def render(self, context: dict[str, Any]) -> str:
        page, unchanged = context.get("page"), self.unchanged
        if page is None:
            return self.template.render(context)
        if not unchanged.site:
            config: MkDocsConfig = context["config"]
            unchanged.site = _mark(
                unchanged.files, config.extra, list(_titles(context["nav"])), list(_templates(config))
            )
        shown = [(name, value) for name, value in sorted(context.items()) if isinstance(value, str)]
        key = (page.url, _mark(unchanged.site, self.template.name, page.content, page.title, page.meta, shown))
        return str(unchanged.frames.get(key, lambda: self.template.render(context)))


def _mark(*values: object) -> str:
    return hashlib.sha256("\0".join(map(repr, values)).encode()).hexdigest()


def _titles(items: Iterable[Any]) -> Iterator[tuple[str, str]]:
    """What a page's navigation shows of all others."""
    for item in items:
        yield item.title or "", getattr(item, "url", "") or ""
        yield from _titles(item.children or ())


def _templates(config: MkDocsConfig) -> Iterator[bytes]:
    """The templates of the site and of the frame; those of the theme do not change while the server runs."""
    for folder in (config.theme.custom_dir or FRAME, FRAME):
        yield from (file.read_bytes() for file in sorted(Path(folder).rglob("*.html")))
