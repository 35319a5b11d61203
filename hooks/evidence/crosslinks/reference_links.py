"""How a page speaks of a work: its address, the link to its page, and which of several places is meant."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from evidence.crosslinks.index import Occurrence
from evidence.documents.parts import CitedItem
from evidence.model.base import Reference
from evidence.model.vocabulary import EDITORS, standing_words
from evidence.output import blocks, markdown
from evidence.references import Label
from evidence.text import escape
from evidence.text.addresses import slug
from evidence.text.translation import _

REFERENCES = "references/index.md"
NOT_TRACED_ID, NOT_TRACED_TITLE = "not-traced", _("Cited in the source, not traced")
# Where citations are listed that nobody could trace to a work.
NOT_TRACED = f"{REFERENCES}#{NOT_TRACED_ID}"


def reference_uri(key: str) -> str:
    """The source address of a reference's page."""
    return f"references/{slug(key)}.md"


def about(key: str, label: Label) -> blocks.Link:
    """The link to a reference's page."""
    return blocks.Link(_("About this source: %s") % label, reference_uri(key), standing=label.standing)


def cited(item: CitedItem, label: Label, target: str, uri: str) -> str:
    """A citation as a Markdown link on the page `uri`."""
    return markdown.link(label.cited(item), target, uri, standing=label.standing)


def named(key: str, label: Label, uri: str) -> str:
    """A work's label as a Markdown link to its page, on the page `uri`."""
    return markdown.link(str(label), reference_uri(key), uri, standing=label.standing)


def entry(reference: Reference, formatted: str, known: Mapping[str, Label], *, on_paper: bool = False) -> blocks.Runs:
    """A work as lists have it: in full, and what has become of it."""
    after = standing(reference, known)
    return (*in_full(reference, formatted, known, on_paper=on_paper), *((" ", *after) if after else ()))


def in_full(reference: Reference, formatted: str, known: Mapping[str, Label], *, on_paper: bool = False) -> blocks.Runs:
    """A work in full (see `format_works`), with the kept copy beside its own address; on paper, that copy's address is spelt out."""
    runs = blocks.reference_runs(formatted, reference.url)
    copy = reference.field("archived")
    if copy and on_paper:
        return (*runs, f" {_('Kept copy:')} ", blocks.Link(copy, copy), ".")
    return (*runs, " ", blocks.Link(_("Kept copy of %s") % known[reference.key], copy), ".") if copy else runs


def standing(reference: Reference, known: Mapping[str, Label]) -> blocks.Runs:
    """What has become of a work, in a framed word and a few sentences, with the work that has taken its place; () where there is nothing to say."""
    word, said = standing_words(reference.field("status"), reference.field("statusnote"))
    if not word:
        return ()
    runs: list[blocks.Inline] = [blocks.Standing(word), f". {said}"]
    newer = reference.field("supersededby")
    if newer in known:
        label = known[newer]
        runs += [f" {_('See instead:')} ", blocks.Link(str(label), reference_uri(newer), standing=label.standing)]
        runs += [stop] if (stop := full_stop(label)) else []
    return tuple(runs)


def full_stop(label: Label) -> str:
    """The full stop after a label at the end of a sentence; none where the label ends with one, as in "TLAP, n.d."."""
    return "" if str(label).endswith(".") else "."


def which(occurrence: Occurrence, same: Sequence[Occurrence]) -> str:
    """' (2 of 3)' for the second of three places with the same label; '' for one that stands alone."""
    if len(same) < 2:
        return ""
    return " " + _("(%(number)s of %(all)s)") % {"number": same.index(occurrence) + 1, "all": len(same)}


def place_of(occurrence: Occurrence) -> str:
    """Where a link to the place that cites a work leads: to the statement that cites it, whose id lasts, else to the citation."""
    said = occurrence.statement
    name = said.id if said and said.voice != EDITORS else anchor(occurrence.item.key, occurrence.number)
    return f"{occurrence.uri}#{name}"


def anchor(key: str, number: int) -> str:
    """The id of the place where `key` is cited for the `number`th time on a page."""
    return f"cite-{slug(key)}-{number}"


def entry_id(key: str) -> str:
    """The id of a work in a list of references."""
    return f"ref-{slug(key)}"


def item_link(item: CitedItem, number: int, label: Label) -> str:
    """One work of a citation as a Markdown link to the page's own reference list."""
    prefix = f"{escape.markdown(item.prefix)} " if item.prefix else ""
    text, full = (label.cited(CitedItem(item.key, item.locator, "", alone)) for alone in (item.suppress_author, False))
    # A year alone says little to someone who hears links one by one, so such a link is named in full.
    name, id_ = full if full != text else "", anchor(item.key, number)
    target = f"#{entry_id(item.key)}"
    return prefix + markdown.link(text, target, "", id_=id_, css="citation", label=name, standing=label.standing)


def backlinks(occurrences: tuple[Occurrence, ...], otherwise: str) -> Iterator[blocks.Block]:
    """The places that cite a work, below a heading for each page: each sentence once, with all the places that say it in the same words."""
    if not occurrences:
        yield blocks.Paragraph((otherwise,))
    same: dict[str, list[Occurrence]] = {}
    for occurrence in occurrences:
        same.setdefault(occurrence.excerpt, []).append(occurrence)
    alike: dict[tuple[str, str], dict[str, Occurrence]] = defaultdict(dict)
    for occurrence in occurrences:
        alike[occurrence.uri, occurrence.label].setdefault(place_of(occurrence), occurrence)
    pages: dict[str, list[list[Occurrence]]] = {}
    for found in same.values():
        pages.setdefault(found[0].uri, []).append(found)
    for number, sentences in enumerate(pages.values(), 1):
        yield blocks.Heading(3, sentences[0][0].page_title, f"cited-on-{number}")
        yield blocks.Items(tuple(blocks.Item(tuple(_cited_at(found, alike))) for found in sentences))


def _cited_at(
    found: list[Occurrence], alike: Mapping[tuple[str, str], Mapping[str, Occurrence]]
) -> Iterator[blocks.Inline]:
    """The places of one sentence, each as a link to the statement there, and the sentence; `alike` are the places of the work by page and label."""
    here = found[0].uri
    for number, (target, place) in enumerate({place_of(place): place for place in found}.items()):
        same = alike[place.uri, place.label]
        text = f"{place.label}{which(same[target], list(same.values()))}"
        # Out of its list, a link needs the page's title too.
        whole = f"{place.page_title}: {text}" if place.label != place.page_title else text
        shown = text if place.uri == here else whole
        yield "; " if number else ""
        yield blocks.Link(shown, target, whole if whole != shown else "")
    yield f": “{found[0].excerpt}”"


def on_paper(page: Iterable[blocks.Block]) -> Iterator[blocks.Block]:
    """Blocks without the links to pages about each work, with which references end on the screen."""
    for block in page:
        if isinstance(block, blocks.Items):
            yield blocks.Items(tuple(replace(item, runs=_before_link(item.runs)) for item in block.items))
        else:
            yield block


def _before_link(runs: blocks.Runs) -> blocks.Runs:
    for at, run in enumerate(runs):
        if isinstance(run, blocks.Link) and run.target.endswith(".md"):
            return runs[: at - 1] if at and runs[at - 1] == " " else runs[:at]
    return runs
