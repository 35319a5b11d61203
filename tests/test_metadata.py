"""What reference managers and search engines read off the built pages equals the data; and no value does harm there."""

from __future__ import annotations

import html
import json
import re
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from extruct.dublincore import DublinCoreExtractor
from extruct.jsonld import JsonLdExtractor
from extruct.opengraph import OpenGraphExtractor
from lxml.html import HtmlElement

import zotero
from conftest import ROOT, SITES, Built, mkdocs_build
from evidence import coins, escape, linked_data, metadata, policy
from evidence.csl import csl_type
from evidence.model import OTHERS, Name, Reference, Where
from evidence.site import Site, load

PAGES = re.compile("--|–").sub
SITE_TITLE = "Involving people with lived experience in strategic decisions"
OWN = (
    "index.html",
    "summary/index.html",
    "review/issue/index.html",
    "themes/index.html",
    "glossary/index.html",
    "audit/index.html",
)


@cache
def review() -> Site:
    return load(ROOT)


def authorless(reference: Reference) -> bool:
    kind = review().review.kinds.get(reference.field("sourcekind"))
    return bool(kind and kind.authorless)


def pages_of(built: Built, folder: str = "") -> Iterator[tuple[str, HtmlElement]]:
    """Pages of the site's own words."""
    return ((name, tree) for name, tree in built.pages() if not is_work(name) and name.startswith(folder))


def is_work(name: str) -> bool:
    return name.startswith("references/") and name != "references/index.html"


def source(built: Built, name: str) -> str:
    return (built.folder / name).read_text("utf-8")


def data_blocks(built: Built, name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = JsonLdExtractor().extract(source(built, name))
    return found


# Pages of the site's own words


def test_zotero_makes_a_web_page_of_every_page_of_ours(real: Built) -> None:
    """Its author is the site or its publisher, not someone whom the page is about."""
    publisher = review().review.publisher
    for name, tree in pages_of(real):
        item = zotero.embedded(tree)
        assert item.kind == "webpage", name
        assert item.creators == [("author", publisher.name or SITE_TITLE, "")], name
        assert item.fields["publicationTitle"] == SITE_TITLE
        assert item.fields["title"]
        assert item.fields["date"] == "2026-11-22"
        assert item.fields["language"] == "en"
        assert ("url" in item.fields) == bool(publisher.site_address)
        assert "DOI" not in item.fields


def test_titles_are_those_of_the_pages(real: Built) -> None:
    documents = {document.uri: document.title for document in review().documents}
    for uri, title in documents.items():
        stem = uri.removesuffix(".md").removesuffix("index").rstrip("/")
        item = zotero.embedded(real.trees[f"{stem}/index.html".removeprefix("/")])
        assert item.fields["title"] == escape.clean(title)


@pytest.mark.parametrize("name", OWN)
def test_other_programs_read_the_same(name: str, real: Built) -> None:
    [core] = DublinCoreExtractor().extract(source(real, name))
    assert core["namespaces"] == {"DC": "http://purl.org/dc/elements/1.1/"}
    found = {e["name"]: e["content"] for e in core["elements"] if e.get("name", "").startswith("DC.")}
    item = zotero.embedded(real.trees[name])
    assert found["DC.title"] == item.fields["title"]
    assert found["DC.creator"] == item.creators[0][1]
    assert found["DC.date"] == item.fields["date"]
    assert ("DC.publisher" in found, "DC.identifier" in found) == (
        bool(review().review.publisher.name),
        bool(review().review.publisher.site_address),
    )
    [graph] = OpenGraphExtractor().extract(source(real, name))
    shown = dict(graph["properties"])
    assert (shown["og:type"], shown["og:title"], shown["og:site_name"]) == ("website", item.fields["title"], SITE_TITLE)


def test_no_page_passes_for_a_paper(real: Built) -> None:
    """Google Scholar reads Highwire tags, and takes a page that has them for the paper."""
    for name, tree in real.pages():
        names = [str(tag) for tag in tree.xpath("//meta/@name | //meta/@property")]
        assert not [tag for tag in names if re.match(r"citation_|bepress|eprints|prism", tag, re.I)], name
        assert not (is_work(name) and [tag for tag in names if tag.startswith(("og:", "DC."))]), name
        assert not tree.xpath("//link[@rel='license']")  # none has been given


def test_links_say_only_what_is_true(real: Built) -> None:
    references = review().review.references
    for name, tree in real.pages():
        links = {str(link.get("rel")): str(link.get("href")) for link in tree.xpath("//head/link")}
        if not is_work(name):
            assert links["type"] == "https://schema.org/WebPage"
            assert ("cite-as" in links) == bool(review().review.publisher.site_address)
            continue
        reference = references[Path(name).parent.name]
        assert links["type"] == "https://schema.org/AboutPage"
        assert links.get("cite-as", "") == (escape.url(reference.url) if reference.field("doi") else "")
        files = {link.get("type"): link.get("href") for link in tree.xpath("//head/link[@rel='describedby']")}
        assert set(files) == set(metadata.FORMATS.values())
        for address in files.values():
            assert (real.folder / real.target(name, address)[0]).is_file()


# Pages about works


@pytest.mark.parametrize("key", sorted(review().review.references))
def test_zotero_takes_the_work_from_its_page(key: str, real: Built) -> None:
    reference = review().review.references[key]
    item = zotero.embedded(real.trees[f"references/{key}/index.html"])
    f = reference.field
    assert item.kind == metadata.ZOTERO_TYPES[csl_type(reference, authorless(reference))]
    people = [*(("author", n) for n in reference.authors), *(("editor", n) for n in reference.editors)]
    assert item.creators == [(role, *read_name(name)) for role, name in people if name != OTHERS]
    wanted = {
        "title": reference.title,
        "publicationTitle": f("journal") or f("booktitle"),
        "volume": f("volume"),
        "issue" if reference.entry_type == "article" else "number": f("number"),
        "pages": f("eid") or PAGES("-", f("pages")),
        "date": metadata.issued(reference),
        "DOI": f("doi"),
        "url": reference.url,
    }
    assert {name: item.fields.get(name, "") for name in wanted} == wanted
    assert "abstractNote" not in item.fields  # our description is not the abstract of the work


def read_name(name: Name) -> tuple[str, str]:
    return (name.literal, "") if name.literal else (name.short, name.given)


# The list of works


def test_the_list_offers_every_work(real: Built) -> None:
    references = review().review.references
    found = zotero.listed(real.trees["references/index.html"])
    assert len(found) == len(references)
    offered = {item.fields["title"]: item for item in found}
    for reference in references.values():
        f = reference.field
        item = offered[reference.title]
        kind = csl_type(reference, authorless(reference))
        assert item.kind == metadata.ZOTERO_TYPES[kind]
        names = [("author", *read_name(name)) for name in reference.authors if name != OTHERS]
        names += [("contributor", *read_name(name)) for name in reference.editors if name != OTHERS]
        assert item.creators == names
        assert item.fields.get("DOI", "") == f("doi")
        assert item.fields.get("url", "") == escape.url(f("url"))
        assert item.fields.get("date", "") == metadata.issued(reference)
        assert item.fields.get("pages", "") == (f("eid") or PAGES("-", f("pages")))
        assert item.fields.get("publicationTitle", "") == (f("journal") or f("booktitle"))
    others = [name for name, tree in real.pages() if zotero.listed(tree) and name != "references/index.html"]
    assert others == []  # a page with such spans would no longer be saved as itself


def reference(authors: tuple[Name, ...] = (), kind: str = "article", **fields: str) -> Reference:
    return Reference("key", kind, {"title": "A title"} | fields, authors, (), (), Where())


@pytest.mark.parametrize(
    ("name", "read"),
    [
        (Name(family="Meerkerk", given="I.", particle="van"), ("van Meerkerk", "I.")),
        (Name(family="Brady", given="L.-M."), ("Brady", "L.-M.")),
        (Name(family="Ash, Jr", given="Kim"), ("Ash Jr", "Kim")),
        (Name(literal="Health, Safety and Care Board"), ("Health，Safety and Care Board", "")),
        (Name(literal="Trees Trust"), ("Trees Trust", "")),
        (Name(family="Plato"), ("Plato", "")),
    ],
)
def test_names_stay_whole(name: Name, read: tuple[str, str]) -> None:
    work = reference((Name(family="First", given="A."), name), year="2020")
    head = zotero.embedded(_tree(metadata.reference_meta(work, False, ())))
    assert head.creators[1] == ("author", *read)
    listed = zotero.context_object(coins.context_object(work))
    if not name.literal:
        assert listed.creators == [("author", "First", "A."), ("author", *read)]
    else:  # Zotero puts organisations first; nothing is made of their commas here
        assert listed.creators == [("author", name.literal, ""), ("author", "First", "A.")]


@pytest.mark.parametrize(
    ("kind", "fields", "expected"),
    [
        ("inbook", {"booktitle": "The whole"}, "bookSection"),
        ("inproceedings", {"booktitle": "The talks"}, "conferencePaper"),
        ("phdthesis", {"school": "A university"}, "thesis"),
        ("dataset", {}, "dataset"),
        ("misc", {}, "document"),
        ("book", {"isbn": "978-0-306-40615-7"}, "book"),
    ],
)
def test_every_kind_of_work_is_read_as_what_it_is(kind: str, fields: dict[str, str], expected: str) -> None:
    work = reference((Name(family="Ash", given="A."),), kind, year="2020", **fields)
    for item in (
        zotero.embedded(_tree(metadata.reference_meta(work, False, ()))),
        zotero.context_object(coins.context_object(work)),
    ):
        assert (item.kind, item.fields["title"], item.fields["date"]) == (expected, "A title", "2020")
        assert item.fields.get("publicationTitle", "") == fields.get("booktitle", "")
        assert item.fields.get("ISBN", "") == fields.get("isbn", "")


def _tree(head: str) -> HtmlElement:
    from lxml import html as parser  # noqa: PLC0415 (the name is taken)

    tree: HtmlElement = parser.fromstring(
        f"<!doctype html><html><head><title>T</title>{head}</head><body></body></html>"
    )
    return tree


# Search engines


def test_pages_that_cite_say_what_they_rest_on(real: Built) -> None:
    site = review()
    for uri, places in site.index.by_page.items():
        name = f"{uri.removesuffix('.md').removesuffix('index').rstrip('/')}/index.html".removeprefix("/")
        cited = {place.item.key for place in places} & site.review.references.keys()
        if name == "index.html":
            continue
        node = data_blocks(real, name)[0]
        assert node["@type"] == ("Report" if cited else "WebPage")
        assert node["isPartOf"]["name"] == SITE_TITLE
        assert node["author"]["@type"] == "Organization"
        assert {work["name"] for work in node.get("citation", ())} == {
            site.review.references[key].title for key in cited
        }
        based_on = [work["name"] for work in node.get("isBasedOn", ())]
        assert based_on == ([source.title for source in site.review.sources.values()] if cited else [])


def test_the_home_page_is_the_site(real: Built) -> None:
    node = data_blocks(real, "index.html")[0]
    assert (node["@type"], node["name"], node["inLanguage"]) == ("WebSite", SITE_TITLE, "en")


def test_every_table_to_download_is_data(real: Built) -> None:
    """On the page that shows it, and together on the page of the data package; each leads to its file."""
    tables = review().tables
    found: dict[str, str] = {}
    for name, _ in pages_of(real):
        for node in (node for node in data_blocks(real, name) if node["@type"] == "Dataset"):
            assert len(node["description"]) >= 50
            assert "license" not in node
            for file in node["distribution"]:
                found[real.target(name, file["contentUrl"])[0]] = node["name"]
    assert all((real.folder / uri).is_file() for uri in found)
    assert {uri: name for uri, name in found.items() if uri.endswith(".csv")} == {
        table.uri: table.title for table in tables
    }
    assert {"tables.zip", "datapackage.json"} <= found.keys()
    [package] = [node for node in data_blocks(real, "about/data/index.html") if node["@type"] == "Dataset"]
    assert [part["name"] for part in package["hasPart"]] == [table.title for table in tables]


@pytest.mark.parametrize("key", ["arnstein1969", "careact2014", "nihr2021", "pestoff2012"])
def test_the_page_of_a_work_is_about_it(key: str, real: Built) -> None:
    work = review().review.references[key]
    [node] = data_blocks(real, f"references/{key}/index.html")
    about = node["about"]
    assert (node["@type"], about["name"]) == ("AboutPage", work.title)
    assert [person["name"] for person in about.get("author", ())] == [name.full for name in work.authors]
    assert {person["@type"] for person in about.get("author", ())} <= {"Person", "Organization"}
    assert about.get("sameAs", "") == (work.url if work.field("doi") else "")


def test_data_is_not_a_script(real: Built) -> None:
    """No hash is spent on it, and the policy names nothing in it."""
    page = source(real, "review/issue/index.html")
    assert "application/ld+json" in page
    assert not [script for script in policy.inline_scripts(page) if "schema.org" in script]
    assert policy.refused(page) == []


# A site with an address, and hostile values

HOSTILE = (
    "</script><script>alert(1)</script>",
    "<!-- <script>",
    "]]>",
    '" onload="alert(1)" x=\'',
    "=cmd|' /C calc'!A0",
    "javascript:alert(1)",
    "a\nb\u2028c\u0000d",
    "&amp;&lt;{{ config }} \ue020head\ue021",
)
EVIL = " ".join(HOSTILE)


@pytest.mark.parametrize("value", [*HOSTILE, EVIL])
def test_no_value_gets_out_of_its_place(value: str) -> None:
    fields = (
        "title",
        "journal",
        "volume",
        "number",
        "pages",
        "doi",
        "url",
        "publisher",
        "year",
        "isbn",
        "address",
        "type",
    )
    person = Name(family=value, given=value, particle=value)
    for kind in ("article", "book", "inbook", "techreport", "phdthesis", "online", "misc"):
        work = Reference("k", kind, dict.fromkeys(fields, value), (person, Name(literal=value)), (person,), (), Where())
        head = metadata.reference_meta(work, False, [(html.escape(value), "bib")]) + linked_data.script(
            linked_data.work_node(work)
        )
        _harmless(head)
        _title(_tree(head), value)
        item = zotero.context_object(coins.context_object(work))  # every part has one '='
        assert item.fields["title"] == escape.clean(value).replace("+", " ")
    host = metadata.Host(value, value, value, "https://x.example/", value)
    page = metadata.PageFacts(value, value, "a/", value)
    node = linked_data.page_node(host, page, "../", [], [])
    _harmless(metadata.page_meta(host, page) + linked_data.script(node))


def _title(tree: HtmlElement, value: str) -> None:
    assert tree.xpath("//meta[@name='dc:title']/@content") == [escape.clean(value)]
    [data] = tree.xpath("//script/text()")
    assert json.loads(data)["name"] == escape.clean(value)


def _harmless(head: str) -> None:
    """The head holds its own elements alone, none of which runs, loads or styles anything."""
    tree = _tree(head)
    tags = {element.tag for element in tree.iter() if isinstance(element.tag, str)}
    assert tags <= {"html", "head", "title", "meta", "link", "script", "body"}
    assert not next(iter(tree.iter("body"))).text_content().strip()
    assert [script.get("type") for script in tree.xpath("//script")] == ["application/ld+json"]
    for element in tree.xpath("//head/*"):
        assert set(element.attrib) <= {"name", "property", "content", "rel", "href", "type"}
        assert not (element.get("href") or "").lower().startswith(("javascript:", "data:"))
    assert not list(policy.inline_scripts(head))
    assert "\ue020" not in head
    assert all(
        name.startswith(("og:", "DC.", "z:", "dc:", "bib:", "bibo:"))
        for name in tree.xpath("//meta/@name | //meta/@property")
    )


@pytest.fixture(scope="module")
def evil(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A small site with an address in the real frame, hostile in every field that reaches a head, a list or a citation."""
    top = tmp_path_factory.mktemp("evil")
    folder = top / "a/b/meadow"
    shutil.copytree(SITES["meadow"], folder, ignore=shutil.ignore_patterns(".cache"))
    (top / "hooks").symlink_to(ROOT / "hooks")
    config = folder / "mkdocs.yml"
    text = config.read_text("utf-8").replace("theme:\n", f"theme:\n  custom_dir: {ROOT / 'docs/templates'}\n")
    config.write_text(text, "utf-8")
    words = EVIL.replace("\n", " ").replace("\0", "").replace("\u2028", " ").replace("\ue020head\ue021", "")
    publisher = {
        "name": words,
        "contact": "https://x.example/\"'<b>",
        "site_address": "https://www.example.org/verges/",
    }
    (folder / "data/publisher.yml").write_text(yaml.safe_dump(publisher), "utf-8")
    sources = folder / "data/sources.yml"
    records = yaml.safe_load(sources.read_text("utf-8"))
    for record in records:
        record |= {"title": words, "author": words, "publisher": words, "kind": "webpage"}
    sources.write_text(yaml.safe_dump(records), "utf-8")
    bib = folder / "bibliography.bib"
    tex = "</script><script>alert(1)</script> ]]> {=}cmd javascript:alert(1) <!-- \" '"
    text = bib.read_text("utf-8").replace("Verges \\& bees", tex).replace("Roads and Verges Board", tex)
    assert text.count(tex) > 2
    bib.write_text(text, "utf-8")
    page = folder / "docs/index.md"
    title = json.dumps("</script><script>alert(1)</script> <!-- ]]> \" '")
    cite = "\n\n## Cite { #cite }\n\n<!-- evidence: cite site -->\n\n<!-- evidence: cite report -->\n"
    text = page.read_text("utf-8").replace("title: Cutting verges less often", f"title: {title}", 1)
    page.write_text(text + cite, "utf-8")
    result = mkdocs_build(config, top / "site")
    assert result.returncode == 0, result.stderr
    return Built(top / "site")


def test_a_hostile_site_is_harmless(evil: Built) -> None:
    for name, tree in evil.pages():
        page = source(evil, name)
        assert "<script>alert" not in page, name
        assert policy.refused(page) == [], name
        assert not tree.xpath(
            "//@*[starts-with(translate(., 'JAVSCRIPT', 'javscript'), 'javascript:')][name() != 'content' and name() != 'title']"
        ), name
        assert not tree.xpath("//*[@onload]"), name
        assert list(tree.xpath("//body//meta | //body//link")) == [], name
        for block in data_blocks(evil, name):
            assert block["@context"] == "https://schema.org"


def test_a_site_with_an_address_says_it_in_full(evil: Built) -> None:
    tree = evil.trees["compare/index.html"]
    address = "https://www.example.org/verges/compare/"
    item = zotero.embedded(tree)
    assert item.fields["url"] == address
    assert tree.xpath("//link[@rel='cite-as']/@href") == tree.xpath("//link[@rel='canonical']/@href") == [address]
    assert tree.xpath("//link[@rel='author']/@href") == ["https://x.example/%22%27%3Cb%3E"]
    assert data_blocks(evil, "compare/index.html")[0]["url"] == address
    assert f"Available at: {address} (Accessed: add the date)." in tree.xpath("string(//p[@class='cite-this'])")
    home = data_blocks(evil, "index.html")[0]
    assert home["url"] == "https://www.example.org/verges/"
