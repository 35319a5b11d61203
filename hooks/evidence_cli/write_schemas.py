"""`python -m write_schemas` writes the JSON Schemas of the data files into schemas/, for the programs that editors type in."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from evidence.site.schemas import as_text, schemas
from evidence.text.words import counted

FOLDER = Path("schemas")


def main(arguments: list[str] | None = None) -> int:
    """Write all schemas, and remove those of files that are no more; with `--check` only say which are out of date, as 1."""
    parser = argparse.ArgumentParser(prog="python -m write_schemas", description=__doc__)
    parser.add_argument("--root", type=Path, default=Path(), help="the project's folder (default: this folder)")
    parser.add_argument("--check", action="store_true", help="write nothing; fail if a file is out of date")
    options = parser.parse_args(arguments)
    folder = options.root / FOLDER
    wanted = {name: as_text(schema) for name, schema in schemas().items()}
    there = {file.name: file.read_text("utf-8") for file in sorted(folder.glob("*.json"))}
    stale = sorted(name for name in {*wanted, *there} if wanted.get(name) != there.get(name))
    if options.check:
        for name in stale:
            print(f"{FOLDER / name}: out of date; run `make schemas`", file=sys.stderr)
        return int(bool(stale))
    folder.mkdir(exist_ok=True)
    for name in stale:
        if name in wanted:
            (folder / name).write_text(wanted[name], "utf-8", newline="\n")
        else:
            (folder / name).unlink()
    print(f"{FOLDER}/: {counted(len(wanted), 'schema')}, {len(stale)} changed.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
