"""Markdown as the engine writes it: every table, link, list and heading that it makes comes from here, so that all are written by one hand.

To write one from any room: `table(caption, head, rows)`, or `table_head` and `table_row` where each row is a passage of its own;
`link(text, target, uri)` for a link on the page `uri`; `items(lines)` for a list; `heading(level, text, id)`. What is called plain text is
escaped here and must come as it is. What is called inline Markdown comes escaped already, often from `link` or from `escape.markdown`.

These alone are written where they are needed: the rows of a comparison (`pages.comparisons`), whose cells are passages of their own so that a
citation counts for its cell; a link to the glossary (`crosslinks.glossary_links`), whose words are Markdown of the page already; the publisher's
e-mail address (`pages.publisher`), as no link from data may lead to one, and the link to the whole site there, which holds a private-use sign that
escaping takes out; and lists whose items have ids (`blocks`, `pages.directives`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable

from evidence.model.review import Source
from evidence.text import escape
from evidence.text.addresses import relative
from evidence.text.translation import _

# A paragraph that begins so is the caption of the table below it (pandoc, "table_captions"): a sign, not a word, as no reader sees it.
CAPTION = "Table: "
# The class of words that say what has become of a work, such as "retracted": they stand in a frame wherever a frame can be drawn.
STANDING = "standing"


def link(text: str, target: str, uri: str, *, id_: str = "", css: str = "", label: str = "", standing: str = "") -> str:
    """Plain `text` as a link on the page `uri`, or the text alone where `target` is '' or no address that a link may have.

    `target` is a source address of the site with or without '#id', '#id' alone, or a web address. `label` is the link's accessible name.
    `standing` is the end of the text that says what has become of a work; it gets its shape.
    """
    if "://" in target or not target:
        return escape.link(text, target)
    address = target if target.startswith("#") else relative(uri, target)
    shown = marked_end(text, standing, escape.markdown)
    return f"[{shown}]({address})" + marks(id_, css, {"aria-label": label} if label else {})


def marked_end(text: str, standing: str, escaped: Callable[[str], str]) -> str:
    """Plain text, `escaped`, whose end says what has become of a work: a word in a frame, which paper keeps (see `STANDING`)."""
    if not standing or not text.endswith(standing):
        return escaped(text)
    before = escape.keeping_space(text.removesuffix(standing), escaped)
    return f'{before}<span class="{STANDING}">{escaped(standing)}</span>'


def heard(words: str) -> str:
    """Plain words that only those hear who do not see the page: the rest of a link's name, say. Search and reading times leave them out."""
    return f'<span class="heard" data-search-exclude>{escape.markdown_keeping_space(words)}</span>'


def seen(text: str) -> str:
    """Markdown without what is only `heard`."""
    return re.sub(r'<span class="heard" .*?</span>', "", text)


def marks(id_: str = "", css: str = "", data: dict[str, str] | None = None) -> str:
    """An attribute list such as '{ #id .css name="value" }', with values as plain text; '' where there is nothing to say."""
    found = [f"#{id_}" if id_ else "", f".{css}" if css else ""]
    found += [f'{name}="{escape.attribute(value)}"' for name, value in (data or {}).items()]
    written = " ".join(mark for mark in found if mark)
    return f"{{ {written} }}" if written else ""


def heading(level: int, text: str, id_: str = "", css: str = "", said: str = "") -> str:
    """A heading of plain text, with the empty lines around it; `said` are the attributes that say its language."""
    written = marks(id_, css)
    written = f"{(written or '{ }').removesuffix(' }')}{said} }}" if said else written
    return f"\n\n{'#' * min(level, 6)} {escape.markdown(text)}{f' {written}' if written else ''}\n\n"


def items(lines: Iterable[str]) -> str:
    """A list; each item is inline Markdown."""
    return "".join(f"- {line}\n" for line in lines)


def table(caption: str, head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table with its caption, which is plain text; cells are inline Markdown, and the first of each row is its header."""
    return table_head(caption, head) + "".join(map(table_row, rows))


def table_head(caption: str, head: Iterable[str]) -> str:
    """A table as far as its first row, for rows that follow one by one; it must begin a line, with an empty one before it."""
    names = list(head)
    return f"{CAPTION}{escape.markdown(caption)}\n\n{table_row(names)}|{' --- |' * len(names)}\n"


def table_row(cells: Iterable[str]) -> str:
    """A row of a table."""
    return f"| {' | '.join(map(escape.cell, cells))} |\n"


def front_matter(title: str, description: str, **more: object) -> str:
    """YAML front matter. JSON strings are YAML strings, so nothing in them can end the block."""
    values = {"title": escape.clean(title), "description": escape.clean(description), **more}
    lines = "".join(f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in values.items())
    return f"---\n{lines}---\n\n"


def source_line(source: Source) -> str:
    """Where the questions come from, as inline Markdown."""
    author, title, date = map(escape.markdown, (source.author, source.title, source.date))
    said = {"author": author, "title": f"<cite>{title}</cite>", "date": date}
    return _("Source: %(author)s. %(title)s. %(date)s.") % said
