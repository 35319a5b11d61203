"""The small page at an old address, and the lines for hosts."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote, urlsplit

from evidence.text import escape


def redirect_page(target: str, title: str, address: str, language: str = "en") -> bytes:
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
