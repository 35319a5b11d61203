"""Archived versions of the site, each as it was, below `v/NUMBER/`: what a page of one needs so that readers and search engines know.

An archived version is the folder of a built site, `NUMBER` below a folder of its own (see `release`). Its pages get a line at the top
that leads to the newest version of the same page, are kept out of search engines, and name the newest page as the one that counts.
"""

from __future__ import annotations

import posixpath
import re
import shutil
from collections.abc import Iterable
from functools import partial
from pathlib import Path

from evidence.directives import changes
from evidence.model.changes import NUMBER, order
from evidence.text import escape, languages
from evidence.text.translation import LANGUAGE, _
from evidence.text.words import in_words

# What only a web server can use: its rules, the page for wrong addresses (its links are absolute) and the map for search engines.
FOR_SERVERS = frozenset({"_headers", "_redirects", ".nojekyll", "404.html", "sitemap.xml", "sitemap.xml.gz"})
# The day of an archived version, in the folder of the version; not part of the site.
DAY = "version-date.txt"
# What stands once, at the root of a site, or would show search engines the archived pages.
_NOT_ARCHIVED = {*FOR_SERVERS, changes.FEED, changes.ARCHIVE, DAY}
_ARTICLE, _BODY = (re.compile(rf"<{name}\b(?:[^>\"']|\"[^\"]*\"|'[^']*')*>") for name in ("article", "body"))
_LANGUAGE = re.compile(r'<html\b[^>]*?\slang="([^"]*)"')
_HEAD_END = re.compile(r"</head\s*>", re.I)
_SUPERSEDED = re.compile(
    r"[ \t]*<(?:link\b[^>]*\brel=[\"']?canonical\b|link\b[^>]*\btype=[\"']?application/atom\+xml\b|meta\b[^>]*\bname=[\"']?robots\b)[^>]*>\n?"
)


def archived_versions(folder: Path | None) -> tuple[str, ...]:
    """The numbers of the versions archived in `folder`, newest first."""
    if folder is None or not folder.is_dir():
        return ()
    found = [p.name for p in folder.iterdir() if NUMBER.fullmatch(p.name) and (p / "index.html").is_file()]
    return tuple(sorted(found, key=order, reverse=True))


def add_archived(folder: Path, site: Path, site_address: str) -> None:
    """Put every version of `folder` into the built `site`, each page with what readers must know. `site_address` may be ''."""
    for number in archived_versions(folder):
        source, target = folder / number, site / changes.ARCHIVE / number
        day = (source / DAY).read_text("utf-8").strip() if (source / DAY).is_file() else ""
        shutil.rmtree(target, ignore_errors=True)
        ignored = partial(_not_archived, str(source))
        shutil.copytree(source, target, ignore=ignored, copy_function=shutil.copyfile)
        for file in target.rglob("*.html"):
            uri = file.relative_to(target).as_posix()
            same = (site / uri).is_file()
            page = with_notice(file.read_text("utf-8"), uri, number, day, same=same, site_address=site_address)
            file.write_text(page, "utf-8", newline="\n")


def _not_archived(source: str, folder: str, names: list[str]) -> Iterable[str]:
    return _NOT_ARCHIVED if folder == source else ()


def with_notice(page: str, uri: str, number: str, day: str, *, same: bool, site_address: str) -> str:
    """A page of version `number` with a notice that leads to its newest version, or to the home page where it is gone.

    `uri` is its file inside the version, `same` says whether the newest site has such a file.
    """
    newest = uri if same else "index.html"
    address = re.sub(r"(^|/)index\.html$", r"\1", newest)
    link = posixpath.relpath(newest, posixpath.dirname(f"{changes.ARCHIVE}/{number}/{uri}"))
    link = re.sub(r"(^|/)index\.html$", r"\1", link) or "./"
    dated = _("This is version %(number)s of %(day)s, kept as it was.")
    told = (dated if day else _("This is version %(number)s, kept as it was.")) % {
        "number": escape.html_text(number),
        "day": escape.html_text(in_words(day)),
    }
    text = _("Read the newest version of this page") if same else _("This page is gone. Go to the newest home page")
    to_newest = f'<a href="{escape.html_text(link)}">{text}</a>'
    language = _LANGUAGE.search(page)
    # Pages of other languages are in an archived version, too.
    ours = languages.attributes(LANGUAGE or "en") if language and languages.foreign(language[1]) else ""
    notice = (
        f'<aside class="old-version"{ours} aria-label="{_("About this version")}"><p>{told} {to_newest}.</p></aside>'
    )
    canonical = f'<link rel="canonical" href="{escape.html_text(site_address + address)}">\n' if site_address else ""
    page = _SUPERSEDED.sub("", page)
    page = _HEAD_END.sub(lambda m: f'<meta name="robots" content="noindex">\n{canonical}{m[0]}', page, count=1)
    start = _ARTICLE.search(page) or _BODY.search(page)
    return f"{page[: start.end()]}\n{notice}{page[start.end() :]}" if start else page
