"""Any two nations side by side: a page for each pair, and the links to them.

A page of two is written with the directives that an editor would write, and filled in as written pages are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from evidence.crosslinks import Context, Passage, index, passages, resolving
from evidence.documents.document import Document, Marks
from evidence.model.review import Nation, Review
from evidence.model.vocabulary import EDITORS
from evidence.output import blocks, markdown, templates
from evidence.references import Label
from evidence.sources import parse_document
from evidence.text import escape
from evidence.text.translation import _

ADDRESS = "nations/compare/{}.md"
# More pairs than those of so many nations are no list to choose from.
MOST_NATIONS = 6
_IN_A_LINE = 6
_MADE_FROM = "data/nations.yml"


def pair_name(one: Nation, other: Nation) -> str:
    """The name of the page of two nations, in its address."""
    return f"{one.id}-and-{other.id}"


def pair_uri(one: Nation, other: Nation) -> str:
    """The source address of the page that sets two nations side by side."""
    return ADDRESS.format(pair_name(one, other))


def pairs_of(review: Review) -> list[tuple[Nation, Nation]]:
    """Any two nations, in the order of the data; none where two are all, where there is nothing to compare, or for too many."""
    nations = list(review.nations.values())
    if not (review.comparison or review.glance) or not 2 < len(nations) <= MOST_NATIONS:
        return []
    return [(one, other) for i, one in enumerate(nations) for other in nations[i + 1 :]]


def pairs(context: Context, wanted: tuple[str, ...]) -> Iterator[Passage]:
    """Links to the pages of all pairs, or of those with one nation."""
    known = context.review.nations
    name = passages.choose_one(wanted, known, "nation") if wanted else ""
    found = pairs_of(context.review)
    if not found and context.review.damaged:  # perhaps a nation, which is told already
        return
    if not found:
        raise passages.AbsentError(
            f"there are pages of two nations only for three to {MOST_NATIONS}, and with rows in data/comparison.yml"
        )
    for line in _lines(context, name, found):
        yield context.passage(f"\n\n{line}\n{{ .pairs .screen-only }}\n\n", voice=EDITORS, marks=Marks())


def _lines(context: Context, name: str, found: list[tuple[Nation, Nation]]) -> Iterator[str]:
    """The links in one line; of more than six pairs, in a line for each nation, with those after it."""
    known, uri = context.review.nations, context.document.uri
    if not name and len(found) <= _IN_A_LINE:
        both = _("%(one)s and %(other)s")
        yield ", ".join(markdown.link(both % {"one": a.name, "other": b.name}, pair_uri(a, b), uri) for a, b in found)
        return
    label = _("%(one)s beside %(other)s")
    for first in [name] if name else dict.fromkeys(one.id for one, _other in found):
        pairs_with = [pair for pair in found if (first in (pair[0].id, pair[1].id) if name else pair[0].id == first)]
        links = []
        for one, other in pairs_with:
            beside = one if other.id == first else other
            words = label % {"one": known[first].name, "other": beside.name}
            links.append(markdown.link(beside.name, pair_uri(one, other), uri, label=words))
        yield f"{_('%s beside:') % escape.markdown(known[first].name)} {', '.join(links)}"


def first_of_each(review: Review) -> dict[str, Nation]:
    """The name of each page -> the first of its nations."""
    return {pair_name(*pair): pair[0] for pair in pairs_of(review)}


def pair_pages(
    review: Review,
    known: Mapping[str, Label],
    documents: tuple[Document, ...],
    formatted: Mapping[str, str],
    kinds: Mapping[str, passages.DirectiveKind],
) -> Iterator[blocks.Output]:
    """The pages of all pairs. What they show is cited where it stands for itself, so the cross-links know nothing of them."""
    for one, other in pairs_of(review):
        uri, pair = pair_uri(one, other), {one.id, other.id}
        events = any(not event.nations or pair.intersection(event.nations) for event in review.timeline.values())
        made = templates.page(
            "directives/pair.md.j2", uri, _MADE_FROM, review=review, one=one, other=other, events=events
        )
        document = parse_document(str(made.content), _MADE_FROM, uri)[0]
        page = passages.paginate(review, known, document, kinds, documents)[0]
        # The file of the whole comparison holds what a file of two would.
        page = replace(page, passages=tuple(passage for passage in page.passages if not passage.table))
        cited = index.build_index(review, [page], known).by_page[uri]
        resolved = resolving.resolve_citations(page, cited, review, known, formatted)
        front = str(made.content).partition("\n---\n")[0]
        body = replace(resolved, tail=()).markdown()
        yield replace(made, content=f"{front}\n---\n\n{body}", tail=resolved.tail)
