"""What the script of search finds in a made-up site: any script, slips, codes, kinds with their counts, excerpts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import Built
from evidence.search import FoundPage, SearchHint, Section, entries, search_files
from evidence.search.words import WORD
from searching import ask, searched

pytestmark = pytest.mark.needs("Node")

Find = Callable[[str], dict[str, Any]]
LONG = (
    "Words that say little stand here. " * 20 + "The kingfisher is rare. " + "More words that say little follow. " * 20
)
TEXTS = {
    "first/": (
        "Night trains",
        "Sleeping cars run from Vienna to Paris. A sleeper’s berth is narrow. Self-service breakfast.",
    ),
    "second/": ("Östlund on sleep", "Café coaches; the naïve sleeper. Quiet, in any case."),
    "tokyo/": ("東京都", "夜行列車の歴史"),
    "thai/": ("รถไฟกลางคืน", "รถไฟไปเชียงใหม่"),
    "hebrew/": ("רכבת לילה", "שָׁלוֹם לכולם"),
    "arabic/": ("قطار الليل", "القِطَارُ سريع"),
    "hindi/": ("रात की रेलगाड़ी", "यात्रियों के अनुभव"),
    "long/": ("A long page", LONG),
    "hostile/": ("</script><script>alert(1)</script>", 'It’s <b>bold</b> & \u2028 odd "quoted" kestrel'),
}
SOURCES = 7


@pytest.fixture(scope="module")
def find(tmp_path_factory: pytest.TempPathFactory) -> Find:
    folder = tmp_path_factory.mktemp("search")
    pages = [FoundPage(f"{url}.md", url, title, (Section("", title, text),)) for url, (title, text) in TEXTS.items()]
    pages += [
        FoundPage(
            f"s{n}.md",
            f"references/s{n}/",
            f"Lundqvist, 20{n:02}: Sleep on rails",
            (Section("", "", "Lundqvist, A. Sleep on rails. Vienna."),),
        )
        for n in range(SOURCES)
    ]
    hints = [
        SearchHint(f"s{n}.md", "", "source", (f"10.1234/sleep.{n}", f"97805218206{n:02}", "Lundqvist"))
        for n in range(SOURCES)
    ]
    hints += [SearchHint("first/.md", "why", "question", title="Why by night?")]
    for uri, content in search_files(entries(pages, hints), [("dozing off", "second/")]).items():
        (folder / uri).parent.mkdir(parents=True, exist_ok=True)
        (folder / uri).write_bytes(content)
    return lambda text: ask(folder, [text])[0]


@pytest.mark.parametrize(
    ("typed", "url"),
    [
        ("Ostlund", "second/"),
        ("östlund", "second/"),
        ("Ostlnud", "second/"),
        ("cafe", "second/"),
        ("naive", "second/"),
        ("sleeper's berth", "first/"),
        ("sleeper’s berth", "first/"),
        ("selfservice", "first/"),
        ("self service", "first/"),
        ("self-service", "first/"),
        ("berths", "first/"),
        ("narow bearth", "first/"),
        ("東京", "tokyo/"),
        ("京都", "tokyo/"),
        ("列車", "tokyo/"),
        ("เชียงใหม่", "thai/"),
        ("שלום", "hebrew/"),
        ("القطار", "arabic/"),
        ("अनुभव", "hindi/"),
        ("what is dozing off?", "second/"),
        ("https://doi.org/10.1234/SLEEP.3", "references/s3/"),
        ("doi:10.1234/sleep.4.", "references/s4/"),
        ("978-0-521-82060-5", "references/s5/"),
        ("kestrel", "hostile/"),
        ("night trains", "first/"),
        ("vien", "first/"),
    ],
)
def test_what_is_typed_finds_its_page(find: Find, typed: str, url: str) -> None:
    assert find(typed)["best"][0]["url"] == url


def test_a_mended_slip_is_told(find: Find) -> None:
    found = find("Kingfihser  rare")
    assert (found["corrected"], found["used"], found["asked"]) == (True, "kingfisher rare", "Kingfihser  rare")
    assert find("kingfisher")["corrected"] is False
    nothing = find("xylophonist")
    assert (nothing["total"], nothing["best"], nothing["groups"], nothing["corrected"]) == (0, [], [], False)


@pytest.mark.parametrize("typed", ["", "   ", "the", "?!", "(", "\\", "constructor", "__proto__", "a" * 3000])
def test_odd_texts_find_nothing_and_break_nothing(find: Find, typed: str) -> None:
    assert find(typed)["total"] == 0


def test_counts_are_those_of_what_can_be_shown(find: Find) -> None:
    found = find("vienna")
    assert [(group["kind"], group["count"]) for group in found["groups"]] == [("page", 1), ("source", SOURCES)]
    assert found["total"] == sum(group["count"] for group in found["groups"]) == 1 + SOURCES
    for group in found["groups"]:
        assert len(group["all"]) == group["count"] >= len(group["items"])
        assert len({item["url"] for item in group["all"]}) == group["count"]
    assert {item["kind"] for item in found["best"]} == {"page", "source"}


def test_an_excerpt_is_short_and_holds_what_was_typed(find: Find) -> None:
    [item] = find("kingfisher")["best"]
    [[start, end]] = item["hits"]
    assert item["text"][start:end] == "kingfisher"
    assert len(item["text"]) <= 226 and item["text"].startswith("… The kingfisher") and item["text"].endswith(" …")


def test_hostile_titles_are_texts(find: Find) -> None:
    item = find("kestrel")["best"][0]
    assert item["title"] == TEXTS["hostile/"][0]
    assert "<b>bold</b> & \u2028 odd" in item["text"]


def test_every_word_of_the_real_site_is_found_as_it_stands(real: Built) -> None:
    """So the rules for words are the same in the script and in the engine."""
    said = (entry["text"] for entry in searched(real.folder))
    words = sorted({word for text in said for word in WORD.findall(text) if len(word) > 3})[::9]
    results = ask(real.folder, words)
    lost = [word for word, found in zip(words, results, strict=True) if found["corrected"]]
    assert len(words) > 200
    assert lost == []


def test_the_home_page_can_be_what_people_mean(built: Callable[[str], Path]) -> None:
    [found] = ask(built("night-trains"), ["where to begin"])
    assert found["best"][0]["url"] == ""


@pytest.mark.parametrize(
    "words", ["lived experience", "face to face", "Northern Ireland", "people with lived experience"]
)
def test_hyphens_between_words_hide_nothing(real: Built, words: str) -> None:
    apart, together = ask(real.folder, [words, words.replace(" ", "-")])
    assert together["total"] >= apart["total"] > 1
