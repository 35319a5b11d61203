"""A website of our own with every kind of answer, a Crossref beside it, and a small review whose sources are asked about there.

Test modules make a fixture of `make_server`.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote

DAY = "2026-11-22"
PAGE = """---
title: A home of “links” & <more>
description: A page.
---

# Home

[one]({0}/works) [two]({0}/moved "Title") <{0}/gone> [three][x] `<{0}/in-code>` [four]({0}/refused) [mail](mailto:a@b.example)
[inside](index.md) [hops]({0}/hops) [loop]({0}/loop) [out]({0}/out) [for now]({0}/for-now)

[x]: {0}/broken
"""
WORK = """@misc{{one,
  author = {{Ash, A.}}, title = {{T}}, year = {{2020}}, url = {{{0}/slow}}, access = {{free}}, listing = {{added}}, uncited = {{No.}}
}}
@misc{{two,
  author = {{Ash, B.}}, title = {{T}}, year = {{2020}}, url = {{{0}/forbidden/x}}, access = {{free}}, listing = {{added}}, uncited = {{No.}}, archived = {{{0}/kept}}
}}
"""
ARTICLE = """@article{{{key},
  author = {{Holm, Pia and {{\\O}}stby, Jan}}, title = {{Panels & <people>: a study}}, journal = {{J}}, year = {{2018}}, volume = {{7}}, pages = {{1029--1033}},
  doi = {{10.1234/{key}}}, access = {{free}}, listing = {{added}}, uncited = {{No.}}
}}
"""


def work(doi: str, **more: Any) -> dict[str, Any]:
    """A work in the shape of Crossref's REST API ("works"), with all that the entry has."""
    message = {
        "DOI": doi,
        "type": "journal-article",
        "title": ["Panels &amp; &lt;people&gt;"],
        "subtitle": ["A study"],
        "author": [
            {"given": "P.", "family": "Holm", "sequence": "first", "affiliation": []},
            {"given": "J.", "family": "Ostby", "sequence": "additional", "affiliation": []},
        ],
        "issued": {"date-parts": [[2017, 12, 1]]},
        "published-print": {"date-parts": [[2018, 2]]},
        "published-online": {"date-parts": [[2017, 12, 1]]},
        "volume": "7",
        "page": "1029-33",
        "relation": {},
    }
    return {"status": "ok", "message-type": "work", "message-version": "1.0.0", "message": message | more}


def notice(kind: str, doi: str = "10.1234/notice", source: str = "publisher") -> dict[str, Any]:
    updated = {"date-parts": [[2020, 3, 1]], "date-time": "2020-03-01T00:00:00Z", "timestamp": 1583020800000}
    return {"DOI": doi, "type": kind, "label": kind.title(), "source": source, "updated": updated}


# The answers of our Crossref, by what stands behind 10.1234/ of a DOI: a status, and what is sent.
CROSSREF: dict[str, dict[str, Any]] = {
    "sound": {},
    "differing": {
        "title": ["Panels"],
        "subtitle": [],
        "author": [{"family": "Holm"}, {"name": "Panel Board"}],
        "issued": {"date-parts": [[2019]]},
        "published-print": {"date-parts": [[2019]]},
        "published-online": {"date-parts": [[None]]},
        "volume": "8",
        "page": "1-9",
    },
    "retracted": {"updated-by": [notice("retraction"), notice("retraction", source="retraction-watch")]},
    "corrected": {
        "updated-by": [notice("erratum")],
        "relation": {"is-corrected-by": [{"id-type": "doi", "id": "10.1234/c"}]},
    },
    "concern": {"updated-by": [notice("expression_of_concern")]},
    "titled": {"title": ["RETRACTED ARTICLE: Panels &amp; &lt;people&gt;: a <i>study</i>"], "subtitle": []},
    "busy": {},
}


@dataclass
class Asked:
    """What the server was asked for."""

    paths: list[str] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)
    at_once: int = 0
    most_at_once: int = 0


JSON = "application/json;charset=utf-8"
NOTHING: tuple[int, str, bytes, dict[str, str]] = (404, "text/plain", b"Resource not found.", {})
# Answers that are no works.
ODD: dict[str, tuple[int, str, bytes, dict[str, str]]] = {
    "broken": (200, JSON, b'{"status": "ok", "message": {', {}),
    "deep": (200, JSON, b"[" * 200_000, {}),
    "shapeless": (200, JSON, b'{"status": "ok", "message": [1]}', {}),
    "page": (200, "text/html", b"<h1>Log in", {}),
    "failing": (500, "text/plain", b"No", {}),
    "datacite/agency": (200, JSON, b'{"message": {"agency": {"id": "datacite", "label": "DataCite"}}}', {}),
}


def crossref_answer(path: str, times: int) -> tuple[int, str, bytes, dict[str, str]]:
    """A status, a media type, a body and headers, as Crossref has them; `times` is how often this was asked before."""
    doi = unquote(path.removeprefix("/crossref/works/"))
    name = doi.removeprefix("10.1234/")
    if name == "busy" and times == 0:
        return 429, "text/plain", b"Too many requests", {"Retry-After": "1"}
    if name in CROSSREF or name == "tardy":
        return 200, JSON, json.dumps(work(doi, **CROSSREF.get(name, {}))).encode(), {}
    return ODD.get(name, NOTHING)


def make_server() -> Iterator[tuple[str, Asked]]:
    """A website of our own with every kind of answer, and beside it a Crossref."""
    asked = Asked()
    redirects = {
        "/moved": (301, "/works"),
        "/hops": (301, "/moved"),
        "/loop": (302, "/loop"),
        "/out": (301, "javascript:alert(1)"),
        "/for-now": (302, "/works"),
    }

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.at_once += 1
            asked.most_at_once = max(asked.most_at_once, asked.at_once)
            times = asked.paths.count(self.path)
            asked.paths.append(self.path)
            asked.agents.add(self.headers["User-Agent"])
            kind, headers = "text/html", {}
            code, location = redirects.get(self.path, (200, ""))
            code = {"/gone": 404, "/refused": 403, "/broken": 500}.get(self.path, code)
            body = b"<p>Text"
            slow = self.path in ("/slow", "/crossref/works/10.1234/tardy")
            if slow:
                asked.at_once -= 1  # whoever asked goes on to others
                time.sleep(2)
            if self.path.startswith("/crossref/"):
                code, kind, body, headers = crossref_answer(self.path, times)
            elif self.path == "/robots.txt":
                kind, body = "text/plain", b"User-agent: *\nDisallow: /forbidden/\n"
            try:
                self.send_response(code)
                for name, value in headers.items():
                    self.send_header(name, value)
                if location:
                    self.send_header("Location", location)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
            except OSError:
                pass  # whoever asked has given up
            asked.at_once -= not slow

        def log_message(self, format: str, *args: object) -> None:
            pass

    web = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=web.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{web.server_address[1]}", asked
    web.shutdown()
    web.server_close()
    thread.join()


def write_review(folder: Path, base: str, dois: tuple[str, ...] = ()) -> None:
    (folder / "docs").mkdir(parents=True)
    (folder / "data").mkdir()
    (folder / "docs/index.md").write_text(PAGE.format(base), "utf-8")
    entries = "".join(ARTICLE.format(key=key) for key in dois)
    (folder / "bibliography.bib").write_text(WORK.format(base) + entries, "utf-8")
    (folder / "data/publisher.yml").write_text("name: Us\ncontact: us@example.org\n", "utf-8")
