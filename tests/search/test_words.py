"""What search makes of words, and of pages: folded in any script, without what only serves the page."""

from __future__ import annotations

import json

import pytest

from evidence.search import FoundPage, SearchHint, Section, entries, search_files, sections
from evidence.search.words import WORD, name_key, stem, stems


def found_by(text: str) -> list[str]:
    return [stem for word in WORD.findall(text) for stem, _form in stems(word)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Östlund’s café", ["ostlund", "cafe"]),
        ("co-production", ["coproduction", "production"]),
        ("Coproduction, co‑production", ["coproduction", "coproduction", "production"]),
        ("meetings met; meeting", ["meet", "met", "meet"]),
        ("services and ladies", ["servic", "lady"]),
        ("paying, payed, process", ["pay", "pay", "process"]),
        ("Œuvre Ærø straße", ["oeuvr", "aero", "strass"]),
        ("2012-14", ["2012", "14"]),
        ("東京都", ["東京", "京都"]),
        ("שָׁלוֹם", ["שלום"]),
        ("अनुभव", ["अनुभव"]),
        ("CO2", ["co2"]),
    ],
)
def test_words_are_folded_in_any_script(text: str, words: list[str]) -> None:
    assert found_by(text) == words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("What is commissioning?", "Commissioning"),
        ("easyread", "Easy read"),
        ("co production", "co-production"),
        ("https://doi.org/10.1111/HEX.14053", "10.1111/hex.14053"),
        ("978-0-521-82060-8", "ISBN 9780521820608"),
    ],
)
def test_names_are_one_however_they_are_written(one: str, other: str) -> None:
    assert name_key(one) == name_key(other) != ""


def test_english_endings_alone_are_cut() -> None:
    assert [stem(word) for word in ("benefits", "ladder", "crisis", "pflege", "東京")] == [
        "benefit",
        "ladder",
        "crisis",
        "pfleg",
        "東京",
    ]


PAGE = """
<h1 id="t">Title</h1>
<p class="page-facts">Reading time: 1 minute.</p>
<p>It cites (<a href="#r">Good, 2020</a>). <small class="support" data-search-exclude>1 source</small></p>
<h2 id="law">Law<a class="headerlink" href="#law">¶</a></h2>
<table><thead><tr><th>Nation</th><th>Law</th></tr></thead><tbody><tr><td>Wales</td><td>CO<sub>2</sub> Act</td></tr></tbody></table>
<h2 id="references" data-search-exclude>References</h2><ul><li>Good, A.</li></ul><h3 id="more">More</h3><p>None of it.</p>
<h2 id="end">End &amp; more</h2><p>A &lt;b&gt; stays.<button>Press</button></p>
"""


def test_a_page_is_cut_into_sections_without_what_serves_it() -> None:
    assert sections(PAGE) == [
        Section("", "Title", "It cites (Good, 2020)."),
        Section("law", "Law", "Nation; Law; Wales; CO2 Act"),
        Section("end", "End & more", "A <b> stays."),
    ]


def test_entries_have_kinds_and_a_page_that_is_alone_has_one() -> None:
    two = (Section("", "", "First."), Section("a", "A", "Second."))
    pages = [FoundPage("p.md", "p/", "P", two), FoundPage("words.md", "words/", "Words", two)]
    hints = [
        SearchHint("words.md", "a", "word", ("also",)),
        SearchHint("p.md", "", "paper", alone=True, text="What for."),
        SearchHint("p.md", "q", "question", title="Why?"),
    ]
    assert [(entry.kind, entry.title, entry.url) for entry in entries(pages, hints)] == [
        ("page", "Words", "words/"),
        ("word", "A", "words/#a"),
        ("question", "Why?", "p/#q"),
        ("paper", "P", "p/"),
    ]


def test_hostile_texts_stay_texts_in_the_files() -> None:
    hostile = "</script><script>alert(1)</script> ]]> \u2028\u2029 \" ' \\ <!-- `${x}`"
    page = FoundPage("p.md", "p/", hostile, (Section("", "", hostile),))
    files = search_files(entries([page], []), [(hostile, "p/")], [{"title": hostile, "url": "p/", "picture": ""}])
    for name, content in files.items():
        text = content.decode()
        assert "</" not in text and "\u2028" not in text and "\u2029" not in text, name
        data = text.removeprefix(f'evidenceSearch.piece("{name.removeprefix("search/").removesuffix(".js")}",')
        assert json.loads(data.removesuffix(");\n"))
    assert json.loads(files["search/sections/0.js"].decode().split(",", 1)[1].removesuffix(");\n")) == [
        [hostile, "", "p/", hostile]
    ]
