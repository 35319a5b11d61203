"""What is built, page by page, for search to find; and the files of search, once all pages are there."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

from evidence.output import blocks
from evidence.search import FoundPage, Section, entries, search_files, sections
from evidence.site import Site


@dataclass
class Found:
    """The pages of one build that search can find."""

    pages: list[FoundPage] = field(default_factory=list)

    def add(self, page: Page, content: str, lang: str = "") -> None:
        """A page with its own HTML, in the language `lang` where that is not the review's, as its front matter wants it: left out, or counted for more."""
        wish = page.meta.get("search")
        told = wish if isinstance(wish, dict) else {}
        if not told.get("exclude"):
            menu = html.unescape(str(page.title or ""))
            title, boost = html.unescape(str(page.meta.get("title") or menu)), float(told.get("boost", 1))
            found = tuple(sections(content))
            self.pages.append(FoundPage(page.file.src_uri, page.url, title, found, boost, menu, lang))

    def files(self, site: Site, url: Callable[[str], str]) -> Iterable[tuple[str, bytes]]:
        """The files of search, by their addresses in the site; `url` says where in the site a page is."""
        bets = [(asked, url(bet.page)) for bet in site.review.bets.values() for asked in bet.words]
        ways = [{"title": title, "url": url(uri), "picture": drawing} for title, uri, drawing in site.search_ways()]
        return search_files(entries(self.pages, site.search_hints()), bets, ways).items()


def tell_theme(config: MkDocsConfig, works: Iterable[FoundPage]) -> None:
    """Tell the theme's own search, which a site without the frame has, of the pages that it does not see."""
    index = getattr(config.plugins.get("material/search"), "search_index", None)
    if index is not None:
        index.entries += (
            {"location": page.url, "title": html.escape(page.title), "text": html.escape(page.sections[0].text)}
            for page in works
        )


def work_page(page: blocks.Output, url: str) -> FoundPage:
    """The page of a work, which is stamped: the work itself, as it is cited."""
    cited = next(block for block in page.tail if isinstance(block, blocks.Paragraph) and not block.css)
    words = html.unescape(re.sub(r"<[^>]+>", "", blocks.to_html([cited], lambda uri: "")))
    return FoundPage(page.uri, url, page.title, (Section("", "", " ".join(words.split())),))
