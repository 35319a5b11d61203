"""What a source is about is told apart from where it is cited: in the evidence map, the list of references, the page of a work, and files."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest

import made_up
from evidence.output.blocks import Output
from evidence.site.site import Site
from work_records import records

NATIONS = "- {id: north, name: North}\n- {id: south, name: South}\n- {id: west, name: West}\n"
WORKS = {"north": "north", "two": "north, south", "lands": "north, south, west", "none": ""}
PAGE = """\
---
title: Home
description: All lands.
---

# Home

## Of the south { #south data-themes="soil" data-nations="south" }

It says so [@north; @two; @lands; @none].

## Of no land { #none data-themes="soil" }

It says so [@north].
"""


@pytest.fixture
def lands(tmp_path: Path) -> Site:
    """Works about one land, two of three, all and none, all of them cited where the review speaks of the south."""
    works = "".join(
        f"@misc{{{key}, author = {{{{{key}}}}}, title = {{T}}, year = {{2020}}, nations = {{{about}}}}}\n"
        for key, about in WORKS.items()
    ).replace(", nations = {}", "")
    files = {"bibliography.bib": works, "data/nations.yml": NATIONS, "docs/index.md": PAGE}
    site = made_up.review(tmp_path, files)
    assert site.problems == ()
    return site


def one(site: Site, uri: str) -> Output:
    return next(output for output in [*site.outputs(), *site.reference_pages()] if output.uri == uri)


def text(output: Output) -> str:
    return output.data().decode("utf-8-sig")


def test_the_map_tells_sources_about_a_nation_from_those_only_cited_on_it(lands: Site) -> None:
    (row,) = csv.DictReader(io.StringIO(text(one(lands, "evidence-map/nations.csv"))))
    assert row == {
        "Theme": "Soil",
        "North: about it": "north, 2020; two, 2020",
        "North: only cited on it": "",
        "South: about it": "two, 2020",
        "South: only cited on it": "lands, 2020; none, 2020; north, 2020",
        "West: about it": "",
        "West: only cited on it": "",
    }
    page = text(one(lands, "evidence-map/index.md"))
    (shown,) = [line for line in page.splitlines() if line.startswith("| [Soil]")]
    north, south, west, every = (re.sub(r"<[^>]*>", "", cell).strip() for cell in shown.strip("| ").split(" | ")[1:])
    assert north == "[22 sources about North on Soil](../themes/soil.md#about-north)"
    assert south == (
        "[11 source about South on Soil](../themes/soil.md#about-south) "
        "[33 sources only cited on South, on Soil](../themes/soil.md#cited-south)"
    )
    assert west == ""
    assert every == "[4 sources on Soil](../themes/soil.md#sources)"
    assert "“only cited on”" in page


def test_the_page_of_a_theme_lists_what_the_map_counts(lands: Site) -> None:
    lists = text(one(lands, "themes/soil.md")).partition("## The same sources by nation")[2]
    found = [re.sub(r"\(\.\.[^)]*\)|[][]", "", line) for line in lists.splitlines() if line.startswith("- ")][:3]
    assert found == [
        "- About North: 2. north, 2020; two, 2020.",
        "- About South: 1. two, 2020.",
        "- Only cited on South: 3. lands, 2020; none, 2020; north, 2020.",
    ]


def test_the_list_of_references_says_what_works_are_about_and_can_be_filtered_by_both(lands: Site) -> None:
    said = text(one(lands, "references/index.md"))
    for about in ("About: North", "About: North, South", "About: All nations together", "About no particular nation"):
        assert said.count(f" {about}. Cited in ") == 1
    found = records(one(lands, "references/works.js").data())
    assert {key: record["about"] for key, record in found.items()} == {
        "north": ["North"],
        "two": ["North", "South"],
        "lands": ["All nations together"],
        "none": ["No particular nation"],
    }
    assert all(record["cited"] == ["South"] for record in found.values())


def test_the_page_of_a_work_says_what_it_is_about_and_where_it_is_cited(lands: Site) -> None:
    page = text(one(lands, "references/lands.md"))
    assert "| Nations it is about | All nations together |" in page
    assert "- South" in page.partition("## Nations of those passages")[2].partition("##")[0]


def test_the_files_of_a_nation_are_two_lists(lands: Site) -> None:
    lists = lands.reference_files.lists
    found = {name: keys for name, keys in lists.items() if name.startswith("nations/")}
    assert {name: set(keys) for name, keys in found.items()} == {
        "nations/north-sources": {"north", "two"},
        "nations/south-sources": {"two"},
        "nations/south-cited": {"north", "two", "lands", "none"},
    }


def test_a_review_of_one_nation_has_sources_about_it(tmp_path: Path) -> None:
    bib = "@misc{a, author = {{A}}, title = {T}, year = {2020}, nations = {north}}\n"
    page = made_up.PAGE.replace("@good2020", "@a")
    files = {"bibliography.bib": bib, "data/nations.yml": "- {id: north, name: North}\n", "docs/index.md": page}
    site = made_up.review(tmp_path, files)
    assert site.review.nations_about(site.review.references["a"]) == ("north",)
