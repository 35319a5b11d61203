"""Tests all links to other websites and writes what it found into data/links.yml (`make linkcheck`). It needs a network; no build does.

LinkChecker (linkchecker.github.io) makes the requests: one at a time, with pauses for each host, and none that a site's robots.txt forbids. A
test that is broken off keeps what it has found so far, and what was found before for the addresses that it did not come to.
"""

from __future__ import annotations

import csv
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from evidence.model.site_data import LinkResult, LinkStatus
from evidence.pages import link_tests
from evidence.site import load
from evidence.text import escape
from evidence.text.words import counted

_HEAD = """\
# What the last test of each link to another website showed. `make linkcheck` writes this file; it needs a network.
# works, moved (it led on for good; `leads_to` says where), not found, refused (the site lets no programs in), server error, no answer.
"""
_CODE = re.compile(r"(\d{3})\b")
_PERMANENT = re.compile(r"status: 30[18]\b")
_RESOLVER = re.compile(r"https?://(?:dx\.)?doi\.org/")  # leading on is what such an address is for


def follow_links(root: Path, timeout: int, day: str = "", *, fail: bool = False) -> int:
    """Test the links of the review in a folder, with so many seconds for each, and write `day` (else today) beside what was found.

    Returns 0 when the test could be made, whatever it found; with `fail`, 1 where an address is not found.
    """
    site = load(root)
    if site.problems:
        print(*site.problems, sep="\n", file=sys.stderr)
        return 1
    tool = shutil.which("linkchecker", path=str(Path(sys.executable).parent)) or shutil.which("linkchecker")
    if tool is None:
        print("LinkChecker is not there; `make linkcheck` installs it with the other tools", file=sys.stderr)
        return 1
    addresses = link_tests.outside_addresses(site.review, site.documents)
    print(f"Testing {counted(len(addresses), 'address', 'addresses')}, one at a time; this takes some minutes.")
    found: dict[str, LinkResult] = {}
    day = day or date.today().isoformat()
    try:
        for result in check(tool, addresses, agent(site.title, site.review.publisher.site_address), timeout):
            found[result.address] = replace(result, checked=day)
            print(f"{result.status}: {result.address}", flush=True)
    except KeyboardInterrupt:
        print("Broken off; what was found so far is kept.", file=sys.stderr)
    earlier = {a: site.review.links[a] for a in addresses if a in site.review.links}
    (root / link_tests.FILE).parent.mkdir(exist_ok=True)
    (root / link_tests.FILE).write_text(written((earlier | found).values()), "utf-8", newline="\n")
    print(summary(found.values(), len(addresses)))
    # Not for hosts that are slow, broken or let no programs in: those change from night to night, and may work for readers.
    return int(fail and any(result.status == "not found" for result in found.values()))


def agent(title: str, site_address: str) -> str:
    """How the test tells other websites who asks."""
    name = re.sub(r"[^ -~]|[()%]", "", escape.clean(title)).strip()
    return f"Link test of the site “{name}”".replace("“", "'").replace("”", "'") + (
        f" (+{site_address})" if site_address else ""
    )


def check(tool: str, addresses: Iterable[str], user_agent: str, timeout: int) -> Iterator[LinkResult]:
    """Test addresses in turn. What comes back is told as soon as it is known."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Path(folder) / "settings"
        settings.write_text(
            f"[checking]\nthreads=1\nmaxrequestspersecond=1\nrecursionlevel=0\ntimeout={timeout}\nuseragent={user_agent}\n"
            "[csv]\nparts=urlname,result,warningstring,infostring,valid,url\n",
            "utf-8",
        )
        settings.chmod(0o644)
        Path(folder).chmod(0o755)  # the tool runs as nobody when it is started by root
        listed = Path(folder) / "addresses"
        listed.write_text("\n".join(addresses), "utf-8")
        command = [tool, "--config", str(settings), "--stdin", "--verbose", "--no-status", "--output", "csv/utf-8"]
        with (
            listed.open("rb") as asked,
            subprocess.Popen(
                command, stdin=asked, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, encoding="utf-8"
            ) as process,
        ):
            assert process.stdout is not None
            lines = (line for line in process.stdout if not line.startswith("#"))
            for row in csv.DictReader(lines, delimiter=";"):
                yield verdict(row)


def verdict(row: Mapping[str, str]) -> LinkResult:
    """What a row of LinkChecker's report means."""
    address, result = row["urlname"], row["result"]
    code = _CODE.match(result)
    number = int(code[1]) if code else 0
    status: LinkStatus = "no answer"
    if "robots.txt" in result + row["warningstring"] + row["infostring"] or number in (
        401,
        402,
        403,
        405,
        406,
        429,
        451,
    ):
        status = "refused"
    elif number in (404, 410):
        status = "not found"
    elif number >= 500:
        status = "server error"
    elif 200 <= number < 400 and row["valid"] == "True":
        redirect = _PERMANENT.search(row["warningstring"]) and not _RESOLVER.match(address) and row["url"] != address
        return LinkResult(address, "moved", "", row["url"]) if redirect else LinkResult(address, "works", "")
    elif number >= 400:
        status = "refused"
    return LinkResult(address, status, "")


def written(results: Iterable[LinkResult]) -> str:
    """Results as YAML; a JSON string is a YAML string."""
    parts = [_HEAD]
    for result in sorted(results, key=lambda r: r.address):
        parts.append(
            f"- address: {json.dumps(result.address)}\n  status: {result.status}\n  checked: {result.checked}\n"
        )
        if result.leads_to:
            parts.append(f"  leads_to: {json.dumps(escape.clean(result.leads_to))}\n")
    return "".join(parts)


def summary(results: Iterable[LinkResult], asked: int) -> str:
    """How many addresses gave which result."""
    counts = Counter(result.status for result in results)
    lines = [
        f"{counted(sum(counts.values()), 'address', 'addresses')} of {asked} tested. They stand in {link_tests.FILE}."
    ]
    lines += [f"  {status}: {counts[status]}" for status in link_tests.WORDS if status in counts]  # type: ignore[index]
    return "\n".join(lines)
