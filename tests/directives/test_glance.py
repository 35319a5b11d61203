"""The nations at a glance, their time line, and any two of them side by side: what an editor writes, and what becomes of it."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from conftest import Built
from evidence.directives import pairs
from evidence.model.vocabulary import NOT_SAID, SAYS
from evidence.pictures import sign
from made_up import PAGE, review, told

NATIONS = "- {id: north, name: North}\n- {id: south, name: South}\n- {id: west, name: West & Isles}\n"
GROUND = "## Ground { #below data-themes='soil' }\n\nSoil is ground [@good2020]. <!-- unit: ground -->\n\n"
GLANCE = """\
- id: law
  title: A law <of> its own
  cells:
    north: {says: yes, why: They have one., at: [index.md#ground]}
    south: {says: no, why: They say so., at: [index.md#ground]}
"""
EVENTS = """\
- {id: late, year: 2016, title: A late law, kind: law, nations: [south], at: [index.md#ground]}
- {id: first, year: 1970s, title: An early step, kind: other, what: It was *one*., at: [index.md#ground]}
- {id: span, year: 2016 to 2018, title: A pause, kind: policy, nations: [north, west], notes: [N1]}
"""
NOTE = (
    "- {id: N1, kind: fact, title: T, where_in_source: [p], source_says: S, problem: P, treatment: T, severity: gap,"
    " certainty: verified, basis: B, note: A note.}\n"
)


def files(body: str, **changed: str) -> dict[str, str]:
    """A review of three nations whose home page ends with `body`."""
    data = {"nations": NATIONS, "glance": GLANCE, "timeline": EVENTS, "editorial": NOTE} | changed
    return {f"data/{name}.yml": text for name, text in data.items()} | {"docs/index.md": f"{PAGE}{GROUND}{body}"}


def shown(root: Path, body: str, **changed: str) -> str:
    site = review(root, files(body, **changed))
    assert list(site.problems) == []
    return site.resolved("index.md").markdown()


def test_each_reading_is_a_sign_and_a_word_and_what_is_left_out_is_not_said(tmp_path: Path) -> None:
    text = shown(tmp_path, "<!-- evidence: glance -->\n")
    row = next(line for line in text.splitlines() if line.startswith("| A law") and "<svg" in line)
    cells = row.replace("&lt;", "<").split(" | ")[1:]
    assert cells == [f"{sign('yes')} Yes", f"{sign('no')} No", f"{sign('silent')} Not said |"]
    assert "It does not mean that there is nothing" in text
    # The reasons stand below, folded, each with a link to where it is said.
    assert "They have one." in text.partition("<details")[2]


def test_nations_that_are_named_have_their_reasons_beside_the_signs(tmp_path: Path) -> None:
    text = shown(tmp_path, "<!-- evidence: glance south west -->\n")
    assert "They say so." in text
    assert "They have one." not in text
    assert "<details" not in text


def test_the_time_line_goes_from_the_first_year_to_the_last(tmp_path: Path) -> None:
    text = shown(tmp_path, "<!-- evidence: timeline -->\n")
    years = [line.strip() for line in text.splitlines() if line.startswith(("- 1970s", "- 2016"))]
    assert years == ["- 1970s", "- 2016"]
    assert text.index("An early step") < text.index("A late law") < text.index("A pause")
    assert "It was *one*." not in text
    assert "North and West &amp; Isles, policy, &#50;&#48;&#49;&#54; to 2018" in text
    assert "All nations together" in text
    # Only what rests on a note alone is the editors' addition, and the note stands below.
    assert text.count("Added by us, the editors.") == 1
    assert "A note." in text
    of_south = shown(tmp_path, "<!-- evidence: timeline south -->\n")
    assert "A late law" in of_south
    assert "A pause" not in of_south


def test_any_two_nations_have_a_page_up_to_six(tmp_path: Path) -> None:
    site = review(tmp_path, files("<!-- evidence: pairs west -->\n"))
    assert list(site.problems) == []
    text = site.resolved("index.md").markdown()
    assert '[North](nations/compare/north-and-west.md){ aria-label="West & Isles beside North" }' in text
    made = {uri for uri, _ in site.addresses() if uri.startswith("nations/compare/")}
    assert made == {f"nations/compare/{pair}.md" for pair in ("north-and-south", "north-and-west", "south-and-west")}
    more = NATIONS + "- {id: up, name: Up}\n- {id: down, name: Down}\n"
    text = shown(tmp_path, "<!-- evidence: pairs -->\n", nations=more)
    lines = [line for line in text.splitlines() if " beside: [" in line]
    assert [line.count("](") for line in lines] == [4, 3, 2, 1], (
        "more pairs than fit in a line have one for each nation"
    )
    assert lines[3].startswith("Up beside: [Down](nations/compare/up-and-down.md)")
    many = "".join(f"- {{id: n{number}, name: N{number}}}\n" for number in range(7))
    site = review(tmp_path, files("", nations=many, glance="", timeline=""))
    assert pairs.pairs_of(site.review) == []


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"glance": GLANCE.replace("index.md#ground", "index.md#grund")}, "did you mean 'ground'?"),
        ({"glance": GLANCE.replace("[index.md#ground]", "[]")}, "at"),
        (
            {"glance": GLANCE.replace("says: yes", "says: maybe")},
            "'says' is 'maybe' (in cells, north); it must be 'yes', 'part' or 'no'",
        ),
        (
            {"glance": GLANCE.replace("north:", "nroth:")},
            "nation 'nroth' is not in data/nations.yml; did you mean 'north'?",
        ),
        ({"timeline": EVENTS.replace("1970s", "the 1970s")}, "year of 'first' is 'the 1970s'; write one as 2014"),
        *(
            ({"timeline": EVENTS.replace("1970s", year)}, f"year of 'first' is '{year}'; write one as 2014")
            for year in (
                "2020garbage",
                "2017 to soon",
                "2020 to 2017",
                "2014 to 2014",
                "1975s",
                "2020.5",
                "٢٠٢٠",
                "99999",
            )
        ),
        ({"timeline": EVENTS.replace(", notes: [N1]", "")}, "event 'span' rests on nothing; name the statements"),
        (
            {"timeline": EVENTS.replace("kind: other", "kind: else")},
            "'kind' is 'else'; it must be 'law', 'policy', 'guidance' or 'other'",
        ),
    ],
)
def test_a_slip_is_told(tmp_path: Path, changed: dict[str, str], said: str) -> None:
    found = told(tmp_path, files("", **changed))
    assert any(said in problem for problem in found), found
    assert all(problem.startswith(f"data/{next(iter(changed))}.yml:") for problem in found), found


@pytest.mark.parametrize("name", ["glance", "timeline", "pairs"])
def test_a_directive_without_data_is_told(tmp_path: Path, name: str) -> None:
    found = told(tmp_path, {"docs/index.md": f"{PAGE}<!-- evidence: {name} -->\n"})
    assert [problem.partition(": ")[2].partition(":")[0] for problem in found] == [f"marker '{name}'"]


def test_the_file_of_the_glance_says_what_the_signs_say(real: Built) -> None:
    data = (real.folder / "nations/glance.csv").read_text("utf-8-sig")
    lines = list(csv.reader(io.StringIO(data, newline="")))[1:]
    rows = real.trees["nations/index.html"].xpath("//div[contains(@class, 'glance')]//tbody/tr")
    assert len(rows) == len(lines) > 5
    words = {*SAYS.values(), NOT_SAID}
    for row, line in zip(rows, lines, strict=True):
        cells = [cell.text_content().strip() for cell in row]
        assert set(cells[1:]) <= words
        assert [cell.partition(". ")[0] for cell in line[: len(cells)]] == cells
        assert all((len(cell.xpath(".//svg[@aria-hidden]")) == 1) for cell in row[1:])
