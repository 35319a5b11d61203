"""The rules for packs, the papers for meetings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from evidence.documents.walking import words_of
from evidence.model.base import Location, Problem
from evidence.model.review import Nation, Review, Theme
from evidence.model.site_data import ALL, Pack, Part
from evidence.model.vocabulary import MAX_CHARACTERS
from evidence.paper_rules.letters import strange_letters
from evidence.papers import DIRECTIVES, PAPER_FORMATS, passages_of
from evidence.papers.packs import each_of, pack_uri
from evidence.subject import Subject
from evidence.text.direction import without_isolates
from evidence.text.spans import unmarked
from evidence.text.words import did_you_mean, listed, quoted

KINDS = ("brief", "page", "questions", "words", "themes", "cards", "pack")
MAX_LINES = 20
# The data files that hold what a part names.
_FILES = {
    "question": ("data/questions.yml",),
    "word": ("data/glossary.yml",),
    "theme": ("data/themes.yml",),
    "card": ("data/packs.yml",),
    "pack": ("data/packs.yml",),
    "brief": ("data/themes.yml", "data/nations.yml"),
}
_PLACEHOLDER = re.compile(r"\{[^{}]*\}")


def packs_are_whole(subject: Subject) -> Iterator[Problem]:
    """A pack has a title, a purpose, at least one part and one size; a part is one thing, and has only fields that go with it."""
    for pack in subject.review.packs.packs:
        name = f"pack {quoted(pack.id)}"
        if not pack.parts:
            yield Problem(pack.where, f"{name} has no parts; add a line 'parts:' with a list below it")
        if not pack.sizes or len(set(pack.sizes)) < len(pack.sizes):
            yield Problem(pack.where, f"sizes of {name}: name standard, large or both, each once")
        if pack.picture and not pack.epub and pack.form not in ("booklet", "book"):
            yield Problem(
                pack.where, f"{name} has no cover, since it is no booklet, book or e-book; leave 'picture' out"
            )
        if not pack.title or not pack.purpose:
            yield Problem(pack.where, f"{name} needs words in 'title' and 'purpose'")
        if pack.editable and (pack.each or pack.form == "cards"):
            why = "has 'each'" if pack.each else "is cards"
            yield Problem(pack.where, f"{name} {why}, so it cannot be editable; leave 'editable' out")
        if pack.epub and pack.form in ("cards", "kit"):
            yield Problem(
                pack.where,
                f"{name} is {'cards' if pack.form == 'cards' else 'a kit'}, so it can be no e-book; leave 'epub' out",
            )
        for part in pack.parts:
            yield from _whole(part, pack)
        known = {"{id}", "{title}"} if pack.each else set[str]()
        reason = "it must be {id} or {title}" if pack.each else "only packs with 'each' have any"
        for record in (pack, *pack.parts):
            found = (match[0] for _, text in words_of(record) for match in _PLACEHOLDER.finditer(text))
            for name in (name for name in found if name not in known):
                yield Problem(record.where, f"{quoted(name)} cannot be filled in; {reason}")
    for made in subject.packs.values():
        if (length := len(without_isolates(made.title))) > (most := MAX_CHARACTERS["title"]):
            yield Problem(made.where, f"title of pack {quoted(made.id)} has {length} characters; at most {most}")


def _whole(part: Part, pack: Pack) -> Iterator[Problem]:
    # A page beside a brief is only where it leads.
    given = [kind for kind in KINDS if getattr(part, kind) and not (kind == "page" and part.brief)]
    if len(given) != 1:
        have = listed(given) if given else "none of them"
        yield Problem(part.where, f"a part is one of {listed(KINDS, 'or')}; this one has {have}")
    if part.sections and given and (part.brief or not part.page):
        yield Problem(part.where, "'sections' goes with 'page' only")
    if part.lines and given and not (part.questions or part.brief):
        yield Problem(part.where, "'lines' goes with 'questions' or 'brief' only")
    if not 0 <= part.lines <= MAX_LINES:
        yield Problem(part.where, f"'lines' is {part.lines}; write a number from 0 to {MAX_LINES}")
    if pack.form == "book" and given and not (part.page or part.questions):
        yield Problem(part.where, "a book is made of pages and questions; name one")
    if (part.page or part.brief) and pack.form == "cards":
        what = "brief" if part.brief else "page"
        yield Problem(part.where, f"a {what} does not fit on cards; use questions, words, themes or cards")
    if pack.form == "booklet" and given and (part.brief or not (part.page or part.words)):
        yield Problem(part.where, "a booklet holds pages and words only")


def packs_name_what_is_there(subject: Subject) -> Iterator[Problem]:
    """Pages, themes, nations, questions, words, cards, packs and sources that a pack names all exist; a page with the list of packs is in none."""
    review = subject.review
    written = {document.uri: document for document in subject.documents}
    known = {
        "question": [ALL, *(g.id for g in review.questions.groups), *(q.id for q in review.questions.questions)],
        "word": [ALL, *review.glossary],
        "theme": [ALL, *review.themes, *(theme.origin for theme in review.themes.values())],
        "card": [ALL, *filter(None, chain.from_iterable((card.id, card.set) for card in review.packs.cards))],
    }
    chosen = subject.packs
    pages = {pack_uri(id_): id_ for id_ in chosen}
    lists = {kind.name for kind in DIRECTIVES}
    for pack in chosen.values():
        for name in pack.sources:
            if name not in review.sources and not review.lost(name, "data/sources.yml"):
                near = did_you_mean(name, review.sources)
                yield Problem(pack.where, f"source {quoted(name)} is not in data/sources.yml{near}")
        for part in pack.parts:
            told: list[str] = []
            for kind, names in known.items():
                named, files = getattr(part, f"{kind}s"), _FILES[kind]
                told += _unknown(review, kind, named, names, files)
                if named and names == [ALL] and not review.damaged.intersection(files):
                    told.append(f"there is no {kind} yet; take this part out")
            if part.brief:
                names = [*review.themes, *review.nations]
                told += _unknown(review, "theme or nation", (part.brief,), names, _FILES["brief"])
            if part.pack:
                told += _unknown(review, "pack", (part.pack,), chosen, _FILES["pack"])
            if part.page:
                told.append(subject.no_page(part.page))
            if part.page in pages and pack.form not in ("cards", "kit"):  # there, no page can be
                held = chosen[pages[part.page]]
                advice = "name pages that hold what it holds"
                if pack.form == "sheet" and held.form in ("sheet", "cards"):
                    advice = f"write 'pack: {held.id}' in place of 'page'"
                told.append(f"page {quoted(part.page)} is that of a pack; {advice}")
            document = written.get(part.page)
            shown = [s for s in document.sections if ".screen-only" not in s.heading.text] if document else []
            found = [one for s in shown for one in s.parts.directives]
            if not part.brief and {one.name for one in found if one.arguments[:1] != ("first",)} & lists:
                told.append(f"page {quoted(part.page)} holds the list of packs, so it cannot be in one")
            yield from (Problem(part.where, message) for message in told if message)


def _unknown(
    review: Review, kind: str, names: Iterable[str], known: Iterable[str], files: Iterable[str] = ("",)
) -> Iterator[str]:
    choices = list(known)
    for name in names:
        if name not in choices and not any(review.lost(name, file) for file in files):
            yield f"{kind} {quoted(name)} is unknown{did_you_mean(name, choices)}"


def packs_end(subject: Subject) -> Iterator[Problem]:
    """No pack holds itself, not even through others; a pack of cards holds only packs of cards."""
    chosen = subject.packs
    for pack in chosen.values():
        for part in pack.parts:
            inner = chosen.get(part.pack)
            if inner and pack.form == "cards" and inner.form != "cards" and not pack.meant_as_kit:
                yield Problem(part.where, f"pack {quoted(inner.id)} is a sheet, so it cannot be in a pack of cards")
            if inner and pack.form == "sheet" and inner.form in ("book", "booklet"):
                yield Problem(
                    part.where, f"pack {quoted(inner.id)} is a {inner.form}, which stands alone; name its pages"
                )
    told: set[Location] = set()  # of packs made for each theme, one is enough
    for circle in _circles(chosen):
        first = chosen[circle[0]]
        if first.where not in told and len({chosen[name].where for name in circle} & told) == 0:
            told.add(first.where)
            yield Problem(first.where, f"pack {quoted(first.id)} holds itself: {' > '.join([*circle, circle[0]])}")


def _circles(chosen: dict[str, Pack]) -> Iterator[list[str]]:
    """Rings of packs that hold one another, by their ids. That a kit holds a kit is told by itself."""
    done: set[str] = set()
    for start in chosen:
        way: list[str] = []
        waiting = [(start, 0)]
        while waiting:
            name, depth = waiting.pop()
            del way[depth:]
            if name in way:
                yield way[way.index(name) :]
            elif name in chosen and name not in done and chosen[name].form != "kit":
                done.add(name)
                way.append(name)
                waiting += [(part.pack, depth + 1) for part in reversed(chosen[name].parts) if part.pack]


def packs_have_addresses(subject: Subject) -> Iterator[Problem]:
    """No two packs have a page or a file with the same address."""
    review = subject.review
    single = {pack.id: pack for pack in review.packs.packs if not pack.each}
    for pack in review.packs.packs:
        for name in each_of(review, pack):
            if other := single.get(f"{pack.each}-{name}"):
                made = f"one made for each {pack.each} ({pack.where})"
                yield Problem(other.where, f"pack {quoted(other.id)} has the address of {made}; rename it")
    each: dict[str, Pack] = {}
    for pack in review.packs.packs:
        if pack.each and pack.each in each:
            yield Problem(pack.where, f"a second pack for each {pack.each}; the first is at {each[pack.each].where}")
        each.setdefault(pack.each, pack)
    files: dict[str, Pack] = {}
    for pack in subject.packs.values():
        for uri in (kind.uri(pack) for kind in PAPER_FORMATS.values() if kind.wanted(pack)):
            if uri in files:
                both = f"pack {quoted(pack.id)} has a file {quoted(uri)}, and so has {quoted(files[uri].id)}"
                yield Problem(pack.where, f"{both}; rename one")
            files.setdefault(uri, pack)


def briefs_have_something_to_say(subject: Subject) -> Iterator[Problem]:
    """A theme or nation of which a pack tells in brief says what was found, or what members said (a notice)."""
    review = subject.review
    for pack in subject.packs.values():
        known: dict[str, Theme | Nation] = {**review.nations}
        known |= {} if pack.each == "nation" else review.themes
        for about in (known[part.brief] for part in pack.parts if part.brief in known):
            if not about.found and not about.members_said:
                message = f"{quoted(about.id)} has nothing to say in pack {quoted(pack.id)}"
                yield Problem(about.where, f"{message}; add 'found' or 'members_said' there", notice=True)


def booklets_have_pictures(subject: Subject) -> Iterator[Problem]:
    """A page in a booklet has a picture beside its words, for which a booklet keeps room (a notice)."""
    written = {document.uri: document for document in subject.documents}
    for pack in subject.packs.values():
        for part in pack.parts if pack.form == "booklet" else ():
            document = written.get(part.page)
            if document and not any(document.directives("picture", "figure", "findings")):
                message = f"page {quoted(part.page)} has no picture, for which a booklet keeps room beside the words"
                yield Problem(
                    part.where, f"{message}; add <!-- evidence: picture name -->, or leave 'form' out", notice=True
                )


def packs_hold_what_they_name(subject: Subject) -> Iterator[Problem]:
    """Sections that packs name are on their pages."""
    for part in (part for pack in subject.packs.values() for part in pack.parts if part.page and part.sections):
        page = subject.find(part.page)
        ids = [p.section for p in page.passages if p.heading and p.text.lstrip().startswith("##")] if page else []
        told = _unknown(subject.review, f"section of {part.page}", part.sections, ids)
        yield from (Problem(part.where, message) for message in told)


def packs_can_be_printed(subject: Subject) -> Iterator[Problem]:
    """Every letter that stands on a paper is in one of the fonts for papers."""
    # To put all papers together takes long, so they are looked at only where some source has such a letter.
    texts = chain(
        (document.body for document in subject.documents),
        (text for record in subject.records for _, text in words_of(record)),
        (value for reference in subject.review.references.values() for value in map(unmarked, reference.texts())),
    )
    if not any(strange_letters("".join(texts))):
        return
    cited: set[str] = set()
    for pack in subject.packs.values():
        for passage in passages_of(subject.review, pack, subject.find):
            if any(strange_letters(passage.text)):
                for match in re.finditer(r".+", passage.text):
                    yield from _strange(match[0], passage.line(match.start()))
            cited |= {item.key for citation in passage.parts.citations for item in citation.items}
    for reference in (subject.review.references[key] for key in cited & subject.review.references.keys()):
        yield from _strange(" ".join(map(unmarked, reference.texts())), reference.where)
    for card in subject.review.packs.cards:
        yield from _strange(card.word + card.text, card.where)


def _strange(text: str, where: Location) -> Iterator[Problem]:
    if letters := "".join(strange_letters(text)):
        if len(letters) == 1:
            said = f"letter {quoted(letters)} (U+{ord(letters):04X}) is in none of the fonts for papers; write it otherwise"
        else:
            said = f"letters {quoted(letters)} are in none of the fonts for papers; write the words in other letters"
        yield Problem(where, said)
