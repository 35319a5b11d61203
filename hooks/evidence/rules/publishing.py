"""Rules for what goes out: the whole list, source documents, what others said of the sources, the publisher."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from evidence.directives import publisher
from evidence.downloads import WHOLE
from evidence.model.base import Location, Problem
from evidence.model.site_data import Publisher
from evidence.model.vocabulary import GRAVITY, STATUS_FROM, STATUSES
from evidence.subject import Subject
from evidence.text import escape, words
from evidence.text.addresses import slug
from evidence.text.links import is_outside, is_unsafe
from evidence.text.words import day_slip, quoted

# The page of the list of all works has two names that mean the same (MkDocs), its files have a third.
_LISTS = {"index", "readme", posixpath.basename(WHOLE)}
# In that list each work has its key as its id, beside those of the page's own parts and frame.
_PARTS = frozenset(
    """
    all become menu-button not-traced page-changes reference-list search-button search-close search-panel search-query search-results search-scripts
    site-nav text top
    """.split()  # noqa: SIM905
)


def keys_have_addresses_of_their_own(subject: Subject) -> Iterator[Problem]:
    """No two works have keys that make the same address, not even when upper and lower case are one, and none has that of the list of all."""
    review = subject.review
    taken: dict[str, tuple[str, Location]] = {}
    keys = [(key, reference.where) for key, reference in review.references.items()]
    keys += [(key, untraced.where) for key, untraced in review.untraced.items()]
    for key, where in keys:
        address = slug(key).lower()
        if slug(key) in _PARTS:
            yield Problem(
                where, f"key {quoted(key)} is the name of a part of the page that lists all works; choose another"
            )
        if address in _LISTS:
            yield Problem(where, f"key {quoted(key)} is the name of the list of all works; choose another")
        first, at = taken.setdefault(address, (key, where))
        if first != key:  # the same key twice is told by `keys_are_of_one_work`
            both = f"key {quoted(key)} makes the same address, '{address}', as key {quoted(first)} ({at})"
            yield Problem(where, f"{both}; change one of the two, here and where it is cited")


def sources_name_their_authors(subject: Subject) -> Iterator[Problem]:
    """In `listed`, the authors of a document stand as 'Family, Given; Family, Given', in the words of `author`; an organisation has none."""
    for source in subject.review.sources.values():
        names = [f"{given} {family}".strip() for family, given in source.names]
        if source.listed and escape.clean(words.listed(names)) != escape.clean(source.author):
            many = "; Family, Given" if " and " in source.author else ""
            author = f"the author {quoted(source.author)} as 'Family, Given{many}'"
            yield Problem(source.where, f"listed is {quoted(source.listed)}, which is not {author}")


def checks_have_days(subject: Subject) -> Iterator[Problem]:
    """What others said of a source has a day, written as 2026-11-22."""
    checks = subject.review.checks
    days = [(check.checked, check.where) for check in checks.dois]
    for day, where in (*days, *((check.checked, check.where) for check in checks.addresses)):
        if slip := day_slip("'checked'", day):
            yield Problem(where, slip)


def entries_say_what_crossref_knows(subject: Subject) -> Iterator[Problem]:
    """Where Crossref has said that a work was retracted, corrected or the like, its entry says so as well; else that is a notice."""
    found = subject.review.checks.by_doi()
    for reference in subject.review.references.values() if found else ():
        check, own = found.get(reference.text("DOI").casefold()), reference.field("status")
        update = check.gravest if check else None
        if check and update:
            known = GRAVITY.get(own, -1) if not reference.field(STATUS_FROM) else -1
            if known < GRAVITY[update.status]:
                said = f"Crossref said on {check.checked} of '{reference.key}': {STATUSES[update.status][0]}"
                said += f" ({quoted(update.notice)})" if update.notice else ""
                message = f"{said}; look into it, and add status = {{{update.status}}} to the entry"
                yield Problem(reference.where, message, notice=True)


def publisher_can_be_reached(subject: Subject) -> Iterator[Problem]:
    """The publisher's contact is an e-mail or a web address, and the site's address is a web address that ends with a slash."""
    record = subject.review.publisher
    if record.contact and not escape.url(record.contact) and not publisher.EMAIL.fullmatch(record.contact):
        advice = "write an e-mail address, or a web address that begins with https://"
        yield Problem(record.where, f"contact is {quoted(record.contact)}; {advice}")
    address = record.site_address
    if address and (not escape.url(address) or not address.endswith("/") or "?" in address or "#" in address):
        advice = "it must begin with http:// or https:// and end with '/'"
        yield Problem(record.where, f"site_address is {quoted(address)}; {advice}")


def https_only_can_be_kept(subject: Subject) -> Iterator[Problem]:
    """A site that browsers are to ask by https alone has such an address, and says for a number of days from 0 to 730 that they shall."""
    record = subject.review.publisher
    if record.https_only and record.site_address.startswith("http:"):
        advice = "write https:// there once the host answers by it, or take 'https_only' out"
        yield Problem(record.where, f"'https_only' is yes, but site_address begins with http://; {advice}")
    if not 0 <= record.https_only_days <= publisher.MAX_HTTPS_DAYS:
        advice = f"write a number from 0 to {publisher.MAX_HTTPS_DAYS}, such as 365"
        yield Problem(record.where, f"'https_only_days' is {record.https_only_days}; {advice}")
    elif record.https_only_days != Publisher().https_only_days and not record.https_only:
        advice = "write 'https_only: yes' as well, or take it out"
        yield Problem(record.where, f"'https_only_days' says nothing while 'https_only' is not yes; {advice}")


def menu_holds_every_page(subject: Subject) -> Iterator[Problem]:
    """The menu in mkdocs.yml leads to pages that are there, written or generated, or to websites; each written page stands in it, or in 'not_in_nav'."""
    settings, known = subject.settings, subject.uris | subject.theirs
    for target, where in settings.menu or ():
        if is_unsafe(target):
            yield Problem(
                where, f"menu: {quoted(target)} is no page; write a space after the colon, as in '- Title: page.md'"
            )
        elif target not in known and not is_outside(target) and not subject.is_lost(target):
            page = f"{target.strip('/')}/index.md"
            near = f"; did you mean '{page}'?" if page in known else subject.instead(target)
            what = "it leads to pages only, and this is" if target in subject.files else "there is no page"
            yield Problem(where, f"menu: {what} {quoted(target)}{near}")
    listed = {target for target, _ in settings.menu or ()}
    for document in subject.documents if settings.menu is not None else ():
        if document.uri not in listed and not settings.is_outside_menu(document.uri):
            line = f"'- {document.title or 'Title'}: {document.uri}'"
            advice = f"add a line {line} below 'nav' in mkdocs.yml, or its address below 'not_in_nav'"
            yield Problem(document.where, f"this page is not in the menu; {advice}")
