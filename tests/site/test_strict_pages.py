"""What the check lets by, the strict build takes, and readers see it as it was meant: one small site that holds all of it."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy

import pytest
from lxml import html

from conftest import ROOT, Built, mkdocs_build
from evidence.site.loading import load
from made_up import BIB, PAGE, THEMES

SETTINGS = f"""\
site_name: A small site
strict: true
nav:
  - Home: index.md
  - Other: review/other.md
  - Themes: themes/index.md
  - Elsewhere: https://example.org/
not_in_nav: |
  /themes/*
  /references/*
  /evidence-map/*
  /about/*
theme: {{name: material, font: false}}
plugins:
  - search
  - bibtex: {{bib_file: bibliography.bib, bib_by_default: false, enable_inline_citations: false}}
hooks: [{ROOT}/hooks/mkdocs_hooks.py]
markdown_extensions: [admonition, attr_list, md_in_html, sane_lists, tables, toc, pymdownx.superfences]
validation:
  nav: {{omitted_files: warn, not_found: warn, absolute_links: warn}}
  links: {{not_found: warn, anchors: warn, absolute_links: warn, unrecognized_links: warn}}
"""
# What is written, and what readers see of it.
SHOWN = {
    "See [see @good2020, p. 3; @bad2021].": "See (see Good, 2020, p. 3; Bad, 2021).",
    "Good [-@good2020] says.": "Good (2020) says.",
    "Spaces [ @good2020 ] stand.": "Spaces (Good, 2020) stand.",
    "The [Act [@good2020] says] so.": "The [Act (Good, 2020) says] so.",
    "A [ stands alone [@good2020].": "A [ stands alone (Good, 2020).",
    "Wow![@good2020]": "Wow!(Good, 2020)",
    "- In a list [@bad2021]": "In a list (Bad, 2021)",
    "> In a quotation [@bad2021]": "In a quotation (Bad, 2021)",
    "| A cell |\n| --- |\n| In a table [@good2020; @bad2021] |": "In a table (Good, 2020; Bad, 2021)",
    '!!! note "In a title [@bad2021]"\n    Words.': "In a title (Bad, 2021)",
    "The code `[@good2020, @bad2021]` and `\\bibliography`.": "The code [@good2020, @bad2021] and \\bibliography.",
    "    [@good2020]\n    \\full_bibliography": "[@good2020]\n\\full_bibliography",
    "Names: @hedge, [@hedge2](https://example.org/@hedge2).": "Names: @hedge, @hedge2.",
    "Mail: a.good2020@example.org and <b@example.org>.": "Mail: a.good2020@example.org and b@example.org.",
    r"Figures \[1] in brackets.": "Figures [1] in brackets.",
    "He wrote “as others say (Good, 2020)” [@bad2021, p. 3].": "He wrote “as others say (Good, 2020)” (Bad, 2021, p. 3).",
    "| A | B [@bad2021] |\n| --- | --- |\n| c | In a cell below |": "In a cell below",
    "[There](review/other.md#part), [a theme](themes/soil.md#review), [a work](references/bad2021.md#cited), [a file](references/bibliography.bib).": (
        "There, a theme, a work, a file."
    ),
    "[The list](#references), [a place](#cite-good2020-1), [an entry](references/index.md#good2020).": "The list, a place, an entry.",
    '![A panel](assets/pic.png) with a ![title](assets/pic.png "A title"){ width=40 } and words.': "with a  and words.",
    "<div markdown>\n- In a <b>box</b>\n</div>": "In a box",
    "1. One\n2. Two\n\n    - Within two": "Within two",
    "A dash at the\n- beginning of a line.": "A dash at the\n- beginning of a line.",
    "Words.\n\n## Of [@good2020] { #of-good data-themes='soil' }\n\nMore [@good2020].": "Of (Good, 2020)",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    root = tmp_path_factory.mktemp("strict")
    files = {
        "mkdocs.yml": SETTINGS,
        "bibliography.bib": BIB + BIB.replace("good2020", "bad2021").replace("Good", "Bad").replace("2020}", "2021}"),
        "data/themes.yml": THEMES,
        "docs/review/other.md": PAGE.replace("Home", "Other").replace("A page", "Another page")
        + "## A part { #part }\n\nWords.\n",
        "docs/assets/pic.png": "",
        "docs/index.md": PAGE + "\n\n".join(SHOWN) + "\n",
    }
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    assert list(map(str, load(root).problems)) == []
    result = mkdocs_build(root / "mkdocs.yml", root / "site")
    assert (result.returncode, "WARNING" in result.stderr) == (0, False), result.stderr
    return Built(root / "site")


@pytest.mark.parametrize("written", SHOWN)
def test_what_passes_the_check_is_shown_as_it_was_meant(site: Built, written: str) -> None:
    tree = site.trees["index.html"]
    article = deepcopy(next(tree.iter("article")))
    for mark in article.find_class("support"):  # the engine's own words behind those of the page
        mark.drop_tree()
    texts = {
        (element.text_content() or "").strip() for element in article.iter() if isinstance(element, html.HtmlElement)
    }
    assert SHOWN[written] in texts


def test_a_heading_that_cites_is_named_as_readers_see_it(site: Built) -> None:
    """The links back from the list of references name the place, and no key."""
    names = {link.get("aria-label", "") for link in site.trees["index.html"].iter("a") if link.get("class") == "back"}
    assert "Of (Good, 2020) (1 of 2), where Good, 2020 is cited" in names
    assert not any("good2020" in name for name in names)


def test_cells_know_their_column_as_readers_see_it(site: Built) -> None:
    """On narrow screens the name of the column stands beside the cell."""
    assert "B (Bad, 2021)" in site.trees["index.html"].xpath("//td/@data-label")


def test_nothing_of_a_page_is_left_hidden(site: Built) -> None:
    for name, tree in site.trees.items():
        assert not any("\ue000" <= letter <= "\uf8ff" for letter in tree.text_content()), name
