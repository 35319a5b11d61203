"""What is made of an answer of Crossref: how long to wait, where it differs from an entry, what became of the work."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from evidence.site.loading import load
from evidence_library import crossref
from made_up_crossref import DAY, notice, work, write_review

pytestmark = pytest.mark.needs("much time")


@pytest.mark.parametrize(
    ("asked", "attempt", "seconds"),
    [("7", 0, 7), ("", 0, 5), ("", 2, 20), ("0", 0, 1), ("99999999999", 0, 120), ("soon", 1, 10), ("9" * 400, 0, 120)],
)
def test_how_long_to_wait_for_crossref(asked: str, attempt: int, seconds: float) -> None:
    assert crossref.waiting(asked, attempt) == seconds
    assert crossref.waiting("Wed, 21 Oct 2015 07:28:00 GMT", 0) == 1


class Busy:
    """A Crossref that answers 429 so many times."""

    def __init__(self, times: int) -> None:
        self.left = times

    def works(self, ids: str) -> dict[str, Any]:
        import httpx2  # noqa: PLC0415

        if self.left:
            self.left -= 1
            request = httpx2.Request("GET", "https://x.example")
            response = httpx2.Response(429, headers={"Retry-After": "3"}, request=request)
            raise httpx2.HTTPStatusError("busy", request=request, response=response)
        return work(ids)


def test_who_is_told_to_wait_waits_and_asks_again_but_not_for_ever(tmp_path: Path) -> None:
    write_review(tmp_path, "https://x.example", ("sound",))
    reference = load(tmp_path).review.references["sound"]
    slept: list[float] = []
    client: Any = Busy(2)
    assert crossref.Registry(client, 0, slept.append).check(reference, DAY).status == "found"
    assert [seconds for seconds in slept if seconds] == [3, 3]
    client = Busy(99)
    with pytest.raises(crossref.NoAnswerError, match="it answered 429"):
        crossref.Registry(client, 0, slept.append).check(reference, DAY)
    assert client.left == 95


# What agrees, and what differs

ENTRY = {
    "title": "Panels & people: a study",
    "names": "van Holm; Panel Board",
    "year": "2018",
    "volume": "7",
    "pages": "29–33",
}
SAME = {
    "title": ["Panels and <i>People</i>"],
    "subtitle": ["A Study"],
    "author": [{"family": "Holm"}, {"name": "Panel Board"}],
    "issued": {"date-parts": [[2018, 5]]},
    "volume": "7",
    "page": "29-33",
}


@pytest.mark.parametrize(
    ("entry", "theirs", "differs"),
    [
        ({}, {}, []),
        ({"title": "PANELS AND PEOPLE: A STUDY"}, {}, []),
        ({"title": "Panels and people"}, {}, []),
        ({}, {"title": ["Retracted: Panels and people: a study"]}, []),
        ({"title": "Panels"}, {}, ["title"]),
        ({"title": "Paneler"}, {"original-title": ["Paneler"]}, []),
        ({"names": "Holm; Panel Board"}, {}, []),
        ({"names": "Panel Board; Holm"}, {}, ["names"]),
        ({"names": "Holm"}, {}, ["names"]),
        ({"names": "Holm; et al."}, {}, []),
        ({"names": "Panel Board; et al."}, {}, ["names"]),
        ({"names": "Holm Jr; Panel Board"}, {}, []),
        ({"names": "Łuczak; Øz"}, {"author": [{"family": "Luczak"}, {"family": "Oz"}]}, []),
        ({"names": "Holm; Panel Board"}, {"author": [], "editor": [{"family": "Holm"}, {"name": "Panel board"}]}, []),
        ({"year": "n.d."}, {}, []),
        ({"year": "2019"}, {}, ["year"]),
        ({"year": "2019"}, {"published-print": {"date-parts": [[2019]]}}, []),
        ({"year": "2019"}, {"journal-issue": {"issue": "1", "published-print": {"date-parts": [[2019, 1]]}}}, []),
        ({"year": "2018–2019"}, {}, []),
        ({"volume": ""}, {}, []),
        ({"volume": "8"}, {"volume": None}, []),
        ({"volume": "8"}, {}, ["volume"]),
        ({"pages": "29"}, {}, []),
        ({"pages": "30–33"}, {}, ["pages"]),
        ({"pages": "1029–1033"}, {"page": "1029–33"}, []),
        ({"pages": "e17"}, {"page": "1-9", "article-number": "e17"}, []),
        ({"pages": "S5–S9"}, {"page": "s5-s9"}, []),
    ],
)
def test_what_differs(entry: dict[str, str], theirs: dict[str, Any], differs: list[str]) -> None:
    found = crossref.differences(ENTRY | entry, SAME | theirs)
    assert [difference.detail for difference in found] == differs


@pytest.mark.parametrize(
    ("message", "found"),
    [
        ({"updated-by": [notice("withdrawal")]}, [("withdrawn", "10.1234/notice")]),
        ({"updated-by": [notice("removal")]}, [("withdrawn", "10.1234/notice")]),
        ({"updated-by": [notice("expression-of-concern")]}, [("concern", "10.1234/notice")]),
        ({"updated-by": [notice("partial_retraction")]}, [("concern", "10.1234/notice")]),
        ({"updated-by": [notice("new_version")]}, [("superseded", "10.1234/notice")]),
        ({"updated-by": [notice("reinstatement")]}, []),
        ({"update-to": [notice("retraction", "10.1234/another")]}, []),  # it is itself a notice about another
        ({"update-to": [notice("retraction", "10.1234/ONE")]}, [("retracted", "")]),
        ({"relation": {"is-replaced-by": [{"id-type": "doi", "id": "10.1234/b"}]}}, [("superseded", "10.1234/b")]),
        ({"relation": {"has-erratum": {"id-type": "doi", "id": "10.1234/b"}}}, [("corrected", "10.1234/b")]),
        ({"relation": {"is-replaced-by": [{"id-type": "uri", "id": "https://x.example"}]}}, []),
        ({"title": ["[WITHDRAWN] — Panels"]}, [("withdrawn", "")]),
        ({"title": ["Retracted papers, a study"]}, []),
        ({"title": ["RETRACTED: Panels"], "updated-by": [notice("retraction")]}, [("retracted", "10.1234/notice")]),
    ],
)
def test_what_became_of_a_work(message: dict[str, Any], found: list[tuple[str, str]]) -> None:
    updates = crossref.updates({"DOI": "10.1234/one"} | message)
    assert [(update.status, update.notice) for update in updates] == found


@pytest.mark.parametrize(
    "odd", [None, 1, "x", [], [None], {}, [[]], {"date-parts": [["x"]]}, [{"family": None}], {"date-parts": None}]
)
def test_what_is_not_in_the_shape_of_crossref_is_passed_over(odd: object) -> None:
    message = dict.fromkeys(SAME, odd) | {
        "updated-by": odd,
        "update-to": odd,
        "relation": odd,
        "article-number": odd,
    }
    assert [d for d in crossref.differences(ENTRY, message) if d.crossref not in ("x",)] == []
    assert list(crossref.updates({"DOI": "10.1234/one"} | message)) == []
