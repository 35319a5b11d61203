"""`make fuzz`: runs each target for FUZZ_SECONDS (60 unless set) and exits with 1 where one failed; FUZZ_TARGETS names some of them alone.

atheris stands in a folder of its own, .venv-fuzz/, from a list with hashes, since it comes as a wheel for Linux only and no other check needs it. What it
finds is written to .fuzz/crashes/: such an input belongs in the matrix of tests/hostile/ once its fault is mended.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

from evidence_publish.environment import ToolsError, environment

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
WORK = ROOT / ".fuzz"
TARGETS = ("bibliography", "records", "documents", "escaping", "exports")
# As many characters as make hostile input small enough to read, and one input's share of the bounds.
LIMITS = ("-max_len=8000", "-timeout=10", "-rss_limit_mb=1024", "-print_final_stats=1")


def tools() -> Path:
    """The interpreter with atheris, set up where it is not there yet."""
    try:
        return environment(ROOT / ".venv-fuzz", [HERE / "atheris.lock"])
    except ToolsError:
        sys.exit(
            "atheris cannot be installed here: it needs Linux on a common processor and a Python that it has a wheel for, such as 3.11"
        )


def seeds(target: str) -> Iterator[bytes]:
    """Real files to begin with."""
    bibs = [
        ROOT / "bibliography.bib",
        *sorted((ROOT / "tests").glob("*.bib")),
        *sorted((ROOT / "tests/sites").glob("*/bibliography.bib")),
    ]
    files = {
        "bibliography": bibs,
        "records": [*sorted((ROOT / "data").glob("*.yml")), *sorted((ROOT / "tests/sites").glob("*/data/*.yml"))],
        "documents": [
            *sorted((ROOT / "docs").rglob("*.md")),
            *sorted((ROOT / "tests/sites").glob("*/docs/*.md")),
            ROOT / "CHANGELOG.md",
        ],
        "escaping": [*bibs, ROOT / "README.md"],
        "exports": bibs,
    }
    for file in files[target]:
        content = file.read_bytes()
        yield from re.split(rb"\n(?=@)", content) if file.suffix == ".bib" else (content[:8000],)


def main() -> int:
    """Run the targets one after another; 1 where one failed."""
    python, failed = tools(), []
    seconds = os.environ.get("FUZZ_SECONDS", "60")
    crashes = WORK / "crashes"
    crashes.mkdir(parents=True, exist_ok=True)
    packages = sysconfig.get_paths()["purelib"]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join((str(ROOT / "hooks"), packages))}
    for target in os.environ.get("FUZZ_TARGETS", " ".join(TARGETS)).split():
        corpus = WORK / "corpus" / target
        corpus.mkdir(parents=True, exist_ok=True)
        for number, content in enumerate(seeds(target)):
            (corpus / f"seed-{number}").write_bytes(content)
        command = [
            python,
            HERE / "targets.py",
            target,
            corpus,
            *LIMITS,
            f"-max_total_time={seconds}",
            f"-artifact_prefix={crashes}/{target}-",
        ]
        ran = subprocess.run(
            command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True, errors="replace", check=False
        )
        (WORK / f"{target}.log").write_text(ran.stderr, "utf-8")
        runs = re.search(r"stat::number_of_executed_units:\s*(\d+)", ran.stderr) or re.search(
            r"Done (\d+) runs", ran.stderr
        )
        print(f"{target}: {int(runs[1]):,} inputs in {seconds} s" if runs else f"{target}: ended early", flush=True)
        if ran.returncode:
            failed.append(target)
            print("\n".join(ran.stderr.splitlines()[-40:]), flush=True)
    if failed:
        print(f"Failed: {', '.join(failed)}. The inputs are in {crashes.relative_to(ROOT)}/.")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
