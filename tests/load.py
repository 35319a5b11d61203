"""How many readers one server bears: the site under nginx as hosting/nginx.conf sets it up, against the same server with an empty page.

`make load` builds the site and runs this. Both share the machine: nginx has two workers, h2load (nghttp2) asks from one thread, over HTTP/1.1
with connections that stay open, and takes brotli as browsers do. Each kind is measured in turn, several times; the middle one counts.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import serving

EMPTY = "empty.html"


@dataclass(frozen=True, slots=True)
class Round:
    """What one round showed: answers a second, the 99th percentile of their times in milliseconds, answers that were none, and bytes an answer."""

    rate: float
    slow: float
    errors: int
    size: float


def kinds(site: Path) -> dict[str, list[str]]:
    """The addresses that are asked for, by kind: an empty page, every page of the site in turn, and what a first search loads."""
    pages = sorted(page.parent.relative_to(site).as_posix() for page in site.rglob("index.html"))
    search = ["assets/search*.js", "search/table.js", "search/words/0.js", "search/sections/[0-4].js"]
    return {
        "empty page": [EMPTY],
        "text pages": ["" if page == "." else f"{page}/" for page in pages if not page.startswith("v/")],
        "search": [file.relative_to(site).as_posix() for pattern in search for file in sorted(site.glob(pattern))],
    }


def measure(address: str, uris: list[str], requests: int, clients: int, work: Path) -> Round:
    """One round: so many requests, spread over the addresses in turn."""
    (work / "uris").write_text(
        "".join(f"{address}/{uri}\n" for uri in islice(uris * (requests // len(uris) + 1), requests))
    )
    log = work / "log"
    log.unlink(missing_ok=True)
    command = [serving.program("h2load"), "--h1", "-t", "1", "-c", str(clients), "-n", str(requests)]
    command += ["-i", str(work / "uris"), "--log-file", str(log), "-H", "Accept-Encoding: gzip, deflate, br"]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    rate = re.search(r"finished in .*?, ([\d.]+) req/s", told)
    if not rate:
        raise RuntimeError(f"h2load says nothing of its rate:\n{told}")
    # One line a request: when it began, the status of its answer, and how long it took, in microseconds.
    answers = [tuple(map(int, line.split())) for line in log.read_text().splitlines()]
    times = sorted(took for _, status, took in answers if status == 200)
    slow = times[max(0, -(-len(times) * 99 // 100) - 1)] / 1000 if times else float("inf")
    total = re.search(r"traffic: .*?\((\d+)\) total", told)
    size = int(total[1]) / requests if total else 0.0
    return Round(float(rate[1]), slow, requests - len(times), size)


def main(arguments: list[str] | None = None) -> int:
    """Print the table; 1 when any answer was an error."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--site", type=Path, required=True, help="a published site")
    parser.add_argument("--requests", type=int, default=50_000, help="of each kind, in each round")
    parser.add_argument("--clients", type=int, default=32)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args(arguments)
    rounds: dict[str, list[Round]] = {}
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        site = work / "site"
        shutil.copytree(options.site, site)
        (site / EMPTY).write_bytes(b"")
        asked = kinds(site)
        with serving.nginx(site, work) as address:
            for _ in range(options.rounds):
                for kind, uris in asked.items():
                    rounds.setdefault(kind, []).append(measure(address, uris, options.requests, options.clients, work))
    print(table(rounds, options.requests))
    load = ", ".join(f"{number:.1f}" for number in os.getloadavg())
    print(
        f"\n{options.rounds} rounds, {options.clients} connections, {os.cpu_count()} processors; load of the machine at the end: {load}."
    )
    errors = sum(one.errors for found in rounds.values() for one in found)
    if errors:
        print(f"{errors} requests had no good answer.", file=sys.stderr)
    return int(errors > 0)


def table(rounds: dict[str, list[Round]], requests: int) -> str:
    """The middle round of each kind as a Markdown table, with its share of what an empty page reaches."""
    middle = {
        kind: (
            statistics.median(one.rate for one in found),
            statistics.median(one.slow for one in found),
            sum(one.errors for one in found),
            statistics.median(one.size for one in found),
        )
        for kind, found in rounds.items()
    }
    best, quick = middle["empty page"][:2]
    lines = [
        "| what | requests a round | errors | requests a second | of an empty page | 99th percentile, ms | of an empty page | bytes an answer |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for kind, (rate, slow, errors, size) in middle.items():
        lines.append(
            f"| {kind} | {requests} | {errors} | {rate:.0f} | {rate / best:.2f} | {slow:.2f} | {slow / quick:.2f} | {size:.0f} |"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
