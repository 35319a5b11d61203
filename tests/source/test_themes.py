"""What is said of themes follows the two documents: a line leads to the passages that it sums up, and says in few words what members said."""

from __future__ import annotations

import pytest
from test_content import KEY, site

from evidence.model.review import Point

THEMES = tuple(site().review.themes.values())
POINTS = {f"{theme.id}-{i}": point for theme in THEMES for i, point in enumerate(theme.found, 1)}


@pytest.mark.parametrize("name", POINTS)
def test_a_line_cites_the_works_of_the_statements_that_it_sums_up(name: str) -> None:
    point: Point = POINTS[name]
    statements = [said for address in point.at for said in site().index.statements_at(address)]
    assert statements
    assert {said.voice for said in statements} == {""}  # the review's
    assert set(KEY.findall(point.text)) == {item.key for said in statements for item in said.items}


def test_what_members_said_fits_in_a_line_wherever_they_spoke() -> None:
    for theme in THEMES:
        assert bool(theme.in_a_line) == bool(theme.members_said), theme.id
        assert len(theme.in_a_line.split()) <= 20, theme.id
        assert theme.in_a_line.count(".") == bool(theme.in_a_line), theme.id


def test_a_theme_that_the_review_is_silent_on_has_no_passage() -> None:
    silent = [theme for theme in THEMES if theme.agreement == "review-silent"]
    assert silent
    assert [theme.id for theme in silent if site().index.mentions.get(theme.id)] == []
