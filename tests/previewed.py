"""`make serve` as an editor has it: a copy of a project that can be edited, served by MkDocs, and what its pages then say."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from conftest import ROOT

PATIENCE = 120  # seconds until a test gives up; how long it really takes is for `make bench BENCH=--serve`
PAUSE = 6  # seconds between two changes of the benchmark, as someone who types would leave them
PARTS = ("docs", "data", "bibliography.bib", "mkdocs.yml", "CHANGELOG.md", ".cache")
# What MkDocs adds to each page that it serves.
_RELOAD = re.compile(r"<script>(?:(?!</script>).)*\blivereload\((?:(?!</script>).)*</script>", re.S)


def copy_project(target: Path) -> Path:
    """The real project's sources in a folder of their own, with what earlier builds kept; the engine is the same."""
    target.mkdir(parents=True)
    for part in PARTS:
        source = ROOT / part
        if source.is_dir():
            shutil.copytree(source, target / part)
        elif source.exists():
            shutil.copy(source, target / part)
    (target / "hooks").symlink_to(ROOT / "hooks")
    return target


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


class Preview:
    """A running server."""

    def __init__(self, address: str, log: Path) -> None:
        self.address, self.log = address, log

    def file(self, path: str) -> bytes:
        """A file as it stands on disk; an address that is not there gives the page that says so."""
        try:
            with urllib.request.urlopen(self.address + path, timeout=PATIENCE) as answer:
                return bytes(answer.read())
        except urllib.error.HTTPError as error:
            return error.read()

    def page(self, path: str = "") -> str:
        """A page or a file of text, without what MkDocs adds."""
        return _RELOAD.sub("", self.file(path).decode())

    def wait(self, path: str, wanted: Callable[[str], bool]) -> str:
        """A page as soon as it is as wanted."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if wanted(page := self.page(path)):
                return page
            time.sleep(0.02)
        raise AssertionError(f"{path} did not change within {PATIENCE} seconds:\n{page[:2000]}\n{self.log.read_text()}")


@contextmanager
def preview(folder: Path, log: Path) -> Iterator[Preview]:
    """Serve the project in `folder` until the end of the block."""
    port = free_port()
    memory = {"TMPDIR": "/dev/shm"} if Path("/dev/shm").is_dir() else {}  # as in the Makefile
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(ROOT / "hooks")} | memory
    command = [sys.executable, "-m", "mkdocs", "serve", "--strict", "-a", f"127.0.0.1:{port}"]
    with log.open("w") as output:
        server = subprocess.Popen(command, cwd=folder, env=environment, stdout=output, stderr=output)
        try:
            start = time.monotonic()
            while "Serving on" not in log.read_text():
                assert server.poll() is None and time.monotonic() - start < PATIENCE, log.read_text()
                time.sleep(0.1)
            yield Preview(f"http://127.0.0.1:{port}/", log)
        finally:
            server.send_signal(signal.SIGINT)
            try:
                server.wait(10)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def serve_table() -> Iterator[str]:
    """How long a change takes until the page shows it, on the project as it is: the worst of five changes of each kind."""
    import tempfile  # noqa: PLC0415 (only the benchmark needs it)

    kinds = {
        "a page": ("docs/review/issue.md", "review/issue/", lambda t, n: f"{t}\nSeen change {n}.\n"),
        "a reference": (
            "bibliography.bib",
            "references/",
            lambda t, n: re.sub(r"title\s*= \{", f"title = {{Seen change {n}. ", t, count=1),
        ),
        "a data file": (
            "data/glossary.yml",
            "glossary/",
            lambda t, n: re.sub(r"(\n  (?:meaning|text|words): )", rf"\1Seen change {n}. ", t, count=1),
        ),
    }
    yield "\n## From saving to seeing, with `make serve`\n\n| changed | median s | worst s | changes |\n| --- | ---: | ---: | ---: |"
    with tempfile.TemporaryDirectory() as scratch:
        folder = copy_project(Path(scratch, "project"))
        with preview(folder, Path(scratch, "log.txt")) as server:
            for name, (file, address, changed) in kinds.items():
                before = (folder / file).read_text("utf-8")
                times = []
                for number in range(5):
                    (folder / file).write_text(changed(before, number), "utf-8")
                    start = time.perf_counter()
                    server.wait(address, lambda page, n=number: f"Seen change {n}." in page)  # type: ignore[misc]
                    times.append(time.perf_counter() - start)
                    time.sleep(PAUSE)
                yield f"| {name} | {sorted(times)[2]:.2f} | {max(times):.2f} | {len(times)} |"
