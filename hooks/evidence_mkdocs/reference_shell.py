"""Reference pages: MkDocs renders one of them, the shell, and each page is stamped out of it, which takes a fraction of the time.

A stamp stands between private-use characters, which cannot stand in a review's texts.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urljoin

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, InclusionLevel

from evidence.downloads import without_downloads
from evidence.output import blocks

SHELL = "references/EVIDENCE-SHELL.md"
KEY = "EVIDENCE-SHELL"
TITLE, DESCRIPTION = "\ue020title\ue021", "\ue020description\ue021"
HEAD, LINE = "\ue020head\ue021", "\ue020line\ue021"
# It holds an h1, because Material adds one of its own to a page that has none.
BODY = "\ue020<h1></h1>\ue021"
_STAMPS = (BODY, TITLE, DESCRIPTION, HEAD, LINE, KEY)
Shell = tuple[str, ...]


class LinkTarget(File):
    """What links can lead to like any page or file, though MkDocs renders and copies nothing there."""

    def __init__(self, uri: str, config: MkDocsConfig) -> None:
        folders = config.use_directory_urls
        place = File(uri, None, config.site_dir, folders).dest_uri  # where it would be if MkDocs rendered it
        super().__init__(uri, None, config.site_dir, folders, dest_uri=place, inclusion=InclusionLevel.NOT_IN_NAV)

    def is_documentation_page(self) -> bool:
        return False

    def copy_file(self, dirty: bool = False) -> None:
        pass


class StampedFile(LinkTarget):
    """A reference page, which MkDocs does not render one by one."""

    def write(self, shell: Shell, page: blocks.Output, *, body: str, head: str, line: str) -> None:
        """Write the `page`: the `shell` with HTML in the place of its stamps."""
        target = Path(self.abs_dest_path)
        target.parent.mkdir(parents=True, exist_ok=True)
        values = {
            BODY: body,
            TITLE: html.escape(page.title),
            DESCRIPTION: html.escape(page.description),
            HEAD: head,
            LINE: line,
            KEY: html.escape(target.parent.name if self.use_directory_urls else target.stem),
        }
        target.write_text("".join(values.get(piece, piece) for piece in shell), "utf-8", newline="\n")


def cut(rendered: str) -> Shell:
    """The rendered shell as its stamps and what stands between them."""
    return tuple(re.split(f"({'|'.join(map(re.escape, _STAMPS))})", rendered))


def shell_text(page: blocks.Output) -> str:
    """The shell as Markdown: like `page` in its sections and table of contents, with stamps for its title and description."""
    body = blocks.to_markdown(without_downloads(page.tail), page.uri)
    return f"---\ntitle: {TITLE}\ndescription: {DESCRIPTION}\nsearch:\n  exclude: true\n---\n{body}"


def in_sitemap(files: Iterable[StampedFile], site_url: str) -> Iterator[SimpleNamespace]:
    """The pages as the template of the sitemap asks for them."""
    for file in files:
        address = urljoin(site_url, file.url)
        page = SimpleNamespace(is_link=False, canonical_url=address, abs_url=address, update_date="")
        yield SimpleNamespace(src_uri=file.src_uri, page=page)
