"""A text in parts: what each part is and where it stands, and that pieces of a text keep their parts."""

from __future__ import annotations

import shutil
import sys
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import ROOT
from evidence.documents.parts import Parts
from evidence.site.loading import load
from evidence.sources.document import parse_document
from evidence.sources.parts import parse_parts

TEXT = """A sentence [@hay2018, p. 3; see -@oat2019] and `[@code]`.

<!-- evidence: nation wales -->
<!-- for editors: [@hidden] -->
```text
<!-- evidence: figure inside -->
```

Said without a source <!-- evidence: uncited -->.
"""


def words(parts: Parts) -> dict[str, list[str]]:
    """What each kind of part holds, read off the text by its places."""
    return {
        "code": [parts.text[begin:end] for begin, end in parts.code],
        "comments": [parts.text[begin:end] for begin, end in parts.comments],
        "directives": [f"{d.name} {' '.join(d.arguments)}: {parts.text[d.start : d.end]}" for d in parts.directives],
        "citations": [parts.text[c.start : c.end] for c in parts.citations],
        "slips": [f"{slip.of}: {parts.text[slip.start : slip.end]}" for slip in parts.slips],
    }


def test_each_part_is_found_at_its_place() -> None:
    assert words(parse_parts(TEXT)) == {
        "code": ["`[@code]`", "```text\n<!-- evidence: figure inside -->\n```\n"],
        "comments": [
            "<!-- evidence: nation wales -->",
            "<!-- for editors: [@hidden] -->",
            "<!-- evidence: uncited -->",
        ],
        "directives": [
            "nation wales: <!-- evidence: nation wales -->",
            "uncited : <!-- evidence: uncited -->",
        ],
        "citations": ["[@hay2018, p. 3; see -@oat2019]"],
        "slips": [],
    }


def test_a_citation_names_its_works() -> None:
    [citation] = parse_parts(TEXT).citations
    assert [(i.key, i.locator, i.prefix, i.suppress_author) for i in citation.items] == [
        ("hay2018", "p. 3", "", False),
        ("oat2019", "", "see", True),
    ]


def test_a_comment_for_editors_is_no_part_of_a_citation() -> None:
    [citation] = parse_parts("A [@hay2018, p. 3 <!-- or 4? -->].").citations
    assert citation.items[0].locator == "p. 3"


def test_a_comment_that_is_shown_as_code_hides_no_directive() -> None:
    found = parse_parts("Write `<!--` to begin one.\n\n<!-- evidence: figure hay -->\n")
    assert [d.arguments for d in found.directives] == [("hay",)]
    assert not found.slips


@pytest.mark.parametrize(
    ("text", "of", "message"),
    [
        ("A [@hay2018 and].", "citation", "cannot be read as a citation"),
        ("A [@hay2018](x.md).", "citation", "touches a '('"),
        ("A [@hay2018] of {one, two}.", "citation", "a brace follows '[@hay2018]' in its line"),
        ("<!-- evidence nation -->", "comment", "is not a marker"),
        ("<!-- evidnce: nation -->", "comment", "is not a marker"),
        ("A <!-- b", "comment", "'<!-- b' is never closed"),
        ("A <!-- b <!-- c -->", "comment", "is never closed"),
        ("```\nA", "code", "never closed"),
    ],
)
def test_what_is_nearly_a_part_is_told(text: str, of: str, message: str) -> None:
    [slip] = parse_parts(text).slips
    assert slip.of == of
    assert message in slip.message


def test_readers_see_no_comment_and_the_words_that_are_put_in() -> None:
    shown = parse_parts(TEXT).shown([(0, "First. "), (len(TEXT) - 1, " (none)")])
    assert shown.text.startswith("First. ")
    assert shown.text.endswith("Said without a source. (none)\n")
    assert "editors" not in shown.text
    assert "<!-- evidence: figure inside -->" in shown.text
    assert words(shown)["citations"] == ["[@hay2018, p. 3; see -@oat2019]"]
    assert words(shown)["code"] == words(parse_parts(TEXT))["code"]


pieces = st.lists(
    st.sampled_from(
        [
            "[@a]",
            "[@b, p. 3]",
            "`x`",
            "<!-- y -->",
            "<!-- evidence: uncited -->",
            " ",
            "\n\n",
            "word",
            "`",
            "[",
            "]",
            "# ",
        ]
    ),
    max_size=12,
).map("".join)


@given(pieces, pieces)
def test_a_piece_of_a_text_has_the_parts_that_lie_in_it(before: str, after: str) -> None:
    whole = parse_parts(before + after)
    assert whole.cut(0, len(whole.text)) == whole
    first, second = whole.cut(0, len(before)), whole.cut(len(before), len(whole.text))
    assert first.text + second.text == whole.text
    for kind in ("directives", "citations"):
        found = [*words(first)[kind], *words(second)[kind]]
        crossing = len(words(whole)[kind]) - len(found)
        assert crossing in (0, 1)
        assert [part for part in words(whole)[kind] if part in found] == found or crossing


@given(pieces)
def test_what_readers_see_keeps_the_places_of_citations(text: str) -> None:
    parts = parse_parts(text)
    shown = parts.shown([(0, "!")])
    assert "<!-- evidence" not in shown.text or parts.code
    if not parts.code:
        assert words(shown)["citations"] == words(parts)["citations"]


def test_a_page_hands_its_parts_down_to_its_sections() -> None:
    document, problems = parse_document(
        f"---\ntitle: T\ndescription: D\n---\n\n# T\n\n{TEXT}\n## U {{ #u }}\n\n{TEXT}", "x", "x.md"
    )
    assert not problems
    assert [words(section.parts)["citations"] for section in document.sections if section.level] == [
        ["[@hay2018, p. 3; see -@oat2019]"]
    ] * 2
    assert [d.arguments for d in document.directives("nation")] == [("wales",), ("wales",)]


def test_a_check_parses_each_page_once_and_none_of_its_pieces_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parsed: Counter[str] = Counter()

    def counting(text: str) -> Parts:
        parsed[text] += 1
        return parse_parts(text)

    for name, module in list(sys.modules.items()):
        if name.startswith("evidence.") and getattr(module, "parse_parts", None) is parse_parts:
            monkeypatch.setattr(module, "parse_parts", counting)
    site = load(Path(shutil.copytree(ROOT / "tests/sites/night-trains", tmp_path / "review")))
    assert not site.problems
    written = [p for page in site.pages.values() for p in page.passages if not p.generated and p.parts.citations]
    assert len(written) > 2
    for document in site.documents:
        assert parsed[document.body] == 1
    bodies = {document.body for document in site.documents}
    assert not [passage.text for passage in written if parsed[passage.text] and passage.text not in bodies]


@pytest.mark.parametrize(
    ("text", "key", "locator"),
    [
        ("[@DBLP:conf/x/y, p. 3]", "DBLP:conf/x/y", "p. 3"),
        ("[-@müller2020]", "müller2020", ""),
        ("[@研究2020]", "研究2020", ""),
        ("[@10.1000/xyz]", "10.1000/xyz", ""),
        ("[@2020A&A...641A...6P]", "2020A&A...641A...6P", ""),
        ("[see @{O'Brien2020}, p. 3]", "O'Brien2020", "p. 3"),
        ("[@{10.1002/(SICI)3.0.CO;2-9}]", "10.1002/(SICI)3.0.CO;2-9", ""),
    ],
)
def test_a_key_is_cited_as_it_is_and_in_braces_where_pandoc_asks_for_them(text: str, key: str, locator: str) -> None:
    (citation,) = parse_parts(text).citations
    (item,) = citation.items
    assert (item.key, item.locator) == (key, locator)


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("[@O'Brien2020]", "write [@{O'Brien2020}]"),
        ("[@smith., p. 3]", "write [@{smith.}, p. 3]"),
        ("[@{holm2018}]", "write [@holm2018]"),
        ("[see @{holm2018}, p. 3]", "write [see @holm2018, p. 3]"),
        ("[@{}]", "write [@key] or [@key, p. 3; @other]"),
    ],
)
def test_a_key_that_is_written_otherwise_is_told_with_the_right_form(text: str, advice: str) -> None:
    (slip,) = parse_parts(text).slips
    assert slip.message.endswith(advice)
