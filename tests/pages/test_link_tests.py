"""Links to other websites: which there are, how they are tested against a server of our own, and what pages say of it."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import yaml

from conftest import ROOT, SITES, Built
from evidence.model.site_data import LinkResult, LinkStatus
from evidence.output.blocks import Table
from evidence.pages.link_tests import WORDS, outside_addresses, words_on_links
from evidence.site.loading import load
from evidence.site.site import Site
from evidence_cli.__main__ import main
from evidence_cli.link_test import agent, verdict, written

pytestmark = pytest.mark.needs("much time")

PAGE = """---
title: A home of “links” & <more>
description: A page.
---

# Home

[one]({0}/works) [two]({0}/moved "Title") <{0}/gone> [three][x] `<{0}/in-code>` [four]({0}/refused) [mail](mailto:a@b.example)
[inside](index.md)

[x]: {0}/broken
"""
WORK = """@misc{{one,
  author = {{Ash, A.}}, title = {{T}}, year = {{2020}}, url = {{{0}/slow}}, access = {{free}}, listing = {{added}}, uncited = {{No.}}
}}
@misc{{two,
  author = {{Ash, B.}}, title = {{T}}, year = {{2020}}, url = {{{0}/forbidden/x}}, access = {{free}}, listing = {{added}}, uncited = {{No.}}
}}
"""


@dataclass
class Asked:
    """What the server was asked for."""

    paths: list[str] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)
    at_once: int = 0
    most_at_once: int = 0


@pytest.fixture(scope="module")
def server() -> Iterator[tuple[str, Asked]]:
    """A website of our own with every kind of answer."""
    asked = Asked()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.at_once += 1
            asked.most_at_once = max(asked.most_at_once, asked.at_once)
            asked.paths.append(self.path)
            if self.path != "/robots.txt":
                asked.agents.add(self.headers["User-Agent"])
            code = {"/moved": 301, "/gone": 404, "/refused": 403, "/broken": 500}.get(self.path, 200)
            if self.path == "/slow":
                time.sleep(4)
            body = b"User-agent: *\nDisallow: /forbidden/\n" if self.path == "/robots.txt" else b"<p>Text"
            try:
                self.send_response(code)
                if code == 301:
                    self.send_header("Location", "/works")
                self.send_header("Content-Type", "text/plain" if self.path == "/robots.txt" else "text/html")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                if self.command == "GET":
                    self.wfile.write(body)
            except OSError:
                pass  # whoever asked has given up
            asked.at_once -= 1

        do_HEAD = do_GET  # noqa: N815 (the name is that of http.server)

        def log_message(self, format: str, *args: object) -> None:
            pass

    web = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=web.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{web.server_address[1]}", asked
    web.shutdown()
    web.server_close()
    thread.join()


def write_review(folder: Path, base: str) -> None:
    (folder / "docs").mkdir(parents=True)
    (folder / "data").mkdir()
    (folder / "docs/index.md").write_text(PAGE.format(base), "utf-8")
    (folder / "bibliography.bib").write_text(WORK.format(base), "utf-8")


@pytest.fixture(scope="module")
def tested(
    server: tuple[str, Asked], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """A small review whose links have been tested, and what the test printed."""
    folder = tmp_path_factory.mktemp("links") / "review"
    write_review(folder, server[0])
    old = f'- address: "{server[0]}/works"\n  status: no answer\n  checked: 2020-01-01\n- address: "https://left.example/"\n  status: works\n  checked: 2020-01-01\n'
    (folder / "data/links.yml").write_text(old)
    command = [
        sys.executable,
        "-m",
        "evidence_cli",
        "--root",
        str(folder),
        "links",
        "--timeout",
        "2",
        "--day",
        "2026-11-22",
    ]
    result = subprocess.run(command, cwd=ROOT / "hooks", capture_output=True, text=True, check=False)
    return folder, result


def test_which_links_there_are(tmp_path: Path) -> None:
    write_review(tmp_path, "https://x.example")
    site = load(tmp_path)
    assert site.problems == ()
    ends = ("broken", "forbidden/x", "gone", "moved", "refused", "slow", "works")
    assert outside_addresses(site.review, site.documents) == [f"https://x.example/{end}" for end in ends]


def test_every_kind_of_answer_is_told(
    server: tuple[str, Asked], tested: tuple[Path, subprocess.CompletedProcess[str]]
) -> None:
    folder, result = tested
    assert result.returncode == 0, result.stderr
    records = yaml.safe_load((folder / "data/links.yml").read_text("utf-8"))
    found = {record["address"].removeprefix(server[0]): record["status"] for record in records}
    assert found == {
        "/works": "works",
        "/moved": "moved",
        "/gone": "not found",
        "/refused": "refused",
        "/broken": "server error",
        "/slow": "no answer",
        "/forbidden/x": "refused",
    }
    assert {str(record["checked"]) for record in records} == {"2026-11-22"}
    assert [record.get("leads_to") for record in records if record["status"] == "moved"] == [f"{server[0]}/works"]
    assert "7 addresses of 7 tested." in result.stdout
    assert "not found: 1" in result.stdout
    site = load(folder)
    assert site.problems == ()
    assert {link.status for link in site.review.links.values()} == set(WORDS)


def test_the_test_is_polite(server: tuple[str, Asked], tested: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    asked = server[1]
    assert tested[1].returncode == 0
    assert asked.most_at_once == 1
    assert asked.agents == {"Link test of the site 'A home of links & <more>'"}
    assert "/forbidden/x" not in asked.paths
    assert "/in-code" not in asked.paths
    counts = Counter(path for path in asked.paths if path != "/robots.txt")
    assert max(counts.values()) <= 2  # /works is asked for twice: once for itself, once where /moved leads


@pytest.mark.parametrize("asked", ["--fail", "LINKS_FAIL", ""])
@pytest.mark.parametrize("status", WORDS)
def test_a_link_that_is_gone_ends_the_test_with_1_where_that_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: str, status: LinkStatus
) -> None:
    """The nightly job asks for it, as `make linkcheck LINKS_FAIL=1`; what was found is written all the same."""
    monkeypatch.delenv("LINKS_FAIL", raising=False)
    if asked == "LINKS_FAIL":
        monkeypatch.setenv(asked, "1")
    base = "https://x.example"
    found = [LinkResult(f"{base}/works", "works", ""), LinkResult(f"{base}/gone", status, "")]
    monkeypatch.setattr("evidence_cli.link_test.check", lambda *arguments: found)
    write_review(tmp_path, base)
    more = ["--fail"] if asked == "--fail" else []
    assert main(["--root", str(tmp_path), "links", "--day", "2026-11-22", *more]) == int(
        bool(asked) and status == "not found"
    )
    assert f"  status: {status}\n" in (tmp_path / "data/links.yml").read_text("utf-8")


def test_a_server_that_is_not_there(tmp_path: Path) -> None:
    write_review(tmp_path, "http://127.0.0.1:1")
    assert main(["--root", str(tmp_path), "links", "--timeout", "2", "--day", "2026-11-22", "--fail"]) == 0
    records = yaml.safe_load((tmp_path / "data/links.yml").read_text("utf-8"))
    assert {record["status"] for record in records} <= {"no answer", "refused"}
    assert len(records) == 7


def test_a_review_with_problems_is_not_tested(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_review(tmp_path, "https://x.example")
    (tmp_path / "docs/index.md").write_text("Nothing.\n")
    assert main(["--root", str(tmp_path), "links"]) == 1
    assert "docs/index.md:1" in capsys.readouterr().err
    assert not (tmp_path / "data/links.yml").exists()


@pytest.mark.parametrize(
    ("result", "warning", "url", "status"),
    [
        ("200 OK", "", "", "works"),
        ("200 OK", "Redirected to `x' status: 302 Found.", "https://y.example", "works"),
        ("200 OK", "Redirected to `x' status: 301 Moved Permanently.", "https://y.example", "moved"),
        ("429 Too Many Requests", "Rate limited", "", "refused"),
        ("410 Gone", "", "", "not found"),
        ("418 Teapot", "", "", "refused"),
        ("503 Service Unavailable", "", "", "server error"),
        ("ReadTimeout: no", "", "", "no answer"),
        ("SSLError: no", "", "", "no answer"),
        ("", "", "", "no answer"),
    ],
)
def test_what_an_answer_means(result: str, warning: str, url: str, status: str) -> None:
    row = {"urlname": "https://x.example", "result": result, "warningstring": warning, "infostring": "", "url": url}
    valid = str(result.startswith("200"))
    assert verdict(row | {"valid": valid}).status == status
    if status == "moved":  # leading on is what the address of a DOI is for
        assert verdict(row | {"valid": valid, "urlname": "https://doi.org/10.1000/x"}).status == "works"


def test_hostile_addresses_and_titles_do_no_harm(tmp_path: Path) -> None:
    bad = LinkResult('https://x.example/"\n- address: y', "moved", "2026-11-22", 'z"\n\x0b]]></script>')
    records = yaml.safe_load(written([bad]))
    assert len(records) == 1
    assert records[0]["address"] == bad.address
    assert "\n" not in agent("A\r\nX-Evil: 1", "")
    assert agent("ü“(x)”%(y)s", "https://a.example/").isascii()


@pytest.mark.parametrize("day", ["22.11.2026", "2026-13-01", "soon"])
def test_a_wrong_day_is_a_problem(tmp_path: Path, day: str) -> None:
    write_review(tmp_path, "https://x.example")
    (tmp_path / "data/links.yml").write_text(f"- address: https://x.example/\n  status: works\n  checked: {day}\n")
    assert [str(p) for p in load(tmp_path).problems] == [
        f"data/links.yml:1: 'checked' is '{day}'; write a date as 2026-11-22"
    ]


def test_words_for_readers() -> None:
    doi, web = "https://doi.org/10.1000/x", "https://x.example/"
    refused, works = LinkResult(doi, "refused", "2026-11-22"), LinkResult(web, "works", "2026-11-23")
    said = f"{WORDS['refused']}. Tested on 22 November 2026."
    assert words_on_links({doi: refused}, doi, "") == said
    assert words_on_links({doi: refused}, doi, web) == f"The DOI: {said}"
    both = words_on_links({doi: refused, web: works}, doi, web)
    assert both == f"The DOI: {said} The web address: {WORDS['works']}. Tested on 23 November 2026."


def test_what_nobody_has_tested_is_not_spoken_of() -> None:
    links = {"https://y.example/": LinkResult("https://y.example/", "works", "2026-11-22")}
    assert words_on_links(links, "https://doi.org/10.1000/x", "https://x.example/") == ""
    assert words_on_links({}, "", "https://x.example/") == ""
    assert words_on_links(links, "", "javascript:x") == ""


def rows_of(site: Site) -> dict[str, dict[str, str]]:
    """The rows of details on the page of each work."""
    tables = {page.uri: next(b for b in page.tail if isinstance(b, Table)) for page in site.reference_pages()}
    return {uri: {str(row[0][0]): "".join(map(str, row[1])) for row in table.rows} for uri, table in tables.items()}


def test_pages_of_works_say_what_was_tested_and_no_more(tmp_path: Path) -> None:
    write_review(tmp_path, "https://x.example")
    assert [("Test of the link" in rows, "Access" in rows) for rows in rows_of(load(tmp_path)).values()] == [
        (False, True)
    ] * 2
    record = '- address: "https://x.example/slow"\n  status: no answer\n  checked: 2026-11-22\n'
    (tmp_path / "data/links.yml").write_text(record)
    rows = rows_of(load(tmp_path))
    assert rows["references/one.md"]["Test of the link"] == f"{WORDS['no answer']}. Tested on 22 November 2026."
    assert "Test of the link" not in rows["references/two.md"]


def test_reference_pages_say_what_was_tested(real: Built) -> None:
    review = load(ROOT).review
    for key, reference in review.references.items():
        rows = {
            row[0].text_content(): row[1].text_content()
            for row in real.trees[f"references/{key}/index.html"].xpath("//table//tr")
        }
        said = words_on_links(review.links, reference.url if reference.field("doi") else "", reference.field("url"))
        assert rows.get("Test of the link", "") == said, key
        assert "Access" in rows


def test_a_build_asks_nobody(tmp_path: Path) -> None:
    """Without data/links.yml a site builds; no part of the engine opens a connection."""
    assert not (SITES["tea"] / "data").exists()
    files = list((ROOT / "hooks/evidence").rglob("*.py"))
    assert len(files) >= 75
    for file in files:
        text = file.read_text("utf-8")
        for name in ("urllib.request", "http.client", "import socket", "import requests", "import urllib3"):
            assert name not in text, file.name
