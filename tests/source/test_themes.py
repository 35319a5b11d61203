"""What is said of themes follows the two documents: a line leads to the passages that it sums up, and says in few words what members said."""

from __future__ import annotations

import pytest
from test_content import EDITORS, KEY, UNITS, places, site

from evidence.model.review import Point

THEMES = tuple(site().review.themes.values())
POINTS = {f"{theme.id}-{i}": point for theme in THEMES for i, point in enumerate(theme.found, 1)}


@pytest.mark.parametrize("name", POINTS)
def test_a_line_cites_what_is_cited_in_the_passages_that_it_sums_up(name: str) -> None:
    """Each line names its passages. It cites all that the source cites there, and beyond that only what the editors add for a reason."""
    point: Point = POINTS[name]
    resolved, cited = set(), set(KEY.findall(point.text))
    assert point.at
    for address in point.at:
        page, _, unit = address.partition("#")
        assert page in site().pages, address
        assert any(place.startswith(f"{page}#") or ".yml:" in place for place, _ in places()[unit]), address
        resolved |= set(UNITS[unit])
    assert resolved <= cited
    assert cited - resolved <= set(EDITORS)


def test_what_members_said_fits_in_a_line_wherever_they_spoke() -> None:
    for theme in THEMES:
        assert bool(theme.in_a_line) == bool(theme.members_said), theme.id
        assert len(theme.in_a_line.split()) <= 20, theme.id
        assert theme.in_a_line.count(".") == bool(theme.in_a_line), theme.id


def test_a_theme_that_the_review_is_silent_on_has_no_passage() -> None:
    silent = [theme for theme in THEMES if theme.agreement == "review-silent"]
    assert silent
    assert [theme.id for theme in silent if site().index.mentions.get(theme.id)] == []
