"""A kit for a meeting: how many copies of each paper a group needs, how many sheets that takes, and the words that say so, on paper and on pages.

A page gets one sentence with a link to the kit's file, or its files and a table for other groups, from which a script makes a form.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from evidence.crosslinks import Context, Passage, passages
from evidence.model.review import Review
from evidence.model.site_data import Pack, PaperSize, Part
from evidence.output import markdown
from evidence.papers.formats import PAPER_FORMATS, PaperFormat, in_pages
from evidence.papers.packs import INSIDE, pack_uri
from evidence.text import escape
from evidence.text.addresses import relative
from evidence.text.places import filled, place
from evidence.text.translation import _, numbered
from evidence.text.words import file_size

GROUPS = (4, 8, 12)  # people, for readers without script
FILE = "data/packs.yml"
_PLACE = "kit-page"
_ALONE = "file"
COPIES = {"each": _("One each"), "pair": _("One for two"), "group": _("One")}
PEOPLE_FOR_ONE = {"each": 1, "pair": 2, "group": 0}
"""How many people share a copy; 0 for one copy however many there are."""


@dataclass(frozen=True, slots=True)
class Item:
    """A paper of a kit as one kind of file, with the pages of that."""

    part: Part
    pack: Pack
    kind: PaperFormat
    pages: int

    @property
    def to_cut(self) -> bool:
        """Whether more than one card stands on a page, with lines to cut along. One to hold up fills a page of large print."""
        cards = self.pack.form == "cards"
        return cards and (self.kind.id == "standard" or not all(part.cards for part in self.pack.parts))

    @property
    def sheets(self) -> int:
        """Sheets of paper for one copy, printed on both sides as cards are meant to be, too."""
        return math.ceil(self.pages / 2)

    def copies(self, people: int) -> int:
        """How many copies so many people need."""
        share = PEOPLE_FOR_ONE[self.part.copies]
        return math.ceil(people / share) if share else 1


def items(kit: Pack, kind: PaperFormat, packs: Mapping[str, Pack], pages: Mapping[str, int]) -> tuple[Item, ...]:
    """What is in a kit, in order; `pages` are those of each file, by address."""
    named = ((part, packs[part.pack]) for part in kit.parts)
    return tuple(Item(part, pack, kind, pages[kind.uri(pack)]) for part, pack in named)


def all_sheets(items: Iterable[Item], people: int) -> int:
    """Sheets of paper for a group, printed on both sides where that can be."""
    return sum(item.copies(people) * item.sheets for item in items)


def sheets_of_paper(number: int, front: int) -> str:
    """How many sheets the papers in a kit's file take, as every table counts them, and how many come before them."""
    papers = numbered("%(num)s sheet of paper", "%(num)s sheets of paper", number)
    return papers + numbered(
        ", and %(num)s that says how to print them", ", and %(num)s that say how to print them", front
    )


def first_sheet(kit: Pack, items: Sequence[Item], front: int) -> str:
    """What is in the file and how to print it, as Markdown; `front` sheets come before all that is."""
    rows, at = [], 2 * front + 1
    for item in items:
        copies = item.copies(kit.people)
        title = escape.markdown(item.pack.title)
        named = _("%s, to cut out") % title if item.to_cut else title
        rows.append((named, str(copies), str(copies * item.sheets), str(at)))
        at += 2 * copies * item.sheets
    head = (_("Paper"), _("Copies"), _("Sheets"), _("First page"))
    caption = _("What is in this file, in the order in which to hand it out")
    advice = [
        _("Print on both sides of A4 paper. It takes %s.") % sheets_of_paper(all_sheets(items, kit.people), front),
        _("Choose “flip on the long edge”, and “actual size” or 100%."),
        _("Each paper begins on a new sheet. Some backs are left empty."),
        _("To print some of it, name its pages. “First page” says where each paper begins."),
    ]
    if any(item.to_cut for item in items):
        advice.append(_("Cut out the cards along the lines."))
    table = markdown.table(caption, head, rows)
    return f"{markdown.heading(2, _('How to print this file'), 'how-to-print')}{markdown.items(advice)}\n{table}\n"


def the_kit(review: Review) -> Pack | None:
    """The pack that is a kit; None where there is none."""
    return next((pack for pack in review.packs.packs if pack.form == "kit"), None)


def kit_directive(context: Context, wanted: tuple[str, ...]) -> Iterator[Passage]:
    """The kit: with `file` one sentence with a link to it, else its files and the table; what both say is known when the files are made."""
    found = the_kit(context.review)
    if found is None:
        if any(pack.meant_as_kit for pack in context.review.packs.packs):
            return  # 'form: kit' is missing, which is told there
        raise passages.AbsentError(f"there is no pack with 'form: kit' in {FILE}")
    chosen = passages.choose(wanted, {_ALONE: True}, "part of the kit")
    name = " ".join([found.id, context.document.uri, *chosen])
    yield context.passage(f"\n\n{place(_PLACE, name)}\n\n", where=found.where)


KIT = passages.DirectiveKind(
    "kit",
    kit_directive,
    takes="nothing, or `file` for one sentence with the link to its file",
    gives="the kit for a meeting: its files, and a table of the copies and sheets that other groups need, from which a script makes a form",
    examples=("", "file"),
)


@dataclass(frozen=True, slots=True)
class KitPages:
    """The words about kits, for which all packs must be known, and the pages and bytes of each file, by its address."""

    packs: Mapping[str, Pack]
    pages: Mapping[str, int]
    bytes: Mapping[str, int]

    def filled(self, text: str) -> str:
        """A text with the kit in its places, be it a page or the twin of the kit's own file."""
        return filled(filled(text, INSIDE, self._twin), _PLACE, self._shown)

    def items(self, pack: Pack, size: PaperSize) -> tuple[Item, ...]:
        """What is in a kit, in a size of print."""
        return items(pack, PAPER_FORMATS[size], self.packs, self.pages)

    def sheets(self, pack: Pack, size: PaperSize) -> int:
        """The sheets of paper that the file of a kit takes, on both sides."""
        return self.pages[PAPER_FORMATS[size].uri(pack)] // 2

    def sheets_in(self, uri: str) -> str:
        """The sheets of paper in a kit's file, as words; '' for any other file."""
        for pack in (pack for pack in self.packs.values() if pack.form == "kit"):
            for size in pack.sizes:
                if PAPER_FORMATS[size].uri(pack) == uri:
                    papers = all_sheets(self.items(pack, size), pack.people)
                    return sheets_of_paper(papers, self.sheets(pack, size) - papers)
        return ""

    def _twin(self, name: str) -> str:
        pack = self.packs[name]
        items = self.items(pack, pack.sizes[0])
        front = self.sheets(pack, pack.sizes[0]) - all_sheets(items, pack.people)
        return first_sheet(pack, items, front)

    def _shown(self, name: str) -> str:
        pack_id, uri, *chosen = name.split(" ")
        pack = self.packs[pack_id]
        return self._sentence(pack, uri) if chosen else self._table(pack, uri)

    def _sentence(self, pack: Pack, uri: str) -> str:
        said = _("If you run a meeting, print this: %(kit)s.")  # a kit is for a meeting, whomever the review has heard
        return said % {"kit": self._file(pack, pack.sizes[0], uri)}

    def _file(self, pack: Pack, size: PaperSize, uri: str) -> str:
        kind = PAPER_FORMATS[size]
        file = kind.uri(pack)
        said = {
            "title": escape.markdown(pack.title),
            "kind": kind.name,
            "sheets": self.sheets_in(file),
            "size": file_size(self.bytes[file]),
        }
        words = _("%(title)s: %(kind)s, %(sheets)s, %(size)s") % said
        return f'[{words}]({relative(uri, file)}){{ data-people="{pack.people}" }}'

    def _table(self, pack: Pack, uri: str) -> str:
        files = markdown.items(self._file(pack, size, uri) for size in pack.sizes)
        chosen = {size: self.items(pack, size) for size in pack.sizes}
        standard = chosen[pack.sizes[0]]
        rows = [
            (
                f"{self._title(item, uri)}<br>{'<br>'.join(self._part(chosen[size][i], uri) for size in pack.sizes)}",
                COPIES[item.part.copies],
                *(str(item.copies(people) * item.sheets) for people in GROUPS),
            )
            for i, item in enumerate(standard)
        ]
        both = [all_sheets(standard, people) for people in GROUPS]
        one = [sum(item.copies(people) * item.pages for item in standard) for people in GROUPS]
        rows.append((_("All, printed on both sides"), "", *map(str, both)))
        rows.append((_("All, printed on one side"), "", *map(str, one)))
        people = (numbered("%(num)s person", "%(num)s people", number) for number in GROUPS)
        size = _("standard print") if pack.sizes[0] == "standard" else _("large print")
        caption = _("Sheets of paper for a group, in %s on both sides") % size
        table = markdown.table(caption, (_("Paper"), _("Copies"), *people), rows)
        return f"{files}\n{table}"

    def _title(self, item: Item, uri: str) -> str:
        link = markdown.link(item.pack.title, pack_uri(item.pack.id), uri)
        return f'{link}{{ data-share="{PEOPLE_FOR_ONE[item.part.copies]}" }}'

    def _part(self, item: Item, uri: str) -> str:
        """A link to a file, which tells a script what to count with; by itself it names the paper as well."""
        file = item.kind.uri(item.pack)
        shown = item.kind.name + in_pages(item.pages)
        label = f"{shown}: {item.pack.title}"
        facts = {"aria-label": label, "data-size": item.kind.id, "data-pages": str(item.pages)}
        facts |= {"data-sheets": str(item.sheets), "data-cut": "yes" if item.to_cut else ""}
        return f"[{shown}]({relative(uri, file)})" + markdown.marks("", "", {k: v for k, v in facts.items() if v})
