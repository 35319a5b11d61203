"""What must stand at fixed addresses: redirects at old addresses, the feed, the copy for reading offline, and archived versions."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from mkdocs.exceptions import PluginError
from mkdocs.structure.files import Files
from mkdocs.utils import get_relative_url

from evidence.directives import changes, publisher
from evidence.pages import bare_pages
from evidence.site import Site


def fixed_files(site: Site, files: Files, site_url: str, releases: Path | None) -> Iterator[tuple[str, str | bytes]]:
    """Those files by address, once `files` holds all pages: redirects lead to them. Raises PluginError for a redirect that leads nowhere."""

    def address(uri: str) -> str:
        page, mark, section = uri.partition("#")
        file = files.get_file_from_path(page)
        if file is None:
            raise PluginError(f"{page} is no page of this site")
        return file.url + mark + section

    pairs, language = [], site.review.reading.language
    for entry in site.review.redirects.values():
        target = address(entry.new)
        # The name of the file counts as one more step down, as it does for a browser.
        link = get_relative_url(target, entry.old)
        full = site_url + ("" if target == "./" else target) if site_url else ""
        yield entry.file, bare_pages.redirect_page(link, site.title_of(entry.page), full, language)
        pairs.append((entry.old, target))
    if pairs:
        yield "_redirects", bare_pages.host_lines(pairs, site_url)
    if news := site.feed(address):
        yield changes.FEED, news
    # What is linked to must be there; these follow when all is built.
    if site.review.offline:
        yield publisher.OFFLINE, b""
    for number in site.review.archived:
        assert releases is not None
        yield f"{changes.ARCHIVE}/{number}/index.html", (releases / number / "index.html").read_bytes()
