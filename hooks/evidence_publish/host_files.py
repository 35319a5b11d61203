"""What web servers are told about a built site: its files `_headers` and `_redirects`, which Netlify and others read as they are, and its path.

All is read from the site as it was built, so it is true of that build alone; `server_rules` puts it into the words of a server.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import unquote

from evidence.model.site_data import Publisher

HEADERS, REDIRECTS, NOT_FOUND = "_headers", "_redirects", "404.html"
# Browsers need not ask again for a year, the longest that RFC 9111 speaks of for old caches; not even on a reload (RFC 8246).
IMMUTABLE = "public, max-age=31536000, immutable"
# Browsers keep the file and ask each time whether it is still the newest (RFC 9111, 5.2.2.4).
REVALIDATE = "no-cache"
# The policy is fixed, because no page in the engine's frame has a script, a style or an event handler inside it (W3C, "Content Security Policy
# Level 3"); tests hold every page to that.
# The features named last are used by no page of such a site.
POLICY = """\
/*
  Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; font-src 'self'; \
connect-src 'self'; manifest-src 'self'; base-uri 'self'; form-action 'none'; frame-ancestors 'none'
  X-Content-Type-Options: nosniff
  Referrer-Policy: no-referrer
  Permissions-Policy: camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()
"""
# For a site in the theme's own frame, which has scripts in its pages.
WITH_SCRIPTS_IN_PAGES = POLICY.replace("script-src 'self'", "script-src 'self' 'unsafe-inline'; worker-src 'self'")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
# What would end a quoted word of a configuration, or mean something inside it.
UNSAFE = re.compile(r"[\"\\$`\x00-\x1f\x7f]|[^\x20-\x7e]")
_MISREAD = re.compile(r"[\"\\$`\x00-\x1f\x7f]")
_PATH = re.compile(r"/[\w.~%/-]*", re.ASCII)
_BASE = re.compile(r"/(?:[\w.~-]+/)*", re.ASCII)
_ASSET = re.compile(r"(?:href|src)=[\"'](/(?:[^\"'?#]*/)?)assets/")


class HostError(Exception):
    """Why the files cannot be put into a server's words; the message is for whoever runs the site."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What a site wants of any server: `headers` for all answers, and `redirects`, each an old address and where it leads now.

    `base` is the path at which the site lies on its host, such as '/reviews/care/'; '/' for a host of its own.
    """

    headers: tuple[tuple[str, str], ...]
    redirects: tuple[tuple[str, str], ...]
    base: str = "/"


def header_lines(publisher: Publisher, *, scripts_in_pages: bool = False) -> str:
    """The text of `_headers` as a build writes it. Where the publisher wants https alone, it says so for this host, and for no other (RFC 6797)."""
    lines = WITH_SCRIPTS_IN_PAGES if scripts_in_pages else POLICY
    if publisher.https_only:
        lines += f"  Strict-Transport-Security: max-age={publisher.https_only_days * 86400}\n"
    return lines


def cache_lines(uris: Iterable[str]) -> str:
    """Lines for `_headers`: the named files may be cached for good. Named one by one, because hosts do not agree on what a `*` covers."""
    return "".join(f"/{uri}\n  Cache-Control: {IMMUTABLE}\n" for uri in uris)


def rules(headers: str, redirects: str) -> Rules:
    """Read the text of a site's `_headers` and `_redirects`. Raises HostError for anything that could be more than a header's value."""
    return Rules(tuple(_headers(headers)), tuple(_redirects(redirects)))


def _headers(text: str) -> Iterator[tuple[str, str]]:
    for_all = False
    for line in text.splitlines():
        name, _, value = line.strip().partition(": ")
        if not line.startswith(" "):
            for_all = name == "/*"
        elif for_all:
            if not _NAME.fullmatch(name) or not value or UNSAFE.search(value):
                raise HostError(
                    f"_headers: {line.strip()!r} is no header that can be put into a server's configuration"
                )
            yield name, value


def _redirects(text: str) -> Iterator[tuple[str, str]]:
    for line in text.splitlines():
        parts = line.split()
        if len(parts) != 3 or not _PATH.fullmatch(parts[0]) or not _PATH.fullmatch(parts[1].partition("#")[0]):
            raise HostError(f"_redirects: {line!r} is not of the form '/old/ /new/ 301'")
        if UNSAFE.search(line):
            raise HostError(f"_redirects: {line!r} holds a character that a server's configuration could misread")
        old = unquote(parts[0])  # servers hold an address against their rules once it is decoded
        if _MISREAD.search(old):
            raise HostError(f"_redirects: {line!r} holds a character that a server's configuration could misread")
        yield old, parts[1]


def base_path(folder: Path) -> str:
    """The path at which the built site in `folder` is to lie: the page for wrong addresses, shown at any of them, asks for its files there. Raises HostError."""
    page = folder / NOT_FOUND
    asked = _ASSET.search(page.read_text("utf-8")) if page.is_file() else None
    base = asked[1] if asked else "/"
    if not _BASE.fullmatch(base):
        raise HostError(
            f"the site's path is {base!r}; in data/publisher.yml, write a site_address whose path has only letters, figures, '-', '_', '.' and '~'"
        )
    return base


def site_rules(folder: Path) -> Rules:
    """What the built site in `folder` wants of a server. Raises HostError, also where there is no site."""
    headers, redirects = folder / HEADERS, folder / REDIRECTS
    if not headers.is_file():
        raise HostError(f"{folder}: there is no built site here; build it first, as in: make site")
    redirected = redirects.read_text("utf-8") if redirects.is_file() else ""
    return replace(rules(headers.read_text("utf-8"), redirected), base=base_path(folder))


def told(folder: Path) -> tuple[str, ...]:
    """What a server is told of the site in `folder`, but for names of files that are cached for good: those follow one pattern."""
    texts = ((folder / name).read_text("utf-8") if (folder / name).is_file() else "" for name in (HEADERS, REDIRECTS))
    try:
        return (*(text.partition("\n/assets/")[0] for text in texts), base_path(folder))
    except HostError as error:
        return (str(error),)
