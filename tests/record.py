"""What the tests show, written down for the accessibility statement: only by a run of all that claim something, on every page, in which all passed."""

from __future__ import annotations

import ast
import datetime
import importlib.metadata
import json
import re
import subprocess
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
import yaml

TESTS = Path(__file__).resolve().parent
HEAD = "# Written by `make tested` from the results of the tests. Do not change it by hand: a test holds it to the tests.\n"
Claims = dict[str, list[str]]


def claims_made(folder: Path = TESTS) -> Claims:
    """What the tests claim, by what it is about: each claim once, in the order of the files. Read from their code, so that none is run."""
    found: Claims = {}
    files = sorted(folder.rglob("test_*.py"), key=lambda file: ("browser" in file.parts, file.name))
    assert folder != TESTS or len(files) >= 60, "tests have moved to where their claims are not looked for"
    for file in files:
        tree = ast.parse(file.read_text("utf-8"))
        names = {
            node.targets[0].id: node.value.value
            for node in tree.body
            if isinstance(node, ast.Assign)
            and isinstance(node.targets[0], ast.Name)
            and isinstance(node.value, ast.Constant)
        }
        for node in tree.body:
            if not isinstance(node, ast.FunctionDef):
                continue
            for mark in node.decorator_list:
                if isinstance(mark, ast.Call) and ast.unparse(mark.func) == "pytest.mark.claim":
                    about, words = (
                        names[arg.id] if isinstance(arg, ast.Name) else ast.literal_eval(arg) for arg in mark.args
                    )
                    listed = found.setdefault(about, [])
                    if words not in listed:
                        listed.append(words)
    return found


def npm_versions() -> dict[str, str]:
    """The versions of what comes from npm, as package-lock.json pins them."""
    packages = json.loads((TESTS.parent / "package-lock.json").read_text("utf-8"))["packages"]
    return {
        "axe-core": packages["node_modules/axe-core"]["version"],
        "Nu HTML Checker": packages["node_modules/vnu-jar"]["version"],
    }


def chromium_version() -> str:
    """The version of the browser that opened the pages."""
    said = subprocess.run(["chromium", "--version"], capture_output=True, text=True, check=True).stdout
    found = re.search(r"\d+(\.\d+)+", said)
    assert found, said
    return found.group()


class Recorder:
    """Listens to the results, wherever tests ran, and writes the file at the end."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self.pages: dict[tuple[str, str], set[str]] = defaultdict(set)
        self.spoilt: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """A result; setting up and clearing away count too."""
        if report.outcome != "passed":
            self.spoilt.append(report.nodeid)
        if report.when == "call" and report.passed:
            said: dict[str, list[Any]] = defaultdict(list)
            for name, value in report.user_properties:
                said[name].append(value)
            for about, words in said["claim"]:
                self.pages[about, words].update(said["page"])

    def missing(self, exitstatus: int) -> str:
        """Why nothing may be written; '' if it may."""
        option = self.config.option
        if exitstatus or self.spoilt:
            return f"not all tests passed: {', '.join(self.spoilt[:3])}"
        if (
            not option.all_pages
            or option.keyword
            or option.markexpr not in ("", "claim")
            or self.config.args_source is not pytest.Config.ArgsSource.TESTPATHS
        ):
            return "not all tests that claim something ran on every page: use `make tested`"
        if unseen := {(about, words) for about, claims in claims_made().items() for words in claims} ^ set(self.pages):
            return f"claims and results differ: {sorted(unseen)}"
        if len({frozenset(pages) for pages in self.pages.values() if pages}) != 1:
            return "not every claim was tested on every page"
        return ""

    def pytest_sessionfinish(self, exitstatus: int) -> None:
        """Write the file, or say why not."""
        if missing := self.missing(exitstatus):
            print(f"\nNothing is recorded: {missing}")
            return
        versions = {
            "Chromium": chromium_version(),
            "Playwright": importlib.metadata.version("playwright"),
        } | npm_versions()
        record = {
            "date": datetime.date.today().isoformat(),
            "pages": max(len(pages) for pages in self.pages.values()),
            "tools": [{"name": name, "version": version} for name, version in versions.items()],
            "claims": [{"about": about, "shown": words} for about, words in claims_made().items()],
        }
        file = Path(self.config.getoption("record"))
        file.write_text(HEAD + yaml.safe_dump(record, sort_keys=False, allow_unicode=True, width=120), "utf-8")
        print(f"\n{file} is written.")
