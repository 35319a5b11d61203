"""The copy for reading offline: a ZIP made of the built pages, which opens from a folder, without a server or a network.

Links to folders lead to files, and what only a site has at its address is left out: where its pages speak of that, the copy says something else.
Search is the same: its files are scripts, which pages in a folder may load.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import Path

from evidence.directives import changes, publisher
from evidence.files import zips
from evidence.text.translation import _
from evidence.text.words import file_size
from evidence_publish.archived import FOR_SERVERS

README = _("""\
How to read this site without the internet

1. Unpack the ZIP file into a folder. Do not open pages from inside the ZIP.
2. Open the file index.html in your web browser.

Reading, links and search work without a network. Search needs JavaScript.
Pages load nothing from elsewhere. Links to other websites need a network.
This is a copy: the site may have changed since it was made.
""")
# Links, also those of linked data, to folders: 'a/', './', '../..'. Each by itself, as `re` looks for a text at a beginning many times as fast.
_TO_FOLDER = tuple(
    re.compile(rf'({before})((?:[^":?#]*/)?\.{{1,2}}|[^":?#]*/)(?=[#"])')
    for before in (r'href="(?<=\shref=")', '"url":"')
)
_OF_A_HOST = re.compile(r'\s*<link [^>]*(?:rel="canonical"|type="application/atom\+xml")[^>]*>')
_BEFORE_VERSION, _AFTER_VERSION = changes.ARCHIVED.split("%s")
_ARCHIVED = re.compile(rf'{_BEFORE_VERSION}<a href="[^"]*\b{changes.ARCHIVE}/[^"]*">([^<]*)</a>{_AFTER_VERSION}')


def add_copy(site: Path, redirects: Collection[str]) -> None:
    """Put the copy of the built `site` into it, and its size into the pages that offer it. The pages at old addresses, `redirects`, stay out."""
    target = site / publisher.OFFLINE
    zips.write_zip(target, _parts(site, redirects))
    size = f", {file_size(target.stat().st_size)}"
    for file in site.rglob("*.html"):
        page = file.read_bytes()
        if publisher.SIZE.encode() in page:
            file.write_bytes(page.replace(publisher.SIZE.encode(), size.encode()))


def _parts(site: Path, redirects: Collection[str]) -> Iterator[tuple[str, bytes]]:
    folder = publisher.OFFLINE.removesuffix(".zip")
    left_out = {*FOR_SERVERS, *redirects, changes.FEED, publisher.OFFLINE}
    for file in sorted(site.rglob("*")):
        uri = file.relative_to(site).as_posix()
        if not file.is_file() or uri in left_out or uri.startswith(f"{changes.ARCHIVE}/"):
            continue
        content = file.read_bytes()
        if uri.endswith(".html"):
            content = offline_page(content.decode()).encode()
        yield f"{folder}/{uri}", content
    yield f"{folder}/README.txt", README.encode()


def offline_page(page: str) -> str:
    """A page as it stands in the copy."""
    for words, sentence, own in _SENTENCES:
        page = sentence.sub(own, page) if words in page else page
    head, end, body = _ARCHIVED.sub(r"\1", page).partition("</head>")
    page = f"{_OF_A_HOST.sub('', head)}{end}{body}"
    for to_folder in _TO_FOLDER:
        page = to_folder.sub(_to_file, page)
    return page


def _to_file(link: re.Match[str]) -> str:
    return link[1] + f"{link[2].removesuffix('/')}/index.html".removeprefix("./")


def _sentence(offer: str, linked: str) -> tuple[str, re.Pattern[str]]:
    before, after = map(re.escape, offer.split("%s"))
    return linked, re.compile(f"{before}(?:<a [^>]*>)?{re.escape(linked)}(?:</a>)?{after}")


_SENTENCES = (
    (*_sentence(publisher.OFFER, publisher.OFFER_WORDS), publisher.IN_COPY),
    (*_sentence(changes.FEED_OFFER, changes.FEED_WORDS), changes.NO_FEED),
)
