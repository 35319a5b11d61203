"""The copy for reading offline: a ZIP made of the built pages, which opens from a folder, without a server or a network.

Browsers start no worker from a folder, and search is one. `iframe-worker.js` stands in for it (npm iframe-worker 1.0.4, by the maker of the theme,
MIT), `search.js` has the index fetched, and the index comes as a script. Links to folders lead to files, and what only a site has at its
address is left out: where its pages speak of that, the copy says something else.
"""

from __future__ import annotations

import json
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
INDEX = "search/search_index.json"
_SCRIPTS = sorted(Path(__file__).parent.glob("offline_scripts/*.js"))
_FOLDER = "assets/offline"
# Links, also those of linked data, to folders: 'a/', './', '../..'.
_TO_FOLDER = re.compile(r'(?:(?<=\shref=")|(?<="url":"))((?:[^":?#]*/)?\.{1,2}|[^":?#]*/)(?=[#"])')
_OF_A_HOST = re.compile(r'\s*<link [^>]*(?:rel="canonical"|type="application/atom\+xml")[^>]*>')
_BEFORE_VERSION, _AFTER_VERSION = changes.ARCHIVED.split("%s")
_ARCHIVED = re.compile(rf'{_BEFORE_VERSION}<a href="[^"]*\b{changes.ARCHIVE}/[^"]*">([^<]*)</a>{_AFTER_VERSION}')


def add_copy(site: Path, redirects: Collection[str]) -> None:
    """Put the copy of the built `site` into it, and its size into the pages that offer it. The pages at old addresses, `redirects`, stay out."""
    target = site / publisher.OFFLINE
    zips.write_zip(target, _parts(site, redirects))
    size = f", {file_size(target.stat().st_size)}"
    in_json = json.dumps(publisher.SIZE)[1:-1]
    for file in (*site.rglob("*.html"), site / INDEX):
        text = file.read_text("utf-8") if file.is_file() else ""
        filled = text.replace(publisher.SIZE, size).replace(in_json, size)
        if filled != text:
            file.write_text(filled, "utf-8", newline="\n")


def _parts(site: Path, redirects: Collection[str]) -> Iterator[tuple[str, bytes]]:
    folder = publisher.OFFLINE.removesuffix(".zip")
    left_out = {*FOR_SERVERS, *redirects, changes.FEED, publisher.OFFLINE}
    for file in sorted(site.rglob("*")):
        uri = file.relative_to(site).as_posix()
        if not file.is_file() or uri in left_out or uri.startswith(f"{changes.ARCHIVE}/"):
            continue
        content = file.read_bytes()
        if uri.endswith(".html"):
            content = offline_page(content.decode(), uri).encode()
        elif uri == INDEX:
            content = _index(content.decode()).encode()
            # Pages that are opened from a folder may load scripts, but read no other files.
            yield f"{folder}/{uri}", content
            uri, content = INDEX.replace(".json", ".js"), b"var __index = " + content
        yield f"{folder}/{uri}", content
    for script in _SCRIPTS:
        yield f"{folder}/{_FOLDER}/{script.name}", script.read_bytes()
    yield f"{folder}/README.txt", README.encode()


def offline_page(page: str, uri: str) -> str:
    """The page at `uri` as it stands in the copy."""
    up = "../" * uri.count("/")
    scripts = "".join(f'<script src="{up}{_FOLDER}/{script.name}"></script>\n' for script in _SCRIPTS)
    page = _OF_A_HOST.sub("", _ARCHIVED.sub(r"\1", _otherwise(page)))
    page = _TO_FOLDER.sub(lambda m: f"{m[1].removesuffix('/')}/index.html".removeprefix("./"), page)
    return page.replace("</head>", f"{scripts}</head>", 1)


def _index(text: str) -> str:
    index = json.loads(text)
    for entry in index["docs"]:
        page, mark, section = entry["location"].partition("#")
        entry["location"] = (f"{page}index.html" if page.endswith("/") or not page else page) + mark + section
        entry["text"] = _otherwise(entry["text"]).replace(f"{_AFTER_VERSION}</li>", "</li>")
    return json.dumps(index, separators=(",", ":"))


def _otherwise(text: str) -> str:
    """The words of a page or of the index with what the copy says in the place of the site's."""
    for sentence, own in _SENTENCES:
        text = sentence.sub(own, text)
    return text


def _sentence(offer: str, linked: str) -> re.Pattern[str]:
    before, after = map(re.escape, offer.split("%s"))
    return re.compile(f"{before}(?:<a [^>]*>)?{re.escape(linked)}(?:</a>)?{after}")


_SENTENCES = (
    (_sentence(publisher.OFFER, publisher.OFFER_WORDS), publisher.IN_COPY),
    (_sentence(changes.FEED_OFFER, changes.FEED_WORDS), changes.NO_FEED),
)
