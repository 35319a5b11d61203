"""Libraries of reference managers: every entry is read or reported, each refusal has its line and reason, and thousands take seconds."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import ROOT
from evidence.sources.bibtex import parse_bibtex
from hostile.libraries import MANNERS, Library, library
from hostile.runner import BYTES, SECONDS, Runner

SETTINGS = "site_name: Libraries\nplugins: [search, bibtex]\n"
# A sound library of thousands is read by pandoc once, which takes it half of this on a machine with nothing else to do.
FIRST_READING = 15
FRONT = "---\ntitle: Home\ndescription: Home.\n---\n\n# Home\n\nWords.\n"


def accounted(made: Library) -> tuple[set[str], set[str], list[str]]:
    """The keys of entries read and of entries reported, and the messages; none is neither, and what is both has a problem that stops the build."""
    references, found, refused = parse_bibtex(made.text, "x.bib")
    problems = [problem for problem in found if not problem.notice]
    starts = [start for _, start, _ in made.entries]
    reported = {made.entries[max(0, bisect_right(starts, problem.where.line) - 1)][0] for problem in problems}
    keys = [key for key, _, _ in made.entries]
    assert set(references) | reported == set(keys)
    assert not set(references) & refused
    places = {key: start for key, start, _ in made.entries}
    assert all(reference.where.line == places[key] for key, reference in references.items())
    return set(references), reported, [str(problem) for problem in problems]


@pytest.mark.parametrize("manner", MANNERS)
def test_a_sound_library_is_read_whole(manner: str) -> None:
    made = library(manner, 400)
    read, reported, messages = accounted(made)
    assert reported == set(), messages[:5]
    assert len(read) == 400


@pytest.mark.parametrize("manner", MANNERS)
def test_a_library_with_slips_loses_nothing(manner: str) -> None:
    read, reported, messages = accounted(library(manner, 700, slips=True))
    assert 40 <= len(reported) <= 84  # every tenth has a slip
    assert len(read) >= 616
    assert all(re.match(r"x\.bib:\d+: \S", message) for message in messages)


@pytest.mark.parametrize("manner", MANNERS)
def test_five_thousand_entries_are_checked_within_the_limits(manner: str, tmp_path: Path, runner: Runner) -> None:
    made = library(manner, 5_000)
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/index.md").write_text(FRONT, "utf-8")
    (tmp_path / "mkdocs.yml").write_text(SETTINGS, "utf-8")
    (tmp_path / "bibliography.bib").write_text(made.text, "utf-8")
    ran = runner("--root", tmp_path, "check", "--all")
    assert ran.code == 0
    assert ran.err == ""
    assert ran.seconds < FIRST_READING
    assert ran.peak_mb * (1 << 20) < BYTES
    named = Counter(int(match[1]) for match in re.finditer(r"^bibliography\.bib:(\d+): notice: ", ran.out, re.M))
    # Nothing has to be added to a library, but no page cites its works yet: told of each entry, but in one line.
    assert all(sum(named[line] for line in range(start, end + 1)) >= 1 for _, start, end in made.entries)
    short = runner("--root", tmp_path, "check")
    assert short.seconds < SECONDS / 2  # what pandoc read is kept
    assert short.code == 0
    assert len(short.out.splitlines()) < 200
    assert "more" in short.out
    total = re.search(r"No problems, ([\d,]+) notices", short.out)
    assert total
    assert int(total[1].replace(",", "")) == len(re.findall(r"^[\w./-]+:\d+: ", ran.out, re.M))
    print(
        f"\n{manner}: {len(made.text):,} characters, {ran.seconds} s, {ran.peak_mb} MB, {len(short.out.splitlines())} lines of {total[0]}"
    )


@pytest.fixture(scope="module")
def runner() -> Iterator[Runner]:
    made = Runner(ROOT / "hooks", ROOT / "tests")
    yield made
    made.close()
