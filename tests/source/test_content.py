"""The content holds what the source documents hold, and nothing of their wording.

Each unit of the sources is found by a mark with its id that stands beside the words that carry it (`<!-- unit: id -->` in pages, `# unit: id` in
data). Marks move with the text when a page is split or a record goes to another file; a list of addresses here would not.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from xml.etree import ElementTree

import pytest
import yaml

from conftest import ROOT, Built
from evidence.documents.walking import records
from evidence.model.review import Example, Point
from evidence.references.labels import plain
from evidence.site.loading import load
from evidence.site.site import Site
from evidence.sources.document import parse_document
from evidence.wording.measuring import sentences

UNITS: dict[str, list[str]] = yaml.safe_load((ROOT / "tests/source/units.yml").read_text("utf-8"))
# Keys that the editors cite where the source does not, each with the point of data/editorial.yml that says so. The last four are documents that the
# source speaks of by name, and they bear out what it says of them: that there was such a consultation, and what the white paper is about.
# A law is not among them: what is said about one, it does not say itself.
EDITORS = {
    "scieguide51": "C03",
    "arnstein1969": "C09",
    "gallagher2015": "C10",
    "burns2023": "C22",
    "dhsc2021": "C25",
    "scotgov2023": "C25",
    "dohni2022": "C25",
    "dhsc2022": "C25",
}
KEY = re.compile(r"@([\w-]+)")
UNIT = re.compile(r"<!--\s*unit:(.*?)-->", re.S)


@cache
def site() -> Site:
    return load(ROOT)


def carriers() -> Iterator[tuple[str, str, str]]:
    """(unit, place, the text that carries it) for every mark in pages and data."""
    for file in sorted((ROOT / "docs").rglob("*.md")):
        uri = file.relative_to(ROOT / "docs").as_posix()
        document, _ = parse_document(file.read_text("utf-8"), uri, uri)
        for section in document.sections:
            for mark in UNIT.findall(section.parts.text):
                yield from ((unit, f"{uri}#{section.id}", section.parts.text) for unit in mark.split())
    for file in sorted((ROOT / "data").glob("*.yml")):
        yield from of_records(yaml.load(file.read_text("utf-8"), yaml.BaseLoader), file.name)
        lines = file.read_text("utf-8").splitlines()
        for number, line in enumerate(lines):
            if not (match := re.fullmatch(r"(\s*)# unit:(.*)", line)):
                continue
            record: list[str] = []
            for text in lines[number + 1 :]:
                indent = len(text) - len(text.lstrip())
                if (
                    record
                    and text.strip()
                    and (indent < len(match[1]) or (indent == len(match[1]) and re.match(r"\s*(-|#)", text)))
                ):
                    break
                if not text.lstrip().startswith("#"):
                    record.append(text)
            yield from ((unit, f"{file.name}:{number + 1}", "\n".join(record)) for unit in match[2].split())


def of_records(data: object, name: str) -> Iterator[tuple[str, str, str]]:
    """The same for every record with a `unit`."""
    if isinstance(data, dict):
        words = yaml.safe_dump(data, allow_unicode=True, width=10_000)
        yield from ((unit, f"{name}: {data['unit']}", words) for unit in str(data.get("unit", "")).split())
    for inner in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        yield from of_records(inner, name)


@cache
def places() -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for unit, place, text in carriers():
        found[unit].append((place, text))
    return found


def test_every_unit_is_carried_and_every_mark_is_a_unit() -> None:
    assert len(UNITS) == 390
    assert sorted(set(UNITS) - set(places())) == []
    assert sorted(set(places()) - set(UNITS)) == []


@pytest.mark.parametrize("unit", [unit for unit, keys in UNITS.items() if keys])
def test_a_unit_is_cited_as_resolved(unit: str) -> None:
    cited = {place: set(KEY.findall(text)) for place, text in places()[unit]}
    assert any(set(UNITS[unit]) <= keys for keys in cited.values()), cited


def test_the_review_cites_nothing_of_its_own() -> None:
    """In the review and the case studies, a section cites what its units cite, and what the editors added for a stated reason."""
    wrong = []
    for page in site().documents:
        if not page.uri.startswith(("review/", "case-studies/")):
            continue
        for section in page.sections:
            units = [unit for mark in UNIT.findall(section.parts.text) for unit in mark.split()]
            allowed = {key for unit in units for key in UNITS.get(unit, [])} | set(EDITORS)
            if "evidence: barriers" in section.parts.text:  # the units of the table below it are marked in its data
                allowed |= {key for barrier in site().review.barriers.barriers for key in KEY.findall(barrier.text)}
            extra = set(KEY.findall(re.sub(r"<!--.*?-->", "", section.parts.text, flags=re.S))) - allowed
            if extra and units:
                wrong.append((page.uri, section.id, sorted(extra)))
    assert wrong == []


def points() -> Iterator[tuple[Point | Example, set[str]]]:
    """Each statement of the comparisons and each example, with the keys that the source cites for its units."""
    review = site().review
    for record in records((review.comparison, review.methods, review.examples)):
        if isinstance(record, Point | Example):
            yield record, {key for unit in record.unit.split() for key in UNITS.get(unit, [])}


def test_a_point_of_the_data_cites_nothing_of_its_own() -> None:
    assert [
        (point.where.path, point.where.line, extra)
        for point, allowed in points()
        if (extra := sorted(set(KEY.findall(point.text)) - allowed - set(EDITORS)))
    ] == []


def test_a_law_is_cited_in_notes_alone() -> None:
    """The source cites no law for what it says about one, so that a reader who followed such a citation would not find it there."""
    review = site().review
    laws = {key for key, work in review.references.items() if (kind := review.kind_of(work)) and kind.id == "law"}
    assert {"careact2014", "sswbact2014"} <= laws
    assert laws.isdisjoint(key for keys in UNITS.values() for key in keys)
    cited = {(o.where.path, key) for key in laws for o in site().index.by_reference[key]}
    assert {path for path, _ in cited} == {"data/editorial.yml"}, cited


def test_what_the_editors_add_is_needed_and_said_in_the_audit() -> None:
    added = {key for point, allowed in points() for key in set(KEY.findall(point.text)) - allowed}
    for page in site().documents:
        for section in page.sections:
            if units := UNIT.findall(section.parts.text):
                cited = {key for mark in units for unit in mark.split() for key in UNITS.get(unit, [])}
                added |= set(KEY.findall(section.parts.text)) - cited
    assert set(EDITORS) <= added
    for key, point in EDITORS.items():
        assert key in site().review.notes[point].references, key


def runs(text: str) -> Iterator[str]:
    words = re.findall(r"[a-z0-9']+", text.lower().replace("’", "'"))
    for i in range(len(words) - 8):
        yield " ".join(words[i : i + 9])


def test_no_run_of_nine_words_is_the_sources() -> None:
    """Sentences are the site's own: hashes of all runs of nine words of both documents, names and titles of works aside."""
    known = set((ROOT / "tests/source/nine-words.txt").read_text("ascii").split())
    assert len(known) > 6000
    titles = " ".join(reference.title for reference in site().review.references.values())
    titles += " . " + " . ".join(f"{s.title} . {s.author}" for s in site().review.sources.values())
    network = site().review.network
    assert network
    for nation in site().review.nations.values():  # the co-ordinators' names stand in a row, as in the source
        titles += f" . {nation.name} " + " ".join(c.name for c in network.coordinators if c.nation == nation.id)
    allowed = set(runs(titles))
    texts = {page.uri: " ".join(plain(p.text, {}) for p in page.passages) for page in site().pages.values()}
    for file in sorted((ROOT / "data").glob("*.yml")):
        rows = yaml.load(file.read_text("utf-8"), Loader=yaml.BaseLoader)
        texts[file.name] = " . ".join(plain(text, {}) for text in strings(rows))
    shared = {
        (name, run)
        for name, text in texts.items()
        for run in runs(text)
        if run not in allowed and hashlib.blake2b(run.encode(), digest_size=5).hexdigest() in known
    }
    assert sorted(shared) == []


def strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from strings(item)
    elif isinstance(value, dict):
        yield from (text for name, item in value.items() if name != "source_says" for text in strings(item))


def test_every_point_stands_in_the_audit_and_every_note_beside_its_text(real: Built) -> None:
    notes = site().review.notes
    tree = real.trees["audit/index.html"]
    shown: dict[str, list[str]] = defaultdict(list)
    for name, page in real.pages():
        for mark in page.xpath("//*[starts-with(@id, 'note-')]/@id"):
            shown[mark.removeprefix("note-").upper()].append(name)
    for note in notes.values():
        heading = tree.xpath(f"//h3[@id='{note.id.lower()}']")
        assert len(heading) == 1, note.id
        entry = " ".join(heading[0].getnext().text_content().split())
        for part in (note.problem, note.treatment, plain(note.basis, {}), *note.where_in_source):
            assert " ".join(part.split()) in entry, note.id
        links = [a for a in heading[0].getnext().xpath(".//a/@href") if "#note-" in a]
        assert bool(note.note) == bool(shown[note.id]) == bool(links), note.id
    rows = list(csv.reader(io.StringIO((real.folder / "audit/audit.csv").read_text("utf-8-sig"), newline="")))
    assert [row[0] for row in rows[1:]] == list(notes)


def test_notes_that_update_are_dated() -> None:
    for note in site().review.notes.values():
        if note.severity == "update" and note.note:
            assert note.dated, note.id


def test_a_figure_has_its_words_in_the_page_too(real: Built) -> None:
    figures = site().review.figures
    assert {"ladder", "commissioning-five", "commissioning-four"} <= set(figures)
    found = set()
    for name, tree in real.pages():
        for drawing in tree.xpath("//figure[contains(@class, 'drawing')]"):
            figure = figures[drawing.get("id").removeprefix("figure-")]
            found.add(figure.id)
            svg = drawing.find("div/svg")
            assert svg.get("role") == "img"
            assert svg.find("title") is None and svg.get("aria-labelledby") == svg.find("desc").get("id")
            [caption] = drawing.findall("figcaption")
            assert " ".join(caption.text_content().split()).startswith(f"Figure: {figure.title}. ")
            assert " ".join(svg.find("desc").text_content().split()) == figure.description
            assert not svg.xpath(".//@style | .//@onload | .//@href")
            source = ElementTree.fromstring((ROOT / f"docs/assets/figures/{figure.id}.svg").read_text("utf-8"))
            labels = [" ".join("".join(e.itertext()).split()) for e in source.iter() if e.tag.endswith("}text")]
            drawing.find("div").drop_tree()
            text = " ".join(tree.xpath("//article")[0].text_content().lower().split())
            for word in {w for label in labels for w in re.findall(r"[a-z-]{4,}", label.lower())}:
                assert word in text, (name, figure.id, word)
    assert found == set(figures)


def test_the_caption_of_a_figure_is_a_paragraph_for_every_reader_of_markdown() -> None:
    """Most read nothing as Markdown that stands in HTML without blank lines around it."""
    text = site().resolved("review/ladder.md").markdown()
    caption, after = text.partition("\n\nFigure: ")[2].split("\n\n", 1)
    assert caption.startswith("The ladder of participation. After ([Gallagher")
    assert after.startswith("</figcaption>\n</figure>\n\n")


def test_every_theme_stands_side_by_side(real: Built) -> None:
    pages = [
        tree for name, tree in real.pages() if name.startswith("side-by-side/") and name != "side-by-side/index.html"
    ]
    rows = {row[0].text_content(): row for tree in pages for row in tree.xpath("//article//tbody/tr")}
    for theme in (named for named in site().review.themes.values() if not named.gathered):
        found, said, read = (" ".join(cell.text_content().split()) for cell in rows[theme.title][1:])
        assert theme.agreement, theme.id
        assert (found == "The review says nothing on this.") == (theme.agreement == "review-silent"), theme.id
        assert (said == "Members did not name this theme.") == (not theme.members_said), theme.id
        assert " ".join(theme.reading.split()) in read


def test_pages_tell_reading_time_and_last_check(real: Built) -> None:
    for name, tree in real.own_pages():
        facts = tree.xpath("//p[@class='page-facts']")
        if name.startswith("discuss/packs/"):  # a paper says at its end when it was checked
            assert facts == [], name
            continue
        assert len(facts) == 1, name
        assert re.fullmatch(
            r"Reading time: \d+ minutes?\. Last checked: \d+ \w+ \d{4}\.", facts[0].text_content().strip()
        )


def test_a_hard_word_is_linked_at_its_first_use_only(real: Built) -> None:
    linked = 0
    for name, tree in real.pages():
        targets = [a.get("href").partition("#")[2] for a in tree.xpath("//a[contains(@class, 'term')]")]
        assert len(targets) == len(set(targets)), name
        assert not tree.xpath("//h1//a[contains(@class, 'term')] | //code//a"), name
        linked += len(targets)
    assert linked > 50


def test_editors_marks_do_not_reach_readers(real: Built) -> None:
    for file in real.folder.rglob("*.html"):
        assert "unit:" not in file.read_text("utf-8"), file.name


def test_summary_is_five_minutes_and_easier_version_is_easy() -> None:
    words = {m.uri: m.words for m in site().measures}
    assert words["summary.md"] <= 1000
    long = [s.text for s in sentences(site().pages["easier.md"]) if s.words > 15]
    assert long == []
    text = (ROOT / "docs/easier.md").read_text("utf-8")
    assert "<!-- evidence: reader-tests -->" in text
    assert text.count("evidence: picture") >= 12
