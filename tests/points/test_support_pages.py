"""Support for each point: every point in the groups that it belongs to, with its sources and where it stands."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from conftest import SITES, Built
from evidence.output import blocks
from evidence.points import support_pages
from evidence.site.loading import load
from evidence.site.site import Site
from made_up import review
from made_up_points import FILES, KINDS, PAGE

GROUPS = [
    ("no-source", ["Nobody says who said so."]),
    ("one-source", ["It is dry.", "It rains."]),
    ("several-sources", ["It pours.", "It snows."]),
    ("not-peer-reviewed", ["It snows."]),
    ("retracted-or-doubted", ["It snows."]),
    ("corrected-or-replaced", ["It is dry."]),
]


@pytest.fixture
def site(tmp_path: Path) -> Site:
    made = review(tmp_path, FILES)
    assert made.problems == ()
    return made


def outputs(site: Site) -> Mapping[str, blocks.Output]:
    return {output.uri: output for output in site.other_outputs()}


def shown(site: Site, name: str) -> list[str]:
    """The points of a page as plain words."""
    text = outputs(site)[f"support/{name}.md"].data().decode()
    return [line.partition(" <small>")[0] for line in re.findall(r"^- (.* <small>.*)", text, re.M)]


@pytest.mark.parametrize(("name", "expected"), GROUPS)
def test_each_point_stands_in_the_groups_that_it_belongs_to(site: Site, name: str, expected: list[str]) -> None:
    assert sorted(shown(site, name)) == expected


def test_a_point_says_what_it_rests_on_where_it_stands_and_what_else_it_is_about(site: Site) -> None:
    text = outputs(site)["support/one-source.md"].data().decode()
    [line] = re.findall(r"^- It rains\. <small>(.*)</small>", text, re.M)
    assert line == (
        "1 source, an article: [Ash, 2020, p. 3](../references/ash2020.md)."
        " It stands in: [Home: Wet](../index.md#it-rains); [Home: Dry](../index.md#dry-2). Other themes: Soil."
    )
    headings = re.findall(r"^## (\w+) \{ #(\w+) \}", text, re.M)
    assert headings == [("Soil", "soil"), ("Rain", "rain")]


def test_the_page_of_all_counts_each_group_and_theme(site: Site) -> None:
    text = outputs(site)["support/index.md"].data().decode()
    assert "The review makes 5 points on 1 page of this site." in text
    found = re.findall(r"^\| \[(Points [^\]]*)\]\(([^)]*)\) \| (\d+) <svg", text, re.M)
    assert [(address, int(number)) for _title, address, number in found] == [
        (f"{name}.md", len(points)) for name, points in GROUPS
    ]
    [soil] = re.findall(r"^\| \[Soil\].*", text, re.M)
    assert "[1](one-source.md#soil)" in soil
    [rain] = re.findall(r"^\| \[Rain\].*", text, re.M)
    assert "[2](several-sources.md#rain)" in rain


def test_the_sources_that_carry_most_stand_first(site: Site) -> None:
    text = outputs(site)["support/index.md"].data().decode()
    rows = re.findall(r"^\| \[(\w+), \d+[^\]]*\]\(\.\./references.*?\| (\w+) \| (\d+) .*?\| (\d+) ", text, re.M)
    assert rows == [
        ("Ash", "Article", "2", "1"),
        ("Birch", "Report", "2", "0"),
        ("Elm", "Article", "1", "1"),
        ("Fir", "Report", "1", "0"),
    ]


def test_a_long_group_is_cut_into_parts_and_no_point_is_lost(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(support_pages, "MOST_ON_A_PAGE", 1)
    made = outputs(site)
    assert shown(site, "several-sources") + shown(site, "several-sources-2") == ["It snows.", "It pours."][::-1]
    assert "[part 2](several-sources-2.md)" in made["support/several-sources.md"].data().decode()
    assert made["support/several-sources-2.md"].title == "Points on two sources or more, part 2"
    assert "[2](several-sources.md#rain)" in made["support/index.md"].data().decode()


def test_where_no_kind_is_said_to_be_peer_reviewed_nothing_is_told_by_it(tmp_path: Path) -> None:
    site = review(tmp_path, {**FILES, "data/kinds.yml": KINDS.replace(", peer_reviewed: true", "")})
    assert (
        "peer reviewed"
        not in outputs(site)["support/index.md"].data().decode().partition("## ")[2].partition("## By")[0]
    )
    assert "support/not-peer-reviewed.md" not in outputs(site)


def test_a_review_that_states_nothing_has_no_such_page(tmp_path: Path) -> None:
    site = review(
        tmp_path, {"docs/index.md": PAGE.partition("# Home")[0] + "# Home\n\nNothing.\n", "bibliography.bib": ""}
    )
    assert not [uri for uri in outputs(site) if uri.startswith("support/")]


def test_every_statement_of_the_review_is_in_the_lists_with_a_link_that_leads_to_it(real: Built) -> None:
    site = load(SITES["real"])
    linked = set()
    for name in support_pages.parts(site):
        tree = real.trees[f"support/{name}/index.html"]
        linked |= {
            link.get("href") for link in tree.xpath("//li[contains(@class, 'point')]//a") if "#" in link.get("href")
        }
    shown = {
        (made.statement.uri, made.statement.section)
        for page in site.pages.values()
        for made in page.stated
        if not made.statement.voice
    }
    assert len(linked) >= len(shown) > 100
    assert {address.partition("#")[0] for address in linked} >= {
        f"../../{uri.removesuffix('.md').removesuffix('index')}".rstrip("/") + "/" for uri, _section in shown
    }
