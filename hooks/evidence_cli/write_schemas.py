"""Writes the JSON Schemas of the data files into schemas/, for the programs that editors type in (`make schemas`)."""

from __future__ import annotations

from pathlib import Path

from evidence.site import schemas
from evidence.text.words import counted

FOLDER = Path("schemas")


def stale(root: Path) -> list[str]:
    """The names of the schemas in `root` that are missing, out of date, or left over."""
    wanted = _wanted()
    there = {file.name: file.read_text("utf-8") for file in (root / FOLDER).glob("*.json")}
    return sorted(name for name in {*wanted, *there} if wanted.get(name) != there.get(name))


def write(root: Path) -> str:
    """Write all schemas, and remove those of files that are no more. Returns what to tell the editor."""
    wanted, folder, changed = _wanted(), root / FOLDER, stale(root)
    folder.mkdir(exist_ok=True)
    for name in changed:
        if name in wanted:
            (folder / name).write_text(wanted[name], "utf-8", newline="\n")
        else:
            (folder / name).unlink()
    return f"{FOLDER}/: {counted(len(wanted), 'schema')}, {len(changed)} changed."


def _wanted() -> dict[str, str]:
    return {name: schemas.as_text(schema) for name, schema in schemas.schemas().items()}
