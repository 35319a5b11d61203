"""When sources came out, as a picture: one mark a source, gaps and the review in their places, and the same numbers in the table below."""

from __future__ import annotations

from itertools import count

import pytest
from lxml import html
from markdown import Markdown

from evidence.model.base import Reference
from evidence.model.review import Kind, Review, Source
from evidence.output.html_tree import EXTENSIONS, own_extensions
from evidence.pictures import years
from evidence.pictures.years import MOST_COLUMNS, MOST_MARKS

KINDS = {name: Kind(name, name, "", peer_reviewed=name == "article") for name in ("article", "report")}
PAPER = {"paper": Source("paper", "Our paper", "On soil", "Ann Good", "May 2020")}


def work(
    key: str, year: int | None, kind: str = "report", type_: str = "report", listing: str = "printed"
) -> Reference:
    issued = {} if year is None else {"issued": {"date-parts": [[year]]}}
    return Reference(key, "misc", {"type": type_, **issued}, {"sourcekind": kind, "listing": listing})


def review(*works: Reference, sources: dict[str, Source] | None = None) -> Review:
    return Review(references={w.key: w for w in works}, kinds=KINDS, sources=PAPER if sources is None else sources)


def of_years(*years: int | None) -> Review:
    return review(*(work(f"w{n}", year) for n, year in zip(count(), years)))


def picture(made: Review) -> html.HtmlElement:
    return html.fromstring(Markdown(extensions=[*EXTENSIONS, *own_extensions()]).convert(years(made)))


def rows(made: Review) -> list[tuple[str, int, str]]:
    """The name of each row, how many marks it has, and its number."""
    found = picture(made).xpath(".//table[@class='years']/tbody/tr")
    return [(row[0].text_content(), len(row.find_class("pip")), row[2].text_content()) for row in found]


def words(made: Review) -> str:
    return " ".join(p.text_content() for p in picture(made).xpath("./p"))


def test_each_source_is_one_mark_of_its_kind() -> None:
    made = review(
        work("a", 2001, "article"), work("b", 2001), work("c", 2001, type_="legislation"), work("d", 2002), sources={}
    )
    shown = [row.xpath(".//svg/@class") for row in picture(made).xpath(".//table[@class='years']/tbody/tr")]
    assert shown == [["mark pip peer", "mark pip law", "mark pip other"], ["mark pip other"]]
    folded = [[cell.text_content() for cell in row] for row in picture(made).xpath(".//details//tbody/tr")]
    assert folded == [["2001", "1", "1", "1", "3"], ["2002", "0", "0", "1", "1"]]
    assert "The 4 sources came out from 2001 to 2002. Most came out in 2001: 3." in words(made)
    assert "Peer reviewed: 1. Law: 1. Other kinds: 2." in " ".join(words(made).split())


def test_years_without_a_source_show_and_long_gaps_are_one() -> None:
    assert [row[0] for row in rows(of_years(1969, 2007, 2009))] == [
        "1969",
        "1970 to 2006",
        "2007",
        "2008",
        "2009",
        "May 2020",
    ]
    assert rows(of_years(1969, 2007, 2009))[3] == ("2008", 0, "0")


@pytest.mark.parametrize(
    ("came", "said"),
    [((2019, 2020, 2021), 2), ((2019, 2023), 2), ((2021, 2022), 0), ((2018, 2019), 2)],
    ids=["after its year", "in a gap", "before all", "after all"],
)
def test_the_review_stands_where_it_came_out(came: tuple[int, ...], said: int) -> None:
    names = [row[0] for row in rows(of_years(*came))]
    assert names.index("May 2020") == said
    assert rows(of_years(*came))[said][1:] == (0, "")


def test_a_review_without_a_year_of_its_own_has_no_line() -> None:
    undated = {"paper": Source("paper", "Our paper", "On soil", "Ann Good", "not known")}
    assert [row[0] for row in rows(review(work("a", 2001), sources=undated))] == ["2001"]


def test_sources_without_a_year_stand_last_and_are_told() -> None:
    made = of_years(2001, None, 2002, None)
    assert rows(made)[-1] == ("No year", 2, "2")
    assert "The 2 sources came out from 2001 to 2002. For 2 sources no year is known." in words(made)
    assert rows(of_years(None)) == [("May 2020", 0, ""), ("No year", 1, "1")]


def test_what_the_editors_added_is_told_where_it_is_not_all() -> None:
    assert "The editors added 1 source." in words(review(work("a", 2001), work("b", 2002, listing="added")))
    assert "added" not in words(review(work("b", 2002, listing="added")))


def test_many_sources_share_a_mark_and_many_years_a_row() -> None:
    made = of_years(*[2001] * 300, *range(1900, 2000))
    found = rows(made)
    assert max(marks for _, marks, _ in found) <= MOST_MARKS
    assert "One mark is up to 15 sources." in words(made)
    assert len(found) <= MOST_COLUMNS + 1
    assert sum(int(number or 0) for _, _, number in found) == 400
    assert found[0] == ("1900 to 1904", 1, "5")


def test_there_is_no_picture_of_nothing() -> None:
    assert years(review()) == ""


def test_one_source_is_spoken_of_as_one() -> None:
    assert "The one source came out in 2001." in words(of_years(2001))
