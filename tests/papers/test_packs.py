"""Packs as an editor meets them: papers whose pages say what their parts say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from conftest import ROOT, Built
from evidence.output.html_tree import EXTENSIONS
from evidence.papers.formats import offered, pdf_pages
from evidence.papers.packs import all_packs
from evidence.papers.pdf import paper_data, pdf
from evidence.sources.read import read
from evidence.text.places import has_place
from evidence.text.words import file_size
from made_up import PAGE, review
from made_up_packs import FILES, GUIDE, outline, packs, paper, shown, site, two
from paper_files import POINTS, REAL, letters, words_of

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
        + "A line.\n" * 900
    )
    guide = GUIDE.replace("Long ones.\n", f"Long ones.\n\n{more}")
    found = site(tmp_path, packs("page: guide.md"), docs__guide_md=guide)
    assert found.problems == ()
    said = shown(found.papers.all[0]).text_content()
    assert "Read more about" not in said
    assert "Two lines.\nKept." in said
    assert "Kept, too." in said
    assert "Read more about" in found.resolved("guide.md").markdown()


def test_a_section_for_the_screen_stays_off_papers(tmp_path: Path) -> None:
    guide = GUIDE.replace("## End { #end }", "## More { #more .screen-only }\n\n- [Home](index.md).\n\n## End { #end }")
    found = site(tmp_path, packs("page: guide.md"), docs__guide_md=guide)
    assert found.problems == ()
    assert [line for line in outline(found.papers.all[0]) if "More" in line] == []
    assert "Home" not in shown(found.papers.all[0]).text_content().partition("About this paper")[0]
    assert "h3 End" in outline(found.papers.all[0])
    assert "## More" in found.resolved("guide.md").markdown()


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
    assert "../../index.md#home" in hrefs
    assert {href[1:] for href in hrefs if href.startswith("#")} <= set(ids)
    assert {"tools", "tools-2"} <= set(ids)


def test_a_section_left_out_is_reached_on_its_page(tmp_path: Path) -> None:
    guide = GUIDE.replace("A spade", "A spade, see [the end](#end)")
    made = site(tmp_path, packs("page: guide.md, sections: [tools]"), docs__guide_md=guide).papers.all[0]
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
    assert [p.tail for p in having.reference_pages()] == [p.tail for p in without.reference_pages()]


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
    made = site(tmp_path, text, **more, **guide).papers.all[0]
    about = made.markdown.partition("## About this paper")[2]
    assert "Sources: One by Ann Good, May 2020; Two by Ben Fine, June 2021." in about
    assert "Content version 1.2.0, 1 December 2026." in about
    assert "The words are ours, as editors, but for quotations." in about
    assert made.author == "", (
        "nobody has said yet who publishes it, and those whose sources it rests on did not write it"
    )


def test_the_site_links_to_every_file_with_its_pages_and_size(tmp_path: Path) -> None:
    page = PAGE + "<!-- evidence: packs -->\n"
    text = two("", "    each: theme\n").replace("For us", "For | us")
    found = site(tmp_path, text, docs__index_md=page)
    assert found.problems == ()
    shown_page = found.resolved("index.md").markdown()
    outputs = {output.uri: output for output in found.outputs()}
    for pack in all_packs(found.review).values():
        for uri in (kind.uri(pack) for kind in offered(pack)):
            size = file_size(len(outputs[uri].content))  # as in all other places
            wanted = re.compile(rf", 1 page, 1 sheet of paper, {size}\]\({re.escape(uri)}\)")
            assert wanted.search(shown_page)
            own = str(outputs[f"discuss/packs/{pack.id}.md"].content)
            assert wanted.search(own.replace("(../packs/", "(").replace(f"({pack.id}", f"(discuss/packs/{pack.id}"))
    first = next(iter(all_packs(found.review).values()))
    line = site(tmp_path / "line", text, docs__index_md=PAGE + f"<!-- evidence: packs first {first.id} -->\n")
    assert line.problems == ()
    wanted = re.compile(r"\n\nTo print: \[[^]]+ KB\]\([^)]+\)\{[^}]+\}\n\{ \.screen-only \}\n")
    assert wanted.search(line.resolved("index.md").markdown())
    assert not has_place(shown_page)
    assert not any(has_place(str(output.content)) for output in outputs.values())


# The real site


def test_the_engine_has_the_extensions_of_the_site() -> None:
    config = re.sub(r"!ENV", "", (ROOT / "mkdocs.yml").read_text("utf-8"))
    assert sorted(yaml.safe_load(config)["markdown_extensions"]) == sorted(EXTENSIONS)


REAL_PACKS = all_packs(read(ROOT).review)


@pytest.mark.parametrize("name", REAL_PACKS)
def test_each_pack_is_on_the_site_with_all_its_files(real: Built, name: str) -> None:
    tree = real.trees[f"discuss/packs/{name}/index.html"]
    links = {real.target(f"discuss/packs/{name}/index.html", href)[0] for href in tree.xpath("//main//a/@href")}
    for uri in (kind.uri(REAL_PACKS[name]) for kind in offered(REAL_PACKS[name])):
        assert (real.folder / uri).is_file()
        assert uri in links
    assert tree.xpath("//main//h1/text()") == [f"{REAL_PACKS[name].title} (paper)"]


def test_cards_of_our_own_name_no_source(tmp_path: Path) -> None:
    made = paper(tmp_path, packs("cards: [all]"))
    assert "Source" not in made.markdown
    assert "The words are ours, as editors." in made.markdown
    assert "quotations" not in made.markdown


def test_a_paper_says_where_to_find_it_while_the_site_has_no_address(tmp_path: Path) -> None:
    found = site(tmp_path, packs("questions: [all]"), docs__index_md=PAGE + "<!-- evidence: packs -->\n")
    listed = next(d.title for d in found.documents if d.uri == "index.md")
    said = f"on our website: “{listed}”, in “{found.title}”"
    assert said in found.papers.all[0].markdown


@pytest.mark.parametrize("address", ["", "https://www.example.org/evidence/"])
def test_what_members_said_fits_on_one_sheet(address: str) -> None:
    """In standard print, on the two sides of a sheet of A4: also with the code that leads to the paper, once the site has an address."""
    sheet = next(paper for paper in REAL.papers.all if paper.pack.id == "members-in-a-line")
    content = pdf(paper_data(sheet, POINTS["standard"], address))
    assert pdf_pages(content) == 2
    said = words_of(content, sheet.pack.title)
    lines = [theme.in_a_line for theme in REAL.review.themes.values() if theme.in_a_line]
    assert len(lines) == 18
    assert [line for line in lines if letters(line) not in said] == []


@pytest.mark.parametrize("address", ["", "https://www.example.org/evidence/"])
def test_the_evidence_on_two_pages_has_two_pages(address: str) -> None:
    """As its name says: also with the code that leads to it."""
    sheet = next(paper for paper in REAL.papers.all if paper.pack.id == "two-pages")
    assert pdf_pages(pdf(paper_data(sheet, POINTS["standard"], address))) == 2
