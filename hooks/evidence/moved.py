"""Pages that have moved: data/redirects.yml as records, the small page that stands at an old address, and the lines for hosts.

The page needs no script: it says where the page is now, with a link, and browsers that follow `<meta http-equiv="refresh">` go there at once
(WCAG 2.2, technique H76).
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from evidence import escape
from evidence.model import Problem, Record, Where
from evidence.records import Tree
from evidence.words import quoted

FILE = "data/redirects.yml"
_OLD = re.compile(r"/?((?:[A-Za-z0-9_][\w.-]*/)*[A-Za-z0-9_][\w.-]*)(/|\.html)?", re.ASCII)
_NEW = re.compile(r"((?:[\w.-]+/)*[\w.-]+\.md)(#[\w-]+)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Moved(Record):
    """An `old` address, such as 'old/address/', and the source address of the page that is there now, perhaps with '#section'."""

    old: str
    new: str

    @property
    def page(self) -> str:
        """The new page without its section."""
        return self.new.partition("#")[0]

    @property
    def sources(self) -> tuple[str, str]:
        """The source addresses that the old page may have had."""
        name = self.old.removesuffix("/").removesuffix(".html")
        return f"{name}.md", f"{name}/index.md"

    @property
    def file(self) -> str:
        """The file of the built site that stands at the old address."""
        return f"{self.old}index.html" if self.old.endswith("/") else self.old


def parse_moved(tree: Tree, path: str) -> tuple[dict[str, Moved], list[Problem]]:
    """The records of a file of 'old/address/: new/page.md' lines, by old address."""
    if not isinstance(tree.data, Mapping):
        return {}, [Problem(Where(path, tree.line(())), "this file must be lines such as 'old/address/: new/page.md'")]
    moved: dict[str, Moved] = {}
    problems: list[Problem] = []
    for old, new in tree.data.items():
        where = Where(path, tree.line((old,)))
        address = _OLD.fullmatch(old)
        if not address or not {".", ".."}.isdisjoint(address[1].split("/")):
            problems.append(Problem(where, f"{quoted(old)} is no address of this site; write it as 'old/address/'"))
        elif not isinstance(new, str) or not _NEW.fullmatch(new):
            problems.append(
                Problem(where, f"{quoted(str(new))} is no page; write it as in docs/, such as 'new/page.md'")
            )
        else:
            name = address[1] + (address[2] or "/")
            if not address[2] and address[1].endswith(".html"):
                name = address[1]
            if name in moved:
                problems.append(Problem(where, f"{quoted(name)} stands here a second time ({moved[name].where})"))
            moved.setdefault(name, Moved(name, posixpath.normpath(new), where=where))
    return moved, problems


def now_at(uri: str, moved: Iterable[Moved]) -> str:
    """Where the page with the source address `uri` is now: the same address, where it has not moved."""
    return next((entry.page for entry in moved if uri in entry.sources), uri)


def moved_page(target: str, title: str, address: str, language: str = "en") -> bytes:
    """The page at an old address. `target` is the link to the new page, `address` its full address ('' while the site has none)."""
    link, name = escape.html_text(target), escape.html_text(title)
    canonical = f'<link rel="canonical" href="{escape.html_text(address)}">\n' if address else ""
    return (
        f'<!doctype html>\n<html lang="{escape.html_text(language)}">\n<head>\n<meta charset="utf-8">\n'
        f"<title>This page has moved: {name}</title>\n"
        f'<meta name="viewport" content="width=device-width,initial-scale=1">\n<meta name="robots" content="noindex">\n'
        f'{canonical}<meta http-equiv="refresh" content="0; url={link}">\n</head>\n<body>\n<main>\n'
        f'<h1>This page has moved</h1>\n<p>You can read it at its new address: <a href="{link}">{name}</a>.</p>\n'
        "</main>\n</body>\n</html>\n"
    ).encode()


def host_lines(pairs: Iterable[tuple[str, str]], site_address: str) -> str:
    """The file `_redirects` that Netlify, Cloudflare Pages and others read: old address, new address, 301 (moved for good).

    `pairs` are addresses inside the site; hosts count from the root of the host, so a site below it has its folder put before.
    """
    base = urlsplit(site_address).path.rstrip("/")
    return "".join(f"{_path(base, old)} {_path(base, new)} 301\n" for old, new in pairs)


def _path(base: str, address: str) -> str:
    path, mark, fragment = address.partition("#")
    path = "" if path in (".", "./") else path.removeprefix("./")
    return f"{quote(f'{base}/{path}', safe='/%')}{mark}{quote(fragment)}"
