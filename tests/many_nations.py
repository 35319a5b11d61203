"""The sample meadow with as many nations as one asks for, and much to say of each: for what has to hold when a table has many columns."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from conftest import SITES

NAMES = [
    "Norway",
    "Sweden",
    "Denmark",
    "Finland",
    "Iceland",
    "Estonia",
    "Latvia",
    "Lithuania",
    "Luxembourg",
    "Liechtenstein",
    "Switzerland",
    "Netherlands",
]
SAID = [
    "The environmental administration recommends that municipalities mow after the flowering season [@hay2018].",
    "Volunteers look after the verges.",
    "",
    "Responsibilities are shared between landowners, neighbourhoods and contractors [@roads2020].",
]
TOPICS = ("First cut", "Second cut", "Responsibilities")


def many_nations(folder: Path, number: int = len(NAMES)) -> Path:
    """Write the review into a folder of its own; its mkdocs.yml."""
    shutil.copytree(SITES["meadow"], folder, dirs_exist_ok=True)
    nations = [{"id": "NO" if name == "Norway" else name.lower(), "name": name} for name in NAMES[:number]]
    rows = []
    for i, topic in enumerate(TOPICS):
        said = [[SAID[(i + n) % len(SAID)], SAID[(i + 2 * n) % len(SAID)]] for n in range(number)]
        cells = {
            nation["id"]: [{"text": text} for text in dict.fromkeys(texts) if text]
            for nation, texts in zip(nations, said, strict=True)
        }
        rows.append({"id": f"topic-{i}", "title": topic, "cells": {k: v for k, v in cells.items() if v}})
    # JSON is YAML.
    (folder / "data/nations.yml").write_text(json.dumps(nations), "utf-8")
    (folder / "data/comparison.yml").write_text(json.dumps({"caption": "Who cuts when", "rows": rows}), "utf-8")
    page = "---\ntitle: Who cuts when\ndescription: Many countries side by side.\n---\n\n# Who cuts when\n\n## July { #july }\n\n<!-- evidence: compare -->\n"
    (folder / "docs/compare.md").write_text(page, "utf-8")
    config = (folder / "mkdocs.yml").read_text("utf-8")
    config = config.replace("../../../hooks", str(SITES["real"] / "hooks")) + "extra: {evidence: {frame: true}}\n"
    (folder / "mkdocs.yml").write_text(config, "utf-8")
    return folder / "mkdocs.yml"
