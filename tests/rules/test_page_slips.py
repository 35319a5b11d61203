"""Slips in what stands on a page: each is told with its line and what to write in its place, since the build would show it as it was typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from made_up import AFTER, PAGE, THEMES, note, told

NBSP = "\u00a0"
LIST, ORDERED = "begins with '- '", "begins with '1. '"
TABLE = "write a table as lines of | a | b |"
BOX = 'write !!! note "Title"'


# What is pasted from a word processor, and lists and tables that would be one paragraph


@pytest.mark.parametrize(
    ("lines", "line", "right"),
    [
        ("• One\n• Two", 1, LIST),
        ("·\tOne", 1, LIST),
        (f"·{NBSP}{NBSP}One", 1, LIST),
        ("o\tOne", 1, LIST),
        ("▪ One", 1, LIST),
        ("§\tOne", 1, LIST),
        ("Words:\n• One", 2, LIST),
        ("> • One", 1, LIST),
        ("– One\n– Two", 1, LIST),
        ("-One\n-Two", 1, LIST),
        (f"-{NBSP}One", 1, "type an ordinary space"),
        (f"1.{NBSP}One", 1, "type an ordinary space"),
        (f"##{NBSP}A heading", 1, "type an ordinary space"),
        (f"{NBSP}{NBSP}- One", 1, "type ordinary spaces"),
        ("1) One\n2) Two", 1, ORDERED),
        ("1)\tOne", 1, ORDERED),
        ("a) One\nb) Two", 1, LIST),
        ("(i) One\n(ii) Two", 1, LIST),
        ("a. One\nb. Two", 1, LIST),
        ("Three things:\n- One\n- Two", 2, "put an empty line between"),
        ("Three things\n1. One\n2. Two", 2, "put an empty line between"),
        ("Three things:\n* One", 2, "put an empty line between"),
        ('!!! note "A"\n    Three things:\n    - One\n    - Two', 3, "put an empty line between"),
        ("> Three things:\n> - One\n> - Two", 2, "put an empty line between"),
        ("- One\n  - Within it\n- Two", 2, "four spaces further in"),
        ("A\tB\tC\n1\t2\t3", 1, TABLE),
        ("Words:\n| A | B |\n| --- | --- |\n| 1 | 2 |", 2, "put an empty line between"),
        ("| A | B |\n| 1 | 2 |", 1, TABLE),
        ("| A | B |\n| --- |\n| 1 | 2 |", 2, "write \\| for the sign itself"),
        ("| A | B |\n| --- | --- |\n| 1 | 2 | 3 |", 3, "write \\| for the sign itself"),
        ("| --- | --- |\n| 1 | 2 |", 1, TABLE),
    ],
)
def test_lists_and_tables_that_are_none_are_told(tmp_path: Path, lines: str, line: int, right: str) -> None:
    found = told(tmp_path, {"docs/index.md": f"{PAGE}{lines}\n"})
    assert found[0].startswith(f"docs/index.md:{AFTER + line}: ")
    assert any(right in message for message in found)


# Signs of other Markdown


@pytest.mark.parametrize(
    ("lines", "right"),
    [
        ("Words[^1].\n\nMore.\n\n[^1]: A note.", "put the words into the text"),
        ("Words^[A note].", "put the words into the text"),
        ("==Words==", "write **words**"),
        ("~~Words~~", "write only the words that hold"),
        ("x^2^", "<sup>2</sup>"),
        ("H~2~O", "<sub>2</sub>"),
        ('??? note "A"\n    Words.', BOX),
        ('???+ note "A"\n    Words.', BOX),
        ('!!! note: A "B" C\n    Words.', BOX),
        ('!!! note "A"\nWords.', BOX),
        ("> [!NOTE]\n> Words.", BOX),
        ('=== "A"\n\n    Words.', "take it out"),
        ("::: note\nWords.\n:::", "take it out"),
        ("/// note\nWords.\n///", "take it out"),
        ("*[ABC]: A big cat", "write <abbr title="),
        ("- [ ] One\n- [x] Two", "write a list without them"),
        ("Word\n:   Its meaning", "write '- **word**: meaning'"),
        ("See [[index]].", "write a link as [words](page.md)"),
        ("{{ macro }}", "take it out"),
        ("{% include 'x' %}", "take it out"),
        ("Well :smile: done.", "write what it means in words"),
        (":material-check: Done.", "write what it means in words"),
        ("See [there] (index.md).", "write [words](address)"),
        ("See (there)[index.md].", "write a link as [words](address)"),
        ("Words here { .x }", "put them on a line of their own"),
    ],
)
def test_signs_of_other_markdown_are_told(tmp_path: Path, lines: str, right: str) -> None:
    found = told(tmp_path, {"docs/index.md": f"{PAGE}{lines}\n"})
    assert found[0].startswith(f"docs/index.md:{AFTER + 1}: ") or lines.startswith("Word\n")
    assert any(right in message for message in found)


@pytest.mark.parametrize(
    "text",
    [
        "- One\n- Two\n\n    More of two.\n\n    - Within it\n",
        "1. One\n2. Two\n",
        "  - One\n  - Two\n",
        "- One,\n  which goes on\n- Two\n",
        "-\tOne\n-\tTwo\n",
        "1.\tOne\n",
        "## A heading { #a }\n- One\n- Two\n",
        "<!-- for editors -->\n- One\n- Two\n",
        "Words\n<!-- for editors -->\n\n- One\n",
        "Words that go on in the next line\n- and a dash there - are no list.\n",
        "In the years up to\n2018. It was so.\n",
        "| A | B |\n| --- | --- |\n| 1 \\| 2 | `a | b` |\n| 3 |\n",
        "A | B\n--- | ---\n1 | 2\n",
        '!!! note "A title"\n\n    Words.\n\n    - One\n    - Two\n',
        '!!! note\n    Words.\n\n!!! editor-note inline "B"\n    Words.\n',
        "> Words\n> go on.\n>\n> - One\n",
        "Words.\n{ .x }\n\n- One\n- Two { .x }\n\n## A heading { #a .x }\n",
        "<div markdown>\n- One\n- Two\n</div>\n",
        f"A no-break space{NBSP}in words, 5{NBSP}km, is right.\n",
        "It is 10:30:45, a:b:c, a ratio of 1:2:3, and x = y == z.\n",
        "He said – and meant it – that a ~ b, 5 ^ 2, ~5 and ~6.\n",
        "Home • About • More.\n",
        "`==a==`, `~~b~~`, `[^1]`, `:smile:`, `{{ c }}`, `a\tb` are code.\n",
        "```text\n• One\na\tb\n??? note\n```\n\n    • One\n    a\tb\n",
        "[Wales] (as it was) and (so) [Wales] stand.\n",
        "<!-- • One\na\tb\n~~c~~ -->\n",
        'See <https://example.org/a~b~c> and [there](https://example.org/?a==b==c "A title").\n',
        "---\n\n***\n\nWords.\n",
    ],
)
def test_what_is_read_as_it_is_meant_is_let_be(tmp_path: Path, text: str) -> None:
    assert told(tmp_path, {"docs/index.md": PAGE + text}) == []


@pytest.mark.parametrize("words", ["• One", "A ~~B~~", "A[^1]", "==A==", "1) One"])
def test_texts_of_data_files_are_looked_at_as_well(tmp_path: Path, words: str) -> None:
    found = told(tmp_path, {"data/themes.yml": THEMES.replace("What grows needs soil.", f"'{words}'")})
    assert [message.partition(": ")[0] for message in found] == ["data/themes.yml:1"]
    assert "'summary': " in found[0]
    found = told(tmp_path, {"data/themes.yml": THEMES, "data/editorial.yml": note(note=f"'{words}'")})
    assert [message.partition(": ")[0] for message in found] == ["data/editorial.yml:1"]
