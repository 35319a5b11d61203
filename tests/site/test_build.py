"""Builds as editors run them: slips are named all at once, nothing is touched, and other engines get plain Markdown."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

import pytest

from conftest import ROOT, SITES, mkdocs_build, run
from evidence.site.loading import load


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the small review with two nations, beside the hooks that it names."""
    target = tmp_path / "a/b/meadow"
    shutil.copytree(SITES["meadow"], target, ignore=shutil.ignore_patterns(".cache"))
    (tmp_path / "hooks").symlink_to(ROOT / "hooks")
    return target


def snapshot(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


def test_a_build_with_problems_names_them_all_and_touches_nothing(copy: Path) -> None:
    site = copy / "site"
    assert mkdocs_build(copy / "mkdocs.yml", site).returncode == 0
    before = snapshot(site)
    edit(copy / "docs/index.md", "@hay2018]", "@hay2081]")
    edit(copy / "data/comparison.yml", "[bees]", "[beas]")
    edit(copy / "bibliography.bib", "10.1234/verge.2018", "verge.2018")
    result = mkdocs_build(copy / "mkdocs.yml", site)
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    lines = [line for line in result.stderr.splitlines() if re.match(r"[\w/.]+:\d+: ", line)]
    assert lines == [
        "bibliography.bib:1: doi of 'hay2018' is 'verge.2018'; a DOI looks like 10.1000/xyz",
        "data/comparison.yml:3: theme 'beas' is not in data/themes.yml; did you mean 'bees'?",
        "docs/index.md:12: citation of 'hay2081': no such reference; did you mean 'hay2018'?",
    ]
    assert snapshot(site) == before


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        (
            "docs/index.md",
            "compare.md#july",
            "compare.md#juli",
            "docs/index.md:8: link to 'compare.md#juli': nothing on",
        ),
        (
            "docs/index.md",
            "compare.md#july",
            "/compare/",
            "docs/index.md:8: '/compare/' begins at the root of the server",
        ),
        (
            "mkdocs.yml",
            "  - What stops councils: barriers.md\n",
            "",
            "docs/barriers.md:1: this page is not in the menu",
        ),
    ],
)
def test_what_mkdocs_would_warn_of_stops_the_build_with_its_line(
    copy: Path, file: str, old: str, new: str, message: str
) -> None:
    edit(copy / file, old, new)
    result = mkdocs_build(copy / "mkdocs.yml", copy / "site")
    assert result.returncode == 1
    assert message in result.stderr


def test_a_broken_data_file_is_named_with_its_line(copy: Path) -> None:
    edit(copy / "data/themes.yml", "title: Sight lines", "titel: Sight lines")
    result = mkdocs_build(copy / "mkdocs.yml", copy / "site")
    assert result.returncode == 1
    assert "data/themes.yml:2: 'titel' is not a field that is known here; did you mean 'title'?" in result.stderr
    assert "'title' is missing" not in result.stderr  # which only follows from it


def test_a_generated_file_never_replaces_a_written_one(copy: Path) -> None:
    (copy / "docs/references").mkdir()
    (copy / "docs/references/hay2018.md").write_text("---\ntitle: Mine\ndescription: Mine.\n---\n\n# Mine\n", "utf-8")
    result = mkdocs_build(copy / "mkdocs.yml", copy / "site")
    assert result.returncode == 1
    assert "bibliography.bib:1: 'references/hay2018.md' has the same address" in result.stderr


def test_the_plugin_must_be_there(copy: Path) -> None:
    edit(
        copy / "mkdocs.yml",
        "  - bibtex: {bib_file: bibliography.bib, bib_by_default: false, enable_inline_citations: false}\n",
        "",
    )
    result = mkdocs_build(copy / "mkdocs.yml", copy / "site")
    assert result.returncode == 1
    assert "the plugin 'bibtex' is missing" in result.stderr
    assert "Traceback" not in result.stderr


def test_text_from_data_and_front_matter_cannot_become_markup(copy: Path) -> None:
    edit(
        copy / "docs/barriers.md",
        "title: What stops councils",
        'title: "What <script>alert(1)</script> stops & {{ config }}"',
    )
    edit(copy / "docs/barriers.md", "# What stops councils", "# What script alert 1 script stops config")
    edit(
        copy / "bibliography.bib",
        "Verges & bees",
        "<script>alert(2)</script> {\\textless}b> `x` [y](javascript:z) | {{ config }} & bees",
    )
    edit(copy / "data/nations.yml", "name: Norway", 'name: "<script>alert(3)</script> | [n](x) ]"')
    edit(copy / "data/kinds.yml", "name: Field study", "name: 'Field \"study\" } <script>alert(4)</script>'")
    result = mkdocs_build(copy / "mkdocs.yml", copy / "site")
    assert result.returncode == 0, result.stderr
    for file in (copy / "site").rglob("*.html"):
        text = file.read_text("utf-8")
        assert "<script>alert" not in text, file
        assert 'href="javascript:' not in text, file
    page = (copy / "site/references/hay2018/index.html").read_text("utf-8")
    assert "&lt;script&gt;alert(2)&lt;/script&gt;" in page


def test_staged_markdown_builds_under_a_plain_engine_with_no_broken_link(tmp_path: Path) -> None:
    result = run(sys.executable, "-m", "evidence_cli", "--root", ROOT, "stage", tmp_path / "docs")
    assert result.returncode == 0, result.stderr
    config = tmp_path / "mkdocs.yml"
    config.write_text(
        "site_name: Plain\ntheme: mkdocs\nmarkdown_extensions: [attr_list, md_in_html, tables]\nplugins: []\n"
        "validation: {links: {not_found: warn, anchors: warn, absolute_links: warn, unrecognized_links: warn}}\n",
        "utf-8",
    )
    built = mkdocs_build(config, tmp_path / "site")
    assert built.returncode == 0, built.stderr
    page = (tmp_path / "site/review/issue/index.html").read_text("utf-8")
    assert "Loeffler and Bovaird, 2019" in page
    assert "[@" not in page
    works = load(ROOT).review.references
    assert len(list((tmp_path / "site/references").rglob("index.html"))) == 1 + len(works)


def test_staging_never_writes_into_a_folder_in_use(tmp_path: Path) -> None:
    (tmp_path / "mine.md").write_text("mine", "utf-8")
    result = run(sys.executable, "-m", "evidence_cli", "--root", SITES["tea"], "stage", tmp_path)
    assert result.returncode == 1
    assert snapshot(tmp_path) == {"mine.md": b"mine"}


def test_a_served_site_recovers_from_a_slip(copy: Path) -> None:
    """As mkdocs serve does: several builds in one process, a broken one between two good ones."""
    script = f"""
import sys
from pathlib import Path
from mkdocs.config import load_config
from mkdocs.commands.build import build
from mkdocs.exceptions import Abort
copy = Path({str(copy)!r})
config = load_config(str(copy / 'mkdocs.yml'), site_dir=str(copy / 'site'))
page = copy / 'docs/index.md'
good = page.read_text('utf-8')
config.plugins.on_startup(command='serve', dirty=False)
build(config)
page.write_text(good.replace('@hay2018]', '@nobody]', 1), 'utf-8')
try:
    build(config)
except Abort:
    print('refused')
page.write_text(good.replace('Late cuts', 'Later cuts'), 'utf-8')
build(config)
print('Later cuts' in (copy / 'site/index.html').read_text('utf-8'))
bib = copy / 'bibliography.bib'
bib.write_text(bib.read_text('utf-8').replace('year       = {{2018}}', 'year       = {{2017}}'), 'utf-8')
build(config)
print('2017' in (copy / 'site/index.html').read_text('utf-8'))
"""
    result = run(sys.executable, "-c", script, cwd=copy)
    assert result.stdout.split() == ["refused", "True", "True"], result.stderr


def test_a_build_says_what_it_does_and_no_more(copy: Path) -> None:
    said = mkdocs_build(copy / "mkdocs.yml", copy / "site").stderr.splitlines()
    assert [re.sub(r" (?:to directory: |in ).*", "", line) for line in said] == [
        "INFO    -  Building documentation",
        "INFO    -  Documentation built",
    ]
