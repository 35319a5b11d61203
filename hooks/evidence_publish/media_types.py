"""What kind of file each of a site is, as servers tell browsers and reference managers: by its ending, in the words of IANA's registry.

The table holds what the engine makes and what editors may put into docs/assets/: `make server-rules` and `make show` are made from it.
"""

from __future__ import annotations

from evidence.papers import PAPER_FORMATS
from evidence.references import FORMATS

FEED, FEED_TYPE = "changes.xml", "application/atom+xml"
PACKAGE = "datapackage.json"
# Texts whose characters are UTF-8, which their type alone does not say.
_TEXTS = {
    "html": "text/html",
    "css": "text/css",
    "js": "text/javascript",
    "txt": "text/plain",
    "md": "text/markdown",
    "xml": "text/xml",
    "vtt": "text/vtt",
    "ics": "text/calendar",
}
_OTHERS = {
    "json": "application/json",
    "webmanifest": "application/manifest+json",
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "avif": "image/avif",
    "ico": "image/x-icon",
    "woff": "font/woff",
    "woff2": "font/woff2",
    "mp4": "video/mp4",
    "webm": "video/webm",
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "ogg": "audio/ogg",
    "zip": "application/zip",
    "gz": "application/gzip",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
UNKNOWN = "application/octet-stream"


def texts() -> dict[str, str]:
    """The media type of each text by its ending, without the word that its characters are UTF-8."""
    return _TEXTS | {made.id: made.media_type for made in FORMATS.values() if made.id != "json"}


def others() -> dict[str, str]:
    """The media type of all else by its ending."""
    return _OTHERS | {kind.suffix.rpartition(".")[2]: kind.media_type for kind in PAPER_FORMATS.values()}


def by_ending() -> dict[str, str]:
    """The media type of each ending, with the characters of texts."""
    return {ending: f"{kind}; charset=utf-8" for ending, kind in texts().items()} | others()


def media_type(uri: str) -> str:
    """The media type of the file at an address of the site. One ending, two kinds: the feed is XML of its own, and JSON but for one file is references."""
    name = uri.rpartition("/")[2]
    if name == FEED:
        return f"{FEED_TYPE}; charset=utf-8"
    if name.endswith(".json") and name != PACKAGE:
        return FORMATS["json"].media_type
    return by_ending().get(name.rpartition(".")[2].lower(), UNKNOWN)
