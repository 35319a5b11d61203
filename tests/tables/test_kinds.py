"""A comparison table is one record: what is added there is found everywhere that it belongs, in a site that is built for real."""

from __future__ import annotations

import csv
import io
import json
import shutil
import zipfile
from pathlib import Path

import pytest
from lxml import html
from mkdocs.commands.build import build
from mkdocs.config import load_config

import made_up
from conftest import ROOT
from evidence.files.csv_lines import BOM
from evidence.model.review import Review
from evidence.output.data_tables import Column
from evidence.site.loading import load
from evidence.tables import kinds
from evidence.tables.comparison import Cell, ComparisonKind, ComparisonTable, Line, TableRow

BARE = "---\ntitle: Meadows\ndescription: Two.\n---\n\n# Meadows\n\nWet.\n"
PAGE = """\
---
title: Kinds
description: The kinds of sources.
themes: [bees]
---

# Kinds

<!-- evidence: made-up -->
"""


def bare(name: str) -> str:
    """The same page under another name."""
    return BARE.replace("Meadows", f"Meadows {name}").replace("Two.", f"All of {name}.")


def _made_up(review: Review, uri: str, wanted: tuple[str, ...]) -> ComparisonTable:
    rows = (
        TableRow(k.name, (Cell((Line(f"{k.meaning} [@{next(iter(review.references))}]"),)),), k.where)
        for k in review.kinds.values()
    )
    head = (Column("Kind", "The name of the kind."), Column("Meaning", "What counts as it."))
    return ComparisonTable("Kinds made up", head, tuple(rows), "made-up.csv")


MADE_UP = ComparisonKind("made-up", _made_up, about="All kinds.", takes="nothing", gives="the kinds of sources")


@pytest.fixture
def meadow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small site with a page that shows a table of a kind that is made up."""
    monkeypatch.setitem(kinds.TABLES, MADE_UP.name, MADE_UP)
    shutil.copytree(ROOT / "tests/sites/meadow", tmp_path / "meadow")
    config = tmp_path / "meadow/mkdocs.yml"
    text = config.read_text("utf-8").replace("../../../hooks", str(ROOT / "hooks"))
    config.write_text(text.replace("nav:\n", "nav:\n  - Kinds: kinds.md\n"), "utf-8")
    (tmp_path / "meadow/docs/kinds.md").write_text(PAGE, "utf-8")
    return tmp_path / "meadow"


def test_a_made_up_table_is_on_its_page_in_a_file_in_the_data_package_and_on_the_page_of_all_tables(
    meadow: Path,
) -> None:
    review = load(meadow).review
    built = meadow / "built"
    config = load_config(str(meadow / "mkdocs.yml"), site_dir=str(built))
    build(config)
    page = html.parse(built / "kinds/index.html").getroot()
    (shown,) = page.xpath("//article//table[caption='Kinds made up']")
    assert [cell.text_content() for cell in shown.xpath("tbody/tr/th")] == [kind.name for kind in review.kinds.values()]
    (link,) = page.xpath("//article//a[contains(@class, 'download') and contains(@href, 'made-up.csv')]")
    assert link.get("aria-label").endswith(": Kinds made up")
    file = built / "made-up.csv"
    said = list(csv.reader(file.read_bytes().removeprefix(BOM).decode().splitlines()))
    assert said[0] == ["Kind", "Meaning", "Editor's notes"]
    assert [row[0] for row in said[1:]] == [kind.name for kind in review.kinds.values()]
    package = json.loads((built / "datapackage.json").read_text("utf-8"))
    (resource,) = [found for found in package["resources"] if found["path"] == "made-up.csv"]
    assert (resource["title"], resource["description"]) == ("Kinds made up", "All kinds.")
    assert [field["description"] for field in resource["schema"]["fields"]][:2] == [
        "The name of the kind.",
        "What counts as it.",
    ]
    with zipfile.ZipFile(built / "tables.zip") as archive:
        assert archive.read("made-up.csv") == file.read_bytes()
    listed = html.parse(built / "about/data/index.html").getroot().xpath("//article")[0].text_content()
    assert "Kinds made up" in listed
    assert "What counts as it." in listed


def test_a_table_is_made_once_a_build(meadow: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []

    def counted(review: Review, uri: str, wanted: tuple[str, ...]) -> ComparisonTable:
        made.append(uri)
        return _made_up(review, uri, wanted)

    monkeypatch.setitem(kinds.TABLES, MADE_UP.name, ComparisonKind(MADE_UP.name, counted, "About.", "nothing", "kinds"))
    site = load(meadow)
    assert "made-up.csv" in {output.uri for output in site.outputs()}
    assert "made-up.csv" in {table.uri for table in site.tables}
    assert made == ["kinds.md"]


def test_the_same_table_on_two_pages_of_a_folder_is_one_file(meadow: Path) -> None:
    (meadow / "docs/zebra.md").write_text(
        PAGE.replace("# Kinds", "# Again").replace("title: Kinds", "title: Again"), "utf-8"
    )
    found = [table for table in load(meadow).tables if table.uri == "made-up.csv"]
    assert [table.page for table in found] == ["kinds.md"]


COMPARISON = """\
caption: Meadows side by side
rows:
  - {id: soil, title: Soil, cells: {north: [{text: It is deep.}]}}
"""


def test_tables_that_are_only_comparisons_are_in_the_package_and_on_the_page_of_all_tables(tmp_path: Path) -> None:
    text = f"{BARE}\n<!-- evidence: compare -->\n"
    site = made_up.review(
        tmp_path,
        {
            "bibliography.bib": "",
            "data/themes.yml": "[]",
            "data/nations.yml": "- {id: north, name: North}\n",
            "data/comparison.yml": COMPARISON,
            "docs/index.md": f"{text}\nSee [all tables](about/data.md).\n",
        },
    )
    assert site.problems == ()
    made = {output.uri: output.data() for output in site.outputs()}
    (resource,) = json.loads(made["datapackage.json"])["resources"]
    assert resource["path"] == "compare.csv"
    assert b"Meadows side by side" in made["about/data.md"]
    with zipfile.ZipFile(io.BytesIO(made["tables.zip"])) as archive:
        assert archive.read("compare.csv") == made["compare.csv"]


def test_without_any_table_there_is_no_page_of_tables(tmp_path: Path) -> None:
    site = made_up.review(tmp_path, {"bibliography.bib": "", "docs/index.md": BARE})
    assert (site.problems, site.tables) == ((), ())
    assert not {"about/data.md", "datapackage.json", "tables.zip"} & {output.uri for output in site.outputs()}


GAP = """\
caption: C
rows:
  - id: r
    title: Depth
    themes: [soil]
    cells:
      north:
        - text: It is deep there [@good2020].
"""


def test_a_cell_in_which_nothing_is_said_speaks_of_no_theme(tmp_path: Path) -> None:
    pages = {f"docs/{name}.md": f"{bare(name)}\n<!-- evidence: nation {name} -->\n" for name in ("north", "south")}
    site = made_up.review(
        tmp_path,
        {
            "data/nations.yml": "- {id: north, name: North}\n- {id: south, name: South}\n",
            "data/comparison.yml": GAP,
            "docs/index.md": f"{BARE}\n<!-- evidence: compare -->\n",
            "docs/odd.md": f'{bare("odd")}\n## Empty {{ #empty data-themes="soil" }}\n\n<!-- A remark. -->\n',
            **pages,
        },
    )
    assert site.problems == ()
    spoken = [(mention.uri, mention.section, mention.parts) for mention in site.index.mentions["soil"]]
    assert spoken == [("index.md", "", ("Depth, North",)), ("north.md", "r", ())]
    made = {output.uri: output.data().decode() for output in site.outputs() if output.uri.startswith("themes/")}
    assert "south" not in made["themes/soil.md"].lower()
    assert "| 2 sections |" in made["themes/index.md"]


MARKED = """\
caption: C
rows:
  - id: r
    title: Depth
    themes: [soil]
    cells:
      north:
        - {text: It is deep there., themes: [sand]}
        - {text: It is wet there.}
      south:
        - {text: It is dry there., source: two, themes: [sand]}
  - {id: e, title: Examples, from: examples}
"""
METHODS = """\
caption: M
columns:
  - {id: digging, name: Digging, themes: [sand]}
  - {id: asking, name: Asking}
rows:
  - id: r
    title: Depth
    cells:
      digging: [{text: One digs.}]
      asking: [{text: One asks.}]
"""


def test_a_cell_is_about_its_row_its_column_and_what_is_said_of_it_alone_and_an_example_about_its_method(
    tmp_path: Path,
) -> None:
    """What only another document says is no place where the review speaks of a theme."""
    theme = "- {id: %s, title: %s, origin: review, summary: S.}\n"
    source = "- {id: %s, name: %s, title: T, author: A, date: May 2020}\n"
    site = made_up.review(
        tmp_path,
        {
            "data/themes.yml": theme % ("soil", "Soil") + theme % ("sand", "Sand"),
            "data/sources.yml": source % ("one", "One") + source % ("two", "Two"),
            "data/nations.yml": "- {id: north, name: North}\n- {id: south, name: South}\n",
            "data/comparison.yml": MARKED,
            "data/methods.yml": METHODS,
            "data/examples.yml": "- {id: x, name: X, method: digging, nation: south, text: A hole., themes: [soil]}\n",
            "docs/index.md": f"{BARE}\n<!-- evidence: compare -->\n\n[Home](odd.md)\n",
            "docs/odd.md": f"{bare('odd')}\n<!-- evidence: methods -->\n",
        },
    )
    assert site.problems == ()
    spoken = {
        theme: [(mention.uri, mention.parts) for mention in found] for theme, found in site.index.mentions.items()
    }
    assert spoken == {
        "soil": [("index.md", ("Depth, North", "Examples, South"))],
        "sand": [("index.md", ("Depth, North", "Examples, South")), ("odd.md", ("Depth, Digging",))],
    }
