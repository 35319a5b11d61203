"""`python -m evidence check` prints every problem; `python -m evidence stage DIR` writes the whole site as plain Markdown for any engine (see `staging`).

`publish` says what is missing before the site can be published; `pack FOLDER ZIP` makes one file of a site built for reading without a server.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from evidence.pages.publisher import README, missing, pack
from evidence.rules.report import report
from evidence.site.loading import load
from evidence.site.site import Site
from evidence.site.staging import SETTINGS, staged
from evidence.text.sizes import file_size
from evidence.text.words import counted


def main(arguments: list[str] | None = None) -> int:
    """Run a command; 0 when all is well, 1 when there are problems, which are printed to standard error."""
    parser = argparse.ArgumentParser(prog="python -m evidence", description=__doc__)
    parser.add_argument("--root", type=Path, default=Path(), help="the review's folder (default: this folder)")
    commands = parser.add_subparsers(dest="command", required=True)
    checking = commands.add_parser("check", help="print what is wrong, without a build")
    checking.add_argument("--all", action="store_true", help="print each problem, even where thousands are alike")
    commands.add_parser("stage", help="write the site as plain Markdown").add_argument("directory", type=Path)
    commands.add_parser("publish", help="say whether the site can be published, and what is missing if not")
    packing = commands.add_parser("pack", help="pack a site that was built for reading without a server into a ZIP")
    packing.add_argument("folder", type=Path)
    packing.add_argument("zip", type=Path)
    options = parser.parse_args(arguments)
    if not options.root.is_dir():
        parser.error(f"{options.root} is not a folder")
    site = load(options.root.resolve())
    if site.problems:
        print(*report(site.problems, whole=getattr(options, "all", False)), sep="\n", file=sys.stderr)
        return 1
    if options.command == "check":
        print(
            f"No problems in {counted(len(site.documents), 'page')} and {counted(len(site.review.references), 'reference')}."
        )
        return 0
    if options.command == "publish":
        message = missing(site.review.publisher)
        print(message or f"The publisher is {site.review.publisher.name}.", file=sys.stderr if message else sys.stdout)
        return int(bool(message))
    if options.command == "pack":
        return _pack(options.folder, options.zip)
    return _stage(site, options.directory)


def _pack(folder: Path, target: Path) -> int:
    if not (folder / "index.html").is_file():
        print(f"{folder}: there is no site here; build it first", file=sys.stderr)
        return 1
    size = pack(folder, target, target.stem, README)
    print(f"{target}: {file_size(size)}. Unpack it and open index.html.")
    return 0


def _stage(site: Site, directory: Path) -> int:
    if directory.exists() and any(directory.iterdir()):
        print(f"{directory}: this folder is not empty; name a new or an empty one", file=sys.stderr)
        return 1
    for uri, content in staged(site):
        _write(directory / uri, content)
    print(f"{directory}: the whole site as plain Markdown, with {SETTINGS} for Zensical.")
    return 0


def _write(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)


if __name__ == "__main__":
    sys.exit(main())
