"""What others say of the sources: Crossref and web addresses, asked on a server of our own, and what pages say of the answers."""

from __future__ import annotations

import html
import json
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
import yaml

from conftest import ROOT, SITES, Built
from evidence.model.checks import AddressCheck, AddressStatus, Difference, DoiCheck, DoiStatus, SourcesChecked, Update
from evidence.output.blocks import Link, Standing, Table
from evidence.pages import source_checks
from evidence.pages.source_checks import ADDRESSES, answers, outside_addresses, rows, stated
from evidence.site.loading import load
from evidence.site.site import Site
from evidence_cli.__main__ import main
from evidence_library import crossref
from evidence_library.sources_check import agent, works_with_dois, written
from evidence_library.sources_news import news
from evidence_library.web_addresses import _verdict

pytestmark = pytest.mark.needs("much time")

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


@pytest.fixture(scope="module")
def server() -> Iterator[tuple[str, Asked]]:
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


FOUND = tuple(CROSSREF)
UNKNOWN = ("missing", "datacite")
SILENT = ("tardy", "broken", "deep", "shapeless", "page", "failing")
BEFORE = """dois:
  - doi: 10.1234/failing
    status: found
    checked: 2020-01-01
  - doi: 10.1234/sound
    status: not found
    checked: 2020-01-01
  - doi: 10.1234/no-longer-there
    status: found
    checked: 2020-01-01
addresses:
  - address: "{0}/works"
    status: no answer
    checked: 2020-01-01
  - address: "https://left.example/"
    status: works
    checked: 2020-01-01
"""


@pytest.fixture(scope="module")
def tested(
    server: tuple[str, Asked], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """A small review whose sources have been asked about, and what that printed."""
    folder = tmp_path_factory.mktemp("checks") / "review"
    write_review(folder, server[0], (*FOUND, *UNKNOWN, *SILENT))
    (folder / "data/sources-checked.yml").write_text(BEFORE.format(server[0]))
    more = ("--timeout", "1", "--day", DAY, "--pause", "0", "--crossref", f"{server[0]}/crossref")
    command = [sys.executable, "-m", "evidence_cli", "--root", str(folder), "sources-check", *more]
    result = subprocess.run(command, cwd=ROOT / "hooks", capture_output=True, text=True, check=False)
    return folder, result


def saved(folder: Path) -> dict[str, Any]:
    return dict(yaml.load((folder / "data/sources-checked.yml").read_text("utf-8"), yaml.BaseLoader))


def test_which_addresses_there_are(tmp_path: Path) -> None:
    write_review(tmp_path, "https://x.example", ("sound",))
    site = load(tmp_path)
    assert site.problems == ()
    ends = ("broken", "for-now", "forbidden/x", "gone", "hops", "kept", "loop", "moved", "out", "refused", "slow")
    assert outside_addresses(site.review, site.documents) == [f"https://x.example/{end}" for end in (*ends, "works")]
    assert list(works_with_dois(site)) == ["10.1234/sound"]


def test_every_kind_of_answer_of_an_address_is_told(
    server: tuple[str, Asked], tested: tuple[Path, subprocess.CompletedProcess[str]]
) -> None:
    folder, result = tested
    assert result.returncode == 0, result.stderr
    records = saved(folder)["addresses"]
    found = {record["address"].removeprefix(server[0]): record["status"] for record in records}
    assert found == {
        "/works": "works",
        "/kept": "works",
        "/for-now": "works",
        "/moved": "moved",
        "/hops": "moved",
        "/gone": "not found",
        "/refused": "refused",
        "/broken": "server error",
        "/loop": "server error",
        "/out": "server error",
        "/slow": "no answer",
        "/forbidden/x": "refused",
    }
    assert {record["checked"] for record in records} == {DAY}
    assert {record["leads_to"] for record in records if record["status"] == "moved"} == {f"{server[0]}/works"}
    assert "12 web addresses asked for." in result.stdout
    assert "  not found: 1" in result.stdout
    site = load(folder)
    assert site.problems == ()
    assert {check.status for check in site.review.checks.addresses} == set(ADDRESSES)


def test_every_kind_of_answer_of_crossref_is_told(tested: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    folder, result = tested
    records = {record["doi"].removeprefix("10.1234/"): record for record in saved(folder)["dois"]}
    assert {name: record["status"] for name, record in records.items()} == {
        **dict.fromkeys(FOUND, "found"),
        "missing": "not found",
        "datacite": "elsewhere",
        "failing": "found",  # as it was
    }
    assert {name for name, record in records.items() if record["checked"] != DAY} == {"failing"}
    assert records["datacite"]["agency"] == "DataCite"
    assert {name for name, record in records.items() if "differs" in record} == {"differing"}
    assert [tuple(one.values()) for one in records["differing"]["differs"]] == [
        ("title", "Panels", "Panels & <people>: a study"),
        ("names", "Holm; Panel Board", "Holm; Østby"),
        ("year", "2019", "2018"),
        ("volume", "8", "7"),
        ("pages", "1-9", "1029–1033"),
    ]
    by_notice = {"notice": "10.1234/notice", "date": "2020-03-01"}
    assert {name: record["updates"] for name, record in records.items() if "updates" in record} == {
        "retracted": [{"status": "retracted", **by_notice}],
        "corrected": [{"status": "corrected", **by_notice}, {"status": "corrected", "notice": "10.1234/c"}],
        "concern": [{"status": "concern", **by_notice}],
        "titled": [{"status": "retracted"}],
    }
    for said in (
        "The year: Crossref has “2019”, the entry “2018”.",
        "Crossref could not be asked about 10.1234/tardy: it took too long",
        "Crossref could not be asked about 10.1234/failing: it answered 500",
        "Crossref could not be asked about 10.1234/shapeless: it answered in no form that is known",
        "Crossref could not be asked about 10.1234/broken: its answer could not be read: ",
        "Crossref could not be asked about 10.1234/deep: its answer could not be read: ",
        "Crossref could not be asked about 10.1234/page: its answer could not be read: ",
        "retracted (10.1234/notice); add status = {retracted} to the entry, or say why not",
        "9 DOIs of 15 asked about. What was found is in data/sources-checked.yml.",
    ):
        assert said in result.stdout
    assert result.stdout.count("bibliography.bib:") == 5 + 5


def test_those_who_are_asked_are_treated_well(
    server: tuple[str, Asked], tested: tuple[Path, subprocess.CompletedProcess[str]]
) -> None:
    asked = server[1]
    assert tested[1].returncode == 0
    assert asked.most_at_once == 1
    name = "evidence-sources-check (A home of links & <more>)"
    assert {said for said in asked.agents if "habanero" not in said} == {name}
    (to_crossref,) = (said for said in asked.agents if "habanero" in said)
    assert "(mailto:us@example.org)" in to_crossref
    assert to_crossref.endswith(name)
    assert "/forbidden/x" not in asked.paths
    assert "/in-code" not in asked.paths
    counts = Counter(path for path in asked.paths if path.startswith("/crossref/"))
    assert {path for path, number in counts.items() if number > 1} == {"/crossref/works/10.1234/busy"}
    assert counts["/crossref/works/10.1234/busy"] == 2


@pytest.mark.parametrize(
    ("asked", "attempt", "seconds"),
    [("7", 0, 7), ("", 0, 5), ("", 2, 20), ("0", 0, 1), ("99999999999", 0, 120), ("soon", 1, 10), ("9" * 400, 0, 120)],
)
def test_how_long_to_wait_for_crossref(asked: str, attempt: int, seconds: float) -> None:
    assert crossref.waiting(asked, attempt) == seconds
    assert crossref.waiting("Wed, 21 Oct 2015 07:28:00 GMT", 0) == 1


class Busy:
    """A Crossref that answers 429 so many times."""

    def __init__(self, times: int) -> None:
        self.left = times

    def works(self, ids: str) -> dict[str, Any]:
        import httpx2  # noqa: PLC0415

        if self.left:
            self.left -= 1
            request = httpx2.Request("GET", "https://x.example")
            response = httpx2.Response(429, headers={"Retry-After": "3"}, request=request)
            raise httpx2.HTTPStatusError("busy", request=request, response=response)
        return work(ids)


def test_who_is_told_to_wait_waits_and_asks_again_but_not_for_ever(tmp_path: Path) -> None:
    write_review(tmp_path, "https://x.example", ("sound",))
    reference = load(tmp_path).review.references["sound"]
    slept: list[float] = []
    client: Any = Busy(2)
    assert crossref.Registry(client, 0, slept.append).check(reference, DAY).status == "found"
    assert [seconds for seconds in slept if seconds] == [3, 3]
    client = Busy(99)
    with pytest.raises(crossref.NoAnswerError, match="it answered 429"):
        crossref.Registry(client, 0, slept.append).check(reference, DAY)
    assert client.left == 95


@pytest.mark.parametrize("asked", ["--fail", "SOURCES_FAIL", ""])
@pytest.mark.parametrize("key", ["sound", "corrected", "missing", "retracted", "datacite"])
def test_what_an_editor_has_to_look_into_ends_the_run_with_1_where_that_is_asked_for(
    tmp_path: Path, server: tuple[str, Asked], monkeypatch: pytest.MonkeyPatch, asked: str, key: str
) -> None:
    """The nightly job asks for it, as `make sources-check SOURCES_FAIL=1`; what was found is written all the same."""
    monkeypatch.delenv("SOURCES_FAIL", raising=False)
    if asked == "SOURCES_FAIL":
        monkeypatch.setenv(asked, "1")
    write_review(tmp_path, "https://x.example", (key,))
    monkeypatch.setattr(
        "evidence_library.web_addresses.Web.check", lambda web, address, day: AddressCheck(address, "works", day)
    )
    more = ["--day", DAY, "--pause", "0", "--crossref", f"{server[0]}/crossref"]
    code = main(["--root", str(tmp_path), "sources-check", *more, *([asked] if asked == "--fail" else [])])
    assert code == int(bool(asked) and key not in ("sound", "datacite"))
    assert [record["doi"] for record in saved(tmp_path)["dois"]] == [f"10.1234/{key}"]


def test_an_entry_that_tells_of_it_ends_the_run_well(
    tmp_path: Path, server: tuple[str, Asked], monkeypatch: pytest.MonkeyPatch
) -> None:
    write_review(tmp_path, "https://x.example", ("retracted",))
    file = tmp_path / "bibliography.bib"
    file.write_text(file.read_text("utf-8").replace("  doi =", "  status = {retracted}, doi ="), "utf-8")
    monkeypatch.setattr(
        "evidence_library.web_addresses.Web.check", lambda web, address, day: AddressCheck(address, "works", day)
    )
    more = ["--day", DAY, "--pause", "0", "--crossref", f"{server[0]}/crossref", "--fail"]
    assert main(["--root", str(tmp_path), "sources-check", *more]) == 0
    assert load(tmp_path).notices == ()


def test_where_nobody_answers_what_was_known_stays(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_review(tmp_path, "http://127.0.0.1:1", ("sound",))
    before = BEFORE.format("http://127.0.0.1:1")
    (tmp_path / "data/sources-checked.yml").write_text(before)
    more = ["--timeout", "2", "--pause", "0", "--crossref", "http://127.0.0.1:1"]
    assert main(["--root", str(tmp_path), "sources-check", *more]) == 1
    assert "Nobody answered: is there a network? What was known stays as it was." in capsys.readouterr().err
    assert (tmp_path / "data/sources-checked.yml").read_text() == before


def test_a_run_that_is_broken_off_keeps_what_it_has_found(
    tmp_path: Path, server: tuple[str, Asked], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write_review(tmp_path, server[0], ("sound", "differing"))
    (tmp_path / "data/sources-checked.yml").write_text(BEFORE.format(server[0]))

    def check(web: object, address: str, day: str) -> AddressCheck:
        if address.endswith("/gone"):
            raise KeyboardInterrupt
        return AddressCheck(address, "works", day)

    monkeypatch.setattr("evidence_library.web_addresses.Web.check", check)
    more = ["--day", DAY, "--pause", "0", "--crossref", f"{server[0]}/crossref"]
    assert main(["--root", str(tmp_path), "sources-check", *more]) == 0
    assert "Broken off; what was found so far is kept." in capsys.readouterr().err
    kept = saved(tmp_path)
    assert [record["doi"] for record in kept["dois"]] == ["10.1234/differing", "10.1234/sound"]
    days = {record["address"].removeprefix(server[0]): record["checked"] for record in kept["addresses"]}
    assert days == {"/broken": DAY, "/for-now": DAY, "/forbidden/x": DAY, "/works": "2020-01-01"}
    assert [file.name for file in (tmp_path / "data").iterdir() if file.name.startswith(".")] == []


def test_what_was_asked_longest_ago_is_asked_first(
    tmp_path: Path, server: tuple[str, Asked], capsys: pytest.CaptureFixture[str]
) -> None:
    write_review(tmp_path, "https://x.example", ("sound", "differing", "concern"))
    checks = (("sound", "2026-01-01"), ("concern", "2025-01-01"))
    text = "".join(f"- doi: 10.1234/{key}\n  status: found\n  checked: {day}\n" for key, day in checks)
    (tmp_path / "data/sources-checked.yml").write_text(f"dois:\n{text}")
    (tmp_path / "docs/index.md").write_text(PAGE.partition("[one]")[0] + "Text.\n")
    entries = "".join(ARTICLE.format(key=key) for key in ("sound", "differing", "concern"))
    (tmp_path / "bibliography.bib").write_text(entries, "utf-8")
    more = ["--pause", "0", "--crossref", f"{server[0]}/crossref"]
    assert main(["--root", str(tmp_path), "sources-check", *more]) == 0
    told = [line for line in capsys.readouterr().out.splitlines() if line.startswith("found: ")]
    assert told == ["found: 10.1234/differing", "found: 10.1234/concern", "found: 10.1234/sound"]


def test_a_review_with_problems_is_not_asked_about(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_review(tmp_path, "https://x.example")
    (tmp_path / "docs/index.md").write_text("Nothing.\n")
    assert main(["--root", str(tmp_path), "sources-check"]) == 1
    assert "docs/index.md:1" in capsys.readouterr().err
    assert not (tmp_path / "data/sources-checked.yml").exists()


def test_without_habanero_the_command_says_what_brings_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write_review(tmp_path, "https://x.example")
    monkeypatch.setattr("evidence_library.sources_check.find_spec", lambda name: None)
    assert main(["--root", str(tmp_path), "sources-check"]) == 1
    assert capsys.readouterr().err == "habanero is not there; `make sources-check` installs it\n"


@pytest.mark.parametrize(
    ("code", "status"),
    [
        *((code, "works") for code in (200, 204, 304)),
        *((code, "not found") for code in (404, 410)),
        *((code, "refused") for code in (401, 403, 418, 429, 451)),
        *((code, "server error") for code in (500, 503)),
    ],
)
def test_what_a_status_means(code: int, status: AddressStatus) -> None:
    assert _verdict(code, "") == (status, "")
    moved = _verdict(code, "https://y.example/<a>")
    assert moved == (("moved", "https://y.example/%3Ca%3E") if status == "works" else (status, ""))


# What agrees, and what differs

ENTRY = {
    "title": "Panels & people: a study",
    "names": "van Holm; Panel Board",
    "year": "2018",
    "volume": "7",
    "pages": "29–33",
}
SAME = {
    "title": ["Panels and <i>People</i>"],
    "subtitle": ["A Study"],
    "author": [{"family": "Holm"}, {"name": "Panel Board"}],
    "issued": {"date-parts": [[2018, 5]]},
    "volume": "7",
    "page": "29-33",
}


@pytest.mark.parametrize(
    ("entry", "theirs", "differs"),
    [
        ({}, {}, []),
        ({"title": "PANELS AND PEOPLE: A STUDY"}, {}, []),
        ({"title": "Panels and people"}, {}, []),
        ({}, {"title": ["Retracted: Panels and people: a study"]}, []),
        ({"title": "Panels"}, {}, ["title"]),
        ({"title": "Paneler"}, {"original-title": ["Paneler"]}, []),
        ({"names": "Holm; Panel Board"}, {}, []),
        ({"names": "Panel Board; Holm"}, {}, ["names"]),
        ({"names": "Holm"}, {}, ["names"]),
        ({"names": "Holm; et al."}, {}, []),
        ({"names": "Panel Board; et al."}, {}, ["names"]),
        ({"names": "Holm Jr; Panel Board"}, {}, []),
        ({"names": "Łuczak; Øz"}, {"author": [{"family": "Luczak"}, {"family": "Oz"}]}, []),
        ({"names": "Holm; Panel Board"}, {"author": [], "editor": [{"family": "Holm"}, {"name": "Panel board"}]}, []),
        ({"year": "n.d."}, {}, []),
        ({"year": "2019"}, {}, ["year"]),
        ({"year": "2019"}, {"published-print": {"date-parts": [[2019]]}}, []),
        ({"year": "2019"}, {"journal-issue": {"issue": "1", "published-print": {"date-parts": [[2019, 1]]}}}, []),
        ({"year": "2018–2019"}, {}, []),
        ({"volume": ""}, {}, []),
        ({"volume": "8"}, {"volume": None}, []),
        ({"volume": "8"}, {}, ["volume"]),
        ({"pages": "29"}, {}, []),
        ({"pages": "30–33"}, {}, ["pages"]),
        ({"pages": "1029–1033"}, {"page": "1029–33"}, []),
        ({"pages": "e17"}, {"page": "1-9", "article-number": "e17"}, []),
        ({"pages": "S5–S9"}, {"page": "s5-s9"}, []),
    ],
)
def test_what_differs(entry: dict[str, str], theirs: dict[str, Any], differs: list[str]) -> None:
    found = crossref.differences(ENTRY | entry, SAME | theirs)
    assert [difference.detail for difference in found] == differs


@pytest.mark.parametrize(
    ("message", "found"),
    [
        ({"updated-by": [notice("withdrawal")]}, [("withdrawn", "10.1234/notice")]),
        ({"updated-by": [notice("removal")]}, [("withdrawn", "10.1234/notice")]),
        ({"updated-by": [notice("expression-of-concern")]}, [("concern", "10.1234/notice")]),
        ({"updated-by": [notice("partial_retraction")]}, [("concern", "10.1234/notice")]),
        ({"updated-by": [notice("new_version")]}, [("superseded", "10.1234/notice")]),
        ({"updated-by": [notice("reinstatement")]}, []),
        ({"update-to": [notice("retraction", "10.1234/another")]}, []),  # it is itself a notice about another
        ({"update-to": [notice("retraction", "10.1234/ONE")]}, [("retracted", "")]),
        ({"relation": {"is-replaced-by": [{"id-type": "doi", "id": "10.1234/b"}]}}, [("superseded", "10.1234/b")]),
        ({"relation": {"has-erratum": {"id-type": "doi", "id": "10.1234/b"}}}, [("corrected", "10.1234/b")]),
        ({"relation": {"is-replaced-by": [{"id-type": "uri", "id": "https://x.example"}]}}, []),
        ({"title": ["[WITHDRAWN] — Panels"]}, [("withdrawn", "")]),
        ({"title": ["Retracted papers, a study"]}, []),
        ({"title": ["RETRACTED: Panels"], "updated-by": [notice("retraction")]}, [("retracted", "10.1234/notice")]),
    ],
)
def test_what_became_of_a_work(message: dict[str, Any], found: list[tuple[str, str]]) -> None:
    updates = crossref.updates({"DOI": "10.1234/one"} | message)
    assert [(update.status, update.notice) for update in updates] == found


@pytest.mark.parametrize(
    "odd", [None, 1, "x", [], [None], {}, [[]], {"date-parts": [["x"]]}, [{"family": None}], {"date-parts": None}]
)
def test_what_is_not_in_the_shape_of_crossref_is_passed_over(odd: object) -> None:
    message = dict.fromkeys(SAME, odd) | {
        "updated-by": odd,
        "update-to": odd,
        "relation": odd,
        "article-number": odd,
    }
    assert [d for d in crossref.differences(ENTRY, message) if d.crossref not in ("x",)] == []
    assert list(crossref.updates({"DOI": "10.1234/one"} | message)) == []


def test_hostile_answers_and_titles_do_no_harm(tmp_path: Path) -> None:
    bad = AddressCheck('https://x.example/"\n- address: y', "moved", DAY, 'z"\n\x0b]]></script>')
    odd = 'T"\n- doi: y\n  \x00\x85\u2028<script>alert(1)</script>[x](javascript:y) [@nobody] ’'
    doi = DoiCheck("10.1234/one", "found", DAY, "", (Difference("title", odd, "T"),), (Update("corrected", odd, odd),))
    write_review(tmp_path, "https://x.example")
    bib = WORK.format("https://x.example").replace("uncited = {No.}\n", "uncited = {No.}, doi = {10.1234/one}\n")
    (tmp_path / "bibliography.bib").write_text(bib, "utf-8")
    (tmp_path / "data/sources-checked.yml").write_text(written(SourcesChecked((doi,), (bad,))), "utf-8")
    site = load(tmp_path)
    assert site.problems == ()
    assert len(site.review.checks.dois) == len(site.review.checks.addresses) == 1
    (page,) = (page for page in site.reference_pages() if page.uri == "references/one.md")
    assert b"<script" not in page.data()
    assert b"](javascript:" not in page.data()
    assert "\n" not in agent("A\r\nX-Evil: 1", "")
    assert agent("ü“(x)”%(y)s", "https://a.example/").isascii()


@pytest.mark.parametrize("day", ["22.11.2026", "2026-13-01", "soon"])
@pytest.mark.parametrize(
    "about", ["dois:\n- doi: 10.1234/x\n  status: found", "addresses:\n- address: https://x.example/\n  status: works"]
)
def test_a_wrong_day_is_a_problem(tmp_path: Path, day: str, about: str) -> None:
    write_review(tmp_path, "https://x.example")
    (tmp_path / "data/sources-checked.yml").write_text(f"{about}\n  checked: {day}\n")
    assert [str(p) for p in load(tmp_path).problems] == [
        f"data/sources-checked.yml:2: 'checked' is '{day}'; write a date as 2026-11-22"
    ]


# What readers and editors are told


def rows_of(site: Site) -> dict[str, dict[str, str]]:
    """The rows of details on the page of each work."""
    tables = {page.uri: next(b for b in page.tail if isinstance(b, Table)) for page in site.reference_pages()}
    return {uri: {str(row[0][0]): said(row[1]) for row in table.rows} for uri, table in tables.items()}


def said(runs: tuple[Any, ...]) -> str:
    return "".join(run.text if isinstance(run, Link | Standing) else str(run) for run in runs)


def with_answers(folder: Path, key: str, text: str) -> Site:
    write_review(folder, "https://x.example", (key,))
    (folder / "data/sources-checked.yml").write_text(text, "utf-8")
    return load(folder)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (
            "status: found",
            "Crossref knows this DOI, and what it says agrees with this list. Asked on 22 November 2026.",
        ),
        ("status: not found", "Crossref does not know this DOI. Asked on 22 November 2026."),
        (
            "status: elsewhere\n  agency: DataCite",
            "This DOI is not one of Crossref's: it is registered with DataCite. Asked on 22 November 2026.",
        ),
        (
            "status: found\n  differs:\n  - {detail: year, crossref: 2019, entry: 2018}",
            "It differs from this list. The year: Crossref has “2019”, the entry “2018”. Asked on 22 November 2026.",
        ),
        (
            "status: found\n  differs:\n  - {detail: year, crossref: 2018, entry: 2017}",
            "It differed from this list, which has been changed since then. Asked on 22 November 2026.",
        ),
        (
            "status: found\n  updates:\n  - {status: corrected, notice: 10.1234/c, date: 2020-03-01}",
            "Crossref knows this DOI, and what it says agrees with this list. Corrected (notice: 10.1234/c, 1 March 2020). "
            "Asked on 22 November 2026.",
        ),
    ],
)
def test_the_page_of_a_work_says_what_crossref_said_and_when(tmp_path: Path, more: str, words: str) -> None:
    site = with_answers(tmp_path, "sound", f"dois:\n- doi: 10.1234/SOUND\n  checked: {DAY}\n  {more}\n")
    assert site.problems == ()
    rows = rows_of(site)
    assert rows["references/sound.md"]["What Crossref says"] == words
    assert "What Crossref says" not in rows["references/one.md"]


def test_words_on_addresses() -> None:
    site = load(SITES["night-trains"])
    known = answers(site.review.checks)
    works = site.review.references
    assert dict(rows(known, works["timetable"])) == {"Test of the link": ("It worked. Tested on 22 November 2026.",)}
    assert dict(rows(known, works["fyfe2015"])) == {}


def test_both_addresses_of_a_work_are_told_apart(tmp_path: Path) -> None:
    text = "addresses:\n"
    for end, status in (("forbidden/x", "refused"), ("kept", "works")):
        text += f"- address: https://x.example/{end}\n  status: {status}\n  checked: {DAY}\n"
    found = rows_of(with_answers(tmp_path, "sound", text))
    tested = "Tested on 22 November 2026."
    both = f"The web address: {ADDRESSES['refused']}. {tested} The kept copy: It worked. {tested}"
    assert found["references/two.md"]["Test of the link"] == both
    assert "Test of the link" not in found["references/one.md"]


RETRACTED = f"dois:\n- doi: 10.1234/key\n  status: found\n  checked: {DAY}\n  updates:\n  - {{status: retracted, notice: 10.1234/n}}\n"


def test_readers_are_told_of_a_retraction_before_an_editor_has_looked_into_it(tmp_path: Path) -> None:
    site = with_answers(tmp_path, "key", RETRACTED)
    assert site.problems == ()
    assert str(site.known["key"]) == "Holm and Østby, 2018, retracted"
    (page,) = (page for page in site.reference_pages() if page.uri == "references/key.md")
    assert "Crossref says so in its notice 10.1234/n, as we found on 22 November 2026." in page.data().decode()
    (where,) = (reference.where for key, reference in site.review.references.items() if key == "key")
    assert [str(notice) for notice in site.notices] == [
        f"{where}: notice: Crossref said on {DAY} of 'key': retracted ('10.1234/n'); look into it, and add status = {{retracted}} to the entry"
    ]


@pytest.mark.parametrize(
    ("update", "status", "shown", "noticed"),
    [
        ("corrected", "", "", True),
        ("superseded", "", "", True),
        ("concern", "", "expression of concern", True),
        ("retracted", "corrected", "corrected", True),
        ("retracted", "withdrawn", "withdrawn", False),
        ("corrected", "retracted", "retracted", False),
    ],
)
def test_what_an_editor_has_said_stands(tmp_path: Path, update: str, status: str, shown: str, noticed: bool) -> None:
    with_answers(tmp_path, "key", RETRACTED.replace("{status: retracted", f"{{status: {update}"))
    if status:
        file = tmp_path / "bibliography.bib"
        text = file.read_text("utf-8").replace("  doi =", f"  status = {{{status}}}, doi =")
        file.write_text(text, "utf-8")
    site = load(tmp_path)
    assert site.problems == ()
    assert site.known["key"].standing == shown
    assert bool(site.notices) == noticed


def test_a_slip_in_a_status_is_told_whatever_crossref_says(tmp_path: Path) -> None:
    with_answers(tmp_path, "key", RETRACTED)
    file = tmp_path / "bibliography.bib"
    file.write_text(file.read_text("utf-8").replace("  doi =", "  status = {retract}, doi ="), "utf-8")
    assert "status = 'retract' is unknown" in " ".join(map(str, load(tmp_path).problems))


def test_reference_pages_say_what_was_asked_and_no_more(real: Built) -> None:
    review = load(ROOT).review
    known = answers(review.checks)
    for key, reference in review.references.items():
        table = {
            row[0].text_content(): row[1].text_content()
            for row in real.trees[f"references/{key}/index.html"].xpath("//table//tr")
        }
        for name in ("What Crossref says", "Test of the link"):
            assert table.get(name, "") == said(dict(rows(known, reference)).get(name, ())), key
        assert "Access" in table


def test_what_an_entry_states(tmp_path: Path) -> None:
    write_review(tmp_path, "https://x.example", ("sound",))
    assert stated(load(tmp_path).review.references["sound"]) == {
        "title": "Panels & <people>: a study",
        "names": "Holm; Østby",
        "year": "2018",
        "volume": "7",
        "pages": "1029–1033",
    }


def test_a_build_asks_nobody(tmp_path: Path) -> None:
    """Without data/sources-checked.yml a site builds; no part of the engine opens a connection."""
    assert not (SITES["tea"] / "data").exists()
    files = list((ROOT / "hooks/evidence").rglob("*.py"))
    assert len(files) >= 75
    for file in files:
        text = file.read_text("utf-8")
        for name in (
            "urllib.request",
            "http.client",
            "import socket",
            "import requests",
            "urllib3",
            "httpx2",
            "habanero",
        ):
            assert name not in text, file.name


# What was not known before


def test_news_are_what_somebody_has_to_look_into_and_did_not_know() -> None:
    def doi(name: str, status: DoiStatus, *updates: Update, differs: tuple[Difference, ...] = ()) -> DoiCheck:
        return DoiCheck(doi=name, status=status, checked="2026-12-01", updates=updates, differs=differs)

    def address(name: str, status: AddressStatus, leads_to: str = "") -> AddressCheck:
        return AddressCheck(address=name, status=status, checked="2026-12-01", leads_to=leads_to)

    year = Difference(detail="year", crossref="2019", entry="2018")
    retracted = Update(status="retracted", notice="10.1/notice")
    known = SourcesChecked(
        (doi("10.1/a", "not found"), doi("10.1/b", "found", differs=(year,)), doi("10.1/c", "found")),
        (address("https://a.example/", "not found"), address("https://b.example/", "works")),
    )
    now = SourcesChecked(
        (
            doi("10.1/A", "not found"),
            doi("10.1/b", "found", differs=(year,)),
            doi("10.1/c", "found", retracted, differs=(year,)),
        ),
        (
            address("https://a.example/", "works"),
            address("https://b.example/", "server error"),
            address("https://c.example/", "moved", "https://d.example/"),
            address("https://e.example/", "not found"),
        ),
    )
    assert [html.unescape(line) for line in news(known, now)] == [
        "- DOI 10.1/c: retracted (10.1/notice).",
        "- DOI 10.1/c: The year: Crossref has “2019”, the entry “2018”.",
        "- https://a.example/: it works again.",
        "- https://c.example/: it has moved to https://d.example/.",
        "- https://e.example/: there is no page at this address.",
    ]
    assert news(now, now) == []
    (line,) = news(SourcesChecked(), SourcesChecked((doi("10.1/<b>[x](http://a)", "not found"),)))
    assert "[x](" not in line


def test_that_there_are_more_names_is_said_in_the_language_of_readers(monkeypatch: pytest.MonkeyPatch) -> None:
    """The file has a word of its own for it, which is data."""
    monkeypatch.setattr(source_checks, "_", lambda words: words.replace("et al.", "ac eraill"))
    difference = Difference("names", "Reed; et al.", "Reed; Et al. Ltd; Gall")
    assert "“Reed; ac eraill”, the entry “Reed; Et al. Ltd; Gall”" in source_checks.difference_in_words(difference)
