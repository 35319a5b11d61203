"""A page that is added to the registry in one record is found everywhere that it belongs."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from conftest import ROOT, SITES, Built, mkdocs_build
from evidence.crosslinks import index
from evidence.model.review import Review
from evidence.pages.generated import PAGES
from evidence.site.loading import load
from evidence.site.site import Site
from evidence.site.staging import staged

RECORD = """\
from evidence.output.blocks import Output
from evidence.pages.generated import PAGES, GeneratedPage

TEXT = "---\\ntitle: Leaves\\ndescription: How many.\\n---\\n\\n# Leaves\\n\\n## How many { #many }\\n\\n{} works, on leaves.\\n"


def make(site):
    yield Output("leaves/index.md", TEXT.replace("{}", str(len(site.review.references))), "bibliography.bib", "Leaves")


page = GeneratedPage("leaves/index.md", lambda site: site.review.references, make, "bibliography.bib")
PAGES[page.address] = page
"""
PACK = "- {id: sheet, title: Sheet, purpose: To read., parts: [{page: leaves/index.md, sections: [many]}]}\n"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small review that links to the made-up page and has it in a pack; the page is in the registry of this process, and in that of a build."""
    monkeypatch.setitem(PAGES, "leaves/index.md", PAGES["glossary.md"])  # so that the registry is put back
    exec(RECORD, {})
    folder = tmp_path / "tea"
    shutil.copytree(SITES["tea"], folder)
    (folder / "data").mkdir()
    (folder / "data/packs.yml").write_text(f"cards: []\npacks:\n{PACK}")
    page = folder / "docs/index.md"
    page.write_text(page.read_text() + "\nSee [the leaves](leaves/index.md#many).\n")
    (folder / "made_up.py").write_text(RECORD)
    settings = folder / "mkdocs.yml"
    hooks = f"[made_up.py, {ROOT / 'hooks/mkdocs_hooks.py'}]"
    settings.write_text(settings.read_text().replace("[../../../hooks/mkdocs_hooks.py]", hooks))
    return folder


def ready(folder: Path) -> Site:
    site = load(folder)
    assert site.problems == ()
    return site


def test_a_made_up_page_is_built_and_links_to_it_lead_there(project: Path, tmp_path: Path) -> None:
    result = mkdocs_build(project / "mkdocs.yml", tmp_path / "site")
    assert (result.returncode, "WARNING" in result.stderr) == (0, False), result.stderr
    assert "works, on leaves." in (tmp_path / "site/leaves/index.html").read_text("utf-8")
    assert 'href="leaves/index.html#many"' in (tmp_path / "site/index.html").read_text("utf-8")


def test_a_made_up_page_can_stand_in_a_pack(project: Path) -> None:
    site = ready(project)
    page = site.find("leaves/index.md")
    assert page is not None
    assert page.title == "Leaves"
    assert [f"{len(site.review.references)} works, on leaves." in paper.markdown for paper in site.papers.all] == [True]


def test_a_made_up_page_is_staged_for_other_engines(project: Path) -> None:
    files = dict(staged(ready(project)))
    assert b"works, on leaves." in files["leaves/index.md"]


def test_no_page_may_be_written_at_its_address(project: Path) -> None:
    (project / "docs/leaves").mkdir()
    (project / "docs/leaves/index.md").write_text("---\ntitle: Leaves\ndescription: Mine.\n---\n\n# Leaves\n")
    told = [str(problem) for problem in load(project).problems]
    assert len(told) == 1
    assert "leaves/index.md" in told[0]


def test_a_made_up_page_is_there_only_where_it_has_records(project: Path) -> None:
    (project / "bibliography.bib").write_text("")
    page = project / "docs/index.md"
    page.write_text("---\ntitle: Tea\ndescription: None.\n---\n\n# Tea\n\nSee [the leaves](leaves/index.md).\n")
    told = [str(problem) for problem in load(project).problems]
    assert any(line.startswith("docs/index.md:8: ") and "leaves/index.md" in line for line in told), told


@pytest.mark.parametrize("address", PAGES)
def test_a_review_without_anything_has_no_generated_page(address: str) -> None:
    site = Site(ROOT, Review(), (), {}, index.Index({}, {}, {}), {})
    assert list(PAGES[address].addresses(site)) == []


@pytest.mark.parametrize("name", SITES)
def test_every_page_is_made_at_the_addresses_that_it_tells(name: str) -> None:
    site = load(SITES[name])
    for kind in PAGES.values():
        told = [uri for uri, _ in kind.addresses(site)]
        assert [output.uri for output in site.made(kind) if isinstance(output.content, str)] == told, kind.address


def test_no_theme_no_nation_and_no_paper_is_a_dead_end(real: Built) -> None:
    """Each theme leads to its neighbours, its paper and the questions, each nation to the others, too, each paper to its page and to all papers; on paper none of that is said."""
    site = load(ROOT)
    themes = [branch.theme.id for branch in site.index.branches.values()]
    for at, name in enumerate(themes):
        tree = real.trees[f"themes/{name}/index.html"]
        assert tree.xpath("//main//a[contains(@href, '/packs/')]/@href") == [f"../../discuss/packs/theme-{name}/"]
        found = set(tree.xpath("//h2[@id='onward']/following-sibling::ul[1]//a/@href"))
        assert {"../../discuss/", "../"} <= found
        assert {f"../{other}/" for other in (*themes[max(0, at - 1) : at], *themes[at + 1 : at + 2])} <= found
        asked = {q.id for _, group in site.review.questions.numbered() for _, q in group if name in q.themes}
        assert {f"../../discuss/#{question}" for question in asked} <= found
    for name in site.review.nations:
        found = set(
            real.trees[f"nations/{name}/index.html"].xpath("//h2[@id='onward']/following-sibling::ul[1]//a/@href")
        )
        assert {f"../../discuss/packs/nation-{name}/", "../../discuss/", "../"} <= found
        assert {f"../{other}/" for other in site.review.nations if other != name} <= found
    for paper in site.papers.all:
        tree = real.trees[f"discuss/packs/{paper.pack.id}/index.html"]
        found = set(tree.xpath("//h2[@id='onward']/following-sibling::ul[1]//a/@href"))
        assert "../../" in found
        if paper.pack.each:
            name = paper.pack.id.removeprefix(f"{paper.pack.each}-")
            assert f"../../../{paper.pack.each}s/{name}/" in found
        assert "Go on from here" not in paper.markdown


def test_what_a_build_has_taken_is_let_go_but_for_titles_and_tables() -> None:
    site, fresh = load(SITES["meadow"]), load(SITES["meadow"])
    outputs = [output for output in site.other_outputs() if isinstance(output.content, str)]
    assert any(output.tail for output in outputs)
    site.let_go()
    kept = [output for kind in PAGES.values() if not kind.stamped for output in site.made(kind)]
    assert kept
    assert not any(output.content or output.tail for output in kept)
    assert dict(site.page_titles()) == dict(fresh.page_titles())
    assert [table.uri for table in site.tables] == [table.uri for table in fresh.tables] != []


def test_the_pages_of_works_are_made_one_by_one_and_are_all_told_before() -> None:
    site = load(SITES["meadow"])
    addresses = list(site.stamped())
    assert [page.uri for page in site.reference_pages()] == addresses
    assert len(addresses) == len(site.review.references) > 0
