"""Properties that must hold for any text: reading never raises and loses nothing, escaping round-trips through a parser of its context, exports give the same back.

Examples are the same in every run (`derandomize`), so a failure here is a failure everywhere.
"""

from __future__ import annotations

import csv
import io
import json
import re
from urllib.parse import urlsplit

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from evidence.bibliography.latex import simpler_latex
from evidence.model.review import Theme
from evidence.model.site_data import Packs
from evidence.output.data_tables import to_csv
from evidence.output.markdown import front_matter
from evidence.references.bibtex import latex
from evidence.sources.bibtex import parse_bibtex
from evidence.sources.changes import parse_changes
from evidence.sources.document import parse_document
from evidence.sources.drawings import parse_drawing
from evidence.sources.records import many, one, parse_yaml
from evidence.text import escape
from evidence.text.limits import page_faults
from hostile.texts import KEYS, TEXT, WORDS
from made_works import straight

# Reading

BROKEN = (
    "@article{{{key}, title = {{A}}, title = {{B}}}}\n",
    "@article{{{key} title = {{A}}}}\n",
    "@article{{{key}, title {{A}}}}\n",
    "@book{{{key}, title = {{A\n",
    "@misc{{{key}, title = A B}}\n",
    "@misc{{no {key}, title = {{A}}}}\n",
)
BETWEEN = ("\n", "% a remark\n", "@comment{{x}}\n", "Words with a comma, and me@example.org\n", '@preamble{{"x"}}\n')


@given(
    st.lists(
        st.tuples(KEYS, st.sampled_from((*BROKEN, None, None, None)), st.sampled_from(BETWEEN), WORDS),
        max_size=12,
        unique_by=lambda one: one[0].lower(),
    )
)
def test_entries_read_and_entries_reported_are_all_entries(made: list[tuple[str, str | None, str, str]]) -> None:
    text, starts = "", []
    for key, broken, between, words in made:
        text += between.format()
        starts.append(text.count("\n") + 1)
        text += broken.format(key=key) if broken else f"@article{{{key},\n  title = {{{latex(words)}}}\n}}\n"
    references, problems, _ = parse_bibtex(text, "x.bib")
    read = {reference.where.line for reference in references.values()}
    stopping = [problem for problem in problems if not problem.notice]
    reported = {max(start for start in starts if start <= problem.where.line) for problem in stopping}
    assert read | reported == set(starts)
    assert not read & reported
    titles = {straight(reference.title) for reference in references.values()}
    assert titles <= {straight(words) for _, _, _, words in made}


@given(TEXT)
def test_reading_never_raises(text: str) -> None:
    """Whatever a file holds, there is a result, and each problem has a line of the file."""
    lines = text.count("\n") + 2
    found = (
        parse_bibtex(text, "x")[1]
        + parse_changes(text, "x")[1]
        + parse_document(text, "x", "x.md")[1]
        + parse_drawing(text, "x")[1]
    )
    tree, wrong = parse_yaml(text, "x")
    found += wrong
    if tree is not None:
        for cls in (Theme, Packs):
            found += one(cls, tree)[1] + many(cls, tree)[1]
    assert all(1 <= problem.where.line <= lines and problem.message for problem in found)
    assert list(page_faults(text)) == []


@given(
    st.recursive(
        TEXT, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3), max_leaves=8
    )
)
def test_values_of_yaml_come_back_as_text(value: object) -> None:
    """JSON is YAML: what is written as JSON is read as the same lists, groups and words, or there is a problem."""
    tree, problems = parse_yaml(json.dumps(value), "x")
    if not problems:
        assert tree is not None
        assert tree.data in (value, _without_renamed(value))


def _without_renamed(value: object) -> object:
    """`value` as the reader has it: names that Python keeps for itself get an underscore."""
    if isinstance(value, dict):
        return {
            (f"{k}_" if k in ("where", "from", "if", "in", "is", "as", "or") else k): _without_renamed(v)
            for k, v in value.items()
        }
    return [_without_renamed(v) for v in value] if isinstance(value, list) else value


# Escaping


def shown(page: str) -> str:
    return escape.clean(html.fromstring(f"<div>{page}</div>").text_content())


@given(TEXT)
def test_text_in_html(text: str) -> None:
    tree = html.fromstring(f'<p title="{escape.html_text(text)}">{escape.html_text(text)}</p>')
    assert not len(tree)
    assert dict(tree.attrib) == {"title": escape.clean(text)}
    assert (tree.text or "") == escape.clean(text)


@given(TEXT)
def test_text_in_markdown(text: str) -> None:
    """Alone, in a list, in a heading, in a cell and within words: just the text is shown, and no element arises from it."""
    words = escape.markdown(text)
    for page, elements in (
        (words, {"p"}),
        (f"- a {words}", {"ul", "li"}),
        (f"## {words}", {"h2"}),
        (f"a {words} b", {"p"}),
        (f"| a |\n| - |\n| {escape.cell(words)} |", {"table", "thead", "tbody", "tr", "th", "td"}),
    ):
        built = markdown.markdown(
            page, extensions=["tables", "attr_list", "footnotes", "def_list", "pymdownx.superfences"]
        )
        tree = html.fromstring(f"<div>{built}</div>")
        assert {element.tag for element in tree.iterdescendants()} <= elements, built
        assert escape.clean(text) in shown(built), built


@given(TEXT)
def test_text_in_an_attribute_list(text: str) -> None:
    built = markdown.markdown(f'[a](b){{ title="{escape.attribute(text)}" }}', extensions=["attr_list"])
    link = html.fromstring(built).find(".//a") if built.startswith("<p>") else None
    assert link is not None
    assert set(link.attrib) <= {"href", "title"}, built
    assert (link.get("href"), link.text, link.tail) == ("b", "a", None)


@given(
    TEXT,
    st.sampled_from(
        [
            "",
            "http://",
            "https://www.example.org/",
            "javascript:",
            "JavaScript:",
            "java\tscript:",
            " data:",
            "//",
            "https://",
        ]
    ),
)
def test_addresses_lead_where_they_say_or_nowhere(text: str, start: str) -> None:
    address = escape.url(start + text)
    if address:
        assert urlsplit(address).scheme in ("http", "https")
        assert re.fullmatch(r"[!-~]+", address)
        assert not set(address) & set("<>\"'`{}|\\^[]() ")
    link = markdown.markdown(escape.link(text, start + text))
    tree = html.fromstring(f"<div>{link}</div>")
    assert {element.tag for element in tree.iterdescendants()} <= {"p", "a"}
    for found in tree.iter("a"):
        assert urlsplit(found.get("href")).scheme in ("http", "https")
        assert found.get("href") == address


@given(st.lists(st.lists(TEXT, min_size=2, max_size=2), min_size=1, max_size=4))
def test_tables_for_spreadsheets(rows: list[list[str]]) -> None:
    """Every cell comes back, and none begins with a sign that a spreadsheet takes for a formula."""
    data = to_csv(["a", "b"], rows)
    text = (data if isinstance(data, str) else data.decode("utf-8-sig")).removeprefix("\ufeff")
    back = list(csv.reader(io.StringIO(text, newline="")))
    assert len(back) == len(rows) + 1
    for row, found in zip(rows, back[1:], strict=True):
        for value, cell in zip(row, found, strict=True):
            assert cell[:1] not in ("=", "+", "-", "@", "\t", "\r")
            assert escape.clean(value) in (escape.clean(cell), escape.clean(cell.removeprefix("'")))


@given(TEXT, TEXT)
def test_front_matter_of_generated_pages(title: str, description: str) -> None:
    text = front_matter(title or "a", description)
    document, problems = parse_document(f"{text}# A\n", "x", "x.md")
    assert problems == []
    assert document.front.get("title", "") == escape.clean(title or "a")
    assert document.body.strip() == "# A"


@pytest.mark.parametrize(
    "function",
    [escape.markdown, escape.html_text, escape.attribute, escape.url, latex, lambda text: simpler_latex(text)[0]],
)
def test_long_text_takes_no_time(function: object) -> None:
    """Twenty thousand of any sign: what takes longer for each sign the more there are would take minutes."""
    for sign in "<&\"'{}\\%$#_^~*`|[]()@=+-! :;,":
        assert isinstance(function("x" + sign * 20_000), str)  # type: ignore[operator]
