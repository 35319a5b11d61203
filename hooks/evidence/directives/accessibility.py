"""How the site can be used, as pages say it: the status of the accessibility statement, its lists, who has tested a page, which can be heard.

All is told from data/accessibility.yml and the record of the tests, so that no page says more than they do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from evidence.crosslinks import Context, Passage, passages
from evidence.model.accessibility import CRITERIA, EVERYWHERE, Accessibility, Gap, Session
from evidence.output import markdown
from evidence.text import escape
from evidence.text.addresses import page_address
from evidence.text.translation import _, numbered
from evidence.text.words import in_words, listed

_FOUND_BY = {
    "editor": _("Found by an editor on %s."),
    "reader test": _("Found in a test with readers on %s."),
    "auditor": _("Found in an assessment by others on %s."),
}
_GROUPS = {
    "members": _("network members"),
    "facilitators": _("facilitators"),
    "researchers": _("researchers"),
}
_HELP = {
    "screen reader": _("a screen reader"),
    "magnifier": _("a magnifier"),
    "voice control": _("voice control"),
    "keyboard alone": _("a keyboard alone"),
    "switch": _("a switch"),
    "listen button": _("the button that reads aloud"),
}
_STATUS = {
    "fully": _("This site is fully compliant with the guidelines."),
    "partially": _("This site is partially compliant with the guidelines."),
    "not": _("This site is not compliant with the guidelines."),
}


def accessibility(context: Context, wanted: tuple[str, ...]) -> Iterator[Passage]:
    """One part of the accessibility statement, as paragraphs and lists."""
    part = PARTS[passages.choose_one(wanted, PARTS, "part", f"part: {listed(PARTS, 'or')}")]
    record = context.review.accessibility
    where = record.where if record.where.path else context.where
    yield context.passage("\n\n")
    for block in part(context):
        yield context.passage(f"{block.rstrip()}\n\n", where=where)


def reader_tests(context: Context, wanted: tuple[str, ...]) -> Iterator[Passage]:
    """Whether readers have tested the page, and when they last did."""
    if wanted:
        raise passages.DirectiveError("it takes nothing more")
    sessions = context.review.accessibility.sessions_on(context.document.uri)
    text = _("This version has not yet been tested with readers.")
    if sessions:
        text = _("This version was tested with readers on %s.") % in_words(max(one.held for one in sessions))
    yield context.passage(f"\n\n{text}\n\n")


def _status(context: Context) -> Iterator[str]:
    record, tested = context.review.accessibility, context.review.tested
    last = record.last_assessment
    if record.status:
        yield _STATUS[record.status]
    else:
        yield _(
            "We know of nothing on this site that does not meet the guidelines. But we do not say that it meets them."
        )
    if record.failures:
        number = numbered("We know of %(num)s fault.", "We know of %(num)s faults.", len(record.failures))
        yield f"{number} {_('Below it says what does not meet them, and what you can do instead.')}"
    if last:
        said = {"by": escape.markdown(last.by), "day": in_words(last.made)}
        yield _("This rests on an assessment by %(by)s on %(day)s.") % said
    else:
        yield _("No one outside the project has assessed the site yet. There may be more that we do not know of.")
    if tested.date:
        day = in_words(tested.date)
        yield _("Our own tests by computer found no other fault on %s. Such tests find only some faults.") % day


def _gaps(context: Context) -> Iterator[str]:
    record = context.review.accessibility
    if not record.failures:
        yield _("We know of nothing that does not meet the guidelines.")
    else:
        yield markdown.items(_told(context, gap) for gap in record.failures)
    others = [gap for gap in record.gaps if not gap.mended and not gap.criteria]
    if others:
        yield _("People also found this hard to use. The guidelines do not ask for it:")
        yield markdown.items(_told(context, gap) for gap in others)


def _mended(context: Context) -> Iterator[str]:
    mended = [gap for gap in context.review.accessibility.gaps if gap.mended]
    if not mended:
        yield _("Nothing that people found has been mended yet.")
        return
    lines = [(gap, _("Mended on %s.") % in_words(gap.mended)) for gap in mended]
    yield markdown.items(f"{escape.markdown(gap.what)} {_criteria(gap)}{day}" for gap, day in lines)


def _told(context: Context, gap: Gap) -> str:
    """Something that was found, with where, when and how, and what to do instead, as inline Markdown."""
    told = [escape.markdown(gap.what), _criteria(gap).rstrip(), _places(context, gap.pages)]
    told.append(_FOUND_BY[gap.by] % in_words(gap.found))
    told.append(_("It was found with: %s.") % escape.markdown(gap.used.rstrip(".")) if gap.used else "")
    told.append(_("What you can do instead: %s") % escape.markdown(gap.instead) if gap.instead else "")
    told.append(_("We plan to mend it by %s.") % in_words(gap.planned) if gap.planned else "")
    return " ".join(filter(None, told))


def _criteria(gap: Gap) -> str:
    """The criteria that are not met, in a sentence with a blank behind it; '' where there are none."""
    names = [f"{number} {CRITERIA[number]}" for number in gap.criteria if number in CRITERIA]
    if not names:
        return ""
    if len(names) == 1:
        return _("This does not meet criterion %s.") % names[0] + " "
    return _("This does not meet the criteria %s.") % listed(names) + " "


def _places(context: Context, pages: tuple[str, ...]) -> str:
    if EVERYWHERE in pages:
        return _("It is so on all pages.")
    uri = context.document.uri
    return _("Where: %s.") % listed(markdown.link(_title(context, page), page, uri) for page in pages)


def _title(context: Context, page: str) -> str:
    """The title of a page; of one that is generated its address."""
    titles = {document.uri: document.title for document in context.documents}
    return titles.get(page) or page_address(page, "")


def _people(context: Context) -> Iterator[str]:
    record = context.review.accessibility
    missing = list(_not_tested(record))
    if missing:
        yield _("Such tests find only some problems. They do not show how the site works for people:")
        yield markdown.items(missing)
    if record.sessions:
        yield _("These tests with readers have been held:")
        yield markdown.items(_session(context, session) for session in record.sessions)


def _not_tested(record: Accessibility) -> Iterator[str]:
    """What nobody has tested yet, one sentence each."""
    groups = set(chain.from_iterable(session.groups for session in record.sessions))
    helps = set(chain.from_iterable(session.help for session in record.sessions))
    left = [words for name, words in _GROUPS.items() if name not in groups]
    if not groups:
        yield _("It has not been tested with readers.")
    elif left:
        yield _("It has not been tested with %s.") % listed(left, _("or"))
    if not any(session.disabled for session in record.sessions):
        yield _("It has not been tested with disabled people.")
    untried = [words for name, words in _HELP.items() if name not in helps and name != "listen button"]
    if untried:
        yield _("No person has tested it with %s.") % listed(untried, _("or"))
    if "listen button" not in helps:
        yield _("The button that reads aloud was tested with a stand-in, not with real voices.")


def _session(context: Context, session: Session) -> str:
    who = listed(_GROUPS[group] for group in session.groups)
    number = numbered("%(num)s reader", "%(num)s readers", session.people)
    told = [_("%(day)s: %(number)s (%(who)s).") % {"day": in_words(session.held), "number": number, "who": who}]
    told.append(_("Disabled people took part.") if session.disabled else "")
    helps = listed(_HELP[name] for name in session.help)
    told.append(_("They used %s.") % helps if helps else "")
    told.append(_places(context, session.pages))
    return " ".join(filter(None, told))


def _dates(context: Context) -> Iterator[str]:
    record = context.review.accessibility
    if not record.written:
        yield _("No one has written down when this statement was made.")
        return
    told = [_("We wrote this statement on %s.") % in_words(record.written)]
    if record.reviewed:
        told.append(_("We last went through it on %s.") % in_words(record.reviewed))
    if context.review.tested.date:
        told.append(_("The site was last tested by computer on %s.") % in_words(context.review.tested.date))
    yield " ".join(told)


def _listen(context: Context) -> Iterator[str]:
    """The pages that say `listen: true`, the home page first."""
    heard = [document.uri for document in context.documents if document.front.get("listen") == "true"]
    if not heard:
        yield _("No page has a button that reads it aloud.")
        return
    yield _("These pages have a button that reads them aloud:")
    here = context.document.uri
    heard.sort(key=lambda uri: (uri.count("/"), uri != "index.md"))
    yield markdown.items(markdown.link(_title(context, uri), uri, here) for uri in heard)


PARTS: dict[str, Callable[[Context], Iterable[str]]] = {
    "status": _status,
    "gaps": _gaps,
    "mended": _mended,
    "people": _people,
    "dates": _dates,
    "listen": _listen,
}
