"""Packs with slips: each is named with its line, and what would be right."""

from __future__ import annotations

from pathlib import Path

import pytest

from made_up import PAGE, told
from made_up_packs import CARDS, FILES, QUESTIONS, packs, site, two

SLIPS = [
    (packs(""), ["data/packs.yml:2: pack 'sheet' has no parts; add a line 'parts:' with a list below it"]),
    (
        packs("lines: 2"),
        [
            "data/packs.yml:6: a part is one of brief, page, questions, words, themes, cards or pack; this one has none of them",
        ],
    ),
    (
        packs("questions: [all], words: [all]"),
        [
            "data/packs.yml:6: a part is one of brief, page, questions, words, themes, cards or pack; this one has questions and words"
        ],
    ),
    (packs("questions: [all], sections: [x]"), ["data/packs.yml:6: 'sections' goes with 'page' only"]),
    (packs("questions: [all], lines: 21"), ["data/packs.yml:6: 'lines' is 21; write a number from 0 to 20"]),
    (
        packs("questions: [all], lines: many"),
        ["data/packs.yml:6: 'lines' must be a whole number, not 'many' (in packs, item 1, parts, item 1)"],
    ),
    (
        packs("questions: [all]; question: [all]"),
        [
            "data/packs.yml:7: 'question' is not a field that is known here (in packs, item 1, parts, item 2); did you mean 'questions'?"
        ],
    ),
    (
        packs("questions: [all]; page: giude.md"),
        ["data/packs.yml:7: there is no page 'giude.md'; did you mean 'guide.md'?"],
    ),
    (
        packs("page: discuss/packs/sheet.md"),
        ["data/packs.yml:6: page 'discuss/packs/sheet.md' is that of a pack; write 'pack: sheet' in place of 'page'"],
    ),
    (packs("page: list.md"), ["data/packs.yml:6: page 'list.md' holds the list of packs, so it cannot be in one"]),
    (
        packs("page: guide.md, sections: [tolls]"),
        ["data/packs.yml:6: section of guide.md 'tolls' is unknown; did you mean 'tools'?"],
    ),
    (
        packs("page: themes/soil.md, sections: [fund]"),
        ["data/packs.yml:6: section of themes/soil.md 'fund' is unknown"],
    ),
    (
        packs("brief: sole"),
        ["data/packs.yml:6: theme or nation 'sole' is unknown; did you mean 'soil'?"],
    ),
    (
        packs("brief: wales, page: wales.md"),
        ["data/packs.yml:6: there is no page 'wales.md'; did you mean 'list.md'?"],
    ),
    (packs("brief: soil, page: guide.md, sections: [end]"), ["data/packs.yml:6: 'sections' goes with 'page' only"]),
    (
        packs("brief: soil, words: [all]"),
        [
            "data/packs.yml:6: a part is one of brief, page, questions, words, themes, cards or pack; this one has brief and words"
        ],
    ),
    (
        packs("brief: soil", "    form: cards\n"),
        ["data/packs.yml:7: a brief does not fit on cards; use questions, words, themes or cards"],
    ),
    (packs("questions: [wy]"), ["data/packs.yml:6: question 'wy' is unknown; did you mean 'why'?"]),
    (packs("words: [laom]"), ["data/packs.yml:6: word 'laom' is unknown; did you mean 'loam'?"]),
    (packs("cards: [stopp]"), ["data/packs.yml:6: card 'stopp' is unknown; did you mean 'stop'?"]),
    (packs("pack: shet"), ["data/packs.yml:6: pack 'shet' is unknown; did you mean 'sheet'?"]),
    (packs("pack: sheet"), ["data/packs.yml:2: pack 'sheet' holds itself: sheet > sheet"]),
    (
        packs("questions: [all]", "    sources: [three]\n"),
        ["data/packs.yml:2: source 'three' is not in data/sources.yml"],
    ),
    (
        packs("questions: [all]", "    sizes: []\n"),
        ["data/packs.yml:2: sizes of pack 'sheet': name standard, large or both, each once"],
    ),
    (
        packs("questions: [all]", "    sizes: [small]\n"),
        ["data/packs.yml:5: 'item 1' is 'small' (in packs, item 1, sizes); it must be 'standard' or 'large'"],
    ),
    (
        packs("questions: [all], title: '{title}'"),
        ["data/packs.yml:6: '{title}' cannot be filled in; only packs with 'each' have any"],
    ),
    (
        packs("page: 'themes/{nam}.md'", "    each: theme\n"),
        [
            "data/packs.yml:7: '{nam}' cannot be filled in; it must be {id} or {title}",
            "data/packs.yml:7: there is no page 'themes/{nam}.md'; did you mean 'themes/index.md'?",
        ],
    ),
    (
        packs("questions: [all]", "    each: theme\n    editable: true\n"),
        ["data/packs.yml:2: pack 'sheet' has 'each', so it cannot be editable; leave 'editable' out"],
    ),
    (
        packs("questions: [all]", "    form: cards\n    editable: true\n"),
        ["data/packs.yml:2: pack 'sheet' is cards, so it cannot be editable; leave 'editable' out"],
    ),
    (
        packs("page: guide.md", "    form: cards\n"),
        ["data/packs.yml:7: a page does not fit on cards; use questions, words, themes or cards"],
    ),
    (
        packs("page: guide.md; questions: [all]; brief: soil", "    form: booklet\n"),
        [
            "data/packs.yml:8: a booklet holds pages and words only",
            "data/packs.yml:9: a booklet holds pages and words only",
        ],
    ),
    (
        packs("page: guide.md", "    form: booklet\n    picture: spade\n"),
        ["data/packs.yml:2: picture 'spade': there is no file 'docs/assets/pictures/spade.svg'"],
    ),
    (
        packs("page: guide.md", "    picture: spade\n"),
        [
            "data/packs.yml:2: pack 'sheet' has no cover, since it is no booklet, book or e-book; leave 'picture' out",
            "data/packs.yml:2: picture 'spade': there is no file 'docs/assets/pictures/spade.svg'",
        ],
    ),
    (
        packs("cards: [all]", cards=CARDS.replace("Please stop.", "Stop " * 40)),
        ["data/packs.yml:8: card 'stop' has 199 characters; on a card there is room for 160"],
    ),
    (
        packs("questions: [all]", cards=CARDS.replace("octagon", "star")),
        [
            "data/packs.yml:8: 'shape' is 'star' (in cards, item 1); it must be 'octagon', 'triangle', 'circle', 'square', 'diamond' or 'hexagon'"
        ],
    ),
    (
        packs(
            "questions: [all]",
            cards=CARDS + CARDS.partition("\n")[2].replace("octagon, word: Stop", "circle, word: End"),
        ),
        ["data/packs.yml:9: id 'stop' is used a second time; the first is at line 8"],
    ),
    (
        packs("cards: [all]", cards=CARDS.replace("word: Stop", "word: Stop the whole meeting now")),
        ["data/packs.yml:8: word of card 'stop' has 26 characters; on a card there is room for 24"],
    ),
    (
        packs("cards: [all]", cards=CARDS.replace("word: Stop", "word: PLEASE WAIT A MOMENT NOW")),
        [
            "data/packs.yml:8: word of card 'stop' has too many capitals for a shape, 'PLEASE WAIT A MOMENT NOW'; write small letters"
        ],
    ),
    (
        packs("cards: [stopp]", cards=CARDS.replace("colour", "set: signs, colour")),
        ["data/packs.yml:6: card 'stopp' is unknown; did you mean 'stop'?"],
    ),
    (
        packs("cards: [stop]", cards=CARDS.replace("colour", "set: stop, colour")),
        ["data/packs.yml:8: set of cards 'stop' has the id of a card (data/packs.yml:8); rename one"],
    ),
    (
        packs(
            "cards: [all]", cards=CARDS + CARDS.partition("\n")[2].replace("id: stop", "id: end").replace("Stop", "End")
        ),
        ["data/packs.yml:9: shape of card 'end' is 'octagon', as that of 'stop' in the same set; give each its own"],
    ),
    (
        packs("themes: [soils]"),
        ["data/packs.yml:6: theme 'soils' is unknown; did you mean 'soil'?"],
    ),
    (
        packs("questions: [all]", name="a sheet"),
        ["data/packs.yml:2: id 'a sheet' becomes an address; use letters, digits and '-' only"],
    ),
    (
        packs("questions: [all]").replace("Our sheet", "Our " * 20),
        ["data/packs.yml:2: title of pack 'sheet' has 79 characters; at most 65"],
    ),
]


@pytest.mark.parametrize(("text", "messages"), SLIPS, ids=range(len(SLIPS)))
def test_a_slip_is_named_with_its_line(tmp_path: Path, text: str, messages: list[str]) -> None:
    page = "---\ntitle: List\ndescription: L.\n---\n\n# List\n\n<!-- evidence: packs -->\n"
    assert [str(p) for p in site(tmp_path, text, docs__list_md=page).problems] == messages


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        (
            two("", "").replace("id: other", "id: sheet"),
            ["data/packs.yml:7: id 'sheet' is used a second time; the first is at line 2"],
        ),
        (
            two("", "").replace("id: other", "id: sheet-large"),
            [
                "data/packs.yml:7: pack 'sheet-large' has a file 'discuss/packs/sheet-large.pdf', and so has 'sheet'; rename one"
            ],
        ),
        (
            two("    each: theme\n", "").replace("id: other", "id: theme-soil"),
            [
                "data/packs.yml:8: pack 'theme-soil' has the address of one made for each theme (data/packs.yml:2); rename it"
            ],
        ),
        (
            two("    each: theme\n", "    each: theme\n"),
            ["data/packs.yml:8: a second pack for each theme; the first is at data/packs.yml:2"],
        ),
        (
            two("", "").replace("questions: [all]", "pack: other", 1).replace("questions: [all]", "pack: sheet", 1),
            [
                "data/packs.yml:2: pack 'sheet' holds itself: sheet > other > sheet",
            ],
        ),
        (
            two("    form: cards\n", "").replace("questions: [all]", "pack: other", 1),
            ["data/packs.yml:7: pack 'other' is a sheet, so it cannot be in a pack of cards"],
        ),
    ],
)
def test_packs_that_do_not_go_together_are_named(tmp_path: Path, text: str, messages: list[str]) -> None:
    assert [str(problem) for problem in site(tmp_path, text).problems] == messages


def test_a_question_too_long_for_a_card_is_named_where_it_stands(tmp_path: Path) -> None:
    questions = QUESTIONS.replace("Why soil?", "Why " * 70)
    found = site(tmp_path, packs("questions: [all]", "    form: cards\n"), data__questions_yml=questions)
    message = "data/questions.yml:5: question 'why' has 279 characters; on a card there is room for 240"
    assert [str(problem) for problem in found.problems] == [message]


def test_what_stands_above_cards_and_is_too_long_is_named_where_it_stands(tmp_path: Path) -> None:
    long = "Things " * 10 + "all"
    files = {
        "data__questions_yml": QUESTIONS.replace("First things", long),
        "data__glossary_yml": f"- {{id: loam, term: {long}, meaning: Good soil.}}\n",
        "data__themes_yml": f"- {{id: soil, title: {long}, origin: review, summary: S.}}\n",
    }
    parts = f"questions: [first]; words: [all], title: {long}; themes: [all]; questions: [why]"
    found = site(tmp_path, packs(parts, "    form: cards\n"), **files)
    told = [str(problem) for problem in found.problems]
    for where in (
        "data/glossary.yml:1: word 'loam'",
        "data/packs.yml:8: title of a part",
        "data/questions.yml:2: title of group 'first'",
        "data/themes.yml:1: title of theme 'soil'",
    ):
        assert told.count(f"{where} has 73 characters; on a card there is room for 65") == 1, told


def test_the_directive_names_what_it_knows(tmp_path: Path) -> None:
    page = PAGE + "<!-- evidence: packs redy -->\n"
    found = told(tmp_path, {**FILES, "data/packs.yml": packs("questions: [all]"), "docs/index.md": page})
    assert any("kind of pack 'redy' is unknown; did you mean 'ready'?" in message for message in found)


@pytest.mark.parametrize(("kind", "file"), [("question", "data/questions.yml"), ("word", "data/glossary.yml")])
def test_a_part_that_takes_all_of_nothing_is_told(tmp_path: Path, kind: str, file: str) -> None:
    files = {name: text for name, text in FILES.items() if name != file}
    problems = told(tmp_path, files | {"data/packs.yml": packs(f"{kind}s: [all]")})
    assert f"data/packs.yml:6: there is no {kind} yet; take this part out" in problems
