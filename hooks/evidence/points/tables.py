"""Statements as data: a table of all that the site states, and a table of who cites what where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from evidence.crosslinks import Page, index, reference_links
from evidence.crosslinks.support import Statement, support_of
from evidence.documents.document import Marks
from evidence.model.review import Review
from evidence.model.vocabulary import EDITORS, MEMBERS
from evidence.output.data_tables import Column, DataTable, data_table
from evidence.references import Label
from evidence.text.addresses import page_address
from evidence.text.translation import _

_VOICES = {"": _("the review"), MEMBERS: _("members"), EDITORS: _("the editors")}
_NONE, _ONE, _SEVERAL = _("no source"), _("one source"), _("two sources or more")
_BETWEEN = _("with semicolons between them")
_ADDRESS = Column(_("Address"), _("Where it stands: the address of the page and the place on it."))
_PAGE = (
    Column(_("Page"), _("The title of the page.")),
    Column(_("Section"), _("The heading above it; empty before the first heading.")),
)
_VOICE = Column(_("Voice"), _("Who says it."), values=tuple(_VOICES.values()))
_ABOUT = (
    Column(_("Themes"), _("The themes of the passage, %s.") % _BETWEEN),
    Column(_("Nations"), _("The nations that the passage is about, %s.") % _BETWEEN),
)
_STATEMENTS = (
    _ADDRESS,
    Column(_("Id"), _("Its name on its page. A name that the editors gave stays when its words change or move.")),
    *_PAGE,
    Column(_("Text"), _("Its words, without citations.")),
    _VOICE,
    *_ABOUT,
    Column(_("Sources"), _("The sources that it cites, with the place in each, %s.") % _BETWEEN),
    Column(_("Keys"), _("Their names in the files of this site, %s.") % _BETWEEN),
    Column(_("Number of sources"), _("How many sources it cites. That does not say how strong it is."), "integer"),
    Column(_("Peer reviewed"), _("How many of these are peer reviewed."), "integer"),
    Column(_("Support"), _("How many sources it names, in words."), values=(_NONE, _ONE, _SEVERAL)),
)
_CITATIONS = (
    _ADDRESS,
    Column(_("Key"), _("The name of the cited source in the files of this site.")),
    Column(_("Source"), _("The source as it is cited.")),
    *_PAGE,
    Column(_("Statement"), _("The name of the statement on the page, if it can be linked to.")),
    _VOICE,
    *_ABOUT,
    Column(_("Words before"), _("Words that stand before the citation, such as “see”.")),
    Column(_("Place in the source"), _("The page or section that the citation names.")),
    Column(_("Passage"), _("The sentence that cites it; a long one is cut.")),
)


def statements_table(pages: Iterable[Page], review: Review, known: Mapping[str, Label], page: str) -> DataTable:
    """All statements that can be linked to, each in each of its places; `page` is the page that offers the table."""
    made = ((shown, made.statement) for shown in pages for made in shown.stated)
    rows = [_statement(review, known, shown, said) for shown, said in made if said.voice != EDITORS]
    words = (
        _(
            "What the review and members say, statement by statement, with the sources of each. The same words in several places are several rows."
        )
        if review.network
        else _(
            "What the review says, statement by statement, with the sources of each. The same words in several places are several rows."
        )
    )
    title = _("Statements and what they rest on")
    return data_table(
        "support/statements.csv", "docs", title, _STATEMENTS, rows, description=words, page=page, key=_("Address")
    )


def _statement(review: Review, known: Mapping[str, Label], page: Page, said: Statement) -> list[str]:
    support = support_of([said], review)
    number = len(support.keys)
    return [
        _address(review, said.uri, said.id),
        said.id,
        page.title,
        said.title if said.section else "",
        said.text(known),
        _VOICES[said.voice],
        *_about(review, said.marks),
        "; ".join(known[item.key].cited(item) for item in said.items if item.key in known),
        "; ".join(support.keys),
        str(number),
        str(support.reviewed),
        (_NONE, _ONE, _SEVERAL)[min(number, 2)],
    ]


def citations_table(cited: index.Index, review: Review, known: Mapping[str, Label], page: str) -> DataTable:
    """Who cites what where: each citation of each work."""
    words = _(
        "Each place of this site that cites a source, with the sentence, the page, and the statement that it stands in."
    )
    rows = [list(_citation(review, known, place)) for places in cited.by_page.values() for place in places]
    title = _("Who cites what, and where")
    return data_table(
        "support/citations.csv", "docs", title, _CITATIONS, rows, description=words, page=page, key=_("Address")
    )


def _citation(review: Review, known: Mapping[str, Label], place: index.Occurrence) -> Iterator[str]:
    said = place.statement
    yield _address(review, place.uri, reference_links.anchor(place.item.key, place.number))
    yield place.item.key
    yield str(known[place.item.key])
    yield place.page_title
    yield place.label if place.section else ""
    yield said.id if said and said.voice != EDITORS else ""
    yield _VOICES[said.voice if said else ""]
    yield from _about(review, place.marks)
    yield place.item.prefix
    yield place.item.locator
    yield place.excerpt


def _about(review: Review, marks: Marks) -> Iterator[str]:
    yield "; ".join(review.themes[name].title for name in marks.themes if name in review.themes)
    yield "; ".join(review.nations[name].name for name in marks.nations if name in review.nations)


def _address(review: Review, uri: str, name: str) -> str:
    return f"{page_address(uri, review.publisher.site_address)}#{name}"
