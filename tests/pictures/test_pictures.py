"""Marks and the frame of pictures: what they stand for is true in size, told by shape, and holds nothing that the site's policy refuses."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from evidence.output import html_tree
from evidence.pictures import bar, dot, figure, pip, sign
from evidence.pictures.marks import SIGNS, radius

MARKS = [
    dot(4, 9, True),
    dot(12, 12, False),
    *map(sign, SIGNS),
    *map(pip, ("peer", "other", "law", "square")),
    bar(3, 9),
]


@pytest.mark.parametrize("mark", MARKS)
def test_a_mark_is_for_the_eye_alone_and_sets_no_style(mark: str) -> None:
    svg = ElementTree.fromstring(mark)
    assert svg.get("aria-hidden") == "true"
    assert svg.get("focusable") == "false"
    assert not [e for e in svg.iter() if "style" in e.attrib or e.tag in ("style", "script") or "id" in e.attrib]
    assert svg.get("viewBox")


def test_no_two_marks_look_alike() -> None:
    assert len({re.sub(r' class="[^"]*"', "", mark) for mark in MARKS}) == len(MARKS)


def test_the_area_of_a_circle_stands_for_its_number() -> None:
    assert radius(8, 8) ** 2 / radius(4, 8) ** 2 == pytest.approx(2)
    assert radius(1, 200) == radius(2, 200) == 0.65
    assert radius(10, 200, 2) == 0.9


def test_a_dot_holds_its_number_and_is_filled_or_a_rim() -> None:
    filled, rim = ElementTree.fromstring(dot(4, 9, True)), ElementTree.fromstring(dot(4, 9, False))
    assert "".join(filled.itertext()) == "".join(rim.itertext()) == "4"
    assert [e.get("class") for e in filled] == ["ink", "on"]
    assert [e.get("class") for e in rim] == ["rim", "ink"]


def test_a_bar_is_as_long_as_its_share() -> None:
    rect = ElementTree.fromstring(bar(3, 12)).find("rect")
    assert rect is not None and rect.get("width") == "25"
    assert ElementTree.fromstring(bar(0, 12)).find("rect") is None
    assert ElementTree.fromstring(bar(0, 0)).find("rect") is None


def test_a_figure_says_what_it_shows_and_folds_its_table() -> None:
    made = figure(
        "years", "Years <& more>", "It shows *years*.", pip("peer"), "| A | B |\n| --- | --- |\n| one | 2 |\n"
    )
    tree = html_tree.html_tree(made)
    group = tree.find("./figure")
    assert group is not None and group.attrib.keys() == {"class"}  # its caption names it
    assert [(caption.text, caption.get("id")) for caption in group.findall("./figcaption")] == [
        ("Years <& more>", "years")
    ]
    assert group.find(".//svg") is not None
    folded = group.find("./details")
    assert folded is not None and folded.find(".//table") is not None
    assert "details" not in figure("years", "Years", "It is a table.", "| A |\n| --- |\n| 1 |")
