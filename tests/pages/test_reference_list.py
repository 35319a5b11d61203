"""The list of all works: on one page or in parts by letter, what has become of works, and what the script filters by."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

import made_up
from conftest import SITES
from evidence.downloads import WHOLE
from evidence.output.blocks import Output, to_html
from evidence.pages.reference_list import MOST_IN_PART, PARTS_ABOVE, parts_of
from evidence.references import FORMATS, Label, in_order
from evidence.site.loading import load
from evidence.site.site import Site
from work_records import entries_of, records, records_of

LIST, LETTER = "references/index.md", "references/letter/"
NAMES = ("Östlund", "ostrom", "Øye", "Ash", "Łuk", "Æbel", "123 Group", "山田", "אבן", "Zeta", "Ítalo")


def bib(number: int, name: Callable[[int], str] = lambda i: NAMES[i % len(NAMES)]) -> str:
    """So many works, cited nowhere, by organisations of these names."""
    entry = "@misc{{w{0}, author = {{{{{1}}}}}, title = {{Title {0}}}, year = {{{2}}}, uncited = {{Made up}}}}\n"
    return "".join(entry.format(i, name(i), 1900 + i % 120) for i in range(number))


def made(root: Path, works: str, **more: str) -> Site:
    site = made_up.review(root, {"bibliography.bib": made_up.BIB + works, **more})
    assert site.problems == ()
    return site


def html_of(output: Output) -> str:
    """A page with its links as source addresses."""
    content = re.sub(r"\[([^\]]*)\]\(([^)]*)\)", r'<a href="\2">\1</a>', str(output.content))
    return content + to_html(output.tail, lambda uri: uri)


def reached(site: Site) -> Iterator[tuple[str, str]]:
    """Each link of the list of references and of the pages of letters that links lead to from there, with the page that it stands on."""
    pages = {output.uri: html_of(output) for output in site.other_outputs() if output.uri.endswith(".md")}
    waiting, seen = [LIST], {LIST}
    while waiting:
        page = waiting.pop()
        for target in re.findall(r'href="([^"]+)"', pages[page]):
            yield page, target
            if target.startswith(LETTER) and target not in seen:
                seen.add(target)
                waiting.append(target)


@pytest.mark.parametrize("number", [PARTS_ABOVE, PARTS_ABOVE + 1, 700])
def test_links_alone_lead_from_the_list_to_every_work(tmp_path: Path, number: int) -> None:
    site = made(tmp_path, bib(number - 1))
    links = set(reached(site))
    assert {work.slug for work in site.review.references.values()} == {
        target[len("references/") : -len(".md")]
        for _, target in links
        if re.fullmatch(r"references/[\w-]+\.md", target) and target != LIST
    }
    letters = {target for _, target in links if target.startswith(LETTER)}
    assert bool(letters) == (number > PARTS_ABOVE)
    assert letters == {uri for uri, _ in site.addresses() if uri.startswith(LETTER)}


def test_a_long_list_stands_in_parts_by_letter(tmp_path: Path) -> None:
    site = made(tmp_path, bib(700))
    pages = {output.uri: output for output in site.other_outputs() if output.uri.startswith(LETTER)}
    assert list(pages) == [f"{LETTER}{name}.md" for name in ("0-9", "a", "g", "i", "l", "o", "z", "other")]
    entries = {uri: re.findall(r'<li id="([\w-]+)" class="reference"', html_of(page)) for uri, page in pages.items()}
    assert sorted(key for keys in entries.values() for key in keys) == sorted(site.listed)
    assert {site.known[key].author for key in entries[f"{LETTER}o.md"]} == {"Östlund", "ostrom", "Øye"}
    assert {site.known[key].author.strip("\u2067\u2069") for key in entries[f"{LETTER}other.md"]} == {"山田", "אבן"}
    assert all("Z3988" in html_of(page) for page in pages.values())
    assert "O (192)" in html_of(pages[f"{LETTER}o.md"])
    for uri, page in pages.items():
        assert uri not in re.findall(r'href="([^"]+)"', html_of(page)), "a page that leads to itself"


def test_no_part_is_longer_than_a_reader_bears(tmp_path: Path) -> None:
    site = made(tmp_path, bib(700, lambda i: f"Ash{i}"))
    parts = site.reference_parts
    assert [len(part.keys) for part in parts.values()] == [MOST_IN_PART] * 3 + [100, 1]
    assert list(parts) == ["a", "a-2", "a-3", "a-4", "g"]
    titles = [output.title for output in site.other_outputs() if output.uri.startswith(LETTER)]
    assert titles[1] == "References: A, part 2 of 4"
    assert len(set(titles)) == len(titles)
    order = in_order(site.review.references, site.review, site.known)
    assert [key for part in parts.values() for key in part.keys] == order


def test_addresses_of_parts_stay_when_works_are_added() -> None:
    def parts(names: Iterable[str]) -> set[str]:
        known = {name: Label(name, "2000", listed=((name,),)) for name in names}
        return set(parts_of(known, known))

    few = [f"{'abcdefgh'[i % 8]}{i}" for i in range(400)]
    assert parts(few) <= parts([*few, *(f"b{i}" for i in range(5000))])
    assert parts(few[:PARTS_ABOVE]) == set()


@pytest.mark.parametrize("name", SITES)
def test_the_records_hold_every_work_in_the_order_of_the_list(name: str, built: Callable[[str], Path]) -> None:
    site, folder = load(SITES[name]), built(name)
    found = records_of(folder)
    works = site.review.references
    assert list(found) == [works[key].slug for key in site.listed]
    for key in site.listed:
        record = found[works[key].slug]
        assert record["title"] == works[key].title
        assert record["times"] == len(site.index.by_reference[key])
        assert all(person.short in record["more"] for person in works[key].authors)
        assert works[key].text("DOI") in record["more"]
        assert len(record["kind"]) == len(record["access"]) == 1


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize("name", SITES)
def test_entries_put_together_are_the_ready_made_file(name: str, ending: str, built: Callable[[str], Path]) -> None:
    folder = built(name)
    entries = entries_of(folder, ending)
    whole = entries["head"] + entries["between"].join(entries["works"].values()) + entries["end"]
    assert whole.encode() == (folder / f"{WHOLE}.{ending}").read_bytes()
    assert list(entries["works"]) == list(records_of(folder))


def test_years_are_sorted_as_they_were(tmp_path: Path) -> None:
    dates = {"early": "-0380", "old": "1890~", "late": "2020", "none": ""}
    works = "".join(
        f"@misc{{{key}, author = {{{{{key}}}}}, title = {{T}}, date = {{{date}}}, uncited = {{Made up}}}}\n"
        for key, date in dates.items()
    )
    (script,) = (o.data() for o in made(tmp_path, works).other_outputs() if o.uri == "references/works.js")
    found = {key: records(script)[key]["year"] for key in dates}
    early = found.pop("early")
    assert found == {"old": 1890, "late": 2020, "none": None}
    assert early < 0


def become(site: Site) -> str:
    (page,) = (output for output in site.other_outputs() if output.uri == LIST)
    return page.data().decode().partition("{ #become }")[2].partition("\n## ")[0]


def test_what_has_become_of_works_is_told_and_what_is_not_known(tmp_path: Path) -> None:
    works = "@misc{sound, doi = {10.1234/Sound}, author = {{S}}, title = {T}, year = {2000}, uncited = {x}}\n"
    works += "@misc{gone, author = {{G}}, title = {T}, year = {2001}, status = {retracted}, uncited = {x}}\n"
    works += "@misc{older, author = {{O}}, title = {T}, year = {1999}, status = {superseded}, supersededby = {sound}, uncited = {x}}\n"
    said = become(made(tmp_path / "a", works))
    assert said.count("\n- ") == 2
    assert re.search(
        r"- \[G, 2001, .*retracted.*\]\(gone\.md\)\. Those who published this work have taken it back", said
    )
    assert re.search(r"- \[O, 1999, .*superseded.*\]\(older\.md\).*See instead: \[S, 2000\]\(sound\.md\)", said)
    assert "We have not asked Crossref yet" in said
    checked = "dois:\n- {doi: 10.1234/sound, status: found, checked: 2026-11-22, updates: [{status: corrected, notice: 10.1234/note}]}\n"
    said = become(made(tmp_path / "b", works, **{"data/sources-checked.yml": checked}))
    assert said.count("\n- ") == 3
    assert re.search(r"- \[S, 2000\]\(sound\.md\)\. Crossref tells of this, .*Corrected.*\.1234/note", said)
    assert "on 22 November 2026" in said
    assert "We asked about 1 source." in said


def test_a_list_without_such_works_says_so(tmp_path: Path) -> None:
    assert "We know of no such source in this list." in become(made(tmp_path, ""))
