"""What mkdocs.yml says to the engine: settings with types, and the frame with what a site has of its own beside it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from conftest import ROOT, SITES, Built, mkdocs_build
from evidence_mkdocs.settings import FRAME


@pytest.fixture
def meadow(tmp_path: Path) -> Path:
    """A small review in a project of its own."""
    folder = tmp_path / "a/b/meadow"
    shutil.copytree(SITES["meadow"], folder, ignore=shutil.ignore_patterns(".cache"))
    (tmp_path / "hooks").symlink_to(ROOT / "hooks")
    return folder


def with_extra(folder: Path, extra: str) -> Path:
    config = folder / "mkdocs.yml"
    config.write_text(f"extra: {{evidence: {extra}}}\n{config.read_text('utf-8')}", "utf-8")
    return config


@pytest.mark.parametrize(
    ("extra", "message"),
    [
        ("{frames: true}", "mkdocs.yml: extra: evidence: frames: Unrecognised configuration name: frames"),
        ("{frame: 'yes'}", "mkdocs.yml: extra: evidence: frame: Expected type: <class 'bool'>"),
        ("[frame]", "mkdocs.yml: extra: evidence: must be"),
    ],
)
def test_a_setting_that_is_wrong_is_told(extra: str, message: str, meadow: Path, tmp_path: Path) -> None:
    result = mkdocs_build(with_extra(meadow, extra), tmp_path / "site")
    assert result.returncode == 1
    assert message in result.stderr
    assert "Traceback" not in result.stderr
    assert not (tmp_path / "site").exists()


def test_the_frame_leaves_room_for_a_sites_own(meadow: Path, tmp_path: Path) -> None:
    """Its templates before those of the frame, its styles after, and `own.css` last of all."""
    assets = meadow / "docs/assets"
    assets.mkdir()
    for name in ("more.css", "own.css"):
        (assets / name).write_text("p { color: red }\n", "utf-8")
    (meadow / "templates/partials").mkdir(parents=True)
    (meadow / "templates/partials/path.html").write_text('<p class="ours">Ours</p>', "utf-8")
    config = with_extra(meadow, "{frame: true}")
    text = config.read_text("utf-8").replace(
        "theme:\n", "extra_css: [assets/more.css]\ntheme:\n  custom_dir: templates\n"
    )
    config.write_text(text, "utf-8")
    result = mkdocs_build(config, tmp_path / "site")
    assert result.returncode == 0, result.stderr
    site = Built(tmp_path / "site")
    page = site.trees["compare/index.html"]
    styles = page.xpath("//link[@rel='stylesheet']/@href")
    assert [styles[0], *styles[-3:]] == [
        "../assets/theme.css",
        "../assets/site.css",
        "../assets/more.css",
        "../assets/own.css",
    ]  # and, as there is no picture, not pictures.css
    assert [script for script in page.xpath("//script/@src") if "site.js" in script] == ["../assets/site.js"]
    assert page.xpath("//link[@rel='icon']/@href") == ["../assets/favicon.svg"]
    assert page.xpath("//p[@class='ours']")
    assert page.xpath("//nav[@id='site-nav']")
    for address in styles + page.xpath("//script/@src") + page.xpath("//link[@rel='icon']/@href"):
        assert (site.folder / "compare" / address).is_file(), address


def test_all_words_of_the_frame_are_marked_for_translation() -> None:
    templates = sorted(FRAME.rglob("*.html"))
    assert len(templates) >= 10
    marked = 0
    for file in templates:
        text = file.read_text("utf-8")
        marked += text.count('_("')
        html = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", "", text, flags=re.S)
        seen = re.sub(r"<[^>]*>", " ", html) + " ".join(re.findall(r'(?:aria-label|title|alt)="([^"]*)"', html))
        assert re.findall(r"[A-Za-z]+", seen) == [], file.name
    assert marked >= 25
