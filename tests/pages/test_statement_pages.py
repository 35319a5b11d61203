"""Support for each point: every point in the groups that it belongs to, with its sources and where it stands; and the same as files."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from conftest import SITES, Built
from evidence.output import blocks
from evidence.pages import statement_pages
from evidence.site.loading import load
from evidence.site.site import Site
from made_up import review

BIB = """\
@article{ash2020, author = {Ash, Ann}, title = {A}, year = {2020}, listing = {printed}, access = {free}}
@article{elm2021, author = {Elm, Ed}, title = {E}, year = {2021}, listing = {printed}, access = {free}, status = {corrected}}
@techreport{birch2019, author = {Birch, Bo}, title = {B}, institution = {I}, year = {2019}, listing = {printed}, access = {free}}
@techreport{fir2018, author = {Fir, Fi}, title = {F}, institution = {I}, year = {2018}, listing = {printed}, access = {free}, status = {retracted}}
"""
KINDS = """\
- {id: article, name: Article, meaning: In a journal., types: [article], one: an article, peer_reviewed: true}
- {id: report, name: Report, meaning: Not in a journal., types: [techreport], one: a report}
"""
THEMES = """\
- {id: soil, title: Soil, origin: review, summary: What grows needs soil.}
- {id: rain, title: Rain, origin: review, summary: What grows needs rain.}
"""
PAGE = """\
---
title: Home
description: What was found.
---

# Home

Nobody says who said so <!-- evidence: uncited -->.

## Wet { #wet data-themes="rain soil" }

It rains [see @ash2020, p. 3]. <!-- unit: it-rains --> It pours [@birch2019; @ash2020].

It snows [@fir2018; @birch2019].

## Dry { #dry data-themes="soil" }

It is dry [@elm2021].

It rains [@ash2020, p. 3].

## What members say { #members-say data-voice="members" }

It is fine. <!-- unit: fine -->
"""
FILES = {"bibliography.bib": BIB, "data/kinds.yml": KINDS, "data/themes.yml": THEMES, "docs/index.md": PAGE}
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
    monkeypatch.setattr(statement_pages, "MOST_ON_A_PAGE", 1)
    made = outputs(site)
    assert shown(site, "several-sources") + shown(site, "several-sources-2") == ["It snows.", "It pours."][::-1]
    assert "[part 2](several-sources-2.md)" in made["support/several-sources.md"].data().decode()
    assert made["support/several-sources-2.md"].title == "Points on two sources or more, part 2"
    assert "[2](several-sources.md#rain)" in made["support/index.md"].data().decode()


def rows(output: blocks.Output) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(output.data().decode("utf-8-sig"))))


def test_statements_are_there_as_data_each_in_each_of_its_places(site: Site) -> None:
    found = {row["Address"]: row for row in rows(outputs(site)["support/statements.csv"])}
    assert list(found) == ["/#top-1", "/#it-rains", "/#wet-2", "/#wet-3", "/#dry-1", "/#dry-2", "/#fine"]
    rains = found["/#it-rains"]
    assert (rains["Text"], rains["Section"], rains["Voice"], rains["Themes"]) == (
        "It rains.",
        "Wet",
        "the review",
        "Rain; Soil",
    )
    assert (rains["Sources"], rains["Keys"], rains["Support"]) == ("see Ash, 2020, p. 3", "ash2020", "one source")
    pours = found["/#wet-2"]
    assert (pours["Number of sources"], pours["Peer reviewed"], pours["Support"]) == ("2", "1", "two sources or more")
    assert found["/#fine"]["Voice"] == "members"


def test_who_cites_what_where_is_there_as_data(site: Site) -> None:
    found = rows(outputs(site)["support/citations.csv"])
    assert len(found) == 7
    assert found[0] == {
        "Address": "/#cite-ash2020-1",
        "Key": "ash2020",
        "Source": "Ash, 2020",
        "Page": "Home",
        "Section": "Wet",
        "Statement": "it-rains",
        "Voice": "the review",
        "Themes": "Rain; Soil",
        "Nations": "",
        "Words before": "see",
        "Place in the source": "p. 3",
        "Passage": "It rains (see Ash, 2020, p. 3).",
    }


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


@pytest.mark.parametrize("name", SITES)
def test_the_groups_by_number_hold_each_point_once(name: str) -> None:
    site = load(SITES[name])
    held = [sum(map(group.holds, site.points)) for group in statement_pages.groups(site.review)[:3]]
    assert sum(held) == len(site.points) > 0


def test_every_statement_of_the_review_is_in_the_lists_with_a_link_that_leads_to_it(real: Built) -> None:
    site = load(SITES["real"])
    linked = set()
    for name in statement_pages.parts(site):
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
