"""The standing of a work: whoever meets a citation of a work that was retracted, corrected or the like is told so, in words and in a frame."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import page as page_validation
import pypdfium2
import pytest
import rispy
from lxml import html
from markdown import Markdown

from conftest import SITES, Built
from evidence.metadata.linked_data import work_node
from evidence.model.vocabulary import STATUSES, standing_words
from evidence.output.blocks import Output, to_html
from evidence.output.html_tree import EXTENSIONS
from evidence.papers.formats import PAPER_FORMATS
from evidence.references import FORMATS
from evidence.site.loading import load
from evidence.site.site import Site
from made_up import PAGE, review, told
from made_up_packs import shown

ENTRY = """\
@article{{{key},
  author  = {{{name}, Ann}},
  title   = {{A study of {key}}},
  year    = {{2018}},
  url     = {{https://www.example.org/{key}}},
  note    = {{In two parts.}},
  access  = {{free}},
  listing = {{printed}},
  nations = {{wales}},
{more}}}
"""
NAMES = {"retracted": "Holm", "withdrawn": "Ross", "concern": "Fyfe", "corrected": "Aune", "superseded": "Juul"}
NOTE = "The panels had never met"
BIB = ENTRY.format(key="sound", name="Good", more="") + "".join(
    ENTRY.format(
        key=status,
        name=NAMES[status],
        more=f"  status = {{{status}}},\n"
        + (f"  statusnote = {{{NOTE}}},\n" if status == "retracted" else "")
        + ("  supersededby = {sound},\n" if status == "superseded" else "")
        + ("  archived = {https://kept.example.org/juul},\n" if status == "superseded" else ""),
    )
    for status in STATUSES
)
CITED = "; ".join(f"@{key}" for key in STATUSES)
FILES = {
    "bibliography.bib": BIB,
    "docs/index.md": PAGE.replace("[@good2020]", f"[@sound; {CITED}]")
    + "Holm [-@retracted, p. 3] said so.\n\n<!-- evidence: compare -->\n",
    "docs/map.md": "---\ntitle: Map\ndescription: A page.\n---\n\n# Map\n\nText.\n",
    "data/nations.yml": "- {id: wales, name: Wales}\n",
    "data/comparison.yml": "caption: Law\nrows:\n  - id: law\n    title: Law\n    themes: [soil]\n    cells:\n"
    "      wales:\n        - text: It says so [@retracted, p. 9].\n",
    "data/sources.yml": "- {id: one, name: One, title: The first source, author: Ann Good, date: May 2020}\n",
    "data/packs.yml": "packs:\n  - id: sheet\n    title: Our sheet\n    purpose: For us.\n    editable: true\n"
    "    parts:\n      - page: index.md\n",
}
WORDS = {key: word for key, (word, _) in STATUSES.items()}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Site:
    site = review(tmp_path_factory.mktemp("standing") / "review", FILES)
    assert site.problems == ()
    return site


@pytest.fixture(scope="module")
def pages(made: Site) -> dict[str, html.HtmlElement]:
    """Every page by its source address, as browsers get its words."""
    converter = Markdown(extensions=EXTENSIONS)
    texts = {document.uri: made.resolved(document.uri).markdown() for document in made.documents}
    texts |= {o.uri: o.data().decode() for o in made.outputs() if isinstance(o.content, str)}
    found = {uri: html.fromstring(f"<main>{converter.reset().convert(text)}</main>") for uri, text in texts.items()}
    for page in made.reference_pages():
        found[page.uri] = html.fromstring(f"<main>{to_html(page.tail, lambda uri: uri)}</main>")
    return found


def framed(element: html.HtmlElement) -> list[str]:
    return [span.text_content() for span in element.xpath(".//span[@class='standing']")]


def test_each_citation_in_a_text_says_what_became_of_the_work(pages: dict[str, html.HtmlElement]) -> None:
    links = pages["index.md"].xpath("//a[starts-with(@id, 'cite-')]")
    said = {link.get("id"): (link.text_content(), framed(link)) for link in links}
    for key, word in WORDS.items():
        assert said[f"cite-{key}-1"] == (f"{NAMES[key]}, 2018, {word}", [word])
    assert said["cite-retracted-2"] == ("2018, p. 3, retracted", ["retracted"])
    assert said["cite-sound-1"] == ("Good, 2018", [])
    (alone,) = pages["index.md"].xpath("//a[@id='cite-retracted-2']")
    assert alone.get("aria-label") == "Holm, 2018, p. 3, retracted"


def test_so_do_the_cells_of_a_comparison_and_its_file(made: Site, pages: dict[str, html.HtmlElement]) -> None:
    (cell,) = pages["index.md"].xpath("//table//td[contains(., 'It says so')]")
    assert "It says so (Holm, 2018, p. 9, retracted)." in cell.text_content()
    assert framed(cell) == ["retracted"]
    (table,) = (o for o in made.outputs() if o.uri.endswith("comparison.csv") or "compar" in o.uri)
    assert b"(Holm, 2018, p. 9, retracted)" in table.data()


@pytest.mark.parametrize("uri", ["index.md", "references/index.md", "themes/soil.md"])
@pytest.mark.parametrize("key", STATUSES)
def test_every_list_of_references_says_it(pages: dict[str, html.HtmlElement], uri: str, key: str) -> None:
    (item,) = pages[uri].xpath(f"//li[contains(., 'A study of {key}')]")
    word, said = standing_words(key, NOTE if key == "retracted" else "")
    assert framed(item)[0] == word
    assert f"{word}. {said}" in item.text_content()
    (sound,) = pages[uri].xpath("//li[contains(., 'A study of sound')]")
    assert framed(sound) == []


@pytest.mark.parametrize("key", STATUSES)
def test_its_own_page_says_it_first_of_all(made: Site, pages: dict[str, html.HtmlElement], key: str) -> None:
    page = pages[f"references/{key}.md"]
    assert page.find(".//h1").text_content() == f"{NAMES[key]}, 2018, {WORDS[key]}"
    (said,) = page.xpath("//p[@class='standing-of-work']")
    word, sentences = standing_words(key, NOTE if key == "retracted" else "")
    assert said.text_content().startswith(f"{word}. {sentences}")
    assert (NOTE in said.text_content()) == (key == "retracted")
    assert [(a.text_content(), a.get("href")) for a in said.iter("a")] == (
        [("Good, 2018", "references/sound.md")] if key == "superseded" else []
    )
    copied = [p.text_content() for p in page.xpath("//p[@class='cite-text']")]
    assert len(copied) == 3
    assert all(text.endswith(f"[{word}]") for text in copied)
    (output,) = (o for o in made.reference_pages() if o.uri == f"references/{key}.md")
    assert output.title == f"{NAMES[key]}, 2018, {WORDS[key]}: A study of {key}"


def test_a_work_of_which_nothing_is_known_says_nothing(pages: dict[str, html.HtmlElement]) -> None:
    page = pages["references/sound.md"]
    assert "standing" not in html.tostring(page, encoding="unicode")


def test_the_evidence_map_says_it(made: Site, pages: dict[str, html.HtmlElement]) -> None:
    for key, word in WORDS.items():
        (link,) = pages["evidence-map/index.md"].xpath(f"//a[contains(@href, '{key}')]")
        assert (link.text_content(), framed(link)) == (f"{NAMES[key]}, 2018, {word}", [word])
    (table,) = (o for o in made.outputs() if o.uri == "evidence-map/nations.csv")
    assert "Holm, 2018, retracted" in table.data().decode()


def test_a_kept_copy_stands_beside_the_link(pages: dict[str, html.HtmlElement]) -> None:
    kept = "https://kept.example.org/juul"
    for uri in ("index.md", "references/index.md", "references/superseded.md"):
        found = {a.text_content() for a in pages[uri].iter("a") if a.get("href") == kept}
        assert "Kept copy of Juul, 2018, superseded" in found
    rows = pages["references/superseded.md"].xpath("//table//tr[contains(., 'Kept copy')]")
    assert [row.xpath("string(td)") or row[-1].text_content() for row in rows] == [kept]


def test_no_link_of_a_built_site_leaves_it_out(built: Callable[[str], Path]) -> None:
    """Night trains has a work of each status: whatever names one of them as a link, on whatever page, says so in a frame."""
    site = Built(built("night-trains"))
    works = load(SITES["night-trains"]).review.references
    statuses = {work.slug: STATUSES[work.field("status")][0] for work in works.values() if work.field("status")}
    assert sorted(statuses.values()) == sorted(WORDS.values())
    met: Counter[str] = Counter()
    for page, tree in site.own_pages():
        for link in tree.xpath("//a[@href]"):
            target, fragment = site.target(page, link.get("href")) if "://" not in link.get("href") else ("", "")
            slug = fragment.removeprefix("ref-") if fragment.startswith("ref-") else ""
            if target.startswith("references/") and target.endswith("/index.html") and not fragment:
                slug = target.removeprefix("references/").removesuffix("/index.html")
            if slug in statuses:
                assert framed(link) == [statuses[slug]], f"{page}: {link.text_content()}"
                met[slug] += 1
    assert min(met[slug] for slug in statuses) >= 1
    assert sum(met.values()) > 40


def paper_files(made: Site) -> dict[str, bytes]:
    (pack,) = (paper.pack for paper in made.papers.all)
    return {
        name: made.papers.files[made_as.uri(pack)].content
        for name, made_as in PAPER_FORMATS.items()
        if made_as.wanted(pack)
    }


def test_papers_say_it_in_every_format(made: Site) -> None:
    (paper,) = made.papers.all
    page = shown(paper)
    assert [word for word in framed(page) if word in WORDS.values()] == [*WORDS.values(), "retracted", "retracted"]
    assert "Kept copy: https://kept.example.org/juul" in page.text_content()
    files = paper_files(made)
    for size in ("standard", "large"):
        text = "".join(sheet.get_textpage().get_text_range() for sheet in pypdfium2.PdfDocument(files[size]))
        words = " ".join(text.split())
        for key, word in WORDS.items():
            assert f"{NAMES[key]}, 2018, {word}" in words
        assert NOTE in words
        assert page_validation.validate_pdf_bytes(files[size], profile="ua1").is_compliant
    for kind, part, mark in (
        ("odt", "content.xml", 'text:style-name="Framed_20_words"'),
        ("docx", "word/document.xml", '<w:rStyle w:val="Framedwords"'),
    ):
        with zipfile.ZipFile(io.BytesIO(files[kind])) as archive:
            content = archive.read(part).decode()
            styles = archive.read("styles.xml" if kind == "odt" else "word/styles.xml").decode()
        assert content.count(mark) == len(framed(page))
        assert ("fo:border" in styles) if kind == "odt" else ("<w:bdr " in styles)


def test_exports_say_it_where_their_format_can(made: Site) -> None:
    works = {key: made.review.references[key] for key in ("retracted", "sound")}
    said = "Retracted. Those who published this work have taken it back. Do not rely on it. The panels had never met."
    files = {name: {key: f.work(w, made.review).decode() for key, w in works.items()} for name, f in FORMATS.items()}
    assert rispy.loads(files["ris"]["retracted"])[0]["notes"] == ["In two parts.", said]
    assert rispy.loads(files["ris"]["sound"])[0]["notes"] == ["In two parts."]
    item = json.loads(files["json"]["retracted"])
    assert (item["status"], item["note"]) == ("retracted", f"In two parts. {said}")
    assert "status" not in json.loads(files["json"]["sound"])
    assert f"note = {{In two parts. {said}}}" in files["bib"]["retracted"]
    assert "note = {In two parts.}" in files["bib"]["sound"]
    table = csv.DictReader(io.StringIO(FORMATS["csv"].head.decode("utf-8-sig") + files["csv"]["retracted"]))
    (row,) = table
    assert (row["Standing"], row["About its standing"]) == ("Retracted", said.removeprefix("Retracted. "))
    superseded = made.review.references["superseded"]
    node = work_node(superseded)
    assert (node["creativeWorkStatus"], node["archivedAt"]) == ("Superseded", "https://kept.example.org/juul")
    assert "creativeWorkStatus" not in work_node(works["sound"])


ABOUT = "bibliography.bib:1: reference 'good2020'"


@pytest.mark.parametrize(
    ("fields", "problems"),
    [
        (
            "status = {retractd}",
            [
                f"{ABOUT}: status = 'retractd' is unknown; did you mean 'retracted'?; "
                "it is one of retracted, withdrawn, concern, corrected or superseded"
            ],
        ),
        (
            "statusnote = {Why.}",
            [
                f"{ABOUT} has a field 'statusnote' without a status; "
                "add status = {...}, which is retracted, withdrawn, concern, corrected or superseded"
            ],
        ),
        (
            "status = {superseded}, supersededby = {nobody}",
            [f"{ABOUT}: supersededby = 'nobody' is no reference of the bibliography"],
        ),
        (
            "status = {superseded}, supersededby = {good2020}",
            [f"{ABOUT}: supersededby is its own key; name the work that has taken its place"],
        ),
        (
            "archived = {javascript:x}",
            [
                "bibliography.bib:1: archived of 'good2020' is 'javascript:x'; it must begin with http:// or https:// and name a host"
            ],
        ),
        ("status = {corrected}, statusnote = {Table 2.}, archived = {https://kept.example.org/}", []),
    ],
)
def test_slips_are_told(tmp_path: Path, fields: str, problems: list[str]) -> None:
    from made_up import BIB as SOUND  # noqa: PLC0415

    assert told(tmp_path, {"bibliography.bib": SOUND.replace("year ", f"{fields},\n  year ")}) == problems


def test_a_note_is_only_text(tmp_path: Path) -> None:
    bad = BIB.replace(NOTE, "<script>alert(1)</script> [x](javascript:x)")
    site = review(tmp_path, {**FILES, "bibliography.bib": bad})
    page: Output
    (page,) = (o for o in site.reference_pages() if o.uri == "references/retracted.md")
    written = to_html(page.tail, lambda uri: uri)
    assert "<script" not in written
    assert "&lt;script&gt;alert(1)&lt;/script&gt; [x](javascript:x)" in written
