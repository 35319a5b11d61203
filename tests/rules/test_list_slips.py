"""Lists in data and marks that hold a thing twice or nothing, and best bets that lead nowhere or to two pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from made_up import BIB, PAGE, THEMES, note, told

NATIONS = "- {id: north, name: North}\n- {id: south, name: South}\n"
TWICE = "twice; write it once"
EVENT = "- {{id: e, year: '2014', title: E, kind: law, nations: {}, at: {}}}\n"
GROUND = PAGE + "Soil is ground [@good2020]. <!-- unit: ground -->\n"


@pytest.mark.parametrize(
    ("name", "text", "messages"),
    [
        ("data/themes.yml", THEMES.replace("}", ", members_said: [We dig., We dig.]}"), [f"1: 'members_said' holds 'We dig.' {TWICE}"]),
        ("data/themes.yml", THEMES.replace("}", ", search: [dirt, '  ']}"), ["1: item 2 of 'search' is empty; write something there, or take it out"]),
        ("data/editorial.yml", note(nations="[north, south, north]"), [f"1: 'nations' holds 'north' {TWICE}"]),
        ("data/editorial.yml", note(references="[good2020, good2020]"), [f"1: 'references' holds 'good2020' {TWICE}"]),
        ("data/timeline.yml", EVENT.format("[north, north]", "[index.md#ground]"), [f"1: 'nations' holds 'north' {TWICE}"]),
        ("data/timeline.yml", EVENT.format("[north]", "[index.md#ground, index.md#ground]"), [f"1: 'at' holds 'index.md#ground' {TWICE}"]),
        ("data/timeline.yml", EVENT.format("[north]", "['']"), ["1: item 1 of 'at' is empty; write something there, or take it out"]),
        ("data/timeline.yml", EVENT.format("[north]", "[index.md#ground]").replace("2014", "2014 to 2011"), ["1: year of 'e' is '2014 to 2011'; write one as 2014, 1970s, or 2017 to 2020"]),
        ("bibliography.bib", BIB.replace("  access", "  nations = {north, north},\n  access"), [f"1: 'nations' holds 'north' {TWICE}"]),
        ("docs/index.md", GROUND.replace("description", "themes: [soil, soil]\ndescription"), [f"3: 'themes' holds 'soil' {TWICE}"]),
        ("docs/index.md", GROUND.replace('data-themes="soil"', 'data-themes="soil soil"'), [f"6: 'data-themes' holds 'soil' {TWICE}"]),
    ],
)  # fmt: skip
def test_a_list_holds_each_thing_once(tmp_path: Path, name: str, text: str, messages: list[str]) -> None:
    files = {"data/nations.yml": NATIONS, "docs/index.md": GROUND, name: text}
    assert told(tmp_path, files) == [f"{name}:{message}" for message in messages]


@pytest.mark.parametrize(
    ("bets", "messages"),
    [
        ("- {page: index.md, words: [start, first page]}", []),
        ("- {page: index.md}", ["1: 'index.md' has neither 'words' nor 'picture', so nobody finds it; add one"]),
        ("- {page: index.md, words: ['?!']}", ["1: '?!' is nothing that people type; write words, or take it out"]),
        ("- {page: index.md, words: [start, start]}", [f"1: 'words' holds 'start' {TWICE}"]),
        ("- {page: index.md, words: ['']}", ["1: item 1 of 'words' is empty; write something there, or take it out"]),
        ("- {page: indx.md, words: [start]}", ["1: there is no page 'indx.md'; did you mean 'index.md'?"]),
        ("- {page: index.md, words: [start]}\n- {page: index.md, words: [home]}", ["2: page 'index.md' is used a second time; the first is at line 1"]),
        ("- {page: index.md, words: [soil]}\n- {page: themes/soil.md, words: [' SOIL']}", ["2: ' SOIL' leads to 'index.md', too (data/search.yml:1); take it out in one of the two"]),
        ("- {page: index.md, words: [start]}\n- {page: indx.md, wrods: [soil]}\n- {page: themes/siol.md, words: [soil]}", ["2: 'wrods' is not a field that is known here; did you mean 'words'?", "3: there is no page 'themes/siol.md'; did you mean 'themes/soil.md'?"]),
    ],
)  # fmt: skip
def test_best_bets_lead_somewhere(tmp_path: Path, bets: str, messages: list[str]) -> None:
    assert told(tmp_path, {"data/search.yml": f"{bets}\n"}) == [f"data/search.yml:{message}" for message in messages]


def test_an_example_is_one_of_a_method_that_is_compared(tmp_path: Path) -> None:
    methods = "caption: C\ncolumns: [{id: forums, name: Forums}]\nrows: [{id: r, title: R}]\n"
    files = {"data/methods.yml": methods, "data/examples.yml": "- {id: e, name: E, method: forms, text: T.}\n"}
    message = "data/examples.yml:1: method 'forms' is not in data/methods.yml; did you mean 'forums'?"
    assert told(tmp_path, files) == [message]
