"""Pages from templates (Jinja2): the template holds the words that readers see, and Python hands it what they speak of.

Templates lie in the folder `templates` of their room; 'pages/theme.md.j2' is one. Their words are marked for translation: `_("Themes")`,
`ngettext("%(num)s place", "%(num)s places", number)`. In Markdown nothing is escaped by itself: plain text goes through `|md`, a cell through `|cell`,
the value of an attribute through `|attr`, a web address through `|url`, and `link` and `table_row` see to that themselves. HTML and XML are escaped by themselves.
"""

from __future__ import annotations

import re
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from evidence.output.blocks import Block, Output
from evidence.output.markdown import front_matter, link, table_head, table_row
from evidence.text import escape
from evidence.text.translation import _, ngettext
from evidence.text.words import file_size, in_words, listed

if TYPE_CHECKING:
    from jinja2 import Environment

_ROOMS = Path(__file__).parents[1]


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FunctionLoader, StrictUndefined  # noqa: PLC0415 (checking makes no pages)
    from markupsafe import Markup  # noqa: PLC0415

    def load(name: str) -> str:
        room, file = name.split("/")
        return (_ROOMS / room / "templates" / file).read_text("utf-8")

    made = Environment(
        loader=FunctionLoader(load),
        undefined=StrictUndefined,
        autoescape=lambda name: bool(name and name.endswith((".html.j2", ".xml.j2"))),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        extensions=["jinja2.ext.i18n"],
    )
    made.install_gettext_callables(_, ngettext, newstyle=True)  # type: ignore[attr-defined]  # the extension brings it
    made.filters |= {"md": escape.markdown, "cell": escape.cell, "attr": escape.attribute, "url": escape.url}
    made.filters |= {"clean": escape.clean, "piece": partial(escape.keeping_space, escaped=escape.clean)}
    made.filters |= {"said": lambda text: Markup(said_in_xhtml(text))}
    made.filters |= {"listed": listed, "in_words": in_words, "file_size": file_size}
    made.globals |= {"table_head": table_head, "table_row": table_row}
    return made


def said_in_xhtml(text: str) -> str:
    """Plain text for XHTML, with what says the language of words by both of the names that it has there."""
    return re.sub(r' lang="([^"]*)"', r' lang="\1" xml:lang="\1"', escape.html_words(text))


def render(template: str, **view: object) -> str:
    """What a template makes of `view`."""
    return _environment().get_template(template).render(view)


def page(template: str, uri: str, made_from: str, *, tail: tuple[Block, ...] = (), **view: object) -> Output:
    """A page of Markdown. Its template begins with `front(title, description)`; `link(text, target)` writes a link from the page."""
    titles: list[str] = []

    def front(title: str, description: str, **more: object) -> str:
        titles.append(title)
        return front_matter(title, description, **more).removesuffix("\n")

    content = render(template, front=front, link=partial(link, uri=uri), **view)
    return Output(uri, content, made_from, titles[0], tail)
