"""Addresses of the site: from a source file to its place, from one source file to another, and from the key of a work to its place."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from functools import lru_cache
from hashlib import sha256

from evidence.text.words import quoted, without_accents

# Ids, and keys where they can, become names of files as they are.
MAX_KEY = 100
# Longer than any key that a program makes; a longer one has lost its comma.
_LONGEST_KEY = 300
# Names that Windows keeps for devices, with any ending ("Naming Files, Paths, and Namespaces"); and the page that others are stamped out of.
RESERVED = re.compile(r"con|prn|aux|nul|com\d|lpt\d|evidence-shell", re.I)

# What stands for itself in an address, in any file system, and as mkdocs-bibtex reads a key.
_SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
# Signs that no key can hold: they end it in a .bib file or on a page, or LaTeX has no way to cite it.
_NO_KEY = re.compile(r"[\s\"#%,=\[\\\]`{}]")
# Keys that biber and pandoc read as well; either would read nothing of a file that holds another.
_EVERYWHERE = re.compile(r"[\w!$&*+./:;?@-]+")
# A key as a citation has it without braces: pandoc's rule, of which only the signs of \w may stand at an end.
BARE_KEY = r"\w(?:[\w:.#$%&+?<>~/-]*\w)?"
_BARE_KEY = re.compile(BARE_KEY)
# Letters that Unicode takes to be no other letter with a mark.
_LETTERS = str.maketrans(
    {"ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D"}
    | {"ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ħ": "h", "Ħ": "H", "ı": "i", "ł": "l", "Ł": "L", "ŧ": "t", "Ŧ": "T"}
)


def key_problem(key: str) -> str:
    """What keeps a key from being that of a work, for the editor; '' for nothing. Keys are taken as reference managers and databases write them."""
    if len(key) > _LONGEST_KEY:
        return f"key {quoted(key)} has {len(key):,} characters; at most {_LONGEST_KEY}"
    better = mended_key(key)
    if odd := next((sign for sign in key if _NO_KEY.match(sign) or not sign.isprintable()), ""):
        return f"key {quoted(key)} holds {quoted(odd)}, which no key can hold; write one such as {quoted(better)}"
    if not any(map(str.isalnum, key)):
        return f"key {quoted(key)} has no letter and no digit; write one such as {quoted(better)}"
    if RESERVED.fullmatch(slug(key)):
        return f"key {quoted(key)} is a name that computers keep for themselves; choose another, such as {quoted(f'{better}-1')}"
    return ""


def mended_key(key: str) -> str:
    """A key of letters, digits and hyphens in the place of one that cannot be."""
    return re.sub(r"\W+", "-", key).strip("-")[:MAX_KEY] or "smith2020"


def cited_key(key: str) -> str:
    """The key as a citation has it: in braces where pandoc's syntax asks for them (Pandoc User's Guide, "Citation syntax")."""
    return key if _BARE_KEY.fullmatch(key) else f"{{{key}}}"


def exported_key(key: str) -> str:
    """The key in a BibTeX file: as it is, or as in addresses where biber or pandoc could not read the file that holds it."""
    return key if _EVERYWHERE.fullmatch(key) else slug(key)


@lru_cache(maxsize=16_384)
def slug(key: str) -> str:
    """What stands for a key in addresses and ids, the same for ever: a function of the key alone.

    Letters of ASCII, digits, '-' and '_' stay. Other Latin letters become those that they are made of, signs a hyphen. What would be lost (other scripts,
    the end of a long key) is told apart by the beginning of a hash.
    """
    if _SAFE.fullmatch(key) and len(key) <= MAX_KEY:
        return key
    letters = without_accents(key.translate(_LETTERS))
    plain = re.sub(r"[^A-Za-z0-9_]+", "-", letters).strip("-_")
    if plain and len(plain) <= MAX_KEY and not any(letter.isalnum() and not letter.isascii() for letter in letters):
        return plain
    mark = sha256(unicodedata.normalize("NFC", key).encode()).hexdigest()[:10]
    return f"{plain[: MAX_KEY - 20].strip('-_')}-{mark}".lstrip("-")


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
