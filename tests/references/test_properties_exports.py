"""Exports give the same values back for any text, read by our own reader and by other libraries."""

from __future__ import annotations

import json
import unicodedata

import rispy
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from evidence.model.base import Name, Reference
from evidence.references.bibtex import latex, to_bibtex
from evidence.references.csl import to_csl_json
from evidence.references.ris import to_ris
from evidence.sources.bibtex import parse_bibtex
from evidence.text import escape
from hostile.texts import KEYS, TEXT, WORDS
from made_works import VARIABLES, read_latex, straight, work

NAMES = st.builds(Name, family=WORDS, given=WORDS) | st.builds(Name, literal=WORDS)
FIELDS = st.fixed_dictionaries(
    {"title": WORDS, "year": st.from_regex(r"1[0-9]{3}", fullmatch=True)},
    optional=dict.fromkeys(("journal", "publisher", "volume", "series", "edition", "note"), WORDS),
)
REFERENCES = st.builds(
    work,
    KEYS,
    st.sampled_from(["article", "book", "misc", "techreport"]),
    FIELDS,
    st.lists(NAMES, max_size=3),
)


@given(REFERENCES)
def test_bibtex_gives_the_same_back(reference: Reference) -> None:
    back, problems, _ = parse_bibtex(to_bibtex(reference), "x.bib")
    # Names of signs look like slips, which are told, and read all the same.
    assert [problem for problem in problems if not problem.notice and not problem.message.startswith("author of")] == []
    one = back[reference.key]
    for variable in (*VARIABLES.values(), "issued"):
        assert straight(one.text(variable)) == straight(reference.text(variable)), variable
    assert [straight(name.full) for name in one.authors if name.literal] == [
        straight(name.full) for name in reference.authors if name.literal
    ]
    assert len(one.authors) == len(reference.authors)


@given(TEXT)
def test_text_in_latex_comes_back(text: str) -> None:
    assert straight(read_latex(latex(text))) == straight(escape.clean(text))


@given(REFERENCES)
def test_ris_gives_the_same_back(reference: Reference) -> None:
    (back,) = rispy.loads(to_ris(reference))
    titles = [back.get(name, "") for name in ("title", "primary_title", "translated_title", "short_title")]
    assert reference.title in [unicodedata.normalize("NFC", title) for title in titles] or reference.title in titles
    assert len(back.get("authors", [])) == len(reference.authors)


@given(REFERENCES)
def test_csl_json_gives_the_same_back(reference: Reference) -> None:
    found = json.loads(to_csl_json(reference))
    item = found[0] if isinstance(found, list) else found
    assert (
        html.fromstring(f"<p>{item['title']}</p>").text_content() == reference.title or item["title"] == reference.title
    )
    assert len(item.get("author", [])) == len(reference.authors)
