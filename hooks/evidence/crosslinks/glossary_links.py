"""First uses of glossary words on a page become links to their meanings: in a list at the end of the page, which works on paper and without a script, or in the glossary."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from evidence.documents.parts import Parts
from evidence.model.site_data import Term
from evidence.output import blocks
from evidence.text.addresses import relative
from evidence.text.languages import attributes
from evidence.text.translation import _

GLOSSARY = "glossary.md"
WORDS_ID = "words-on-this-page"
# What must stay as it is: links, citations and brackets, marks of support, tags, attribute lists, comments, tables, headings, admonition titles, addresses.
_PROTECTED = re.compile(
    r"<!--.*?-->|<small class=\"support\"[^>]*>(?:<span[^>]*>[^<]*</span>)?(?:[^<]|</?bdi\b[^<>]*>)*</small>|!?\[[^\[\]]*\](?:\([^()]*\))?|<[^<>]*>|\{[^{}]*\}|^[ \t]*(?:\||!!!|#|Table: |Figure: |---).*$|\bhttps?://\S+",
    re.S | re.M,
)


@dataclass(frozen=True)
class Linker:
    """Links the first use of each term; `seen` holds the ids that the page has linked so far. With `here`, links lead to the page's own list."""

    terms: Mapping[str, Term]
    uri: str
    seen: set[str] = field(default_factory=set)
    here: bool = False

    @cached_property
    def _forms(self) -> dict[str, str]:
        chosen = [term for term in self.terms.values() if term.link]
        return {form.casefold(): term.id for term in chosen for form in (term.term, *term.also)}

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        forms = sorted(self._forms, key=len, reverse=True)
        return re.compile(rf"(?<![\w-])(?:{'|'.join(re.escape(form) for form in forms)})(?![\w-])", re.I)

    def link(self, parts: Parts) -> str:
        """A text with the page's first use of each term as a link."""
        text = parts.text
        if not self._forms:
            return text
        spans = sorted([*parts.code, *(m.span() for m in _PROTECTED.finditer(text))])
        out: list[str] = []
        at = 0
        for begin, end in [*spans, (len(text), len(text))]:
            if begin > at:
                out.append(self._pattern.sub(self._replace, text[at:begin]))
            if end > at:
                out.append(text[max(at, begin) : end])
                at = end
        return "".join(out)

    def _replace(self, match: re.Match[str]) -> str:
        term = self._forms[match[0].casefold()]
        if term in self.seen:
            return match[0]
        self.seen.add(term)
        target = f"#{word_id(term)}" if self.here else f"{relative(self.uri, GLOSSARY)}#{term}"
        return f"[{match[0]}]({target}){{ .term{attributes(self.terms[term].lang)} }}"

    def words(self) -> Iterator[blocks.Block]:
        """The list of the words that the page has linked, each with its meaning and a link to the glossary."""
        if not self.seen or not self.here:
            return
        yield blocks.Heading(2, _("Words on this page"), WORDS_ID, "data-search-exclude")
        terms = sorted((self.terms[name] for name in self.seen), key=lambda term: term.term.casefold())
        yield blocks.Meanings(
            tuple(
                blocks.Meaning(
                    word_id(t.id), blocks.spoken((blocks.Link(t.term, f"{GLOSSARY}#{t.id}"),), t.lang), (t.meaning,)
                )
                for t in terms
            )
        )


def word_id(term: str) -> str:
    """The id of a word in the list at the end of a page."""
    return f"word-{term}"
