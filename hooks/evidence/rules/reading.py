"""The rules for the words of pages, which data/reading.yml sets: how hard they may be to read, and that abbreviations are spelt out."""

from __future__ import annotations

from collections.abc import Iterator

from evidence.files import Cache
from evidence.model.base import Location, Problem
from evidence.subject import Subject
from evidence.text.languages import is_english, tag_slip
from evidence.text.spoken import is_own_word
from evidence.text.words import quoted
from evidence.wording import abbreviations, grade, limit_of

ALLOWED_IN = "data/reading.yml"
# The words of data/review.yml, each with an example.
OWN_WORDS = {
    "area": "country",
    "areas": "countries",
    "meeting": "workshop",
    "meetings": "workshops",
    "members": "patients",
    "network": "panel",
}
WORST = 3  # sentences that are named


def reading_limits_are_possible(subject: Subject) -> Iterator[Problem]:
    """Nobody reads less than one word in a minute, and no sentence is shorter."""
    reading = subject.review.reading
    for name in ("words_a_minute", "sentence_mean", "sentence_most"):
        if getattr(reading, name) < 1:
            yield Problem(reading.where, f"'{name}' is {getattr(reading, name):g}; it must be 1 or more")


def own_words_are_words(subject: Subject) -> Iterator[Problem]:
    """What the review calls what it compares and whom it hears are plain words, one and many together, and stand for English ones."""
    words = subject.review.words
    given = {name: value for name in OWN_WORDS if (value := getattr(words, name))}
    for name, value in given.items():
        if not is_own_word(value):
            yield Problem(
                words.where, f"'{name}' is {quoted(value)}; write words of letters alone, such as {OWN_WORDS[name]}"
            )
    for one, many in (("area", "areas"), ("meeting", "meetings")):
        if (one in given) != (many in given):
            missing, there = (many, one) if one in given else (one, many)
            yield Problem(words.where, f"there is '{there}' without '{missing}'; add a line '{missing}: ...'")
    if given and not is_english(subject.review.reading.language):
        why = "other languages have their own in their catalogue, and these are not used"
        yield Problem(words.where, f"words of one's own stand in for English ones; {why}", notice=True)


def languages_have_codes(subject: Subject) -> Iterator[Problem]:
    """The language of the review, and that of a page or a word in another one, is the code of a language, such as en-GB, cy or ar."""
    reading = subject.review.reading
    if slip := tag_slip(reading.language):
        yield Problem(reading.where, f"'language': {slip}")
    for term in subject.review.glossary.values():
        if term.lang and (slip := tag_slip(term.lang)):
            yield Problem(term.where, f"word '{term.id}': 'lang': {slip}")
    for document in subject.documents:
        if "lang" in document.front and (slip := tag_slip(str(document.front["lang"]))):
            yield Problem(document.at_field("lang"), f"front matter: 'lang': {slip}")


def sentences_are_short(subject: Subject) -> Iterator[Problem]:
    """On a page with a reading limit, no sentence has more words than the review allows, nor have they on average."""
    reading = subject.review.reading
    for page in (m for m in subject.measures if m.limit):
        for s in page.sentences:
            if s.words > reading.sentence_most:
                message = f"sentence of {s.words} words, at most {reading.sentence_most}: {quoted(s.text, 120)}"
                yield Problem(s.where, message)
        if page.mean > reading.sentence_mean:
            longest = sorted(page.sentences, key=lambda s: -s.words)[:WORST]
            named = "; ".join(f"line {s.where.line} ({s.words} words)" for s in longest)
            mean = f"{page.mean:.1f} words on average, at most {reading.sentence_mean:g}"
            yield Problem(page.where, f"sentences have {mean}; the longest: {named}")


def pages_are_easy_to_read(subject: Subject) -> Iterator[Problem]:
    """A page's reading grade is at most that of the first limit that fits its address."""
    reading = subject.review.reading
    for page in subject.measures:
        if page.grade > page.limit > 0:
            hardest = sorted(page.sentences, key=lambda s: -grade([s], reading, Cache()))[:WORST]
            named = "; ".join(f"{s.where} {quoted(s.text, 80)}" for s in hardest)
            high = f"reading grade {page.grade:g}, at most {page.limit:g} here"
            yield Problem(page.where, f"{high}; the hardest: {named}")


def abbreviations_are_spelt_out(subject: Subject) -> Iterator[Problem]:
    """An abbreviation is spelt out where a page with a reading limit first uses it, or data/reading.yml says why it need not be."""
    reading = subject.review.reading
    for page in (p for p in subject.pages if limit_of(p.uri, reading, p.lang)):
        blocks = list(abbreviations.blocks_of(page))
        for short, number, offset in abbreviations.unspelt((text for text, _ in blocks), reading.abbreviations):
            text, where = blocks[number]
            full = abbreviations.full_form(short, subject.review.glossary)
            advice = f"write '{full} ({short})'" if full else f"write its full form and then '({short})'"
            message = f"'{short}' is not spelt out where page '{page.uri}' first uses it; {advice}"
            place = Location(where.path, where.line + text.count("\n", 0, offset))
            yield Problem(place, f"{message}, or allow it with a reason in {ALLOWED_IN}")


def allowances_are_needed(subject: Subject) -> Iterator[Problem]:
    """An abbreviation that data/reading.yml allows has capitals, and stands there once."""
    seen: dict[str, Location] = {}
    for allowed in subject.review.reading.abbreviations:
        short, where = allowed.short, allowed.where
        if not abbreviations.is_abbreviation(short):
            yield Problem(where, f"'{short}' has no two capitals together, so it needs no allowance; remove it")
        if short in seen:
            yield Problem(where, f"'{short}' stands here a second time; the first is at {seen[short]}")
        seen.setdefault(short, where)
