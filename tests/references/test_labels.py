"""Works as readers see them cited and listed, in Harvard style."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.model.review import Kind, Review, of_their_kinds
from evidence.references.formatting import format_works
from evidence.references.labels import in_order, labels
from evidence.references.order import collated
from evidence.sources.bibtex import parse_bibtex

KINDS = {"law": Kind("law", "Law", "Passed by a parliament.", authorless=True)}


def review(text: str) -> Review:
    references, problems, _ = parse_bibtex(text, "x.bib")
    assert [problem for problem in problems if not problem.notice] == []
    return Review(references=of_their_kinds(references, KINDS))


def formatted(text: str, cache: Path | None = None) -> dict[str, str]:
    found = review(text)
    return format_works(found.references, labels(found), cache_file=cache)


# Harvard style (Pears and Shields, Cite Them Right)


@pytest.mark.parametrize(
    ("entry", "shown"),
    [
        pytest.param(
            "@article{a, author={Ash, Tom and Birch, Una}, title={Hedges in Winter}, journal={Journal of Hedges},"
            " volume={12}, number={3}, pages={101--117}, year={2019}, month=jul, doi={10.1234/h.2019}}",
            "Ash, T. and Birch, U. (2019) ‘Hedges in Winter’, <i>Journal of Hedges</i>, 12(3), pp. 101–117. "
            "Available at: https://doi.org/10.1234/h.2019.",
            id="article",
        ),
        pytest.param(
            "@article{a, author={Ash, T.}, title={Hedges}, journal={Open Hedges}, volume={8}, eid={e0123}, year={2019}}",
            "Ash, T. (2019) ‘Hedges’, <i>Open Hedges</i>, 8, article e0123.",
            id="article with a number in place of pages",
        ),
        pytest.param(
            "@article{a, author={Ash, T.}, title={Hedges}, journal={Open Hedges}, volume={8}, pages={7}, year={2019}}",
            "Ash, T. (2019) ‘Hedges’, <i>Open Hedges</i>, 8, p. 7.",
            id="article of one page",
        ),
        pytest.param(
            "@article{a, author={Ash, T.}, title={Hedges}, journal={Journal of Hedges}, year={2019}}",
            "Ash, T. (2019) ‘Hedges’, <i>Journal of Hedges</i>.",
            id="article without a volume",
        ),
        pytest.param(
            "@techreport{a, author={Ash, T.}, title={State of Hedges}, institution={Hedge Office}, address={Leeds},"
            " type={Report}, number={38/2023}, year={2023}, url={https://hedges.example/r.pdf}}",
            "Ash, T. (2023) <i>State of Hedges</i>. Report 38/2023. Leeds: Hedge Office. "
            "Available at: https://hedges.example/r.pdf.",
            id="report with type and number",
        ),
        pytest.param(
            "@online{a, author={{Hedge and Ditch Trust}}, title={Why Hedges}, year={2021}, url={https://hedges.example/why}}",
            "Hedge and Ditch Trust (2021) <i>Why Hedges</i>. Available at: https://hedges.example/why.",
            id="web page of an organisation",
        ),
        pytest.param(
            "@book{a, author={van den Berg, Kees}, title={Dikes}, publisher={Polder}, address={Delft}, edition={2}, year={2017}}",
            "van den Berg, K. (2017) <i>Dikes</i>. 2nd edn. Delft: Polder.",
            id="book in its second edition",
        ),
        pytest.param(
            "@book{a, editor={Ash, T. and Birch, U.}, title={On Hedges}, publisher={Polder}, year={2017}}",
            "Ash, T. and Birch, U. (eds) (2017) <i>On Hedges</i>. Polder.",
            id="book with editors only",
        ),
        pytest.param(
            "@book{a, editor={Ash, T.}, title={On Hedges}, publisher={Polder}, year={2017}}",
            "Ash, T. (ed.) (2017) <i>On Hedges</i>. Polder.",
            id="book with one editor",
        ),
        pytest.param(
            "@incollection{a, author={Birch, U.}, title={Roots}, booktitle={On Hedges}, editor={Ash, T.},"
            " publisher={Polder}, address={Delft}, pages={3--9}, year={2017}}",
            "Birch, U. (2017) ‘Roots’, in T. Ash (ed.) <i>On Hedges</i>. Delft: Polder, pp. 3–9.",
            id="chapter",
        ),
        pytest.param(
            "@phdthesis{a, author={Birch, Una}, title={Roots}, school={University of Leeds}, type={PhD thesis}, year={2015}}",
            "Birch, U. (2015) <i>Roots</i>. PhD thesis. University of Leeds.",
            id="thesis",
        ),
        pytest.param(
            "@misc{a, title={Hedges Act 2011}, number={c. 7}, year={2011}, sourcekind={law}, url={https://law.example/7}}",
            "<i>Hedges Act 2011</i>, c. 7. Available at: https://law.example/7.",
            id="law",
        ),
        pytest.param(
            "@online{a, author={Ash, T.}, title={Undated}, year={n.d.}, url={https://hedges.example/u}}",
            "Ash, T. (n.d.) <i>Undated</i>. Available at: https://hedges.example/u.",
            id="no date",
        ),
        pytest.param(
            "@book{a, author={A, A. and B, B. and C, C. and D, D.}, title={Four}, publisher={P}, year={2000}}",
            "A, A. et al. (2000) <i>Four</i>. P.",
            id="four authors",
        ),
        pytest.param(
            "@book{a, author={Ash, T. and others}, title={Many}, publisher={P}, year={2000}}",
            "Ash, T. et al. (2000) <i>Many</i>. P.",
            id="and others",
        ),
        pytest.param(
            "@book{a, author={{Ash & Sons <i>}}, title={Salt \\& “Pepper” <b> 'x' > y}, publisher={<P>}, year={2000}}",
            "Ash &amp; Sons &lt;i&gt; (2000) <i>Salt &amp; ‘Pepper’ &lt;b&gt; ‘x’ &gt; y</i>. &lt;P&gt;.",
            id="characters of HTML",
        ),
    ],
)
def test_a_work_is_listed_as_the_style_says(entry: str, shown: str) -> None:
    assert formatted(entry) == {"a": shown}


def test_works_of_one_author_and_year_get_letters_in_the_text_and_in_the_list() -> None:
    text = "".join(
        f"@online{{k{i}, author={{Ash, T.}}, title={{T{i}}}, year={{{year}}}}}\n"
        for i, year in enumerate(["2020", "2020", "n.d.", "n.d.", "2021"])
    )
    assert [str(label) for label in labels(review(text)).values()] == [
        "Ash, 2020a",
        "Ash, 2020b",
        "Ash, n.d.-a",
        "Ash, n.d.-b",
        "Ash, 2021",
    ]
    assert list(formatted(text).values()) == [
        "Ash, T. (2020a) <i>T0</i>.",
        "Ash, T. (2020b) <i>T1</i>.",
        "Ash, T. (n.d.-a) <i>T2</i>.",
        "Ash, T. (n.d.-b) <i>T3</i>.",
        "Ash, T. (2021) <i>T4</i>.",
    ]


def test_letters_go_on_after_z() -> None:
    text = "".join(f"@book{{k{i:02}, author={{Ash, T.}}, title={{T}}, year={{2020}}}}\n" for i in range(28))
    assert sorted(label.letter for label in labels(review(text)).values())[:3] == ["a", "aa", "ab"]


@pytest.mark.parametrize(
    ("people", "short"),
    [
        ("author={Ash, T.}", "Ash"),
        ("author={Ash, T. and Birch, U.}", "Ash and Birch"),
        ("author={Ash, T. and Birch, U. and Cherry, V.}", "Ash, Birch and Cherry"),
        ("author={Ash, T. and Birch, U. and Cherry, V. and Damson, W.}", "Ash et al."),
        ("author={Ash, T. and others}", "Ash et al."),
        ("author={van den Berg, Kees and de la Cruz, Ana}", "van den Berg and de la Cruz"),
        ("author={{Hedge and Ditch Trust}}", "Hedge and Ditch Trust"),
        ("author={{Hedge and Ditch Trust}}, shortauthor={HDT}", "HDT"),
        (r"author={{\'E}mile {Zola}}", "Zola"),
        ("editor={Ash, T.}", "Ash"),
        ("shorttitle={Hedges}", "Hedges"),
        ("note={No one}", "All about hedges"),
    ],
)
def test_the_text_names_authors_else_editors_else_the_title(people: str, short: str) -> None:
    found = review(f"@book{{a, {people}, title={{All about hedges}}, year={{2000}}}}\n")
    assert str(labels(found)["a"]) == f"{short}, 2000"


# Names in the text and in the list


def people(key: str, names: str, year: str = "2015", more: str = "") -> str:
    return f"@book{{{key}, author={{{names}}}, title={{T {key}}}, year={{{year}}}{more}}}\n"


@pytest.mark.parametrize(
    ("entries", "cited"),
    [
        pytest.param(
            [people("a", "{Ministry of Panels}"), people("b", "{Ministry of Panels}", more=", shortauthor={MoP}")],
            ["Ministry of Panels, 2015a", "MoP, 2015b"],
            id="the list has one name for both",
        ),
        pytest.param(
            [people("a", "Jay, Amy"), people("b", "Jay, B."), people("c", "Jay, B.", "2016")],
            ["A. Jay, 2015", "B. Jay, 2015", "Jay, 2016"],
            id="the list tells them apart by initials",
        ),
        pytest.param(
            [people("a", "Jay, Amy"), people("b", "Jay, A.")], ["Jay, 2015a", "Jay, 2015b"], id="initials are the same"
        ),
        pytest.param(
            [people("a", "Kim, C. and Jay, A."), people("b", "Kim, C. and Jay, B.")],
            ["Kim and A. Jay, 2015", "Kim and B. Jay, 2015"],
            id="only the names that differ have initials",
        ),
        pytest.param(
            [people("a", "Kay, A. and Low, B. and May, C. and Noy, D."), people("b", "Kay, A. and Pip, B. and others")],
            ["Kay et al., 2015a", "Kay et al., 2015b"],
            id="the list shows the first name alone",
        ),
        pytest.param(
            [people("a", "Kay, A. and others"), people("b", "Kay, J.-P. and others")],
            ["A. Kay et al., 2015", "J.-P. Kay et al., 2015"],
            id="first names that differ, of many",
        ),
        pytest.param(
            [
                people("a", "{Panels Office}", more=", shortauthor={PO}"),
                people("b", "{Post Office}", more=", shortauthor={PO}"),
            ],
            ["Panels Office, 2015", "Post Office, 2015"],
            id="one short name of two",
        ),
        pytest.param(
            [people("a", "Rowan, A.", "in press"), people("b", "Rowan, A.", "in press")],
            ["Rowan, in press-a", "Rowan, in press-b"],
            id="in press",
        ),
        pytest.param(
            [people("a", "Yew, A.", "2019/2020"), people("b", "Yew, A.", "2019/2020")],
            ["Yew, 2019–2020a", "Yew, 2019–2020b"],
            id="two years",
        ),
        pytest.param(
            ["@article{a, title={Ten things}, journal={Care Notes}, year={2015}}\n"],
            ["Care Notes, 2015"],
            id="article without author",
        ),
    ],
)
def test_works_are_told_apart_in_the_text_as_they_are_in_the_list(entries: list[str], cited: list[str]) -> None:
    text = "".join(entries)
    found = labels(review(text))
    assert list(map(str, found.values())) == cited
    for full, label in zip(formatted(text).values(), found.values(), strict=True):
        assert f"({label.year})" in full


LISTED = (
    "@book{key, author={{Aberdeen Institute}}, shortauthor={ZIP}, title={T}, year={2001}}",
    "@article{key, title={Ten things}, journal={Care Notes}, year={2003}}",
    "@book{key, author={Ellis, A.}, title={T}, year={2001}}",
    r"@book{key, author={\'Etoile, C.}, title={T}, year={2001}}",
    "@book{key, author={Fern, E.}, title={T}, year={c. 1890}}",
    "@book{key, author={Fern, E.}, title={T}, year={2001}}",
    "@book{key, author={Fern, E.}, title={T}, year={in press}}",
    "@book{key, author={Gray, A.}, title={T}, year={2020}}",
    "@book{key, author={Gray, B.}, title={T}, year={2019}}",
    r"@book{key, author={{\L}uczak, T.}, title={T}, year={2001}}",
    "@book{key, author={de la Meer, I.}, title={T}, year={2001}}",
    "@book{key, author={Mills, I.}, title={T}, year={2001}}",
    r"@book{key, author={\"Ostlund, B.}, title={T}, year={2001}}",
    "@book{key, author={{Social Care Institute for Excellence}}, shortauthor={SCIE}, title={T}, year={2001}}",
    "@book{key, author={{Social Care Wales}}, title={T}, year={2001}}",
    r"@book{key, author={\'{S}wit, D.}, title={T}, year={2001}}",
    "@book{key, author={Tan, A. and Birk, C. and Cole, D.}, title={T}, year={2012}}",
    "@book{key, author={Tan, A. and Zed, B.}, title={T}, year={2012}}",
    "@book{key, title={The handbook}, year={2001}}",
    "@book{key, author={Zeller, A.}, title={T}, year={2001}}",
    "@book{key, author={כהן, דוד}, title={T}, year={2001}}",
)


def test_a_list_is_in_the_order_of_the_names_that_it_shows() -> None:
    keys = [f"k{i * 8 % len(LISTED):02}" for i in range(len(LISTED))]  # in an order of their own
    entries = dict(zip(keys, LISTED, strict=True))
    found = review("\n".join(entries[key].replace("{key,", f"{{{key},") for key in sorted(entries)))
    assert [entries[key] for key in in_order(found.references, found, labels(found))] == list(LISTED)


LATIN = "".join(map(chr, range(32, 127))) + "éÉèêëÖöőüñÑçŞåąžČāī–—‘’“”\u0301\u0308\u0327"


@given(st.lists(st.text(LATIN, max_size=8)))
def test_latin_letters_are_sorted_as_unicode_has_it_without_its_tables(texts: list[str]) -> None:
    quick, whole = collated([((text,),) for text in texts]), collated([((text,) for text in [*texts, "ж"])])
    assert sorted(texts, key=quick.__getitem__) == sorted(texts, key=whole.__getitem__)


# The cache, and many works

TWO = "@book{a, author={Ash, T.}, title={One}, year={2000}}\n@book{b, author={Birch, U.}, title={Two}, year={2001}}\n"


@pytest.mark.parametrize("content", [b"", b"{", b"[1, 2]", b"null", b"\xff\xfe", b'{"a": '])
def test_a_spoilt_cache_is_only_slower(tmp_path: Path, content: bytes) -> None:
    cache = tmp_path / "cache.json"
    cache.write_bytes(content)
    assert formatted(TWO, cache) == formatted(TWO)
    assert sorted(json.loads(cache.read_bytes()).values()) == sorted(formatted(TWO).values())


def test_a_cache_that_cannot_be_written_is_only_slower(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    assert formatted(TWO, tmp_path / "file/cache.json") == formatted(TWO)


def test_the_cache_gives_the_same_text_and_forgets_what_is_gone(tmp_path: Path) -> None:
    cache = tmp_path / "deep/cache.json"
    first = formatted(TWO, cache)
    stamp = cache.stat().st_mtime_ns
    assert formatted(TWO, cache) == first
    assert cache.stat().st_mtime_ns == stamp
    changed = formatted(TWO.replace("Two", "Two more"), cache)
    assert changed == {"a": first["a"], "b": "Birch, U. (2001) <i>Two more</i>."}
    assert formatted(TWO.split("\n", maxsplit=1)[0], cache) == {"a": first["a"]}
    assert list(json.loads(cache.read_bytes()).values()) == [first["a"]]


def test_many_works_come_out_as_few_do() -> None:
    entries = [f"@book{{k{i}, author={{Ash{i}, T.}}, title={{Title {i}}}, year={{2000}}}}\n" for i in range(301)]
    few = formatted("".join(entries[:150])) | formatted("".join(entries[150:]))
    many = formatted("".join(entries))
    assert many == few
    assert list(many) == [f"k{i}" for i in range(301)]
