"""`make pictures` takes the pictures of docs-dev/editing.md: of the site as it is once all that the guide says has been done in a copy.

They need Chromium (`make browser-tools`). Other browsers set type otherwise, so the pictures are looked at and committed by a person, and tests
hold them to what must be true of any: that all are there, small, described, and that what they show is on the built page.
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from browser.tools import ARGUMENTS, program, serve
from conftest import ROOT, mkdocs_build
from guided import TASKS, check, copied, release_a_version

FOLDER = ROOT / "docs-dev/pictures"
WIDTH = 760


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture: from the top of the element `start` on a page to the bottom of `end`, at most `height` pixels."""

    address: str
    start: str
    end: str = ""
    height: int = 420
    # What the page holds there, so that the picture cannot show something else unnoticed.
    shows: str = ""


SHOTS = {
    "reference": Shot("references/example2024/", "h1", "", 250, "10.1234/example"),
    "citation": Shot("review/issue/", "#a-new-section", "#a-new-section + p", 300, "2024, p. 12"),
    "cell": Shot("nations/wales/", "#law", "#law ~ .editor-note", 420, "What the source says about Wales"),
    "note": Shot(
        "review/issue/",
        "#note-f99",
        "#note-f99",
        300,
        "The review gives the year 2016",
    ),
    "audit": Shot("audit/", "#f99", "", 430, "F99: An example"),
    "question": Shot("discuss/", "#a-new-question", "", 230, "easier for you to come to a meeting"),
    "paper": Shot("discuss/packs/first-hour/", "h1", "", 420, "Questions for the first hour"),
    "change": Shot(
        "review/issue/", "#page-changes", "#page-changes + ul", 260, "A reader showed us that a year was wrong"
    ),
    "version": Shot("about/changes/", "#versions", "", 230, "1.0.0"),
    "moved": Shot("review/critiques/", "h1", "p", 200, "This page has moved"),
}


def done(folder: Path) -> Path:
    """The built site of a copy of the project in which all tasks of the guide have been done."""
    copied(folder)
    for task in (*TASKS, release_a_version):
        task(folder)
        assert check(folder) == (0, ""), task.__name__
    site = folder / "site"
    result = mkdocs_build(folder / "mkdocs.yml", site)
    assert result.returncode == 0, result.stderr
    return site


def take(page: Page, base: str, shot: Shot, target: Path) -> None:
    """Take one picture, with some white around it."""
    page.goto(base + shot.address)
    page.evaluate("document.fonts.ready")
    page.evaluate("document.querySelectorAll('details.editor-note').forEach((note) => (note.open = true))")
    start = page.locator(shot.start).first.bounding_box()
    end = page.locator(shot.end).first.bounding_box() if shot.end else None
    assert start, shot
    top = max(0, start["y"] - 16)
    height = min(shot.height, end["y"] + end["height"] + 16 - top) if end else shot.height
    left = max(0, start["x"] - 16)
    clip = {"x": left, "y": top, "width": min(WIDTH, page.viewport_size["width"] - left), "height": height}  # type: ignore[index]
    page.screenshot(path=target, full_page=True, clip=clip, animations="disabled")  # type: ignore[arg-type]


def main() -> int:
    """Take all pictures, and remove those that are no more."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        site = done(Path(scratch, "project"))
        # A browser would follow the small page at once.
        for file in site.glob("review/critiques/index.html"):
            file.write_text(file.read_text("utf-8").replace('http-equiv="refresh"', 'name="refresh"'), "utf-8")
        with serve(site) as base, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=program("chromium"), args=ARGUMENTS)
            page = browser.new_page(
                viewport={"width": 800, "height": 900}, color_scheme="light", java_script_enabled=False
            )
            for name, shot in SHOTS.items():
                take(page, base, shot, FOLDER / f"{name}.png")
            browser.close()
    for file in FOLDER.iterdir():
        if file.stem not in SHOTS:
            file.unlink()
    sizes = [file.stat().st_size for file in FOLDER.iterdir()]
    print(f"{len(sizes)} pictures in {FOLDER.relative_to(ROOT)}/, the largest of {max(sizes) // 1000} KB.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
