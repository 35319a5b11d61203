"""The records of all works, and their entries in each format, as the script of the list of references finds them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

FIELDS = ("slug", "label", "title", "more", "year", "times")


def records(script: bytes) -> dict[str, dict[str, Any]]:
    """The records by the ends of their addresses, with the words of each filter."""
    text = script.decode()
    assert text.startswith("evidenceWorks = ")
    assert text.endswith(";\n")
    data = json.loads(text[len("evidenceWorks = ") : -2])
    found = {}
    for values in data["works"]:
        record = dict(zip(FIELDS, values, strict=False))
        places = zip(data["names"].items(), values[len(FIELDS) :], strict=True)
        record |= {name: [words[i] for i in chosen] for (name, words), chosen in places}
        found[record["slug"]] = record
    return found


def records_of(site: Path) -> dict[str, dict[str, Any]]:
    """The records of a built site."""
    return records((site / "references/works.js").read_bytes())


def entries_of(site: Path, ending: str) -> dict[str, Any]:
    """What files of a format are put together from."""
    text = (site / f"references/entries-{ending}.js").read_text("utf-8")
    found: dict[str, Any] = json.loads(text.partition("] = ")[2][:-2])
    return found
