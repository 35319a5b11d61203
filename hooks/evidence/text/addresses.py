"""Addresses of the site: from a source file to its place, and from one source file to another."""

from __future__ import annotations

import posixpath
import re
from functools import lru_cache

# Keys and ids become names of files.
MAX_KEY = 100
# Names that Windows keeps for devices, with any ending ("Naming Files, Paths, and Namespaces"); and the page that others are stamped out of.
RESERVED = re.compile(r"con|prn|aux|nul|com\d|lpt\d|evidence-shell", re.I)


@lru_cache(maxsize=16_384)
def relative(from_uri: str, to_uri: str) -> str:
    """The link from one source file to another."""
    return posixpath.relpath(to_uri, posixpath.dirname(from_uri) or ".")


def site_path(uri: str, ending: str = "/") -> str:
    """From the source address of a page to its address inside the site, '' for the home page.

    `ending` ends the address: '/', or '.html' for a site without a folder for each page.
    """
    folder, _, name = uri.removesuffix(".md").rpartition("/")
    folder = f"{folder}/" if folder else ""
    return folder if name in ("index", "README") else f"{folder}{name}{ending}"


def page_address(uri: str, site_address: str) -> str:
    """The address of a page for people to type: as long as the site has none, its path only."""
    return f"{site_address.rstrip('/')}/{site_path(uri)}"
