"""`python -m evidence check` prints every problem; `python -m evidence stage DIR` writes the whole site as plain Markdown for any engine.

`publish` says what is missing before the site can be published; `pack FOLDER ZIP` makes one file of a site built for reading without a server.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from evidence.publishing import README, file_size, missing, pack
from evidence.read import read_text
from evidence.site import Site, load
from evidence.words import counted


def main(arguments: list[str] | None = None) -> int:
    """Run a command; 0 when all is well, 1 when there are problems, which are printed to standard error."""
    parser = argparse.ArgumentParser(prog="python -m evidence", description=__doc__)
    parser.add_argument("--root", type=Path, default=Path(), help="the review's folder (default: this folder)")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("check", help="print every problem, without a build")
    commands.add_parser("stage", help="write the site as plain Markdown").add_argument("directory", type=Path)
    commands.add_parser("publish", help="say whether the site can be published, and what is missing if not")
    packing = commands.add_parser("pack", help="pack a site that was built for reading without a server into a ZIP")
    packing.add_argument("folder", type=Path)
    packing.add_argument("zip", type=Path)
    options = parser.parse_args(arguments)
    if not options.root.is_dir():
        parser.error(f"{options.root} is not a folder")
    site = load(options.root.resolve())
    for problem in site.problems:
        print(problem, file=sys.stderr)
    if site.problems:
        print(f"{counted(len(site.problems), 'problem')} found.", file=sys.stderr)
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
    docs = site.root / "docs"
    for file in sorted(docs.rglob("*")):
        uri = file.relative_to(docs)
        if (
            file.is_file()
            and file.suffix != ".md"
            and uri.parts[0] != "templates"
            and not any(part.startswith(".") for part in uri.parts)
        ):
            _write(directory / uri, file.read_bytes())
    for document in site.documents:
        text, _ = read_text(site.root / document.where.path, document.where.path)
        assert text is not None, "load() has read it"
        front = text.removesuffix(document.body)
        _write(directory / document.uri, (front + site.filled(document.uri).markdown()).encode())
    for output in site.outputs():
        _write(directory / output.uri, output.data())
    return 0


def _write(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)


if __name__ == "__main__":
    sys.exit(main())
