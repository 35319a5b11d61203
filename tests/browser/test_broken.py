"""Each check is shown a page that was broken on purpose: a check that cannot fail would prove nothing."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from browser.breaks import BREAKS, Break
from browser.broken_checks import Occurrence, visit
from browser.questions import compact
from browser.test_rules import html_faults
from browser.tools import headers_file, serve
from browser.windows import Windows

# The page that is broken: a short one. Its copies stand beside it, so its links stay whole.
WHOLE = "references/loeffler2019/"
COPY = "references/broken-{}/"


@pytest.fixture(scope="module")
def broken(browser: Browser, folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Windows, Path]]:
    """Windows on a copy of the site that has a broken page for each break, and one that is whole."""
    copy = tmp_path_factory.mktemp("broken") / "site"
    shutil.copytree(folder, copy)
    text = (copy / WHOLE / "index.html").read_text("utf-8")
    for number, broken in enumerate([*BREAKS, Break("nothing", visit, "")]):
        broken.write(text, copy / COPY.format(number))
    with serve(copy, headers_file(copy)) as base:
        windows = Windows(browser, base)
        yield windows, copy
        windows.close()


@pytest.mark.parametrize("number", range(len(BREAKS)), ids=[broken.name for broken in BREAKS])
def test_what_is_broken_is_seen(broken: tuple[Windows, Path], tmp_path: Path, number: int) -> None:
    windows, _ = broken
    faults = BREAKS[number].check(Occurrence(windows, COPY.format(number), tmp_path))
    assert any(re.search(BREAKS[number].says, fault) for fault in faults), compact(faults)


def test_the_same_page_unbroken_has_no_fault(broken: tuple[Windows, Path], tmp_path: Path) -> None:
    """So what was seen above is what was broken."""
    windows, _ = broken
    at = Occurrence(windows, COPY.format(len(BREAKS)), tmp_path)
    faults = [fault for check in dict.fromkeys(broken.check for broken in BREAKS) for fault in check(at)]
    assert not faults, compact(faults)


def test_html_that_is_not_valid_is_seen(folder: Path, tmp_path: Path) -> None:
    text = (folder / WHOLE / "index.html").read_text("utf-8")
    (tmp_path / "broken.html").write_text(
        text.replace("</article>", "<p><div id='x'></p><b id='x'></article>", 1), "utf-8"
    )
    (tmp_path / "whole.html").write_text(text, "utf-8")
    faults = html_faults(tmp_path)
    assert any("Duplicate ID" in fault for fault in faults), compact(faults)
    assert not [fault for fault in faults if "whole.html" in fault], compact(faults)
