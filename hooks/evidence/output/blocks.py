"""A piece of a generated page as plain blocks, written out once as Markdown (for any engine) or straight as HTML.

Reference lists and reference pages come by the thousand, and Python-Markdown takes milliseconds for what is a few microseconds of HTML. Both
forms show the same words and links; all text is escaped here, so that callers hand over plain text.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from xml.etree import ElementTree

from evidence.output import markdown
from evidence.text import escape
from evidence.text.direction import direction
from evidence.text.spans import markup
from evidence.text.translation import _


@dataclass(frozen=True, slots=True)
class Marked:
    """Words in an element that says what they are: `cite` the title of a work, `sup`, `sub`, `small` a quieter line, or `bdi` words that are set apart, in a language if known."""

    tag: str
    runs: Runs
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Code:
    """A word of code."""

    text: str


@dataclass(frozen=True, slots=True)
class Coins:
    """A work as an empty element that reference managers read and nobody sees (see `coins`)."""

    text: str


@dataclass(frozen=True, slots=True)
class Standing:
    """What has become of a work, in a word or two with a frame around them."""

    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """A link: `target` is a web address, '#id', or a source address of the site with or without '#id'. `label` is its accessible name.

    `standing` is the end of its text that says what has become of a work.
    """

    text: str
    target: str
    label: str = ""
    css: str = ""
    standing: str = ""


Inline = str | Marked | Code | Coins | Standing | Link
Runs = tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading. `attributes` are further attributes, written as they are."""

    level: int
    text: str
    id: str
    attributes: str = ""
    css: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    runs: Runs
    css: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list."""

    runs: Runs
    id: str = ""
    css: str = ""
    data: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Meaning:
    """A word and what it means; `id` is that of the word."""

    id: str
    word: Runs
    runs: Runs


@dataclass(frozen=True, slots=True)
class Meanings:
    """A list of words with their meanings."""

    items: tuple[Meaning, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table; the first cell of each row is its header."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Runs, ...], ...]


Block = Heading | Paragraph | Items | Meanings | Table
# From a source address of the site to the address that a link on the current page needs.
Resolve = Callable[[str], str]


_ELEMENT = re.compile(r"<(/?)(i|sup|sub|bdi)(?: lang=\"([A-Za-z0-9-]+)\")?>")


def reference_runs(formatted: str, address: str) -> Runs:
    """A formatted reference (see `format_works`) as runs: titles marked, `address` as a link where it stands in the text."""
    open_: list[tuple[str, str, list[Inline]]] = [("", "", [])]
    at = 0
    for tag in (*_ELEMENT.finditer(formatted), None):
        text = html.unescape(formatted[at : tag.start() if tag else None])
        before, found, after = text.partition(address) if address else (text, "", "")
        open_[-1][2].extend(run for run in (before, Link(found, found) if found else "", after) if run)
        if tag and not tag[1]:
            open_.append(("cite" if tag[2] == "i" else tag[2], tag[3] or "", []))
        elif tag and len(open_) > 1:
            name, lang, runs = open_.pop()
            open_[-1][2].append(Marked(name, tuple(runs), lang))
        at = tag.end() if tag else at
    return tuple(open_[0][2])


def spoken(runs: Runs, lang: str) -> Runs:
    """Runs set apart in their language; as they are where none is told."""
    return (Marked("bdi", runs, lang),) if lang else runs


def title_runs(title: str, lang: str = "") -> Runs:
    """A title as the item of a work has it (see `markup`), set apart where it is in another language than the page or runs the other way."""
    text, at = "", 0
    for tag in markup(title):
        text += html.escape(title[at : tag.start()], quote=False) + (tag[0] if _ELEMENT.fullmatch(tag[0]) else "")
        at = tag.end()
    text += html.escape(title[at:], quote=False)
    apart = f'<bdi lang="{lang}">' if lang else "<bdi>" if direction(title) else ""
    return reference_runs(f"{apart}{text}</bdi>" if apart else text, "")


def plain_words(runs: Iterable[Inline]) -> str:
    """The words of runs."""
    return "".join(
        run if isinstance(run, str) else plain_words(run.runs) if isinstance(run, Marked) else run.text for run in runs
    )


def to_markdown(blocks: Iterable[Block], uri: str) -> str:
    """Blocks as Markdown for the page with source address `uri`."""
    return "".join(_markdown(block, uri) for block in blocks)


def _markdown(block: Block, uri: str) -> str:
    match block:
        case Heading():
            more = (f" .{block.css}" if block.css else "") + (f" {block.attributes}" if block.attributes else "")
            return f"\n\n{'#' * block.level} {escape.markdown(block.text)} {{ #{block.id}{more} }}\n\n"
        case Paragraph():
            return f"{runs_to_markdown(block.runs, uri)}\n" + (f"{{ .{block.css} }}\n" if block.css else "") + "\n"
        case Items():
            return "".join(_markdown_item(item, uri) for item in block.items) + "\n"
        case Meanings():
            found = (
                f'<dt id="{item.id}" markdown="1">{runs_to_markdown(item.word, uri)}</dt>\n'
                f'<dd markdown="1">{runs_to_markdown(item.runs, uri)}</dd>\n'
                for item in block.items
            )
            return f'<dl class="words" markdown="1">\n{"".join(found)}</dl>\n\n'
        case Table():
            rows = ((runs_to_markdown(cell, uri) for cell in row) for row in block.rows)
            return f"{markdown.table(block.caption, map(escape.markdown, block.head), rows)}\n"


def _markdown_item(item: Item, uri: str) -> str:
    written = markdown.marks(item.id, item.css, {f"data-{name}": value for name, value in item.data})
    return f"- {runs_to_markdown(item.runs, uri)}\n" + (f"  {written}\n" if written else "")


def runs_to_markdown(runs: Runs, uri: str) -> str:
    """Runs as inline Markdown."""

    def link(run: Link) -> str:
        return markdown.link(run.text, run.target, uri, css=run.css, label=run.label, standing=run.standing)

    return escape.no_block(_runs(runs, escape.markdown, escape.markdown_keeping_space, link))


def _runs(runs: Runs, alone: Callable[[str], str], within: Callable[[str], str], link: Callable[[Link], str]) -> str:
    """Runs in either form: `alone` escapes a text that stands by itself, `within` one that goes on from what stands before it."""
    written = []
    for run in runs:
        match run:
            case str():
                written.append(within(run))
            case Marked():
                lang = f' lang="{escape.html_text(run.lang)}"' if run.lang else ""
                way = direction(plain_words(run.runs)) if run.tag == "bdi" else ""
                dir_ = f' dir="{way}"' if way else ""
                written.append(f"<{run.tag}{lang}{dir_}>{_runs(run.runs, alone, within, link)}</{run.tag}>")
            case Code():
                written.append(f"<code>{alone(run.text)}</code>")
            case Coins():
                written.append(f'<span class="Z3988" title="{escape.html_text(run.text)}"></span>')
            case Standing():
                written.append(markdown.marked_end(run.text, run.text, alone))
            case Link():
                written.append(link(run))
    return "".join(written)


def to_html(blocks: Iterable[Block], resolve: Resolve, permalink: str = "") -> str:
    """Blocks as HTML. `permalink` is what a heading's link to itself shows, '' for none."""
    return "".join(_html(block, resolve, permalink) for block in blocks)


def _html(block: Block, resolve: Resolve, permalink: str) -> str:
    match block:
        case Heading():
            title = _("Permanent link")
            link = permalink and f'<a class="headerlink" href="#{block.id}" title="{title}">{permalink}</a>'
            more = f" {block.attributes}" if block.attributes else ""
            return f'<h{block.level} id="{block.id}"{_css(block.css)}{more}>{escape.html_words(block.text)}{link}</h{block.level}>\n'
        case Paragraph():
            return f"<p{_css(block.css)}>{runs_to_html(block.runs, resolve)}</p>\n"
        case Items():
            return f"<ul>\n{''.join(_html_item(item, resolve) for item in block.items)}</ul>\n"
        case Meanings():
            found = (
                f'<dt id="{item.id}">{runs_to_html(item.word, resolve)}</dt>\n<dd>{runs_to_html(item.runs, resolve)}</dd>\n'
                for item in block.items
            )
            return f'<dl class="words">\n{"".join(found)}</dl>\n'
        case Table():
            head = "".join(f"<th>{escape.html_words(name)}</th>" for name in block.head)
            rows = "".join(
                f"<tr>{''.join(f'<td>{runs_to_html(cell, resolve)}</td>' for cell in row)}</tr>" for row in block.rows
            )
            caption = f"<p>{markdown.CAPTION}{escape.html_words(block.caption)}</p>"
            source = f"<div>{caption}<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
            parent = ElementTree.fromstring(source)
            from evidence.output.accessible_tables import mend  # noqa: PLC0415 (Python-Markdown, which checking does not need)

            mend(parent, parent[1], 1)
            return ElementTree.tostring(parent[0], encoding="unicode", method="html") + "\n"


def _html_item(item: Item, resolve: Resolve) -> str:
    id_ = f' id="{item.id}"' if item.id else ""
    data = "".join(f' data-{name}="{escape.html_text(value)}"' for name, value in item.data)
    return f"<li{id_}{_css(item.css)}{data}>{runs_to_html(item.runs, resolve)}</li>\n"


def _css(name: str) -> str:
    return f' class="{name}"' if name else ""


def runs_to_html(runs: Runs, resolve: Resolve) -> str:
    """Runs as HTML."""

    def link(run: Link) -> str:
        path, mark, fragment = run.target.partition("#")
        inside = "://" not in run.target
        href = html.escape(f"{path and resolve(path)}{mark}{fragment}" if inside else escape.url(run.target))
        name = f' aria-label="{escape.html_text(run.label)}"' if run.label else ""
        text = markdown.marked_end(run.text, run.standing, escape.html_words)
        return f'<a{_css(run.css)} href="{href}"{name}>{text}</a>' if href else text

    return _runs(runs, escape.html_words, lambda text: escape.keeping_space(text, escape.html_words), link)


def onward(links: Iterable[tuple[str, Link]]) -> tuple[Block, ...]:
    """The end of a generated page on the screen: where a reader can go from it, each with the words before the link."""
    items = tuple(Item((f"{words} ", link)) for words, link in links)
    heading = Heading(2, _("Go on from here"), "onward", "data-search-exclude", "screen-only")
    return (heading, Items(items)) if items else ()


@dataclass(frozen=True, slots=True)
class Output:
    """A file of the site that the engine makes. `uri` is relative to the site's sources; `made_from` is the file to edit instead.

    A page's `content` is Markdown with front matter, and `tail` is the part below it that is written out as blocks; `title` and `description`
    are plain text.
    """

    uri: str
    content: str | bytes
    made_from: str
    title: str = ""
    tail: tuple[Block, ...] = ()
    description: str = ""

    def data(self) -> bytes:
        """The whole file for any engine."""
        if isinstance(self.content, bytes):
            return self.content
        return (self.content + to_markdown(self.tail, self.uri)).encode()
