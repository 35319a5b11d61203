"""The engine knows no site generator and no topic: another engine or another review can use it as it is."""

from __future__ import annotations

import re
import sys

import pytest

from conftest import ROOT, run
from own_words import own_words

ENGINE = sorted((ROOT / "hooks/evidence").rglob("*.py"))
# All that ships with the engine: its templates and style sheets speak to readers as well.
SHIPPED = sorted(file for file in (ROOT / "hooks/evidence").rglob("*") if file.is_file() and file.suffix != ".pyc")
WITHOUT_MKDOCS = """
import importlib, sys

class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0].startswith("mkdocs") or name.partition(".")[0] == "material":
            raise ImportError(f"{name} is blocked")

sys.meta_path.insert(0, Blocked())
for name in sys.argv[1:]:
    importlib.import_module(name)
print(len(sys.argv[1:]), any(name.startswith("mkdocs") for name in sys.modules))
"""


def test_every_module_works_without_mkdocs() -> None:
    names = [
        ".".join(file.relative_to(ROOT / "hooks").with_suffix("").parts)
        for file in ENGINE
        if not file.stem.startswith("__")
    ]
    assert len(names) >= 70
    result = run(sys.executable, "-c", WITHOUT_MKDOCS, *names, "evidence_cli.__main__")
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout == f"{len(names) + 1} False\n"


@pytest.mark.parametrize("word", own_words())
def test_no_file_of_the_engine_speaks_of_this_review(word: str) -> None:
    found = re.compile(rf"(?<![\w-]){re.escape(word)}(?![\w-])", 0 if word.isupper() else re.I)
    spoken = [
        f"{file.name}:{number}: {line.strip()}"
        for file in SHIPPED
        for number, line in enumerate(file.read_text("utf-8").splitlines(), 1)
        if found.search(line)
    ]
    assert spoken == []


def test_all_of_the_engine_is_looked_at() -> None:
    """A move of files must not leave these tests looking at a part of them."""
    assert len(ENGINE) >= 75
    assert {".py", ".typ", ".css"} <= {file.suffix for file in SHIPPED}
