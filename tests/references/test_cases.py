"""Every kind of fault that works in real libraries have met, and what is right: in the text, in a list in three styles, and in files.

cases.bib holds the works, cases.yml what each comes out as. What is asked of the works of the site itself is at the end.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from conftest import ROOT
from evidence.model.base import Reference
from evidence.model.review import Kind, Review, of_their_kinds
from evidence.references import FORMATS, STYLES, format_works, in_order, labels
from evidence.site.loading import load
from evidence.sources import parse_bibtex

HERE = Path(__file__).parent
CASES: dict[str, dict[str, dict[str, str]]] = yaml.safe_load((HERE / "cases.yml").read_text("utf-8"))
LAW = {"law": Kind("law", "Law", "Passed by a parliament.", authorless=True)}


def review(text: str) -> Review:
    references, problems, refused = parse_bibtex(text, "x.bib")
    assert [problem for problem in problems if not problem.notice] == []
    assert refused == set()
    return Review(references=of_their_kinds(references, LAW))


REVIEW = review((HERE / "cases.bib").read_text("utf-8"))
KNOWN = labels(REVIEW)


@pytest.fixture(scope="module")
def listed() -> dict[str, dict[str, str]]:
    """All works in each style."""
    return {style: format_works(REVIEW.references, KNOWN, style) for style in STYLES}


def test_the_cases_are_of_the_works() -> None:
    keys = [key for works in CASES.values() for key in works]
    assert len(keys) == len(set(keys)) >= 80
    assert set(keys) <= set(REVIEW.references)


@pytest.mark.parametrize(("kind", "key"), [(kind, key) for kind, works in CASES.items() for key in works])
def test_a_work_comes_out_right_in_the_text_and_in_every_list(
    kind: str, key: str, listed: dict[str, dict[str, str]]
) -> None:
    shown = {"text": str(KNOWN[key])} | {style: works[key] for style, works in listed.items()}
    assert shown == CASES[kind][key]


# Lists


def test_a_list_is_sorted_by_the_names_as_shown() -> None:
    order = in_order(REVIEW.references, REVIEW, KNOWN)
    sorted_by_name = ["shortsort", "ltd", "zsort3", "lang", "zsort5", "partsort", "bodyfull", "hy2", "zsort2", "hy1"]
    sorted_by_name += [
        "zsort4",
        "coA2",
        "coA1",
        "zsort1",
    ]  # Etoile, Evans, Fern; Meer, Ministry; Oliveira, Ostlund, Park; Swit, Tan; Zeller
    assert [key for key in order if key in sorted_by_name] == sorted_by_name
    assert [key for key in order if key.startswith("same")] == ["sameA2", "sameA", "sameB"]
    assert [key for key in order if key in ("bce", "circa", "rangeyear")] == ["circa", "rangeyear", "bce"]


# A work without an author is no law for that, and names nothing twice


@pytest.mark.parametrize(
    ("entry", "harvard", "apa", "vancouver"),
    [
        pytest.param(
            "@book{a, title={The handbook of panels}, publisher={Polder}, year={2003}}",
            "<i>The handbook of panels</i> (2003). Polder.",
            "<i>The handbook of panels</i>. (2003). Polder.",
            "The handbook of panels. Polder; 2003.",
            id="handbook",
        ),
        pytest.param(
            "@misc{a, title={What to bring}, howpublished={Handed out}, year={2004}}",
            "‘What to bring’ (2004). Handed out.",
            "<i>What to bring</i>. (2004). Handed out.",
            "What to bring. Handed out; 2004.",
            id="leaflet",
        ),
        pytest.param(
            "@misc{a, title={Hedges Act 2011}, number={2011 c. 7}, sourcekind={law}, year={2011}}",
            "<i>Hedges Act 2011</i>, c. 7.",
            "Hedges Act 2011, c. 7.",
            "Hedges Act 2011, c. 7.",
            id="law",
        ),
    ],
)
def test_a_work_without_an_author(entry: str, harvard: str, apa: str, vancouver: str) -> None:
    works = review(entry).references
    assert [format_works(works, {}, style)["a"] for style in STYLES] == [harvard, apa, vancouver]


# Files


def item(work: Reference, within: Review = REVIEW) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(FORMATS["json"].work(work, within))
    return found


def tags(work: Reference, within: Review = REVIEW) -> dict[str, str]:
    """RIS by tags; the last of each."""
    return dict(line.split("  - ", 1) for line in FORMATS["ris"].work(work, within).decode().split("\r\n") if line)


def bibtex(work: Reference, within: Review = REVIEW) -> str:
    return FORMATS["bib"].work(work, within).decode()


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("subtitled", {"title": "Listening: A History of Panels"}),
        ("inedition", {"container-title": "Panels in Practice: A Guide", "edition": "4"}),
        ("accessed", {"issued": {"date-parts": [[2024, 3, 5]]}, "accessed": {"date-parts": [[2024, 4, 12]]}}),
        ("m12", {"issued": {"date-parts": [[2020, 5, 12]]}}),
        ("mspring", {"issued": {"date-parts": [[2020]], "season": 1}}),
        (
            "translated",
            {"translator": [{"family": "Miller", "given": "Jo"}], "original-date": {"date-parts": [[1998]]}},
        ),
        ("howpub", {"URL": "https://maple.example/note", "accessed": {"date-parts": [[2020, 5, 1]]}}),
        ("arxiv", {"URL": "https://arxiv.org/abs/2101.01234"}),
        ("doiurl", {"DOI": "10.1234/abc"}),
        ("circa", {"issued": {"date-parts": [[1890]], "circa": True}}),
        ("rangeyear", {"issued": {"date-parts": [[2019], [2020]]}}),
        ("serie", {"collection-title": "Studies in Listening", "collection-number": "5"}),
        ("co2", {"title": "CO<sub>2</sub> and H<sub>2</sub>O at 10<sup>th</sup> street with α-waves"}),
        ("emph", {"title": "<i>E. coli</i> in <i>care</i> homes: CO<sub>2</sub>"}),
        (
            "entity",
            {"title": "Research & practice of <i>E. coli</i> in H<sub>2</sub>O", "container-title": "Air & Water"},
        ),
        ("lang", {"language": "cy"}),
        ("partsort", {"author": [{"family": "van Meer", "given": "I."}]}),
        ("a5", {"author": [{"family": "Álvarez", "given": "José"}, {"family": "Álvarez", "given": "María"}]}),
    ],
)
def test_csl_json_holds(key: str, expected: dict[str, Any]) -> None:
    found = item(REVIEW.references[key])
    assert {name: found.get(name) for name in expected} == expected


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("accessed", {"PY": "2024", "DA": "2024/03/05/", "Y2": "2024/04/12/"}),
        ("news", {"DA": "2023/05/12/", "Y2": "2023/06/01/"}),
        ("subtitled", {"TI": "Listening: A History of Panels"}),
        ("howpub", {"UR": "https://maple.example/note", "Y2": "2020/05/01/"}),
        ("serie", {"T3": "Studies in Listening"}),
        ("partsort", {"AU": "van Meer, I."}),
        ("pspace", {"SP": "101", "EP": "117"}),
        ("co2", {"TI": "CO2 and H2O at 10th street with α-waves"}),
        ("lang", {"LA": "cy"}),
    ],
)
def test_ris_holds(key: str, expected: dict[str, str]) -> None:
    found = tags(REVIEW.references[key])
    assert {name: found.get(name) for name in expected} == expected


@pytest.mark.parametrize("key", ["inpress1", "bce"])
def test_no_date_is_made_up_in_files(key: str) -> None:
    work = REVIEW.references[key]
    assert "PY" not in tags(work)
    assert "date-parts" not in item(work).get("issued", {})


@pytest.mark.parametrize("key", [key for works in CASES.values() for key in works])
def test_bibtex_gives_the_same_work_back(key: str) -> None:
    work = REVIEW.references[key]
    written = bibtex(work)
    references, problems, refused = parse_bibtex(written, "back.bib")
    assert ([problem for problem in problems if not problem.notice], refused) == ([], set())
    [back] = references.values()
    assert without_case(back.item) == without_case(work.item)


def without_case(item: Mapping[str, Any]) -> dict[str, Any]:
    """An item without the marks of what keeps its capitals: files put whole titles in braces."""
    return {
        name: re.sub("</?span[^>]*>", "", value) if isinstance(value, str) else value for name, value in item.items()
    }


# Slips: each is told, by its line, and none passes in silence


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ("author={Reed, A. et al.}, year={2005}", "with 'et al.'; write ' and others'"),
        ("author={Reed, A.; Roe, B.; Poe, C.}, year={2005}", "with semicolons; write ' and ' between names"),
        ("author={Reed A, Roe B, Poe C}, year={2005}", "there are commas between names; write ' and ' between them"),
        ("author={Smith, J., Jones, K. and Brown, L.}, year={2020}", "there are commas between names"),
        (r"author={Reed, A. \& Roe, B.}, year={2005}", "with an &; write ' and ' between names"),
        ("author={Smith, Jr., John, PhD, MBE}, year={2020}", "'PhD' is a degree or a title, and no part of a name"),
        ("author={Reed, A.}, year={20201}", "year of 'a' is '20201', which is no date"),
        ("author={Reed, A.}, year={2 0 2 0 <b>}", "year of 'a' is '2 0 2 0 <b>', which is no date"),
        ("author={Reed, A.}, date={2019-13-45}", "date of 'a' is '2019-13-45', which is no date"),
        ("author={Reed, A.}, year={2205}", "year of 'a' is '2205', a year to come"),
        ("author={REED, A.}, year={2005}", "notice: author of 'a' has 'REED, A.', all in capitals"),
        ("author={reed, a.}, year={2005}", "notice: author of 'a' has 'reed, a.', all in small letters"),
        ("author={Reed, A.}, year={2020}, editornot={lost}", "notice: field 'editornot' is used by nothing here"),
    ],
)
def test_a_slip_is_told_with_its_line(fields: str, told: str) -> None:
    _, problems, _ = parse_bibtex(f"\n@article{{a, title={{x}}, journal={{j}}, {fields}}}", "x.bib")
    [problem] = problems
    assert str(problem).startswith("x.bib:2: ")
    assert told in str(problem)


# The works of this site


SITE = load(ROOT)
WORKS = SITE.review.references


def shipped(style: str, key: str) -> str:
    return format_works({key: WORKS[key]}, {}, style)[key]


def test_shipped_articles_have_month_and_numbers_of_pubmed_in_vancouver() -> None:
    assert shipped("vancouver", "sunkel2022").endswith(
        "BJPsych Bulletin. 2022 Jun;46(3):160–4. doi:10.1192/bjb.2021.51 PubMed PMID: 33977895; PubMed Central PMCID: PMC9346508."
    )


def test_shipped_acts_have_the_year_once() -> None:
    assert shipped("harvard", "careact2014").startswith("<i>Care Act 2014</i>, c. 23.")
    assert shipped("apa", "careact2014").startswith("Care Act 2014, c. 23.")
    assert shipped("vancouver", "careact2014").startswith("Care Act 2014, c. 23.")


def test_shipped_works_of_a_body_with_a_short_name_stand_where_its_name_belongs() -> None:
    order = in_order(WORKS, SITE.review, labels(SITE.review))
    at = [order.index(key) for key in ("scott2024", "scie2013", "scie2022a", "scie2022b", "socialcarewales2022")]
    assert at == sorted(at)


def test_a_shipped_particle_is_part_of_the_family_name_in_files() -> None:
    work = WORKS["edelenbos2018"]
    assert item(work, SITE.review)["author"][1] == {"family": "van Meerkerk", "given": "I."}
    assert "AU  - van Meerkerk, I." in FORMATS["ris"].work(work, SITE.review).decode()


def test_a_shipped_work_without_date_has_none_in_files() -> None:
    work = WORKS["tlapnd"]
    assert "issued" not in item(work, SITE.review)
    assert not {"PY", "DA"} & tags(work, SITE.review).keys()
