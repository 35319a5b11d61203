"""A made-up format, style and kind of work, each added in one record, are found everywhere that such things belong."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import rispy

import zotero
from conftest import ROOT, SITES, Built, run
from evidence.metadata import context_object, linked_data, reference_meta
from evidence.model.review import Review
from evidence.references import FORMATS, STYLES, format_works
from evidence.references.formats import Format
from evidence.references.kinds import WORK_KINDS, WorkKind
from evidence.sources.bibtex import parse_bibtex
from evidence_publish.host_files import Rules
from evidence_publish.precompressed import compress
from evidence_publish.server_rules import apache, nginx
from export_lists import files_of
from read_pages import tree_of

# What someone would add to the registries, as a module that is imported before a build begins.
MADE_UP = """
from evidence.references.formats import FORMATS, Format
from evidence.references.styles import STYLES, Style

FORMATS["verse"] = Format("verse", "Verse", "text/x-verse", lambda work, review: f"O {work.title}!\\n", head=b"Verses\\n")
STYLES["cairn"] = Style(
    "cairn", "Cairn", csl="harvard-cite-them-right", locale="en-GB",
    changes=(('<layout suffix=".">', '<layout prefix="Cairn: " suffix=".">'),), law='<text variable="title"/>', prepare=lambda item: None,
    web_page=lambda text, where: f"{text} Seen at {where or 'its address'}, on a day.",
)
"""
KEY = "aune2019"


def with_made_up(folder: Path, module: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a module as `python -m` does, with the made-up records in the registries."""
    (folder / "made_up_records.py").write_text(MADE_UP)
    start = f"import made_up_records, runpy; runpy.run_module({module!r}, run_name='__main__', alter_sys=True)"
    return run(sys.executable, "-c", start, *arguments, PYTHONPATH=f"{folder}:{ROOT / 'hooks'}")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sample review in a folder of its own, beside the engine as samples have it."""
    root = tmp_path_factory.mktemp("registries")
    (root / "hooks").symlink_to(ROOT / "hooks")
    shutil.copytree(SITES["night-trains"], root / "a/b/review", ignore=shutil.ignore_patterns(".cache"))
    return root


@pytest.fixture(scope="module")
def made(folder: Path) -> Built:
    """The sample, built strictly with the made-up records."""
    review, site = folder / "a/b/review", folder / "site"
    result = with_made_up(folder, "mkdocs", "build", "--strict", "-f", review / "mkdocs.yml", "-d", site)
    assert result.returncode == 0, result.stderr
    assert "WARNING" not in result.stderr
    return Built(site)


# A format


def test_every_list_of_works_has_a_file_in_a_new_format(made: Built) -> None:
    stems = {file.with_suffix("").as_posix() for file in made.folder.rglob("*.ris")}
    assert len(stems) > 20
    assert {file.with_suffix("").as_posix() for file in made.folder.rglob("*.verse")} == stems
    assert (made.folder / f"references/{KEY}.verse").read_text() == (
        "Verses\nO Asleep by Oslo: what a berth does for the next day!\n"
    )
    whole = (made.folder / "references/bibliography.verse").read_text().splitlines()
    assert whole[0] == "Verses"
    assert len(whole) == 1 + len(json.loads((made.folder / "references/bibliography.json").read_bytes()))
    assert (made.folder / "about/cite-site.verse").is_file()


def test_every_line_of_downloads_leads_to_a_new_format(made: Built) -> None:
    lines = 0
    for name, tree in made.pages():
        for line in tree.xpath("//p[@class='downloads'][a[starts-with(., 'BibTeX')]]"):
            lines += 1
            [link] = line.xpath("a[starts-with(., 'Verse (')]")
            assert (made.folder / made.target(name, link.get("href"))[0]).is_file(), name
    assert lines > 20


def test_the_page_of_a_work_says_that_a_new_format_describes_it(made: Built) -> None:
    name = f"references/{KEY}/index.html"
    [address] = made.trees[name].xpath("//head/link[@rel='describedby'][@type='text/x-verse']/@href")
    assert made.target(name, address)[0] == f"references/{KEY}.verse"


def test_another_generator_gets_the_files_of_a_new_format(folder: Path, made: Built) -> None:
    staged = folder / "staged"
    result = with_made_up(folder, "evidence_cli", "--root", folder / "a/b/review", "stage", staged)
    assert result.returncode == 0, result.stderr
    names = {file.relative_to(made.folder) for file in made.folder.rglob("*.verse")}
    assert {file.relative_to(staged) for file in staged.rglob("*.verse")} == names


def test_servers_are_told_of_a_new_format(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(FORMATS, "verse", Format("verse", "Verse", "text/x-verse", lambda work, review: work.title))
    told = apache(Rules((), ()))
    assert '<FilesMatch "\\.verse(\\.gz|\\.br)?$">\n  ForceType "text/x-verse; charset=utf-8"' in told
    assert re.search(r"\|verse\b.*\n  Header always merge Vary Accept-Encoding", told)
    told = nginx(Rules((), ()))
    assert "    text/x-verse verse;\n" in told
    assert re.search(r"^charset_types .*text/x-verse\b.*;$", told, re.M)
    assert f"default_type {FORMATS['json'].media_type};" in told  # one ending, two kinds
    (tmp_path / "works.verse").write_text("O work!\n" * 100)
    assert compress(tmp_path) == 2
    assert (tmp_path / "works.verse.gz").is_file()


# A style


def test_a_new_style_is_offered_for_every_work(made: Built) -> None:
    pages = [name for name in made.trees if re.fullmatch(r"references/[^/]+/index\.html", name)]
    assert len(pages) > 5
    for name in pages:
        [text] = made.trees[name].xpath("//h3[@id='in-cairn']/following-sibling::*[1][@class='cite-text']")
        assert text.text_content().startswith("Cairn: "), name


def test_a_new_style_tells_of_web_pages_in_its_own_words(made: Built) -> None:
    tree = made.trees["about/cite/index.html"]
    heads = [h.text_content().strip("¶") for h in tree.xpath("//article//h3")]
    assert heads.count("Cairn") == 3
    texts = [" ".join(p.text_content().split()) for p in tree.xpath("//article//p[@class='cite-text']")]
    own = [text for text in texts if text.startswith("Cairn: ")]
    assert len(own) == 3
    assert [text.endswith(", on a day.") for text in own] == [True, False, True]  # the second is no web page
    assert not [text for text in own if re.search(r"Accessed|\[cited|Available from", text)]


# A kind of work


def test_a_new_kind_of_work_is_known_in_every_export_and_tag(monkeypatch: pytest.MonkeyPatch) -> None:
    kind = WorkKind("map", ("chart",), "MAP", "map", "Map", ris_number="SN", zotero_genre="mapType", exported="graphic")
    monkeypatch.setitem(WORK_KINDS, "map", kind)
    entry = "@chart{a, author={Ash, Tom}, title={Verges}, type={Sketch}, number={7}, publisher={P}, year={2019}}"
    works, problems, _ = parse_bibtex(entry, "x.bib")
    assert [problem for problem in problems if not problem.notice] == []
    review, work = Review(references=works), works["a"]
    files = files_of(review)
    assert files.file(("a",), "bib").decode().startswith("@chart{a,")
    [record] = rispy.loads(files.file(("a",), "ris").decode())
    assert (record["type_of_reference"], record["issn"]) == ("MAP", "7")
    [item] = json.loads(files.file(("a",), "json"))
    assert (item["type"], item["genre"], item["number"]) == ("graphic", "Sketch", "7")
    head = reference_meta(work, ())
    assert '<meta name="z:itemType" content="map">' in head
    assert '<meta name="z:mapType" content="Sketch">' in head
    assert zotero.embedded(tree_of(head)).kind == "map"
    assert zotero.context_object(context_object(work)).kind == "map"
    assert linked_data.work_node(work)["@type"] == "Map"
    for style in STYLES:
        assert "Verges" in format_works(works, {}, style)["a"], style


# Nothing is loaded that only makes things


def test_what_checking_needs_loads_neither_processor_nor_writers() -> None:
    names = "rispy pybtex pypandoc typst"
    code = f"import sys, evidence.references; print([name for name in {names.split()} if name in sys.modules])"
    result = run(sys.executable, "-c", code)
    assert (result.stdout, result.stderr) == ("[]\n", "")
