"""`make serve`: changes show as a fresh build would have them, and a mistake shows in the browser until it is mended."""

from __future__ import annotations

import html
import re
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument

from conftest import run
from evidence_mkdocs.settings import FRAME
from previewed import PATIENCE, Preview, copy_project, preview

pytestmark = pytest.mark.needs("much time")

MENDED = "The site cannot be built"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project with a template of its own, which counts more than that of the frame."""
    project = copy_project(tmp_path_factory.mktemp("preview") / "project")
    change(project / "mkdocs.yml", "  name: material\n", "  name: material\n  custom_dir: templates\n")
    (project / "templates/partials").mkdir(parents=True)
    shutil.copy(FRAME / "partials/footer.html", project / "templates/partials")
    return project


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[Preview]:
    with preview(folder, folder.parent / "log.txt") as running:
        yield running


def change(file: Path, old: str, new: str) -> str:
    before = file.read_text("utf-8")
    assert old in before, f"{old!r} is not in {file.name}"
    file.write_text(before.replace(old, new, 1), "utf-8")
    return before


def test_changes_show_as_a_fresh_build_has_them(folder: Path, server: Preview, tmp_path: Path) -> None:
    """A page, a reference, a data file, a template, a new page that is taken away again: afterwards every file is that of a whole new build."""
    page = folder / "docs/review/issue.md"
    page.write_text(
        page.read_text("utf-8")
        + '\n## A new section { #new-section data-themes="money" }\n\nIt is here [@scott2024].\n',
        "utf-8",
    )
    server.wait("review/issue/", lambda text: "It is here" in text)
    change(folder / "bibliography.bib", "A Ladder of Citizen Participation", "A Ladder of {Something} Else")
    server.wait("references/arnstein1969/", lambda text: "Something" in text)
    assert "Something" in server.page("references/")
    change(folder / "data/glossary.yml", "Having to answer for what you do", "Having to reply for what you do")
    server.wait("glossary/", lambda text: "Having to reply" in text)
    change(folder / "templates/partials/footer.html", "What has changed", "What is new")
    server.wait("", lambda text: "What is new" in text)
    extra = folder / "docs/nations/extra.md"
    extra.write_text(
        "---\ntitle: Extra\ndescription: One more page.\nchecked: 2026-11-22\n---\n\n# Extra\n\nOne more page.\n",
        "utf-8",
    )
    change(
        folder / "mkdocs.yml",
        "  - England: nations/england.md",
        "  - Extra: nations/extra.md\n      - England: nations/england.md",
    )
    server.wait("nations/extra/", lambda text: "One more page." in text)
    # The new page is there as soon as its file is; its line in the menu may be read one build later.
    server.wait("nations/wales/", lambda text: ">Extra<" in re.sub(r"\s", "", text))
    change(folder / "mkdocs.yml", "  - Extra: nations/extra.md\n      - England", "  - England")
    extra.unlink()
    server.wait("nations/wales/", lambda text: ">Extra<" not in re.sub(r"\s", "", text) and MENDED not in text)

    (folder / "fresh.yml").write_text(f"INHERIT: mkdocs.yml\nsite_url: {server.address}\n", "utf-8")
    fresh = tmp_path / "fresh"
    result = run(sys.executable, "-m", "mkdocs", "build", "--strict", "-f", "fresh.yml", "-d", fresh, cwd=folder)
    assert result.returncode == 0, result.stderr
    files = [file for file in sorted(fresh.rglob("*")) if file.suffix in {".html", ".json", ".xml", ".md"}]
    assert len(files) > 200
    # Papers that have changed come a moment after the pages.
    end = time.monotonic() + PATIENCE
    differing = files
    while differing and time.monotonic() < end:
        differing = [f for f in differing if server.page(f.relative_to(fresh).as_posix()) != f.read_text("utf-8")]
        time.sleep(0.1)
    assert differing == []


def test_papers_follow_their_pages(folder: Path, server: Preview) -> None:
    """A paper is made after the page is shown: its web page and its file then say the same."""
    before = (folder / "data/questions.yml").read_text("utf-8")
    question = re.search(r"text: (\w[^\n]{10,60})", before.partition("\nquestions:\n")[2])
    assert question
    (folder / "data/questions.yml").write_text(before.replace(question[1], f"Seldom, {question[1]}", 1), "utf-8")
    old = server.file("discuss/packs/participant-sheet.pdf")
    server.wait("discuss/", lambda text: "Seldom, " in text)
    end = time.monotonic() + PATIENCE
    while (new := server.file("discuss/packs/participant-sheet.pdf")) == old and time.monotonic() < end:
        time.sleep(0.1)
    words = "".join(page.get_textpage().get_text_bounded() for page in PdfDocument(new))
    assert "Seldom, " in words
    (folder / "data/questions.yml").write_text(before, "utf-8")
    server.wait("discuss/", lambda text: "Seldom, " not in text)


@pytest.mark.parametrize(
    ("file", "slip", "message"),
    [
        ("docs/review/issue.md", ("[@fox2022", "[@fx2022<b>"), "docs/review/issue.md:"),
        ("docs/review/issue.md", ("](", "](no-such-page.md) [x]("), "no-such-page.md"),
        ("bibliography.bib", ("year        = {1969},", "year        = {1969"), "bibliography.bib:"),
        ("data/themes.yml", ("- id: ", "- id: ["), "data/themes.yml:"),
        ("mkdocs.yml", ("nav:", "nav: ["), "mkdocs.yml"),
    ],
    ids=["page", "link", "reference", "data", "configuration"],
)
def test_a_mistake_shows_until_it_is_mended(
    folder: Path, server: Preview, file: str, slip: tuple[str, str], message: str
) -> None:
    for _ in range(2):  # a second time as well: nothing that was kept may hide it
        before = change(folder / file, *slip)
        try:
            page = server.wait("", lambda text: MENDED in text)
            assert message in html.unescape(page)
            assert "<b>" not in page
            assert server.page("review/issue/") == page
            assert MENDED not in server.page("assets/site.css")
        finally:
            (folder / file).write_text(before, "utf-8")
        server.wait("review/issue/", lambda text: MENDED not in text)
        assert "<main" in server.page()
