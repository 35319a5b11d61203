"""Small pages without the site's frame: at an old address, with the lines for hosts; and in the place of a site that cannot be built."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote, urlsplit

from evidence.output import templates
from evidence.text.languages import way_of


def redirect_page(target: str, title: str, address: str, language: str) -> bytes:
    """The page at an old address. `target` is the link to the new page, `address` its full address ('' while the site has none)."""
    view = {"target": target, "title": title, "address": address, "language": language, "way": way_of(language)}
    return templates.render("pages/redirect.html.j2", **view).encode()


def problems_page(problems: Iterable[str]) -> str:
    """The page that says what stands in the way of a build: each line of the messages as an item, without any HTML of theirs."""
    return templates.render("pages/problems.html.j2", problems=list(dict.fromkeys(problems)))


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
