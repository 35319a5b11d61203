"""What the programs of `make audit` say, as lists, reports and faults: packages (SBOM), licences, known flaws. Nothing here runs a program.

The lists of packages hold nothing of the day or the machine, so the same lock files give the same bytes (CycloneDX; cyclonedx.org).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evidence.text.escape import cell
from evidence.text.words import counted, listed

LOCK = "requirements.lock"
POLICY = "supply/licences.toml"
ACCEPTED = "supply/flaws.toml"
_GROUPS = ("permissive", "changes-shared", "fonts")
_PIN = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)( ;)?", re.M)


@dataclass(frozen=True, slots=True)
class Package:
    """A package as it is installed or locked, with its licence in its own words."""

    name: str
    version: str
    licence: str
    of: str


@dataclass(frozen=True, slots=True)
class Flaw:
    """A known flaw of a package: its number in a public list, and the versions that mend it."""

    package: str
    version: str
    number: str
    mended_in: str


class ToolError(Exception):
    """A program did not do its work; the message says what it said."""


def same(name: str) -> str:
    """A package's name as indexes compare it (packaging.python.org, "Names and normalization")."""
    return re.sub(r"[-_.]+", "-", name).lower()


def pinned(lock: str) -> dict[str, tuple[tuple[str, ...], bool]]:
    """The packages of a lock file: versions, and whether every machine installs one of them.

    A condition such as `; sys_platform == 'win32'` beside the only version says that not all do; several versions share out the machines.
    """
    found: dict[str, tuple[tuple[str, ...], bool]] = {}
    for match in _PIN.finditer(lock):
        name = same(match[1])
        earlier = found.get(name, ((), False))[0]
        found[name] = (*earlier, match[2]), match[3] is None or bool(earlier)
    return found


# The lists of packages


def python_sbom(raw: str) -> str:
    """cyclonedx-py's list without what is not about the packages: references by line number, and lines of the lock file as descriptions."""
    bom = json.loads(raw)
    renamed = {part["bom-ref"]: part["purl"] for part in bom["components"]}
    for part in bom["components"]:
        part.pop("description", None)
        part["bom-ref"] = part["purl"]
    for entry in bom.get("dependencies", ()):
        entry["ref"] = renamed.get(entry["ref"], entry["ref"])
        if "dependsOn" in entry:
            entry["dependsOn"] = sorted(renamed.get(ref, ref) for ref in entry["dependsOn"])
    return _sorted(bom)


def npm_sbom(raw: str) -> str:
    """npm's list without its serial number, its time, and the version of npm itself."""
    bom = json.loads(raw)
    bom.pop("serialNumber", None)
    for name in ("timestamp", "tools"):
        bom["metadata"].pop(name, None)
    return _sorted(bom)


def _sorted(bom: dict[str, Any]) -> str:
    bom["components"].sort(key=lambda part: part["bom-ref"])
    bom.get("dependencies", []).sort(key=lambda entry: entry["ref"])
    return json.dumps(bom, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


# Licences


def python_packages(raw: str) -> list[Package]:
    """The packages of an environment, from the JSON of pip-licenses."""
    return [Package(row["Name"], row["Version"], row["License"], "Python") for row in json.loads(raw)]


def npm_packages(lock: str) -> list[Package]:
    """The packages of package-lock.json, with the licences that it states."""
    packages = json.loads(lock)["packages"]
    return [
        Package(path.rpartition("node_modules/")[2], entry["version"], entry.get("license", "UNKNOWN"), "npm")
        for path, entry in packages.items()
        if path
    ]


def licence_faults(packages: Iterable[Package], policy: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with the licences, held to the policy of supply/licences.toml; and what of the policy fits no package."""
    allowed = {licence for group in _GROUPS for licence in policy[group]}
    only: Mapping[str, Mapping[str, str]] = policy["only"]
    found = list(packages)
    for package in found:
        exception = only.get(package.name)
        if exception and exception["licence"] != package.licence:
            yield (
                f"{package.name} {package.version} now states '{package.licence}'; {POLICY} allows it '{exception['licence']}'"
            )
        elif not exception and package.licence not in allowed:
            yield f"{package.name} {package.version} ({package.of}) has the licence '{package.licence}', which {POLICY} does not allow"
    names = {package.name for package in found}
    for name in (*only, *policy["inside"]):
        if name not in names:
            yield f"{POLICY} names {name}, which is no longer there; remove it"
    for licence in sorted(allowed - {package.licence for package in found}):
        yield f"{POLICY} allows '{licence}', which no package has; remove it"


def unread(lock: str, packages: Iterable[Package]) -> Iterator[str]:
    """Packages of a lock file whose licence was not read, although every machine installs them; and those in another version."""
    there = {same(package.name): package.version for package in packages}
    for name, (versions, everywhere) in pinned(lock).items():
        version = listed(versions, "or")
        if name not in there and everywhere:
            yield f"{name} {version} is in {LOCK} but is not installed; run `make check` first, which installs it"
        elif name in there and there[name] not in versions:
            yield f"{name} is installed as {there[name]}, and {LOCK} has {version}; remove .venv/ and run `make check`"


def licence_table(packages: Iterable[Package], policy: Mapping[str, Any]) -> str:
    """The report for people: licences, the exceptions with their reasons, then every package."""
    found = sorted(packages, key=lambda package: (package.of, same(package.name)))
    lines = ["# Licences", "", "| package | version | from | licence |", "| --- | --- | --- | --- |"]
    lines += [f"| {cell(p.name)} | {cell(p.version)} | {p.of} | {cell(p.licence)} |" for p in found]
    lines += ["", "## Allowed for a reason", ""]
    lines += [f"- {name}: {rule['licence']}. {rule['why']}" for name, rule in sorted(policy["only"].items())]
    lines += ["", "## Inside packages", ""]
    lines += [f"- {name}: {words}" for name, words in sorted(policy["inside"].items())]
    return "\n".join(lines) + "\n"


# Known flaws


def python_flaws(raw: str) -> tuple[list[Flaw], list[str]]:
    """From the JSON of pip-audit: the flaws, and why packages could not be looked up. pip-audit itself passes over the latter."""
    flaws: list[Flaw] = []
    unknown: list[str] = []
    for entry in json.loads(raw)["dependencies"]:
        if "skip_reason" in entry:
            unknown.append(entry["skip_reason"])
        for flaw in entry.get("vulns", ()):
            flaws.append(Flaw(entry["name"], entry["version"], flaw["id"], listed(flaw["fix_versions"], "or")))
    return flaws, unknown


def npm_flaws(raw: str) -> list[Flaw]:
    """From the JSON of `npm audit`; ToolError where it holds no answer of the service."""
    answer = json.loads(raw)
    if "auditReportVersion" not in answer:
        raise ToolError(answer.get("message") or answer.get("error", {}).get("summary") or "no answer")
    flaws = []
    for name, entry in answer["vulnerabilities"].items():
        numbers = [via["url"].rpartition("/")[2] for via in entry["via"] if isinstance(via, dict)]
        flaws += [Flaw(name, entry["range"], number, "") for number in numbers]
    return flaws


def flaw_faults(
    flaws: Iterable[Flaw], unknown: Sequence[str], asked: str, accepted: Mapping[str, Mapping[str, str]], day: str
) -> Iterator[str]:
    """What an audit has found, one line each; many packages that were not looked up are one line.

    `accepted` are the flaws of supply/flaws.toml by number, each with a reason and the day (as 2026-11-22) until which it is passed over.
    """
    for flaw in flaws:
        rule = accepted.get(flaw.number)
        if rule and rule["why"].strip() and day <= rule["until"]:
            continue
        mended = f"; mended in {flaw.mended_in}" if flaw.mended_in else ""
        yield f"{flaw.package} {flaw.version} has a known flaw, {flaw.number}{mended}{_late(rule)}"
    if unknown:
        packages = counted(len(unknown), "package")
        yield f"{asked} could not look up {packages}, so nothing is known of them; the first: {unknown[0]}"


def _late(rule: Mapping[str, str] | None) -> str:
    return f"; {ACCEPTED} accepts it until {rule['until']}, so look again" if rule else ""
