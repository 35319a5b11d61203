"""What the tests of the site showed when all of it was last tested, from the record that the tests themselves write."""

from __future__ import annotations

from collections.abc import Iterator

from evidence.crosslinks.passages import Context, DirectiveError, Passage
from evidence.model.site_data import Tested
from evidence.output.markdown import items
from evidence.text import escape
from evidence.text.translation import _, numbered
from evidence.text.words import in_words, listed

NEVER = _("No test results have been recorded yet.")


def tested(context: Context, wanted: tuple[str, ...]) -> Iterator[Passage]:
    """When the site was tested, on how many pages and with what; and all that it showed, in a list for each part."""
    if wanted:
        raise DirectiveError("it takes nothing more")
    record = context.review.tested
    where = record.where if record.where.path else context.where
    yield context.passage("\n\n")
    for block in _blocks(record):
        yield context.passage(f"{block.rstrip()}\n\n", where=where)


def _blocks(record: Tested) -> Iterator[str]:
    """The record as paragraphs and lists of Markdown."""
    if not record.date:
        yield NEVER
        return
    facts = {"day": in_words(record.date), "pages": numbered("%(num)s page", "%(num)s pages", record.pages)}
    text = _("The site was last tested on %(day)s. It had %(pages)s then. A computer ran the tests on each page.")
    yield text % facts
    if record.tools:
        yield _("It used %s.") % escape.markdown(listed(f"{tool.name} {tool.version}" for tool in record.tools))
    yield _("This is what the tests showed.")
    for part in record.claims:
        yield f"{escape.markdown(part.about)}:"
        yield items(map(escape.markdown, part.shown))
