"""Heads of pages: full addresses where the site has one, and values that can do no harm there."""

from __future__ import annotations

import html
import json
import shutil

import pytest
import yaml
from lxml.html import HtmlElement

import zotero
from conftest import ROOT, SITES, Built, mkdocs_build
from evidence.metadata import coins, linked_data, page_metadata
from evidence.model.base import Name
from evidence.text import escape
from made_works import work
from read_pages import data_blocks, source, tree_of
from under_policy import refused

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
        made = work("k", kind, dict.fromkeys(fields, value), (person, Name(literal=value)), (person,))
        head = page_metadata.reference_meta(made, [(html.escape(value), "application/x-bibtex")]) + linked_data.script(
            linked_data.work_node(made)
        )
        _harmless(head)
        _title(tree_of(head), value)
        item = zotero.context_object(coins.context_object(made))  # every part has one '='
        assert item.fields["title"] == escape.clean(value).replace("+", " ")
    host = page_metadata.Host(value, value, value, "https://x.example/", value)
    page = page_metadata.PageFacts(value, value, "a/", value)
    node = linked_data.page_node(host, page, "../", [], [])
    _harmless(page_metadata.page_meta(host, page) + linked_data.script(node))


def _title(tree: HtmlElement, value: str) -> None:
    assert tree.xpath("//meta[@name='dc:title']/@content") == [escape.clean(value)]
    [data] = tree.xpath("//script/text()")
    assert json.loads(data)["name"] == escape.clean(value)


def _harmless(head: str) -> None:
    """The head holds its own elements alone, none of which runs, loads or styles anything."""
    tree = tree_of(head)
    tags = {element.tag for element in tree.iter() if isinstance(element.tag, str)}
    assert tags <= {"html", "head", "title", "meta", "link", "script", "body"}
    assert not next(iter(tree.iter("body"))).text_content().strip()
    assert [script.get("type") for script in tree.xpath("//script")] == ["application/ld+json"]
    for element in tree.xpath("//head/*"):
        assert set(element.attrib) <= {"name", "property", "content", "rel", "href", "type"}
        assert not (element.get("href") or "").lower().startswith(("javascript:", "data:"))
    assert refused(f"<head>{head}</head>") == []
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
    text = "extra: {evidence: {frame: true}}\n" + config.read_text("utf-8")
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
        assert refused(page) == [], name
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
