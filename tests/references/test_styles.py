"""Works in the other styles that readers can copy: APA and Vancouver. Harvard, the style of the site's own lists, is in test_labels.py."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path

import pytest

import styles_table
from conftest import Built
from evidence.model.review import Kind, Review, of_their_kinds
from evidence.references.formatting import format_works
from evidence.references.labels import labels
from evidence.references.styles import FIXED, STYLES, Style, style_file
from evidence.sources.bibtex import parse_bibtex

HARVARD, APA, VANCOUVER = STYLES["harvard"], STYLES["apa"], STYLES["vancouver"]

KINDS = {"law": Kind("law", "Law", "Passed by a parliament.", authorless=True)}


def formatted(text: str, style: Style, cache: Path | None = None) -> dict[str, str]:
    references, problems, _ = parse_bibtex(text, "x.bib")
    assert [problem for problem in problems if not problem.notice] == []
    review = Review(references=of_their_kinds(references, KINDS))
    made = format_works(review.references, labels(review), style.id, cache)
    return {key: html.unescape(re.sub(r"</?i>", "", full)) for key, full in made.items()}


@pytest.mark.parametrize(
    ("entry", "apa", "vancouver"),
    [
        pytest.param(
            "@article{a, author={Ash, Tom and Birch, Una}, title={Hedges in Winter}, journal={Journal of Hedges},"
            " volume={12}, number={3}, pages={101--117}, year={2019}, month=jul, doi={10.1234/h.2019}}",
            "Ash, T., & Birch, U. (2019). Hedges in Winter. Journal of Hedges, 12(3), 101–117. https://doi.org/10.1234/h.2019",
            "Ash T, Birch U. Hedges in Winter. Journal of Hedges. 2019 Jul;12(3):101–17. doi:10.1234/h.2019",
            id="article",
        ),
        pytest.param(
            "@article{a, author={Ash, T.}, title={Hedges}, journal={Tijdschrift voor Heggen}, volume={8}, eid={e0123}, year={2019}}",
            "Ash, T. (2019). Hedges. Tijdschrift voor Heggen, 8, Article e0123.",
            "Ash T. Hedges. Tijdschrift voor Heggen. 2019;8:e0123.",
            id="article with a number in place of pages",
        ),
        pytest.param(
            "@techreport{a, author={Ash, T.}, title={State of Hedges}, institution={Hedge Office}, address={Leeds},"
            " type={Discussion paper}, number={38/2023}, year={2023}, url={https://hedges.example/r.pdf}}",
            "Ash, T. (2023). State of Hedges (Discussion paper 38/2023). Hedge Office. https://hedges.example/r.pdf",
            "Ash T. State of Hedges [Discussion paper] [Internet]. Leeds: Hedge Office; 2023. Discussion paper 38/2023. "
            "Available from: https://hedges.example/r.pdf",
            id="report with type and number",
        ),
        pytest.param(
            "@techreport{a, author={{Hedge and Ditch Trust}}, title={Why Hedges?}, institution={Hedge and Ditch Trust},"
            " type={Report}, year={2021}, url={https://hedges.example/why}}",
            "Hedge and Ditch Trust. (2021). Why Hedges? [Report]. https://hedges.example/why",
            "Hedge and Ditch Trust. Why Hedges? [Report] [Internet]. Hedge and Ditch Trust; 2021. "
            "Available from: https://hedges.example/why",
            id="report that its author publishes",
        ),
        pytest.param(
            "@online{a, author={{Hedge Trust}}, title={Why Hedges?}, year={n.d.}, url={https://hedges.example/why}}",
            "Hedge Trust. (n.d.). Why Hedges? https://hedges.example/why",
            "Hedge Trust. Why Hedges? [Internet]. [date unknown]. Available from: https://hedges.example/why",
            id="undated web page with a question for a title",
        ),
        pytest.param(
            "@book{a, author={van den Berg, Kees and King, Jr., Martin}, title={Dikes}, publisher={Polder}, address={Delft},"
            " edition={2nd}, year={2017}}",
            "van den Berg, K., & King, M., Jr. (2017). Dikes (2nd ed.). Polder.",
            "van den Berg K, King M Jr. Dikes. 2nd ed. Delft: Polder; 2017.",
            id="particle, suffix and edition",
        ),
        pytest.param(
            "@book{a, editor={Ash, T. and Birch, U.}, title={On Hedges}, publisher={Polder}, year={2017}, doi={10.1234/b}}",
            "Ash, T., & Birch, U. (Eds.). (2017). On Hedges. Polder. https://doi.org/10.1234/b",
            "Ash T, Birch U, editors. On Hedges. Polder; 2017. doi:10.1234/b",
            id="book with editors only",
        ),
        pytest.param(
            "@book{a, editor={Ash, T. and others}, title={On Hedges}, publisher={Polder}, year={2017}}",
            "Ash, T., et al. (Eds.). (2017). On Hedges. Polder.",
            "Ash T, et al., editors. On Hedges. Polder; 2017.",
            id="editors and others",
        ),
        pytest.param(
            "@incollection{a, author={Birch, U. and others}, title={Roots}, booktitle={On Hedges}, editor={Ash, T.},"
            " publisher={Polder}, address={Delft}, pages={3--9}, year={2017}}",
            "Birch, U., et al. (2017). Roots. In T. Ash (Ed.), On Hedges (pp. 3–9). Polder.",
            "Birch U, et al. Roots. In: Ash T, editor. On Hedges. Delft: Polder; 2017. p. 3–9.",
            id="chapter by an author and others",
        ),
        pytest.param(
            "@phdthesis{a, author={Birch, Una}, title={Roots}, school={University of Leeds}, type={PhD thesis}, year={2015}}",
            "Birch, U. (2015). Roots [PhD thesis]. University of Leeds.",
            "Birch U. Roots [PhD thesis]. University of Leeds; 2015.",
            id="thesis",
        ),
        pytest.param(
            "@misc{a, title={Hedges Act 2011}, number={2011 c. 7}, year={2011}, sourcekind={law}, url={https://law.example/7}}",
            "Hedges Act 2011, c. 7. https://law.example/7",
            "Hedges Act 2011, c. 7. Available from: https://law.example/7",
            id="law",
        ),
        pytest.param(
            "@misc{a, title={A leaflet}, year={2011}}",
            "A leaflet. (2011).",
            "A leaflet. 2011.",
            id="no author",
        ),
        pytest.param(
            "@book{a, author={כהן, דוד}, title={שלום}, publisher={דפוס}, year={2018}}",
            "<bdi>כהן, דוד</bdi>. (2018). <bdi>שלום</bdi>. <bdi>דפוס</bdi>.",
            "<bdi>כהן דוד</bdi>. <bdi>שלום</bdi>. <bdi>דפוס</bdi>; 2018.",
            id="a script without capitals",
        ),
        pytest.param(
            "@book{a, author={{Ash & Sons <i>}}, title={Salt \\& “Pepper” <b> 'x' > y}, publisher={<P>}, year={2000}}",
            "Ash & Sons <i>. (2000). Salt & “Pepper” <b> “x” > y. <P>.",
            "Ash & Sons <i>. Salt & “Pepper” <b> “x” > y. <P>; 2000.",
            id="characters of HTML",
        ),
    ],
)
def test_a_work_is_cited_as_the_style_says(entry: str, apa: str, vancouver: str) -> None:
    assert (formatted(entry, APA), formatted(entry, VANCOUVER)) == ({"a": apa}, {"a": vancouver})


MANY = " and ".join(f"{letter}, {letter}." for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ")


@pytest.mark.parametrize(
    ("style", "last"),
    [(APA, "R, R., S, S., … Z, Z. (2000). T. P."), (VANCOUVER, "E E, F F, et al. T. P; 2000.")],
)
def test_each_style_names_as_many_authors_as_it_likes(style: Style, last: str) -> None:
    text = f"@book{{a, author={{{MANY}}}, title={{T}}, publisher={{P}}, year={{2000}}}}"
    assert formatted(text, style)["a"].endswith(last)


TWO = "".join(f"@book{{k{i}, author={{Ash, T.}}, title={{T{i}}}, publisher={{P}}, year={{2000}}}}\n" for i in (1, 2))


@pytest.mark.parametrize("style", [APA, VANCOUVER])
def test_letters_after_the_year_belong_to_the_list_of_the_reader(style: Style) -> None:
    assert not any("2000a" in text for text in formatted(TWO, style).values())
    assert all("2000a" in text or "2000b" in text for text in formatted(TWO, HARVARD).values())


def test_each_style_has_results_of_its_own_in_the_cache(tmp_path: Path) -> None:
    caches = {style.id: tmp_path / f"{style.id}.json" for style in STYLES.values()}
    first = {style.id: formatted(TWO, style, caches[style.id]) for style in STYLES.values()}
    digests = [set(json.loads(cache.read_bytes())) for cache in caches.values()]
    assert [len(found) for found in digests] == [2, 2, 2]
    assert not digests[0] & digests[1]
    assert not digests[1] & digests[2]
    assert {style.id: formatted(TWO, style, caches[style.id]) for style in STYLES.values()} == first
    # One file for all, by mistake: slower, not wrong.
    assert [formatted(TWO, style, tmp_path / "one.json") for style in STYLES.values()] == list(first.values())


def test_a_reference_page_offers_the_three_styles_as_text(site: Built) -> None:
    pages = 0
    for name, tree in site.pages():
        if not name.startswith("references/") or name == "references/index.html":
            continue
        pages += 1
        names = [
            h3.text_content().rstrip("¶") for h3 in tree.xpath("//h3[following-sibling::*[1][@class='cite-text']]")
        ]
        assert names == [style.name for style in STYLES.values()], name
        for text in tree.xpath("//p[@class='cite-text']"):
            assert {part.tag for part in text} <= {"bdi"}, name  # plain text, to be selected as a whole
            assert len(text.text_content().strip()) > 10, name
        assert [Path(src).name for src in tree.xpath("//script/@src")].count("copy.js") <= 1
        assert not tree.xpath(
            "//button[contains(@class, 'copy')]"
        )  # made by the script, so it is there only where it works
    assert pages


def test_the_style_of_the_lists_is_offered_as_it_stands_there(real: Built) -> None:
    entry = next(li for li in real.trees["references/index.html"].xpath("//li[@id='arnstein1969']"))
    (first, *_) = real.trees["references/arnstein1969/index.html"].xpath("//p[@class='cite-text']/text()")
    assert entry.text_content().startswith(first)
    # Two works of one author and year have letters in the list, and none in what is copied.
    (first, *_) = real.trees["references/scie2022a/index.html"].xpath("//p[@class='cite-text']/text()")
    assert "(2022) " in first


@pytest.mark.parametrize("mark", ["?", "!"])
def test_a_title_with_a_mark_of_its_own_gets_no_full_stop(mark: str) -> None:
    book = f"@book{{a, author={{Ash, T.}}, title={{Why Hedges{mark}}}, publisher={{Polder}}, address={{Delft}}, year={{2017}}}}"
    assert formatted(book, HARVARD)["a"] == f"Ash, T. (2017) Why Hedges{mark} Delft: Polder."
    for style in STYLES.values():
        assert f"{mark}." not in formatted(book, style)["a"]


def test_what_other_processors_make_of_each_work_is_the_same_or_explained() -> None:
    rows = styles_table.rows()
    assert len(rows) >= 30 * len(STYLES)
    assert [(row.style, row.key, row.ours, row.theirs) for row in rows if not row.whole] == []
    if {
        row.key for row in rows
    } == styles_table.asked():  # an editor may have changed the one work that needs an explanation
        used = {explained for row in rows for explained in row.why}
        assert [explained.why for explained in styles_table.EXPLAINED if explained not in used] == []
    known = set(styles_table.FILE.read_text("utf-8").splitlines())
    other = [line for line in styles_table.table().splitlines() if line.startswith("| ") and line not in known]
    assert other == [], "works come out otherwise than tests/styles.md says; write it anew with: make styles-table"


def test_words_that_stand_in_the_files_of_styles_are_in_the_catalogue() -> None:
    """Most of their words are terms that CSL has in each language; of these it has none. Names of databases stay as they are."""
    said, around = set(), set()
    for style in STYLES.values():
        text = style_file(style)
        said |= set(re.findall(r'<text [^>]*?value="([^"]*[a-z][^"]*)"', text))
        around |= set(re.findall(r'(?:prefix|suffix)="([^"]*[A-Za-z]{2}[^"]*)"', text))
    assert said - set(FIXED) == {"PubMed PMID", "PubMed Central PMCID"}
    assert around == {"https://doi.org/", "doi:", "article ", " Available from: "}  # the last two are looked up, too


def test_a_style_says_its_fixed_words_as_the_catalogue_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(FIXED, "Preprint", "Rhagargraffiad & mwy")
    style_file.cache_clear()
    try:
        assert 'value="Rhagargraffiad &amp; mwy"' in style_file(HARVARD)
    finally:
        style_file.cache_clear()
