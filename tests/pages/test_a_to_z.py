"""The A to Z: everything on the site stands in it once, under its first letter, and other words lead on."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import ROOT, SITES, Built
from evidence.pages.a_to_z import PAGE, letter, sorted_by
from evidence.papers.packs import all_packs
from evidence.site import Site, load

KB = 1024


@pytest.fixture(scope="module")
def lists(built: Callable[[str], Path]) -> dict[str, list[str]]:
    """The lines under each letter of the real site."""
    tree = Built(built("real")).trees["a-to-z/index.html"]
    return {
        heading.text_content().strip(): [" ".join(item.text_content().split()) for item in heading.getnext()]
        for heading in tree.xpath("//article//h2[starts-with(@id, 'letter-')]")
    }


@pytest.fixture(scope="module")
def addresses(built: Callable[[str], Path]) -> list[str]:
    """Where its lines lead, from the root of the site."""
    tree = Built(built("real")).trees["a-to-z/index.html"]
    return [address.removeprefix("../") for address in tree.xpath("//article//h2/following-sibling::ul/li/a/@href")]


def markdown_of(site: Site) -> str:
    (page,) = (output for output in site.other_outputs() if output.uri == PAGE)
    assert isinstance(page.content, str)
    return page.content


def test_every_page_theme_word_and_paper_stands_in_it(addresses: list[str]) -> None:
    site = load(ROOT, ROOT / "docs")
    review = site.review
    wanted = {uri for uri in site.pages if uri != "index.md"}
    wanted |= {theme.uri for theme in review.themes.values()}
    wanted |= {f"discuss/packs/{pack}.md" for pack in all_packs(review)}
    wanted |= {"references/index.md", "evidence-map/index.md", "audit/index.md", "glossary.md", "about/data.md"}
    missing = [
        uri
        for uri in sorted(wanted)
        if re.sub(r"(?:index)?\.md$", lambda m: "" if "index" in m[0] else "/", uri) not in addresses
    ]
    assert missing == []
    assert {f"glossary/#{term}" for term in review.glossary} <= set(addresses)


@pytest.mark.parametrize("page", ["a-to-z/index.html", "glossary/index.html"])
def test_the_letters_stand_in_a_row(built: Callable[[str], Path], page: str) -> None:
    """One below the other they would fill a phone's screen before the first entry."""
    (contents,) = Built(built("real")).trees[page].xpath("//nav[@aria-labelledby='contents-title']")
    assert contents.get("class").split() == ["contents", "letters"]
    assert len(contents.xpath(".//a[starts-with(@href, '#letter-')]")) > 15


def test_its_lines_are_short_and_stand_under_their_letter(lists: dict[str, list[str]]) -> None:
    assert [*lists] == sorted(lists)
    for name, lines in lists.items():
        assert {letter(line) for line in lines} == {name}
    # What leads to several themes is as long as their names.
    assert {line for lines in lists.values() for line in lines if len(line) > 120 and ": see " not in line} == set()
    every = [line for lines in lists.values() for line in lines]
    assert len(every) == len(set(every)) > 300


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("P", "Pay: see Money (theme)"),
        ("W", "Wales"),
        ("T", "Tokenism (word)"),
        ("S", "A shift in power, on the page “What the issue is”"),
        ("L", "The ladder of participation"),
    ],
)
def test_people_find_what_they_look_for(name: str, line: str, lists: dict[str, list[str]]) -> None:
    assert line in lists[name]


def test_a_word_is_not_listed_beside_what_it_leads_to(lists: dict[str, list[str]]) -> None:
    assert not any(line.startswith("Barriers: see") for line in lists["B"])


@pytest.mark.parametrize(
    ("title", "key", "under"),
    [
        ("The ladder", "ladder", "L"),
        ("A shift in power", "shift in power", "S"),
        ("A", "a", "A"),
        ("Östlund’s view", "ostlund s view", "O"),
        ("“Us and them”", "us and them", "U"),
        ("18 themes", "18 themes", "0-9"),
        ("…", "", "0-9"),
        ("שלום", "שלום", "ש"),
        ("участие", "участие", "У"),
    ],
)
def test_titles_are_sorted_as_people_look_for_them(title: str, key: str, under: str) -> None:
    assert (sorted_by(title), letter(title)) == (key, under)


@pytest.mark.parametrize("name", ["meadow", "tea", "night-trains"])
def test_a_review_without_themes_words_or_papers_has_one_too(name: str) -> None:
    site = load(SITES[name])
    text = markdown_of(site)
    titles = [page.title for page in site.pages.values()]
    assert "](../index.md)" not in text
    assert sum(f"[{title}]" in text for title in titles) >= len(titles) - 1


def test_it_is_light(built: Callable[[str], Path]) -> None:
    page = (built("real") / "a-to-z/index.html").read_bytes()
    assert len(gzip.compress(page, 6)) < 50 * KB


def test_the_glossary_stands_by_letter(built: Callable[[str], Path]) -> None:
    """A row of letters, not all its words, stands before the first meaning."""
    tree = Built(built("real")).trees["glossary/index.html"]
    terms = load(ROOT, ROOT / "docs").review.glossary
    assert sorted(tree.xpath("//article//dl/dt/@id")) == sorted(terms)
    for term in terms.values():
        (word,) = tree.xpath(f"//article//dt[@id='{term.id}']")
        assert letter(word.text_content()) == word.xpath("string(preceding::h2[1])").strip()
        assert " ".join(term.meaning.split()) in word.getnext().text_content()
    assert (
        10
        < len(
            tree.xpath(
                "//article//dl[1]/preceding::a[ancestor::article or ancestor::nav[@aria-labelledby='contents-title']]"
            )
        )
        < 40
    )
    assert tree.xpath("//nav[contains(@class, 'letters')]//a/@href")[0] == "#letter-a"
