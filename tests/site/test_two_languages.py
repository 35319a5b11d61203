"""A review in two languages: the same pages side by side, each in its own language throughout; what one lacks is in the other, and said to be."""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from lxml import html

import guided
import made_up
import marked
import searching
from conftest import Built
from evidence.directives import publisher
from evidence.office import blocks
from evidence.office.words import LEFTWARD
from evidence.site import load
from evidence_cli.words import ENGINE, catalogue
from evidence_publish.hashed_assets import hashed_files
from evidence_publish.publish import finish
from two_languages import FILES, LANGUAGES, LETTERS, build, evidence, page, write

AT = "https://www.example.org/tea/"
# What the bibliography says, and who publishes: the same in every language.
SAME = frozenset("Reed Ann A The tea book Polder Press".split())  # noqa: SIM905


@pytest.fixture(scope="module")
def review(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("two") / "review")


@pytest.fixture(scope="module")
def site(review: Path) -> Built:
    """Both languages, as one command builds them."""
    folder = review.parent / "site"
    build(review, folder)
    return Built(folder)


def hebrew(site: Built) -> Iterator[tuple[str, html.HtmlElement]]:
    found = [(name, tree) for name, tree in site.own_pages() if name.startswith("he/")]
    assert len(found) > 8
    return iter(found)


def test_each_page_leads_to_the_same_page_in_the_other_language(site: Built) -> None:
    pages = dict(site.own_pages())
    for name, tree in pages.items():
        [twin] = tree.xpath("//header//a[@hreflang]")
        there, own = (name[3:], "en-GB") if name.startswith("he/") else (f"he/{name}", "he")
        words = {"he": "עברית <i>", "en-GB": "English"}[own]
        assert (twin.text, twin.get("lang"), twin.get("hreflang")) == (words, own, own)
        known = there in pages
        home = {"he": "he/index.html", "en-GB": "index.html"}[own]
        assert site.target(name, twin.get("href"))[0] == (there if known else home)
        stated = {(link.get("hreflang"), link.get("href")) for link in tree.xpath("//link[@rel='alternate']")}
        languages = {"en-GB": AT, "he": f"{AT}he/"}
        address = re.sub(r"^he/|index\.html$", "", name)
        address = "" if address == "index.html" else address
        expected = {(tag, base + address) for tag, base in languages.items()}
        assert stated == (expected if known else set()), name
    assert "he/pot/index.html" in pages
    assert "he/leaves/index.html" not in pages
    [from_wrong_address] = site.trees["404.html"].xpath("//header//a[@hreflang]/@href")
    assert from_wrong_address == "/tea/he/"


def test_the_edition_is_in_its_language_and_runs_its_way(site: Built) -> None:
    for name, tree in site.own_pages():
        language = "he" if name.startswith("he/") else "en-GB"
        assert tree.get("lang") == language
        assert tree.get("dir") == ("rtl" if language == "he" else None)
    moved = html.parse(str(site.folder / "he/old/index.html")).getroot()
    assert (moved.get("lang"), moved.get("dir")) == ("he", "rtl")
    head = html.tostring(site.trees["he/pot/index.html"].find("head"), encoding="unicode")
    assert f'rel="canonical" href="{AT}he/pot/"' in head


def english(words: str) -> Iterator[str]:
    """What is left of English in a text."""
    return (text for text in marked.plain(words) if not set(text.split()) <= SAME)


def test_no_page_of_the_edition_has_english_left(site: Built) -> None:
    left = {}
    for name, tree in hebrew(site):
        own = deepcopy(tree)
        for other in own.xpath("//*[@lang='en-GB']"):
            other.drop_tree()
        left |= {text: name for words in marked.words_of_page(own) for text in english(words)}
    assert left == {}
    for file in (site.folder / "he").rglob("*.pdf"):
        found = {text for words in marked.words_of_paper(file) for part in english(words) for text in part.split()}
        assert found <= set("www example org tea he discuss packs pot".split()), file  # noqa: SIM905


def test_what_is_not_there_leads_to_the_other_language_and_says_so(site: Built) -> None:
    tree = site.trees["he/pot/index.html"]
    over = tree.xpath("//a[@hreflang][not(ancestor::header)]")
    suffix = f" ({marked.mark('in English', LETTERS)})"
    found = {(site.target("he/pot/index.html", link.get("href"))[0], link.text_content()) for link in over}
    assert found >= {
        ("leaves/index.html", f"The leaves{suffix}"),  # in the menu, as it is called there
        ("about/index.html", f"About this site{suffix}"),
        ("about/privacy/index.html", f"הפרטיות{suffix}"),  # in the text, in the text's words
    }
    assert all(link.get("hreflang") == "en-GB" and link.text_content().endswith(suffix) for link in over)
    [title] = tree.xpath("//nav[@id='site-nav']//bdi[.='The leaves']")
    assert (title.get("lang"), title.get("dir")) == ("en-GB", "ltr")
    [deep] = site.trees["he/index.html"].xpath("//article//a[contains(@href, 'leaves')]/@href")
    assert deep == "../leaves/#green"
    assert tree.xpath("//img/@src") == ["../../assets/leaf.svg"]
    # The menu has the words of the edition: titles of its pages, and its word for what has no page.
    menu = [" ".join(entry.text_content().split()) for entry in tree.xpath("//nav[@id='site-nav']/ul/li/a")]
    assert menu[1] == "הקנקן"
    assert menu[3] == "עוד <!-- -->"
    assert tree.findtext("head/title") == "הקנקן - קנקן תה <!-- -->"
    assert tree.xpath("//header//a[@class='site-name']/span/text()") == ["קנקן תה <!-- -->"]


def test_papers_run_the_way_of_their_language_and_lead_where_their_pages_do(site: Built) -> None:
    file = site.folder / "he/discuss/packs/pot.pdf"
    with pikepdf.open(file) as paper:
        assert f"{AT}about/privacy/" in {str(note.A.URI) for page in paper.pages for note in page.Annots}
    sheet = pypdfium2.PdfDocument(file)[0]
    text = sheet.get_textpage()
    assert marked.mark("in English", LETTERS) in text.get_text_range()
    first = text.get_text_range().index("הקנקן")
    assert text.get_charbox(first)[0] > sheet.get_width() / 2
    [paragraph] = blocks.tree("אב", title="", points=14, way="rtl")[0][1:]
    assert paragraph["c"][0] == {"t": "Str", "c": LEFTWARD}


def test_every_link_leads_to_a_file(site: Built) -> None:
    number = 0
    for name, tree in site.own_pages():
        for address in tree.xpath("//@href | //@src"):
            if re.match(r"[a-z]+:", address):
                continue
            target, fragment = site.target(name, address)
            assert (site.folder / target).is_file(), f"{name}: {address}"
            if fragment and target.endswith(".html"):
                assert site.trees[target].xpath("//*[@id=$name]", name=fragment), f"{name}: {address}"
            number += 1
    assert number > 500


def test_search_finds_the_pages_of_its_own_language(site: Built) -> None:
    found = searching.searched(site.folder / "he")
    titles = {entry["title"] for entry in found}
    assert {"הקנקן", "קנקן תה"} <= titles
    assert not titles & {"The pot", "The leaves", "Privacy"}
    assert "הקנקן" not in {entry["title"] for entry in searching.searched(site.folder)}


def test_what_stands_once_stands_at_the_root(site: Built) -> None:
    assert (site.folder / "_redirects").read_text("utf-8").splitlines() == [
        "/tea/old/ /tea/pot/ 301",
        "/tea/he/old/ /tea/he/pot/ 301",
    ]
    listed = re.findall("<loc>(.*?)</loc>", (site.folder / "sitemap.xml").read_text("utf-8"))
    assert {f"{AT}pot/", f"{AT}he/pot/", f"{AT}he/references/reed2019/"} <= set(listed)
    assert f"{AT}he/leaves/" not in listed
    assert not {"_headers", "_redirects", "404.html", "sitemap.xml"} & {f.name for f in (site.folder / "he").iterdir()}


def test_the_copy_to_carry_away_holds_both(site: Built, tmp_path: Path) -> None:
    with zipfile.ZipFile(site.folder / publisher.OFFLINE) as packed:
        packed.extractall(tmp_path)
    copy = Built(tmp_path / publisher.OFFLINE.removesuffix(".zip"))
    assert {"pot/index.html", "he/pot/index.html"} <= set(copy.trees)
    for name, tree in copy.own_pages():
        for address in tree.xpath("//a/@href | //script/@src | //link[@rel='stylesheet']/@href"):
            if not re.match(r"[a-z]+:", address):
                assert (copy.folder / copy.target(name, address)[0]).is_file(), f"{name}: {address}"


def test_published_files_of_each_language_have_names_of_their_own(site: Built, tmp_path: Path) -> None:
    new = tmp_path / "new"
    shutil.copytree(site.folder, new)
    finish(new, tmp_path / "old", compressed=False)
    names = hashed_files(new)
    assert {name.partition(".")[0] for name in names} >= {"assets/search", "he/assets/search"}
    built = Built(new)
    for name, tree in built.own_pages():
        for address in tree.xpath("//script/@src | //link[@rel='stylesheet']/@href"):
            target = built.target(name, address)[0]
            assert (new / target).is_file(), f"{name}: {address}"
            assert target.startswith("he/") == name.startswith("he/")
            assert target in names


SLIPS = {
    "mkdocs.yml": (
        FILES["mkdocs.yml"].replace("frame: true", "frame: false"),
        ["data/languages.yml:1: a second language needs 'frame: true' below 'extra' and 'evidence' in mkdocs.yml"],
    ),
    "data/languages.yml": (
        LANGUAGES.replace("    More:", "    More: ' '\n    Mor:"),
        [
            "data/languages.yml:1: 'menu' has no word for 'More'; add a line 'More: ...' to it",
            "data/languages.yml:1: 'menu': mkdocs.yml has no group 'Mor' without a page; did you mean 'More'?",
        ],
    ),
    "docs/he/pot.md": (
        page("הקנקן", "בו מכינים תה.", "ראו [כאן](leave.md) [@reed2018].\n\n<!-- evidence: compare -->"),
        [
            "docs/he/pot.md:8: citation of 'reed2018': no such reference; did you mean 'reed2019'?",
            "docs/he/pot.md:8: link to 'leave.md': there is no page 'leave.md'; did you mean 'leaves.md'?",
            "docs/he/pot.md:10: marker 'compare': the data file that it compares from is missing or empty",
        ],
    ),
}


@pytest.mark.parametrize("file", SLIPS)
def test_slips_in_an_edition_are_told_with_its_files_and_lines(
    review: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str
) -> None:
    assert told(review, tmp_path, monkeypatch, {file: SLIPS[file][0]}) == SLIPS[file][1]


def test_a_link_to_a_heading_that_a_page_in_the_other_language_lacks_is_told(
    review: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = "[כאן](leaves.md#gren) [ושם](leaves.md#green), [מקור](references/reed2019.md#x) [@cohen2020]."
    assert told(review, tmp_path, monkeypatch, {"docs/he/index.md": page("קנקן תה", "כאן מתחילים.", body)}) == [
        "docs/he/index.md:8: link to 'leaves.md#gren': nothing on 'leaves.md' has the id 'gren'; did you mean 'green'?",
        "docs/he/index.md:8: link to 'references/reed2019.md#x': nothing on 'references/reed2019.md' has the id 'x'",
    ]


def told(review: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, changed: dict[str, str]) -> list[str]:
    """All that is told of the review with files changed: problems, then notices."""
    monkeypatch.setenv("EVIDENCE_LOCALE", str(review / "locale"))
    for name, content in (FILES | changed).items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content, "utf-8")
    found = load(tmp_path)
    return [str(one) for one in (*found.problems, *found.notices)]


def test_what_an_edition_shares_and_what_it_must_have_from_the_review_is_told(
    review: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    languages = LANGUAGES + "- {id: en-IE, name: English, title: Tea, description: The same.}\n"
    languages += "- {id: HE, name: עברית, title: תה, description: תה.}\n"
    changed = {
        "data/languages.yml": languages,
        "data/cy/glossary.yml": "- {id: pot, term: tebot, meaning: Te.}\n",
        "docs/cy/index.md": page("Tebot", "Te.", "[Te](te.md) [@reed2019]."),
        "data/he/glossary.yml": "- {id: pott, term: קנקן, meaning: בו מכינים תה.}\n",
        "data/he/publisher.yml": "name: דפוס\n",
        "data/he/reading.yml": "language: ar\n",
        "docs/he/new.md": page("חדש", "מה חדש.", "אין."),
    }
    assert told(review, tmp_path, monkeypatch, changed) == [
        "data/cy:1: data/languages.yml names no language 'cy', so nothing here is read",
        "data/he/glossary.yml:1: id 'pott': the review has no such id in its own language; write the same ones there and here; did you mean 'pot'?",
        "data/he/publisher.yml:1: all languages have data/publisher.yml in common; delete this one",
        "data/he/reading.yml:1: 'language' is 'ar' in the folder of 'he'; take the line out",
        "data/languages.yml:7: 'en-IE' is the review's own language; its pages are in docs/ itself",
        "data/languages.yml:8: 'id': 'HE' is written 'he'; write that, and call its folders so",
        "docs/cy:1: data/languages.yml names no language 'cy', nor the menu a page, so nothing here is read",
        "docs/he/new.md:1: this page is not in the menu; add a line '- חדש: new.md' below 'nav' in mkdocs.yml, or its address below 'not_in_nav'",
        "docs/he/new.md:1: notice: the review has no page 'new.md' in its own language to link to; did you mean 'index.md'?",
    ]


def test_a_check_looks_at_both_languages_in_their_own_words(review: Path, tmp_path: Path) -> None:
    done = evidence(review, "check")
    assert (done.returncode, done.stdout) == (0, "No problems in 7 pages and 2 references.\n")
    copy, title = tmp_path / "review", marked.mark("References", LETTERS)
    shutil.copytree(review, copy)
    (copy / "docs/he/pot.md").write_text(page(title, "בו מכינים תה.", "תה."), "utf-8")
    done = evidence(copy, "check")
    told = f"title '{title}' is also that of 'references/index.md' (bibliography.bib:1); choose another"
    assert (done.returncode, done.stderr.splitlines()[0]) == (1, f"docs/he/pot.md:2: {told}")


def test_a_page_can_be_translated_as_it_stands_before_its_themes_are(
    review: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = (
        'קודם [@reed2019].\n\n## גודל {{ #size data-themes="{}" data-nations="wales" }}\n\nכוס [@cohen2020; @lost1990].'
    )
    changed = {
        "bibliography.bib": FILES["bibliography.bib"].replace("access =", "nations = {wales}, access ="),
        "data/themes.yml": "- {id: heat, title: Heat, origin: review, summary: It is hot.}\n",
        "data/nations.yml": "- {id: wales, name: Wales}\n",
        "data/untraced.yml": "- {key: lost1990, cited_as: Lost 1990, label: 'Lost, 1990', status: not traced, known: A leaflet.}\n",
        "docs/he/pot.md": page("הקנקן", "בו מכינים תה.", body.format("heat")),
        "docs/he/index.md": page("קנקן תה", "כאן מתחילים.", '## מים { #water data-themes="heath" }\n\nמים.'),
    }
    found = told(review, tmp_path, monkeypatch, changed)
    assert [one for one in found if "he/" in one or ".bib" in one] == [
        "docs/he/index.md:8: theme 'heath' is not in data/he/themes.yml",
        "docs/he/pot.md:12: citation of 'lost1990': its record has words, so write one in this language into data/he/untraced.yml",
    ]


def test_the_guide_says_what_a_second_language_begins_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EVIDENCE_LOCALE", str(tmp_path / "locale"))
    languages = {"data/languages.yml": guided.block("yaml", "The review in a second language")}
    [refused] = made_up.told(tmp_path, languages)
    assert refused.startswith("data/languages.yml:1: the site has no words of its own in 'cy'; ")
    (tmp_path / "locale").mkdir()
    marked.mark_catalogue(catalogue(ENGINE), tmp_path / "locale/cy.po")
    assert made_up.told(tmp_path, languages) == ["docs/cy:1: there is no page; add this folder with a file index.md"]
    home = (tmp_path / "docs/index.md").read_text("utf-8")
    assert made_up.told(tmp_path, languages | {"docs/cy/index.md": home.replace("one source", "un ffynhonnell")}) == []
