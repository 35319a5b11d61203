"""Field by field, what can be wrong in data/packs.yml and data/questions.yml: missing, of another type, unknown, empty, twice, long, hostile."""

from __future__ import annotations

from pathlib import Path

import pytest

from made_up_packs import CARDS, QUESTIONS, packs, site, two

PACKS, ASKED = "data/packs.yml", "data/questions.yml"
SUGGESTED = """\
suggestions:
  - {id: deeper, text: How much deeper?, said: [members], nations: [wales]}
  - {id: richer, text: How much richer?, said: [members], nations: [wales]}
"""
NATIONS = "- {id: wales, name: Wales, members_said: [We dig.]}\n"
ITEM = "packs, item 1"
PLAIN = "which would be shown as it stands; write plain words"


def asked(*changes: tuple[str, str]) -> str:
    """The questions and suggestions, with changes."""
    text = QUESTIONS + SUGGESTED
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return text


def told(root: Path, pack_text: str, questions: str = QUESTIONS + SUGGESTED) -> list[str]:
    found = site(root, pack_text, data__questions_yml=questions, data__nations_yml=NATIONS)
    notices = (notice for notice in found.notices if notice.where.path != "docs/index.md")
    return [str(problem) for problem in (*found.problems, *notices)]


def pack(old: str, new: str) -> str:
    """A sheet of all questions and a card, with a change."""
    text = packs("questions: [all]")
    assert old in text
    return text.replace(old, new, 1)


IN_PACKS = [
    (pack("    title: Our sheet\n", ""), [f"2: 'title' is missing (in {ITEM}); add a line 'title: ...'"]),
    (pack("Our sheet", "''"), ["3: 'title' is empty; write something there"]),
    (pack("Our sheet", "[a, b]"), [f"3: 'title' must be text, not a list (in {ITEM})"]),
    (pack("Our sheet", "<b>Sheet</b>"), [f"2: 'title' holds '<b>', {PLAIN}"]),
    (pack("For us.", "See [this](https://a.org)."), [f"2: 'purpose' holds '[this](https://a.org)', {PLAIN}"]),
    (pack("For us.", "'...'"), ["2: 'purpose' is '...', without any letter; write words"]),
    (
        pack("    parts:\n      - {questions: [all]}\n", "    parts: all\n"),
        [f"5: 'parts' must be a list (one item a line, each starting with '- '), not 'all' (in {ITEM})"],
    ),
    (
        packs("questions: all"),
        [
            f"6: 'questions' must be a list (one item a line, each starting with '- '), not 'all' (in {ITEM}, parts, item 1)"
        ],
    ),
    (
        packs("questions: []"),
        ["6: a part is one of brief, page, questions, words, themes, cards or pack; this one has none of them"],
    ),
    (packs("questions: ['']"), ["6: item 1 of 'questions' is empty; write something there, or take it out"]),
    (packs("questions: [why, why]"), ["6: 'questions' holds 'why' twice; write it once"]),
    (packs("words: [loam, loam]"), ["6: 'words' holds 'loam' twice; write it once"]),
    (packs("questions: [all], title: '**First**'"), [f"6: 'title' holds '**First**', {PLAIN}"]),
    (packs("questions: [all], lines: -1"), ["6: 'lines' is -1; write a number from 0 to 20"]),
    (
        packs("questions: [all], lines: 2.5"),
        [f"6: 'lines' must be a whole number, not '2.5' (in {ITEM}, parts, item 1)"],
    ),
    (packs("questions: [all], copies: each"), ["6: 'copies' goes with the packs of a kit only"]),
    (packs("questions: [all]", "    people: many\n"), [f"5: 'people' must be a whole number, not 'many' (in {ITEM})"]),
    (packs("questions: [all]", "    people: 4\n"), ["2: 'people' goes with 'form: kit' only; pack 'sheet' is a sheet"]),
    (
        packs("questions: [all]", "    sizes: [large, large]\n"),
        ["2: sizes of pack 'sheet': name standard, large or both, each once"],
    ),
    (packs("questions: [all]", "    sources: [one, one]\n"), ["2: 'sources' holds 'one' twice; write it once"]),
    (
        packs("questions: [all]", "    editable: perhaps\n"),
        [f"5: 'editable' must be true or false, not 'perhaps' (in {ITEM})"],
    ),
    (packs("questions: [all]", "    epub: [true]\n"), [f"5: 'epub' must be true or false, not a list (in {ITEM})"]),
    (
        packs("page: discuss/packs/sheet.md", "    form: book\n"),
        ["7: page 'discuss/packs/sheet.md' is that of a pack; name pages that hold what it holds"],
    ),
    (
        packs("page: discuss/packs/sheet.md", "    form: cards\n"),
        ["7: a page does not fit on cards; use questions, words, themes or cards"],
    ),
    (
        two("    form: book\n", "")
        .replace("questions: [all]", "page: guide.md", 1)
        .replace("questions: [all]", "pack: sheet"),
        ["12: pack 'sheet' is a book, which stands alone; name its pages"],
    ),
    (
        packs("page: guide.md", "    form: booklet\n"),
        [
            "7: notice: page 'guide.md' has no picture, for which a booklet keeps room beside the words; add <!-- evidence: picture name -->, or leave 'form' out"
        ],
    ),
    (pack("id: stop", "id: all"), ["8: card 'all' has the word that means all of them; choose another"]),
    (
        pack("colour: red", "set: all, colour: red"),
        ["8: set of cards 'all' has the word that means all of them; choose another"],
    ),
    (pack("word: Stop", "word: ''"), ["8: 'word' is empty; write something there"]),
    (pack("word: Stop", "word: '!!'"), ["8: 'word' is '!!', without any letter; write words"]),
    (pack("Please stop.", "'`stop`'"), [f"8: 'text' holds '`stop`', {PLAIN}"]),
    (
        pack("cards:\n", "cards: none\nmore:\n"),
        [
            "7: 'cards' must be a list (one item a line, each starting with '- '), not 'none'",
            "8: 'more' is not a field that is known here",
        ],
    ),
    (pack("shape: octagon, ", ""), ["8: 'shape' is missing (in cards, item 1); add a line 'shape: ...'"]),
    (
        pack("shape: octagon", "shap: octagon"),
        ["8: 'shap' is not a field that is known here (in cards, item 1); did you mean 'shape'?"],
    ),
    (
        packs("questions: [all], sections: [x], lines: 30"),
        ["6: 'lines' is 30; write a number from 0 to 20", "6: 'sections' goes with 'page' only"],
    ),
]


@pytest.mark.parametrize(("text", "messages"), IN_PACKS, ids=range(len(IN_PACKS)))
def test_a_slip_in_packs_is_told_alone(tmp_path: Path, text: str, messages: list[str]) -> None:
    assert told(tmp_path, text) == [f"{PACKS}:{message}" for message in messages]


SHOWN = "suggestions, item 1"
IN_QUESTIONS = [
    ([("title: First things", "title: '<i>First</i>'")], [f"2: 'title' holds '<i>', {PLAIN}"]),
    (
        [("id: first, title: First things", "id: first")],
        ["2: 'title' is missing (in groups, item 1); add a line 'title: ...'"],
    ),
    (
        [("group: last", "group: lsat")],
        [
            "3: group 'last' has no question; write one with 'group: last', or take it out",
            "7: group 'lsat' is not in the list 'groups' of this file; did you mean 'last'?",
        ],
    ),
    (
        [("text: When?", "text: Why  soil")],
        [
            "7: question 'when' asks the same as 'why' (data/questions.yml:5); take one of the two out, or change its words"
        ],
    ),
    ([("text: When?", "text: '[When](http://a.org)?'")], [f"7: 'text' holds '[When](http://a.org)', {PLAIN}"]),
    (
        [("id: when", "id: first")],
        ["7: question 'first' has the id of a group of questions (data/questions.yml:2); rename one"],
    ),
    ([("id: when", "id: all")], ["7: question 'all' has the word that means all of them; choose another"]),
    ([("id: when", "id: why")], ["7: id 'why' is used a second time; the first is at line 5"]),
    ([("id: deeper", "id: why")], ["9: suggestion 'why' has the id of a question (data/questions.yml:5); rename one"]),
    ([("id: deeper", "id: all")], ["9: suggestion 'all' has the word that means all of them; choose another"]),
    ([("id: deeper", "id: richer")], ["10: id 'richer' is used a second time; the first is at line 9"]),
    (
        [("much richer", "MUCH deeper")],
        [
            "10: suggestion 'richer' asks the same as 'deeper' (data/questions.yml:9); take one of the two out, or name its themes and nations there"
        ],
    ),
    (
        [("How much deeper?", "Why soil?")],
        [
            "9: suggestion 'deeper' asks the same as 'why' (data/questions.yml:5); take one of the two out, or change its words"
        ],
    ),
    ([("How much deeper?", "'How <script>x</script>deep?'")], [f"9: 'text' holds '<script>', {PLAIN}"]),
    ([("How much deeper?", "'How *very* deep?'")], [f"9: 'text' holds '*very*', {PLAIN}"]),
    ([("How much deeper?", "'Is it as https://a.org says?'")], [f"9: 'text' holds 'https://a.org', {PLAIN}"]),
    ([("How much deeper?", "'2 * 3 = 6, is 7 < 8 so?'")], []),
    ([("How much deeper?", "'??'")], ["9: 'text' is '??', without any letter; write words"]),
    (
        [("How much deeper?", "How deep " * 30 + "is it?")],
        ["9: suggestion 'deeper' has 276 characters; on a card there is room for 240"],
    ),
    ([("nations: [wales]", "nations: [wales, wales]")], ["9: 'nations' holds 'wales' twice; write it once"]),
    (
        [("nations: [wales]", "nations: ['']")],
        ["9: item 1 of 'nations' is empty; write something there, or take it out"],
    ),
    (
        [("nations: [wales]", "nations: wales")],
        [f"9: 'nations' must be a list (one item a line, each starting with '- '), not 'wales' (in {SHOWN})"],
    ),
    (
        [("said: [members]", "said: members")],
        [f"9: 'said' must be a list (one item a line, each starting with '- '), not 'members' (in {SHOWN})"],
    ),
    ([("said: [members], ", "")], [f"9: 'said' is missing (in {SHOWN}); add a line 'said: ...'"]),
    ([("How much deeper?", "{a: b}")], [f"9: 'text' must be text, not a group of 'name: value' lines (in {SHOWN})"]),
    (
        [("questions:\n", "")],
        [
            "4: this has the fields of 'questions', and stands in 'groups'; write a line 'questions:' above the first of these"
        ],
    ),
    (
        [("suggestions:\n", "")],
        [
            "8: this has the fields of 'suggestions', and stands in 'questions'; write a line 'suggestions:' above the first of these"
        ],
    ),
    (
        [
            ("group: first, text: Why soil?", "group: first, text: [Why]"),
            ("How much richer?", "Rich."),
            ("id: when", "id: all"),
        ],
        [
            "5: 'text' must be text, not a list (in questions, item 1)",
            "7: question 'all' has the word that means all of them; choose another",
            "10: suggestion 'richer' ends without a question mark; ask something",
        ],
    ),
]


@pytest.mark.parametrize(("changes", "messages"), IN_QUESTIONS, ids=range(len(IN_QUESTIONS)))
def test_a_slip_in_questions_is_told_alone(tmp_path: Path, changes: list[tuple[str, str]], messages: list[str]) -> None:
    found = told(tmp_path, packs("questions: [all]", cards=CARDS), asked(*changes))
    assert found == [f"{ASKED}:{message}" for message in messages]
