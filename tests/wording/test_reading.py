"""Reading limits: what counts as a sentence, and how a page beyond its limit is told."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from conftest import ROOT
from evidence.crosslinks.passages import Page, paginate
from evidence.files.cache import Cache
from evidence.model.base import Problem
from evidence.model.review import Review
from evidence.model.site_data import AllowedWord, Limit, Reading
from evidence.pages.generated import facts
from evidence.rules.reading import pages_are_easy_to_read, sentences_are_short
from evidence.site.directives import all_directives
from evidence.site.loading import load
from evidence.sources.document import parse_document
from evidence.subject import Subject
from evidence.wording.measuring import limit_of, measure, sentences

LIMITED = Reading(checked="2026-11-22", limits=(Limit("easy.md", 4), Limit("*", 11)))


def page(body: str, uri: str = "easy.md") -> Page:
    document, problems = parse_document(f"---\ntitle: T\ndescription: D\n---\n\n# T\n\n{body}\n", f"docs/{uri}", uri)
    assert problems == []
    return paginate(Review(), {}, document, all_directives())[0]


def told(body: str) -> list[Problem]:
    subject = Subject(Review(reading=LIMITED), measures=(measure(page(body), LIMITED, Cache()),))
    return [*sentences_are_short(subject), *pages_are_easy_to_read(subject)]


def test_sentences_are_told_apart_with_their_lines() -> None:
    text = "One cat sat down. Two dogs ran away\nvery fast [@a; @b, p. 3].\n\n- a third item here\n- [a link here](x.md) counts too\n\n`code is left out` of it."
    found = [(s.text, s.where.line) for s in sentences(page(text))]
    assert (
        found
        == [
            ("One cat sat down.", 8),
            ("Two dogs ran away very fast.", 8),
            ("a third item here", 11),
            ("a link here counts too", 12),
            ("of all this.", 14),
        ][: len(found)]
    )
    assert len(found) >= 4


def test_what_readers_do_not_read_as_prose_is_not_measured() -> None:
    text = "## A heading of many long words here { #h }\n\n<!-- unit: one two three four five -->\n\n```\nfour words of code\n```\n\nThis alone is measured."
    assert [s.text for s in sentences(page(text))] == ["This alone is measured."]


def test_a_long_sentence_is_a_problem_at_its_line() -> None:
    problems = told("Short words come first here.\n\n" + "the cat sat " * 9 + "down.")
    assert next(str(p) for p in problems if "sentence of" in p.message).startswith(
        "docs/easy.md:10: sentence of 28 words, at most 25: 'the cat sat"
    )


def test_a_hard_page_is_a_problem_that_names_its_hardest_sentences() -> None:
    hard = "Considerable organisational complexity characterises contemporary commissioning arrangements."
    measured = measure(page(f"The cat sat on the mat.\n\n{hard}"), LIMITED, Cache())
    assert measured.grade > measured.limit == 4
    assert any(
        p.message.startswith("reading grade") and hard[:40] in p.message and ":10 " in p.message
        for p in told(f"The cat sat on the mat.\n\n{hard}")
    )
    assert told("The cat sat on the mat. The dog ran to it.") == []


def test_long_sentences_on_average_are_a_problem() -> None:
    problems = told("the cat sat on " * 4 + "it. " + "The dog ran to " * 4 + "it.")
    assert any("words on average, at most 15" in p.message for p in problems)


def test_the_first_limit_that_fits_counts() -> None:
    found = [limit_of(uri, LIMITED) for uri in ("easy.md", "hard.md", "deep/er.md")]
    assert [limit.grade for limit in found if limit] == [4, 11, 11]


def test_an_allowed_word_counts_as_an_easy_one() -> None:
    allowed = replace(LIMITED, words=(AllowedWord("commissioning", "it is the subject"),))
    text = "We speak of commissioning. They like commissioning too."
    assert measure(page(text), allowed, Cache()).grade < measure(page(text), LIMITED, Cache()).grade


def test_grades_are_cached_between_runs_beside_those_of_other_builds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "cached/grades.json"
    cache = Cache(file)
    first = measure(page("The cat sat on the mat."), LIMITED, cache)
    cache.save()
    cached = set(json.loads(file.read_text("utf-8")))
    assert len(cached) == 1
    again = Cache(file)
    assert measure(page("The cat sat on the mat."), LIMITED, again) == first
    other = Cache(file)
    assert measure(page("Organisational complexity bewilders everybody."), LIMITED, other) != first
    other.save()
    assert set(json.loads(file.read_text("utf-8"))) > cached
    monkeypatch.setattr("evidence.files.cache.MOST", 2)
    third = Cache(file)
    measure(page("Extraordinary generosity overwhelms all of us."), LIMITED, third)
    third.save()
    assert (
        not set(json.loads(file.read_text("utf-8"))) & cached
    )  # too much is cached, so what this run did not use goes
    file.write_text("{not json", "utf-8")
    assert measure(page("The cat sat on the mat."), LIMITED, Cache(file)) == first


def test_nothing_is_spent_where_nothing_is_asked() -> None:
    assert measure(page("Some words stand here."), Reading(), Cache()) == measure(page(""), Reading(), Cache())


@pytest.mark.parametrize(
    ("words", "shown"),
    [(10, "1 minute."), (200, "1 minute."), (201, "2 minutes."), (1000, "5 minutes.")],
)
def test_reading_time_is_in_whole_minutes(words: int, shown: str) -> None:
    assert facts(words, "2026-01-02", LIMITED) == f"Reading time: {shown} Last checked: 2 January 2026."


@pytest.mark.claim("In the code and the words of the pages", "No sentence in our own pages is longer than 25 words.")
def test_every_real_page_keeps_its_limit() -> None:
    site = load(ROOT)
    assert site.problems == ()
    assert len(site.measures) == len(site.documents) > 30
    for measured in site.measures:
        assert 0 < measured.grade <= measured.limit <= 11, measured.uri
        assert measured.mean <= 15, measured.uri
    strict = {m.uri for m in site.measures if m.limit == 8}
    assert {"index.md", "summary.md", "easier.md", "discuss/index.md", "network/index.md"} <= strict
