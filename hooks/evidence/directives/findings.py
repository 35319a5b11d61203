"""The findings: a few sentences to take away, each with its picture, what it rests on and a link to where it is told."""

from __future__ import annotations

from collections.abc import Iterator

from evidence.crosslinks import Context, Passage, passages, support
from evidence.directives.drawings import small_picture
from evidence.model.network import Finding
from evidence.model.vocabulary import EDITORS, MEMBERS, PICTURES
from evidence.output import markdown

_LIST = "list"


def findings(context: Context, wanted: tuple[str, ...]) -> Iterator[Passage]:
    """The findings in one voice, as cards or as a list."""
    chosen = passages.choose(wanted, (MEMBERS, _LIST), "word")
    voice = MEMBERS if MEMBERS in chosen else None
    found = [finding for finding in context.review.findings.values() if finding.voice == voice]
    if not found:
        raise passages.AbsentError("there are no such findings in data/findings.yml")
    cards = _LIST not in chosen
    # The sentences on what was found are ours: the statements that they sum up stand elsewhere.
    place = {"voice": voice or EDITORS}
    opening = f'\n\n<div class="findings{" members" if voice else ""}" markdown="1">\n\n' if cards else "\n\n"
    yield context.passage(opening, **place)
    for finding in found:
        carried = [said for at in finding.statements for said in passages.statements_at(context.pages, at)]
        target = f"{carried[0].uri}#{carried[0].id}" if carried else finding.statements[0]
        link = markdown.link(finding.text, target, context.document.uri)
        picture = _picture(context, finding) if cards else ""
        rests = "" if voice else support.support_mark(support.support_of(carried, context.review))
        yield context.passage(f"- {picture}{link}", label=finding.text, where=finding.where, **place)
        yield context.passage(f"{rests}\n", where=finding.where, **place)
    yield context.passage("\n</div>\n\n" if cards else "\n", **place)


def _picture(context: Context, finding: Finding) -> str:
    """The picture of a finding; '' where it has none, or names one that is not there, which is told at the finding."""
    there = f"{PICTURES}{finding.picture}" in context.review.drawings
    return f"{small_picture(context, finding.picture)} " if there else ""
