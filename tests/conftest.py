"""What several tests share: the project's folder, builds as an editor would run them, and built pages as trees."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from xdist.scheduler import LoadScopeScheduling

from record import Recorder

LEFT_OUT: Counter[str] = Counter()
RUN = "EVIDENCE_TEST_RUN"
ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ("meadow", "tea", "night-trains", "whistling")
SITES = {"real": ROOT} | {name: ROOT / "tests/sites" / name for name in SAMPLES}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Every page takes several times as long as one of each kind, so it is asked for; so is writing down what was shown."""
    parser.addoption("--all-pages", action="store_true", help="browser tests open every page, not one of each kind")
    parser.addoption(
        "--most-pages", action="store_true", help="most pages, and the frame that all share on one of each kind"
    )
    parser.addoption(
        "--quick", action="store_true", help="leave out what needs more than Python packages, or much time"
    )
    parser.addoption("--record", type=Path, help="write what the tests show into this file, if all of them pass")


def pytest_configure(config: pytest.Config) -> None:
    """The process that sees all results keeps them, if it was asked to; those that it starts can tell that they belong to it."""
    os.environ.setdefault(RUN, str(os.getpid()))
    config.addinivalue_line(
        "markers", "claim(about, words): what this test shows, in plain words, for the accessibility statement"
    )
    if config.getoption("record") and not hasattr(config, "workerinput"):
        config.pluginmanager.register(Recorder(config))


# Tests that build for themselves alone: another process can take them.
ALONE = re.compile(
    r"/test_(?:editing_guide|engines|hosting|hostile\w*|identical|new_review\w*|preview|publish|swap)\.py$"
)


class ByPage(LoadScopeScheduling):
    """Hands out tests to processes: all that is asked of one page to one of them, which has it open; and all that needs no browser, which
    shares builds, but for ALONE. The markers that pytest-xdist has for this do nothing with pytest 9.2, as it makes the names of tests in another way."""

    def _split_scope(self, nodeid: str) -> str:
        file, _, name = nodeid.partition("::")
        if self.config.getoption("quick"):
            return file  # without the long tests, what is built is soon built twice
        page = re.search(r"\[(/(?:.*/)?(?:[^/]*\.html)?)(?:-[^/]*)?\]$", name)
        if "/browser/" not in file:
            return file if ALONE.search(f"/{file}") else "no browser"
        return page[1] if page else file


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByPage:
    """Tests are handed out by page."""
    return ByPage(config, log)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What a test shows, and on which page, travels with its result."""
    for item in items:
        for mark in item.iter_markers("claim"):
            item.user_properties.append(("claim", list(mark.args)))
        if (call := getattr(item, "callspec", None)) and "address" in call.params:
            item.user_properties.append(("page", call.params["address"]))
    if config.getoption("quick"):
        left_out = [item for item in items if _needs(item)]
        LEFT_OUT.update(map(_needs, left_out))
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if not _needs(item)]
    if config.getoption("record"):
        # It holds the file to the tests, and the file is about to be made.
        items[:] = [item for item in items if item.name != "test_the_statement_says_what_the_tests_show"]


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Each process knows what it has left out; the one that reports has no tests itself."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["left_out"] = dict(LEFT_OUT)


def pytest_testnodedown(node: Any, error: object) -> None:
    """All processes have left out the same."""
    LEFT_OUT.update(Counter(getattr(node, "workeroutput", {}).get("left_out", {})) - LEFT_OUT)


def _needs(item: pytest.Item) -> str:
    """What a test needs beyond the Python packages; '' for most."""
    if item.get_closest_marker("browser"):
        return "a browser"
    mark = item.get_closest_marker("needs")
    return str(mark.args[0]) if mark else ""


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Say what was not looked at."""
    if config.getoption("quick"):
        terminalreporter.section("left out; `make test` has it all")
        for what, number in sorted(LEFT_OUT.items()):
            terminalreporter.line(f"{number} tests that need {what}")


def run(*command: str | Path, cwd: Path = ROOT, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run a command with the project's interpreter settings, and more in its environment; its output is text. A `make` in it is not that of the tests."""
    around = {name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS", "MAKELEVEL", "MFLAGS")}
    environment = around | {"NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(ROOT / "hooks")} | settings
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

    def own_pages(self) -> Iterator[tuple[str, html.HtmlElement]]:
        """Every page but the small ones at old addresses, which only lead on."""
        return ((name, tree) for name, tree in self.pages() if not tree.xpath("//meta[@http-equiv='refresh']"))

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
