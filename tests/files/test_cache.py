"""What is kept between builds is made anew when anything that makes it has changed."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from conftest import ROOT, run

PRINT = "from evidence.files.cache import made_by; print(made_by('PyYAML'))"


@pytest.fixture
def engine(tmp_path: Path) -> Path:
    """A copy of the engine that may be changed."""
    shutil.copytree(ROOT / "hooks/evidence", tmp_path / "evidence", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def mark(engine: Path) -> str:
    result = run(sys.executable, "-c", PRINT, PYTHONPATH=str(engine))
    assert result.returncode == 0, result.stderr
    return result.stdout


def test_every_file_of_the_engine_counts(engine: Path) -> None:
    before = mark(engine)
    assert mark(engine) == before
    files = [file for file in sorted(engine.rglob("*")) if file.is_file() and file.suffix != ".pyc"]
    assert len(files) >= 75
    seen = {before}
    for file in (files[3], next(f for f in files if f.suffix == ".typ"), next(f for f in files if "style" in f.name)):
        file.write_bytes(file.read_bytes() + b"\n")
        seen.add(mark(engine))
    assert len(seen) == 4
