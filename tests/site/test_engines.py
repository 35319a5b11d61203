"""A life after MkDocs: the same pages from ProperDocs, and all pages from Zensical out of what `stage` writes.

Each engine has a lock file with hashes in tests/engines/, and an environment in .build/engines/ that is made from it when it is first needed.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import sysconfig
import tomllib
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import pytest
import test_site
from lxml import html

from conftest import ROOT, SAMPLES, SITES, Built, run
from evidence.site.loading import load
from evidence.site.staging import SETTINGS, settings
from evidence_mkdocs.settings import FRAME
from evidence_mkdocs.theme_style import THEME_STYLE
from evidence_publish.environment import environment

pytestmark = pytest.mark.needs("packages from the network")

LOCKS = ROOT / "tests/engines"
ENGINES = ROOT / ".build/engines"
GENERATOR = re.compile(rb'<meta name="generator" content="mkdocs-([^,"]+), ')
PIN = re.compile(r"(?m)^([\w.-]+)==([^ ;\\]+)(?: ; ([^\\\n]+?))? \\$")


def pins(lock: Path) -> dict[str, str]:
    """The packages of a lock file that this machine needs, with their versions."""
    found = PIN.findall(lock.read_text("utf-8"))
    return {name: number for name, number, when in found if "win32" not in when and "< '3.11.5'" not in when}


# ProperDocs


def properdocs(config: Path, site: Path) -> subprocess.CompletedProcess[str]:
    """Build a site strictly with ProperDocs; the theme and the plugins are the project's own, as they would be after a move."""
    python = environment(ENGINES / "properdocs", [LOCKS / "properdocs.lock"])
    ours = ":".join(dict.fromkeys([str(ROOT / "hooks"), *(sysconfig.get_path(n) for n in ("purelib", "platlib"))]))
    return run(python, "-m", "properdocs", "build", "--strict", "-f", config, "-d", site, PYTHONPATH=ours)


def test_the_lock_of_properdocs_names_the_versions_that_the_project_has() -> None:
    """Else two versions of one package would be in play, and the pages might differ for that reason."""
    project = pins(ROOT / "requirements.lock")
    shared = {name: number for name, number in pins(LOCKS / "properdocs.lock").items() if name in project}
    assert len(shared) > 8
    assert shared == {name: project[name] for name in shared}, "run `make lock-engines`"


@pytest.mark.parametrize("name", list(SITES))
def test_properdocs_makes_the_same_site(name: str, built: Callable[[str], Path], tmp_path: Path) -> None:
    """Byte for byte but for one thing: each page names its generator."""
    result = properdocs(SITES[name] / "mkdocs.yml", tmp_path / "site")
    assert result.returncode == 0, result.stderr
    assert "WARNING" not in result.stderr, result.stderr
    ours, theirs = built(name), tmp_path / "site"
    files = sorted(file.relative_to(ours).as_posix() for file in ours.rglob("*") if file.is_file())
    assert files == sorted(file.relative_to(theirs).as_posix() for file in theirs.rglob("*") if file.is_file())
    named: set[bytes] = set()
    for file in files:
        one, other = (ours / file).read_bytes(), (theirs / file).read_bytes()
        if file.endswith(".html"):
            named |= {*GENERATOR.findall(one), *GENERATOR.findall(other)}
            one, other = (GENERATOR.sub(b"<meta generator>", page) for page in (one, other))
        if not file.endswith(".gz"):  # it holds the time at which it was made
            assert one == other, file
    assert named == {f"{version('mkdocs')}".encode(), b"ProperDocs 1.6.7"}


def test_properdocs_is_as_strict(tmp_path: Path) -> None:
    """Problems stop it before it touches the site, and what only the generator can find stops it, too."""
    (tmp_path / "a/b").mkdir(parents=True)
    (tmp_path / "hooks").symlink_to(ROOT / "hooks")
    review = tmp_path / "a/b/meadow"
    shutil.copytree(SITES["meadow"], review, ignore=shutil.ignore_patterns(".cache"))
    page = review / "docs/index.md"
    good = page.read_text("utf-8")
    (review / "site").mkdir()
    (review / "site/old.html").write_text("old", "utf-8")
    page.write_text(good.replace("@hay2018]", "@hay2081]", 1), "utf-8")
    result = properdocs(review / "mkdocs.yml", review / "site")
    assert result.returncode == 1
    assert "citation of 'hay2081': no such reference; did you mean 'hay2018'?" in result.stderr
    assert [file.name for file in (review / "site").iterdir()] == ["old.html"]
    page.write_text(f"{good}\n[wrong](compare.md#nowhere)\n", "utf-8")
    result = properdocs(review / "mkdocs.yml", review / "site")
    assert result.returncode == 1
    assert "compare.md#nowhere" in result.stderr


# Zensical


class MovedSite(Built):
    """A review that was staged and then built by Zensical."""

    def __init__(self, name: str, folder: Path, extension: str = "") -> None:
        staged = run(sys.executable, "-m", "evidence_cli", "--root", SITES[name], "stage", folder)
        assert staged.returncode == 0, staged.stderr
        self.staged = {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()}
        file = folder / SETTINGS
        if extension:
            text = file.read_text("utf-8")
            file.write_text(
                text.replace("markdown_extensions = { ", f'markdown_extensions = {{ "{extension}" = {{}}, ')
            )
        # Not what its theme package would bring: its words and links are no concern of ours.
        python = environment(ENGINES / "zensical", [LOCKS / "zensical.lock"], with_needs=False)
        result = run(python, "-m", "zensical", "build", "--strict", cwd=folder, PYTHONPATH=f"{LOCKS}:{ROOT / 'hooks'}")
        assert result.returncode == 0, result.stdout + result.stderr
        assert "No issues found" in result.stdout + result.stderr, result.stdout + result.stderr
        super().__init__(folder / "site")


@pytest.fixture(scope="module", params=list(SITES))
def moved(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, MovedSite]:
    """Each review by name, as Zensical builds it."""
    return request.param, MovedSite(request.param, tmp_path_factory.mktemp(request.param) / "staged")


def words(tree: html.HtmlElement, *, captions: bool) -> list[str]:
    """The words of a page's own text. The table of contents and marks beside headings are the frame's.

    Without `captions` the page has plain tables, each below a paragraph 'Table: caption': its first word is left out.
    """
    article = tree.xpath("//article")[0]
    for extra in article.xpath(".//nav | .//*[contains(@class, 'headerlink')]"):
        extra.drop_tree()
    if not captions:
        for paragraph in article.xpath(
            ".//table[not(@class)]/preceding-sibling::*[1][self::p]"
        ):  # pictures have a class
            assert paragraph.text.startswith("Table: ")
            paragraph.text = paragraph.text.removeprefix("Table: ")
    return re.findall(r"\w+", " ".join(article.itertext()))


def compare(ours: Built, theirs: MovedSite, *, captions: bool) -> None:
    """Every page has its counterpart, with the same words in the same order."""
    pages = {name for name, _ in ours.pages()}
    assert pages == {name for name, _ in theirs.pages()}
    for name in pages:
        if ours.trees[name].xpath("//article"):  # the small pages at old addresses have none
            said = words(theirs.trees[name], captions=captions)
            assert said == words(ours.trees[name], captions=True), name


def test_zensical_builds_every_page_with_the_same_words(
    moved: tuple[str, MovedSite], built: Callable[[str], Path]
) -> None:
    name, theirs = moved
    compare(Built(built(name)), theirs, captions=False)


def test_no_link_of_what_zensical_builds_is_broken(moved: tuple[str, MovedSite]) -> None:
    test_site.test_every_link_and_fragment_leads_somewhere(moved[1])


def test_downloads_figures_and_tables_came_along(moved: tuple[str, MovedSite], built: Callable[[str], Path]) -> None:
    """Every file but those of the old frame: its rules for hosts, its scripts, style, icon and search."""
    name, theirs = moved
    site = Built(built(name))
    files = {file.relative_to(site.folder).as_posix() for file in site.folder.rglob("*") if file.is_file()}
    frame = {
        "_headers",
        "_redirects",
        ".nojekyll",
        "sitemap.xml",
        "sitemap.xml.gz",
        "404.html",
        THEME_STYLE,
        *(file.relative_to(FRAME).as_posix() for file in (FRAME / "assets").iterdir()),
    }
    wanted = {
        file for file in files - frame if not re.match(r"(assets/(stylesheets|javascripts|images)|search)/", file)
    }
    there = {file.relative_to(theirs.folder).as_posix() for file in theirs.folder.rglob("*") if file.is_file()}
    assert wanted - there == set()
    assert SETTINGS in theirs.staged - there
    for file in wanted:
        if not file.endswith((".html", ".css")):  # our style sheets lose their comments in a build
            assert (theirs.folder / file).read_bytes() == (site.folder / file).read_bytes(), file
    for page, tree in site.pages():
        other = theirs.trees[page]
        for path in ("count(//article//table)", "count(//article//svg)", "count(//article//figure)"):
            assert tree.xpath(path) == other.xpath(path), (page, path)


def test_the_menu_came_along(moved: tuple[str, MovedSite]) -> None:
    """All of it, in order; without one in mkdocs.yml, every page is in the one that the engine makes."""
    name, theirs = moved
    links = [theirs.target("index.html", href)[0] for href in theirs.trees["index.html"].xpath("//nav//a/@href")]
    menu = re.search(r"(?m)^nav:\n(?:  .*\n)+", (SITES[name] / "mkdocs.yml").read_text("utf-8"))
    if menu is None:
        assert sorted(links) == sorted(page for page, _ in theirs.pages())
        return
    uris = [uri.removesuffix(".md") for uri in re.findall(r"[\w/-]+\.md", menu[0])]
    assert len(uris) > 3
    assert links == [f"{uri}.html" if uri.rpartition("/")[2] == "index" else f"{uri}/index.html" for uri in uris]


@pytest.mark.parametrize("name", [SAMPLES[0], SAMPLES[2]])
def test_with_our_markdown_extension_tables_are_whole(name: str, built: Callable[[str], Path], tmp_path: Path) -> None:
    """As docs-dev/life-after-mkdocs.md says: captions and row headers come along, and then no word differs."""
    theirs = MovedSite(name, tmp_path / "staged", "evidence.output.accessible_tables")
    compare(Built(built(name)), theirs, captions=True)
    test_site.test_tables_have_captions_and_headers_on_both_sides(theirs)


# What is staged


HOSTILE = {
    "site_name": 'A "name"\\ with\nall\x7f that } ] = # could break it',
    "nav": [{'A "title" = ]': "index.md"}, {"Part": ["a.md", {"B": "b.md"}]}],
    "markdown_extensions": ["tables", {"toc": {"permalink": True, "toc_depth": 3}}, {"x.y": None}],
    "theme": "readthedocs",
    "use_directory_urls": False,
}


def test_the_settings_hold_any_name(tmp_path: Path) -> None:
    project = tomllib.loads(settings(load(SITES["tea"]), HOSTILE))["project"]
    assert project["site_name"] == HOSTILE["site_name"]
    assert project["nav"] == HOSTILE["nav"]
    assert project["use_directory_urls"] is False
    assert project["markdown_extensions"]["toc"] == {"permalink": True, "toc_depth": 3}
    assert project["markdown_extensions"]["x.y"] == {}
    assert {"attr_list", "md_in_html", "tables", "toc"} <= set(project["markdown_extensions"])


def staged_tea(tmp_path: Path, text: str | None) -> subprocess.CompletedProcess[str]:
    """What is said when a review is staged that has this text in mkdocs.yml, or no such file."""
    review = tmp_path / "tea"
    shutil.copytree(SITES["tea"], review, ignore=shutil.ignore_patterns(".cache", "mkdocs.yml"))
    if text is not None:
        (review / "mkdocs.yml").write_text(text, "utf-8")
    return run(sys.executable, "-m", "evidence_cli", "--root", review, "stage", tmp_path / "staged")


def test_a_review_without_settings_can_be_staged_too(tmp_path: Path) -> None:
    result = staged_tea(tmp_path, None)
    assert result.returncode == 0, result.stderr
    project = tomllib.loads((tmp_path / "staged" / SETTINGS).read_text("utf-8"))["project"]
    assert project["site_name"] == load(SITES["tea"]).title
    assert "nav" not in project


@pytest.mark.parametrize("text", ["nav: [", "- a list", "site_name: !!python/object/apply:os.system [exit 1]"])
def test_settings_that_cannot_be_used_are_told_and_run_nothing(text: str, tmp_path: Path) -> None:
    result = staged_tea(tmp_path, text)
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr.startswith("mkdocs.yml:")
    assert "Traceback" not in result.stderr


def test_an_old_address_leads_on_in_the_staged_site(moved: tuple[str, MovedSite]) -> None:
    name, theirs = moved
    old = load(SITES[name]).review.redirects
    for entry in old.values():
        tree = theirs.trees[entry.file]
        link = tree.xpath("//a/@href")[0]
        target, section = theirs.target(entry.file, link)
        assert not section or section in theirs.trees[target].xpath("//@id")
        end = target.removesuffix("index.html") + (f"#{section}" if section else "")
        canonical = tree.xpath("//link[@rel='canonical']/@href")
        # A site without an address has none.
        assert [address.endswith(end) for address in canonical] == ([True] if name == "night-trains" else [])
    assert bool(old) == (name in ("night-trains", "real"))
