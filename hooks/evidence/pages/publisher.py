"""Who publishes the site: what pages say of it, what is still missing before it can go out, and the site as one ZIP to carry away."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from evidence.crosslinks.passages import Context, DirectiveError, Passage, choose_one
from evidence.files.zips import write_zip
from evidence.model.site_data import Publisher
from evidence.text import escape
from evidence.text.addresses import relative
from evidence.text.sizes import file_size
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
# What only a web server can use: its rules, the page for wrong addresses (its links are absolute) and the map for search engines.
FOR_SERVERS = frozenset({"_headers", "_redirects", ".nojekyll", "404.html", "sitemap.xml", "sitemap.xml.gz"})

README = """\
How to read this site without the internet

1. Unpack the ZIP file into a folder. Do not open pages from inside the ZIP.
2. Open the file index.html in your web browser.

Reading, links and search work without a network. Search needs JavaScript.
Pages load nothing from elsewhere. Links to other websites need a network.
This is a copy: the site may have changed since it was made.
"""


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
    """The link to the copy for reading offline with its size; in the copy itself, and where none was made, a sentence that says so."""
    if wanted:
        raise DirectiveError("this marker takes nothing further")
    size = context.review.offline_size
    if size is None:
        text = "This build of the site has no copy for reading offline."
    elif size == 0:
        text = "You are reading the copy for reading offline. It was made from the site, which may have changed since."
    else:
        address = relative(context.document.uri, OFFLINE)
        text = f"[Download the whole site (ZIP, {file_size(size)})]({address}). It opens from a folder on your computer, with its search."
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


def pack(folder: Path, target: Path, name: str, readme: str) -> int:
    """A site built for reading without a server, as one ZIP with a folder `name`: the same bytes for the same files. Returns its size."""
    files = {file.relative_to(folder).as_posix(): file for file in _packable(folder)}
    target.parent.mkdir(parents=True, exist_ok=True)
    site = ((f"{name}/{uri}", file.read_bytes()) for uri, file in sorted(files.items()))
    write_zip(target, chain(site, [(f"{name}/README.txt", readme.encode())]))
    return target.stat().st_size


def _packable(folder: Path) -> Iterator[Path]:
    for file in folder.rglob("*"):
        if file.is_file() and file.relative_to(folder).as_posix() not in FOR_SERVERS:
            yield file
