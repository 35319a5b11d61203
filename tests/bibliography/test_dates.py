"""Dates of a bibliography, as people and programs write them."""

from __future__ import annotations

from typing import Any

import pytest

from evidence.bibliography.dates import csl_date, read_on
from evidence.model.base import year_words


def day(*parts: int, **more: Any) -> dict[str, Any]:
    return {"date-parts": [list(parts)], **more}


@pytest.mark.parametrize(
    ("text", "date", "words"),
    [
        ("2024", day(2024), "2024"),
        ("2024-03", day(2024, 3), "2024"),
        ("2024-03-05", day(2024, 3, 5), "2024"),
        ("2024-03-05T12:00:00Z", day(2024, 3, 5), "2024"),
        ("2019/2020", {"date-parts": [[2019], [2020]]}, "2019–2020"),
        ("2019--20", {"date-parts": [[2019], [2020]]}, "2019–2020"),
        ("2020-03/2020-05", {"date-parts": [[2020, 3], [2020, 5]]}, "2020"),
        ("2020/..", day(2020), "2020"),
        ("c. 1890", day(1890, circa=True), "c. 1890"),
        ("ca 1890", day(1890, circa=True), "c. 1890"),
        ("1890~", day(1890, circa=True), "c. 1890"),
        ("[1890?]", day(1890, circa=True), "c. 1890"),
        ("2010-21", day(2010, season=1), "2010"),
        ("Spring 2020", day(2020, season=1), "2020"),
        ("44 BC", day(-44), "44 BC"),
        ("-0044", day(-44), "44 BC"),
        ("12 May 2020", day(2020, 5, 12), "2020"),
        ("May 12, 2020", day(2020, 5, 12), "2020"),
        ("in press", {"literal": "in press"}, "in press"),
        ("Forthcoming", {"literal": "Forthcoming"}, "Forthcoming"),
    ],
)
def test_a_date_is_read(text: str, date: dict[str, Any], words: str) -> None:
    assert csl_date(text) == date
    assert year_words(date) == words


@pytest.mark.parametrize("text", ["n.d.", "n. d.", "no date", "[n.d.]", "undated", "s.a."])
def test_words_for_no_date_are_no_date(text: str) -> None:
    assert csl_date(text) == {}


@pytest.mark.parametrize(
    "text", ["20201", "2 0 2 0 <b>", "2019-13-45", "2019-00-40", "soon", "2020 and on", "2020/2019", "99999-01"]
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert csl_date(text) is None


@pytest.mark.parametrize(
    ("month", "parts"),
    [
        ("05", day(2020, 5)),
        ("may", day(2020, 5)),
        ("Mai", None),
        ("12 May", day(2020, 5, 12)),
        ("12~may", day(2020, 5, 12)),
        ("May/June", day(2020, 5)),
        ("Spring", day(2020, season=1)),
        ("13", None),
    ],
)
def test_a_month_may_hold_a_day_or_a_season(month: str, parts: dict[str, Any] | None) -> None:
    assert csl_date("2020", month) == parts


@pytest.mark.parametrize(
    ("note", "date"),
    [
        ("Accessed: 2020-05-01", day(2020, 5, 1)),
        ("Accessed on 5 May 2020.", day(2020, 5, 5)),
        ("[Online; accessed 5 May 2020]", day(2020, 5, 5)),
        ("A note", None),
    ],
)
def test_a_note_may_say_when_a_page_was_read(note: str, date: dict[str, Any] | None) -> None:
    assert read_on(note) == date
