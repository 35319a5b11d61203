"""The house stays one that a stranger can live in: arrows only point down, rooms are small, and each is entered by its face alone."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import ROOT

HOOKS = ROOT / "hooks"
ROOMS = sorted(file.parent.name for file in (HOOKS / "evidence").glob("*/__init__.py"))
BESIDE = ("evidence_mkdocs", "evidence_publish", "evidence_library", "evidence_cli")
OPEN = {"evidence.text", "evidence.model", "evidence.documents"}  # the ground: any of their modules may be imported
MOST_MODULES, MOST_LINES, MOST_IN_A_FILE = 14, 1_700, 400


def files() -> list[Path]:
    """Every module of the engine and of what stands beside it."""
    found = [file for name in ("evidence", *BESIDE) for file in sorted((HOOKS / name).rglob("*.py"))]
    assert len(found) >= 100
    return found


def room_of(module: str) -> str:
    """The room that a module lies in: 'evidence.pages' for 'evidence.pages.notes', 'evidence_publish' for all of its modules."""
    parts = module.split(".")
    return ".".join(parts[:2]) if parts[0] == "evidence" else parts[0]


def face(room: str) -> list[str]:
    """The names of a room's `__all__`."""
    tree = ast.parse((HOOKS / room.replace(".", "/") / "__init__.py").read_text("utf-8"))
    assigned = [n for n in tree.body if isinstance(n, ast.Assign) and ast.unparse(n.targets[0]) == "__all__"]
    return list(ast.literal_eval(assigned[0].value)) if assigned else []


def past_faces(me: str, source: str) -> Iterator[str]:
    """Each import in a module `me` that takes from another room what its face does not name."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (n.name for n in node.names if n.name.count(".") and room_of(n.name) not in (room_of(me), *OPEN))
        if not isinstance(node, ast.ImportFrom) or not node.module or not node.module.startswith("evidence"):
            continue
        room = room_of(node.module)
        if room in (room_of(me), "evidence", *OPEN):
            continue
        module = node.module.removeprefix(room).strip(".")
        named = face(room)
        for name in (n.name for n in node.names):
            if (module or name) not in named:  # a face names what it has itself, or a module that is open as a whole
                yield f"{node.module}: {name}"


def test_a_reach_past_a_face_is_seen() -> None:
    source = "from evidence.pages.notes import notes\nfrom evidence.pages import Materials\nfrom evidence.text.words import listed\n"
    assert list(past_faces("evidence.papers.paper", source)) == ["evidence.pages.notes: notes"]
    assert list(past_faces("evidence.pages.generated", source)) == []


def test_rooms_are_entered_by_their_faces() -> None:
    past = {
        str(file.relative_to(HOOKS)): found
        for file in files()
        if (found := list(past_faces(".".join(file.relative_to(HOOKS).with_suffix("").parts), file.read_text("utf-8"))))
    }
    assert past == {}


@pytest.mark.parametrize("name", ROOMS)
def test_a_room_is_small_and_says_what_it_is_for(name: str) -> None:
    room = HOOKS / "evidence" / name
    modules = list(room.glob("*.py"))
    assert 1 < len(modules) <= MOST_MODULES
    assert sum(len(file.read_text("utf-8").splitlines()) for file in modules) <= MOST_LINES
    assert ast.get_docstring(ast.parse((room / "__init__.py").read_text("utf-8")))
    if f"evidence.{name}" not in OPEN:
        names = face(f"evidence.{name}")
        assert 3 <= len(names) <= 8
        assert len(set(names)) == len(names)


def test_each_room_has_tests_in_a_folder_of_its_name() -> None:
    assert [name for name in ROOMS if not list((ROOT / "tests" / name).glob("test_*.py"))] == []


def test_no_file_is_long() -> None:
    long = {
        str(file.relative_to(HOOKS)): n
        for file in files()
        if (n := len(file.read_text("utf-8").splitlines())) > MOST_IN_A_FILE
    }
    assert long == {}


def test_arrows_only_point_down() -> None:
    """The contract in pyproject.toml, by import-linter, which sees imports inside functions as well."""
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, env={"PYTHONPATH": "hooks"})
    assert result.returncode == 0, result.stdout
    assert "1 kept, 0 broken" in result.stdout
