"""Blocks of a paper made ready for sheets: what stands on one side is never higher than one."""

from __future__ import annotations

from typing import Any

import pytest

from evidence.sheets import in_a_line, laid_out

ACROSS = int(in_a_line(170, 18))


def paragraph(text: str) -> dict[str, Any]:
    return {"kind": "paragraph", "body": [text]}


def test_an_even_longer_list_of_links_may_go_on_overleaf_and_its_name_stays_with_the_first() -> None:
    """As those to many notes on a long table in the book: short ones stand on one side, few or many."""
    found = {}
    for many in (2, 6, 22):
        items = [[paragraph("Editor's note C02: Which page of 2022 is meant")] for _ in range(many)]
        links = {"kind": "list", "ordered": False, "start": 1, "links": True, "items": items}
        name, made = laid_out([paragraph("22 editor's notes"), links], ACROSS)
        assert name["leads"]
        found[many] = made["short"]
    assert found == {2: True, 6: True, 22: False}


@pytest.mark.parametrize(("many", "short", "long"), [(1, True, False), (10, False, False), (100, False, True)])
def test_an_item_is_cut_only_where_it_may_be_higher_than_a_page(many: int, short: bool, long: bool) -> None:
    items = [[paragraph("Words that say what is meant. " * many)], [paragraph("One more.")]]
    (made,) = laid_out([{"kind": "list", "ordered": False, "start": 1, "items": items}], ACROSS)
    assert (made["short"], made["long"]) == (short, [long, False])
