"""What the site says of its publisher and of itself, and what must be set before it can be published."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest

from built_pages import asks_nothing_of_another_host, review
from conftest import ROOT, Built, mkdocs_build, run
from evidence.directives.publisher import missing
from evidence.model.site_data import Publisher
from evidence.site.loading import load
from evidence.site.site import Site
from evidence.text.words import file_size, in_words
from evidence_mkdocs.settings import SCRIPTS, SEARCH_SCRIPTS

ABOUT = ("index", "accessibility", "privacy", "formats")
NOBODY = "No publisher has been set yet, so there is nobody to write to."
SET = "name: Ann & Co\ncontact: {}\nsite_address: https://www.example.org/verges/\n"


def text_of(tree: Any) -> str:
    return " ".join(tree.xpath("//article")[0].text_content().split())


# The publisher, set in one place


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A small review whose one page names the publisher."""
    (tmp_path / "data").mkdir()
    (tmp_path / "docs").mkdir()
    (tmp_path / "bibliography.bib").write_text("")
    (tmp_path / "docs/index.md").write_text(
        "---\ntitle: Home\ndescription: A page.\n---\n\n# Home\n\n"
        "<!-- evidence: publisher name -->\n\n<!-- evidence: publisher contact -->\n"
    )
    return tmp_path


def with_publisher(root: Path, text: str) -> Site:
    (root / "data/publisher.yml").write_text(text, "utf-8")
    return load(root)


def shown(site: Site) -> str:
    return " ".join(site.resolved("index.md").markdown().split())


def test_without_a_publisher_pages_say_so(small: Path) -> None:
    assert NOBODY in shown(load(small))  # no file at all
    site = with_publisher(small, "# nobody yet\nname:\ncontact:\nsite_address:\n")
    assert site.problems == ()
    assert f"No publisher has been set yet. {NOBODY}" in shown(site)


@pytest.mark.parametrize(
    ("contact", "link"),
    [
        ("ann@verges.example", "(<mailto:ann@verges.example>)"),
        ("https://verges.example/write?to=us", "(<https://verges.example/write?to=us>)"),
    ],
)
def test_pages_name_the_publisher_and_how_to_reach_them(small: Path, contact: str, link: str) -> None:
    site = with_publisher(small, SET.format(contact))
    assert site.problems == ()
    assert "The publisher of this site is Ann &amp; Co." in shown(site)
    assert link in shown(site)
    assert NOBODY not in shown(site)
    assert missing(site.review.publisher) == ""


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("contact: the office\n", "contact is 'the office'; write an e-mail address"),
        ("contact: javascript:alert(1)\n", "contact is 'javascript:alert(1)'"),
        ("contact: a@b.example)<x\n", "contact is"),
        (
            "site_address: www.example.org\n",
            "site_address is 'www.example.org'; it must begin with http:// or https://",
        ),
        ("site_address: https://www.example.org/x\n", "it must begin with http:// or https:// and end with '/'"),
        (
            "site_address: http://www.example.org/\nhttps_only: yes\n",
            "'https_only' is yes, but site_address begins with http://; write https:// there once the host answers by it,",
        ),
        (
            "https_only: yes\nhttps_only_days: 731\n",
            "'https_only_days' is 731; write a number from 0 to 730, such as 365",
        ),
        ("https_only: yes\nhttps_only_days: -1\n", "'https_only_days' is -1; write a number from 0 to 730"),
        (
            "https_only_days: 7\n",
            "'https_only_days' says nothing while 'https_only' is not yes; write 'https_only: yes'",
        ),
        ("https_only: 31536000\n", "'https_only'"),
        ("adress: x\n", "'adress' is not a field that is known here"),
    ],
)
def test_a_publisher_who_cannot_be_reached_is_a_problem(small: Path, text: str, told: str) -> None:
    problems = [str(problem) for problem in with_publisher(small, text).problems]
    assert len(problems) == 1
    assert problems[0].startswith("data/publisher.yml:1: ")
    assert told in problems[0]


@pytest.mark.parametrize("wanted", ["", " address", " name contact"])
def test_a_wrong_directive_is_a_problem(small: Path, wanted: str) -> None:
    page = small / "docs/index.md"
    page.write_text(page.read_text("utf-8") + f"\n<!-- evidence: publisher{wanted} -->\n")
    assert [str(p.where) for p in load(small).problems] == ["docs/index.md:12"]


def test_publishing_is_refused_until_all_is_set(small: Path) -> None:
    command = (sys.executable, "-m", "evidence_cli", "--root", small, "publish", "--check")
    result = run(*command)
    assert result.returncode == 1
    assert "data/publisher.yml: 'name', 'contact' and 'site_address' are not set" in result.stderr
    with_publisher(small, "name: Ann\nsite_address: https://www.example.org/\n")
    result = run(*command)
    assert (result.returncode, result.stdout) == (1, "")
    assert "'contact' is not set" in result.stderr
    assert "contact: where readers can write to" in result.stderr
    assert "'name'" not in result.stderr
    with_publisher(small, SET.format("ann@verges.example"))
    assert run(*command).returncode == 0


def test_make_publish_refuses() -> None:
    """On the real project, whose publisher is not set; `make` is told that its environment is ready."""
    if not missing(review().publisher):
        assert run("make", "-n", "publish").returncode == 0  # the day that it is set
        return
    result = run("make", "READY=", f"BIN={Path(sys.executable).parent}", "publish")
    assert result.returncode != 0
    assert "data/publisher.yml" in result.stderr
    assert "Fill in:" in result.stderr


def test_a_site_with_an_address_says_it(tmp_path: Path) -> None:
    folder = tmp_path / "a/b/meadow"
    shutil.copytree(ROOT / "tests/sites/meadow", folder, ignore=shutil.ignore_patterns(".cache"))
    (tmp_path / "hooks").symlink_to(ROOT / "hooks")
    with_publisher(folder, SET.format("ann@verges.example"))
    result = mkdocs_build(folder / "mkdocs.yml", tmp_path / "site")
    assert result.returncode == 0, result.stderr
    built = Built(tmp_path / "site")
    canonical = built.trees["compare/index.html"].xpath("//link[@rel='canonical']/@href")
    assert canonical == ["https://www.example.org/verges/compare/"]


# The pages about the site


@pytest.mark.parametrize("name", ABOUT)
def test_pages_about_the_site_say_what_is_so(name: str, real: Built) -> None:
    address = "about/index.html" if name == "index" else f"about/{name}/index.html"
    tree = real.trees[address]
    publisher = review().publisher
    assert (NOBODY in text_of(tree)) == (not publisher.contact)
    document = next(
        found
        for found in load(ROOT).documents
        if found.uri == address.replace("/index.html", ".md").replace("about.md", "about/index.md")
    )
    day = document.front.get("checked") or review().reading.checked
    assert f"Last checked: {in_words(str(day))}." in text_of(tree)
    headings = [heading.text_content() for heading in tree.xpath("//article//*[self::h1 or self::h2]")]
    assert not [heading for heading in headings if "?" in heading]


def test_the_accessibility_statement_has_its_parts(real: Built) -> None:
    tree = real.trees["about/accessibility/index.html"]
    ids = tree.xpath("//article//h2[@id != 'page-changes']/@id")
    assert ids == [
        *("hard", "alternatives", "report", "complain"),
        *("status", "not-accessible", "burden", "out-of-scope", "tested", "mended", "statement"),
    ]
    text = text_of(tree)
    for words in (
        "No one outside the project has assessed the site yet",
        "This site is partially compliant with the guidelines.",
        "1.3.2 Meaningful Sequence",
        "disproportionate burden",
        "Equality Advisory and Support Service",
        "Equality Commission for Northern Ireland",
        "(No. 2) Accessibility Regulations 2018",
        "not been tested with readers",
        "No person has tested it with a screen reader",
        "no version in Welsh",
        "or in British Sign Language",
    ):
        assert words in text


# What each script of the frame is for, in the words of the statement; two are part of no list, as links and plain pages do without them.
SCRIPTED = {
    "search.js": "the search",
    "filter.js": "of references",
    "audit.js": "of the audit",
    "points.js": "of what points rest on",
    "kit.js": "the form that counts the papers for a meeting",
    "choose.js": "the choice of questions to print",
    "copy.js": "the buttons that copy a reference",
    "listen.js": "the button that reads a page aloud",
}


def test_the_statement_names_each_part_that_needs_a_script(real: Built) -> None:
    assert {Path(script).name for script in (*SCRIPTS, *SEARCH_SCRIPTS)} == {*SCRIPTED, "site.js", "search-find.js"}
    tree = real.trees["about/accessibility/index.html"]
    [listed] = tree.xpath("//p[contains(., 'need JavaScript')]/following-sibling::ul[1]")
    assert [words for words in SCRIPTED.values() if words not in " ".join(listed.text_content().split())] == []
    assert tree.xpath("//p[starts-with(., 'Six parts')]")
    assert len(listed) == 6


def test_the_page_on_the_readers_own_way_is_found_and_names_the_pages_that_can_be_heard(real: Built) -> None:
    for name in ("index.html", "about/index.html", "about/accessibility/index.html", "about/formats/index.html"):
        links = real.trees[name].xpath("//main//a/@href | //footer//a/@href")
        assert [link for link in links if link.endswith("your-way/")], name
    [named] = real.trees["about/your-way/index.html"].xpath(
        "//p[contains(., 'a button that reads them aloud')]/following-sibling::ul[1]"
    )
    said = {urljoin("/about/your-way/", href)[1:] for href in named.xpath(".//a/@href")}
    heard = {
        name.removesuffix("index.html") for name, tree in real.trees.items() if tree.xpath("//template[@id='listen']")
    }
    assert said == heard
    # Other pages lead there, and name none.
    for name in ("accessibility", "formats", "privacy"):
        tree = real.trees[f"about/{name}/index.html"]
        assert tree.xpath("//article//a/@href[contains(., '../your-way/#aloud')]"), name


def test_nothing_is_asked_of_another_host(site: Built) -> None:
    asks_nothing_of_another_host(site)


def test_nothing_is_missing_of_a_publisher_who_is_set() -> None:
    assert missing(Publisher("a", "b", "c")) == ""


@pytest.mark.parametrize(
    ("size", "words"),
    [(0, "0 KB"), (1, "1 KB"), (84_000, "84 KB"), (84_001, "85 KB"), (999_001, "1.0 MB"), (1_450_000, "1.5 MB")],
)
def test_sizes_are_in_readers_units(size: int, words: str) -> None:
    assert file_size(size) == words


def test_what_no_page_uses_is_not_shipped(real: Built) -> None:
    names = [file.relative_to(real.folder).as_posix() for file in real.folder.rglob("*")]
    assert not [
        name for name in names if name.endswith(".map") or name.startswith("assets/javascripts/") or "/palette." in name
    ]
