"""What must stand at fixed addresses: pages at the old addresses of those that moved, the feed, and versions kept as they were.

It goes with `mkdocs_hooks.py`, which has read the review. The copy for reading offline has none of these: it has no address.
"""

from __future__ import annotations

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.utils import get_relative_url

from evidence.pages.change_pages import ARCHIVE, FEED
from evidence.pages.redirect_page import host_lines, redirect_page
from evidence.site.site import Site
from evidence_publish.archived import add_archived, archived_versions


def _is_copy(config: MkDocsConfig) -> bool:
    return bool(config.extra.get("offline_copy") == "this")


def _folder(config: MkDocsConfig) -> Path | None:
    name = "" if _is_copy(config) else config.extra.get("releases")
    return Path(config.config_file_path).parent / name if name else None


@event_priority(110)
def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Before the review is read: which versions are kept."""
    config.extra["kept_versions"] = archived_versions(_folder(config))
    return config


@event_priority(-50)
def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Once all pages are known: add what leads to them."""
    site: Site = config.extra["review_site"]
    if _is_copy(config):
        return files

    def address(uri: str) -> str:
        page, mark, section = uri.partition("#")
        file = files.get_file_from_path(page)
        if file is None:
            raise PluginError(f"{page} is no page of this site")
        return file.url + mark + section

    def add(uri: str, content: str | bytes) -> None:
        files.append(File.generated(config, uri, content=content, inclusion=InclusionLevel.NOT_IN_NAV))

    pairs = []
    for entry in site.review.redirects.values():
        target = address(entry.new)
        # The name of the file counts as one more step down, as it does for a browser.
        link = get_relative_url(target, entry.old)
        full = config.site_url + ("" if target == "./" else target) if config.site_url else ""
        add(entry.file, redirect_page(link, site.title_of(entry.page), full))
        pairs.append((entry.old, target))
    if pairs:
        add("_redirects", host_lines(pairs, config.site_url or ""))
    content = site.feed(address)
    if content:
        add(FEED, content)
        config.extra["feed"] = FEED
    folder = _folder(config)
    for number in config.extra["kept_versions"]:
        assert folder is not None
        # So that links to it are known to lead somewhere; the whole version follows when all is built.
        add(f"{ARCHIVE}/{number}/index.html", (folder / number / "index.html").read_bytes())
    return files


def on_post_build(config: MkDocsConfig) -> None:
    """When all is built, but before the rules for browsers are made from it: put the kept versions in."""
    folder = _folder(config)
    if folder is not None:
        add_archived(folder, Path(config.site_dir), config.site_url or "")
