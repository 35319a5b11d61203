"""What the programs of `make audit` write, in short: the shapes are those of cyclonedx-py 7, pip-audit 2.10 and npm 11."""

from __future__ import annotations

import json


def cyclonedx(order: int = 1) -> str:
    """What cyclonedx-py writes, in short."""
    names = ["babel", "attrs"][::order]
    return json.dumps(
        {
            "bomFormat": "CycloneDX",
            "components": [
                {
                    "bom-ref": f"requirements-L{line}",
                    "description": f"requirements line {line}: {name}==1.0 --hash=sha256:ab",
                    "name": name,
                    "purl": f"pkg:pypi/{name}@1.0",
                    "version": "1.0",
                }
                for line, name in enumerate(names, 1)
            ],
            "dependencies": [
                {"ref": "root-component", "dependsOn": [f"requirements-L{line}" for line in (1, 2)]},
                *({"ref": f"requirements-L{line}"} for line in (1, 2)),
            ],
        }
    )


DAY = "2026-11-22"
PIP_AUDIT = {
    "dependencies": [
        {"name": "sound", "version": "1.0", "vulns": []},
        {
            "name": "holed",
            "version": "2.0",
            "vulns": [{"id": "PYSEC-2023-74", "fix_versions": ["2.1", "3.0"], "aliases": [], "description": "..."}],
        },
    ],
    "fixes": [],
}
SKIPPED = {"name": "hidden", "skip_reason": "Dependency not found on PyPI and could not be audited: hidden (0.0.7)"}
NPM_AUDIT = {
    "auditReportVersion": 2,
    "vulnerabilities": {
        "minimist": {
            "name": "minimist",
            "severity": "critical",
            "via": [{"source": 1, "url": "https://github.com/advisories/GHSA-xvch-5gv4-984h", "title": "..."}, "other"],
            "range": "<0.2.4",
        }
    },
    "metadata": {"vulnerabilities": {"total": 1}},
}
