"""Columns of tables on paper: what each gets, so that no word is cut and a sign stands beside its words."""

from __future__ import annotations

from typing import Any

import pytest

from evidence.output.nodes import nodes
from evidence.sheets import fitted, in_a_line

SIGN = '<svg class="mark" width="1.5em" height="1.5em" viewBox="0 0 1 1"></svg>'
ACROSS = int(in_a_line(170, 14))
WIDE_OF_NOT_SAID, INSETS = (
    26.8,
    2.0,
)  # millimetres of a sign and "Not said" in 14 point, as set, and what is around them


def table(*rows: str) -> dict[str, Any]:
    """A table with these rows, the first its head, fitted."""
    lines = [f"| {' | '.join(row.split(';'))} |" for row in rows]
    (found,) = nodes("\n".join([lines[0], "|" + " --- |" * (rows[0].count(";") + 1), *lines[1:]]))
    return fitted(found, ACROSS)


def shares(found: dict[str, Any]) -> list[float]:
    """Millimetres of each column."""
    return [170 * width / sum(found["widths"]) for width in found["widths"]]


def test_a_sign_and_its_words_stand_in_one_line_in_a_table_of_five_columns() -> None:
    cell = f"{SIGN} Not said"
    found = table(
        "Topic;England;Scotland;Wales;Northern Ireland",
        f"A law of its own, linked to co-production;{cell};{cell};{cell};{cell}",
    )
    assert found["marked"]
    assert not found["stacked"]
    assert min(shares(found)[1:]) >= WIDE_OF_NOT_SAID + INSETS
    assert shares(found)[0] > 40  # what is left goes to the column that needs it


def test_where_there_is_no_room_for_that_a_sign_stands_beside_its_first_word() -> None:
    cell = f"{SIGN} Not said by anybody"
    columns = shares(table("Topic;England;Scotland;Wales;Ireland;Man;Jersey", ";".join(["Co-production", *[cell] * 6])))
    assert min(columns[1:]) > 0
    assert sum(columns) == pytest.approx(170)


def test_a_column_of_long_texts_gets_most() -> None:
    columns = shares(table("Action;Theme;Found", f"Make a video;Money;{'Words of the review. ' * 20}"))
    assert columns[2] > 100


def test_a_table_with_a_row_of_more_than_half_a_sheet_is_stacked() -> None:
    texts = [f"Make a video;Money;{'Words of the review. ' * many}" for many in (30, 80)]
    assert [table("Action;Theme;Found", text)["stacked"] for text in texts] == [False, True]
