"""A page in passages -> its final Markdown: citations as links, and at the end the page's own reference list with links back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from evidence.crosslinks.glossary_links import Linker
from evidence.crosslinks.index import Occurrence
from evidence.crosslinks.passages import Page
from evidence.crosslinks.reference_links import (
    NOT_TRACED_ID,
    NOT_TRACED_TITLE,
    about,
    anchor,
    entry,
    entry_id,
    full_stop,
    item_link,
    which,
)
from evidence.crosslinks.support import anchors_of, explained, kinds_on_page, marks_of, with_links
from evidence.documents.parts import Citation
from evidence.model.review import Review
from evidence.output import blocks
from evidence.references import Label, in_order
from evidence.text.addresses import slug
from evidence.text.direction import after
from evidence.text.translation import _

REFERENCES_ID = "references"


@dataclass(frozen=True, slots=True)
class ResolvedPage:
    """A page's Markdown with its citations apart: `pieces` and `links` alternate, one link group a citation, `tail` is the reference list."""

    uri: str
    pieces: tuple[str, ...]
    citations: tuple[Citation, ...]
    links: tuple[str, ...]
    tail: tuple[blocks.Block, ...]

    def markdown(self) -> str:
        """The whole page, for any engine."""
        return self._woven(self.links) + blocks.to_markdown(self.tail, self.uri)

    def numbered(self) -> str:
        """The page, without its reference list, with each citation as mkdocs-bibtex reads it, told apart by its number: '[0 @key]', '[1 @key; @other]'.

        The plugin replaces all brackets of the same text at once; the number, in the place of pandoc's prefix, makes each unique. Keys are as in
        addresses, since it knows letters, digits, '-' and '_' only.
        """
        return self._woven(
            tuple(f"[{i} {'; '.join(f'@{slug(item.key)}' for item in c.items)}]" for i, c in enumerate(self.citations))
        )

    def _woven(self, between: tuple[str, ...]) -> str:
        parts = [part for pair in zip(self.pieces, between, strict=False) for part in pair]
        return "".join([*parts, self.pieces[-1]])


def resolve_citations(
    page: Page,
    occurrences: tuple[Occurrence, ...],
    review: Review,
    known: Mapping[str, Label],
    formatted: Mapping[str, str],
    *,
    downloads: tuple[blocks.Block, ...] = (),
    words_here: bool = True,
    content_first: bool = False,
) -> ResolvedPage:
    """Put links in the place of a page's citations. `occurrences` are the index's for this page, in order; `formatted` is from `format_works`.

    `downloads` stand below the list of references. With `words_here`, hard words lead to a list at the end of the page, else to the glossary.
    With `content_first`, the line on marks of support stands below the first section that has one, else below the first heading.
    """
    linker = Linker(review.glossary if page.links_terms else {}, page.uri, here=words_here)
    put: dict[int, dict[int, str]] = defaultdict(dict)
    marks = list(marks_of(page.stated, review)) if page.support else []
    old = ((number, at, f'<span id="{name}" class="statement"></span>') for number, at, name in page.old_ids)
    for number, offset, words in (*anchors_of(page.stated), *old, *with_links(marks, page.stated)):
        put[number][offset] = put[number].get(offset, "") + words
    pieces = [""]
    found: list[Citation] = []
    links: list[str] = []
    waiting = iter(occurrences)
    key = explained([*(words for _, _, words in marks), *(said.parts.text for said in page.passages)], review)
    above, below = ("", key) if content_first else (key, "")
    facts = f"\n{page.facts}{above}"  # below the first heading
    marked = False
    for number, passage in enumerate(page.passages):
        if passage.heading and marked and below:
            pieces[-1] += f"\n\n{below}"
            below = ""
        marked = marked or bool(explained([passage.parts.text, *put[number].values()], review))
        parts = passage.parts.shown(put[number].items())
        as_written = passage.generated or passage.heading
        at = 0
        for citation in parts.citations:
            before = parts.cut(at, citation.start)
            pieces[-1] += before.text if as_written else linker.link(before)
            pieces.append("")
            items = [item for item in citation.items if item.key in known]
            shown = "; ".join(item_link(item, next(waiting).number, known[item.key]) for item in items)
            links.append(after(before.text, f"({shown})"))
            found.append(citation)
            at = citation.end
        rest = parts.cut(at, len(parts.text))
        pieces[-1] += rest.text if as_written else linker.link(rest)
        if passage.heading:
            pieces[-1] += facts
            facts = ""
    pieces[-1] += f"\n\n{below}" if below else ""
    tail = (
        *linker.words(),
        *(kinds_on_page(page.stated, review) if marks else ()),
        *_reference_list(occurrences, review, known, formatted, downloads),
    )
    return ResolvedPage(page.uri, tuple(pieces), tuple(found), tuple(links), tail)


def _reference_list(
    occurrences: tuple[Occurrence, ...],
    review: Review,
    known: Mapping[str, Label],
    formatted: Mapping[str, str],
    downloads: tuple[blocks.Block, ...],
) -> Iterator[blocks.Block]:
    """A page's own list of references: each in full, with a link to its page and links back to every place that cites it."""
    cited: dict[str, list[Occurrence]] = defaultdict(list)
    for occurrence in occurrences:
        cited[occurrence.item.key].append(occurrence)

    def item(key: str, *words: blocks.Inline) -> blocks.Item:
        return blocks.Item((*words, *_back(cited[key], known[key])), entry_id(key), "reference")

    if traced := in_order(cited, review, known):
        yield blocks.Heading(2, _("References"), REFERENCES_ID, "data-search-exclude")
        items = []
        for key in traced:
            full = entry(review.references[key], formatted[key], known)
            items.append(item(key, *full, " ", about(key, known[key]), f"{full_stop(known[key])} "))
        yield blocks.Items(tuple(items))
        yield from downloads
    if untraced := sorted(key for key in cited if key in review.untraced):
        yield blocks.Heading(2, NOT_TRACED_TITLE, NOT_TRACED_ID, "data-search-exclude")
        yield blocks.Items(tuple(item(key, f"{review.untraced[key].words} ") for key in untraced))


def _back(occurrences: list[Occurrence], label: Label) -> blocks.Runs:
    """Plain links back to every place on the page that cites a work, each with a name of its own."""
    runs: list[blocks.Inline] = [_("Cited on this page in: ")]
    for i, occurrence in enumerate(occurrences):
        same = [p for p in occurrences if p.label == occurrence.label]
        text = f"{occurrence.label}{which(occurrence, same)}"
        target = f"#{anchor(occurrence.item.key, occurrence.number)}"
        name = _("%(place)s, where %(work)s is cited") % {"place": text, "work": label}
        runs += [", " if i else "", blocks.Link(text, target, name, "back")]
    return tuple(run for run in (*runs, ".") if run)
