"""`make publish-back` puts yesterday's site back in one step, and is as careful with folders as `make publish`."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from conftest import run
from evidence_publish import publish, site_folder
from evidence_publish.hashed_assets import hashed_files
from evidence_publish.site_folder import FolderError, is_kept, taken
from stub_project import command, files, make_host, make_project, published, refused_folders

project = pytest.fixture(make_project)
host = pytest.fixture(make_host)


def back(folder: Path) -> subprocess.CompletedProcess[str]:
    return run(sys.executable, "-m", "evidence_cli", "publish-back", folder)


def test_the_site_before_is_back_in_one_step_and_then_the_newer_one(project: Path, host: Path) -> None:
    folder = host / "site"
    old = published(project, folder, "first", "--compressed")
    assert not is_kept(folder)
    new = published(project, folder, "second", "--compressed")
    assert is_kept(folder)
    at = folder.stat().st_ino
    result = back(folder)
    assert result.returncode == 0, result.stderr
    day = r"\d{1,2} \w+ \d{4}, \d\d:\d\d"
    words = rf"The site of {day}, is in {folder} again\. The other one is kept; the same command puts it back\.\n"
    assert re.fullmatch(words, result.stdout)
    # What readers with a page of the newer one open still ask for comes along.
    came = {uri: new[uri] for uri in files(folder).keys() - old.keys()}
    assert came.keys() == set(hashed_files(folder)) - old.keys() != set()
    assert files(folder) == old | came
    assert {path.stat().st_mode & 0o777 for path in folder.rglob("*") if path.is_file()} == {0o644}
    assert back(folder).returncode == 0
    assert files(folder) == new
    assert folder.stat().st_ino == at
    # And on from the one that was gone back to.
    assert back(folder).returncode == 0
    published(project, folder, "third")
    assert back(folder).returncode == 0
    assert files(folder).items() >= old.items()


def test_it_takes_less_than_a_second(project: Path, host: Path) -> None:
    """Of the machine's time, that is: others may keep it busy."""
    published(project, host / "site", "first")
    published(project, host / "site", "second")
    for number in range(1000):
        (host / "site" / f"page-{number}.html").write_text("x" * 10_000)
    began, spent = time.process_time(), os.times()
    publish.publish_back(host / "site")
    assert time.process_time() - began < 1
    assert os.times().system - spent.system < 1
    assert "first" in (host / "site/index.html").read_text()


@pytest.mark.parametrize(
    "halfway", ["sys.exit(3)", "os.kill(os.getpid(), 9)", "open('/dev/full', 'wb', 0).write(b'x')"]
)
def test_a_publish_that_fails_half_way_leaves_both_sites(project: Path, host: Path, halfway: str) -> None:
    old = published(project, host / "site", "first")
    new = published(project, host / "site", "second")
    (project / "text").write_text("third")
    assert command(project, host / "site", HALFWAY=halfway).returncode == 1
    assert files(host / "site") == new
    assert back(host / "site").returncode == 0
    assert files(host / "site").items() >= old.items()
    assert "second" not in (host / "site/index.html").read_text()


def test_where_there_is_nothing_to_go_back_to_it_says_so(project: Path, host: Path) -> None:
    old = published(project, host / "site", "first")
    for name in ("site", "new"):
        result = back(host / name)
        assert (result.returncode, result.stdout) == (1, "")
        assert f"no site is kept from before the one in {host / name}; `make publish` keeps one" in result.stderr
    assert files(host) == {f"site/{name}": content for name, content in old.items()}
    result = run(sys.executable, "-m", "evidence_cli", "publish-back")
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr == "name the folder of the site, as in: make publish-back DIR=/srv/www/evidence\n"


def test_it_refuses_what_publishing_refuses(project: Path, host: Path) -> None:
    published(project, host / "site", "first")
    published(project, host / "site", "second")
    refused = refused_folders(host)
    (host / ".home.publishing").mkdir()
    (host / "site").rename(host / "aside")
    (host / "site").mkdir()
    (host / "site/letter.txt").write_text("mine")  # someone has put a folder of theirs there since
    before = files(host)
    for name, told in {**refused, "site": refused["home"]}.items():
        result = back(host / name)
        assert (result.returncode, result.stdout) == (1, ""), name
        assert told in result.stderr, name
    for outside in (Path("/"), Path("/proc"), Path.home(), project):
        assert back(outside).returncode == 1, outside
    assert files(host) == before


def test_it_waits_for_nobody_and_gets_in_nobodys_way(project: Path, host: Path) -> None:
    published(project, host / "site", "first")
    new = published(project, host / "site", "second")
    with taken(host / "site"):
        result = back(host / "site")
    assert result.returncode == 1
    assert "another run is publishing to this folder" in result.stderr
    assert files(host / "site") == new


def test_what_lies_in_the_place_of_the_site_before_is_not_shown(project: Path, host: Path) -> None:
    published(project, host / "site", "first")
    new = published(project, host / "site", "second")
    kept = host / ".site.publishing/before"
    kept.rename(host / "aside")
    for make in (kept.mkdir, lambda: (kept.rmdir(), kept.symlink_to(host / "aside"))):
        make()
        with pytest.raises(FolderError, match="no site is kept"):
            publish.publish_back(host / "site")
    assert files(host / "site") == new


def test_where_folders_cannot_be_exchanged_it_says_so(
    project: Path, host: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    old = published(project, host / "site", "first")
    new = published(project, host / "site", "second")
    monkeypatch.setattr(publish, "exchange", lambda one, other: False)
    for wanted in (old, new, old):
        publish.publish_back(host / "site")
        assert files(host / "site").items() >= wanted.items()
        assert "for a moment there was no" in capsys.readouterr().err
        assert [path.name for path in host.glob(".*/*")] == ["before"]
    # Killed between the two renames: the next run puts the site there again.
    work = host / ".site.publishing"
    (host / "site").rename(work / "old")
    publish.publish_back(host / "site")
    assert files(host / "site").items() >= new.items()


def test_the_projects_own_site_keeps_none(project: Path) -> None:
    for text in ("first", "second"):
        published(project, project / "site", text, "--ours")
    assert not site_folder.is_kept(project / "site")
    assert not list(project.glob(".*"))


def test_what_has_not_changed_is_on_disk_once(project: Path, host: Path) -> None:
    stub = project / "hooks/mkdocs.py"
    release = '(site / "v/1.0.0").mkdir(parents=True)\n(site / "v/1.0.0/index.html").write_text("old" * 200)\n'
    stub.write_text(stub.read_text() + release)
    folder, kept = host / "site", host / ".site.publishing/before"
    old = published(project, folder, "first", "--compressed")
    assert [uri for uri in old if uri.startswith("v/")] == ["v/1.0.0/index.html"]  # no compressed twins
    published(project, folder, "second", "--compressed")
    shared = {uri for uri in files(folder) if (kept / uri).exists() and (folder / uri).samefile(kept / uri)}
    assert "v/1.0.0/index.html" in shared
    assert "index.html" not in shared
    assert files(kept) == old
    assert list(folder.rglob("*.linked")) == []


def test_where_files_cannot_be_shared_each_site_has_its_own(
    project: Path, host: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file system without hard links; and a link in the site, which leads to somebody's own file."""

    def refused(self: Path, target: Path) -> None:
        raise PermissionError(1, "Operation not permitted")

    folder, kept = host / "site", host / ".site.publishing/before"
    published(project, folder, "first")
    mine = host / "mine.html"
    mine.write_bytes((folder / "a/index.html").read_bytes())
    mine.chmod(0o600)
    (folder / "a/index.html").unlink()
    (folder / "a/index.html").symlink_to(mine)
    with monkeypatch.context() as patched:
        patched.setattr(Path, "hardlink_to", refused)
        publish.publish(project, folder, compressed=False)
    assert not (folder / "index.html").samefile(kept / "index.html")
    assert (folder / "index.html").stat().st_mtime_ns == (kept / "index.html").stat().st_mtime_ns
    assert mine.stat().st_mode & 0o777 == 0o600
    (folder / "a/index.html").unlink()
    (folder / "a/index.html").symlink_to(mine)
    publish.publish(project, folder, compressed=False)
    assert not (folder / "a/index.html").samefile(mine)
    assert mine.stat().st_mode & 0o777 == 0o600


def test_moved_rules_are_told(project: Path, host: Path) -> None:
    published(project, host / "site", "first")
    stub = project / "hooks/mkdocs.py"
    stub.write_text(stub.read_text().replace("nosniff", "sniff"))
    published(project, host / "site", "second")
    assert "Its rules for servers have changed" in back(host / "site").stdout


def test_make_hands_the_folder_on() -> None:
    assert 'evidence_cli publish-back "/srv/x y"' in run("make", "-n", "publish-back", "DIR=/srv/x y").stdout
