"""Packs as an editor meets them: every slip named with its line, and papers whose pages say what their parts say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from lxml import html
from markdown import Markdown

from conftest import ROOT, Built
from evidence.note_lines import NoteLines
from evidence.pack_pages import PLACE
from evidence.packs import Paper, all_packs
from evidence.paper_nodes import EXTENSIONS
from evidence.printing import file_uris
from evidence.read import read
from evidence.real_tables import RealTables
from evidence.site import Site
from test_check import PAGE, review, told

QUESTIONS = """\
groups:
  - {id: first, title: First things}
  - {id: last, title: Last things}
questions:
  - {id: why, group: first, text: Why soil?}
  - {id: how, group: first, text: How deep?}
  - {id: when, group: last, text: When?}
"""
GLOSSARY = "- {id: loam, term: Loam, meaning: Good soil.}\n- {id: clay, term: Clay, meaning: Heavy soil.}\n"
SOURCES = """\
- {id: one, name: One, title: The first source, author: Ann Good, date: May 2020}
- {id: two, name: Two, title: The second source, author: Ben Fine, date: June 2021}
"""
GUIDE = """\
---
title: Guide
description: How to dig.
glossary: false
---

# Guide { data-themes="soil" }

Read [home](index.md#depth), [the tools](#tools) and [the end](#end). It is known [@good2020].

## Tools { #tools data-themes="soil" }

A spade [@good2020].

### Spades { #spades }

Long ones.

## End { #end }

<!-- unit: x -->
Stop. <!-- evidence: note N1 -->
"""
FILES = {
    "data/questions.yml": QUESTIONS,
    "data/glossary.yml": GLOSSARY,
    "data/sources.yml": SOURCES,
    "data/nations.yml": "- {id: wales, name: Wales}\n",
    "data/editorial.yml": """\
- id: N1
  kind: fact
  title: Depth
  where_in_source: [p]
  source_says: S
  problem: P
  treatment: T
  severity: gap
  certainty: C
  basis: B
  note: Not deep.
""",
    "docs/guide.md": GUIDE,
    "docs/index.md": PAGE + '## Depth { #depth data-themes="soil" }\n\nDeep.\n',
}
CARDS = "cards:\n  - {id: stop, colour: red, shape: octagon, word: Stop, text: Please stop.}\n"


def packs(parts: str, more: str = "", cards: str = CARDS, name: str = "sheet") -> str:
    """A file with one pack; its parts begin at line 6, or one further down for each line of `more`."""
    lines = "".join(f"      - {{{part}}}\n" for part in parts.split(";") if part)
    return f"packs:\n  - id: {name}\n    title: Our sheet\n    purpose: For us.\n{more}    parts:\n{lines}{cards}"


def site(root: Path, text: str, **files: str) -> Site:
    named = {
        name.replace("__", "/").replace("_yml", ".yml").replace("_md", ".md"): text for name, text in files.items()
    }
    return review(root, {**FILES, "data/packs.yml": text, **named})


def paper(root: Path, text: str, name: str = "sheet") -> Paper:
    found = site(root, text)
    assert found.problems == ()
    return next(paper for paper in found.papers if paper.pack.id == name)


def shown(made: Paper) -> html.HtmlElement:
    converter = Markdown(extensions=[*EXTENSIONS, RealTables(), NoteLines()])
    return html.fromstring(f"<main>{converter.convert(made.markdown)}</main>")


def outline(made: Paper) -> list[str]:
    return [f"{h.tag} {h.text_content()}" for h in shown(made).iter("h1", "h2", "h3", "h4", "h5", "h6")]


# Slips

SLIPS = [
    (packs(""), ["data/packs.yml:2: pack 'sheet' has no parts; add a line 'parts:' with a list below it"]),
    (
        packs("lines: 2"),
        [
            "data/packs.yml:6: 'lines' goes with 'questions' only",
            "data/packs.yml:6: a part is one of page, questions, words, cards or pack; this one has none of them",
        ],
    ),
    (
        packs("questions: [all], words: [all]"),
        ["data/packs.yml:6: a part is one of page, questions, words, cards or pack; this one has questions and words"],
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
    (packs("page: list.md"), ["data/packs.yml:6: page 'list.md' holds the list of packs, so it cannot be in one"]),
    (
        packs("page: guide.md, sections: [tolls]"),
        ["data/packs.yml:6: section of guide.md 'tolls' is unknown; did you mean 'tools'?"],
    ),
    (
        packs("page: themes/soil.md, sections: [fund]"),
        ["data/packs.yml:6: section of themes/soil.md 'fund' is unknown"],
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
        ["data/packs.yml:6: placeholder '{title}' is unknown; only packs with 'each' have any"],
    ),
    (
        packs("page: 'themes/{nam}.md'", "    each: theme\n"),
        [
            "data/packs.yml:7: placeholder '{nam}' is unknown; it must be {id} or {title}",
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
        ["data/packs.yml:7: a page does not fit on cards; use questions, words or cards"],
    ),
    (
        packs("cards: [all]", cards=CARDS.replace("Please stop.", "Stop " * 40)),
        ["data/packs.yml:8: card 'stop' has 199 characters; on a card there is room for 160"],
    ),
    (
        packs("questions: [all]", cards=CARDS.replace("red", "blue")),
        ["data/packs.yml:8: 'colour' is 'blue' (in cards, item 1); it must be 'red', 'yellow' or 'green'"],
    ),
    (
        packs("questions: [all]", cards=CARDS + CARDS.partition("\n")[2]),
        ["data/packs.yml:9: id 'stop' is used a second time; the first is at line 8"],
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


def two(first: str, second: str) -> str:
    return packs("questions: [all]", first, cards="") + packs("questions: [all]", second, name="other").removeprefix(
        "packs:\n"
    )


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
                "data/packs.yml:7: pack 'other' holds itself: other > sheet > other",
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


def test_the_marker_names_what_it_knows(tmp_path: Path) -> None:
    page = PAGE + "<!-- evidence: packs redy -->\n"
    found = told(tmp_path, {**FILES, "data/packs.yml": packs("questions: [all]"), "docs/index.md": page})
    assert any("kind of pack 'redy' is unknown; did you mean 'ready'?" in message for message in found)


# Papers


def test_a_page_comes_with_its_words_and_one_title(tmp_path: Path) -> None:
    made = paper(tmp_path, packs("page: guide.md"))
    assert outline(made) == [
        *("h1 Our sheet", "h2 Guide", "h3 Tools", "h4 Spades", "h3 End", "h2 References", "h2 About this paper")
    ]
    assert "unit:" not in made.markdown
    assert "Reading time" not in made.markdown
    assert "Editor's note N1: Depth" in shown(made).text_content()


def test_what_leads_nowhere_on_paper_stays_on_the_screen(tmp_path: Path) -> None:
    more = (
        "Two lines.\nKept.\n\nRead more about\n[home](index.md).\n{ .screen-only }\n\nKept, too.\n\n"
        + "A line.\n" * 2000
    )
    guide = GUIDE.replace("Long ones.\n", f"Long ones.\n\n{more}")
    found = site(tmp_path, packs("page: guide.md"), docs__guide_md=guide)
    assert found.problems == ()
    said = shown(found.papers[0]).text_content()
    assert "Read more about" not in said
    assert "Two lines.\nKept." in said
    assert "Kept, too." in said
    assert "Read more about" in found.filled("guide.md").markdown()


def test_a_title_that_stands_above_is_not_said_again(tmp_path: Path) -> None:
    made = paper(tmp_path, packs("page: guide.md").replace("Our sheet", "Guide"))
    assert outline(made)[:3] == ["h1 Guide", "h2 Tools", "h3 Spades"]


@pytest.mark.parametrize(
    ("part", "wanted"),
    [
        ("page: guide.md, sections: [tools]", ["h2 Tools", "h3 Spades"]),
        ("page: guide.md, sections: [spades, end]", ["h2 Spades", "h2 End"]),
        ("page: guide.md, sections: [spades], title: To dig", ["h2 To dig", "h3 Spades"]),
        ("page: themes/soil.md, sections: [review]", ["h2 Where the review speaks of it"]),
        ("questions: [last, why]", ["h2 First things", "h2 Last things"]),
        ("questions: [how], title: Ask", ["h2 Ask", "h3 First things"]),
        ("cards: [all], title: Hold up", ["h2 Hold up", "h3 Stop"]),
    ],
)
def test_a_part_takes_what_it_names(tmp_path: Path, part: str, wanted: list[str]) -> None:
    got = outline(paper(tmp_path, packs(part)))
    assert [line for line in got[1:] if not line.endswith(("About this paper", "References"))] == wanted


def test_questions_are_numbered_through_with_room_to_write(tmp_path: Path) -> None:
    tree = shown(paper(tmp_path, packs("questions: [all], lines: 3")))
    assert [(ol.get("start", "1"), len(ol.findall("li"))) for ol in tree.iter("ol")] == [("1", 2), ("3", 1)]
    assert [div.get("data-lines") for div in tree.xpath("//li/div[@class='note-lines']")] == ["3", "3", "3"]
    assert tree.xpath("//p[.//div]") == []


def test_links_lead_where_they_led_and_ids_stay_unique(tmp_path: Path) -> None:
    made = paper(
        tmp_path, packs("page: guide.md; page: guide.md, sections: [tools]; questions: [all]; questions: [all]")
    )
    tree = shown(made)
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    hrefs = tree.xpath("//a/@href")
    assert "../../index.md#depth" in hrefs
    assert {href[1:] for href in hrefs if href.startswith("#")} <= set(ids)
    assert {"tools", "tools-2"} <= set(ids)


def test_a_section_left_out_is_reached_on_its_page(tmp_path: Path) -> None:
    guide = GUIDE.replace("A spade", "A spade, see [the end](#end)")
    made = site(tmp_path, packs("page: guide.md, sections: [tools]"), docs__guide_md=guide).papers[0]
    assert "../../guide.md#end" in made.markdown


def test_works_stand_once_in_the_references_of_a_paper(tmp_path: Path) -> None:
    made = paper(tmp_path, packs("page: guide.md; page: index.md"))
    assert made.markdown.count("{ #ref-good2020 .reference }") == 1
    assert "Cited on this page" not in made.markdown
    assert made.markdown.index("References") < made.markdown.index("About this paper")


def test_papers_do_not_count_as_places_that_cite(tmp_path: Path) -> None:
    without = review(tmp_path / "a", FILES)
    having = site(tmp_path / "b", packs("page: guide.md; page: index.md"))
    assert having.index.by_reference == without.index.by_reference
    assert [p.blocks for p in having.reference_pages()] == [p.blocks for p in without.reference_pages()]


def test_a_pack_in_a_pack_begins_a_page(tmp_path: Path) -> None:
    text = (
        two("", "")
        .replace("{questions: [all]}", "{pack: other}\n      - {pack: other, title: Again}", 1)
        .replace("id: other\n    title: Our sheet", "id: other\n    title: The other")
    )
    made = paper(tmp_path, text)
    assert outline(made)[:3] == ["h1 Our sheet", "h2 The other", "h3 First things"]
    # The first stands below the title.
    assert shown(made).xpath("//h2[@class='new-page']/text()") == ["Again"]


def test_packs_for_each_theme_and_nation_are_filled_in(tmp_path: Path) -> None:
    text = (
        two("    each: theme\n", "    each: nation\n")
        .replace("Our sheet", "On {title}")
        .replace("For us", "About {title} ({id})")
    )
    made = all_packs(site(tmp_path, text).review)
    assert {name: (pack.title, pack.purpose) for name, pack in made.items()} == {
        "theme-soil": ("On Soil", "About Soil (soil)."),
        "nation-wales": ("On Wales", "About Wales (wales)."),
    }


def test_the_last_lines_say_where_a_paper_comes_from(tmp_path: Path) -> None:
    text = packs("questions: [all]", "    sources: [one, two]\n")
    more = {
        "data__reading_yml": "checked: 2026-11-22\n",
        "CHANGELOG_md": "# Changes\n\n## 1.2.0 - 2026-12-01\n\n### Content\n\n- All of it.\n",
    }
    guide = {
        "docs__guide_md": GUIDE.replace("glossary:", "checked: 2026-11-22\nglossary:"),
        "docs__index_md": PAGE.replace("title:", "checked: 2026-11-22\ntitle:"),
    }
    made = site(tmp_path, text, **more, **guide).papers[0]
    about = made.markdown.partition("## About this paper")[2]
    assert "Source: Ann Good. <cite>The first source</cite>. May 2020." in about
    assert "Source: Ben Fine. <cite>The second source</cite>. June 2021." in about
    assert "Content version 1.2.0, 1 December 2026." in about
    assert "/discuss/packs/sheet/" in about
    assert made.author == "Ann Good; Ben Fine"


def test_the_site_links_to_every_file_with_its_pages_and_size(tmp_path: Path) -> None:
    page = PAGE + "<!-- evidence: packs -->\n"
    text = two("", "    each: theme\n").replace("For us", "For | us")
    found = site(tmp_path, text, docs__index_md=page)
    assert found.problems == ()
    shown_page = found.filled("index.md").markdown()
    outputs = {output.uri: output for output in found.outputs()}
    for pack in all_packs(found.review).values():
        for uri in file_uris(pack).values():
            size = max(1, round(len(outputs[uri].content) / 1000))
            wanted = re.compile(rf", 1 page, {size} KB\]\({re.escape(uri)}\)")
            assert wanted.search(shown_page)
            own = str(outputs[f"discuss/packs/{pack.id}.md"].content)
            assert wanted.search(own.replace("(../packs/", "(").replace(f"({pack.id}", f"(discuss/packs/{pack.id}"))
    assert PLACE not in shown_page
    assert not any(PLACE in str(output.content) for output in outputs.values())


# The real site


def test_the_engine_has_the_extensions_of_the_site() -> None:
    config = re.sub(r"!ENV", "", (ROOT / "mkdocs.yml").read_text("utf-8"))
    assert sorted(yaml.safe_load(config)["markdown_extensions"]) == sorted(EXTENSIONS)


REAL_PACKS = all_packs(read(ROOT).review)


@pytest.mark.parametrize("name", REAL_PACKS)
def test_each_pack_is_on_the_site_with_all_its_files(real: Built, name: str) -> None:
    tree = real.trees[f"discuss/packs/{name}/index.html"]
    links = {real.target(f"discuss/packs/{name}/index.html", href)[0] for href in tree.xpath("//main//a/@href")}
    for uri in file_uris(REAL_PACKS[name]).values():
        assert (real.folder / uri).is_file()
        assert uri in links
    assert tree.xpath("//main//h1/text()") == [REAL_PACKS[name].title]


def test_cards_of_our_own_name_no_source(tmp_path: Path) -> None:
    made = paper(tmp_path, packs("cards: [all]"))
    assert "Source:" not in made.markdown
    assert made.author == ""
