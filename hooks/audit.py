"""`python -m audit` looks at everything that this project takes from others, and writes what it finds into dist/audit/.

- sbom-python.cdx.json and sbom-npm.cdx.json: every pinned package with its hashes (CycloneDX 1.6 and 1.5; cyclonedx.org). The same bytes for
  the same lock files, so no serial numbers, times or names of this machine.
- licences.md: the licence of every package, held to supply/licences.toml.
- vulnerabilities.md: known flaws, from pip-audit and npm audit. These ask a service on the network. A package that the service does not know,
  or a service that does not answer, is a failure: what was not looked at is never said to be sound.

All parts are tried; the command fails if one of them does. The programs are those of supply/audit.lock, and npm.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from evidence.text.words import counted, listed
from supply import (
    ACCEPTED,
    LOCK,
    POLICY,
    ToolError,
    flaw_faults,
    licence_faults,
    licence_table,
    npm_flaws,
    npm_packages,
    npm_sbom,
    pinned,
    python_flaws,
    python_packages,
    python_sbom,
    same,
    unread,
)

PROJECT = "pyproject.toml"
NPM, NPM_LOCK = "package.json", "package-lock.json"
FOLDER = "dist/audit"


@dataclass(frozen=True, slots=True)
class Tools:
    """Where the programs are: `of_audit` is the folder of those of supply/audit.lock, `python` the interpreter whose packages are looked at."""

    root: Path
    of_audit: Path
    python: Path
    service: str
    day: str


def _run(cwd: Path, program: str | Path, *arguments: str) -> str:
    """The output of a program, whatever it returns: both audits return 1 for what they found. ToolError where there is none."""
    try:
        done = subprocess.run([str(program), *arguments], cwd=cwd, capture_output=True, text=True, check=False)
    except OSError as error:
        raise ToolError(f"{Path(program).name} cannot be run: {error.strerror}") from error
    if not done.stdout.strip():
        last = (done.stderr.strip() or f"exit {done.returncode}").splitlines()[-1]
        raise ToolError(f"{Path(program).name}: {last}")
    return done.stdout


def sboms(tools: Tools, target: Path) -> Iterator[str]:
    """Write both lists of packages; every package of a lock file must be in its list."""
    asked = ("requirements", "--output-reproducible", "--pyproject", PROJECT, LOCK)
    text = python_sbom(_run(tools.root, tools.of_audit / "cyclonedx-py", *asked))
    (target / "sbom-python.cdx.json").write_text(text, "utf-8")
    listed_there = {same(part["name"]) for part in json.loads(text)["components"]}
    wanted = set(pinned((tools.root / LOCK).read_text("utf-8")))
    yield from (f"{name} is in {LOCK} but not in the list of packages" for name in sorted(wanted - listed_there))
    yield from _npm_sbom(tools, target)


def _npm_sbom(tools: Tools, target: Path) -> Iterator[str]:
    # npm wants a version of the project itself, which a private list of tools has not, and names it by its folder.
    project = json.loads((tools.root / NPM).read_text("utf-8"))
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch, project["name"])
        folder.mkdir()
        (folder / NPM).write_text(json.dumps({"version": "0.0.0", **project}), "utf-8")
        shutil.copy(tools.root / NPM_LOCK, folder / NPM_LOCK)
        text = npm_sbom(_run(folder, "npm", "sbom", "--sbom-format", "cyclonedx", "--package-lock-only"))
    (target / "sbom-npm.cdx.json").write_text(text, "utf-8")
    there = {part["purl"] for part in json.loads(text)["components"]}
    for package in npm_packages((tools.root / NPM_LOCK).read_text("utf-8")):
        if f"pkg:npm/{package.name.replace('@', '%40')}@{package.version}" not in there:
            yield f"{package.name} is in {NPM_LOCK} but not in the list of packages"


def licences(tools: Tools, target: Path) -> Iterator[str]:
    """Write the licence report, and hold it to the policy."""
    policy = tomllib.loads((tools.root / POLICY).read_text("utf-8"))
    asked = (f"--python={tools.python}", "--format=json", "--from=mixed", "--with-system")
    listing = _run(tools.root, tools.of_audit / "pip-licenses", *asked)
    lock = (tools.root / LOCK).read_text("utf-8")
    installed = [p for p in python_packages(listing) if same(p.name) in pinned(lock)]
    packages = [*installed, *npm_packages((tools.root / NPM_LOCK).read_text("utf-8"))]
    (target / "licences.md").write_text(licence_table(packages, policy), "utf-8")
    yield from unread(lock, installed)
    yield from licence_faults(packages, policy)


def _is_ours(lock: Path, tools: Tools) -> bool:
    """Whether a lock file is of this project, not of what is installed or built."""
    folders = lock.relative_to(tools.root).parts[:-1]
    return not any(folder.startswith((".", "node_modules", "site", "dist", "releases")) for folder in folders)


def vulnerabilities(tools: Tools, target: Path) -> Iterator[str]:
    """Ask for known flaws of every pinned package: of the project, of these tools themselves, and of other engines and the fuzzer in tests."""
    faults: list[str] = []
    accepted = tomllib.loads((tools.root / ACCEPTED).read_text("utf-8"))["accepted"]
    others = sorted(
        file.relative_to(tools.root).as_posix() for file in tools.root.glob("*/**/*.lock") if _is_ours(file, tools)
    )
    for lock in (LOCK, *others):
        asked = ("--requirement", lock, "--disable-pip", "--require-hashes", "--vulnerability-service", tools.service)
        shape = ("--format", "json", "--progress-spinner", "off")
        try:
            found = python_flaws(_run(tools.root, tools.of_audit / "pip-audit", *asked, *shape))
            faults += flaw_faults(*found, f"pip-audit ({lock})", accepted, tools.day)
        except (ToolError, ValueError) as error:
            faults.append(f"pip-audit could not look at {lock}: {error}")
    try:
        faults += flaw_faults(
            npm_flaws(_run(tools.root, "npm", "audit", "--json", "--package-lock-only")), (), "npm", accepted, tools.day
        )
    except (ToolError, ValueError) as error:
        faults.append(f"npm audit could not look at {NPM_LOCK}: {error}")
    lines = faults or ["No flaw is known in any pinned package."]
    (target / "vulnerabilities.md").write_text("# Known flaws\n\n" + "".join(f"- {line}\n" for line in lines), "utf-8")
    yield from faults


PARTS: Mapping[str, Callable[[Tools, Path], Iterator[str]]] = {
    "packages": sboms,
    "licences": licences,
    "flaws": vulnerabilities,
}


def main(arguments: list[str] | None = None) -> int:
    """Run all parts, or those that are named; 1 if one of them found something or could not be done."""
    parser = argparse.ArgumentParser(prog="python -m audit", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("parts", nargs="*", help="packages, licences, flaws (default: all of them)")
    parser.add_argument("--root", type=Path, default=Path(), help="the project's folder (default: this folder)")
    parser.add_argument("--tools", type=Path, default=Path(".venv-audit/bin"), help="where the tools are")
    parser.add_argument("--service", default="pypi", choices=("pypi", "osv"), help="whom pip-audit asks")
    parser.add_argument("--day", default=date.today().isoformat(), help="the day for flaws that are accepted until one")
    options = parser.parse_args(arguments)
    wanted = options.parts or list(PARTS)
    if not set(wanted) <= set(PARTS):
        parser.error(f"the parts are {listed(PARTS)}")
    root = options.root.resolve()
    tools = Tools(root, root / options.tools, Path(sys.executable), options.service, options.day)
    target = root / FOLDER
    target.mkdir(parents=True, exist_ok=True)
    failed = False
    for part in wanted:
        try:
            faults = list(PARTS[part](tools, target))
        except (ToolError, ValueError, OSError) as error:
            faults = [str(error)]
        print(f"{part}: {'sound' if not faults else counted(len(faults), 'problem')}", file=sys.stderr)
        for fault in faults:
            print(f"  {fault}", file=sys.stderr)
        failed = failed or bool(faults)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
