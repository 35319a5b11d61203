"""What several tests share: the project's folder, builds as an editor would run them, and built pages as trees."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from lxml import html

ROOT = Path(__file__).resolve().parent.parent
SITES = {"real": ROOT, "meadow": ROOT / "tests/sites/meadow", "tea": ROOT / "tests/sites/tea"}


def run(*command: str | Path, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run a command with the project's interpreter settings; its output is text."""
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(ROOT / "hooks")}
    return subprocess.run(
        [str(part) for part in command], cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )


def mkdocs_build(config: Path, site: Path) -> subprocess.CompletedProcess[str]:
    """Build a site strictly, as a process of its own."""
    return run(sys.executable, "-m", "mkdocs", "build", "--strict", "-f", config, "-d", site)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The folder of a built site by name, built once for all tests."""
    done: dict[str, Path] = {}

    def build(name: str) -> Path:
        if name not in done:
            site = tmp_path_factory.mktemp(name) / "site"
            result = mkdocs_build(SITES[name] / "mkdocs.yml", site)
            assert result.returncode == 0, result.stderr
            assert "WARNING" not in result.stderr, result.stderr
            done[name] = site
        return done[name]

    return build


class Built:
    """A built site as trees: every HTML page by its address inside the site."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.trees = {
            file.relative_to(folder).as_posix(): html.fromstring(file.read_bytes())
            for file in sorted(folder.rglob("*.html"))
        }

    def pages(self) -> Iterator[tuple[str, html.HtmlElement]]:
        """Every page but the one for wrong addresses, whose links are absolute."""
        return ((name, tree) for name, tree in self.trees.items() if name != "404.html")

    def target(self, page: str, href: str) -> tuple[str, str]:
        """The file and fragment that a relative link leads to."""
        path, _, fragment = href.partition("#")
        path = path.partition("?")[0]
        if not path:
            return page, fragment
        target = os.path.normpath(Path(page).parent / path).replace(os.sep, "/")
        if path.endswith(("/", ".")) or (self.folder / target).is_dir():
            target = os.path.normpath(f"{target}/index.html").replace(os.sep, "/")
        return target, fragment


@pytest.fixture(scope="session", params=list(SITES))
def site(request: pytest.FixtureRequest, built: Callable[[str], Path]) -> Built:
    """Each of the sites in turn."""
    return Built(built(request.param))


@pytest.fixture(scope="session")
def real(built: Callable[[str], Path]) -> Built:
    """The real site."""
    return Built(built("real"))
