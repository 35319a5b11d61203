"""Versions kept at addresses of their own, and pages at old addresses: on a small repository with the sample site."""

from __future__ import annotations

import json
import re
import shutil
import sys
from pathlib import Path

import pytest
from lxml import html

from conftest import ROOT, Built, mkdocs_build, run
from evidence.model.redirects import Redirect
from evidence.pages.bare_pages import host_lines, redirect_page
from evidence.site.loading import load
from evidence_publish.archived import archived_versions, with_notice
from evidence_publish.host_files import base_path
from evidence_publish.publish import build_settings, finish
from evidence_publish.release import RELEASES
from under_policy import refused

pytestmark = pytest.mark.needs("much time")

ONE = "# Changes\n\n## 1.0.0 - 2026-12-01\n\n### Content\n\n- The first pages. (index.md)\n"
TWO = (
    "# Changes\n\n## 2.0.0 - 2027-01-15\n\n### Content\n\n- Compare has moved. (side-by-side.md)\n\n"
    + ONE.partition("\n\n")[2]
)
CHANGES = """---
title: Changes
description: What changed.
---

# Changes

<!-- evidence: changes versions -->

## Content { #content }

<!-- evidence: changes content -->
"""
# The heads and last lines of the real frame, whose footer has links to pages that this site has not.
FRAME = """{% extends "base.html" %}
{% block extrahead %}{{ head }}{% endblock %}
{% block content %}{{ super() }}{{ cite_line }}{% endblock %}
"""
ADDRESS = "https://www.example.org/verges/"


def git(folder: Path, *command: str) -> None:
    result = run("git", "-c", "user.name=Ann", "-c", "user.email=ann@verges.example", *command, cwd=folder)
    assert result.returncode == 0, result.stderr


def write_meadow(folder: Path) -> None:
    """The sample site as a project of its own, with a page for changes."""
    shutil.copytree(ROOT / "tests/sites/meadow", folder, ignore=shutil.ignore_patterns(".cache"))
    config = (folder / "mkdocs.yml").read_text("utf-8")
    config = config.replace("../../../hooks/mkdocs_hooks.py", "hooks/mkdocs_hooks.py")
    extra = "extra: {evidence: {releases: !ENV [RELEASES, '']}}\n"
    config = config.replace("nav:\n", f"{extra}nav:\n  - Changes: changes.md\n")
    assert extra in config
    config = config.replace("theme:\n", "theme:\n  custom_dir: templates\n")
    (folder / "templates").mkdir()
    (folder / "templates/main.html").write_text(FRAME)
    (folder / "mkdocs.yml").write_text(config, "utf-8")
    (folder / "docs/changes.md").write_text(CHANGES, "utf-8")
    (folder / ".gitignore").write_text(".build/\n.cache/\nreleases/\n")


def keep(folder: Path, *arguments: str) -> str:
    result = run(sys.executable, "-m", "evidence_cli", "release", *arguments, cwd=folder)
    return "" if result.returncode == 0 else result.stderr.strip()


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with version 1.0.0 tagged and kept, and 2.0.0, in which a page has moved and one is gone, tagged and not kept."""
    folder = tmp_path_factory.mktemp("release") / "meadow"
    write_meadow(folder)
    shutil.copytree(ROOT / "hooks", folder / "hooks", ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "CHANGELOG.md").write_text(ONE)
    (folder / "docs/gone.md").write_text("---\ntitle: Gone\ndescription: It goes.\n---\n\n# Gone\n")
    config = (folder / "mkdocs.yml").read_text("utf-8").replace("  - Changes:", "  - Gone: gone.md\n  - Changes:")
    (folder / "mkdocs.yml").write_text(config)
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "One")
    git(folder, "tag", "v1.0.0")
    assert keep(folder, "1.0.0") == ""
    (folder / "docs/gone.md").unlink()
    git(folder, "mv", "docs/compare.md", "docs/side-by-side.md")
    for file in (*folder.glob("docs/**/*.md"), *folder.glob("data/*.yml")):
        file.write_text(file.read_text("utf-8").replace("compare.md", "side-by-side.md"), "utf-8")
    config = config.replace("  - Gone: gone.md\n", "").replace("compare.md", "side-by-side.md")
    (folder / "mkdocs.yml").write_text(config)
    (folder / "data/redirects.yml").write_text("compare/: side-by-side.md\n")
    (folder / "CHANGELOG.md").write_text(TWO)
    (folder / "data/publisher.yml").write_text(f"name: Ann\ncontact: ann@verges.example\nsite_address: {ADDRESS}\n")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "Two")
    git(folder, "tag", "v2.0.0")
    return folder


@pytest.fixture(scope="module")
def newest(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The newest site with the kept version in it."""
    site = tmp_path_factory.mktemp("site") / "site"
    command = (sys.executable, "-m", "mkdocs", "build", "--strict", "-d", site)
    result = run(*command, cwd=project, RELEASES="releases", PYTHONPATH=str(project / "hooks"))
    assert result.returncode == 0, result.stderr
    assert "WARNING" not in result.stderr, result.stderr
    return Built(site)


def test_a_version_is_built_from_its_tag_and_nothing_is_left_behind(project: Path) -> None:
    assert archived_versions(project / "releases") == ("1.0.0",)
    assert (project / "releases/1.0.0/gone/index.html").is_file()
    assert (project / "releases/1.0.0/version-date.txt").read_text() == "2026-12-01\n"
    assert run("git", "worktree", "list", cwd=project).stdout.count("\n") == 1
    assert not list((project / ".build").iterdir())
    assert run("git", "status", "--short", cwd=project).stdout == ""


def test_what_cannot_be_kept_is_told(project: Path) -> None:
    assert keep(project, "1.0.0") == "releases/1.0.0 is kept already; its address must not change, so it stays as it is"
    assert keep(project, "3.0.0") == "there is no tag v3.0.0; commit the version, then run: git tag v3.0.0"
    assert keep(project, "../x") == "'../x' is no version; write a number such as 1.0.0"
    assert keep(project) == "name the version to keep, as in: make release VERSION=1.0.0"
    git(project, "tag", "v4.0.0", "v1.0.0")
    assert keep(project, "4.0.0") == "CHANGELOG.md at tag v4.0.0: its newest version is 1.0.0, not 4.0.0"
    assert not (project / "releases/4.0.0").exists()


def test_a_version_that_does_not_build_is_not_archived(project: Path) -> None:
    git(project, "checkout", "-q", "-b", "broken")
    (project / "docs/index.md").write_text("No heading.\n")
    (project / "CHANGELOG.md").write_text(TWO.replace("2.0.0 - 2027", "5.0.0 - 2027"))
    git(project, "commit", "-q", "-a", "-m", "Broken")
    git(project, "tag", "v5.0.0")
    git(project, "checkout", "-q", "-")
    told = keep(project, "5.0.0")
    assert told.startswith("the version cannot be built:")
    assert "docs/index.md:1" in told
    assert archived_versions(project / "releases") == ("1.0.0",)


def test_pages_of_a_kept_version_lead_to_the_newest(newest: Built) -> None:
    old = {name: tree for name, tree in newest.trees.items() if name.startswith("v/1.0.0/")}
    assert {"v/1.0.0/index.html", "v/1.0.0/gone/index.html", "v/1.0.0/compare/index.html"} < set(old)
    for name, tree in old.items():
        notice = tree.xpath("//article/aside[@class='old-version']")
        assert len(notice) == 1, name
        text = notice[0].text_content()
        assert text.startswith("This is version 1.0.0 of 1 December 2026, kept as it was."), name
        here = name.removeprefix("v/1.0.0/")
        gone = here == "gone/index.html"
        target, _ = newest.target(name, notice[0].xpath(".//a/@href")[0])
        assert target == ("index.html" if gone else here), name
        assert ("This page is gone. Go to the newest home page" in text) == gone
        assert tree.xpath("//meta[@name='robots']/@content") == ["noindex"], name
        canonical = ADDRESS + ("" if gone else re.sub(r"(^|/)index\.html$", r"\1", here))
        assert tree.xpath("//link[@rel='canonical']/@href") == [canonical], name


def test_the_newest_pages_say_nothing_of_that_sort(newest: Built) -> None:
    for name, tree in newest.trees.items():
        if not name.startswith("v/") and name != "compare/index.html":
            assert not tree.xpath("//aside[@class='old-version'] | //meta[@name='robots']"), name


def test_all_links_of_a_kept_version_lead_somewhere(newest: Built) -> None:
    number = 0
    for name, tree in newest.trees.items():
        if not name.startswith("v/"):
            continue
        for href in tree.xpath("//a/@href | //link[@rel='stylesheet']/@href | //script/@src"):
            if not re.match(r"[a-z][a-z+.-]*:|//|#", href, re.I):
                number += 1
                target, _ = newest.target(name, href)
                assert (newest.folder / target).is_file(), (name, href)
    assert number > 30


def test_a_kept_version_weighs_no_more_than_its_pages_and_their_files(newest: Built, tmp_path: Path) -> None:
    """No copy for reading offline, no compressed twins: all that pages link to, once."""
    shutil.copytree(newest.folder, tmp_path / "site")
    finish(tmp_path / "site", tmp_path / "none", compressed=True)
    kept = [file for file in (tmp_path / "site/v/1.0.0").rglob("*") if file.is_file()]
    assert (tmp_path / "site/index.html.br").is_file()
    assert {file.suffix for file in kept} & {".gz", ".br"} == set()
    assert [file.name for file in kept if file.name.endswith("-offline.zip")] == []


def test_search_engines_and_hosts_see_one_site(newest: Built) -> None:
    folder = newest.folder
    assert "/v/" not in (folder / "sitemap.xml").read_text()
    for name in ("sitemap.xml", "_headers", "_redirects", "404.html", "changes.xml", "version-date.txt"):
        assert not (folder / "v/1.0.0" / name).exists(), name
    allowed = (folder / "_headers").read_text()
    for file in folder.glob("v/**/*.html"):  # scripts of old pages still run under the one policy
        assert refused(file.read_text(), scripts="'unsafe-inline'" not in allowed) == []


def test_the_page_for_changes_leads_to_kept_versions(newest: Built) -> None:
    tree = newest.trees["changes/index.html"]
    items = [li for li in tree.xpath("//article//li") if li.text_content().startswith("Version")]
    assert [li.text_content().strip() for li in items] == [
        "Version 2.0.0, 15 January 2027",
        "Version 1.0.0, 1 December 2026, kept as it was",
    ]
    assert newest.target("changes/index.html", items[1].xpath("a/@href")[0])[0] == "v/1.0.0/index.html"


def test_versions_come_in_only_where_they_are_asked_for(project: Path, tmp_path: Path) -> None:
    result = run(
        sys.executable,
        "-m",
        "mkdocs",
        "build",
        "--strict",
        "-d",
        tmp_path,
        cwd=project,
        PYTHONPATH=str(project / "hooks"),
    )
    assert result.returncode == 0, result.stderr
    assert not (tmp_path / "v").exists()


def test_all_archives_what_is_released_and_not_archived(project: Path) -> None:
    assert keep(project, "--all") == ""
    assert archived_versions(project / "releases") == ("2.0.0", "1.0.0")
    # Its pages name the address that lasts, for themselves and for the site; 1.0.0 had none, and says so.
    page = html.parse(project / "releases/2.0.0/side-by-side/index.html").getroot()
    lasting = f"{ADDRESS}v/2.0.0/side-by-side/"
    assert page.xpath("//link[@rel='cite-as']/@href") == [lasting]
    assert page.xpath("//meta[@property='og:url' or @name='DC.identifier']/@content") == [lasting, lasting]
    line = page.xpath("//p[contains(@class, 'cite-this')]")[0]
    assert lasting in line.text_content()
    about = [json.loads(text) for text in page.xpath("//script[@type='application/ld+json']/text()")]
    assert about[0]["url"] == lasting
    assert about[0]["isPartOf"]["url"] == f"{ADDRESS}v/2.0.0/"
    home = html.parse(project / "releases/2.0.0/index.html").getroot()
    assert home.xpath("//link[@rel='cite-as']/@href") == [f"{ADDRESS}v/2.0.0/"]
    for file in (project / "releases/2.0.0").rglob("*.html"):
        for address in re.findall(rf"{ADDRESS}[^\s\"'<]*", file.read_text("utf-8")):
            assert address.startswith(f"{ADDRESS}v/2.0.0/"), (file, address)
    assert not html.parse(project / "releases/1.0.0/index.html").xpath("//link[@rel='cite-as']")


def test_a_page_of_a_kept_version_is_cited_at_its_own_address_and_the_newest_page_counts_in_searches(
    project: Path,
) -> None:
    page = (project / "releases/2.0.0/side-by-side/index.html").read_text("utf-8")
    made = with_notice(page, "side-by-side/index.html", "2.0.0", "", same=True, site_address=ADDRESS)
    tree = html.fromstring(made)
    assert tree.xpath("//link[@rel='cite-as']/@href") == [f"{ADDRESS}v/2.0.0/side-by-side/"]
    assert tree.xpath("//link[@rel='canonical']/@href") == [f"{ADDRESS}side-by-side/"]


def test_make_release_and_make_publish_keep_versions() -> None:
    said = run("make", "-n", "release", "VERSION=1.2.3").stdout
    assert "-m evidence_cli release 1.2.3" in said
    assert "-m evidence_cli publish" in run("make", "-n", "publish").stdout
    assert "-m evidence_cli build" in run("make", "-n", "site").stdout
    assert build_settings(ROOT)["RELEASES"] == RELEASES == "releases"


@pytest.mark.parametrize(("page", "said"), [("cy", ' lang="en" dir="ltr"'), ("en-GB", "")])
def test_a_notice_on_a_page_in_another_language_says_its_own(page: str, said: str) -> None:
    made = with_notice(f'<html lang="{page}"><body><article>x', "a/index.html", "1.0.0", "", same=True, site_address="")
    assert f'<aside class="old-version"{said} aria-label="About this version">' in made


@pytest.mark.parametrize("uri", ["index.html", "a/index.html", "a/b.html"])
def test_a_notice_escapes_and_finds_its_way_up(uri: str) -> None:
    page = "<html><head><link rel=canonical href=x></head><body data-x='>'><main>Text</main></body></html>"
    made = with_notice(page, uri, "1.0.0", '"><script>', same=True, site_address="")
    assert "<script>" not in made
    assert "canonical" not in made
    link = html.fromstring(made).xpath("//aside//a/@href")[0]
    up = "../" * uri.count("/") + "../../"
    assert link == (up + uri).removesuffix("index.html")


# Pages that have moved


def test_an_old_address_leads_on(newest: Built) -> None:
    tree = newest.trees["compare/index.html"]
    assert tree.get("lang") == "en-GB"
    link = tree.xpath("//main//a/@href")[0]
    assert newest.target("compare/index.html", link)[0] == "side-by-side/index.html"
    assert tree.xpath("//meta[@http-equiv='refresh']/@content") == [f"0; url={link}"]
    assert tree.xpath("//link[@rel='canonical']/@href") == [f"{ADDRESS}side-by-side/"]
    assert not tree.xpath("//script | //style | //@style")
    assert (newest.folder / "_redirects").read_text() == "/verges/compare/ /verges/side-by-side/ 301\n"
    assert base_path(newest.folder) == "/verges/"
    assert "/compare/" not in (newest.folder / "sitemap.xml").read_text()


@pytest.fixture
def small(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    (tmp_path / "docs/a").mkdir(parents=True)
    (tmp_path / "bibliography.bib").write_text("")
    for uri in ("index.md", "a/index.md", "a/b.md"):
        (tmp_path / "docs" / uri).write_text(f"---\ntitle: T {uri}\ndescription: D {uri}.\n---\n\n# T {uri}\n")
    return tmp_path


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a/b/: index.md", "1: 'a/b/' is the address of a page; take one of the two away"),
        ("A/: index.md", "1: 'A/' is the address of a page"),
        ("a/index.html: index.md", "1: 'a/index.html' is the address of a page"),
        ("x/: a/c.md", "1: there is no page 'a/c.md'; did you mean 'a/b.md'?"),
        ("x/: y.md\ny/: a/b.md", "1: 'y.md' has moved itself; name 'a/b.md'"),
        ("x/: x.md", "1: 'x/' leads round in a circle; name a page that exists"),
        ("../x/: index.md", "1: '../x/' is no address of this site; write it as 'old/address/'"),
        ("x/../y/: index.md", "1: 'x/../y/' is no address of this site"),
        ("https://x.example/: index.md", "1: 'https://x.example/' is no address of this site"),
        ('"x?y=1": index.md', "1: 'x?y=1' is no address of this site"),
        ('"x y\\n/* 200": index.md', "1: 'x y\\x0a/* 200' is no address of this site"),
        ('"x\u202ey": index.md', "1: 'x"),
        ("x/: https://x.example/", "1: 'https://x.example/' is no page; write it as in docs/, such as 'new/page.md'"),
        ("x/: [index.md]", "1: '['index.md']' is no page"),
        ("assets/x/: index.md", "1: 'assets/x/' lies in a folder that is kept for other files"),
        ("x/: index.md\n/x: index.md", "2: 'x/' stands here a second time (data/redirects.yml:1)"),
        ("- x", "1: this file must be lines such as 'old/address/: new/page.md'"),
    ],
)
def test_a_wrong_redirect_is_a_problem(small: Path, text: str, expected: str) -> None:
    (small / "data/redirects.yml").write_text(f"{text}\n")
    found = [str(problem) for problem in load(small).problems]
    assert len(found) == 1, found
    assert found[0].startswith(f"data/redirects.yml:{expected}")


def test_pages_whose_names_have_other_letters_or_spaces_can_move(small: Path) -> None:
    (small / "docs/été à vélo.md").write_text("# By bike\n", "utf-8")
    (small / "data/redirects.yml").write_text(
        "café noir/: été à vélo.md\nwhat's new/q&a/: index.md\n/тема/: index.md\n", "utf-8"
    )
    site = load(small)
    assert [problem for problem in site.problems if problem.where.path == "data/redirects.yml"] == []
    assert [(entry.file, entry.page) for entry in site.review.redirects.values()] == [
        ("café noir/index.html", "été à vélo.md"),
        ("what's new/q&a/index.html", "index.md"),
        ("тема/index.html", "index.md"),
    ]


def test_a_circle_of_two_is_told_for_both(small: Path) -> None:
    (small / "data/redirects.yml").write_text("x/: y.md\ny/: x.md\n")
    assert [str(p).partition(": ")[2] for p in load(small).problems] == [
        "'x/' leads round in a circle; name a page that exists",
        "'y/' leads round in a circle; name a page that exists",
    ]


def test_the_forms_of_an_old_address() -> None:
    assert Redirect("x/y/", "a.md#z").sources == ("x/y.md", "x/y/index.md")
    assert (Redirect("x/y/", "a.md#z").page, Redirect("x/y/", "a.md").file) == ("a.md", "x/y/index.html")
    assert Redirect("x/y.html", "a.md").file == "x/y.html"
    assert host_lines([("x/", "./"), ("y.html", "a b/#c")], "") == "/x/ / 301\n/y.html /a%20b/#c 301\n"


def test_a_page_at_an_old_address_is_harmless() -> None:
    page = redirect_page("../a/", '"><script>alert(1)</script>', 'https://x.example/"><b>', '"x').decode()
    assert "<script>" not in page
    assert "<b>" not in page
    assert refused(page) == []


def test_a_site_without_folders_for_addresses(tmp_path: Path) -> None:
    """`use_directory_urls: false`: old addresses end in .html and lead to files."""
    folder = tmp_path / "meadow"
    write_meadow(folder)
    (folder / "hooks").symlink_to(ROOT / "hooks")
    config = (folder / "mkdocs.yml").read_text("utf-8")
    (folder / "mkdocs.yml").write_text(f"use_directory_urls: false\n{config}")
    (folder / "data/redirects.yml").write_text("old/compared.html: compare.md\nold/: themes/index.md#top\n")
    result = mkdocs_build(folder / "mkdocs.yml", tmp_path / "site")
    assert result.returncode == 0, result.stderr
    built = Built(tmp_path / "site")
    assert built.trees["old/compared.html"].xpath("//main//a/@href") == ["../compare.html"]
    assert built.trees["old/index.html"].xpath("//main//a/@href") == ["../themes/index.html#top"]
