"""Who publishes the site, the copy to carry away, what tests of the site showed, and how it is kept up: what pages say of the site itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from evidence.crosslinks import Context, Passage, passages
from evidence.model.checks import Tested
from evidence.model.site_data import Publisher
from evidence.output import markdown
from evidence.text import escape
from evidence.text.addresses import relative
from evidence.text.translation import _, numbered
from evidence.text.words import in_words, listed, quoted

FILE = "data/publisher.yml"
# The address of the ZIP that holds the whole site.
OFFLINE = "site-offline.zip"
FIELDS = {
    "name": "who publishes the site, a person or an organisation",
    "contact": "where readers can write to, an e-mail or a web address",
    "site_address": "the address of the site, such as https://www.example.org/evidence/",
}
# For how many days browsers may be told to ask by https alone: two years.
MAX_HTTPS_DAYS = 730
EMAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
# Where the size of that ZIP belongs: it is made of the built pages.
SIZE = "\ue036"
OFFER_WORDS = _("Download the whole site (ZIP%s)") % SIZE
OFFER = _("%s. It opens from a folder on your computer, with its search.")
IN_COPY = _("You are reading the copy for reading offline. It was made from the site, which may have changed since.")


def publisher(context: Context, wanted: tuple[str, ...]) -> Iterator[Passage]:
    """Who publishes the site (`name`) or how to reach them (`contact`), or that neither is known yet."""
    name, contact = escape.markdown(context.review.publisher.name), context.review.publisher.contact
    said = {
        "name": _("No publisher has been set yet."),
        "contact": _("No publisher has been set yet, so there is nobody to write to."),
    }
    if name:
        said["name"] = _("The publisher of this site is %s.") % name
    if contact:
        link = f"[{escape.markdown(contact)}](<{escape.url(contact) or f'mailto:{contact}'}>)"
        said["contact"] = _("You can reach the publisher at %s.") % link
    yield context.passage(f"\n\n{said[passages.choose_one(wanted, said, 'part', 'thing: name or contact')]}\n\n")


def offline(context: Context, wanted: tuple[str, ...]) -> Iterator[Passage]:
    """The link to the copy for reading offline, or a sentence that says that none is made. In the copy itself, IN_COPY takes its place."""
    if wanted:
        raise passages.DirectiveError("this marker takes nothing further")
    text = _("This build of the site has no copy for reading offline.")
    if context.review.offline:
        # Not searched, as its words are others in the copy.
        text = OFFER % f"[{OFFER_WORDS}]({relative(context.document.uri, OFFLINE)})" + "\n{ data-search-exclude }"
    yield context.passage(f"\n\n{text}\n\n")


def missing(record: Publisher) -> str:
    """What must be filled in before the site can be published, as a message; '' when nothing is missing."""
    names = [name for name in FIELDS if not getattr(record, name)]
    if not names:
        return ""
    fill = "".join(f"\n  {name}: {FIELDS[name]}" for name in names)
    unset = f"{listed(map(quoted, names))} {'is' if len(names) == 1 else 'are'}"
    return f"{FILE}: {unset} not set, so the site is not published. Fill in:{fill}"


NEVER = _("No test results have been recorded yet.")


def tested(context: Context, wanted: tuple[str, ...]) -> Iterator[Passage]:
    """When the site was tested, on how many pages and with what; and all that it showed, in a list for each part."""
    if wanted:
        raise passages.DirectiveError("it takes nothing more")
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
    text = _(
        "The site was last tested on %(day)s. It had %(pages)s then. A computer ran the tests: on each page, where it says nothing else."
    )
    yield text % facts
    if record.tools:
        yield _("It used %s.") % escape.markdown(listed(f"{tool.name} {tool.version}" for tool in record.tools))
    yield _("This is what the tests showed.")
    for part in record.claims:
        yield f"{escape.markdown(part.about)}:"
        yield markdown.items(map(escape.markdown, part.shown))


def kept_up(context: Context, wanted: tuple[str, ...]) -> Iterator[Passage]:
    """`new`: the editor's notes on what has changed since the sources came out; `checked`: what was checked, and when. All of it is read from the data."""
    parts = {"new": _new, "checked": _checked}
    part = parts[passages.choose_one(wanted, parts, "part", "part: new or checked")]
    yield context.passage("\n\n" + "\n".join(part(context)).rstrip() + "\n\n")


def _new(context: Context) -> Iterator[str]:
    notes = [note for note in context.review.notes.values() if note.severity == "update"]
    uri = context.document.uri
    yield markdown.items(markdown.link(note.title, f"audit/index.md#{note.id.lower()}", uri) for note in notes)
    if not notes:
        yield _("No editor's note says that something has changed.")


def _checked(context: Context) -> Iterator[str]:
    review = context.review
    accessibility, checks = review.accessibility, review.checks
    pages = [str(day) for document in context.documents if (day := document.front.get("checked"))]
    asked = [*(check.checked for check in checks.dois), *(check.checked for check in checks.addresses)]
    held = [session.held for session in accessibility.sessions]
    version = review.changes.newest
    yield markdown.items(
        (
            _between(_("Pages"), pages, _("No page says when it was last checked.")),
            _between(
                _("Links to the sources, and whether one was taken back"), asked, _("Nobody has asked about them yet.")
            ),
            _between(_("The site itself, by a computer"), [review.tested.date], NEVER),
            _between(_("The site, with readers"), held, _("No test with readers has been held yet.")),
            _between(
                _("The accessibility statement"),
                [accessibility.reviewed or accessibility.written],
                _("No one has written down when this statement was made."),
            ),
            _between(_("The last version"), [version.day] if version else [], _("No version has been released yet.")),
        )
    )


def _between(what: str, days: Iterable[str], never: str) -> str:
    """'Pages: 1 May 2026 to 3 June 2026', or that it has never been done."""
    known = sorted(filter(None, days))
    if not known:
        return f"{what}: {never}"
    ends = [in_words(day) for day in dict.fromkeys((known[0], known[-1]))]
    return f"{what}: {_(' to ').join(ends)}."
