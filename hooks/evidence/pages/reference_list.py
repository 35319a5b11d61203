"""The list of all works: on one page, or above PARTS_ABOVE of them in parts by letter; and what a script needs to find, filter and sort them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evidence.crosslinks import reference_links
from evidence.directives.counts import YEARS
from evidence.documents.data_files import BIBLIOGRAPHY
from evidence.documents.themes import above
from evidence.metadata import context_object
from evidence.model.base import Reference
from evidence.model.vocabulary import ACCESS, ALL_NATIONS, STATUSES, standing_words
from evidence.output import blocks, templates
from evidence.pages import source_checks, work_facts
from evidence.points.support_pages import support_uri
from evidence.references import FORMATS, Label
from evidence.text.addresses import slug
from evidence.text.direction import without_isolates
from evidence.text.translation import _, numbered
from evidence.text.words import in_figures, in_words, year_in

if TYPE_CHECKING:
    from evidence.pages.generated import Materials

# Above so many works the list stands in parts, each of one letter and of at most so many works.
PARTS_ABOVE, MOST_IN_PART = 300, 200
PARTS, WORKS = "references/letter/", "references/works.js"
_NOT_TRACED = _(
    "These citations stand in the source, but we could not tell for sure which works they mean. They are not references."
)
_NO_NATION = _("No particular nation")
# What a reader can filter by, as it stands in addresses.
_FILTERS = ("kind", "about", "cited", "themes", "access", "standing")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the list: the works of one letter, or the `number`th of `all` parts of it. `name` is the end of its address."""

    letter: str
    number: int
    all: int
    keys: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.letter if self.number == 1 else f"{self.letter}-{self.number}"

    @property
    def uri(self) -> str:
        return f"{PARTS}{self.name}.md"

    @property
    def heading(self) -> str:
        """The letter as it is shown."""
        return {"0-9": "0–9", "other": _("Other scripts")}.get(self.letter, self.letter.upper())

    @property
    def title(self) -> str:
        of = {"letter": self.heading, "number": self.number, "all": self.all}
        return _("%(letter)s, part %(number)s of %(all)s") % of if self.all > 1 else self.heading


def parts_of(works: Iterable[str], known: Mapping[str, Label]) -> dict[str, Part]:
    """The parts of a list of works that are in order, by the ends of their addresses; none for a list that is short enough for one page."""
    listed = tuple(works)
    if len(listed) <= PARTS_ABOVE:
        return {}
    letters: dict[str, list[str]] = {}
    for key in listed:
        letters.setdefault(_letter(known[key].listed[0][0]), []).append(key)
    found = []
    for letter, keys in sorted(letters.items(), key=lambda item: (item[0] == "other", item[0])):
        starts = range(0, len(keys), MOST_IN_PART)
        for number, start in enumerate(starts, 1):
            found.append(Part(letter, number, len(starts), tuple(keys[start : start + MOST_IN_PART])))
    return {part.name: part for part in found}


def _letter(name: str) -> str:
    """The letter of A to Z under which a name is looked for; '0-9' for figures, 'other' for what is neither."""
    first = slug(next(filter(str.isalnum, name), "")).lower()
    if len(first) > 2 or not first:  # no Latin letter: such an address is a hash
        return "other"
    return "0-9" if first[0].isdigit() else first[0]


def references_page(site: Materials) -> Iterator[blocks.Output]:
    """The list of all works, whole or as a way to its parts; what has become of them; and the records of all for the script."""
    review, parts, uri = site.review, site.reference_parts, reference_links.REFERENCES
    become = tuple(_become(site))
    works = _letters(parts.values()) if parts else _items(site, site.listed)
    tail: tuple[blocks.Block, ...] = (
        *site.reference_files.of_all(),
        blocks.Heading(2, _("All sources"), "all"),
        works,
        blocks.Heading(2, _("Retracted, corrected or replaced"), "become"),
        *([blocks.Items(become)] if become else [blocks.Paragraph((_("We know of no such source in this list."),))]),
        blocks.Paragraph((_asked(site),)),
    )
    if review.untraced:
        tail += (
            blocks.Heading(2, reference_links.NOT_TRACED_TITLE, reference_links.NOT_TRACED_ID),
            blocks.Paragraph((_NOT_TRACED,)),
            blocks.Items(tuple(_untraced(site, key) for key in review.untraced)),
        )
    pictured = next((f"{page.uri}#{YEARS}" for page in site.documents if any(page.directives("years"))), "")
    view = {"number": len(site.listed), "become": len(become), "parts": bool(parts)}
    links = {"support": support_uri(site), "pictured": pictured}
    yield templates.page("pages/references.md.j2", uri, BIBLIOGRAPHY, tail=tail, **view, **links)
    yield blocks.Output(WORKS, works_script(site), BIBLIOGRAPHY)


def letter_pages(site: Materials) -> Iterator[blocks.Output]:
    """The parts of the list, each with the way to all others."""
    parts = list(site.reference_parts.values())
    for place, part in enumerate(parts):
        near = ((_("The part before:"), place - 1), (_("The next part:"), place + 1))
        onward = [(said, blocks.Link(parts[i].title, parts[i].uri)) for said, i in near if 0 <= i < len(parts)]
        onward.append((_("To find, filter and sort:"), blocks.Link(_("All sources"), reference_links.REFERENCES)))
        same = [one for one in parts if one.letter == part.letter]
        row = (_row((p.uri, _("Part %s") % p.number, len(p.keys), p == part) for p in same),) if part.all > 1 else ()
        tail = (_letters(parts, part.letter), *row, _items(site, part.keys), *blocks.onward(onward))
        view = {"part": part.title, "number": len(part.keys), "whole": reference_links.REFERENCES}
        yield templates.page("pages/reference_letter.md.j2", part.uri, BIBLIOGRAPHY, tail=tail, **view)


def _letters(parts: Iterable[Part], here: str = "") -> blocks.Items:
    """A row of links to the first part of each letter; the letter that is shown is no link."""
    letters: dict[str, list[Part]] = {}
    for part in parts:
        letters.setdefault(part.letter, []).append(part)
    return _row(
        (found[0].uri, found[0].heading, sum(len(p.keys) for p in found), name == here)
        for name, found in letters.items()
    )


def _row(links: Iterable[tuple[str, str, int, bool]]) -> blocks.Items:
    """A row of links: address, words, how many works stand there, and whether it is the page itself, which is no link."""

    def item(uri: str, words: str, number: int, here: bool) -> blocks.Item:
        text = f"{words} ({in_figures(number)})"
        said = numbered("%(num)s source", "%(num)s sources", number)
        return blocks.Item((text if here else blocks.Link(text, uri, f"{text}: {said}"),), css="letter")

    return blocks.Items(tuple(item(*link) for link in links))


def _items(site: Materials, keys: Iterable[str]) -> blocks.Items:
    return blocks.Items(tuple(_entry(site, site.review.references[key]) for key in keys))


def _entry(site: Materials, reference: Reference) -> blocks.Item:
    """A work in full, and a line with the way to its page and a few facts."""
    label = site.known[reference.key]
    link, stop = reference_links.about(reference.key, label), reference_links.full_stop(label)
    runs = (
        *reference_links.entry(reference, site.formatted[reference.key], site.known),
        " ",
        blocks.Marked("small", (f"{work_facts.in_list(site, reference)} ", link, stop)),
        blocks.Coins(context_object(reference)),
    )
    return blocks.Item(runs, reference.slug, "reference")


def _become(site: Materials) -> Iterator[blocks.Item]:
    """The works that were retracted, corrected, replaced or the like, each with what is known of it."""
    checks = site.review.checks.by_doi()
    for key in site.listed:
        reference, label = site.review.references[key], site.known[key]
        link = blocks.Link(str(label), reference_links.reference_uri(key), standing=label.standing)
        check = checks.get(reference.text("DOI").casefold())
        if said := reference_links.standing(reference, site.known):
            yield blocks.Item((link, *said[1:]))
        elif check and check.updates:
            told = _("Crossref tells of this, and we have yet to look into it:")
            yield blocks.Item((link, f"{reference_links.full_stop(label)} {told}", *source_checks.updates(check)))


def _asked(site: Materials) -> str:
    """When others were last asked what has become of the works, and what they cannot tell."""
    checks = site.review.checks.by_doi()
    days = [
        checks[doi].checked
        for doi in (w.text("DOI").casefold() for w in site.review.references.values())
        if doi in checks
    ]
    if not days:
        return _(
            "We have not asked Crossref yet, where publishers tell of such changes. There may be some that we do not know of."
        )
    said = {"day": in_words(max(days)), "works": numbered("%(num)s source", "%(num)s sources", len(days))}
    asked = _("We last asked Crossref, where publishers tell of such changes, on %(day)s.") % said
    return f"{asked} {_('We asked about %(works)s. The others have no DOI, or we have not asked about them.') % said}"


def _untraced(site: Materials, key: str) -> blocks.Item:
    runs: list[str | blocks.Link] = [f"{site.review.untraced[key].words} "]
    pages = {occurrence.uri: occurrence.page_title for occurrence in site.index.by_reference.get(key, ())}
    for i, (uri, title) in enumerate(pages.items()):
        runs += [", " if i else _("Cited in "), blocks.Link(title, f"{uri}#{reference_links.entry_id(key)}")]
    return blocks.Item((*runs, "." if pages else _("No page of this site cites it yet.")))


def works_script(site: Materials) -> bytes:
    """All works as short records, as a script, since pages that are opened from a folder can read no other files.

    `names` are the values of each filter; a record holds the places of its own among them. `formats` are the files of `entry_scripts`.
    """
    review, records = site.review, []
    used: dict[str, dict[str, None]] = {name: {} for name in _FILTERS}
    for key in site.listed:
        reference = review.references[key]
        word, _said = standing_words(reference.field("status"), "")
        values = {
            "kind": [review.kind_name(reference)],
            "about": (work_facts.about(review, reference) or [_NO_NATION]) if review.nations else [],
            "cited": work_facts.named(review, site.index.nations_of(key)),
            "themes": _themes(site, key),
            "access": [work_facts.access(reference)],
            "standing": [word] if word else [],
        }
        for name, found in values.items():
            used[name] |= dict.fromkeys(found)
        records.append((_record(site, reference), values))
    order = {
        "kind": [kind.name for kind in review.kinds.values()],
        "about": [*work_facts.named(review, review.nations), ALL_NATIONS, _NO_NATION],
        "cited": work_facts.named(review, review.nations),
        "themes": sorted(used["themes"], key=lambda title: without_isolates(title).casefold()),
        "access": list(ACCESS.values()),
        "standing": [standing_words(status, "")[0] for status in STATUSES],
    }
    names = {
        name: [*(v for v in order[name] if v in used[name]), *(v for v in used[name] if v not in order[name])]
        for name in used
    }
    place = {name: {value: i for i, value in enumerate(found)} for name, found in names.items()}
    works = [[*record, *([place[name][v] for v in values[name]] for name in names)] for record, values in records]
    formats = [[made.id, made.name, made.media_type] for made in FORMATS.values()]
    said = {"names": names, "none": _NO_NATION, "formats": formats, "works": works}
    text = without_isolates(json.dumps(said, ensure_ascii=False, separators=(",", ":")))
    return f"evidenceWorks = {text};\n".encode()


def _record(site: Materials, reference: Reference) -> list[object]:
    """What a work is called and found by, its year, and in how many places it is cited."""
    label = site.known[reference.key]
    people = (*reference.authors, *reference.editors, *reference.names("translator"))
    more = (*(person.full for person in people), reference.container, reference.text("DOI"), reference.key)
    named = without_isolates(", ".join(filter(None, (label.author, label.year))))
    cited = len(site.index.by_reference[reference.key])
    return [reference.slug, named, reference.title, " ".join(filter(None, more)), year_in(reference.year), cited]


def _themes(site: Materials, key: str) -> list[str]:
    """The themes of the passages that cite a work; who narrows the list to a theme wants the works of its parts, too."""
    themes = site.review.themes
    found = [themes[name] for name in site.index.themes_of(key) if name in themes]
    return list(dict.fromkeys(t.title for theme in found for t in (theme, *above(themes, theme))))
