"""CHANGELOG.md: what is read from it, what is wrong in it, and where readers meet it."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest

from conftest import ROOT, Built
from evidence.model.changes import Changes, edition
from evidence.model.review import Review
from evidence.rules.changes import versions_are_in_order
from evidence.site.loading import load
from evidence.site.site import Site
from evidence.sources.changes import parse_changes
from evidence.subject import Subject

GOOD = """\
# Changes

Anything may stand here, even a line that names a page (index.md).

<!--
## 9.9.9 - 2030-01-01
-->

## Not yet released

### Content

- A line
  that goes on. (index.md)

## 1.1.0 - 2026-12-24

### Code

- Only `make` changed

### Content

- Bees <b>&amp;</b> "bats" now have a page (index.md, `bats.md`).
- Nothing to name (but brackets)

## 1.0.0 – 2026-12-01

### Content

* First (index.md)
"""


def told(text: str) -> list[str]:
    changes, problems = parse_changes(text)
    return [str(p) for p in (*problems, *versions_are_in_order(Subject(Review(changes=changes))))]


def test_versions_are_read_newest_first() -> None:
    changes, problems = parse_changes(GOOD)
    assert problems == []
    assert [(v.number, v.day, len(v.content), len(v.code)) for v in changes.versions] == [
        ("", "", 1, 0),
        ("1.1.0", "2026-12-24", 2, 1),
        ("1.0.0", "2026-12-01", 1, 0),
    ]
    first, second, third = changes.versions[0].content[0], *changes.versions[1].content
    assert (first.text, first.pages, first.where.line) == ("A line that goes on.", ("index.md",), 13)
    assert (second.text, second.pages) == ('Bees <b>&amp;</b> "bats" now have a page.', ("index.md", "bats.md"))
    assert (third.text, third.pages) == ("Nothing to name (but brackets).", ())


def test_the_version_and_date_in_words() -> None:
    changes, _ = parse_changes(GOOD)
    assert edition(changes, "2026-11-22") == "Content version 1.1.0, 24 December 2026. Changed since then."
    assert edition(Changes(changes.versions[1:]), "") == "Content version 1.1.0, 24 December 2026."
    assert edition(Changes(changes.versions[:1]), "2026-11-22") == "Not yet released. Last checked on 22 November 2026."
    assert edition(Changes(), "") == "Not yet released."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("## Not yet relased\n", "3: heading 'Not yet relased' is no version; write '## Not yet released' or"),
        ("## 1.0 - 2026-12-01\n", "3: heading '1.0 - 2026-12-01' is no version"),
        ("## 1.0.0\n", "3: heading '1.0.0' is no version"),
        ("## 1.0.0 - 1 December 2026\n", "3: heading '1.0.0 - 1 December 2026' is no version"),
        ("## 1.0.0 - 2026-13-01\n", "3: '2026-13-01' is no date; write a day such as 2026-12-01"),
        ("## 1.0.0 - 20261201\n", "3: '20261201' is no date"),
        ("## 01.0.0 - 2026-12-01\n", "3: heading '01.0.0 - 2026-12-01' is no version"),
        ("## 1.0.0 - 2026-12-01\n", "3: version 1.0.0 names no change"),
        (
            "## 1.0.0 - 2026-12-01\n\n### Contents\n\n- x\n",
            "5: heading 'Contents'; it must be 'Content' or 'Code'; did you",
        ),
        ("## 1.0.0 - 2026-12-01\n### Code\n- x\n### Code\n- y\n", "6: '### Code' stands here a second time"),
        ("## 1.0.0 - 2026-12-01\n### Code\n- x\ny\n", "6: 'y' is not part of a list"),
        ("## 1.0.0 - 2026-12-01\n- x\n### Code\n- y\n", "4: this line stands below neither '### Content' nor"),
        ("## 1.0.0 - 2026-12-01\n### Code\n- (index.md)\n- y\n", "5: this line names pages, but not what changed"),
        (
            "## 1.0.0 - 2026-12-01\n### Code\n- x\n## Not yet released\n",
            "6: '## Not yet released' must stand above all versions",
        ),
        (
            "## 1.0.0 - 2026-12-01\n### Code\n- x\n## 1.0.0 - 2026-12-01\n### Code\n- x\n",
            "6: version 1.0.0 stands here a second time; the first is at line 3",
        ),
        (
            "## 1.9.0 - 2026-12-01\n### Code\n- x\n## 1.10.0 - 2026-11-01\n### Code\n- x\n",
            "6: version 1.10.0 is newer than 1.9.0 above it; newest first",
        ),
        (
            "## 1.1.0 - 2026-12-01\n### Code\n- x\n## 1.0.0 - 2026-12-02\n### Code\n- x\n",
            "6: version 1.0.0 has the day 2026-12-02, after that of 1.1.0 above it (2026-12-01)",
        ),
    ],
)
def test_a_slip_is_told_by_its_line(text: str, expected: str) -> None:
    found = told(f"# Changes\n\n{text}")
    assert len(found) == 1, found
    assert found[0].startswith(f"CHANGELOG.md:{expected}")


PAGE = "---\ntitle: {}\ndescription: All of {}.\n---\n\n# {}\n\n{}\n"
DIRECTIVES = "## Versions { #versions }\n\n" + "\n\n".join(
    f"<!-- evidence: changes {what} -->" for what in ("versions", "content", "code", "feed")
)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A small review with a page for changes and one that changed."""
    (tmp_path / "data").mkdir()
    (tmp_path / "docs/about").mkdir(parents=True)
    (tmp_path / "bibliography.bib").write_text("")
    (tmp_path / "docs/index.md").write_text(PAGE.format("Home", "home", "Home", ""))
    (tmp_path / "docs/bats.md").write_text(PAGE.format("Bats & [b](c)", "bats", "Bats & \\[b](c)", ""))
    (tmp_path / "docs/about/changes.md").write_text(PAGE.format("Changes", "changes", "Changes", DIRECTIVES))
    (tmp_path / "CHANGELOG.md").write_text(GOOD, "utf-8")
    return tmp_path


def shown(site: Site, uri: str) -> str:
    return " ".join(html.unescape(site.resolved(uri).markdown()).split())


def test_the_page_for_changes_lists_all_of_them_and_names_their_pages(small: Path) -> None:
    site = load(small)
    assert site.problems == ()
    text = shown(site, "about/changes.md")
    assert "- Version 1.1.0, 24 December 2026 - Version 1.0.0, 1 December 2026" in text
    assert 'Bees <b>&amp;</b> "bats" now have a page. See: [Home](../index.md), [Bats & [b](c)](../bats.md).' in text
    assert "<b>" not in site.resolved("about/changes.md").markdown()
    assert text.index("#content-not-released") < text.index("#content-v-1-1-0") < text.index("#code-v-1-1-0")
    assert "Only <code>make</code> changed." in text
    assert "[Follow new versions in a feed](../changes.xml) (Atom)." in text
    assert site.changes_page == "about/changes.md"


def test_a_page_lists_what_changed_on_it_newest_first(small: Path) -> None:
    site = load(small)
    tail = shown(site, "index.md").partition("What changed on this page")[2]
    lines = [
        "Not yet in a released version: A line",
        "24 December 2026, version 1.1.0: Bees",
        "1 December 2026, version",
    ]
    assert [tail.index(line) for line in lines] == sorted(tail.index(line) for line in lines)
    assert "[All changes to this site](about/changes.md)" in tail
    assert "First" not in shown(site, "bats.md")
    assert "What changed" not in shown(site, "about/changes.md")


def test_a_page_can_do_without_the_list_and_is_still_named_in_that_of_the_site(small: Path) -> None:
    page = small / "docs/index.md"
    page.write_text(page.read_text().replace("\n---\n", "\nchanges: false\n---\n", 1))
    site = load(small)
    assert site.problems == ()
    assert "What changed" not in shown(site, "index.md")
    assert "See: [Home](../index.md)" in shown(site, "about/changes.md")


def test_a_page_lists_at_most_five(small: Path) -> None:
    lines = "".join(f"- Number {i}. (index.md)\n" for i in range(8))
    (small / "CHANGELOG.md").write_text(f"## 1.0.0 - 2026-12-01\n### Content\n{lines}")
    assert re.findall(r"Number (\d)", shown(load(small), "index.md")) == list("01234")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ("x (bat.md)", "there is no page 'bat.md'; did you mean 'bats.md'?"),
        ("x (zzz/qqq.md)", "there is no page 'zzz/qqq.md'; if it has moved, say so in data/redirects.yml"),
        ("x (about/changes)", "to name the page 'about/changes', write 'about/changes.md'"),
    ],
)
def test_a_change_to_a_page_that_is_not_there_is_a_problem(small: Path, change: str, expected: str) -> None:
    (small / "CHANGELOG.md").write_text(f"# Changes\n\n## Not yet released\n\n### Content\n\n- {change}\n")
    assert [str(problem) for problem in load(small).problems] == [f"CHANGELOG.md:7: {expected}"]


def test_changes_to_a_page_that_moved_stay_with_it(small: Path) -> None:
    (small / "CHANGELOG.md").write_text("## 1.0.0 - 2026-12-01\n### Content\n- Wings. (wings.md, air/index.md)\n")
    (small / "data/redirects.yml").write_text("wings/: bats.md\nair: bats.md\n")
    site = load(small)
    assert site.problems == ()
    assert shown(site, "bats.md").count("Wings.") == 1
    assert "See: [Bats & [b](c)](../bats.md)." in shown(site, "about/changes.md")


def test_without_a_file_nothing_is_said(small: Path) -> None:
    (small / "CHANGELOG.md").unlink()
    site = load(small)
    assert (site.problems, site.edition, site.review.version) == ((), "", "")
    assert "No version has been released yet." in shown(site, "about/changes.md")


def test_a_wrong_directive_is_a_problem(small: Path) -> None:
    page = small / "docs/index.md"
    page.write_text(page.read_text() + "\n<!-- evidence: changes -->\n\n<!-- evidence: changes contents -->\n")
    assert [str(p.where) for p in load(small).problems] == ["docs/index.md:10", "docs/index.md:12"]


# The real site


def test_every_page_says_which_version_it_is(real: Built) -> None:
    words = edition(parse_changes((ROOT / "CHANGELOG.md").read_text("utf-8"))[0], load(ROOT).review.reading.checked)
    archived = [name for name in real.trees if name.startswith("v/")]
    for name, tree in [*real.own_pages(), ("404.html", real.trees["404.html"])]:
        found = [" ".join(p.text_content().split()) for p in tree.xpath("//footer//p[@class='edition']")]
        assert found == [f"{words} What has changed"], name
    assert archived == []


def test_pages_that_changed_say_so(real: Built) -> None:
    changes = parse_changes((ROOT / "CHANGELOG.md").read_text("utf-8"))[0]
    named = {uri for v in changes.versions for change in v.content for uri in change.pages}
    without = {page.uri for page in load(ROOT).documents if page.front.get("changes") == "false"}
    assert named > without
    with_list = {name for name, tree in real.pages() if tree.xpath("//h2[@id='page-changes']")}
    assert with_list == {
        re.sub(r"(/?)index/index\.html$", r"\1index.html", f"{u.removesuffix('.md')}/index.html")
        for u in named - without
    }


def test_the_page_for_changes_shows_each_line(real: Built) -> None:
    changes = parse_changes((ROOT / "CHANGELOG.md").read_text("utf-8"))[0]
    tree = real.trees["about/changes/index.html"]
    items = [" ".join(li.text_content().split()) for li in tree.xpath("//article//li")]
    for version in changes.versions:
        for change in (*version.content, *version.code):
            assert any(item.startswith(change.text.replace("`", "")) for item in items), change.text
