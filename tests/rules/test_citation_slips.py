"""Every way to cite that a person might know is either read as it is meant, or told with its line and what to write in its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from made_up import AFTER, BIB, PAGE, THEMES, note, review, told

WORKS = """\
@book{holm2018,
  author = {Holm, Eva}, title = {On panels}, year = {2018}, access = {free}, listing = {printed}, uncited = {Not here.},
}
@book{aune2019,
  author = {Aune, Ola and Berg, Kari}, title = {On rooms}, year = {2019}, access = {free}, listing = {printed}, uncited = {Not here.},
}
@book{trust2017,
  author = {{Hedge Trust}}, title = {On hedges}, year = {2017}, access = {free}, listing = {printed}, uncited = {Not here.},
}
"""


def page(root: Path, line: str, **files: str) -> list[str]:
    """What is told when a line is added to a page; that a work is cited now, and its entry says otherwise, is no matter here."""
    found = told(root, {"bibliography.bib": BIB + WORKS, "docs/index.md": f"{PAGE}{line}\n", **files})
    return [message for message in found if "has a field 'uncited'" not in message]


@pytest.mark.parametrize(
    ("line", "right"),
    [
        # Signs between works.
        ("[@holm2018, @aune2019]", "write ; between works: [@holm2018; @aune2019]"),
        ("[@holm2018,@aune2019]", "write ; between works: [@holm2018; @aune2019]"),
        ("[@holm2018, @nosuch2020]", "write ; between works: [@holm2018; @nosuch2020]"),
        ("[@holm2018, p. 3, @aune2019]", "write ; between works: [@holm2018, p. 3; @aune2019]"),
        ("[see @holm2018 and @aune2019]", "write ; between works: [see @holm2018; @aune2019]"),
        ("[@holm2018 & @aune2019]", "write ; between works: [@holm2018; @aune2019]"),
        ("[@holm2018 @aune2019]", "write ; between works: [@holm2018; @aune2019]"),
        ("[@holm2018;]", "write [@holm2018]"),
        # Pages.
        ("[@holm2018 p. 3]", "write [@holm2018, p. 3]"),
        ("[@holm2018: p. 3]", "write [@holm2018, p. 3]"),
        ("[@holm2018; p. 3]", "write [@holm2018, p. 3]"),
        ("[@holm2018 (p. 3)]", "write [@holm2018, p. 3]"),
        ("[@holm2018,]", "write [@holm2018]"),
        ("[@holm2018–@aune2019]", "write ; between works: [@holm2018; @aune2019]"),
        # Brackets and signs.
        ("[@{holm2018}]", "write [@holm2018]"),
        ("[@ holm2018]", "write [@holm2018]"),
        ("[＠holm2018]", "write [@holm2018]"),
        ("[[@holm2018]]", "write [@holm2018]"),
        ("[cite:@holm2018]", "write [@holm2018]"),
        ("(@holm2018)", "write [@holm2018]"),
        ("(see @holm2018, p. 3)", "write [@holm2018]"),
        ("【@holm2018】", "write [@holm2018]"),
        ("{@holm2018}", "write [@holm2018]"),
        ("@{holm2018}", "write [@holm2018]"),
        (r"\[@holm2018\]", "write [@holm2018]"),
        ("[@holm2018 with no end", "write [@holm2018]"),
        ("As @holm2018 says.", "or [-@holm2018] where the sentence has the names"),
        ("As @holm2018 [p. 3] says.", "or [-@holm2018] where the sentence has the names"),
        ("As ＠holm2018 says.", "write [@holm2018]"),
        ("As @nosuch2020 says.", "for a name on social media, write &#64; for the @"),
        # No @ at all.
        ("[holm2018]", "write [@holm2018]"),
        ("[holm2018; aune2019]", "write [@holm2018]"),
        ("[see holm2018, p. 3]", "write [@holm2018]"),
        ("(holm2018)", "write [@holm2018]"),
        ("As holm2018 says.", "write [@holm2018]"),
        ("[[holm2018]]", "write [@holm2018]"),
        # Other programs.
        (r"\cite{holm2018}", "write [@holm2018]"),
        (r"\citep[p. 3]{holm2018,aune2019}", "write [@holm2018; @aune2019]"),
        (r"\parencite[see][3]{holm2018}", "write [@holm2018]"),
        (r"\textcite{holm2018}", "write [@holm2018]"),
        (r"\footcite{holm2018}", "write [@holm2018]"),
        (":cite:p:`holm2018`", "write [@holm2018]"),
        ("{cite}`holm2018`", "write [@holm2018]"),
        ("cite:[holm2018]", "write [@holm2018]"),
        ("{Holm, 2018 #12}", "write [@key], with keys from bibliography.bib"),
        ("{Holm, 2018, #12; Aune, 2019, #13}", "write [@key], with keys from bibliography.bib"),
        ("{ | Holm, 2018 | | |zu:1:AB}", "write [@key], with keys from bibliography.bib"),
        ("{{12 Holm 2018}}", "write [@key], with keys from bibliography.bib"),
        ("ADDIN ZOTERO_ITEM CSL_CITATION", "write [@key], with keys from bibliography.bib"),
        # Names and years.
        ("(Holm, 2018)", "write [@holm2018]"),
        ("(Holm 2018)", "write [@holm2018]"),
        ("[Holm, 2018]", "write [@holm2018]"),
        ("{Holm, 2018}", "write [@holm2018]"),
        ("(see Holm, 2018, p. 3)", "write [@holm2018]"),
        ("(Holm, 2018: 3)", "write [@holm2018]"),
        ("(HOLM, 2018)", "write [@holm2018]"),
        ("(Aune and Berg, 2019)", "write [@aune2019]"),
        ("(Aune & Berg, 2019)", "write [@aune2019]"),
        ("(Aune et al., 2019)", "write [@aune2019]"),
        ("(Holm, 2018; Aune and Berg, 2019)", "write [@holm2018; @aune2019]"),
        ("(Hedge Trust, 2017)", "write [@trust2017]"),
        ("As Holm (2018) says.", "write [-@holm2018]"),
        ("As Holm (2018, p. 3) says.", "write [-@holm2018]"),
        ("As the Hedge Trust (2017) says.", "write [-@trust2017]"),
        # Numbers.
        ("So it is [1].", r"write \[1]"),
        ("So it is [1, 2] or [3-5].", r"write \[1, 2]"),
        # Where a citation cannot stand.
        ("[words [@holm2018]](index.md)", "put it behind the link or picture"),
        ("[words [@holm2018] more [@aune2019]](index.md)", "put it behind the link or picture"),
        ("[words [@holm2018]](https://example.org)", "put it behind the link or picture"),
        ("[words [@holm2018]][a]\n\n[a]: index.md", "put it behind the link or picture"),
        ("![A panel [@holm2018]](panel.png)", "put it behind the link or picture"),
        ("![@holm2018](https://example.org/panel.png)", "write [@holm2018]"),
        ('[words](index.md "See [@holm2018]")', "put it into the text"),
        ('<abbr title="[@holm2018]">OTT</abbr>', "put it into the text"),
        ("[@holm2018]{.x}", "take out what stands in braces"),
        ("{[@holm2018]}", "write [@holm2018] without them"),
        ("[@holm2018](see below)", "put a space between"),
        (r"\bibliography", "take it out"),
        (r"\full_bibliography", "take it out"),
        (r"\bibliography{references}", "take it out"),
        (r"\printbibliography", "take it out"),
    ],
)
def test_a_slip_in_a_citation_is_told_with_its_line_and_what_to_write(tmp_path: Path, line: str, right: str) -> None:
    found = page(tmp_path, line)
    assert {message.partition(": ")[0] for message in found} == {f"docs/index.md:{AFTER + 1}"}
    assert any(right in message for message in found)


@pytest.mark.parametrize("line", ["[@holm2018]{.x}", "[@holm2018]{ .x }", "So [@holm2018]{ .x }"])
def test_braces_behind_a_citation_are_told_once(tmp_path: Path, line: str) -> None:
    (message,) = page(tmp_path, line)
    assert message.endswith("touches a '{', which cannot belong to a citation; take out what stands in braces")


@pytest.mark.parametrize(
    "line",
    [
        "One [@holm2018], two [see @holm2018, pp. 3, 5; @aune2019], three: Holm [-@holm2018] says so.",
        "[ @holm2018 ] has spaces, and [@holm2018,\n  p. 3; @aune2019] a new line.",
        "Wow![@holm2018] So (as one work has it [@holm2018]), and [in brackets [@aune2019]].",
        "The [Act [@holm2018] says] so; a [ bracket stands alone, [@aune2019] too.",
        "| A | B |\n| --- | --- |\n| One [@holm2018; @aune2019] | Two |",
        "- One [@holm2018]\n- Two [-@aune2019, no page]",
        "## A heading [@holm2018] { #a-heading }\n\nWords.",
        '!!! note "A title [@holm2018]"\n    Words [@aune2019].',
        "> Words [@holm2018].",
        "The code `[@holm2018, @aune2019]`, `\\cite{holm2018}` and `\\bibliography` is code.",
        "Write to a.holm2018@example.org, holm2018@example.org, <b@example.org> or [us](mailto:c@example.org).",
        "On social media: @hedge, @HedgeTrust, [@hedge2](https://example.org/@hedge2).",
        "Three things (in Oslo, 2018) and [2018] and the Act of 2019 (2019) and (May 2018).",
        "He wrote “as others say (Holm, 2018)” [@aune2019, p. 3].",
        "Holm (2018) says so in many words [@holm2018].",
        r"Figures in brackets: \[1], and a link by [1][] and [2].",
        "A [link](https://example.org/holm2018/) and [another](https://example.org/(2018)).",
        "We met @ noon [with an @ sign] and paid 3 @ 4.",
    ],
)
def test_what_is_no_slip_is_let_be(tmp_path: Path, line: str) -> None:
    numbered = "\n\n[1]: index.md\n[2]: index.md" if "[1][]" in line else ""
    assert page(tmp_path, line + numbered) == []


def test_a_slip_is_told_wherever_words_may_cite(tmp_path: Path) -> None:
    """In headings, tables and lists, and in the texts of data files that can cite."""
    lines = "## On (@holm2018) { #on }\n\n| A | B |\n| --- | --- |\n| (Holm, 2018) | B |\n\n- One\n- [holm2018]\n"
    found = page(tmp_path, lines, **{"data/editorial.yml": note(note="Words (Holm, 2018).")})
    assert [message.partition(": ")[0] for message in found] == [
        "data/editorial.yml:1",
        *(f"docs/index.md:{AFTER + line}" for line in (1, 5, 8)),
    ]


@pytest.mark.parametrize("title", ["Of [@holm2018]", "Of [@holm2018, @aune2019]", "Of (@holm2018)", "[@{holm2018}]"])
def test_where_no_list_of_references_stands_the_words_say_it(tmp_path: Path, title: str) -> None:
    """Titles, descriptions and plain fields of data files are shown as they are; in them, author and year are just right."""
    themes = THEMES.replace("title: Soil", f"title: '{title}'")
    found = page(tmp_path, "Words.", **{"data/themes.yml": themes})
    assert len(found) == 1
    assert found[0].startswith("data/themes.yml:1: 'title' cannot cite")
    written = PAGE.replace("title: Home", f"title: '{title}'")
    found = told(tmp_path, {"docs/index.md": written, "data/themes.yml": THEMES})
    assert len(found) == 1
    assert found[0].startswith("docs/index.md:2: 'title' cannot cite")


def test_author_and_year_stand_in_plain_fields_as_they_are(tmp_path: Path) -> None:
    themes = THEMES.replace("title: Soil", "title: 'Soil (Holm, 2018)'")
    assert page(tmp_path, "Words.", **{"data/themes.yml": themes}) == []


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Hedges are green [@holm2018]. They are high.", True),
        ("- Hedges are green [@holm2018]. They are high.", True),
        ("They are high. Hedges are green [@holm2018].", False),
        ("Hedges are green [@holm2018]. They are high <!-- evidence: uncited -->.", False),
        ("Hedges are green. [@holm2018]", False),
        ("Hedges are green [@holm2018]. More is on [another page](index.md).", False),
        ("Hedges are green [@holm2018].\n\nThey are high.", False),
    ],
)
def test_a_sentence_behind_a_source_that_names_none_is_told_and_stops_nothing(
    tmp_path: Path, line: str, found: bool
) -> None:
    marked = f"{PAGE}Nobody says who <!-- evidence: uncited -->.\n\n{line}\n"
    for text, expected in ((marked, found), (f"{PAGE}{line}\n", found and "uncited" in line)):
        site = review(tmp_path, {"bibliography.bib": BIB + WORKS, "docs/index.md": text})
        told = [str(notice) for notice in site.notices if "as if it rested on it" in str(notice)]
        assert len(told) == expected
        assert all("They are high." in message and "evidence: uncited" in message for message in told)
