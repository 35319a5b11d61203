"""What search can find, one by one, and of which kind each thing is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from evidence.search.sections import Section
from evidence.text.translation import _


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of thing. `weight` is how much one counts beside others that hold the same words: people rather mean a page than a source."""

    name: str
    weight: float


# In the order in which readers meet them.
KINDS: dict[str, Kind] = {
    "page": Kind(_("Pages"), 1),
    "theme": Kind(_("Themes"), 1.1),
    "nation": Kind(_("Nations"), 1.1),
    "word": Kind(_("Words"), 1),
    "question": Kind(_("Questions"), 0.5),
    "paper": Kind(_("Papers"), 0.5),
    "source": Kind(_("Sources"), 0.5),
    "audit": Kind(_("Audit"), 0.2),
}


@dataclass(frozen=True, slots=True)
class SearchHint:
    """What search is told of the page `uri`, or of its section `section`: its kind; `titles` that are its own as much as the one that it
    shows, such as the forms of a word; and `names`, by which people may look for it, as they may for others.

    A page that is `alone` is found by its titles, its names and `text`, and of its sections only by those with a hint. What has a `title` is found beside its page.
    """

    uri: str
    section: str
    kind: str
    titles: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    alone: bool = False
    title: str = ""
    text: str = ""
    lang: str = ""


@dataclass(frozen=True, slots=True)
class FoundPage:
    """A page as it was built: `uri` in the sources, `url` in the site; `menu` is what the menu calls it, which may be something else, and
    `lang` the language that it is in where that is not the review's."""

    uri: str
    url: str
    title: str
    sections: tuple[Section, ...]
    boost: float = 1
    menu: str = ""
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that can be found: a page, or a section with the title of its page. Entries of one `group` are one result."""

    kind: str
    title: str
    page: str
    url: str
    text: str
    group: str
    titles: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    boost: float = 1
    lang: str = ""


def entries(pages: Iterable[FoundPage], hints: Iterable[SearchHint]) -> list[Entry]:
    """All entries of a site, by kind and in the order of the pages."""
    told: dict[str, list[SearchHint]] = {}
    for hint in hints:
        told.setdefault(hint.uri, []).append(hint)
    order = list(KINDS)
    found = [entry for page in pages for entry in _of_page(page, told.get(page.uri, ()))]
    return sorted(found, key=lambda entry: order.index(entry.kind))


def _of_page(page: FoundPage, hints: Sequence[SearchHint]) -> Iterator[Entry]:
    about: Mapping[str, SearchHint] = {hint.section: hint for hint in hints if not hint.title}
    nothing = SearchHint(page.uri, "", "page")
    whole = about.get("", nothing)
    intro = next((section for section in page.sections if not section.id), Section("", "", ""))
    titles = (*filter(None, [page.menu, intro.title]), *whole.titles)
    yield Entry(
        whole.kind,
        page.title,
        "",
        page.url,
        whole.text or intro.text,
        page.url,
        titles,
        whole.names,
        page.boost,
        page.lang,
    )
    apart = {hint.section for hint in hints if hint.title}
    for section in page.sections:
        hint = about.get(section.id)
        if section.id and section.id not in apart and (hint or not whole.alone):
            url = f"{page.url}#{section.id}"
            kind, group = (hint.kind, url) if hint else (whole.kind, page.url)
            titles, names = (hint.titles, hint.names) if hint else ((), ())
            yield Entry(kind, section.title, page.title, url, section.text, group, titles, names, page.boost, page.lang)
    for hint in hints:
        if hint.title:
            url = f"{page.url}#{hint.section}" if hint.section else page.url
            yield Entry(hint.kind, hint.title, page.title, url, hint.text, url, hint.titles, hint.names, lang=hint.lang)
