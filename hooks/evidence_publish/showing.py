"""Shows what was built, as it is, through a web server on this machine (`make show`): with the headers and types that other servers are told."""

from __future__ import annotations

import os
import posixpath
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from evidence_publish.host_files import REVALIDATE, HostError, base_path, site_rules
from evidence_publish.media_types import media_type

_LONGEST = 255  # bytes that the name of a file can have


def show(folder: Path, host: str, port: int) -> None:
    """Show the built site in `folder` until someone stops it. Raises HostError where there is no site."""
    site_rules(folder)
    with server(folder, host, port) as running:
        print(f"{folder} as it was built: http://{host}:{port}{base_path(folder)} (Ctrl-C ends it)", flush=True)
        try:
            running.serve_forever()
        except KeyboardInterrupt:
            print()


def server(folder: Path, host: str, port: int) -> ThreadingHTTPServer:
    """A server of the built site in `folder`, which shows each new build of it, too."""

    class Shown(_Handler):
        site = folder

    return ThreadingHTTPServer((host, port), Shown)


class _Handler(SimpleHTTPRequestHandler):
    """Answers as servers do that go by `make server-rules`: below the site's path, with its headers, its moved pages and its page for wrong addresses."""

    site: Path

    def send_head(self):  # type: ignore[no-untyped-def]  # what it returns has no name of its own
        """Files and folders of the site; all else is moved or missing."""
        base, address = base_path(self.site), unquote(urlsplit(self.path).path)
        if address in ("/", base.removesuffix("/")) and base != "/":
            return self._moved(base)
        if moved := dict(self._rules()[1]).get(address):
            return self._moved(moved)
        inside = address.removeprefix(base) if address.startswith(base) else ""
        parts = inside.split("/")
        hidden = any(part.startswith(".") or len(part.encode()) > _LONGEST for part in parts) or parts[-1] in (
            "_headers",
            "_redirects",
        )
        file = self.site.joinpath(*parts) if address.startswith(base) and not hidden and "\\" not in inside else None
        if file and file.is_dir() and not inside.endswith("/") and inside:
            return self._moved(f"{quote(address)}/")
        if file and file.is_dir():
            file /= "index.html"
        return self._file(file) if file and file.is_file() else self._missing()

    def _file(self, file: Path):  # type: ignore[no-untyped-def]
        self.path = posixpath.join("/", *file.relative_to(self.site).parts)
        self.directory = str(self.site)
        return super().send_head()

    def _moved(self, address: str) -> None:
        self.send_response(HTTPStatus.MOVED_PERMANENTLY)
        self.send_header("Location", address)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _missing(self) -> None:
        page = self.site / "404.html"
        content = page.read_bytes() if page.is_file() else b"Not found"
        self.send_response(HTTPStatus.NOT_FOUND)
        self.send_header("Content-Type", media_type("404.html"))
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def guess_type(self, path: str | os.PathLike[str]) -> str:
        """By the table that servers get."""
        return media_type(os.fspath(path))

    def end_headers(self) -> None:
        """With the headers of the site, and none of it kept: the next build is at the same address."""
        for name, value in self._rules()[0]:
            self.send_header(name, value)
        self.send_header("Cache-Control", REVALIDATE)
        super().end_headers()

    def _rules(self) -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]:
        try:
            wanted = site_rules(self.site)
        except HostError:  # for a moment, while a new site takes its place
            return (), ()
        return wanted.headers, wanted.redirects

    def log_message(self, *_: object) -> None:
        """Nothing: what is asked for is seen in the browser."""
