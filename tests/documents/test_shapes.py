"""Plain data as the records and values that annotations ask for, and a slip for what cannot be read so."""

from __future__ import annotations

from typing import Any

import pytest

from evidence.documents.data_files import LISTS, SINGLES
from evidence.documents.shapes import Reading, reader
from evidence.model.base import Location
from evidence.model.review import Comparison
from evidence.model.site_data import FrontMatter, Limit


def read(shape: Any, value: Any) -> tuple[Any, list[tuple[Any, ...]]]:
    reading = Reading(lambda at: Location("a.yml", len(at)), {})
    made = reader(shape)(value, (), reading)
    return made, [(slip.kind, *slip.at) for slip in reading.slips]


@pytest.mark.parametrize(
    ("shape", "text", "value"),
    [
        (int, " 1_000.0 ", 1000),
        (float, ".5", 0.5),
        (bool, "Off", False),
        (bool, "y", True),
        (int | None, "3", 3),
        (tuple[str, ...], ["a", "b"], ("a", "b")),
    ],
)
def test_text_is_read_as_what_a_field_asks_for(shape: Any, text: Any, value: Any) -> None:
    assert read(shape, text) == (value, [])


@pytest.mark.parametrize(
    ("shape", "value", "kind"),
    [(int, "9" * 5000, "long"), (float, "1e999", "float"), (str, ["a"], "text"), (bool, "2", "bool")],
)
def test_what_cannot_be_read_is_a_slip_of_its_kind(shape: Any, value: Any, kind: str) -> None:
    assert read(shape, value)[1] == [(kind,)]


def test_a_record_knows_its_place_and_all_that_is_wrong_is_told() -> None:
    good, slips = read(Comparison, {"caption": "C", "rows": [{"id": "t", "title": "T"}]})
    assert slips == []
    assert (good.where, good.rows[0].where) == (Location("a.yml", 0), Location("a.yml", 2))
    _, slips = read(Comparison, {"rows": [{"id": "t", "titel": "T"}, "x"], "columns": []})
    assert slips == [
        ("missing", "caption"),
        ("missing", "rows", 0, "title"),
        ("unknown", "rows", 0, "titel"),
        ("group", "rows", 1),
    ]
    assert read(Limit, {"pages": " ", "grade": "8"})[1] == [("empty", "pages")]


def test_every_class_of_records_can_be_read() -> None:
    classes = [cls for _, cls, _ in LISTS.values()] + [cls for _, cls in SINGLES.values()] + [FrontMatter]
    assert [cls.__name__ for cls in classes if not callable(reader(cls))] == []
    assert {kind for cls in classes for kind, *_ in read(cls, {})[1]} <= {"missing"}
