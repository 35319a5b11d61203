"""`make publish` puts a site into a folder of its own and nowhere else, one run at a time; the whole of it, with a real review."""

from __future__ import annotations

import errno
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import ROOT, Built, run
from evidence_publish import site_folder
from evidence_publish.hashed_assets import HASHED
from evidence_publish.site_folder import MARK, FolderError, taken
from stub_project import command, files, make_host, make_project, published, refused_folders, until, words

project = pytest.fixture(make_project)
host = pytest.fixture(make_host)


# Where a site may go


def test_a_site_goes_into_a_new_or_an_empty_folder_and_in_the_place_of_its_old_one(project: Path, host: Path) -> None:
    published(project, host / "site", "first")
    assert words(host / "site") == {"first"}
    (host / "empty").mkdir()
    published(project, host / "empty", "second")
    assert words(host / "empty") == {"second"}
    published(project, host / "site", "third")
    assert "third" in (host / "site/index.html").read_text()
    assert [path.name for path in sorted(host.iterdir())] == [".site.publishing", "empty", "site"]
    assert list(host.glob(".*/*")) == [host / ".site.publishing/before"]


def test_a_site_without_a_folder_goes_into_that_of_its_own_review(project: Path, host: Path) -> None:
    """`--root` names another review than this folder's, whose own site must stay as it is."""
    (host / "site").mkdir()
    (host / "site/letter.txt").write_text("mine")
    evidence = (sys.executable, "-m", "evidence_cli", "--root", project)
    built = run(*evidence, "build", cwd=host)
    assert built.returncode == 0, built.stderr
    assert built.stdout == f"The site is in {project / 'site'}.\n"
    assert words(project / "site") == {"first"}
    assert files(host) == {"site/letter.txt": b"mine"}
    assert "nosniff" in run(*evidence, "server-rules", cwd=host).stdout


def test_no_folder_with_other_things_is_ever_replaced(project: Path, host: Path) -> None:
    published(project, host / "site", "first")
    refused = refused_folders(host)
    (host / "hidden").mkdir()
    (host / "hidden/.ssh").mkdir()
    before = files(host)
    for name, told in {**refused, "hidden": refused["home"]}.items():
        result = command(project, host / name)
        assert result.returncode == 1, name
        assert told in result.stderr, name
        assert "Traceback" not in result.stderr
    for outside in (Path("/"), Path.home(), project, host / "home" / ".."):
        assert command(project, outside).returncode == 1, outside
    assert "a file system of its own" in site_folder.refusal(Path("/proc"))
    assert files(host) == before
    assert not list(host.glob(".*"))


def test_the_folder_of_the_project_is_its_own_even_without_a_mark(project: Path, host: Path) -> None:
    (host / "site").mkdir()
    (host / "site/old.html").write_text("made by another command")
    assert command(project, host / "site").returncode == 1
    published(project, host / "site", "first", "--ours")
    assert not (host / "site/old.html").exists()
    (host / "link").symlink_to(host / "site")
    assert command(project, host / "link", "--ours").returncode == 1


def test_a_folder_where_nothing_can_be_written_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*arguments: object, **more: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "mkdir", refused)
    with pytest.raises(FolderError, match=r"nothing can be written in .*Permission denied"), taken(tmp_path / "site"):
        pass


def test_two_at_once_do_not_get_in_each_others_way(project: Path, host: Path) -> None:
    published(project, host / "site", "first")
    with taken(host / "site"):
        result = command(project, host / "site")
        assert result.returncode == 1
        assert "another run is publishing to this folder" in result.stderr
    assert words(host / "site") == {"first"}
    published(project, host / "site", "second")


def test_of_many_at_once_each_puts_a_whole_site_or_says_why_not(project: Path, host: Path) -> None:
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "evidence_cli", "--root", str(project), "build", str(host / "site")],
            env=os.environ | {"PYTHONPATH": str(ROOT / "hooks")},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(4)
    ]
    ended = [(process.communicate()[1], process.returncode) for process in running]
    assert any(code == 0 for _, code in ended)
    assert all(code == 0 or "another run is publishing" in told for told, code in ended), ended
    assert files(host / "site").keys() >= {"index.html", "a/index.html"}
    assert {path.name for path in host.glob(".*/*")} <= {"before"}


def test_a_build_that_outlives_its_killed_parent_keeps_the_place(project: Path, host: Path) -> None:
    """Else it would go on writing into the folder that the next run builds in."""
    published(project, host / "site", "first")
    go_on = project / "go-on"
    wait = f"Path({str(project / 'halfway')!r}).touch()\nwhile not Path({str(go_on)!r}).exists(): time.sleep(0.01)"
    process = subprocess.Popen(
        [sys.executable, "-m", "evidence_cli", "--root", str(project), "build", str(host / "site")],
        env=os.environ | {"PYTHONPATH": str(ROOT / "hooks"), "HALFWAY": wait},
    )
    until((project / "halfway").exists)
    process.kill()
    process.wait()
    result = command(project, host / "site")
    assert "another run is publishing" in result.stderr
    go_on.touch()
    until(lambda: command(project, host / "site").returncode == 0)
    assert list(host.glob(".*/*")) == [host / ".site.publishing/before"]


# The whole, with a real review


@pytest.fixture(scope="module")
def meadow(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The small review with two nations, published with compressed files."""
    base = tmp_path_factory.mktemp("meadow")
    folder = base / "a/b/meadow"
    shutil.copytree(ROOT / "tests/sites/meadow", folder, ignore=shutil.ignore_patterns(".cache"))
    (base / "hooks").symlink_to(ROOT / "hooks")
    (folder / "hooks").symlink_to(ROOT / "hooks")
    result = command(folder, base / "site", "--compressed")
    assert result.returncode == 0, result.stderr
    yield base / "site"


def test_every_link_of_a_published_site_leads_to_a_file_in_it(meadow: Path) -> None:
    built, number = Built(meadow), 0
    for name, tree in built.trees.items():
        for address in tree.xpath("//script/@src | //link[@rel='stylesheet']/@href"):
            number += 1
            target = address.removeprefix("/") if name == "404.html" else built.target(name, address)[0]
            assert (meadow / target).is_file(), f"{name}: {address}"
            assert HASHED.fullmatch(target), f"{name}: {address}"
    assert number > 10
    assert (meadow / MARK).is_file()
    assert (meadow / "index.html.br").is_file()


def test_the_documented_commands_exist() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    text = "".join((ROOT / name).read_text("utf-8") for name in ("docs-dev/hosting.md", "hosting/nginx.conf"))
    named = set(re.findall(r"make (?:-s )?([a-z-]+)(?= [A-Z]+=|`|$)", text, re.M))
    assert {"publish", "server-rules", "load", "bench", "site"} <= named
    targets = re.compile(r"^([a-z-]+):", re.M)
    assert named <= set(targets.findall(makefile))
    # A new review has these documents too. What it has no command for, they say.
    skeleton = (ROOT / "hooks/skeleton/Makefile").read_text("utf-8")
    assert named - set(targets.findall(skeleton)) == {"load", "bench", "new-review"}
    assert "commands of the engine's own project alone" in text


def test_the_make_targets_use_it() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    site, public = (makefile.partition(f"\n{name}: ")[2].partition("\n\n")[0] for name in ("site", "publish"))
    assert site.endswith('$(EVIDENCE) build\n\t@echo "To see it: make show"')
    assert '$(EVIDENCE) publish $(if $(DIR),"$(DIR)")' in public
