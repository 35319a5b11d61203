"""Abbreviations: what counts as spelt out, how an editor is told, and that no page of the real site leaves one unexplained."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from lxml import html

from conftest import ROOT, Built
from evidence.model.review import Review
from evidence.model.site_data import AllowedAbbreviation, Term
from evidence.references.labels import labels
from evidence.site.loading import load
from evidence.sources.read import read
from evidence.wording.abbreviations import full_form, is_spelt_out, stands_for, unspelt

ALLOWED = (AllowedAbbreviation("UK", "everyone knows it"), AllowedAbbreviation("Bird Watch NI", "a name"))


def found(*blocks: str) -> list[str]:
    return [short for short, _, _ in unspelt(blocks, ALLOWED)]


@pytest.mark.parametrize(
    "text",
    [
        "There is a version in British Sign Language (BSL). BSL is a language.",
        "There is a version in British\nSign Language (BSL).",
        "Ask the BSL (British Sign Language) team.",
        "Ask the Tree and Bat Alliance Society (the ALLIANCE).",
        "BATS is short for Bird and Tree Society. It met once.",
        "It comes from BATS, which stands for Bird and Tree Society.",
        "Work with voluntary, community and social enterprise (VCSE) bodies.",
        "Both are files of comma-separated values (CSV).",
        "Read all National Park Authorities (NPAs) say.",
        "The four nations of the UK agree.",
        "Bird Watch NI counts them.",
        "King George VI and Part IV are numbers.",
        "Write A4, C24 or F08; ask M. T. Cole or Dr McKay.",
    ],
)
def test_what_is_spelt_out_passes(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("A BSL version. There is a version in British Sign Language (BSL).", ["BSL"]),
        ("It is in BSL, and in BSL again.", ["BSL"]),
        ("Ask (BSL) people.", ["BSL"]),
        ("Some other words entirely (BSL).", ["BSL"]),
        ("BSL (a language of signs) is one.", ["BSL"]),
        ("BSL stands for something else.", ["BSL"]),
        ("Read what NPAs and the NPA's chair say.", ["NPA"]),
        ("Bird Watch UK in NI.", ["NI"]),
        ("Research & Development (R&D) and the M&S.", ["M&S"]),
    ],
)
def test_what_is_not_spelt_out_at_first_use_is_told_once(text: str, told: list[str]) -> None:
    assert found(text) == told


def test_a_full_form_stands_in_the_same_block_or_right_below_a_heading() -> None:
    assert found("British Sign Language", "(BSL)") == ["BSL"]
    assert found("BSL", "Short for British Sign Language. It has signs.", "BSL again") == []
    assert found("BSL", "It is a language.") == ["BSL"]
    assert found("British Sign Language (BSL)", "BSL again", "and NHS") == ["NHS"]


def test_letters_are_matched_to_words_from_the_end() -> None:
    assert stands_for("DHSC", "the Department of Health and Social Care")
    assert stands_for("IT", "information technology")
    assert not stands_for("BSL", "Sign Language")
    assert not stands_for("BSL", "a verb so slow")
    assert not stands_for("BSL", "")
    assert not is_spelt_out("BSL", "", " is spoken")


def test_the_full_form_comes_from_the_glossary() -> None:
    glossary = {
        t.id: t
        for t in (
            Term("bsl", "BSL", "A language.", ("British Sign Language",)),
            Term("park", "National Park Authority (NPA)", "It keeps a park.", ("National Park Authority", "NPA")),
            Term("two", "BATS and moth", "Two bodies.", ("BATS", "night society")),
        )
    }
    assert full_form("BSL", glossary) == "British Sign Language"
    assert full_form("NPA", glossary) == "National Park Authority"
    assert full_form("BATS", glossary) == full_form("NHS", glossary) == ""


LIMITED = 'limits: [{pages: "*", grade: 30}]\n'
PAGE = """\
---
title: Home
description: D
---

# Home

"""


def told(root: Path, body: str, reading: str = LIMITED, glossary: str = "") -> list[str]:
    """What an editor is told of a page's abbreviations; the body begins at line 8."""
    files = {"docs/index.md": PAGE + body, "data/reading.yml": reading, "data/glossary.yml": glossary}
    files["bibliography.bib"] = (
        "@misc{rspb2020, author = {{Royal Society}}, shortauthor = {RSPB}, title = {T}, year = {2020}, access = {free}, listing = {printed}}\n"
    )
    for name, text in files.items():
        if text:
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text, "utf-8")
    return [str(p) for p in load(root).problems if "bibliography" not in p.where.path]


def test_an_editor_is_told_the_line_and_what_would_be_right(tmp_path: Path) -> None:
    glossary = "- {id: bsl, term: BSL, also: [British Sign Language], meaning: A language.}\n"
    assert told(tmp_path, "One line.\nThere is no BSL\nversion, says the NHS.\n", glossary=glossary) == [
        "docs/index.md:9: 'BSL' is not spelt out where page 'index.md' first uses it; write 'British Sign Language (BSL)', or allow it with a reason in data/reading.yml",
        "docs/index.md:10: 'NHS' is not spelt out where page 'index.md' first uses it; write its full form and then '(NHS)', or allow it with a reason in data/reading.yml",
    ]


@pytest.mark.parametrize(
    "body",
    [
        "[Download this table (CSV)](some.csv){ .download } or [this paper (PDF, 84 KB)](../some.PDF)\n",
        "See [British Sign Language](https://example.org/BSL) (**BSL**).\n",
        "A citation has a short name [@rspb2020].\n",
        "Code `BSL` and a comment <!-- unit: BSL -->.\n\n```\nBSL\n```\n",
        'An address https://example.org/BSL_one, a title <cite>The BSL Book</cite> and an <abbr title="BSL">other</abbr>.\n',
        '## Heading { #h data-x="BSL" }\n\n| A table of | British Sign Language (BSL) |\n| --- | --- |\n| BSL | again |\n',
    ],
)
def test_what_readers_do_not_read_as_text_is_not_asked_for(tmp_path: Path, body: str) -> None:
    assert [line for line in told(tmp_path, body) if "spelt out" in line] == []


def test_a_type_of_file_elsewhere_is_asked_for(tmp_path: Path) -> None:
    body = "A [page on files (CSV)](index.md), and all (PDF).\n"
    assert [line.partition(" is ")[0] for line in told(tmp_path, body)] == [
        "docs/index.md:8: 'CSV'",
        "docs/index.md:8: 'PDF'",
    ]


def test_pages_without_a_reading_limit_are_left_alone(tmp_path: Path) -> None:
    assert told(tmp_path, "The BSL version.\n", 'limits: [{pages: "other/*", grade: 30}]\n') == []


def test_a_cell_or_a_list_item_has_to_hold_its_full_form_itself(tmp_path: Path) -> None:
    lines = told(
        tmp_path, "| British Sign Language | (BSL) |\n| --- | --- |\n| x | y |\n\n- National Health Service\n- (NHS)\n"
    )
    assert [line.partition(" is ")[0] for line in lines] == ["docs/index.md:8: 'BSL'", "docs/index.md:13: 'NHS'"]


def test_an_allowance_has_capitals_and_a_reason_and_stands_once(tmp_path: Path) -> None:
    reading = "abbreviations:\n  - {short: UK, reason: Known.}\n  - {short: UK, reason: Known.}\n  - {short: word, reason: Known.}\n"
    assert told(tmp_path, "The UK.\n", reading + LIMITED) == [
        "data/reading.yml:3: 'UK' stands here a second time; the first is at data/reading.yml:2",
        "data/reading.yml:4: 'word' has no two capitals together, so it needs no allowance; remove it",
    ]
    empty = 'abbreviations:\n  - {short: EU, reason: " "}\n'
    assert told(tmp_path, "The EU.\n", empty + LIMITED) == [
        "data/reading.yml:2: 'reason' is empty; write something there"
    ]


# The real site, as built.

BLOCKS = {
    *("p", "li", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "dt", "dd", "caption", "figcaption", "summary", "div"),
    *(
        "blockquote",
        "section",
        "label",
        "button",
        "option",
        "br",
        "ul",
        "ol",
        "dl",
        "table",
        "tr",
        "text",
        "fieldset",
        "legend",
    ),
}
LEFT_OUT = {"nav", "footer", "code", "pre", "cite", "script", "style"}
QUOTED = "The source has:"


@cache
def review() -> Review:
    return read(ROOT).review


def blocks(tree: html.HtmlElement) -> list[str]:
    """The text of a page's main part in reading order, without code, titles of works and addresses."""
    parts: list[str] = []

    def walk(element: html.HtmlElement) -> None:
        if not isinstance(element.tag, str) or element.tag in LEFT_OUT or "cite-text" in element.get("class", ""):
            return  # the last is a reference in full, with initials, to be copied as it is
        edge = "\n\n" if element.tag in BLOCKS else ""
        words = element.text or ""
        if element.tag == "a":  # the type of file and its size in the text of a link to such a file, as "XYZ (3 KB)"
            ending = element.get("href", "").rpartition(".")[2]
            known = {ending, "CSL-JSON"} if ending == "json" else {ending}
            types = "|".join(re.escape(name) for name in known if name)
            words = re.sub(rf"\b({types}|[KM]B)\b", "", words, flags=re.I) if types and "/" not in ending else words
        parts.append(edge + words)
        for child in element:
            walk(child)
            parts.append(child.tail or "")
        parts.append(edge)

    walk((tree.xpath("//article") or tree.xpath("//main") or [tree])[0])
    text = re.sub(r"https?://\S+", " ", "".join(parts))
    return [" ".join(block.split()) for block in re.split(r"\n[ \t]*\n", text) if block.strip()]


def own_words(tree: html.HtmlElement) -> Iterator[str]:
    """The blocks of a page without what is a source's name or words: labels of citations, titles of works, quotations in the audit."""
    names = {str(label) for label in labels(review()).values()} | {r.title for r in review().references.values()}
    pattern = re.compile("|".join(re.escape(name) for name in sorted(names, key=len, reverse=True)))
    for block in blocks(tree):
        yield "" if block.startswith(QUOTED) else pattern.sub(lambda m: " " * len(m[0]), block)


def short_authors() -> dict[str, str]:
    """The authors that citations shorten, each with the full name."""
    found = {
        r.field("shortauthor"): r.authors[0].literal for r in review().references.values() if r.field("shortauthor")
    }
    assert found
    return found


def test_no_page_of_the_real_site_leaves_an_abbreviation_unexplained(real: Built) -> None:
    allowed = review().reading.abbreviations
    shortened = short_authors()
    left: list[str] = []
    for name, tree in real.trees.items():
        words = list(own_words(tree))
        assert any(words) or name == "404.html", name
        if name == "a-to-z/index.html":
            continue  # each short form there leads to where it is spelt out
        for short, block, offset in unspelt(words, allowed):
            # The reference of a work in full tells who a short author is.
            before = " ".join([*words[:block], words[block][:offset]])
            if short not in shortened or shortened[short] not in before:
                left.append(f"{name}: {words[block][max(0, offset - 30) : offset + 30]}")
    assert left == []


def test_every_allowance_is_needed(real: Built) -> None:
    allowed = review().reading.abbreviations
    pages = [list(own_words(tree)) for tree in real.trees.values()]
    for one in allowed:
        others = [a for a in allowed if a is not one]
        assert any(list(unspelt(p, others)) != list(unspelt(p, allowed)) for p in pages), one


def test_an_author_that_citations_shorten_is_named_in_full_where_they_lead(real: Built) -> None:
    for reference in review().references.values():
        if not reference.field("shortauthor"):
            continue
        full = reference.authors[0].literal
        assert full in real.trees[f"references/{reference.key}/index.html"].xpath("string(//article)")
        entries = [li for tree in real.trees.values() for li in tree.xpath(f"//li[@id='ref-{reference.key}']")]
        assert entries or reference.field("uncited"), reference.key
        assert all(full in entry.text_content() for entry in entries), reference.key
