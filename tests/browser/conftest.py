"""The browser, the served site, and which pages are opened."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from browser.tools import ARGUMENTS, KINDS, addresses, headers_file, most, program, serve
from browser.windows import Windows
from conftest import ROOT, RUN, mkdocs_build

HERE = Path(__file__).parent


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """All that stands here needs a browser; no test can forget to say so. With `--most-pages`, the frame is looked at on one page of each kind."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker("browser")
    if config.option.most_pages:
        again = {item for item in items if item.get_closest_marker("frame") and _address(item) not in (None, *KINDS)}
        config.hook.pytest_deselected(items=[*again])
        items[:] = [item for item in items if item not in again]


def _address(item: pytest.Item) -> str | None:
    """The page that a test opens; None for one that is not run for each page."""
    call = getattr(item, "callspec", None)
    return call.params.get("address") if call else None


def home_of_run() -> Path:
    """A folder for what the processes of one run share."""
    return Path(tempfile.gettempdir()) / f"evidence-review-{os.getuid()}-{os.environ[RUN]}"


def pytest_unconfigure() -> None:
    """The process that began the run ends last, and tidies up."""
    if os.environ[RUN] == str(os.getpid()):
        shutil.rmtree(home_of_run(), ignore_errors=True)


@cache
def built_site() -> Path:
    """The site, built once a run: the processes of pytest-xdist share it. Tests are being collected, which is before any fixture runs."""
    home = home_of_run()
    home.mkdir(exist_ok=True)
    with (home / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (home / "done").exists():
            result = mkdocs_build(ROOT / "mkdocs.yml", home / "site")
            assert result.returncode == 0, result.stderr
            (home / "done").touch()
    return home / "site"


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that takes an `address` is run for each page, and has the address in its name."""
    if "address" in metafunc.fixturenames:
        option = metafunc.config.option
        pages = addresses(built_site()) if option.all_pages else most(built_site()) if option.most_pages else KINDS
        metafunc.parametrize("address", pages, ids=[f"/{page}" for page in pages])


@pytest.fixture(scope="session")
def folder() -> Path:
    """The built site."""
    return built_site()


@pytest.fixture(scope="session")
def base(folder: Path) -> Iterator[str]:
    """The address under which the site is served, with the headers that it asks its host for."""
    with serve(folder, headers_file(folder)) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium: nothing is fetched that the system does not keep up to date."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program("chromium"), args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def windows(browser: Browser, base: str) -> Iterator[Windows]:
    """The windows in which the pages of the site are opened."""
    kept = Windows(browser, base)
    yield kept
    kept.close()


@pytest.fixture(scope="session")
def large_text(browser: Browser) -> Iterator[Page]:
    """A window of a reader whose browser has words twice as large: 32 pixels, where most have 16."""
    other = browser.browser_type.launch(
        executable_path=program("chromium"), args=[*ARGUMENTS, "--blink-settings=defaultFontSize=32"]
    )
    yield other.new_page()
    other.close()
