"""A review in several languages. Each edition beside the review's own language is a build by itself, in a process that speaks its language, into a folder of
the site. What it lacks is a page in the review's own language: links and the menu lead there, and say so.

Decision 28 says why editions are built apart.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html import escape, unescape
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import Files

from evidence.documents.data_files import BIBLIOGRAPHY, DATA
from evidence.site import Site
from evidence.text import languages
from evidence.text.addresses import site_path
from evidence.text.escape import html_text
from evidence.text.translation import _
from evidence_mkdocs.reference_shell import SHELL, LinkTarget

_LINK = re.compile(r'(<a\b[^<>]*?\shref=")([^"<>]*)("[^<>]*>)((?:\s*<span>[^<>]*</span>)?)(.*?)(?=</a>)', re.S)
_FILE = re.compile(r'(<(?:img|link|script|source|track|video|audio)\b[^<>]*?\s(?:href|src)=")([^"<>]*)(?=")')
# What stands once, at the root of the site.
_AT_ROOT = ("_headers", ".nojekyll", "404.html", "sitemap.xml", "sitemap.xml.gz", "_redirects")


def use_edition(config: MkDocsConfig, site: Site) -> None:
    """Let MkDocs build the edition that `site` is: its pages, its name, its menu."""
    edition = site.review.editions[site.review.edition]
    config.docs_dir = str(Path(config.docs_dir, edition.id))
    # MkDocs puts all of these into HTML as they are.
    config.site_name, config.site_description = map(html_text, (edition.title, edition.description))
    if config.site_url:
        config.site_url = urljoin(config.site_url, f"{edition.id}/")
    if config.nav:
        config.nav = list(_menu(config.nav, site, {name: html_text(word) for name, word in edition.menu.items()}))


def leave_out_editions(files: Files, site: Site) -> None:
    """Take the pages of its editions out of the review in its own language."""
    for file in list(files):
        if not site.review.edition and file.src_uri.partition("/")[0] in site.review.editions:
            files.remove(file)


def _menu(items: Iterable[Any], site: Site, words: Mapping[str, str]) -> Iterator[Any]:
    """The menu with the titles of this edition's pages; what it lacks keeps its name in mkdocs.yml."""
    for item in items:
        name, below = next(iter(item.items())) if isinstance(item, dict) else ("", item)
        if isinstance(below, list):
            first = below[0] if isinstance(below[0], str) else ""
            own = site.title_of(first) if first.endswith("index.md") and first not in site.absent else ""
            yield {html_text(own) or words.get(name, name): list(_menu(below, site, words))}
        elif below in site.absent:
            yield {name or html_text(site.absent[below]): below}
        elif not site_path(below):
            yield {_("Home"): below}
        else:
            yield below if below.endswith(".md") else item


class Lacking:
    """What an edition lacks, by its address: where links to it really lead, and what they say."""

    def __init__(self, site: Site, config: MkDocsConfig) -> None:
        self.files = [LinkTarget(uri, config) for uri in (*site.absent, *sorted(site.absent_files))]
        self.language = site.main_language
        self.titles = {file.url.removeprefix("./"): site.absent.get(file.src_uri) for file in self.files}
        self.said = languages.said_to_be(self.language)

    def add_to(self, files: Files) -> None:
        """Let links lead to all this, wherever this edition has made nothing of the name."""
        for absent in self.files:
            if files.get_file_from_path(absent.src_uri) is None:
                files.append(absent)

    def led_over(self, html: str, url: str) -> str:
        """A page, at `url` in the edition, whose links to what is not here lead to the review in its own language, and say that they do."""
        if not self.titles:
            return html

        def link(match: re.Match[str]) -> str:
            before, href, after, inside, words = match.groups()
            there = self._there(href, url)
            if there is None:
                return match[0]
            title = self.titles[there]
            if title is None:
                return f"{before}{self._over(href, url, there)}{after}{inside}{words}"
            if unescape(words).strip() == title:
                words = f"<bdi{languages.attributes(self.language)}>{words.strip()}</bdi>"
            after = f'" hreflang="{self.language}{after}'
            return f"{before}{self._over(href, url, there)}{after}{inside}{inside and ' '}{words} {self.said}"

        def file(match: re.Match[str]) -> str:
            there = self._there(match[2], url)
            return match[0] if there is None else match[1] + self._over(match[2], url, there)

        return _FILE.sub(file, _LINK.sub(link, html))

    def _there(self, href: str, url: str) -> str | None:
        """The address in the edition that a link leads to, where nothing is; None where all is well, or the link leads elsewhere."""
        path = re.split("[?#]", unescape(href))[0]
        if not path or ":" in path or path.startswith("/") or path.count("../") > url.count("/"):
            return None
        there = urljoin(f"/{url}", path).lstrip("/")
        return there if there in self.titles else None

    @staticmethod
    def _over(href: str, url: str, there: str) -> str:
        rest = re.search("[?#].*", href)
        return "../" * (url.count("/") + 1) + escape(there) + (rest[0] if rest else "")


def twin_links(site: Site, uri: str, url: str | None, site_url: str) -> list[dict[str, str]]:
    """For templates: a link to each other language on the page `uri` at `url`: to the same page, with its `alternate` address for programs, or to the home
    page of that language where it has no such page. The page for wrong addresses has no `url`."""
    found = []
    here = (url or "").removeprefix("./")
    for twin in site.twins:
        same = uri in twin.uris or (uri == SHELL and any(page.startswith("references/") for page in twin.uris))
        way = f"{twin.way}{here if same else ''}"
        way_up = "../" * here.count("/")
        alternate = (urljoin(site_url, way) if site_url else way_up + way or "./") if same else ""
        link = {"href": way_up + way or "./", "name": html_text(twin.name), "alternate": alternate}
        found.append(link | {"lang": twin.language, "dir": languages.way_of(twin.language)})
    return found


@dataclass
class Kept:
    """Editions that were built while a site is served, in a folder, with a mark of all that each was made from."""

    folder: Path
    marks: dict[str, str] = field(default_factory=dict)


def build_editions(config: MkDocsConfig, site: Site, kept: Kept | None) -> None:
    """Build each edition into its folder of the built site; while that is served, only one that has changed. Raises PluginError with all that stands in
    the way of one."""
    for tag in site.review.editions:
        folder = Path(config.site_dir, tag)
        mark = _mark(config, site, tag) if kept else ""
        if kept and kept.marks.get(tag) == mark:
            shutil.copytree(kept.folder / tag, folder)
            continue
        engine = MkDocsConfig.__module__.partition(".")[0]  # or a fork that answers to the name
        command = [sys.executable, "-m", engine, "build", "--quiet", "-f", config.config_file_path, "-d", str(folder)]
        command += ["--strict"] if config.strict else []
        settings = os.environ | {"EVIDENCE_EDITION": tag}
        done = subprocess.run(command, env=settings, capture_output=True, text=True, check=False)
        if done.returncode:
            lines = done.stderr.strip() or f"the build ended with {done.returncode}"
            raise PluginError(f"docs/{tag}: the review cannot be built in that language:\n{lines}")
        sys.stderr.write(done.stderr)
        if kept:
            shutil.rmtree(kept.folder / tag, ignore_errors=True)
            shutil.copytree(folder, kept.folder / tag)
            kept.marks[tag] = mark
        else:
            _at_root(folder, Path(config.site_dir))


def _mark(config: MkDocsConfig, site: Site, tag: str) -> str:
    """Of all that an edition is made from: its own files, those that it shares, and what the review has beside it."""
    root = Path(config.config_file_path).parent
    folders = (root / DATA, Path(config.docs_dir, tag), Path(config.docs_dir, "assets"))
    files = [
        root / BIBLIOGRAPHY,
        Path(config.config_file_path),
        *(f for one in folders for f in sorted(one.rglob("*"))),
    ]
    pages = sorted((page.uri, page.title) for page in site.pages.values())
    stats = [(str(file), file.stat().st_mtime_ns) for file in files if file.is_file()]
    return hashlib.sha256(repr((stats, pages)).encode()).hexdigest()


def _at_root(folder: Path, site: Path) -> None:
    """Put what servers and search engines look for at the root of a site there."""
    old, new = site / "_redirects", folder / "_redirects"
    if new.is_file():
        lines = old.read_text("utf-8") if old.is_file() else ""
        old.write_text(lines + new.read_text("utf-8"), "utf-8", newline="\n")
    whole, more = site / "sitemap.xml", folder / "sitemap.xml"
    if whole.is_file() and more.is_file():
        entries = "".join(re.findall(r"[ \t]*<url>.*?</url>\n?", more.read_text("utf-8"), re.S))
        text = whole.read_text("utf-8").replace("</urlset>", f"{entries}</urlset>")
        whole.write_text(text, "utf-8", newline="\n")
        whole.with_name("sitemap.xml.gz").write_bytes(gzip.compress(text.encode(), mtime=0))
    for name in _AT_ROOT:
        (folder / name).unlink(missing_ok=True)
