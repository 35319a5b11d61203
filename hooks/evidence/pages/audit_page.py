"""The audit of the sources, with its table as CSV."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING

from evidence import pictures
from evidence.crosslinks import Page, reference_links
from evidence.directives.notes import note_anchor
from evidence.model.review import Theme
from evidence.model.site_data import EditorialNote
from evidence.model.vocabulary import NOTE
from evidence.output import blocks, data_tables, templates
from evidence.pages.theme_pages import page_links
from evidence.references import Label, plain
from evidence.text import escape
from evidence.text.links import link_targets
from evidence.text.translation import _, numbered

if TYPE_CHECKING:
    from evidence.pages.generated import Materials

AUDIT = "audit/index.md"
Column = data_tables.Column
SEVERITIES = {
    "correct": _("Corrected"),
    "clarify": _("Made clear"),
    "update": _("Brought up to date"),
    "gap": _("Gap filled or marked"),
    "copyright": _("Written afresh"),
    "no-error": _("Not an error"),
}
CERTAINTIES = {
    "verified": _("Verified"),
    "visible in the source": _("Visible in the source"),
    "partly verified": _("Partly verified"),
    "judgement": _("Our judgement"),
    "not found": _("Looked for and not found"),
}
OUTCOME = "outcome-"  # before the id of an outcome, the id of its list
KINDS = {"citation": _("Citations"), "fact": _("Facts")}


def audit(site: Materials) -> Iterator[blocks.Output]:
    """Every fault of the sources, what was done about it, and where readers see the note; and the same as CSV."""
    notes, known = list(site.review.notes.values()), site.known
    shown = _shown(site.pages.values(), site.review.themes.values())
    table = _table(notes, known, shown)
    yield templates.page(
        "pages/audit.md.j2",
        AUDIT,
        "data/editorial.yml",
        kinds=[(kind, title, [n for n in notes if n.kind == kind]) for kind, title in KINDS.items()],
        number=len(notes),
        download=data_tables.csv_link(_("Download the audit"), _("all points"), "audit.csv", table.content),
        severities=SEVERITIES,
        certainties=CERTAINTIES,
        outcomes=[
            (name, title, found)
            for name, title in SEVERITIES.items()
            if (found := [n for n in notes if n.severity == name])
        ],
        glance=_audit_at_a_glance(notes),
        known=known,
        shown=shown,
        work_link=lambda key: reference_links.named(key, known[key], AUDIT),
        note_anchor=note_anchor,
        said=partial(page_links, known=known, uri=AUDIT),
    )
    yield table


def _table(
    notes: list[EditorialNote], known: Mapping[str, Label], shown: Mapping[str, list[Page | Theme]]
) -> data_tables.DataTable:
    """All points as a file; `shown` are the pages that show each note."""
    columns: dict[Column, Callable[[EditorialNote], str]] = {
        Column(_("Id"), _("The short name of the point.")): lambda n: n.id,
        Column(_("Kind"), _("Whether it is about a citation or a fact.")): lambda n: KINDS[n.kind],
        Column(_("Title"), _("What it is about, in a few words.")): lambda n: n.title,
        Column(_("Where in the source"), _("The places in the source, with semicolons between them.")): lambda n: (
            "; ".join(n.where_in_source)
        ),
        Column(_("What the source says"), _("The words of the source.")): lambda n: n.source_says,
        Column(_("What is wrong"), _("Why the point needed care.")): lambda n: n.problem,
        Column(_("What this site does"), _("What the editors did about it.")): lambda n: n.treatment,
        Column(_("Outcome"), _("The kind of treatment.")): lambda n: SEVERITIES[n.severity],
        Column(_("How sure we are"), _("How certain the editors are.")): lambda n: n.certainty,
        Column(_("What that rests on"), _("What was looked at.")): lambda n: plain(n.basis, {}),
        Column(_("Seen at"), _("The web addresses that this names, with blanks between them.")): lambda n: " ".join(
            address for address, _place in link_targets(n.basis)
        ),
        Column(_("Note to readers"), _("The note beside the text; empty where there is none.")): lambda n: plain(
            n.note, known
        ),
        Column(_("Dated"), _("The day of the note, where it can go out of date."), "date"): lambda n: n.dated,
        Column(_("References"), _("Keys of the sources that it concerns, with semicolons between them.")): lambda n: (
            "; ".join(n.references)
        ),
        Column(
            _("Shown on"), _("Source addresses of the pages that show the note, with semicolons between them.")
        ): lambda n: "; ".join(page.uri for page in shown.get(n.id, [])),
    }
    return data_tables.data_table(
        "audit/audit.csv",
        "data/editorial.yml",
        _("Audit"),
        list(columns),
        [[value(note) for value in columns.values()] for note in notes],
        description=_("What in the source documents needed care, and what this site does about it."),
        page=AUDIT,
        key="Id",
    )


def _audit_at_a_glance(notes: list[EditorialNote]) -> str:
    """What was wrong, what was done and how sure we are, as bars; what was done leads to the points."""

    def bars(caption: str, head: str, named: Mapping[str, str], values: Iterable[str], to: str = "") -> str:
        counted = Counter(values)
        rows = [(escape.html_text(words), name) for name, words in named.items() if counted[name]]
        linked = [(f'<a href="#{to}{name}">{words}</a>' if to else words, counted[name]) for words, name in rows]
        return pictures.drawn.bars(caption, (head, _("Points"), _("Number")), linked)

    most, number = Counter(note.severity for note in notes).most_common(1)[0]
    said = _("%(points)s needed care. The most common outcome is “%(outcome)s”: %(number)s.") % {
        "points": numbered("%(num)s point", "%(num)s points", len(notes)),
        "outcome": SEVERITIES[most],
        "number": number,
    }
    shown = (
        bars(_("What was wrong"), _("Kind"), KINDS, (note.kind for note in notes)),
        bars(_("How sure we are"), _("Answer"), CERTAINTIES, (note.certainty for note in notes)),
        bars(_("What we did"), _("Outcome"), SEVERITIES, (note.severity for note in notes), to=OUTCOME),
    )
    drawn = f'<div class="abreast">{"".join(shown)}</div>'
    return pictures.figure("audit-glance", _("What was wrong, how sure we are, and what we did"), said, drawn)


def _shown(pages: Iterable[Page], themes: Iterable[Theme]) -> dict[str, list[Page | Theme]]:
    """The pages that show each note."""
    found: dict[str, list[Page | Theme]] = {}
    for shown in pages:
        labels = (passage.label for passage in shown.passages if passage.text.strip())
        for label in dict.fromkeys(label for label in labels if label.startswith(f"{NOTE} ")):
            found.setdefault(label.removeprefix(f"{NOTE} "), []).append(shown)
    for theme in themes:
        for name in dict.fromkeys(name for said in theme.found for name in said.notes):
            found.setdefault(name, []).append(theme)
    return found
