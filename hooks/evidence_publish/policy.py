"""What a web server tells browsers about the built pages: a Content-Security-Policy made from the pages themselves, and its companions.

A script that stands inside a page runs only where the policy names its hash (W3C, "Content Security Policy Level 3"), so the list is made from
what was built. Anything else that such a policy refuses is named, because readers would miss it without a word.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser

_SCRIPT = re.compile(r"<script\b((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>(.*?)</script\s*>", re.S | re.I)
_SOURCE = re.compile(r"(?:^|\s)src\s*=", re.I)
_TYPE = re.compile(r"(?:^|\s)type\s*=\s*[\"']?([^\s\"'>]*)", re.I)
_RUNS = {"", "module", "text/javascript", "application/javascript"}
_PERHAPS = re.compile(r"\s(?:style|on[a-z]+)\s*=|<style|javascript:", re.I)
# Features that no page of such a site uses.
_PERMISSIONS = ("camera", "display-capture", "geolocation", "microphone", "payment", "usb")


def inline_scripts(page: str) -> Iterator[str]:
    """The scripts that stand in a page's HTML and are run, as text. Data blocks (JSON) are not run."""
    for match in _SCRIPT.finditer(page):
        kind = _TYPE.search(match[1])
        if not _SOURCE.search(match[1]) and (kind[1].lower() if kind else "") in _RUNS:
            yield match[2]


def script_hash(script: str) -> str:
    """A script's hash as a policy names it."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


class _Refused(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        line = self.getpos()[0]
        if tag == "style":
            self.found.append(f"line {line}: a <style> element")
        for name, value in attrs:
            if name == "style" or name.startswith("on"):
                self.found.append(f'line {line}: <{tag} {name}="{value or ""}">')
            elif name in ("href", "src", "action") and (value or "").strip().lower().startswith("javascript:"):
                self.found.append(f"line {line}: <{tag}> with a javascript: address")


def refused(page: str) -> list[str]:
    """What the policy refuses in a page besides scripts: style attributes and elements, event attributes, javascript: addresses."""
    if not _PERHAPS.search(page):
        return []
    parser = _Refused()
    parser.feed(page)
    parser.close()
    return parser.found


def content_security_policy(hashes: Iterable[str]) -> str:
    """The policy for pages whose inline scripts have these hashes."""
    scripts = " ".join(["script-src 'self'", *sorted(set(hashes))])
    return (
        f"default-src 'none'; {scripts}; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
        "worker-src 'self'; manifest-src 'self'; base-uri 'self'; form-action 'none'; frame-ancestors 'none'"
    )


def headers(hashes: Iterable[str]) -> str:
    """The file `_headers` that Netlify, Cloudflare Pages and others read; other servers get the same lines in their own words."""
    lines = {
        "Content-Security-Policy": content_security_policy(hashes),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Permissions-Policy": ", ".join(f"{name}=()" for name in _PERMISSIONS),
    }
    return "/*\n" + "".join(f"  {name}: {value}\n" for name, value in lines.items())
