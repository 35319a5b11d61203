"""What the tests of the site showed when all of it was last tested, from the record that the tests themselves write."""

from __future__ import annotations

from collections.abc import Iterator

from evidence.crosslinks.passages import Context, DirectiveError, Passage
from evidence.model.site_data import Tested
from evidence.text import escape
from evidence.text.words import counted, in_words, listed

NEVER = "No test results have been recorded yet."


def tested(context: Context, wanted: tuple[str, ...]) -> Iterator[Passage]:
    """When the site was tested, on how many pages and with what; and all that it showed, in a list for each part."""
    if wanted:
        raise DirectiveError("it takes nothing more")
    record = context.review.tested
    where = record.where if record.where.path else context.where
    yield context.passage("\n\n")
    for block in blocks(record):
        yield context.passage(f"{block}\n\n", where=where)


def blocks(record: Tested) -> Iterator[str]:
    """The record as paragraphs and lists of Markdown."""
    if not record.date:
        yield NEVER
        return
    pages = counted(record.pages, "page")
    yield f"The site was last tested on {in_words(record.date)}. It had {pages} then. A computer ran the tests on each page."
    if record.tools:
        tools = listed(f"{tool.name} {tool.version}" for tool in record.tools)
        yield f"It used {escape.markdown(tools)}."
    yield "This is what the tests showed."
    for part in record.claims:
        yield f"{escape.markdown(part.about)}:"
        yield "\n".join(f"- {escape.markdown(claim)}" for claim in part.shown)
