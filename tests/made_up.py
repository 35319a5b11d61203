"""A small sound review, and what an editor is told of it when something in it is changed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from evidence.site.loading import load
from evidence.site.site import Site

BIB = """\
@article{good2020,
  author  = {Good, Ann},
  title   = {A sound entry},
  year    = {2020},
  access  = {free},
  listing = {printed},
}
"""
PAGE = """\
---
title: Home
description: A page with nothing wrong.
---

# Home { data-themes="soil" }

It cites one source [@good2020].

"""
THEMES = "- {id: soil, title: Soil, origin: review, summary: What grows needs soil.}\n"
SOUND = {"bibliography.bib": BIB, "docs/index.md": PAGE, "data/themes.yml": THEMES}
AFTER = PAGE.count("\n")  # what a test appends to PAGE begins on the next line


def called(name: str, content: str) -> str:
    """A file, and a page made from PAGE with a title and a description of its own unless it is the home page."""
    if name == "docs/index.md" or not name.startswith("docs/"):
        return content
    content = content.replace("description: A page with nothing wrong.", f"description: All of {name}.", 1)
    return re.sub(r"^(title:|#) Home\b", rf"\1 Page {name}", content, count=2, flags=re.M)


def review(root: Path, files: Mapping[str, str | bytes]) -> Site:
    """A sound small review under `root`, with `files` added or put in the place of its own."""
    for name, content in {**SOUND, **files}.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else called(name, content).encode())
    return load(root)


def told(root: Path, files: Mapping[str, str | bytes]) -> list[str]:
    return [str(problem) for problem in review(root, files).problems]


def places(root: Path, files: Mapping[str, str | bytes]) -> list[str]:
    """Only where the problems are."""
    return [str(problem.where) for problem in review(root, files).problems]


def note(**changes: str) -> str:
    fields = {
        "id": "N1",
        "kind": "fact",
        "title": "T",
        "where_in_source": "[p]",
        "source_says": "S",
        "problem": "P",
        "treatment": "T",
        "severity": "gap",
        "certainty": "verified",
        "basis": "B",
    }
    lines = [f"{name}: {value}" for name, value in (fields | changes).items()]
    return "- " + "\n  ".join(lines) + "\n"
