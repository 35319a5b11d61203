"""What web servers are told about a built site, in their own words: from its files `_headers` and `_redirects`, which Netlify and others read as they are.

Both are made from the site as it was built, so what is made from them here is true of that build alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from evidence.papers import PAPER_FORMATS
from evidence.references import FORMATS

HEADERS, REDIRECTS = "_headers", "_redirects"
# Browsers need not ask again for a year, the longest that RFC 9111 speaks of for old caches; not even on a reload (RFC 8246).
IMMUTABLE = "public, max-age=31536000, immutable"
# Browsers keep the file and ask each time whether it is still the newest (RFC 9111, 5.2.2.4).
REVALIDATE = "no-cache"
# Media types of texts (IANA's registry), beside those of files of references.
_TEXTS = {
    "html": "text/html",
    "css": "text/css",
    "js": "text/javascript",
    "txt": "text/plain",
    "xml": "text/xml",
    "vtt": "text/vtt",
}
FEED_TYPE = "application/atom+xml"
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
# What would end a quoted word of a configuration, or mean something inside it.
_UNSAFE = re.compile(r"[\"\\$`\x00-\x1f\x7f]|[^\x20-\x7e]")
_PATH = re.compile(r"/[\w.~%/-]*", re.ASCII)


class HostError(Exception):
    """Why the files cannot be put into a server's words; the message is for whoever runs the site."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What a site wants of any server: `headers` for all answers, and `redirects`, each an old address and where it leads now."""

    headers: tuple[tuple[str, str], ...]
    redirects: tuple[tuple[str, str], ...]


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
            if not _NAME.fullmatch(name) or not value or _UNSAFE.search(value):
                raise HostError(
                    f"_headers: {line.strip()!r} is no header that can be put into a server's configuration"
                )
            yield name, value


def _redirects(text: str) -> Iterator[tuple[str, str]]:
    for line in text.splitlines():
        parts = line.split()
        if len(parts) != 3 or not _PATH.fullmatch(parts[0]) or not _PATH.fullmatch(parts[1].partition("#")[0]):
            raise HostError(f"_redirects: {line!r} is not of the form '/old/ /new/ 301'")
        if _UNSAFE.search(line):
            raise HostError(f"_redirects: {line!r} holds a character that a server's configuration could misread")
        yield parts[0], parts[1]


def server_rules(folder: Path, server: str) -> str:
    """The rules of the built site in `folder`, in the words of a server of SERVERS. Raises HostError."""
    headers, redirects = folder / HEADERS, folder / REDIRECTS
    if not headers.is_file():
        raise HostError(f"{folder}: there is no built site here; build it first")
    redirected = redirects.read_text("utf-8") if redirects.is_file() else ""
    return SERVERS[server](rules(headers.read_text("utf-8"), redirected))


def text_types() -> dict[str, str]:
    """The media types of texts by ending, with their characters where these are not known from the type."""
    found = _TEXTS | {made.id: made.media_type for made in FORMATS.values()}
    typed = {ending: f"{kind}; charset=utf-8" for ending, kind in found.items()}
    return typed | {"json": "application/json", "svg": "image/svg+xml"}


def nginx(wanted: Rules) -> str:
    """A file to include in nginx's `server` block.

    nginx takes over `add_header` from an outer block only where the inner one has none of its own, so hosting/nginx has none in any `location`.
    """
    lines = ["# Made from the built site; make it anew when the site's rules change (docs-dev/hosting.md).\n"]
    lines += [f'add_header {name} "{value}" always;\n' for name, value in wanted.headers]
    lines += [f'location = "{old}" {{ return 301 "{new}"; }}\n' for old, new in wanted.redirects]
    return "".join(lines)


def apache(wanted: Rules) -> str:
    """A file `.htaccess` for the site's folder, or the same lines for a <Directory> block (Apache 2.4; modules headers, mime, rewrite, dir)."""
    headers = "".join(f'Header always set {name} "{value.replace("%", "%%")}"\n' for name, value in wanted.headers)
    texts = text_types()
    types = "".join(_typed(f"\\.{ending}", kind) for ending, kind in texts.items())
    types += "".join(f"AddType {kind} .{ending}\n" for ending, kind in paper_types().items() if ending != "pdf")
    rule = 'RewriteRule "^{}/?$" "{}" [R=301,NE,L]\n'
    redirects = "".join(rule.format(re.escape(old.strip("/")), new) for old, new in wanted.redirects)
    # One ending, two kinds: the feed is XML, references are JSON.
    types_again = _typed("^changes\\.xml", f"{FEED_TYPE}; charset=utf-8")
    types_again += _typed("^(?!datapackage).*\\.json", FORMATS["json"].media_type)
    vary = f'<FilesMatch "\\.({"|".join(texts)})(\\.gz|\\.br)?$">\n  Header always merge Vary Accept-Encoding\n</FilesMatch>\n'
    return f"{_APACHE_START}{types}{headers}{types_again}{vary}{_APACHE_CACHE}{redirects}{_APACHE_COMPRESSED}"


def _typed(files: str, kind: str) -> str:
    """The media type of files and of what they are compressed to: forced, because a system's own list may call a compressed page a compressed file."""
    return f'<FilesMatch "{files}(\\.gz|\\.br)?$">\n  ForceType "{kind}"\n</FilesMatch>\n'


def paper_types() -> dict[str, str]:
    """The media types of papers, by the endings of their names."""
    return {kind.suffix.rpartition(".")[2]: kind.media_type for kind in PAPER_FORMATS.values()}


SERVERS = {"nginx": nginx, "apache": apache}
_APACHE_START = """\
# Made from the built site; make it anew when the site's rules change (docs-dev/hosting.md).
Options -Indexes -MultiViews +SymLinksIfOwnerMatch
DirectoryIndex index.html
ErrorDocument 404 /404.html
FileETag MTime Size
AddEncoding gzip .gz
AddEncoding br .br
"""
_APACHE_CACHE = f"""\
Header always set Cache-Control "{REVALIDATE}"
# Only for answers that are no error, or a file that is missing for a moment stays missing.
<FilesMatch "\\.[0-9a-f]{{8}}(\\.min)?\\.(css|js)(\\.gz|\\.br)?$">
  Header always set Cache-Control "{IMMUTABLE}" "expr=%{{REQUEST_STATUS}} =~ /^(200|206|304)$/"
</FilesMatch>
RewriteEngine On
RewriteCond "%{{REQUEST_METHOD}}" "!^(GET|HEAD)$"
RewriteRule "" - [R=405,L]
# Names that begin with a dot, and the rules for other hosts, are nobody's business.
RewriteRule "(^|/)\\.(?!well-known/)" - [R=404,L]
RewriteRule "(^|/)_(headers|redirects)$" - [R=404,L]
"""
_APACHE_COMPRESSED = """\
# The compressed file beside the original, where there is one and the browser takes it.
RewriteCond "%{HTTP:Accept-Encoding}" "\\bbr\\b"
RewriteCond "%{REQUEST_FILENAME}.br" -s
RewriteRule "^(.+)$" "$1.br" [L]
RewriteCond "%{HTTP:Accept-Encoding}" "\\bgzip\\b"
RewriteCond "%{REQUEST_FILENAME}.gz" -s
RewriteRule "^(.+)$" "$1.gz" [L]
"""
