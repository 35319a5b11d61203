"""Reference pages: MkDocs renders one of them, the shell, and each page is stamped out of it, which takes a fraction of the time.

A stamp stands between private-use characters, which cannot stand in a review's texts.
"""

from __future__ import annotations

import html
import re

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, InclusionLevel

from evidence.downloads.export_files import without_downloads
from evidence.output.blocks import to_markdown
from evidence.pages.reference_pages import ReferencePage

SHELL = "references/EVIDENCE-SHELL.md"
KEY = "EVIDENCE-SHELL"
TITLE, DESCRIPTION = "\ue020title\ue021", "\ue020description\ue021"
HEAD, LINE = "\ue020head\ue021", "\ue020line\ue021"
# It holds an h1, because Material adds one of its own to a page that has none.
BODY = "\ue020<h1></h1>\ue021"


class StampedFile(File):
    """A reference page: a link target like any page, but not rendered by MkDocs one by one."""

    def __init__(self, uri: str, config: MkDocsConfig) -> None:
        folders = config.use_directory_urls
        place = f"{uri.removesuffix('.md')}/index.html" if folders else f"{uri.removesuffix('.md')}.html"
        super().__init__(uri, None, config.site_dir, folders, dest_uri=place, inclusion=InclusionLevel.NOT_IN_NAV)

    def is_documentation_page(self) -> bool:
        return False

    def copy_file(self, dirty: bool = False) -> None:
        pass


def shell_text(page: ReferencePage) -> str:
    """The shell as Markdown: like `page` in its sections and table of contents, with stamps for its title and description."""
    body = to_markdown(without_downloads(page.blocks), page.uri)
    return f"---\ntitle: {TITLE}\ndescription: {DESCRIPTION}\nsearch:\n  exclude: true\n---\n{body}"


def stamp(shell: str, page: ReferencePage, name: str, *, body: str, head: str, line: str) -> str:
    """A reference page as HTML. `shell` is the rendered shell, `name` the page's part of its address; the rest is HTML."""
    values = {
        BODY: body,
        TITLE: html.escape(page.title),
        DESCRIPTION: html.escape(page.description),
        HEAD: head,
        LINE: line,
        KEY: html.escape(name),
    }
    # In one go, so that what is put in is not searched for stamps.
    return re.sub("|".join(map(re.escape, values)), lambda match: values[match[0]], shell)
