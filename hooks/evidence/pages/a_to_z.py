"""What is listed by first letter: the glossary; and the A to Z of all pages, themes, words and papers, for whoever has no script to search with, or likes lists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from evidence.crosslinks import reference_links
from evidence.model.site_data import Term
from evidence.output import blocks, markdown, templates
from evidence.pages import reference_list
from evidence.text import escape
from evidence.text.addresses import site_path
from evidence.text.languages import attributes
from evidence.text.translation import _
from evidence.text.words import without_accents

if TYPE_CHECKING:
    from evidence.pages.generated import Materials

T = TypeVar("T")
PAGE = "a-to-z/index.md"
GLOSSARY = "glossary.md"
FIGURES = "0-9"
# A word that begins like what it leads to would stand beside it.
_ALIKE = 4


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: what it is called, where it leads, what kind of thing that is ('' for a page), on which page it stands, and its language where that is not the review's."""

    title: str
    uri: str
    kind: str = ""
    within: str = ""
    lang: str = ""

    @property
    def name(self) -> str:
        """Its title with its kind, so that the page and the word of one name can be told apart."""
        return f"{self.title} ({self.kind})" if self.kind else self.title


def a_to_z(site: Materials) -> Iterator[blocks.Output]:
    """The page: under each letter its entries, and words that lead to others."""
    entries = list(dict.fromkeys((*_pages(site), *_parts(site), *_words(site))))
    lines = {entry: _line(entry) for entry in entries}
    lines |= {Entry(word, "", "see"): _see(word, found) for word, found in _further(site, entries).items()}
    # Of the same name, pages come first; else the order is that of `entries`.
    inner = sorted(lines, key=lambda entry: bool(entry.kind or entry.within))
    groups = [
        (name, _id(name), [lines[e] for e in found]) for name, found in by_letter(inner, lambda e: e.title).items()
    ]
    sources = reference_links.REFERENCES if site.review.references else ""
    yield templates.page("pages/a_to_z.md.j2", PAGE, "", groups=groups, sources=sources)


def glossary(site: Materials) -> Iterator[blocks.Output]:
    """Every hard word with its meaning in plain words."""
    terms = site.review.glossary.values()
    tail: list[blocks.Block] = []
    for name, found in by_letter(terms, lambda term: term.term).items():
        words = tuple(blocks.Meaning(term.id, blocks.spoken((term.term,), term.lang), _meaning(term)) for term in found)
        tail += [blocks.Heading(2, name, _id(name)), blocks.Meanings(words)]
    yield templates.page("pages/glossary.md.j2", GLOSSARY, "data/glossary.yml", number=len(terms), tail=tuple(tail))


def _meaning(term: Term) -> blocks.Runs:
    if not term.also:
        return (term.meaning,)
    before, _mark, after = (_("Also: %(words)s.") % {"words": "\0"}).partition("\0")
    also = blocks.spoken((", ".join(term.also),), term.lang)
    return (f"{' '.join(term.meaning.split())} {before}", *also, after)


def by_letter(items: Iterable[T], title: Callable[[T], str]) -> dict[str, list[T]]:
    """Things by the letter under which their titles stand, in order."""
    found: dict[str, list[T]] = {}
    for item in sorted(items, key=lambda item: sorted_by(title(item))):
        found.setdefault(letter(title(item)), []).append(item)
    return found


def _pages(site: Materials) -> Iterator[Entry]:
    """Written pages, generated ones, and papers. The home page is one click away from everywhere, and the list of references from its parts."""
    themes = {theme.uri: theme.title for theme in site.review.themes.values()}
    kinds = dict.fromkeys(themes, _("theme")) | dict.fromkeys(site.papers_by_page, _("paper"))
    for uri, title in site.page_titles(but=PAGE):
        if site_path(uri) and not uri.startswith(reference_list.PARTS):
            yield Entry(themes.get(uri, title), uri, kinds.get(uri, ""))


def _parts(site: Materials) -> Iterator[Entry]:
    """Parts of pages that have marks of their own, so that they are about something, and a title that no other part has."""
    titles = Counter(section.title for document in site.documents for section in document.sections)
    for document in site.documents:
        for section in document.sections:
            if section.level == 2 and section.own and titles[section.title] == 1:
                yield Entry(section.title, f"{document.uri}#{section.id}", within=document.title)


def _words(site: Materials) -> Iterator[Entry]:
    for term in site.review.glossary.values():
        yield Entry(term.term, f"{GLOSSARY}#{term.id}", _("word"), lang=term.lang)


def _further(site: Materials, entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    """Other words that people look for, and what each leads to."""
    at = {entry.uri: entry for entry in entries}
    wanted = [(word, theme.uri) for theme in site.review.themes.values() for word in theme.search]
    wanted += [(word, bet.page) for bet in site.review.bets.values() for word in bet.words if bet.page in at]
    wanted += [(word, f"{GLOSSARY}#{term.id}") for term in site.review.glossary.values() for word in term.also]
    titles = {entry.title.casefold() for entry in at.values()}
    found: dict[str, list[Entry]] = {}
    for word, uri in wanted:
        entry = at[uri]
        if word.casefold() not in titles and not entry.title.casefold().startswith(word.casefold()[:_ALIKE]):
            found.setdefault(word[:1].upper() + word[1:], []).append(entry)
    return found


def _line(entry: Entry) -> str:
    link = _link(entry)
    return (
        _("%(part)s, on the page “%(page)s”") % {"part": link, "page": escape.markdown(entry.within)}
        if entry.within
        else link
    )


def _see(word: str, entries: list[Entry]) -> str:
    links = "; ".join(map(_link, dict.fromkeys(entries)))
    return _("%(word)s: see %(links)s") % {"word": _spoken(word, entries[0].lang), "links": links}


def _link(entry: Entry) -> str:
    link = markdown.link(entry.name, entry.uri, PAGE)
    return link.replace(escape.markdown(entry.title), _spoken(entry.title, entry.lang), 1)


def _spoken(words: str, lang: str) -> str:
    return f"<bdi{attributes(lang)}>{escape.markdown(words)}</bdi>" if lang else escape.markdown(words)


def sorted_by(title: str) -> str:
    """What a title is sorted by: without accents, capitals, signs or an article before its first word."""
    words = "".join(sign if sign.isalnum() else " " for sign in without_accents(title).casefold()).split()
    # Translators: the articles of the language, with blanks between them.
    articles = _("the a an").split()
    return " ".join(words[1:] if len(words) > 1 and words[0] in articles else words)


def letter(title: str) -> str:
    """The letter under which a title stands: of any script; all figures together."""
    first = sorted_by(title)[:1] or "0"
    return first.upper() if first.isalpha() else FIGURES


def _id(name: str) -> str:
    return f"letter-{name.lower()}" if name.isascii() else f"letter-{ord(name[0]):x}"
