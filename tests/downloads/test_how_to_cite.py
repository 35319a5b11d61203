"""How to cite: a line on every page, a page that explains, files, and CITATION.cff; all say what the data says and no more."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
import rispy
import yaml
from cffconvert.cli.create_citation import create_citation

from conftest import ROOT, Built
from evidence.downloads import how_to_cite
from evidence.metadata.page_metadata import Host, PageFacts
from evidence.model.review import Review, Source
from evidence.model.site_data import Publisher
from evidence.references.styles import STYLES
from evidence.site.heads import Heads
from evidence.site.loading import load
from evidence.site.site import Site
from evidence.text.places import place
from made_up import review

PAPER = Source(
    "paper", "Paper", "On verges", "Ann Marie Ash", "August 2024", "Ash, Ann Marie", publisher="Verges Trust"
)
PAGE = Source("page", "Page", "Verges aloud", "Verges Trust (VT)", "2024 to 2025", kind="webpage")
NOBODY = Host("Verges for all")
KNOWN = Host("Verges for all", "Ann & Co", "a@b.example", "https://www.example.org/v/")
ABOUT = PageFacts("About verges", "", "about/", "2026-11-22")
HOME = PageFacts("Verges for all", "", "", "2026-11-22")


@cache
def real_site() -> Site:
    return load(ROOT)


def in_style(reference: str, style: str, host: Host) -> str:
    documents = Review(sources={"paper": PAPER, "page": PAGE})
    works = how_to_cite.works(documents, host) | {
        "about": how_to_cite.page_reference(host, ABOUT),
        "home": how_to_cite.page_reference(host, HOME),
    }
    paths = {"about": "about/", "home": "", "site": ""}
    return how_to_cite.cited({reference: works[reference]}, style, paths)[reference]


@pytest.mark.parametrize(
    ("what", "host", "style", "expected"),
    [
        ("about", NOBODY, "harvard", "Verges for all (2026) <i>About verges</i>. Available at: /about/ (web address not yet set) (Accessed: add the date)."),
        ("about", KNOWN, "harvard", "Ann &amp; Co (2026) <i>About verges</i>, <i>Verges for all</i>. Available at: https://www.example.org/v/about/ (Accessed: add the date)."),
        ("home", NOBODY, "harvard", "<i>Verges for all</i> (2026). Available at: web address not yet set (Accessed: add the date)."),
        ("home", KNOWN, "harvard", "Ann &amp; Co (2026) <i>Verges for all</i>. Available at: https://www.example.org/v/ (Accessed: add the date)."),
        ("paper", NOBODY, "harvard", "Ash, A.M. (2024) <i>On verges</i>. Verges Trust."),
        ("page", NOBODY, "harvard", "Verges Trust (VT) (2024 to 2025) <i>Verges aloud</i>. Available at: add the address (Accessed: add the date)."),
        ("paper", NOBODY, "apa", "Ash, A. M. (2024). <i>On verges</i>. Verges Trust."),
        ("page", NOBODY, "apa", "Verges Trust (VT). (2024 to 2025). <i>Verges aloud</i>. Add the address."),
        ("paper", NOBODY, "vancouver", "Ash AM. On verges. Verges Trust; 2024 Aug."),
        ("page", NOBODY, "vancouver", "Verges Trust (VT). Verges aloud. 2024 to 2025 [cited add the date]. Available from: add the address"),
    ],
)  # fmt: skip
def test_each_is_cited_as_far_as_it_is_known(what: str, host: Host, style: str, expected: str) -> None:
    assert in_style(what, style, host) == expected


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("what", ["about", "home", "site", "paper", "page"])
def test_nothing_is_made_up(what: str, style: str) -> None:
    text = in_style(what, style, NOBODY)
    assert "http" not in text
    assert not re.search(r"\d{1,2} [A-Z][a-z]+ \d{4}", text)  # nobody's day of access
    assert "Ash" in text or what != "paper"
    assert "Ash" not in text or what == "paper"
    known = in_style(what, style, KNOWN)
    assert ("https://www.example.org/v/" in known) == (what in ("about", "home", "site"))


def test_where_no_page_tells_how_to_cite_the_site_nothing_leads_to_its_files() -> None:
    documents = Review(sources={"paper": PAPER})
    marked = place(how_to_cite.DIRECTIVE, "paper")
    assert list(how_to_cite.files(documents, NOBODY, "")) == []
    alone = how_to_cite.with_ways(marked, "a.md", documents, NOBODY, page="")
    assert "On verges" in alone
    assert "Download" not in alone
    assert "(cite-paper.bib)" in how_to_cite.with_ways(marked, "a.md", documents, NOBODY, page="cite.md")


def test_a_document_that_names_its_author_wrongly_is_a_problem_and_an_organisation_is_none(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    root = tmp_path_factory.mktemp("small")
    (root / "data").mkdir()
    (root / "docs").mkdir()
    (root / "bibliography.bib").write_text("")
    (root / "docs/index.md").write_text("---\ntitle: T\ndescription: D\n---\n\n# T\n\n<!-- evidence: cite nobody -->\n")
    (root / "data/sources.yml").write_text(
        "- {id: a, name: A, title: A, author: Ann Ash, listed: 'Oak, Ann', date: '2020'}\n"
        "- {id: b, name: B, title: B, author: 'The  <span lang=\"cy\">Bwrdd</span> ', date: '2020'}\n"
        "- {id: c, name: C, title: C, author: '<span lang=\"cy\">Nia</span> Ash', listed: 'Ash, Nia', date: '2020'}\n"
    )
    assert [str(problem) for problem in load(root).problems] == [
        "data/sources.yml:1: listed is 'Oak, Ann', which is not the author 'Ann Ash' as 'Family, Given'",
        "docs/index.md:8: marker 'cite': thing to cite 'nobody' is unknown; known are: site, a, b, c",
    ]


# On the site


def line(built: Built, name: str) -> str:
    [found] = built.trees[name].xpath("//main//p[@class='cite-this']")
    assert not found.xpath("ancestor::article")  # it is about the page, and not part of its words
    return " ".join(found.text_content().split())


def test_every_page_says_how_to_cite_it(real: Built) -> None:
    publisher: Publisher = real_site().review.publisher
    for name, tree in real.own_pages():
        text = line(real, name)
        path = "/" + name.removesuffix("index.html")
        if name.startswith("references/") and name != "references/index.html":
            assert text == "Cite the source itself, rather than this page about it. How to cite this site."
            continue
        assert text.startswith("To cite this page: ")
        assert "Ferazzoli" not in text
        assert path in text if path != "/" else "To cite" in text, name
        if not publisher.site_address:
            assert "web address not yet set" in text
            assert "http" not in text
        assert "(Accessed: add the date)." in text
        if name != "about/cite/index.html":
            [link] = tree.xpath("//p[@class='cite-this']/a/@href")[-1:]
            assert real.target(name, link)[0] == "about/cite/index.html"


def test_the_page_shows_all_three_in_three_styles(real: Built) -> None:
    tree = real.trees["about/cite/index.html"]
    texts = [" ".join(p.text_content().split()) for p in tree.xpath("//article//p[@class='cite-text']")]
    assert len(texts) == 9
    heads = [h.text_content() for h in tree.xpath("//article//h3")]
    assert heads == [style.name for style in STYLES.values()] * 3
    assert sum("Ferazzoli" in text for text in texts) == 3
    assert sum("Improving Adult Care Together" in text for text in texts) == 6
    ids = tree.xpath("//article//*/@id")
    assert len(ids) == len(set(ids))


def test_the_files_hold_what_the_page_shows(real: Built) -> None:
    sources = real_site().review.sources
    tree = real.trees["about/cite/index.html"]
    links = tree.xpath("//article//p[@class='downloads']/a/@href")
    assert len(links) == 9
    for link in links:
        assert (real.folder / real.target("about/cite/index.html", link)[0]).is_file()
    for name, record in sources.items():
        [item] = json.loads((real.folder / f"about/cite-{name}.json").read_text("utf-8"))
        assert item["title"] == record.title
        person = (
            {"family": record.listed.split(", ")[0], "given": record.listed.split(", ")[-1]}
            if record.listed
            else {"literal": record.author}
        )
        assert item["author"] == [person]
        assert item.get("URL", "") == record.address
        [entry] = rispy.loads((real.folder / f"about/cite-{name}.ris").read_text("utf-8"))
        assert entry["title"] == record.title
        bib = (real.folder / f"about/cite-{name}.bib").read_text("utf-8")
        assert record.title in bib
    [site] = json.loads((real.folder / "about/cite-site.json").read_text("utf-8"))
    assert site["title"] == real_site().title


def test_pages_are_cited_each_by_its_own_title_and_address() -> None:
    pages = {
        "about.md": ABOUT,
        "index.md": HOME,
        "old.md": PageFacts("Old & <new>", "", "a/old/", "2019-01-02"),
        "undated.md": PageFacts("No day, “really” (2020)", "", "undated/"),
    }
    for host in (NOBODY, KNOWN):
        single = how_to_cite.page_lines(pages, host)
        for uri, page in pages.items():
            reference = {uri: how_to_cite.page_reference(host, page)}
            assert single[uri] == how_to_cite.cited(reference, "harvard", {uri: page.path})[uri]
    asked = how_to_cite.page_lines({"q.md": PageFacts("Why verges?", "", "q/", "2026-01-01")}, NOBODY)
    assert asked["q.md"].startswith("Verges for all (2026) <i>Why verges?</i> Available at: /q/ ")


# CITATION.cff


def test_the_citation_file_is_valid_and_says_what_the_data_says() -> None:
    path = ROOT / "CITATION.cff"
    create_citation(str(path), None).validate()
    data = yaml.safe_load(path.read_text("utf-8"))
    publisher = real_site().review.publisher
    assert data["title"] == real_site().title
    assert data["type"] == "dataset"
    # An entity: no person is named as author of the site.
    assert data["authors"] == [{"name": publisher.name or f"The editors of {data['title']}"}]
    assert data.get("url", "") == publisher.site_address
    assert data.get("license", "") == publisher.content_licence
    assert ("No licence has been chosen yet" in path.read_text("utf-8")) == (not publisher.content_licence)
    for record, source in zip(data["references"], real_site().review.sources.values(), strict=True):
        assert record["title"] == source.title
        [author] = record["authors"]
        named = f"{author['family-names']}, {author['given-names']}" if "name" not in author else author["name"]
        assert named == (source.listed or source.author)


@pytest.mark.parametrize(
    ("archived", "pending", "kept"),
    [
        (("1.0.0",), "", "https://a.org/v/1.0.0/"),
        ((), "", ""),
        (("0.9.0",), "", ""),
        (("1.0.0",), "## Not yet released\n\n### Content\n\n- More.\n\n", ""),
    ],
)
def test_a_passage_is_cited_in_the_archived_version_with_the_same_words(
    tmp_path: Path, archived: tuple[str, ...], pending: str, kept: str
) -> None:
    """A script makes the citation of a passage of the line below the page, which names the archived page where there is one."""
    log = f"# Changes\n\n{pending}## 1.0.0 - 2026-01-01\n\n### Content\n\n- The first.\n"
    site = review(tmp_path, {"CHANGELOG.md": log, "data/publisher.yml": "{name: A, site_address: 'https://a.org/'}\n"})
    assert site.problems == ()
    site = replace(site, review=replace(site.review, archived=archived))
    line = Heads(site, site.host(), {}).line("index.md", lambda uri: uri)
    assert (f'<span data-kept="{kept}">' in line) is bool(kept)
    assert ("data-kept" in line) is bool(kept)
