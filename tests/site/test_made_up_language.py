"""A whole review in a language in which each letter is marked: what is left in plain letters on a page, a paper or in a file is no entry of the catalogue."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from lxml import etree, html

import marked
from conftest import ROOT


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The model review, built by a process that speaks the made-up language."""
    return marked.built(tmp_path_factory.mktemp("marked"))


def left(files: Iterable[Path], words: Callable[[Path], Iterable[str]]) -> dict[str, str]:
    """What is in plain letters, with a file that has it; at least one file must be there to say something."""
    found, said = {}, 0
    for file in files:
        for text in words(file):
            said += bool(text.strip())
            found |= dict.fromkeys(marked.plain(text), file.name if file.name != "index.html" else file.parent.name)
    assert said
    return found


def test_no_page_has_english_left(site: Path) -> None:
    pages = site.rglob("*.html")
    assert left(pages, lambda file: marked.words_of_page(html.fromstring(file.read_bytes()))) == {}


def test_no_paper_has_english_left(site: Path) -> None:
    assert left(site.rglob("*.pdf"), marked.words_of_paper) == {}


@pytest.mark.parametrize("kind", ["odt", "docx", "epub"])
def test_no_book_or_file_for_writing_has_english_left(site: Path, kind: str) -> None:
    assert left(site.rglob(f"*.{kind}"), marked.words_of_book) == {}


def test_no_table_has_english_left_in_its_head_and_its_dictionary(site: Path) -> None:
    assert left(site.rglob("*.csv"), marked.words_of_table) == {}
    assert left(site.rglob("datapackage.json"), marked.words_of_package) == {}


def test_the_feed_and_the_words_for_those_who_unpack_a_file_have_no_english_left(site: Path) -> None:
    assert left(site.glob("changes.xml"), lambda file: etree.parse(file).getroot().itertext()) == {}
    assert left((site / "tables.zip", site / "site-offline.zip"), marked.words_of_read_me) == {}


def test_search_calls_nothing_by_an_english_name(site: Path) -> None:
    """The kinds of things that it finds, and where it leads on to. What it shows of pages are their own words."""

    def names(file: Path) -> Iterable[str]:
        text = file.read_text("utf-8")
        data = json.loads(text[text.index(",") + 1 : text.rindex(")")])
        return [kind[1] for kind in data["kinds"]] if "kinds" in data else [way["title"] for way in data]

    assert left((site / "search/table.js", site / "search/ways.js"), names) == {}


def test_no_picture_has_english_left(site: Path) -> None:
    assert left(site.rglob("*.svg"), marked.words_of_picture) == {}


def test_words_of_the_data_in_another_language_say_so_wherever_they_are_shown(site: Path) -> None:
    """The last word of each text is in another language: it is marked on pages, in books and in files for writing; no file holds what tells the engine."""
    pages = [
        found for file in site.rglob("*.html") for found in marked.foreign_words(html.fromstring(file.read_bytes()))
    ]
    assert len(pages) > 500
    assert {text for text, language in pages if language != marked.FOREIGN_LANGUAGE} == set()
    for kind in ("epub", "docx"):
        words = [found for file in site.rglob(f"*.{kind}") for found in marked.foreign_words_of_book(file)]
        assert len(words) > 10
        assert {text for text, language in words if language != marked.FOREIGN_LANGUAGE} == set()
    assert [found for file in site.rglob("*") if file.is_file() for found in marked.unseen_in(file)] == []


SCRIPTS = sorted((ROOT / "hooks/evidence_mkdocs/frame/assets").glob("*.js"))
# A key, a font, and what stood in addresses of before.
NO_WORDS = {"Escape", "No date", "bold 100px Arial, 'Liberation Sans', sans-serif"}


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_no_script_says_anything_that_is_not_marked(script: Path) -> None:
    code = re.sub(r"(?m)^\s*//.*|(?<=[;,{)]) // .*", "", script.read_text("utf-8"))
    code = re.sub(r'(?<![\w$.])(?:_|ngettext)\("(?:[^"\\]|\\.)*"(?:, "(?:[^"\\]|\\.)*")?', "", code)
    texts = [one for pair in re.findall(r'"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\]|\\.)*)`', code) for one in pair]
    said = [re.sub(r"\$\{[^{}]*\}", "0", text) for text in texts]
    assert [
        text
        for text in said
        if re.search(r"[A-Z][a-z]{2,}|[a-z]{2,} [a-z]{2,} [a-z]{2,}|\b0 [a-z]{2,}", text) and text not in NO_WORDS
    ] == []
