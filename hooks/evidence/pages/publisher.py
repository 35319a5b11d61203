"""Who publishes the site: what pages say of it, and what is still missing before it can go out; and the words that offer the site as one ZIP."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidence.crosslinks.passages import Context, DirectiveError, Passage, choose_one
from evidence.model.site_data import Publisher
from evidence.text import escape
from evidence.text.addresses import relative
from evidence.text.translation import _
from evidence.text.words import listed, quoted

FILE = "data/publisher.yml"
# The address of the ZIP that holds the whole site.
OFFLINE = "site-offline.zip"
FIELDS = {
    "name": "who publishes the site, a person or an organisation",
    "contact": "where readers can write to, an e-mail or a web address",
    "site_address": "the address of the site, such as https://www.example.org/evidence/",
}
EMAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
# Where the size of that ZIP belongs: it is made of the built pages.
SIZE = "\ue036"
OFFER_WORDS = _("Download the whole site (ZIP%s)") % SIZE
OFFER = _("%s. It opens from a folder on your computer, with its search.")
IN_COPY = _("You are reading the copy for reading offline. It was made from the site, which may have changed since.")


def publisher(context: Context, wanted: tuple[str, ...]) -> Iterator[Passage]:
    """Who publishes the site (`name`) or how to reach them (`contact`), or that neither is known yet."""
    known = {"name": _name, "contact": _contact}
    say = known[choose_one(wanted, known, "part", "thing: name or contact")]
    yield context.passage(f"\n\n{say(context.review.publisher)}\n\n")


def _name(record: Publisher) -> str:
    name = escape.markdown(record.name)
    return _("The publisher of this site is %s.") % name if name else _("No publisher has been set yet.")


def _contact(record: Publisher) -> str:
    if not record.contact:
        return _("No publisher has been set yet, so there is nobody to write to.")
    shown, web = escape.markdown(record.contact), escape.url(record.contact)
    return _("You can reach the publisher at %s.") % f"[{shown}](<{web or f'mailto:{record.contact}'}>)"


def offline(context: Context, wanted: tuple[str, ...]) -> Iterator[Passage]:
    """The link to the copy for reading offline, or a sentence that says that none is made. In the copy itself, IN_COPY takes its place."""
    if wanted:
        raise DirectiveError("this marker takes nothing further")
    text = _("This build of the site has no copy for reading offline.")
    if context.review.offline:
        text = OFFER % f"[{OFFER_WORDS}]({relative(context.document.uri, OFFLINE)})"
    yield context.passage(f"\n\n{text}\n\n")


def missing(record: Publisher) -> str:
    """What must be filled in before the site can be published, as a message; '' when nothing is missing."""
    names = [name for name in FIELDS if not getattr(record, name)]
    if not names:
        return ""
    fill = "".join(f"\n  {name}: {FIELDS[name]}" for name in names)
    verb = "is" if len(names) == 1 else "are"
    return (
        f"{FILE}: {listed(quoted(name) for name in names)} {verb} not set, so the site is not published. Fill in:{fill}"
    )
