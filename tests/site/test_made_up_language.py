"""A whole review in a language in which each letter is marked: what is left in plain letters on a page, a paper or in a file is no entry of the catalogue."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from lxml import html

import marked
from conftest import ROOT, SITES, run
from evidence_cli.words import ENGINE, catalogue


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The model review, built by a process that speaks the made-up language."""
    folder = tmp_path_factory.mktemp("marked")
    marked.mark_review(SITES["night-trains"], folder / "review")
    settings = folder / "review/mkdocs.yml"
    settings.write_text(settings.read_text("utf-8").replace("../../../hooks", str(ROOT / "hooks")), "utf-8")
    (folder / "locale").mkdir()
    marked.mark_catalogue(catalogue(ENGINE), folder / f"locale/{marked.LANGUAGE}.po")
    language = {"EVIDENCE_LANGUAGE": marked.LANGUAGE, "EVIDENCE_LOCALE": str(folder / "locale")}
    command = (sys.executable, "-m", "mkdocs", "build", "--strict", "-q", "-f", settings, "-d", folder / "site")
    done = run(*command, **language, OFFLINE_COPY="true")
    assert done.returncode == 0, done.stderr
    return folder / "site"


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


def test_no_picture_has_english_left(site: Path) -> None:
    assert left(site.rglob("*.svg"), marked.words_of_picture) == {}
