"""What points at statements of pages is held to them, and a mark without a statement is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from made_up import PAGE, THEMES, review, told

BIB = "@misc{good2020, author = {{A}}, title = {T}, year = {2020}}\n@misc{oat2019, author = {{B}}, title = {U}, year = {2019}}\n"
LINE = "found: [{{text: '{text}', at: [{at}]}}]"


def page(body: str) -> str:
    return PAGE.replace('"soil"', '"air"') + body


def slips(root: Path, body: str, text: str = "So it is [@good2020].", at: str = "'index.md#ground'") -> list[str]:
    """What an editor is told of a line on a theme and the page that it points at."""
    line = LINE.format(text=text, at=at)
    themes = f"{THEMES.rstrip()[:-1]}, {line}}}\n- {{id: air, title: Air, origin: review, summary: What blows.}}\n"
    files = {
        "bibliography.bib": BIB,
        "docs/index.md": page(f"Oats grow [@oat2019].\n\n{body}"),
        "data/themes.yml": themes,
    }
    return told(root, files)


GROUND = "## Ground {{ #ground-below data-themes='{themes}' }}\n\nSoil is ground [@good2020]. <!-- unit: ground -->\n"


def test_a_line_on_a_statement_that_is_marked_and_cites_the_same_is_sound(tmp_path: Path) -> None:
    assert slips(tmp_path, GROUND.format(themes="soil air")) == []


def test_a_statement_that_a_theme_sums_up_has_its_mark(tmp_path: Path) -> None:
    assert slips(tmp_path, GROUND.format(themes="air")) == [
        "data/themes.yml:1: at 'index.md#ground': that statement has no mark of theme 'soil'; "
        "add it to data-themes in its heading's braces, or take the address out"
    ]


def test_the_mark_of_a_theme_below_it_is_enough(tmp_path: Path) -> None:
    line = LINE.format(text="So it is [@good2020].", at="'index.md#ground'")
    themes = (
        f"- {{id: air, title: Air, origin: review, summary: All., {line}}}\n{THEMES.rstrip()[:-1]}, parent: air}}\n"
    )
    body = "# Home\n\n## Ground { #below data-themes='soil' }\n\nSoil is ground [@good2020]. <!-- unit: ground -->\n"
    files = {"data/themes.yml": themes, "docs/index.md": PAGE.partition("# Home")[0] + body}
    assert told(tmp_path, files) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("It is so, we find.", []),
        ("It is so [@good2020; @oat2019].", ["this line cites 'oat2019', and that statement does not"]),
    ],
)
def test_a_line_cites_no_more_than_its_statements_do(tmp_path: Path, text: str, said: list[str]) -> None:
    found = slips(tmp_path, GROUND.format(themes="soil"), text)
    assert [problem.partition(": ")[2].partition("; ")[0] for problem in found] == said


def test_works_of_several_statements_are_taken_together(tmp_path: Path) -> None:
    body = GROUND.format(themes="soil") + "\nOats grow in it [@oat2019]. <!-- unit: oats -->\n"
    assert slips(tmp_path, body, "It is so [@good2020; @oat2019].", "'index.md#ground', 'index.md#oats'") == []


@pytest.mark.parametrize(
    ("body", "notices"),
    [
        ("## Low { #low data-themes='soil' }\n\nSoil is ground [@good2020].\n", 0),
        ("## Low { #low data-themes='soil' }\n\nSoil is ground <!-- evidence: uncited -->.\n", 0),
        ("## Low { #low data-themes='soil' }\n\n### Lower { #lower }\n\nSoil is ground [@good2020].\n", 0),
        ("## Low { #low data-themes='soil' }\n\nOf soil, nothing is said.\n", 1),
        ("## Low { #low data-themes='soil' }\n\n## On { #on data-themes='soil' }\n\nSoil is ground [@good2020].\n", 1),
        ("## Low { #low data-themes='soil' }\n\n### Lower { #lower data-themes='none' }\n\nSoil [@good2020].\n", 1),
        ("## Low { #low data-themes='soil' data-voice='editors' }\n\nWe say nothing.\n", 0),
        ("## Low { #low data-themes='none' }\n\nOf soil, nothing is said.\n", 0),
    ],
)
def test_a_mark_without_a_statement_is_told_as_a_notice(tmp_path: Path, body: str, notices: int) -> None:
    site = review(tmp_path, {"docs/index.md": PAGE + body})
    assert site.problems == ()
    found = [str(n) for n in site.notices if "makes no statement" in n.message]
    assert len(found) == notices
    assert all("section 'Low' is marked with theme 'soil', but makes no statement; cite a source" in n for n in found)


@pytest.mark.parametrize(
    ("finding", "said"),
    [
        ("statements: ['index.md#one']", []),
        ("statements: []", ["'statements' is empty; write something there"]),
        (
            "statements: ['index.md#one'], picture: see",
            ["picture 'see': there is no file 'docs/assets/pictures/see.svg'; did you mean 'seed'?"],
        ),
        (
            "statements: [docs/index.md]",
            [
                "statements 'docs/index.md': there is no page 'docs/index.md'; "
                "write page.md#id, with the page's name as in docs/ and the id of a unit mark on it"
            ],
        ),
    ],
)
def test_a_finding_names_statements_and_a_picture_that_are_there(tmp_path: Path, finding: str, said: list[str]) -> None:
    files = {
        "docs/index.md": PAGE + "One [@good2020]. <!-- unit: one -->\n\n<!-- evidence: findings -->\n",
        "docs/assets/pictures/seed.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>',
        "data/findings.yml": f"- {{id: a, text: It is so., {finding}}}\n",
    }
    found = [problem.partition(": ") for problem in told(tmp_path, files)]
    assert [message for where, _, message in found if where == "data/findings.yml:1"] == said


@pytest.mark.parametrize(
    "body",
    [
        "## Low <!-- evidence: uncited --> { #low }\n\nWords.\n",
        "Words.\n\n<!-- evidence: uncited -->\n",
        "<!-- evidence: uncited --> Words.\n",
        "| A |\n| --- |\n| <!-- evidence: uncited --> |\n",
        "| A <!-- evidence: uncited --> |\n| --- |\n| B |\n",
    ],
)
def test_that_no_source_is_named_is_said_of_something(tmp_path: Path, body: str) -> None:
    advice = "write it at the end of the sentence that it is about, on the same line"
    found = [problem.partition(": ")[2] for problem in told(tmp_path, {"docs/index.md": PAGE + body})]
    assert found == [f"marker 'uncited' belongs to no statement; {advice}"]


def test_a_document_that_says_the_same_is_known(tmp_path: Path) -> None:
    line = "found: [{text: So it is., also: [page]}]"
    themes = f"{THEMES.rstrip()[:-1]}, {line}}}\n"
    assert told(tmp_path, {"data/themes.yml": themes}) == [
        "data/themes.yml:1: source 'page' is not in data/sources.yml"
    ]


def test_what_a_page_is_with_or_without_is_true_or_false(tmp_path: Path) -> None:
    files = {"docs/index.md": PAGE.replace("title: Home", "title: Home\nsupport: no\nglossary: false")}
    assert told(tmp_path, files) == ["docs/index.md:3: front matter: 'support' is 'no'; it is true or false"]
