"""`make sources-check`: Crossref and web addresses are asked, on a server of our own, and what they answer is written down."""

from __future__ import annotations

import html
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from conftest import ROOT
from evidence.model.checks import AddressCheck, AddressStatus, Difference, DoiCheck, DoiStatus, SourcesChecked, Update
from evidence.pages.source_checks import ADDRESSES, outside_addresses
from evidence.site.loading import load
from evidence_cli.__main__ import main
from evidence_library.sources_check import works_with_dois
from evidence_library.sources_news import news
from evidence_library.web_addresses import _verdict
from made_up_crossref import ARTICLE, CROSSREF, DAY, PAGE, Asked, make_server, write_review

pytestmark = pytest.mark.needs("much time")
server = pytest.fixture(scope="module")(make_server)

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
