"""What an entry says, from BibTeX and biblatex alike: names, titles, addresses, and what one entry takes from another."""

from __future__ import annotations

from typing import Any

import pytest

from evidence.files import pandoc
from evidence.model.base import Reference
from evidence.sources.bibtex import parse_bibtex


def read(text: str) -> Reference:
    """The first work of a file in which nothing is wrong."""
    references, problems, refused = parse_bibtex(text, "x.bib")
    assert ([str(problem) for problem in problems], refused) == ([], set())
    return next(iter(references.values()))


def entry(fields: str, kind: str = "book") -> Reference:
    return read(f"@{kind}{{a, title={{T}}, year={{2000}}, {fields}}}")


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        (r"\O rsted, H.", "H. Ørsted"),
        (r"\L{}uczak, T.", "T. Łuczak"),
        (r"\"Ozg\"ur, C.", "C. Özgür"),
        (r"Mu\~noz, A.", "A. Muñoz"),
        (r"{\v C}apek, K.", "K. Čapek"),
        (r"Garc{\'\i}a, J.", "J. García"),
        (r"{\'E}cole {Sup}", "École Sup"),
        (r"\.{I}nan, D.", "D. İnan"),
        ("Kim, Min-ji", "Min-ji Kim"),
        ("al-Hassan, Abd al-Rahman", "Abd al-Rahman al-Hassan"),
        ("van Meer, I.", "I. van Meer"),
        ("de la Cruz, Ana", "Ana de la Cruz"),
        ("family=Hansen, given=Odd Egil, prefix=von, useprefix=true", "Odd Egil von Hansen"),
        ("Smith, Jr., John", "John Smith, Jr."),
        ("Wall, W.A.", "W. A. Wall"),
        (r"Mi\ifmmode \check{c}\else \v{c}\fi{}ov, A.", "A. Mičov"),
        (r"Arnatkevi\u{c}i\={u}t\.{e}, Aurina", "Aurina Arnatkevic̆iūtė"),
        ("{Barnes and Noble}", "Barnes and Noble"),
        (r"{Ash \& Sons}", "Ash & Sons"),
        ("Plato", "Plato"),
    ],
)
def test_names_are_read_as_they_are_meant(typed: str, shown: str) -> None:
    assert [name.full for name in entry(f"author={{{typed}}}").authors] == [shown]


@pytest.mark.parametrize(
    ("fields", "kind", "expected"),
    [
        ("subtitle={A History}, titleaddon={With Songs}", "book", {"title": "T: A History. With Songs"}),
        ("maintitle={Works}, volume=2", "book", {"title": "Works: T", "volume": "2"}),
        ("booktitle={In Practice}, booksubtitle={A Guide}", "incollection", {"container-title": "In Practice: A Guide"}),
        ("publisher={A and B Press}, location={London and York}", "book", {"publisher": "A and B Press", "publisher-place": "London and York"}),
        (r"howpublished={\url{https://maple.example/note}}", "misc", {"URL": "https://maple.example/note"}),
        ("howpublished={Handed out}", "booklet", {"publisher": "Handed out"}),
        ("eprint={2101.01234}, archiveprefix={arXiv}", "article", {"URL": "https://arxiv.org/abs/2101.01234"}),
        (r"url={\url{https://a.example/x_y}}", "misc", {"URL": "https://a.example/x_y"}),
        (r"url={https://a.example/x\_y\%20z}", "misc", {"URL": "https://a.example/x_y%20z"}),
        ("doi={https://doi.org/10.1234/abc}", "article", {"DOI": "10.1234/abc"}),
        ("pages={101 -- 117}", "article", {"page": "101-117"}),
        ("pages={5, 7--9}", "article", {"page": "5, 7-9"}),
        ("pages={101--}", "article", {"page": "101"}),
        ("eid={e12}, pages={e12}", "article", {"number": "e12", "page": ""}),
        ("series={Studies}, number=5", "book", {"collection-title": "Studies", "collection-number": "5"}),
        ("number=5", "article", {"issue": "5"}),
        ("number=5, type={Working Paper}", "techreport", {"number": "5", "genre": "Working Paper"}),
        ("langid={welsh}", "book", {"language": "cy"}),
        ("language={norwegian}", "book", {"language": "nb"}),
        ("langid={en-GB}", "book", {"language": "en-GB"}),
        ("pmid={12345}", "article", {"PMID": "12345"}),
        ("journal={Air &amp; Water}", "article", {"container-title": "Air & Water"}),
    ],
)  # fmt: skip
def test_fields_of_both_languages_are_read(fields: str, kind: str, expected: dict[str, str]) -> None:
    work = entry(fields, kind)
    assert {name: work.text(name) for name in expected} == expected


@pytest.mark.parametrize(
    ("typed", "item"),
    [
        (r"CO$_2$ and H$_{2}$O at 10$^{th}$ street", "CO<sub>2</sub> and H<sub>2</sub>O at 10<sup>th</sup> street"),
        (r"\emph{E. coli} in CO\textsubscript{2}", "<i>E. coli</i> in CO<sub>2</sub>"),
        (r"Of <i>E. coli</i> &amp; H<sub>2</sub>O", "Of <i>E. coli</i> & H<sub>2</sub>O"),
        (r"The {NHS} in {Leeds}", 'The <span class="nocase">NHS</span> in <span class="nocase">Leeds</span>'),
        (r"A~B costs \$5, 100% and C\~{}D", "A B costs $5, 100% and C~D"),
        (r"Costs $5 to $6", "Costs $5 to $6"),
        (r"Near 4 \ifmmode^\circ\else\textdegree\fi{}C in \ifmmode\pm\else\textpm\fi{}J", "Near 4 °C in ±J"),
        (r"Warm to 20$^\circ$C of $\alpha$", "Warm to 20°C of α"),
        ("``Quoted'' and 'users' of people's", "“Quoted” and “users” of people’s"),
        (r"A <b> and a < b", "A <b> and a < b"),
        ("A Ladder of Citizen Participation", "A Ladder of Citizen Participation"),
        ("Cafe\u0301", "Café"),
    ],
)
def test_latex_and_pasted_html_become_text_with_its_markup(typed: str, item: str) -> None:
    assert read(f"@book{{a, title={{{typed}}}, year={{2000}}}}").item["title"] == item


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        (r"Mart\'\i and Roe, B.", ["Martí", "B. Roe"]),
        ("Wall, W.A., and Ramm, E.", ["W. A. Wall", "E. Ramm"]),
        ("Reed, M. and others", ["M. Reed", "others"]),
        ("= and Roe, B.", ["=", "B. Roe"]),
        ("Sa`id, A. and O'Brien, B.", ["A. Sa`id", "B. O’Brien"]),
    ],
)
def test_a_list_of_names_is_split_where_it_should_be(typed: str, shown: list[str]) -> None:
    assert [name.full for name in entry(f"author={{{typed}}}").authors] == shown


@pytest.mark.parametrize(
    "name", ["Md, A.", "Ma, Li", "Reed, M. A.", "Wenqi Wu", "Elsenbeck II, James R", "O{\\&}apos;Neil, A."]
)
def test_a_real_name_is_no_slip(name: str) -> None:
    assert list(parse_bibtex(f"@book{{a, title={{T}}, year=2000, author={{{name}}}}}", "x")[1]) == []


@pytest.mark.parametrize(
    "fields",
    [
        "issn={1234-5679, 2049-3630}",
        "issn={1050-124X (print)}",
        "isbn={978-0-306-40615-7}",
        "isbn={0-306-40615-2 0306406152}",
        "pmcid={PMC123}",
    ],
)
def test_codes_that_can_be_are_no_slip(fields: str) -> None:
    assert entry(fields).key == "a"


def test_the_same_doi_under_two_keys_is_a_notice() -> None:
    text = "@book{a, title={T}, year=2013, doi={10.1234/dup.1}}\n@book{b, title={T}, year=2013,\n doi={10.1234/DUP.1}}"
    _, [problem], _ = parse_bibtex(text, "x.bib")
    assert (problem.where.line, problem.notice) == (3, True)
    assert "is also that of 'a' at line 1" in problem.message


def test_abbreviations_are_put_together() -> None:
    text = '@string{j = "Journal"}\n@string(k = j # " of Care")\n@article{a, title={T}, journal = k # {, Series } # 2, year=2000, month = "12~" # may}'
    work = read(text)
    assert work.container == "Journal of Care, Series 2"
    assert work.item["issued"] == {"date-parts": [[2000, 5, 12]]}


@pytest.mark.parametrize(
    ("child", "parent", "expected"),
    [
        (
            "@incollection{a, title={Part}, author={Ash, T.}, crossref={b}}",
            "@book{b, title={Whole}, editor={Birch, U.}, publisher={P}, year={2012}}",
            {"title": "Part", "container-title": "Whole", "publisher": "P", "issued": "2012"},
        ),
        (
            "@article{a, title={Part}, author={Ash, T.}, xdata={b}}",
            "@xdata{b, journaltitle={Air}, date={2012-03}}",
            {"title": "Part", "container-title": "Air", "issued": "2012"},
        ),
    ],
)
def test_an_entry_takes_fields_from_another(child: str, parent: str, expected: dict[str, str]) -> None:
    work = read(f"{child}\n{parent}\n")
    assert {name: work.text(name) for name in expected} == expected


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ("author={Reed, A. et al.}", "write ' and others'"),
        ("author={Reed, A.; Roe, B.}", "with semicolons"),
        (r"author={Reed, A. \& Roe, B.}", "with an &"),
        ("author={Reed A, Roe B, Poe C}", "commas between names"),
        ("author={Reed A, Roe B}", "is two names"),
        ("author={Smith, J., Jones, K. and Brown, L.}", "commas between names"),
        ("author={Smith, Jr., John, PhD, MBE}", "'PhD' is a degree"),
        ("editor={Reed, A.; Roe, B.}", "editor of 'a'"),
        ("date={2019-13-45}", "is no date"),
        ("date={2205}", "a year to come"),
        ("month={13}", "a month is"),
        ("url={https://example.org/a b; https://example.org/c}", "an address holds no blank"),
    ],
)
def test_a_slip_in_names_or_dates_is_a_problem_and_the_work_is_read(fields: str, told: str) -> None:
    references, problems, refused = parse_bibtex(f"@book{{a,\n title={{T}},\n year={{2000}},\n {fields}}}", "x.bib")
    [problem] = problems
    assert told in problem.message
    assert (problem.where.line, problem.notice, refused) == (4, False, set())
    assert references["a"].title == "T"


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("@book{a,\n title={T},\n editornot={x}, year=2000}", 3, "did you mean 'editornote'?"),
        ("@book{a,\n author={REED, A.}, title={T}, year=2000}", 2, "all in capitals"),
        ("@book{a,\n author={reed, a.}, title={T}, year=2000}", 2, "all in small letters"),
        ("@book{a,\n title={A \\frob{b}}, year=2000}", 2, "LaTeX that is not known here"),
        ("@book{a, title={T}, year=2000,\n publisher=polder}", 2, "an abbreviation that no @string explains"),
        ("@book{a, title={T}, year=2000}\n@book{a, title={T}, year=2000}", 2, "stands here a second time"),
        ("@book{a, title={T}, year=2000, note={A},\n note={B}}", 2, "(the first counts)"),
        ("@book{a, title={T}, year=2000,\n urldate={15/10/13}}", 2, "is no date"),
        ("@book{a, title={T}, year=2000,\n author={Jones K}}", 2, "read as the family K"),
        ("@book{a, title={T}, year=2000,\n pmid={PMID: 12345}}", 2, "write the number alone"),
        ("@book{a, title={T}, year=2000,\n issn={1234567}}", 2, "which is no ISSN"),
        ("@book{a, title={T}, year=2000,\n issn={1234-5678}}", 2, "which is no ISSN"),
        ("@book{a, title={T}, year=2000,\n isbn={978}}", 2, "which is no ISBN"),
        ("@book{a, title={T}, year=2000,\n isbn={978-0-306-40615-8}}", 2, "which is no ISBN"),
        ("@book{a, year=2000,\n title={ALL CAPS TITLE OF A WORK}}", 2, "is all in capitals"),
        ("@book{a, year=2000,\n title={trust in panels}}", 2, "is all in small letters"),
        ("@book{a, year=98,\n title={T}}", 1, "four digits"),
    ],
)
def test_what_is_probably_a_slip_is_a_notice(text: str, line: int, told: str) -> None:
    references, problems, _ = parse_bibtex(text, "x.bib")
    [problem] = problems
    assert told in problem.message
    assert (problem.where.line, problem.notice, list(references)) == (line, True, ["a"])


@pytest.mark.parametrize(
    "name", ["__markedentry", "_x", "file", "abstract", "mendeley-tags", "bdsk-url-1", "timestamp"]
)
def test_fields_of_programs_are_kept_aside(name: str) -> None:
    assert entry(f"{name}={{x}}").title == "T"


def test_a_field_behind_the_sign_of_a_comment_is_none() -> None:
    assert read("@book{a,\n title={T},\n % author = {Reed, A.},\n year=2000}").authors == ()


def test_what_bibtexparser_takes_for_a_comment_is_told() -> None:
    _, [problem], _ = parse_bibtex("@commentary{a, title={T}}", "x.bib")
    assert problem.message.startswith("@commentary cannot be read here")


def test_what_stands_behind_a_brace_too_many_is_told() -> None:
    text = "@article{a,\n title={T},\n year={2020}},\n doi={10.1000/lost},\n nations={EN}\n}\n"
    references, [problem], _ = parse_bibtex(text, "x.bib")
    assert list(references) == ["a"]
    assert (problem.where.line, problem.notice) == (3, False)
    assert "'doi' and 'nations' are not read" in problem.message


def test_what_was_read_is_kept_by_the_hash_of_the_file(tmp_path: Any) -> None:
    cache = tmp_path / "bibliography.json"
    text = "@book{a, title={T {NHS}}, author={Ash, T. and others}, date={2019/2020}, odd={x}}\n@book{b c, title={T}}"
    first = parse_bibtex(text, "x.bib", cache)
    stored = cache.read_bytes()
    assert parse_bibtex(text, "x.bib", cache) == first
    assert cache.read_bytes() == stored
    assert parse_bibtex(text.replace("{T}", "{U}"), "x.bib", cache)[0]["a"].title == "T NHS"
    assert cache.read_bytes() != stored


@pytest.mark.parametrize(
    ("url", "taken"),
    [
        ("http://dx.doi.org/10.1234/x https://www.example.org/x", "https://www.example.org/x"),
        ("https://www.example.org/x http://www.example.com/y", "https://www.example.org/x"),
        ("https://doi.org/10.1234/x http://dx.doi.org/10.1234/x", "https://doi.org/10.1234/x"),
    ],
)
def test_of_several_addresses_the_first_that_is_no_doi_is_taken_and_told(url: str, taken: str) -> None:
    references, problems, _ = parse_bibtex(f"@misc{{a, title={{T}}, year={{2000}}, url={{{url}}}}}", "x.bib")
    [notice] = problems
    assert notice.notice
    assert f"of these addresses '{taken}' is taken" in notice.message
    assert references["a"].url == taken


def test_what_pandoc_refuses_costs_only_its_own_entry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever it is that pandoc cannot read: the entries beside it are read, and it is told."""
    run = pandoc.run

    def refuses(*options: str, folder: str = "", given: bytes = b"") -> bytes:
        if b"{Bad}" in given:
            raise RuntimeError("unexpected")
        return run(*options, folder=folder, given=given)

    monkeypatch.setattr(pandoc, "run", refuses)
    text = "".join(f"@book{{a{i}, title={{{'Bad' if i == 5 else 'Good'}}}, year=2000}}\n" for i in range(9))
    references, [problem], refused = parse_bibtex(text, "x.bib")
    assert (len(references), refused) == (8, {"a5"})
    assert (problem.where.line, problem.notice) == (6, False)
