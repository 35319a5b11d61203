"""Keys of works: which are taken, and what stands for them in addresses."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.text.addresses import MAX_KEY, cited_key, exported_key, key_problem, slug

# As DBLP, Better BibTeX, JabRef, ADS, INSPIRE, publishers and people write them, and what stands for each in an address, for ever.
AS_PEOPLE_HAVE_THEM = {
    "arnstein1969": "arnstein1969",
    "Arnstein_Ladder-1969": "Arnstein_Ladder-1969",
    "DBLP:conf/x/y": "DBLP-conf-x-y",
    "a+b": "a-b",
    "müller2020": "muller2020",
    "Ørsted_Łuczak2020": "Orsted_Luczak2020",
    "Straße19": "Strasse19",
    "smith.2020": "smith-2020",
    "10.1000/xyz": "10-1000-xyz",
    "2020A&A...641A...6P": "2020A-A-641A-6P",
    "Aad:2012tfa": "Aad-2012tfa",
    "O'Brien2020": "O-Brien2020",
    "https://doi.org/10.1111/j.1467-8624.2005.x": "https-doi-org-10-1111-j-1467-8624-2005-x",
    "10.1002/(SICI)1097(1990)41:6<391::AID-ASI1>3.0.CO;2-9": "10-1002-SICI-1097-1990-41-6-391-AID-ASI1-3-0-CO-2-9",
    "Иванов2019": "2019-39e8910d51",
    "研究2020": "2020-4fd2057e2a",
    "../x": "x",
    "x" * 101: f"{'x' * 80}-c675a2e604",
}


@pytest.mark.parametrize(("key", "address"), AS_PEOPLE_HAVE_THEM.items())
def test_keys_are_taken_as_people_have_them(key: str, address: str) -> None:
    assert key_problem(key) == ""
    assert slug(key) == address


@pytest.mark.parametrize(
    "key", ["a b", "a\tb", "a{b", "a}b", 'a"b', "a#b", "a%b", "a,b", "a\\b", "a=b", "a[b", "a`b", "a\u200db"]
)
def test_a_key_that_nothing_could_cite_is_told_with_one_that_can_be(key: str) -> None:
    assert "which no key can hold; write one such as 'a-b'" in key_problem(key)


@pytest.mark.parametrize("key", ["", "-", "../.."])
def test_a_key_has_a_letter_or_a_digit(key: str) -> None:
    assert "has no letter and no digit" in key_problem(key)


@pytest.mark.parametrize("key", ["con", "NUL", "com1", "con:", "çon", "EVIDENCE+SHELL"])
def test_no_key_has_the_address_of_what_computers_keep_for_themselves(key: str) -> None:
    assert "computers keep for themselves" in key_problem(key)


@given(st.text(max_size=320))
def test_any_key_that_is_taken_has_an_address_that_stays(key: str) -> None:
    key = unicodedata.normalize("NFC", key)
    if not key_problem(key):
        address = slug(key)
        assert re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]*", address)
        assert len(address) <= MAX_KEY
        assert slug(address) == address
        assert cited_key(key) in (key, f"{{{key}}}")
        assert exported_key(key) in (key, address)


@pytest.mark.parametrize(
    ("key", "exported"),
    [("DBLP:conf/x/y", "DBLP:conf/x/y"), ("müller2020", "müller2020"), ("O'Brien2020", "O-Brien2020"), ("a<b", "a-b")],
)
def test_a_bibtex_file_keeps_every_key_that_biber_and_pandoc_read(key: str, exported: str) -> None:
    assert exported_key(key) == exported
