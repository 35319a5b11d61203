"""A page in passages -> its final Markdown: citations as links, and at the end the page's own reference list with links back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from evidence import escape
from evidence.cite import NO_CITATION, Label, anchor, item_link
from evidence.document import Citation, citations, without_comments
from evidence.harvard import sort_key, to_markdown
from evidence.index import Place
from evidence.model import Review
from evidence.passages import Page, relative
from evidence.terms import Linker

REFERENCES_ID = "references"
NOT_TRACED_ID = "not-traced"
_UNCITED = re.compile(r"<!--\s*evidence:\s*uncited\s*-->")


@dataclass(frozen=True, slots=True)
class Filled:
    """A page's Markdown with its citations apart: `pieces` and `links` alternate, one link group a citation, `tail` is the reference list."""

    uri: str
    pieces: tuple[str, ...]
    citations: tuple[Citation, ...]
    links: tuple[str, ...]
    tail: str

    def markdown(self) -> str:
        """The whole page, for any engine."""
        return self._woven(self.links)

    def numbered(self) -> str:
        """The page with each citation as mkdocs-bibtex reads it, told apart by its number: '[0 @key]', '[1 @key; @other]'.

        The plugin replaces all brackets of the same text at once; the number, in the place of pandoc's prefix, makes each unique.
        """
        return self._woven(
            tuple(f"[{i} {'; '.join(f'@{item.key}' for item in c.items)}]" for i, c in enumerate(self.citations))
        )

    def _woven(self, between: tuple[str, ...]) -> str:
        parts = [part for pair in zip(self.pieces, between, strict=False) for part in pair]
        return "".join([*parts, self.pieces[-1], self.tail])


def fill(
    page: Page, places: tuple[Place, ...], review: Review, known: Mapping[str, Label], formatted: Mapping[str, str]
) -> Filled:
    """Put links in the place of a page's citations. `places` are the index's for this page, in order; `formatted` is from `harvard`."""
    linker = Linker(review.glossary if page.links_terms else {}, page.uri)
    pieces: list[str] = []
    found: list[Citation] = []
    links: list[str] = []
    waiting = iter(places)
    open_piece: list[str] = []
    titled = False
    for passage in page.passages:
        at = 0
        written = not (passage.generated or passage.heading)
        for citation in citations(passage.text)[0]:
            open_piece.append(_finished(passage.text[at : citation.start], linker if written else None))
            pieces.append("".join(open_piece))
            open_piece = []
            found.append(citation)
            links.append(_group(citation, waiting, known))
            at = citation.end
        open_piece.append(_finished(passage.text[at:], linker if written else None))
        if passage.heading and not titled:
            titled = True
            open_piece.append(f"\n{page.facts}")
    pieces.append("".join(open_piece))
    return Filled(
        page.uri,
        tuple(pieces),
        tuple(found),
        tuple(links),
        "".join(_reference_list(page, places, review, known, formatted)),
    )


def _finished(text: str, linker: Linker | None) -> str:
    """A piece of text as readers get it: missing citations named, first uses of hard words linked, comments gone."""
    text = without_comments(_UNCITED.sub(NO_CITATION, text))
    return linker.link(text) if linker else text


def _group(citation: Citation, waiting: Iterator[Place], known: Mapping[str, Label]) -> str:
    texts = [item_link(item, next(waiting).number, known) for item in citation.items if item.key in known]
    return f"({'; '.join(texts)})"


def _reference_list(
    page: Page, places: tuple[Place, ...], review: Review, known: Mapping[str, Label], formatted: Mapping[str, str]
) -> Iterator[str]:
    cited: dict[str, list[Place]] = {}
    for place in places:
        cited.setdefault(place.item.key, []).append(place)
    traced = sorted(
        (key for key in cited if key in review.references), key=lambda key: sort_key(review.references[key], known[key])
    )
    untraced = sorted(key for key in cited if key in review.untraced)
    if traced:
        yield f"\n\n## References {{ #{REFERENCES_ID} data-search-exclude }}\n\n"
        for key in traced:
            reference = review.references[key]
            details = (
                f"[About this source: {escape.markdown(str(known[key]))}]({relative(page.uri, f'references/{key}.md')})"
            )
            yield f"- {to_markdown(formatted[key], reference.url)} {details}. {_back(cited[key], known[key])}\n  {{ #ref-{key} .reference }}\n"
    if untraced:
        yield f"\n\n## Cited in the source, not traced {{ #{NOT_TRACED_ID} data-search-exclude }}\n\n"
        for key in untraced:
            record = review.untraced[key]
            status = f"{record.status[:1].upper()}{record.status[1:]}"
            yield f"- {escape.markdown(record.label)}. {escape.markdown(status)}. {escape.markdown(record.known)} {_back(cited[key], known[key])}\n"
            yield f"  {{ #ref-{key} .reference }}\n"


def _back(places: list[Place], label: Label) -> str:
    """Plain links back to every place on the page that cites a work, each with a name of its own."""
    links = []
    for i, place in enumerate(places, 1):
        same = [p for p in places if p.label == place.label]
        order = f" ({same.index(place) + 1} of {len(same)})" if len(same) > 1 else ""
        where = escape.markdown(_plain_label(place.label) + order)
        name = escape.attribute(f"{_plain_label(place.label)}{order}, where {label} is cited")
        links.append(f'[{where}](#{anchor(place.item.key, place.number or i)}){{ .back aria-label="{name}" }}')
    return f"Cited on this page in: {', '.join(links)}."


def _plain_label(label: str) -> str:
    return re.sub(r"[*_`]", "", label)
