"""The rules for the bibliography, the data files and citations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from evidence.documents.data_files import BIBLIOGRAPHY, MARKDOWN
from evidence.documents.document import NONE
from evidence.documents.themes import MOST_LEVELS, Themes, above
from evidence.documents.walking import names_of, words_of
from evidence.model.base import Location, Problem, Reference
from evidence.model.review import Kind, Nation, Source, Theme
from evidence.model.vocabulary import ACCESS, EDITORS, LISTINGS, STATUSES
from evidence.subject import Subject
from evidence.text import escape
from evidence.text.addresses import MAX_KEY, RESERVED, cited_key, key_problem
from evidence.text.languages import span_slip, without_spans
from evidence.text.links import is_unsafe, link_targets
from evidence.text.words import day_slip, did_you_mean, listed, one_slip, places_in_words, quoted

MIN_QUOTATION_WORDS = 3
KINDS = "data/kinds.yml"
_GROUPS = "the list 'groups' of this file"
_HELD_IN = {
    "group of barriers": "data/barriers.yml",
    "group of questions": "data/questions.yml",
    "column": "data/methods.yml",
}
LONG = 6  # of the names of themes in a message
_QUOTATION = re.compile(r"“([^“”]+)”|\"([^\"]+)\"|‘((?:[^‘’]|’(?=\w))+)’(?!\w)")
# Words in quotation marks that are no quotation: attributes, HTML tags, titles of links and of boxes.
_NO_QUOTATION = re.compile(r"\{[^{}]*\}|<[^<>]*>|\]\([^()]*\)|!!! [\w -]+\"[^\"\n]*\"")
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*")
# To look for a near key among thousands takes some hundredths of a second, so only the first problems get a suggestion.
MAX_SUGGESTIONS = 100
_TAG = re.compile(r"<(?:/?[A-Za-z]|[!?](?!--\s*evidence:))[^>]{0,40}>?")


def citations_are_known(subject: Subject) -> Iterator[Problem]:
    """Whatever is cited stands in bibliography.bib or data/untraced.yml."""
    review = subject.review
    known = {*review.references, *review.untraced}
    if BIBLIOGRAPHY in review.refused:  # which is told already
        return
    missing = {key: found for key, found in subject.cited.items() if key not in known and key not in review.refused}
    for number, (key, found) in enumerate(missing.items()):
        near = one_slip(key, known) if number < MAX_SUGGESTIONS else ""
        places = sorted(found.union(note.where for note in review.notes.values() if key in note.references))
        message = f"citation of {quoted(key)}: no such reference"
        if subject.main and key in subject.main.untraced:
            record = "its record has words, so write one in this language into data/untraced.yml"
            yield Problem(min(found), f"citation of {quoted(key)}: {record}")
            continue
        message += near or "; put its entry back, or take the citation out"
        if len(places) > 1:
            ways = f"put the entry back, or take the citations out ({places_in_words(places)})"
            message = (
                f"{quoted(key)} is cited in {len(places):,} places and in no entry{(near and near + ' If not') or ''}"
            )
            message += f"{',' if near else ':'} {ways}"
        yield Problem(places[0], message)


def data_holds_no_html(subject: Subject) -> Iterator[Problem]:
    """Texts of data files are Markdown without HTML: a tag there could run a script on every page that shows the text. They may say the language of words."""
    for record in subject.records:
        for name, text in words_of(record):
            if "<" not in text:
                continue
            tag = _TAG.search(without_spans(text)) if name in MARKDOWN.get(type(record), ()) else None
            if slip := span_slip(text):
                yield Problem(record.where, f"'{name}': {slip}")
            elif tag:
                message = f"'{name}' holds the HTML tag {quoted(tag[0])}; write &lt; for a less-than sign"
                yield Problem(record.where, message)


def references_are_used(subject: Subject) -> Iterator[Problem]:
    """Each reference is cited by a page, or its field `uncited` says why not (a notice); a cited one has no such field."""
    for key, reference in subject.review.references.items():
        cited, reason = subject.index.by_reference.get(key), reference.field("uncited")
        if not cited and not reason:
            if key in subject.perhaps_cited:  # what keeps that from being read is told there
                continue
            advice = "cite it, remove it, or say why in a field 'uncited'"
            yield Problem(reference.where, f"reference '{key}' is cited on no page; {advice}", notice=True)
        if cited and reason:
            message = f"reference '{key}' has a field 'uncited', but {cited[0].where} cites it; remove the field"
            yield Problem(reference.where, message)


def references_are_complete(subject: Subject) -> Iterator[Problem]:
    """A reference has a title; an author or editor (but for kinds that need none), a year or 'n.d.', and a kind (notices). A kind, access or listing that it names is known."""
    review = subject.review
    for reference in (found for key, found in review.references.items() if key not in review.refused):
        kind = review.kind_of(reference)
        named = reference.field("sourcekind")  # a kind that could not be read may be the one that takes its type
        refused = review.lost(named, KINDS) if named else KINDS in review.damaged and not kind
        where, name = reference.where, f"reference '{reference.key}'"
        if not reference.authors and not reference.editors and not (refused or (kind and kind.authorless)):
            advice = "add author = {...} (an organisation in double braces), unless its title stands for it"
            yield Problem(where, f"{name} has no author; {advice}", notice=True)
        if not reference.title:
            yield Problem(where, f"{name} has no title; add title = {{...}}")
        if "issued" not in reference.item and not reference.field("undated"):
            advice = "add year = {2024}, or year = {n.d.} if it is undated"
            yield Problem(where, f"{name} has no year; {advice}", notice=True)
        if not refused:
            yield from _one_of(reference, "sourcekind", review.kinds)
        if review.kinds and not named and not kind and not refused:
            advice = "add sourcekind = {...}, or that type to the 'types' of a kind"
            message = f"{name} has no kind of source, since no kind in data/kinds.yml takes '@{reference.entry_type}'; {advice}"
            yield Problem(where, message, notice=True)
        yield from _one_of(reference, "access", ACCESS)
        yield from _one_of(reference, "listing", LISTINGS)
        yield from _one_of(reference, "status", STATUSES)


def standings_are_whole(subject: Subject) -> Iterator[Problem]:
    """`statusnote` and `supersededby` stand beside a `status`, and `supersededby` names another work of the bibliography."""
    known = subject.review.references
    for reference in known.values():
        where, name = reference.where, f"reference '{reference.key}'"
        if not reference.field("status"):
            for field in ("statusnote", "supersededby"):
                if reference.field(field):
                    advice = f"add status = {{...}}, which is {listed(STATUSES, 'or')}"
                    yield Problem(where, f"{name} has a field '{field}' without a status; {advice}")
        newer = reference.field("supersededby")
        if newer == reference.key:
            yield Problem(where, f"{name}: supersededby is its own key; name the work that has taken its place")
        elif newer and newer not in known and newer not in subject.review.refused:
            near = one_slip(newer, known)
            yield Problem(where, f"{name}: supersededby = {quoted(newer)} is no reference of the bibliography{near}")


def _one_of(reference: Reference, name: str, known: Iterable[str]) -> Iterator[Problem]:
    value, choices = reference.field(name), list(known)
    if value and value not in choices:
        given = f"{name} = {quoted(value)} is unknown{did_you_mean(value, choices)}"
        advice = f"it is one of {listed(choices, 'or')}" if choices else "data/kinds.yml names no kind"
        yield Problem(reference.where, f"reference '{reference.key}': {given}; {advice}")


def keys_are_of_one_work(subject: Subject) -> Iterator[Problem]:
    """A key stands either in bibliography.bib or in data/untraced.yml, and holds what a key can hold."""
    review = subject.review
    for key, untraced in review.untraced.items():
        if key in review.references:
            at = review.references[key].where
            yield Problem(untraced.where, f"key {quoted(key)} is that of a reference too ({at}); keep one of the two")
        if fault := key_problem(key):
            yield Problem(untraced.where, fault)


def addresses_are_safe(subject: Subject) -> Iterator[Problem]:
    """A DOI is bare and well formed, every web address begins with http:// or https://, and no link in data has another scheme than pages may."""
    for reference in subject.review.references.values():
        doi, url, where = reference.text("DOI"), reference.text("URL"), reference.where
        if doi and not re.fullmatch(r"10\.\d{4,9}/[^\s<>\"{}|\\^`]+", doi):
            yield Problem(where, f"doi of '{reference.key}' is {quoted(doi)}; a DOI looks like 10.1000/xyz")
        for field, address in (("url", url), ("archived", reference.field("archived"))):
            if address and not escape.url(address):
                advice = "it must begin with http:// or https:// and name a host"
                yield Problem(where, f"{field} of '{reference.key}' is {quoted(address)}; {advice}")
    for record in subject.records:
        for _, text in words_of(record):
            for target, _ in link_targets(text):
                if is_unsafe(target):
                    yield Problem(record.where, unsafe_link(target))


def unsafe_link(target: str) -> str:
    """The message on a link that could run a script or the like."""
    return f"link to {quoted(target)}: only http, https, mailto and tel addresses are allowed"


def names_are_known(subject: Subject) -> Iterator[Problem]:
    """Themes, their parents, nations, notes, references, origins and groups that data or pages name all exist."""
    review = subject.review
    meetings = review.network.meetings if review.network else ()
    known = {
        "theme": (set(review.themes), "data/themes.yml"),
        "nation": (set(review.nations), "data/nations.yml"),
        "note": (set(review.notes), "data/editorial.yml"),
        "reference": ({*review.references, *review.untraced}, "bibliography.bib"),
        "origin": ({"review", EDITORS, *(meeting.id for meeting in meetings)}, "data/network.yml"),
        "source": (set(review.sources), "data/sources.yml"),
        "parent": (set(review.themes), "data/themes.yml"),
        "group of barriers": ({g.id for g in review.barriers.groups}, _GROUPS),
        "group of questions": ({g.id for g in review.questions.groups}, _GROUPS),
        "method": ({c.id for c in review.methods.columns} if review.methods else set(), "data/methods.yml"),
        "column": ({c.id for c in review.methods.columns} if review.methods else set(), "the columns of its file"),
    }
    missing: dict[tuple[str, str], set[Location]] = {}
    for what, name, where in names_of(review, subject.documents):
        names, file = known[what]
        told = review.lost(name, _HELD_IN.get(what, file)) or (what == "reference" and name in subject.cited)
        if name not in names and not told:
            missing.setdefault((what, name), set()).add(where)
    for (what, name), places in missing.items():
        names, file = known[what]
        near = (one_slip if what == "reference" or len(places) > 1 else did_you_mean)(name, names)
        message = f"{what.partition(' ')[0]} {quoted(name)} is not in {file}{near}"
        if len(places) > 1:
            ways = f"put it back there, or take it out in {len(places):,} places ({places_in_words(sorted(places))})"
            message += f"{' If not, ' if near else '; '}{ways}"
        yield Problem(min(places), message)


def lists_name_each_once(subject: Subject) -> Iterator[Problem]:
    """A list in the data, or of marks on a page, holds nothing twice."""
    for record in subject.records:
        names: tuple[str, ...] = record.__match_args__
        for name in names:
            value = getattr(record, name)
            if name != "sizes" and isinstance(value, tuple) and len(value) > 1 and isinstance(value[0], str):
                yield from _twice(record.where, name, value)
    for document in subject.documents:
        yield from _twice(document.at_field("themes"), "themes", document.marks.themes)
        yield from _twice(document.at_field("nations"), "nations", document.marks.nations)
        for section in document.sections:
            where = Location(document.where.path, section.line)
            yield from _twice(where, "data-themes", section.own.themes)
            yield from _twice(where, "data-nations", section.own.nations)
    for reference in subject.review.references.values():
        yield from _twice(reference.where, "nations", reference.nations)


def _twice(where: Location, name: str, items: tuple[str, ...]) -> Iterator[Problem]:
    if len(set(items)) < len(items):
        for item in dict.fromkeys(item for item in items if items.count(item) > 1):
            yield Problem(where, f"'{name.rstrip('_')}' holds {quoted(item)} twice; write it once")


def quotations_have_locators(subject: Subject) -> Iterator[Problem]:
    """A quotation of three words or more, in a sentence that cites, has a locator: a page, or 'no page' where there are none."""
    for passage in subject.texts:
        if not _QUOTATION.search(passage.text):
            continue
        for citation in passage.parts.citations:
            sentence = passage.sentence(citation)
            quotes = [m[1] or m[2] or m[3] for m in _QUOTATION.finditer(_NO_QUOTATION.sub("", sentence.text))]
            long = next((q for q in quotes if len(q.split()) >= MIN_QUOTATION_WORDS), "")
            if long and not any(item.locator for c in sentence.citations for item in c.items):
                advice = f"write [@{cited_key(citation.items[0].key)}, p. 3], or ', no page'"
                yield Problem(passage.line(citation.start), f"quotation {quoted(long)} has no page; {advice}")


def ids_can_be_addresses(subject: Subject) -> Iterator[Problem]:
    """Ids become addresses of pages, files or sections: they hold letters, digits and '-' only."""
    for record in subject.records:
        name = getattr(record, "id", "")
        if name and not isinstance(record, Kind | Source) and not _ID.fullmatch(name):
            yield Problem(record.where, f"id {quoted(name)} becomes an address; use letters, digits and '-' only")
        elif name in NONE and isinstance(record, Theme | Nation):
            yield Problem(record.where, f"id {quoted(name)} on a heading says that it has no mark; choose another")
        elif RESERVED.fullmatch(name):
            message = f"id {quoted(name)} is a name that computers keep for themselves; choose another"
            yield Problem(record.where, message)
        elif len(name) > MAX_KEY:
            yield Problem(record.where, f"id {quoted(name)} has {len(name):,} characters; at most {MAX_KEY}")


def dates_are_dates(subject: Subject) -> Iterator[Problem]:
    """Dates are written as 2026-11-22. Where a review says when pages were checked, each page says it for itself."""
    reading = subject.review.reading
    dates = [(note.dated, f"'dated' of '{note.id}'", note.where) for note in subject.review.notes.values()]
    dates.append((reading.checked, "'checked'", reading.where))
    for document in subject.documents:
        where, checked = document.at_field("checked"), str(document.front.get("checked", ""))
        dates.append((checked, "'checked'", where))
        if reading.checked and not checked:
            yield Problem(where, "front matter lacks 'checked'; add the day of the last check, as checked: 2026-11-22")
    for value, name, where in dates:
        if value and (slip := day_slip(name, value)):
            yield Problem(where, slip)


def themes_stand_in_others(subject: Subject) -> Iterator[Problem]:
    """No theme is a part of itself, not even by way of others."""
    themes = subject.review.themes
    for loop in _loops(themes):
        names = [quoted(name) for name in (*loop, loop[0])]
        if len(names) > LONG:
            names = [*names[: LONG - 2], "...", names[-1]]
        message = f"theme {' is part of '.join(names)}; take one of these 'parent' lines out"
        yield Problem(themes[loop[0]].where, message)


def themes_are_not_deep(subject: Subject) -> Iterator[Problem]:
    """Themes stand at most three deep: further down, readers lose their way, and the names of rows get too long to follow by ear."""
    themes = subject.review.themes
    for theme in themes.values():
        level = len(above(themes, theme)) + 1
        if level == MOST_LEVELS + 1:  # those below it are deeper only because of it
            advice = f"{MOST_LEVELS} are the most, so give it a parent that stands higher"
            yield Problem(theme.where, f"theme {quoted(theme.id)} stands {level} deep; {advice}")


def _loops(themes: Themes) -> Iterator[list[str]]:
    """Each ring of themes that are parts of one another, by their ids, from the one that the data lead to first."""
    seen: set[str] = set()
    for theme in themes.values():
        way: dict[str, int] = {}
        name = theme.id
        while name in themes and name not in seen:
            seen.add(name)
            way[name] = len(way)
            name = themes[name].parent
        if name in way:
            yield list(way)[way[name] :]
