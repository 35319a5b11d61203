"""What comes out the same when a site is built again is taken from the build before: only `live_preview.py` uses this, while a site is served.

Markdown that has been rendered before, a page that has been put into its frame before, the words that search has taken from it: each is kept in the
process by everything that it depends on, and only once a whole build has gone well, so that a warning is never lost.
"""

from __future__ import annotations

import copy
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page


class _Results:
    """Results by key. One that was made in this build counts from the next one on, once this one has gone well."""

    def __init__(self) -> None:
        self.old: dict[Any, Any] = {}
        self.new: dict[Any, Any] = {}

    def get(self, key: Any, make: Callable[[], Any]) -> Any:
        self.new[key] = self.old[key] if key in self.old else make()
        return self.new[key]


class _Kept:
    """What is kept from build to build. `files` and `site` stand for all that every page depends on."""

    def __init__(self) -> None:
        self.texts, self.frames, self.words = _Results(), _Results(), _Results()
        self.files = self.site = ""


_kept: _Kept | None = None


def begin() -> None:
    """Keep results from now on."""
    global _kept
    _kept = _Kept()


def end_build(well: bool) -> None:
    """A build has ended: what it made counts if all went `well`, and else is forgotten with its warnings."""
    for results in (_kept.texts, _kept.frames, _kept.words) if _kept is not None else ():
        results.old, results.new = (results.new if well else results.old), {}


def _mark(*values: object) -> str:
    return hashlib.sha256("\0".join(map(repr, values)).encode()).hexdigest()


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
    """When all files are known: what links can lead to, and what search keeps."""
    if _kept is None:
        return nav
    settings = Path(config.config_file_path).read_bytes()
    _kept.files = _mark(settings, [(file.src_uri, file.dest_uri, file.inclusion) for file in files])
    search = config.plugins.get("material/search") or config.plugins.get("search")
    index = getattr(search, "search_index", None)
    if index is not None and hasattr(index, "add_entry_from_context"):
        index.add_entry_from_context = _remembering_words(index, index.add_entry_from_context)
    return nav


def _remembering_words(index: Any, add: Callable[[Page], None]) -> Callable[[Page], None]:
    def entries(page: Page) -> list[dict[str, Any]]:
        before = len(index.entries)
        add(page)
        made = index.entries[before:]
        del index.entries[before:]
        return copy.deepcopy(made)  # hooks add to the entries later

    def remembering(page: Page) -> None:
        assert _kept is not None
        key = (page.url, _mark(page.content, page.title, page.meta))
        index.entries += copy.deepcopy(_kept.words.get(key, lambda: entries(page)))

    return remembering


def on_pre_page(page: Page, config: MkDocsConfig, files: Files) -> Page:
    """Let a page render its Markdown only where something that it depends on has changed."""
    if _kept is not None:
        page.render = _rendering(page, page.render)  # type: ignore[method-assign, assignment]
    return page


def _rendering(page: Page, render: Callable[[MkDocsConfig, Files], None]) -> Callable[[MkDocsConfig, Files], None]:
    def made(config: MkDocsConfig, files: Files) -> tuple[Any, ...]:
        render(config, files)
        links = {file.src_uri: found for file, found in (page.links_to_anchors or {}).items()}
        return page.content, page.toc, page._title_from_render, page.present_anchor_ids, links

    def rendering(config: MkDocsConfig, files: Files) -> None:
        assert _kept is not None
        key = (page.file.src_uri, _mark(_kept.files, page.markdown))
        content, page.toc, page._title_from_render, ids, links = _kept.texts.get(key, lambda: made(config, files))
        page.content, page.present_anchor_ids = content, set(ids)
        found = {files.get_file_from_path(uri): anchors for uri, anchors in links.items()}
        page.links_to_anchors = {file: anchors for file, anchors in found.items() if file is not None}

    return rendering


def on_env(env: jinja2.Environment, config: MkDocsConfig, files: Files) -> jinja2.Environment:
    """When all pages are rendered: keep compiled templates, and put pages into their frame only where something has changed."""
    if _kept is None:
        return env
    _kept.site = ""
    env.bytecode_cache = _BYTECODE
    get = env.get_template

    def get_template(name: str, parent: str | None = None, globals: Any = None) -> Any:
        template = get(name, parent, globals)
        return template if parent else _Frame(template)

    env.get_template = get_template  # type: ignore[method-assign, assignment]
    return env


class _Bytecode(jinja2.BytecodeCache):
    """Compiled templates by their name and source, in memory: MkDocs makes a new environment for each build."""

    def __init__(self) -> None:
        self.archived: dict[str, bytes] = {}

    def load_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        if (kept := self.archived.get(bucket.key + bucket.checksum)) is not None:
            bucket.bytecode_from_string(kept)

    def dump_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        self.archived[bucket.key + bucket.checksum] = bucket.bytecode_to_string()


_BYTECODE = _Bytecode()


class _Frame:
    """A template that renders a page again only where something that it shows has changed."""

    def __init__(self, template: jinja2.Template) -> None:
        self.template = template

    def render(self, context: dict[str, Any]) -> str:
        page = context.get("page")
        if page is None or _kept is None:
            return self.template.render(context)
        config: MkDocsConfig = context["config"]
        if not _kept.site:
            _kept.site = _mark(_kept.files, _plain(config.extra), list(_titles(context["nav"])), _frames(config))
        shown = [(name, value) for name, value in sorted(context.items()) if isinstance(value, str)]
        key = (page.url, _mark(_kept.site, self.template.name, page.content, page.title, page.meta, shown))
        return str(_kept.frames.get(key, lambda: self.template.render(context)))


def _plain(extra: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """What templates can show of `extra`: not what hooks hand each other there, which changes with every paper."""
    return [(name, value) for name, value in sorted(extra.items()) if name not in ("review_site", "previous_papers")]


def _titles(items: Iterable[Any]) -> Iterator[tuple[str, str]]:
    """What a page's navigation shows of all others."""
    for item in items:
        yield item.title or "", getattr(item, "url", "") or ""
        yield from _titles(item.children or ())


def _frames(config: MkDocsConfig) -> list[bytes]:
    """The project's own templates; those of the theme do not change while the server runs."""
    folder = config.theme.custom_dir
    return [file.read_bytes() for file in sorted(Path(folder).rglob("*")) if file.is_file()] if folder else []
