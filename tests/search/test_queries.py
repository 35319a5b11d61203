"""A hundred things that people type, half of them with a slip, asked of the built site by the script that readers have."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from conftest import ROOT, Built
from searching import ask, weight

pytestmark = pytest.mark.needs("Node")

QUERIES: dict[str, list[list[Any]]] = yaml.safe_load((ROOT / "tests/search/queries.yml").read_text("utf-8"))
AT_MOST = 100_000  # bytes of gzip, for a first search


@pytest.fixture(scope="module")
def answers(real: Built) -> list[tuple[list[Any], dict[str, Any]]]:
    asked = [line for lines in QUERIES.values() for line in lines]
    return list(zip(asked, ask(real.folder, [str(line[0]) for line in asked], fresh=True), strict=True))


def test_there_are_a_hundred_and_half_have_a_slip() -> None:
    assert {name: len(lines) for name, lines in QUERIES.items()} == {"written well": 50, "with a slip": 50}


def test_what_people_mean_comes_first(answers: list[tuple[list[Any], dict[str, Any]]]) -> None:
    missed = []
    for (typed, down, *meant), found in answers:
        first = [item["url"] for item in found["best"][:down]]
        # The page that is meant may be met at one of its sections.
        if not {*first, *(url.partition("#")[0] for url in first)} & {*meant}:
            missed.append(f"{typed} -> {found['used']}: {first} and not {meant}")
    assert missed == []


def test_a_first_search_is_light(answers: list[tuple[list[Any], dict[str, Any]]], real: Built) -> None:
    assert max(weight(real.folder, found["files"]) for _line, found in answers) <= AT_MOST
