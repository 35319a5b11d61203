"""What a built site wants of its web server, in the words of nginx or Apache (`make server-rules`): headers, moved pages, types, caching, compressed files.

A site with a host of its own and one below a path of a host (https://www.example.org/reviews/care/) get the same rules.
"""

from __future__ import annotations

import re
from pathlib import Path

from evidence.references import FORMATS
from evidence_publish.host_files import IMMUTABLE, NOT_FOUND, REVALIDATE, UNSAFE, HostError, Rules, site_rules
from evidence_publish.media_types import FEED, FEED_TYPE, PACKAGE, UNKNOWN, by_ending, others, texts

_START = "# Made from the built site; make it anew when the site's rules change (docs-dev/hosting.md).\n"
# Names that change with their content, as `hashed_assets` makes them and the theme.
_HASHED = r"\.[0-9a-f]{8}(\.min)?\.(css|js)"


def server_rules(folder: Path, server: str) -> str:
    """The rules of the built site in `folder`, in the words of a server of SERVERS. Raises HostError."""
    return SERVERS[server](site_rules(folder), folder.resolve())


def nginx(wanted: Rules, folder: Path = Path()) -> str:
    """A file to include in nginx's `server` block. Below a path it is a `location` that shows `folder` there; else `root` says where the site is.

    nginx takes over `add_header` from an outer block only where the inner one has none of its own, so the one `location` that needs another has all.
    """
    headers = [f'add_header {name} "{value}" always;' for name, value in wanted.headers]
    types = [f"    {kind} {ending};" for ending, kind in (texts() | others()).items()]
    marked = sorted({*texts().values(), FEED_TYPE} - {"text/html"})  # HTML has its characters in any case
    lines = [
        *headers,
        f'add_header Cache-Control "{REVALIDATE}" always;',
        f"error_page 404 {wanted.base}{NOT_FOUND};",
        *_NGINX.splitlines(),
        f"charset_types {' '.join(marked)};",
        f"default_type {UNKNOWN};",
        "types {",
        *types,
        "}",
        "# Names that begin with a dot, and the rules for other hosts, are nobody's business. Certificates are asked for below .well-known.",
        r"location ~ /\.(?!well-known/) { return 404; }",
        "location ~ /_(headers|redirects)$ { return 404; }",
        "# What has its content's hash in its name. Only for answers that are no error, or a file that is missing for a moment stays missing.",
        f'location ~ "/assets/([\\w-]+/)*[\\w.-]+{_HASHED}$" {{',
        *(f"    {line}" for line in headers),
        f'    add_header Cache-Control "{IMMUTABLE}";',
        "}",
        "# One ending, two kinds: the feed is XML of its own, JSON but for one file is references.",
        f"location ~ /{re.escape(FEED)}$ {{ types {{ }} default_type {FEED_TYPE}; }}",
        f"location ~ ^(?!.*/{re.escape(PACKAGE)}$).*\\.json$ {{ types {{ }} default_type {FORMATS['json'].media_type}; }}",
        *(f'location = "{old}" {{ return 301 "{new}"; }}' for old, new in wanted.redirects),
    ]
    if wanted.base == "/":
        return _START + "".join(f"{line}\n" for line in lines)
    if UNSAFE.search(str(folder)):
        raise HostError(
            f"{folder}: this name holds a character that a server's configuration could misread; use another"
        )
    slash = f'location = "{wanted.base[:-1]}" {{ absolute_redirect off; return 301 "{wanted.base}"; }}\n'
    inside = "".join(f"    {line}\n" for line in (f'alias "{folder}/";', *lines))
    return f'{_START}{slash}location ^~ "{wanted.base}" {{\n{inside}}}\n'


_NGINX = """\
index index.html;
autoindex off;
# `/summary` leads to `/summary/` at whatever address readers use, behind a proxy as well.
absolute_redirect off;
server_tokens off;
# The site's privacy page says that it asks for no records. Turn it on if you need it, and say so there.
access_log off;
# ETags come from a file's time and size. Not `open_file_cache`: for its time it could show parts of two sites after a swap.
etag on;
sendfile on;
tcp_nopush on;
# The compressed files are made by `make publish`; nothing is compressed for each reader.
gzip off;
gzip_static on;
# Needs the package libnginx-mod-http-brotli-static (Debian, Ubuntu). Without it, take this line out; gzip remains.
brotli_static on;
gzip_vary on;
charset utf-8;
"""


def apache(wanted: Rules, folder: Path = Path()) -> str:
    """A file `.htaccess` for the site's folder, or the same lines for its <Directory> block (Apache 2.4; modules headers, mime, rewrite, dir)."""
    headers = "".join(f'Header always set {name} "{value.replace("%", "%%")}"\n' for name, value in wanted.headers)
    packed = {ending: kind for ending, kind in by_ending().items() if ending in texts() or ending in _PACKED}
    types = "".join(_typed(f"\\.{ending}", kind) for ending, kind in packed.items())
    types += "".join(
        f"AddType {kind} .{ending}\n" for ending, kind in others().items() if ending not in {*packed, "gz"}
    )
    rule = 'RewriteRule "^{}/?$" "{}" [R=301,NE,L]\n'
    inside = ((old.removeprefix(wanted.base).strip("/"), new) for old, new in wanted.redirects)
    redirects = "".join(rule.format(re.escape(old), new) for old, new in inside)
    # One ending, two kinds: the feed is XML of its own, JSON but for one file is references.
    types_again = _typed(f"^{re.escape(FEED)}", f"{FEED_TYPE}; charset=utf-8")
    types_again += _typed(f"^(?!{re.escape(PACKAGE)}).*\\.json", FORMATS["json"].media_type)
    vary = f'<FilesMatch "\\.({"|".join(packed)})(\\.gz|\\.br)?$">\n  Header always merge Vary Accept-Encoding\n</FilesMatch>\n'
    start = f"{_START}{_APACHE_START}ErrorDocument 404 {wanted.base}{NOT_FOUND}\n"
    rewritten = f"RewriteEngine On\nRewriteBase {wanted.base}\n{_APACHE_HIDDEN}{redirects}{_APACHE_COMPRESSED}"
    return f"{start}{types}{headers}{types_again}{vary}{_APACHE_CACHE}{rewritten}"


# What is no text, but is compressed when the site is published.
_PACKED = {"json", "svg", "webmanifest"}


def _typed(files: str, kind: str) -> str:
    """The media type of files and of what they are compressed to: forced, because a system's own list may call a compressed page a compressed file."""
    return f'<FilesMatch "{files}(\\.gz|\\.br)?$">\n  ForceType "{kind}"\n</FilesMatch>\n'


SERVERS = {"nginx": nginx, "apache": apache}
_APACHE_START = """\
Options -Indexes -MultiViews +SymLinksIfOwnerMatch
DirectoryIndex index.html
FileETag MTime Size
AddEncoding gzip .gz
AddEncoding br .br
"""
_APACHE_CACHE = f"""\
Header always set Cache-Control "{REVALIDATE}"
# Only for answers that are no error, or a file that is missing for a moment stays missing.
<FilesMatch "{_HASHED}(\\.gz|\\.br)?$">
  Header always set Cache-Control "{IMMUTABLE}" "expr=%{{REQUEST_STATUS}} =~ /^(200|206|304)$/"
</FilesMatch>
"""
_APACHE_HIDDEN = """\
RewriteCond "%{REQUEST_METHOD}" "!^(GET|HEAD)$"
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
