"""Asks a built site as its pages do, with the script that readers have, run by Node; and what a search weighs."""

from __future__ import annotations

import gzip
import json
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from conftest import ROOT

SCRIPT = ROOT / "hooks/evidence_mkdocs/frame/assets/search-find.js"


def ask(site: Path, typed: Sequence[str], *, fresh: bool = False) -> list[dict[str, Any]]:
    """What is found for each text, with the `files` that it took; `fresh` for readers who have not searched before."""
    command = ["node", ROOT / "tests/search_find.mjs", site, SCRIPT, *(["--fresh"] if fresh else [])]
    lines = "".join(json.dumps(text) + "\n" for text in typed)
    result = subprocess.run(command, input=lines, capture_output=True, encoding="utf-8", check=False)
    assert result.returncode == 0, result.stderr
    return [json.loads(line) for line in result.stdout.split("\n") if line]


def searched(site: Path) -> list[dict[str, str]]:
    """All that a built site's search knows, read off its files: kind, title, page, url and text of each entry; of the theme's own search, where a site has that."""
    if (index := site / "search/search_index.json").is_file():
        found = json.loads(index.read_text("utf-8"))["docs"]
        return [
            {"kind": "", "page": "", "url": entry["location"], "title": entry["title"], "text": entry["text"]}
            for entry in found
        ]
    kinds = _piece(site / "search/table.js")["kinds"]
    files = sorted((site / "search/sections").glob("*.js"), key=lambda file: int(file.stem))
    entries = [
        dict(zip(("title", "page", "url", "text"), entry, strict=True)) for file in files for entry in _piece(file)
    ]
    return [
        {**entry, "kind": [kind[0] for kind in kinds if kind[3] <= number][-1]} for number, entry in enumerate(entries)
    ]


def _piece(file: Path) -> Any:
    return json.loads(file.read_text("utf-8").partition(",")[2].removesuffix(");\n"))


def weight(site: Path, files: Iterable[str]) -> int:
    """Bytes of gzip -9 of the scripts of search and of the files that a search took."""
    loaded = (*sorted(site.glob("assets/search*.js")), *(site / name for name in files))
    return sum(len(gzip.compress(file.read_bytes(), 9)) for file in loaded)
