"""What pages and editors are told of what Crossref and other websites have answered, as data/sources-checked.yml holds it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from conftest import ROOT, SITES, Built
from evidence.model.checks import AddressCheck, Difference, DoiCheck, SourcesChecked, Update
from evidence.output.blocks import Link, Standing, Table
from evidence.pages import source_checks
from evidence.pages.source_checks import ADDRESSES, answers, rows, stated
from evidence.site.loading import load
from evidence.site.site import Site
from evidence_library.sources_check import agent, written
from made_up_crossref import DAY, WORK, write_review

pytestmark = pytest.mark.needs("much time")


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


def test_that_there_are_more_names_is_said_in_the_language_of_readers(monkeypatch: pytest.MonkeyPatch) -> None:
    """The file has a word of its own for it, which is data."""
    monkeypatch.setattr(source_checks, "_", lambda words: words.replace("et al.", "ac eraill"))
    difference = Difference("names", "Reed; et al.", "Reed; Et al. Ltd; Gall")
    assert "“Reed; ac eraill”, the entry “Reed; Et al. Ltd; Gall”" in source_checks.difference_in_words(difference)


# What the file of answers holds


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
