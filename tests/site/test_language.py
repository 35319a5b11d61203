"""One setting says which language a review is in, and all that is made of it says the same: pages, feed, papers, e-books and data."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from lxml import etree

import made_up_languages
from conftest import Built, mkdocs_build
from made_up import PAGE, told

# The made-up review says en-IE, which nothing else says: what is fixed anywhere would show.
SITES = {"real": "en-GB", "night-trains": "en-IE"}


def said_in_pages(tree: object) -> set[str]:
    found = {*tree.xpath("/html/@lang"), *tree.xpath("//meta[@name='DC.language']/@content")}  # type: ignore[attr-defined]
    for script in tree.xpath("//script[@type='application/ld+json']/text()"):  # type: ignore[attr-defined]
        node = json.loads(script)
        works = ("isBasedOn", "citation", "about")  # they have a language of their own
        found |= set(
            re.findall('"inLanguage": "([^"]*)"', json.dumps({k: v for k, v in node.items() if k not in works}))
        )
    return found


def said_in_files(folder: Path) -> Iterator[tuple[str, set[str]]]:
    """Each file that can say its language, by how its name ends, and the languages that it says it is in as a whole."""
    for file in sorted(folder.rglob("*")):
        yield from said_in_files_of(file)


def said_in_files_of(file: Path) -> Iterator[tuple[str, set[str]]]:
    match file.suffix:
        case ".pdf":
            with pikepdf.open(file) as pdf:
                yield ".pdf", {str(pdf.Root.Lang)}
        case ".xml" if "<feed" in (text := file.read_text("utf-8"))[:200]:
            yield ".xml", set(re.findall('xml:lang="([^"]*)"', text))
        case ".docx" | ".odt" | ".epub":
            with zipfile.ZipFile(io.BytesIO(file.read_bytes())) as parts:
                names = [n for n in parts.namelist() if re.search(r"core\.xml|meta\.xml|\.opf|\.xhtml|styles\.xml", n)]
                text = "".join(parts.read(name).decode() for name in names)
            found = set(re.findall(r"<dc:language[^>]*>([^<]*)", text))
            found |= set(re.findall(r'<html [^>]*?xml:lang="([^"]*)"', text))
            found |= set(re.findall(r'<w:lang [^>]*?w:val="([^"]*)"', text))
            default = re.search(r'<style:default-style style:family="paragraph".*?</style:default-style>', text, re.S)
            at = [re.search(f'fo:{name}="([^"]*)"', default[0]) for name in ("language", "country")] if default else []
            yield file.suffix, found | ({"-".join(one[1] for one in at if one)} if at else set())


@pytest.mark.parametrize("name", SITES)
def test_all_that_is_made_of_a_review_says_the_language_of_its_one_setting(
    name: str, built: Callable[[str], Path]
) -> None:
    site = Built(built(name))
    for address, tree in site.trees.items():
        assert said_in_pages(tree) == {SITES[name]}, address
    kinds = set()
    for kind, found in said_in_files(site.folder):
        assert found == {SITES[name]}, kind
        kinds.add(kind)
    assert kinds == {".pdf", ".xml", ".docx", ".odt", ".epub"}


def test_a_language_without_a_code_is_told_with_the_one_that_is_meant(tmp_path: Path) -> None:
    lines = told(
        tmp_path,
        {
            "data/reading.yml": "language: English\n",
            "data/glossary.yml": "- {id: w, term: gair, meaning: A word., lang: welsh}\n",
            "docs/a.md": PAGE.replace("title: Home", "title: Home\nlang: wel"),
            "docs/b.md": PAGE.replace("title: Home", "title: Home\nlang: en_GB"),
            "docs/c.md": PAGE.replace("title: Home", "title: Home\nlang: the old one"),
            "docs/d.md": PAGE.replace("title: Home", "title: Home\nlang: ar"),
        },
    )
    assert lines == [
        "data/glossary.yml:1: word 'w': 'lang': 'welsh' is no code of a language; write cy",
        "data/reading.yml:1: 'language': 'English' is no code of a language; write en",
        "docs/a.md:3: front matter: 'lang': 'wel' is no code of a language; write cy",
        "docs/b.md:3: front matter: 'lang': 'en_GB' is no code of a language; write en-GB",
        "docs/c.md:3: front matter: 'lang': 'the old one' is no code of a language; write one such as cy or en-GB",
    ]


@pytest.fixture(scope="module")
def two_ways(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("two-ways")
    result = mkdocs_build(made_up_languages.write(folder), folder / "site")
    assert result.returncode == 0, result.stderr
    return Built(folder / "site")


def language_of(element: Any) -> tuple[str, str]:
    """The language and the direction in which an element stands."""
    return element.xpath("ancestor-or-self::*[@lang][1]/@lang")[-1], element.xpath("ancestor-or-self::*[@dir][1]/@dir")[
        -1
    ]


def test_a_page_in_another_language_says_so_and_what_the_frame_says_on_it_does_not(two_ways: Built) -> None:
    for address, lang, way in (("water/index.html", "ar", "rtl"), ("dwr/index.html", "cy", "ltr")):
        tree = two_ways.trees[address]
        assert (tree.get("lang"), tree.find("body").get("dir")) == (lang, way)
        assert said_in_pages(tree) == {lang, "en-GB"}  # the site is in English
        assert tree.xpath("//meta[@name='DC.language']/@content") == [lang]
        for text in tree.xpath("//main//text()") if lang == "ar" else ():
            if re.search("[a-z]{4}", text) and text.getparent().get("class") != "citation":
                assert language_of(text.getparent())[0] != "ar", text
        frame = "//header | //footer | //nav[@id='site-nav'] | //*[@id='contents-title'] | //a[@class='md-skip']"
        own = "//*[@class='page-facts' or @class='support' or @class='cite-this' or @id='references' or @class='reference']"
        found = tree.xpath(f"{frame} | {own}")
        assert len(found) > 8
        assert {language_of(element) for element in found} == {("en-GB", "ltr")}, address
        assert tree.xpath("//*[@class='cite-this']//cite//bdi/@lang") == [lang]
    assert two_ways.trees["index.html"].get("lang") == "en-GB"
    assert not two_ways.trees["index.html"].xpath("//header[@lang]")


def test_what_a_directive_says_on_a_page_in_another_language_is_in_that_of_the_review(two_ways: Built) -> None:
    """A block, words within a line, a heading and the link to it; the page's own words around it are in its own."""
    tree = two_ways.trees["dwr/index.html"]
    said = {
        "No publisher has been set yet.": "en-GB",
        "Cyhoeddwr": "cy",
        "First": "en-GB",
        "Why is water here?": "en-GB",
        "When the sources came out": "en-GB",
        "Mae dŵr": "cy",
    }
    for words, lang in said.items():
        found = [t.getparent() for t in tree.xpath("//article//text()") if t.strip().startswith(words)]
        assert found, words
        assert {language_of(element)[0] for element in found} == {lang}, words
        assert {language_of(element)[1] for element in found} == {"ltr"}, words
    assert tree.xpath("//h2[@id='first']/@lang") == ["en-GB"]  # links to it follow


def test_links_that_are_called_by_words_in_another_language_say_which(two_ways: Built) -> None:
    """In the menu, in lists, in texts, and where a page says what comes before and after it; and so do those to headings in another."""
    for address, tree in two_ways.own_pages():
        for link in tree.xpath("//a[@href]"):
            words = link.text_content().strip()
            if words in ("كتاب الماء", "أرقام", "Y dŵr"):
                lang, way = ("cy", "ltr") if words == "Y dŵr" else ("ar", "rtl")
                assert language_of(link.xpath("descendant-or-self::*[not(*)]")[-1]) == (lang, way), (address, words)
            elif words == "say":
                assert language_of(link)[0] == "en-GB"
    for address in ("a-to-z/index.html", "themes/soil/index.html", "references/reed2019/index.html", "404.html"):
        assert two_ways.trees[address].xpath("//a/bdi[@lang='ar'][@dir='rtl'][.='كتاب الماء']"), address
    assert two_ways.trees["dwr/index.html"].xpath("//a[@rel='next']/bdi[@lang='ar']")


def test_search_knows_the_language_of_what_it_finds(two_ways: Built) -> None:
    found = (two_ways.folder / "search/sections/0.js").read_text("utf-8")
    lines = json.loads(found[found.index("[[") : found.rindex(")")])
    languages = {line[0]: line[4:] for line in lines}
    assert (languages["كتاب الماء"], languages["أرقام"], languages["Y dŵr"]) == (["ar"], ["ar"], ["cy"])
    assert languages["Two ways"] == []


def test_grades_and_words_of_english_are_not_looked_for_in_another_language(tmp_path: Path) -> None:
    hard = "Internationalisation characteristically necessitates organisational transformation, NHSX says.\n"
    limit = {"data/reading.yml": "limits:\n  - {pages: '*', grade: 5}\n"}
    page = PAGE.replace("It cites one source", "Cat sat") + hard
    assert [line.split(": ")[0] for line in told(tmp_path / "en", {**limit, "docs/a.md": page})] == [
        "docs/a.md:1",
        "docs/a.md:10",
    ]
    assert told(tmp_path / "cy", {**limit, "docs/a.md": page.replace("title: Home", "title: Home\nlang: cy")}) == []


def letters_of(content: bytes) -> list[tuple[str, float, float]]:
    """The letters on the first page of a PDF, each with its place from the left and from the foot."""
    page = pypdfium2.PdfDocument(content)[0].get_textpage()
    boxes = ((page.get_text_range(n, 1), page.get_charbox(n)) for n in range(page.count_chars()))
    return [(letter, box[0], (box[1] + box[3]) / 2) for letter, box in boxes if letter.strip()]


def test_a_paper_that_holds_a_page_in_another_language_is_in_that_language(two_ways: Built) -> None:
    papers = two_ways.folder / "discuss/packs"
    said = {file.name: found for file in sorted(papers.iterdir()) for _, found in said_in_files_of(file)}
    assert said == {
        **{f"water{end}": {"ar"} for end in (".pdf", "-large.pdf", ".docx", ".epub")},
        "water.odt": {"ar", "ar-none"},
        **{f"both{end}": {"en-GB"} for end in (".pdf", "-large.pdf", ".docx", ".odt")},
    }
    heads = two_ways.trees["discuss/packs/both/index.html"].xpath("//main//*[self::h2 or self::h3]")
    said = {head.text_content(): language_of(head)[0] for head in heads}
    assert [said[words] for words in ("Y dŵr", "First", "كتاب الماء", "أرقام")] == ["cy", "en-GB", "ar", "ar"]


def test_a_paper_from_right_to_left_begins_at_the_right(two_ways: Built) -> None:
    """Where the letters stand on the page, and what e-books and office files are told."""
    papers = two_ways.folder / "discuss/packs"
    letters = letters_of((papers / "water.pdf").read_bytes())

    def beside(sign: str) -> tuple[float, list[float]]:
        """Where a sign that the page holds stands, and where all others of its line do."""
        [(place, height), *_] = [(left, up) for letter, left, up in letters if letter == sign]
        return place, [left for letter, left, up in letters if abs(up - height) < 6 and left != place]

    bullet, words = beside("•")
    assert words
    assert max(words) < bullet  # an item begins at the right, below its bullet
    share, row = beside("%")
    assert [round(left) for left in row if left > share + 50] and min(row) > share - 20  # 2019 | 25%
    references, _ = beside("R")
    assert references < 250 < bullet
    with zipfile.ZipFile(papers / "water.epub") as book:
        assert b'<spine page-progression-direction="rtl"' in book.read("EPUB/package.opf")
        text = b"".join(book.read(name) for name in book.namelist() if name.endswith(".xhtml")).decode()
    for name in ("ul", "ol", "table", "blockquote"):
        assert re.search(f'<{name}[^>]* dir="rtl"', text), name


def test_what_a_book_in_another_language_says_of_itself_is_in_that_of_the_review(two_ways: Built) -> None:
    """The way back from a reference, the names of lists and of the cover; a chapter that the way leads to is called in its own language."""
    with zipfile.ZipFile(two_ways.folder / "discuss/packs/water.epub") as book:
        trees = [etree.fromstring(book.read(name)) for name in book.namelist() if name.endswith(".xhtml")]
    texts = [text for tree in trees for text in tree.itertext(etree.Element, with_tail=False) if text.strip()]
    assert {"Contents", "Cover", "Beginning", "Back to: "} <= set(texts)
    for tree in trees:
        for element in tree.iter(etree.Element):
            said = [one.get("lang") for one in (element, *element.iterancestors()) if one.get("lang")]
            if element.text in ("Contents", "Cover", "Beginning", "Parts of this book", "Back to: "):
                assert said[0] == "en-GB", element.text
            elif element.get("role") == "doc-backlink":
                assert (said[0], element.get("dir")) == ("ar", "rtl")


def test_a_word_of_the_glossary_in_another_language_says_so_wherever_it_stands(two_ways: Built) -> None:
    for address in ("glossary/index.html", "index.html", "a-to-z/index.html", "discuss/packs/both/index.html"):
        main = two_ways.trees[address].xpath("//main")[0]
        found = [e for e in main.iter() if isinstance(e.tag, str) and "gynhyrchu" in (e.text or "")]
        assert {language_of(element)[0] for element in found} == {"cy"}, address
        meanings = [e for e in main.iter() if isinstance(e.tag, str) and "together" in (e.text or "")]
        assert {language_of(element)[0] for element in meanings} <= {"en-GB"}, address
    text = "".join(file.read_text("utf-8") for file in (two_ways.folder / "search/sections").glob("*.js"))
    assert re.search(r'\["cyd-gynhyrchu",[^\]]*"cy"\]', text)
