"""Style sheets and scripts under names that change with what is in them, so that browsers may keep them for a year without asking again.

The theme names its files so (`main.57a0d79d.min.css`). Here the site's own files get such names after the build, and the pages ask for those.
Files of the site before are kept for the readers who still have one of its pages open.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
from pathlib import Path

ASSETS = "assets"
# As host_files.py says it to servers: a name with eight hexadecimal digits before its ending. A review in several languages has such a folder for each.
HASHED = re.compile(r"(?:[\w-]+/)?assets/(?:[\w-]+/)*[\w.-]+\.[0-9a-f]{8}(?:\.min)?\.(?:css|js)")
_TAG = re.compile(r"<(?:link|script)\b(?:[^>\"']|\"[^\"]*\"|'[^']*')*>", re.I)
_ARCHIVED = re.compile(r"v/\d")
_OWN = re.compile(r"[\w-]+\.(?:css|js)", re.ASCII)
# From any page of the site: up to its root by steps, or from the root of the host on the page for wrong addresses.
_ASKED = re.compile(
    rf"((?:href|src)=[\"'])((?:(?:\.\.?/)*|/(?:[\w.-]+/)*)(?:[\w-]+/)?{ASSETS}/)([\w-]+\.(?:css|js))(?=[\"'?#])"
)


def hash_assets(folder: Path) -> None:
    """Rename the files that lie in `assets/` itself, and in that of each further language, and let every page of the site ask for them by their new names.

    Pages of archived versions have assets of their own, and are left as they are.
    """
    renamed: dict[str, str] = {}
    for file in sorted([*folder.glob(f"{ASSETS}/*"), *folder.glob(f"*/{ASSETS}/*")]):
        if file.is_file() and _OWN.fullmatch(file.name):
            digest = hashlib.sha256(file.read_bytes()).hexdigest()[:8]
            renamed[file.relative_to(folder).as_posix()] = f"{file.stem}.{digest}{file.suffix}"
    if not renamed:
        return
    for page in folder.rglob("*.html"):
        uri = page.relative_to(folder).as_posix()
        if _ARCHIVED.match(uri):
            continue

        def asked(found: re.Match[str], here: str = posixpath.dirname(uri)) -> str:
            way = posixpath.normpath(posixpath.join("/", here, found[2])) if found[2][0] != "/" else f"/{ASSETS}"
            return found[1] + found[2] + renamed.get(f"{way[1:]}/{found[3]}", found[3])

        text = page.read_text("utf-8")
        changed = _TAG.sub(lambda match: _ASKED.sub(asked, match[0]), text)
        if changed != text:
            page.write_text(changed, "utf-8", newline="\n")
    for uri, new in renamed.items():
        (folder / uri).rename((folder / uri).with_name(new))


def hashed_files(folder: Path) -> list[str]:
    """The files of a site whose names change with their content, by their addresses."""
    places = (folder / ASSETS, *folder.glob(f"*/{ASSETS}"))
    found = (file.relative_to(folder).as_posix() for place in places for file in place.rglob("*") if file.is_file())
    return sorted(uri for uri in found if HASHED.fullmatch(uri))


def keep_assets(old: Path, wanted: list[str], new: Path) -> list[str]:
    """Copy from the old site into the new one what the old pages ask for and the new site does not have. Returns what was copied.

    `wanted` comes from a file in a public folder, so a name that is none of ours is passed over.
    """
    copied = []
    for uri in wanted:
        source, target = old / uri, new / uri
        if HASHED.fullmatch(uri) and source.is_file() and not source.is_symlink() and not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(source.read_bytes())
            copied.append(uri)
    return copied
