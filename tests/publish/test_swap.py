"""A site goes out whole or not at all: one step from old to new, whatever fails, is killed or runs out of disk."""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from conftest import ROOT, run
from evidence_publish.publish import STAGES
from evidence_publish.site_folder import FolderError, exchange, read_mark, swap, taken, write_mark
from stub_project import command, files, make_host, make_project, published, until, words

project = pytest.fixture(make_project)
host = pytest.fixture(make_host)


def test_a_reader_never_meets_half_a_site(tmp_path: Path) -> None:
    """Hundreds of swaps, while another thread reads all the time: each page is there, and the two of one site at one moment belong together."""
    if not exchange_works(tmp_path):
        pytest.fail("this file system cannot exchange two folders; run the tests on another one, such as ext4 or tmpfs")
    folder = tmp_path / "site"
    stop, faults, reads = threading.Event(), [], [0]

    def read() -> None:
        while not stop.is_set():
            try:
                at = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)  # as a server that has gone into the folder
                try:
                    pages = {read_at(at, name) for name in ("a", "b")}
                finally:
                    os.close(at)
                if len(pages) != 1:
                    faults.append(f"half a site: {pages}")
                (folder / "a").read_bytes()
            except FileNotFoundError as error:
                # A folder that was opened before the swap is emptied some time after; by its address the site is always there.
                if error.filename not in ("a", "b"):
                    faults.append(str(error))
            reads[0] += 1

    def read_at(at: int, name: str) -> bytes:
        file = os.open(name, os.O_RDONLY, dir_fd=at)
        try:
            return os.read(file, 100)
        finally:
            os.close(file)

    def build(number: int) -> None:
        with taken(folder) as target:
            target.new.mkdir()
            for name in ("a", "b"):
                (target.new / name).write_text(str(number))
            write_mark(target.new, [])
            assert swap(target)

    build(0)
    reader = threading.Thread(target=read)
    reader.start()
    for number in range(1, 300):
        build(number)
    stop.set()
    reader.join()
    assert faults == []
    assert reads[0] > 100


def exchange_works(folder: Path) -> bool:
    for name in ("x", "y"):
        (folder / name).mkdir()
        (folder / name / name).touch()
    done = exchange(folder / "x", folder / "y")
    assert done == (folder / "x/y").exists()
    for name in ("x", "y"):
        shutil.rmtree(folder / name)
    return done


# In a process of its own: the swap is done again and again, and killed before one line of the module after the other.
KILLED_AT_EACH_LINE = """
import json, os, shutil, signal, sys
from pathlib import Path
from evidence_publish import site_folder
from evidence_publish.site_folder import exchange, keep, swap, taken, write_mark

base, exchanged = Path(sys.argv[1]), exchange if sys.argv[2] == "exchange" else lambda one, other: False
folder = base / "site"

def make(at, text):
    at.mkdir()
    for name in ("a", "b", "c"):
        (at / name).write_text(text)
    write_mark(at, [])

def put(text):
    with taken(folder) as target:
        make(target.new, text)
        swap(target, exchanged)
        keep(target, exchanged)

def content(folder=folder):
    return sorted((p.name, p.read_text()) for p in folder.iterdir()) if folder.exists() else None

before = base / ".site.publishing/before"

whole = {}
for text in ("old", "new"):
    put(text)
    whole[text] = content()

def killed(number):
    left = [number]
    def trace(frame, event, argument):
        if frame.f_code.co_filename != site_folder.__file__:
            return None
        if event == "line":
            left[0] -= 1
            if left[0] < 0:
                os.kill(os.getpid(), signal.SIGKILL)
        return trace
    sys.settrace(trace)
    put("new")
    sys.settrace(None)

found = {"lines": 0, "missing": 0, "unkept": 0, "faults": []}
while True:
    shutil.rmtree(base)
    base.mkdir()
    put("old")
    child = os.fork()
    if not child:
        killed(found["lines"])
        os._exit(0)
    ended = os.waitpid(child, 0)[1]
    now = content()
    if now is None:
        found["missing"] += 1
    elif now not in whole.values():
        found["faults"].append([found["lines"], now])
    kept = now
    with taken(folder):
        # The next run, whatever becomes of it: the site that was there is there again.
        if content() not in whole.values() or (kept is not None and content() != kept):
            found["faults"].append([found["lines"], "after", content()])
    if content(before) not in (None, whole["old"]):
        found["faults"].append([found["lines"], "kept", content(before)])
    if content() == whole["new"] and not before.exists():
        found["unkept"] += 1
    was = content()
    put("new")
    left = sorted(p.name for p in base.rglob(".*/*"))
    if content() != whole["new"] or content(before) != was or left != ["before"]:
        found["faults"].append([found["lines"], "left", left, content(before)])
    if not ended:
        break
    found["lines"] += 1
print(json.dumps(found))
"""


@pytest.mark.parametrize("way", ["exchange", "two renames"])
def test_killed_at_any_line_the_site_is_whole(tmp_path: Path, way: str) -> None:
    (tmp_path / "www").mkdir()
    result = run(sys.executable, "-c", KILLED_AT_EACH_LINE, tmp_path / "www", way)
    assert result.returncode == 0, result.stderr
    found = json.loads(result.stdout)
    assert found["lines"] > 40
    assert found["faults"] == []
    # Where the system cannot exchange folders there is one moment without a site, and the next run mends it.
    assert (found["missing"] > 0) == (way == "two renames")
    assert found["missing"] < 4
    assert (
        found["unkept"] < 8
    )  # between the exchange and the next rename; the older one is then still kept, if there is one


@pytest.mark.parametrize("stage", STAGES)
def test_killed_at_any_stage_of_publishing_the_site_is_whole(project: Path, host: Path, stage: str) -> None:
    old = published(project, host / "site", "first")
    (project / "text").write_text("second")
    script = (
        "import os, signal, sys; from pathlib import Path; from evidence_publish.publish import publish\n"
        "def reached(stage):\n    if stage == sys.argv[3]: os.kill(os.getpid(), signal.SIGKILL)\n"
        "publish(Path(sys.argv[1]), Path(sys.argv[2]), compressed=True, reached=reached)"
    )
    result = run(sys.executable, "-c", script, project, host / "site", stage)
    assert result.returncode == -signal.SIGKILL, result.stderr
    if stage == STAGES[-1]:
        assert "second" in (host / "site/index.html").read_text()
    else:
        assert files(host / "site") == old
    assert [path.name for path in host.glob(".*")] == [".site.publishing"]
    published(project, host / "site", "third")
    assert "third" in (host / "site/a/index.html").read_text()
    kept = host / ".site.publishing/before"
    assert list(host.glob(".*/*")) == [kept]
    assert words(kept) >= {"second" if stage == STAGES[-1] else "first"}


@pytest.mark.parametrize(
    ("halfway", "told"),
    [
        ("sys.exit(3)", "mkdocs build ended with 3"),
        ("os.kill(os.getpid(), 9)", "mkdocs build ended with -9"),
        ("open('/dev/full', 'wb', 0).write(b'x')", "No space left on device"),
        ("import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (500, 500))", "File too large"),
    ],
)
def test_a_build_that_fails_or_is_killed_or_runs_out_of_disk_leaves_the_old_site(
    project: Path, host: Path, halfway: str, told: str
) -> None:
    old = published(project, host / "site", "first")
    (project / "text").write_text("second")
    result = command(project, host / "site", HALFWAY=halfway)
    assert result.returncode == 1
    assert told in result.stderr
    assert "the old site is as it was" in result.stderr
    assert files(host / "site") == old
    assert not list(host.glob(".*"))


def test_stopped_by_hand_it_tidies_up_and_leaves_the_old_site(project: Path, host: Path) -> None:
    old = published(project, host / "site", "first")
    process = subprocess.Popen(
        [sys.executable, "-m", "evidence_cli", "--root", str(project), "build", str(host / "site")],
        env=os.environ | {"PYTHONPATH": str(ROOT / "hooks"), "HALFWAY": "Path('halfway').touch(); time.sleep(60)"},
        stderr=subprocess.PIPE,
        text=True,
        # Who starts tests in the background has them ignore this signal, and children take that over.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 (no threads here)
    )
    until((project / "halfway").exists)
    process.send_signal(signal.SIGINT)
    told = process.communicate(timeout=30)[1]
    assert process.returncode == 130
    assert "The site is as it was" in told
    assert "publish.py" not in told
    assert files(host / "site") == old
    assert not list(host.glob(".*"))


def test_a_disk_that_is_full_when_the_site_is_finished_leaves_the_old_site(project: Path, host: Path) -> None:
    """The system itself refuses to write: here by its limit for the size of files."""
    old = published(project, host / "site", "first")
    (project / "text").write_text("second")
    script = (
        "import resource, sys; from pathlib import Path; from evidence_publish import publish\n"
        "def reached(stage):\n    if stage == 'built': resource.setrlimit(resource.RLIMIT_FSIZE, (60, 60))\n"
        "try: publish.publish(Path(sys.argv[1]), Path(sys.argv[2]), compressed=True, reached=reached)\n"
        "except publish.PublishError as error: sys.exit(str(error))"
    )
    result = run(sys.executable, "-c", script, project, host / "site")
    assert result.returncode == 1
    assert "the new site cannot be written: File too large; the old one is as it was" in result.stderr
    assert files(host / "site") == old
    assert not list(host.glob(".*"))


def test_a_swap_that_the_system_refuses_leaves_the_old_site(host: Path) -> None:
    with taken(host / "site") as target:
        target.new.mkdir()
        write_mark(target.new, ["first"])
        swap(target)

    def refused(one: Path, other: Path) -> bool:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    def no_new(one: Path, other: Path) -> bool:
        shutil.rmtree(one)
        return False

    for broken in (refused, no_new):
        with taken(host / "site") as target:
            target.new.mkdir()
            with pytest.raises(FolderError, match="it is as it was"):
                swap(target, broken)
        assert read_mark(host / "site") == ["first"]
    assert not list(host.glob(".*"))
