"""What each point rests on, in groups that hold each once; statements and citations as data."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path

import pytest

from conftest import SITES
from evidence.output import blocks
from evidence.points import groups
from evidence.site.loading import load
from evidence.site.site import Site
from made_up import review
from made_up_points import FILES


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return review(tmp_path, FILES)


def outputs(site: Site) -> Mapping[str, blocks.Output]:
    return {output.uri: output for output in site.other_outputs()}


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


@pytest.mark.parametrize("name", SITES)
def test_the_groups_by_number_hold_each_point_once(name: str) -> None:
    site = load(SITES[name])
    held = [sum(map(group.holds, site.points)) for group in groups(site.review)[:3]]
    assert sum(held) == len(site.points) > 0
