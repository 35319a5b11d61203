"""What the accessibility statement says was tested is what the tests show, no more; and a few of the things that it says."""

from __future__ import annotations

import html
import importlib.metadata
import itertools
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import yaml

from conftest import ROOT, Built
from evidence.directives.publisher import NEVER
from evidence.site.loading import load
from record import Recorder, claims_made, npm_versions

FILE = ROOT / "data/tested.yml"
ABOUT = "In the code and the words of the pages"
PAGE = "---\ntitle: Home\ndescription: A page.\n---\n\n# Home\n\n<!-- evidence: tested{} -->\n"
RECORD = """\
date: 2026-01-02
pages: 2
tools:
  - name: A [browser]
    version: 1.5.0
  - name: A checker
    version: 2.0
claims:
  - about: By eye
    shown:
      - Nothing is *grey*.
"""


def test_the_statement_says_what_the_tests_show(real: Built) -> None:
    """Until a whole run has passed there is no record, and the statement says so. It says no more than the tests do; what they have begun to show
    since then is said after the next run."""
    text = real.trees["about/accessibility/index.html"].xpath("//article")[0].text_content()
    if not FILE.exists():
        assert NEVER in text
        return
    record = yaml.safe_load(FILE.read_text("utf-8"))
    told = {part["about"]: part["shown"] for part in record["claims"]}
    made = claims_made()
    gone = [claim for about, claims in told.items() for claim in claims if claim not in made.get(about, [])]
    assert gone == [], "the tests have changed since data/tested.yml was written; run: make tested"
    versions = {tool["name"]: tool["version"] for tool in record["tools"]}
    now = npm_versions() | {"Playwright": importlib.metadata.version("playwright")}
    assert versions == {"Chromium": versions["Chromium"]} | now, "tools have changed since then; run: make tested"
    assert NEVER not in text
    for claims in told.values():
        assert 0 < len(claims) <= 12
        assert [claim for claim in claims if " ".join(claim.split()) not in " ".join(text.split())] == []


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A small review whose one page says how it was tested."""
    (tmp_path / "data").mkdir()
    (tmp_path / "docs").mkdir()
    (tmp_path / "bibliography.bib").write_text("")
    (tmp_path / "docs/index.md").write_text(PAGE.format(""))
    return tmp_path


def test_without_a_record_the_page_says_so(small: Path) -> None:
    site = load(small)
    assert site.problems == ()
    assert NEVER in site.resolved("index.md").markdown()


def test_a_record_is_shown_as_text(small: Path) -> None:
    (small / "data/tested.yml").write_text(RECORD)
    site = load(small)
    assert site.problems == ()
    shown = " ".join(site.resolved("index.md").markdown().split())
    assert "last tested on 2 January 2026. It had 2 pages then." in shown
    assert not {"[browser]", "*grey*"} & set(shown.replace(".", " ").split())
    assert "It used A [browser] 1.5.0 and A checker 2.0." in html.unescape(shown)
    assert "By eye: - Nothing is *grey*." in html.unescape(shown)
    assert NEVER not in shown


def test_a_wrong_record_or_directive_is_a_problem(small: Path) -> None:
    (small / "data/tested.yml").write_text(RECORD.replace("pages: 2", "pages: many"))
    assert [str(problem.where) for problem in load(small).problems] == ["data/tested.yml:2"]
    (small / "data/tested.yml").write_text(RECORD)
    (small / "docs/index.md").write_text(PAGE.format(" today"))
    assert [str(problem) for problem in load(small).problems] == [
        "docs/index.md:8: marker 'tested': it takes nothing more"
    ]


def result(claim: list[str], page: str, outcome: str = "passed") -> Any:
    """The result of one test, as pytest reports it."""
    said = [("claim", claim), *([("page", page)] if page else [])]
    return SimpleNamespace(
        when="call", outcome=outcome, passed=outcome == "passed", nodeid=f"test[{page}]", user_properties=said
    )


def told(results: list[Any], exitstatus: int = 0, **options: Any) -> str:
    """Why a run with these results may not be recorded; '' if it may."""
    chosen = {"all_pages": True, "keyword": "", "markexpr": "", "record": None} | options
    config: Any = SimpleNamespace(option=SimpleNamespace(**chosen), args_source=pytest.Config.ArgsSource.TESTPATHS)
    recorder = Recorder(config)
    for one in results:
        recorder.pytest_runtest_logreport(one)
    return recorder.missing(exitstatus)


def test_only_a_whole_run_that_passed_is_recorded() -> None:
    claims = [[about, words] for about, listed in claims_made().items() for words in listed]
    whole = [result(claim, page) for claim in claims for page in ("", "a/", "b/")]
    assert told(whole) == ""
    assert told(whole, exitstatus=1).startswith("not all tests passed")
    assert told([*whole, result(claims[0], "c/", "failed")]) == "not all tests passed: test[c/]"
    assert told([*whole, result(claims[0], "c/", "skipped")]) == "not all tests passed: test[c/]"
    assert "use `make tested`" in told(whole, all_pages=False)
    assert "use `make tested`" in told(whole, keyword="axe")
    assert "use `make tested`" in told(whole, markexpr="not browser")
    assert told(whole, markexpr="claim") == ""  # those that claim nothing show nothing here
    assert told(whole[:-1]) == "not every claim was tested on every page"
    assert claims[-1][1] in told(whole[:-3])
    assert "claims and results differ" in told([*whole, result(["By eye", "It is lovely."], "a/")])


@pytest.mark.claim(ABOUT, "Every page has one main heading, and skips no level below it.")
def test_headings_are_in_order_on_every_page(real: Built) -> None:
    for name, tree in real.trees.items():
        levels = [int(heading.tag[1]) for heading in tree.xpath("//h1 | //h2 | //h3 | //h4 | //h5 | //h6")]
        content = [
            int(h.tag[1]) for h in tree.xpath("//main//*[self::h1 or self::h2 or self::h3 or self::h4 or self::h5]")
        ]
        assert levels.count(1) == 1, name
        assert content[0] == 1, name
        assert all(lower <= upper + 1 for upper, lower in itertools.pairwise(content)), name


@pytest.mark.claim(ABOUT, "Every drawing has a text that says what it shows, or only adds to words beside it.")
def test_drawings_have_words_on_every_page(real: Built) -> None:
    number = 0
    for name, tree in real.trees.items():
        for drawing in tree.xpath("//*[local-name() = 'svg'] | //img"):
            number += 1
            if drawing.tag == "img":
                assert drawing.get("alt") is not None, name
            elif drawing.get("aria-hidden") != "true":
                parts = drawing.xpath("string(*[local-name() = 'desc'])"), drawing.xpath("string(../../figcaption)")
                assert all(map(str.strip, parts)) or drawing.get("aria-label", "").strip(), name
                assert drawing.get("role") == "img", name
    assert number > len(real.trees)
