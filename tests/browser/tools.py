"""What the browser tests share: which pages are opened, a server for a built site, and the programs."""

from __future__ import annotations

import re
import shutil
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from fnmatch import fnmatch
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from mkdocs.utils.yaml import yaml_load

from conftest import ROOT

# One page of each kind. What holds for these holds for their like; `--all-pages` leaves nothing to trust.
KINDS = [
    "",
    "review/issue/",
    "review/ladder/",
    "nations/",
    "nations/wales/",
    "nations/compare/wales-and-northern-ireland/",
    "references/",
    "references/loeffler2019/",
    "themes/",
    "themes/money/",
    "side-by-side/first-meeting/",
    "evidence-map/",
    "support/",
    "support/one-source/",
    "audit/",
    "easier/",
    "glossary/",
    "a-to-z/",
    "discuss/",
    "discuss/packs/participant-sheet/",
    "discuss/packs/communication-cards/",
    "about/cite/",
    "about/changes/",
    "404.html",
]
WIDE, NARROW = (1280, 800), (320, 640)
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

# Pages of works and of papers are all stamped out of one template: CI, whose time is short, opens one in so many of them.
STAMPED, ONE_IN = re.compile(r"(?:references|discuss/packs|nations/compare)/.+"), 6

Headers = Callable[[str], Mapping[str, str]]


def program(name: str) -> str:
    """Where a program is. A test without its tool must fail, not pass by."""
    found = shutil.which(name)
    assert found, f"{name} is missing: make browser-tools"
    return found


def package(path: str) -> Path:
    """A file that npm installed."""
    file = ROOT / "node_modules" / path
    assert file.is_file(), f"{path} is missing: make browser-tools"
    return file


def addresses(folder: Path) -> list[str]:
    """The address of every page of a built site."""
    files = sorted(file.relative_to(folder).as_posix() for file in folder.rglob("*.html"))
    return [re.sub(r"(^|/)index\.html$", r"\1", file) for file in files]


def main_addresses() -> list[str]:
    """The first page of each entry of the navigation: what must be reachable from everywhere."""
    nav = yaml_load((ROOT / "mkdocs.yml").read_text("utf-8"))["nav"]

    def first(entry: Any) -> str:
        if isinstance(entry, dict):
            entry = next(iter(entry.values()))
        return first(entry[0]) if isinstance(entry, list) else entry

    return [re.sub(r"(^|/)index/$", r"\1", first(entry).removesuffix(".md") + "/") for entry in nav]


def no_headers(path: str) -> Mapping[str, str]:
    """What a host adds to each answer, as long as the site names nothing."""
    return {}


def headers_file(folder: Path) -> Headers:
    """The headers that the site's own `_headers` asks hosts for, so that pages are tested under their policy."""
    file = folder / "_headers"
    if not file.is_file():
        return no_headers
    rules: list[tuple[str, str, str]] = []
    pattern = ""
    for line in file.read_text("utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        if not line[0].isspace():
            pattern = line.strip()
        else:
            name, _, value = line.strip().partition(":")
            rules.append((pattern, name, value.strip()))
    return lambda path: {name: value for rule, name, value in rules if fnmatch(path, rule)}


def most(folder: Path) -> list[str]:
    """The addresses of all pages, of those that are stamped one in a few and those in KINDS."""
    found = addresses(folder)
    stamped = [address for address in found if STAMPED.fullmatch(address)]
    left_out = {*stamped} - {*stamped[::ONE_IN], *KINDS}
    return [address for address in found if address not in left_out]


@contextmanager
def serve(folder: Path, headers: Headers = no_headers) -> Iterator[str]:
    """Serve a folder as a host would: the 404 page for wrong addresses, and the headers that a hook gives."""

    class Handler(SimpleHTTPRequestHandler):
        """Quiet; adds the headers."""

        protocol_version = "HTTP/1.1"

        def __init__(self, *args: Any) -> None:
            super().__init__(*args, directory=str(folder))

        def end_headers(self) -> None:
            for name, value in headers(self.path.partition("?")[0]).items():
                self.send_header(name, value)
            super().end_headers()

        def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
            missing = folder / "404.html"
            if code != 404 or not missing.is_file():
                super().send_error(code, message, explain)
                return
            body = missing.read_bytes()
            self.send_response(code)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing: the log would hide what pytest says."""

    class Server(ThreadingHTTPServer):
        """Does not mind a browser that goes away in the middle of an answer."""

        daemon_threads = True

        def handle_error(self, request: Any, client_address: Any) -> None:
            """A closed page is no fault of the site."""

    server = Server(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
