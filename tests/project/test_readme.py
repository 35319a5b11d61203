"""The README's commands run, and its links lead somewhere. What the guide for editors says is done in `test_editing_guide.py`."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from conftest import ROOT, run
from evidence.site.loading import load
from guided import anchor_of, copied

pytestmark = pytest.mark.needs("much time")

README = (ROOT / "README.md").read_text("utf-8")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The project as a fresh checkout would have it, with the environment that is already there."""
    return copied(tmp_path / "project")


def test_the_commands_it_names_exist() -> None:
    named = set(re.findall(r"make ([a-z]+(?:-[a-z]+)*)", README))
    assert {"site", "test", "check", "serve", "publish", "new-review"} <= named
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.M))
    assert named <= targets


def test_make_check_and_make_site(copy: Path) -> None:
    make = ["make", "READY=", f"BIN={Path(sys.executable).parent}", f"PYTHONPATH={copy / 'hooks'}"]
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


def test_it_is_one_screen_and_says_which_licences_have_been_chosen() -> None:
    assert len(README.splitlines()) <= 45
    publisher = load(ROOT).review.publisher
    for of, licence in (("programs", publisher.code_licence), ("pages and tables", publisher.content_licence)):
        assert f"Licence of the {of}: {licence or 'not yet chosen'}." in README


def test_whoever_finds_a_hole_is_told_whom_to_write_to() -> None:
    text = (ROOT / "SECURITY.md").read_text("utf-8")
    contact = load(ROOT).review.publisher.contact
    assert contact in text
    assert ("there is nobody to write to" in text) == (not contact)


def test_make_bench_measures_and_judges() -> None:
    result = run(sys.executable, "tests/bench.py", "4", "--only", "floor,floor+refs,ours-cold,ours-warm", "--runs", "1")
    assert result.returncode == 0, result.stderr
    assert re.search(r"^\| ours-cold \| +\d+ \| +[\d.]+ \|", result.stdout, re.M)
    assert re.search(r"4 pages, built before at most 2.0 times floor: CPU [\d.]+ \((not )?met\)", result.stdout)


def test_make_bench_says_where_the_seconds_go() -> None:
    result = run(sys.executable, "tests/bench.py", "2", "--profile")
    assert result.returncode == 0, result.stderr
    first, before = result.stdout.split("2 pages, 4 references, built before")
    for table in (first, before):
        stages = {name: float(seconds) for name, seconds in re.findall(r"^\| ([^|]+) \| ([\d.]+) \|", table, re.M)}
        assert {"imports", "Markdown", "all"} <= stages.keys()
        assert sum(stages.values()) - stages["all"] == pytest.approx(stages["all"], abs=0.1)
    assert "| processes |" in first  # pandoc
    assert "| processes |" not in before


@pytest.mark.parametrize("name", ["README.md", "SECURITY.md", "docs-dev/ten-years.md", "docs-dev/yearly-round.md"])
def test_its_links_and_targets_lead_somewhere(name: str) -> None:
    document = ROOT / name
    targets = re.findall(r"\]\(([^):]+)\)", document.read_text("utf-8"))
    assert targets
    for file, _, anchor in (target.partition("#") for target in targets):
        there = document.parent / file
        assert there.exists(), file
        headings = re.findall(r"^#+ (.+)$", there.read_text("utf-8"), re.M) if anchor else []
        assert not anchor or anchor in map(anchor_of, headings), f"{file}#{anchor}"
    made = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.M))
    assert set(re.findall(r"`make ([a-z-]+)", document.read_text("utf-8"))) <= made


def test_what_the_yearly_round_takes_from_the_night_is_there() -> None:
    """The issue with its label, and the file that a run keeps."""
    text = (ROOT / "docs-dev/yearly-round.md").read_text("utf-8")
    night = (ROOT / ".github/workflows/nightly.yml").read_text("utf-8")
    (label,) = re.findall(r'^LABEL = "(.+)"$', (ROOT / ".ci/tell").read_text("utf-8"), re.M)
    assert f"label `{label}`" in text
    assert "download `sources-checked`" in text
    assert "name: sources-checked\n          path: data/sources-checked.yml" in night


DOCUMENTS = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "tests/README.md",
    # The kit for tests names pages, also made ones, as `test_reader_kit.py` holds.
    *(file for file in sorted((ROOT / "docs-dev").rglob("*.md")) if file.name != "reader-tests.md"),
]
# Styles and files that a review may have, what is made, and pages of the guide's examples.
NOT_HERE = {
    "docs/assets/own.css",
    "assets/theme.css",
    "data/media.yml",
    "data/review.yml",
    "data/languages.yml",
    "docs/cy/index.md",
    "docs/cy/summary.md",
    "data/sources-checked.yml",
    "zensical.toml",
    "docs/review/criticism.md",
    "docs/review/a-new-page.md",
    "docs/nations/isle-of-man.md",
}


def test_files_that_documents_name_are_there() -> None:
    """A path begins at the project's folder, or inside the engine or the tests; a name alone is that of any file there."""
    known = {file.name for folder in ("hooks", "tests", "docs-dev") for file in (ROOT / folder).rglob("*.*")}
    known |= {file.name for file in ROOT.iterdir()}
    bases = [ROOT, *(ROOT / name for name in ("hooks", "hooks/evidence", "tests", "docs-dev", "docs", "data"))]
    named = [
        (document.name, name)
        for document in DOCUMENTS
        for name in re.findall(
            r"`((?:[\w.-]+/)*[\w.-]+\.(?:py|yml|toml|lock|md|css|js|typ|bib|json|j2))`", document.read_text("utf-8")
        )
    ]
    assert len(named) > 150
    gone = {
        (document, name)
        for document, name in named
        if name not in NOT_HERE
        and not (("/" not in name and name in known) or any((base / name).exists() for base in bases))
    }
    assert gone == set()
