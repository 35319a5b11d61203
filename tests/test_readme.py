"""The README's commands run, and what it tells an editor to write works as it stands there."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from conftest import ROOT, run

README = (ROOT / "README.md").read_text("utf-8")


def block(language: str, part: str) -> str:
    """The first code block of a language below a heading of the README."""
    section = README.split(f"### {part}\n", 1)[1]
    found = re.search(rf"```{language}\n(.*?)```", section, re.S)
    assert found, part
    return found[1]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The project as a fresh checkout would have it, with the environment that is already there."""
    target = tmp_path / "project"
    left_out = shutil.ignore_patterns(".git", ".venv", "site", ".build", ".cache", "__pycache__", ".*_cache")
    shutil.copytree(ROOT, target, ignore=left_out)
    return target


def check(folder: Path) -> tuple[int, str]:
    result = run(sys.executable, "-m", "evidence", "check", cwd=folder)
    return result.returncode, result.stderr


def test_the_commands_it_names_exist() -> None:
    named = set(re.findall(r"make ([a-z]+)", README))
    assert {"site", "test", "check", "serve", "bench"} <= named
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.M))
    assert named <= targets


def test_make_check_and_make_site(copy: Path) -> None:
    (copy / ".venv").symlink_to(Path(sys.prefix))
    make = ["make", f"READY={copy / 'ready'}", f"BIN={Path(sys.executable).parent}"]
    (copy / "ready").write_text("")
    result = run(*make, "check", cwd=copy)
    assert result.returncode == 0, result.stderr
    assert "No problems" in result.stdout
    result = run(*make, "site", cwd=copy)
    assert result.returncode == 0, result.stderr
    assert (copy / "site/index.html").is_file()
    before = (copy / "site/index.html").read_bytes()
    page = copy / "docs/index.md"
    text = page.read_text("utf-8")
    assert "](summary.md)" in text
    page.write_text(text.replace("](summary.md)", "](summary.md#nowhere)", 1), "utf-8")
    result = run(*make, "site", cwd=copy)
    assert result.returncode != 0
    assert "#nowhere" in result.stderr
    assert (copy / "site/index.html").read_bytes() == before


def test_make_serve_shows_the_site_and_a_change(copy: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-m", "mkdocs", "serve", "--strict", "--dev-addr", address]
    with subprocess.Popen(
        command, cwd=copy, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as server:
        try:
            assert "What the issue is" in fetched(f"http://{address}/review/issue/", "What the issue is")
            data = copy / "data/nations.yml"
            data.write_text(data.read_text("utf-8").replace("name: Wales", "name: Cymru"), "utf-8")
            assert "Cymru" in fetched(f"http://{address}/nations/", "Cymru")
        finally:
            server.terminate()


def fetched(address: str, words: str, seconds: float = 60) -> str:
    """A page of a server that is starting or building, once it holds `words`; '' when it never does."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                if words in (text := answer.read().decode()):
                    return str(text)
        except OSError:
            pass
        time.sleep(0.2)
    return ""


def test_make_bench_measures_and_judges() -> None:
    result = run(sys.executable, "tests/bench.py", "4", "--only", "floor,floor+refs,ours-cold,ours-warm", "--runs", "1")
    assert result.returncode == 0, result.stderr
    assert re.search(r"^\| ours-cold \| +\d+ \| +[\d.]+ \|", result.stdout, re.M)
    assert re.search(r"ours-warm at most 1.3 times floor\+refs: wall [\d.]+ \((not )?met\)", result.stdout)


def test_an_editor_can_do_what_it_says(copy: Path) -> None:
    bib = copy / "bibliography.bib"
    bib.write_text(bib.read_text("utf-8") + "\n" + block("bibtex", "Add a reference"), "utf-8")
    assert check(copy) == (0, "")
    page = copy / "docs/review/issue.md"
    page.write_text(page.read_text("utf-8") + "\n" + block("markdown", "Cite it"), "utf-8")
    code, message = check(copy)
    assert code == 1
    assert "field 'uncited'" in message
    bib.write_text(re.sub(r"  uncited    = \{No page cites it yet\.\},\n", "", bib.read_text("utf-8")), "utf-8")
    assert check(copy) == (0, "")
    themes = copy / "data/themes.yml"
    themes.write_text(themes.read_text("utf-8").rstrip() + "\n" + block("yaml", "Add a theme"), "utf-8")
    page.write_text(page.read_text("utf-8").replace('data-themes="money"', 'data-themes="money a-new-theme"'), "utf-8")
    assert check(copy) == (0, "")
    data = copy / "data/comparison.yml"
    text = data.read_text("utf-8")
    row = text.index("- id: law")
    cell = re.compile(r"^( +)wales:\n((?:\1 +.*\n| *\n)+)", re.M).search(text, row)
    assert cell
    data.write_text(text[: cell.start()] + block("yaml", "Change a nation's cell") + text[cell.end() :], "utf-8")
    assert check(copy) == (0, "")
    result = run(sys.executable, "-m", "mkdocs", "build", "--strict", cwd=copy)
    assert result.returncode == 0, result.stderr
    for address, words in (
        ("references/example2024", "A title with the name of Wales kept in capitals"),
        ("review/issue", "Example and An Organisation, 2024, p. 12"),
        ("themes/a-new-theme", "Example and An Organisation, 2024"),
        ("nations/wales", "What the source says about Wales"),
        ("nations", "What the source says about Wales"),
    ):
        assert words in (copy / f"site/{address}/index.html").read_text("utf-8"), address


def test_a_slip_gives_the_message_it_shows(copy: Path) -> None:
    shown = block("text", "When you slip").strip()
    page, line, key = re.match(r"(\S+?):(\d+): citation of '(\w+)'", shown).groups()  # type: ignore[union-attr]
    file = copy / page
    lines = file.read_text("utf-8").splitlines(keepends=True)
    assert "@" in lines[int(line) - 1]
    lines[int(line) - 1] = re.sub(r"@[\w]+", f"@{key}", lines[int(line) - 1], count=1)
    file.write_text("".join(lines), "utf-8")
    code, message = check(copy)
    assert code == 1
    assert shown in message.splitlines()
