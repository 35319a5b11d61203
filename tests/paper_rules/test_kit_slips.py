"""Kits with slips: each is named with its line, and what would be right."""

from __future__ import annotations

from pathlib import Path

import pytest

from made_up import PAGE
from made_up_packs import packs, site

RIGHT = "    form: kit\n    people: 3\n    sizes: [standard]\n"
SHEET = packs("questions: [all]", cards="")


def kit(parts: str, more: str = RIGHT, name: str = "kit") -> str:
    """A sheet, from line 2, and a kit, from line 7; its parts begin at line 13."""
    return SHEET + packs(parts, more, cards="", name=name).removeprefix("packs:\n")


def pages(people: str) -> str:
    return kit("pack: sheet, copies: each", RIGHT.replace("people: 3", people))


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        (kit("pack: sheet, copies: each"), []),
        (pages("people: 31"), ["data/packs.yml:7: 'people' of pack 'kit' is 31; write a number from 1 to 30"]),
        (pages("people: -4"), ["data/packs.yml:7: 'people' of pack 'kit' is -4; write a number from 1 to 30"]),
        (
            pages("sources: []"),
            ["data/packs.yml:7: pack 'kit' says no 'people'; write a number from 1 to 30"],
        ),
        (
            pages("people: eight"),
            ["data/packs.yml:11: 'people' must be a whole number, not 'eight' (in packs, item 2)"],
        ),
        (
            kit("pack: sheet"),
            ["data/packs.yml:14: say how many of pack 'sheet': add 'copies: each', 'pair' or 'group'"],
        ),
        (
            kit("pack: sheet, copies: some"),
            [
                "data/packs.yml:14: 'copies' is 'some' (in packs, item 2, parts, item 1); it must be 'each', 'pair' or 'group'"
            ],
        ),
        (
            kit("questions: [all]"),
            ["data/packs.yml:14: a kit holds packs as they are; write 'pack: ...' and 'copies: ...' alone"],
        ),
        (
            kit("pack: sheet, copies: each, title: First"),
            ["data/packs.yml:14: a kit holds packs as they are; write 'pack: ...' and 'copies: ...' alone"],
        ),
        (kit("pack: shet, copies: each"), ["data/packs.yml:14: pack 'shet' is unknown; did you mean 'sheet'?"]),
        (
            kit("pack: kit, copies: each"),
            [
                "data/packs.yml:14: pack 'kit' is a kit, so it cannot be in that",
            ],
        ),
        (
            kit("pack: sheet, copies: each").replace("purpose: For us.\n", "purpose: For us.\n    sizes: [large]\n", 1),
            ["data/packs.yml:15: pack 'sheet' does not come in all sizes of pack 'kit', so it cannot be in that"],
        ),
        (
            kit("pack: sheet, copies: each", RIGHT + "    editable: true\n"),
            ["data/packs.yml:7: pack 'kit' is a kit; leave out 'each' and 'editable'"],
        ),
        (
            kit("pack: sheet, copies: each", "    people: 3\n"),
            [
                "data/packs.yml:7: pack 'kit' has 'people' and 'copies', as only a kit has; write 'form: kit', or take them out",
            ],
        ),
        (
            kit("pack: sheet, copies: each; pack: sheet, copies: pair"),
            [
                "data/packs.yml:15: pack 'sheet' stands in this kit a second time; the first is at data/packs.yml:14; write it once, and its 'copies' for all"
            ],
        ),
        (
            kit("pack: sheet, copies: each", "    form: cards\n    people: 3\n"),
            [
                "data/packs.yml:7: pack 'kit' has 'people' and 'copies', as only a kit has; write 'form: kit', or take them out",
            ],
        ),
        (
            kit("questions: [all]", "    people: 3\n"),
            ["data/packs.yml:7: 'people' goes with 'form: kit' only; pack 'kit' is a sheet"],
        ),
        (
            kit("pack: sheet, copies: each", "    sizes: [standard]\n"),
            ["data/packs.yml:12: 'copies' goes with the packs of a kit only"],
        ),
        (
            kit("pack: sheet, copies: each") + packs("pack: kit", cards="", name="more").removeprefix("packs:\n"),
            ["data/packs.yml:19: pack 'kit' is a kit, so it cannot be in another pack"],
        ),
        (
            kit("pack: sheet, copies: each")
            + packs("pack: sheet, copies: each", RIGHT, cards="", name="more").removeprefix("packs:\n"),
            ["data/packs.yml:15: pack 'more' is a second kit; the first is at data/packs.yml:7"],
        ),
    ],
)
def test_a_slip_is_named_with_its_line(tmp_path: Path, text: str, messages: list[str]) -> None:
    assert [str(problem) for problem in site(tmp_path, text).problems] == messages


@pytest.mark.parametrize(
    ("marker", "message"),
    [
        ("kit fiel", "docs/index.md:10: marker 'kit': part of the kit 'fiel' is unknown; did you mean 'file'?"),
        ("kti", "docs/index.md:10: marker 'kti' is unknown; did you mean 'kit'?"),
    ],
)
def test_the_directive_names_what_it_knows(tmp_path: Path, marker: str, message: str) -> None:
    page = PAGE + f"<!-- evidence: {marker} -->\n"
    found = site(tmp_path, kit("pack: sheet, copies: each"), docs__index_md=page)
    assert [str(problem) for problem in found.problems] == [message]


def test_the_directive_of_a_kit_that_does_not_say_that_it_is_one_is_not_told(tmp_path: Path) -> None:
    page = PAGE + "<!-- evidence: kit -->\n"
    found = site(tmp_path, kit("pack: sheet, copies: each", "    people: 3\n"), docs__index_md=page)
    assert [str(problem.where) for problem in found.problems] == ["data/packs.yml:7"]


def test_a_page_with_the_kit_is_in_no_pack(tmp_path: Path) -> None:
    page = PAGE + "<!-- evidence: kit -->\n"
    text = kit("pack: sheet, copies: each") + packs("page: index.md", cards="", name="more").removeprefix("packs:\n")
    message = "data/packs.yml:19: page 'index.md' holds the list of packs, so it cannot be in one"
    assert [str(problem) for problem in site(tmp_path, text, docs__index_md=page).problems] == [message]
