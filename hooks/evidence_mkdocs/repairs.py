"""Small repairs of finished files that neither configuration nor a template of the theme can make: pure functions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from urllib.parse import urljoin

from evidence.text.languages import attributes, way_of
from evidence_mkdocs.settings import CHOOSE, PICTURES, RECORDING

# The ids of the headings that say who speaks: members, the evidence, the editors.
_VOICE = re.compile(r'<h2 id="(members|found|reading)">.*?(?=<h2[ >]|\Z)', re.S)
_CHECK_BOX = re.compile(r'(<input [^>]*type="checkbox"[^>]*?) autocomplete="off"')
# Headings of the page's own sections: those of what stands at the end of every page are kept out of search. One with a link in it has it already.
_SECTION = re.compile(
    r'(<h([23])(?=[^>]* id="([^"]+)")(?![^>]*(?:data-search-exclude|screen-only))[^>]*>)((?:(?!<a\b|</h\2>).)*)(</h\2>)',
    re.S,
)
# A link with its words, before which others may stand in an element.
_LINK = re.compile(r'<a((?: [^<>]*?)?) href="([^"<>]*)"([^<>]*)>((?:<span>[^<>]*</span> ?)?)([^<>]*)</a>')
_HEADING = re.compile(r'<h([2-6])\b[^>]* id="([^"]+)"[^>]*>(.*?)</h\1>', re.S)
_SPOKEN_HEADING = re.compile(r'<h[2-6](?=[^>]* lang="([^"]+)")(?=[^>]* id="([^"]+)")')
# What a page must hold to need a style sheet of its own.
_WANTED = {
    PICTURES: ('<svg class="mark',),
    CHOOSE: ("choose-here", "data-people="),
    RECORDING: ('<figure class="recording"',),
}
# Looked for by its beginning, not by the blanks before it: these stand everywhere on a page.
_SHEET = re.compile(rf'<link rel="stylesheet" href="[^"]*?({"|".join(map(re.escape, _WANTED))})">')
# The theme's <main>, around navigation and all.
_OUTER_MAIN = re.compile(r'<main class="md-main"[^>]*>(.*)</main>', re.S)
_UNUSED = re.compile(r".*\.map|assets/stylesheets/.*|assets/javascripts/.*")


@dataclass(frozen=True, slots=True)
class Abroad:
    """A page in another language than that of the review: which, and the titles and headings that are in it."""

    lang: str
    titles: frozenset[str]


def is_unused(uri: str) -> bool:
    """Whether no page uses this file of the theme: maps for its developers, its style sheets (see `theme_style`), and all its scripts. They are most of
    its bytes."""
    return bool(_UNUSED.fullmatch(uri))


def text(html: str, *, linked: bool = True) -> str:
    """A page's own text; on pages that set voices beside each other, with each voice in a section that its heading names, so that a frame can go
    around it. Where headings are `linked`, each leads to itself."""
    if linked:
        html = _SECTION.sub(r'\1<a class="section" href="#\3">\4</a>\5', html)
    if '<h2 id="members">' not in html:
        return html
    return _VOICE.sub(lambda m: f'<section class="voice {m[1]}" aria-labelledby="{m[1]}">\n{m[0]}</section>\n', html)


def in_language(html: str, tag: str, apart: str = "") -> str:
    """A whole page that says its language, which the theme would say in its own way: it knows English alone as `en`. `apart` are the attributes of what
    the frame says in another."""
    way = way_of(tag)
    said = f' dir="{way}"' if way == "rtl" else ""
    html = re.sub(r'<html lang="[^"]*"', f'<html lang="{tag}"{said}', html, count=1)
    html = re.sub(r'<body dir="[^"]*"', f'<body dir="{way}"', html, count=1)
    return html.replace('class="md-skip"', f'class="md-skip"{apart}')


def with_languages(html: str, url: str, abroad: Mapping[str, Abroad], ours: str = "") -> str:
    """A page, at `url` in the site, whose links say the language of their words, where these are a title on a page that is `abroad`, or a heading on this
    page that says its own, or that of a part. `ours` are the attributes of what the engine says below statements, which may be in another language."""
    here = {match[2]: match[1] for match in _SPOKEN_HEADING.finditer(html)}
    partly = dict(_partly_spoken(html))
    if not abroad and not here and not partly:
        return html
    own = abroad.get(url.removeprefix("./"))
    html = html.replace('<small class="support"', f'<small class="support"{ours}') if abroad else html

    def marked(match: re.Match[str]) -> str:
        before, href, after, inside, words = match.groups()
        path, _, fragment = unescape(href).partition("#")
        if path:
            there = abroad.get(urljoin(f"/{url}", path).lstrip("/"))
            lang = there.lang if there and unescape(words).strip() in there.titles else ""
        elif (heading := partly.get(fragment)) and unescape(words).strip() == heading[0]:
            return f'<a{before} href="{href}"{after}>{inside}{heading[1]}</a>'
        else:
            lang = here.get(fragment, "") if not before.strip() and not after else ""
            lang = own.lang if own and 'class="back"' in before and unescape(words) in own.titles else lang
        if not lang or " lang=" in before + after:
            return match[0]
        return f'<a{before} href="{href}"{after}>{inside}<bdi{attributes(lang)}>{words}</bdi></a>'

    return _LINK.sub(marked, html)


def _partly_spoken(html: str) -> Iterator[tuple[str, tuple[str, str]]]:
    """By their ids, the words of headings some of which are in another language: as plain text, and with what says so."""
    for heading in _HEADING.finditer(html) if "<bdi lang=" in html or "<span lang=" in html else ():
        if ' lang="' in heading[3]:
            said = re.sub(r'<a class="headerlink".*?</a>|</?a\b[^>]*>', "", heading[3])
            yield heading[2], (unescape(re.sub(r"<[^>]*>", "", said)).strip(), said.strip())


def page(html: str) -> str:
    """A whole page: the theme switches `autocomplete` off on check boxes, where HTML does not allow the attribute, and calls navigation a part of what
    the page is about; and the styles of pictures, of forms for questions and of recordings are for pages that have them alone."""
    html = _CHECK_BOX.sub(r"\1", html)
    html = _OUTER_MAIN.sub(r'<div class="md-main">\1</div>', html)
    for sheet in reversed([*_SHEET.finditer(html)]):
        if not any(sign in html for sign in _WANTED[sheet[1]]):
            html = html[: sheet.start()].rstrip() + html[sheet.end() :]
    return html


def style_sheet(css: str) -> str:
    """A style sheet of ours without comments and indents: an eighth of what it weighs on its way."""
    return re.sub(r"\n\s*", "\n", re.sub(r"/\*.*?\*/", "", css, flags=re.S))
