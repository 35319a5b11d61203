"""`python hooks/commit_guard.py FILE...` refuses files that must not be committed: secrets, huge files, half-merged files, twins in upper case.

git keeps what was once committed for ever, so a secret is looked for before. The forms are those that their makers document: PEM (RFC 7468),
GitHub, GitLab, Amazon, Slack, Google and npm tokens, and passwords inside addresses (RFC 3986, section 3.2.1).
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

# The largest file so far, requirements.lock, has a third of this.
MAX_BYTES = 500_000
# Without the words themselves, so that this file passes its own test.
SECRETS = {
    "a private key": re.compile(r"-----BEGIN [A-Z ]*PRIVATE" + " KEY-----"),
    "a token of GitHub": re.compile(r"\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{60,})"),
    "a token of GitLab": re.compile(r"\bglpat-[A-Za-z0-9_-]{20,}"),
    "a key of Amazon": re.compile(r"\b(?:AKIA|ASIA)[A-Z0-9]{16}\b"),
    "a token of Slack": re.compile(r"\bxox[abprs]-[A-Za-z0-9-]{10,}"),
    "a key of Google": re.compile(r"\bAIza[A-Za-z0-9_-]{35}\b"),
    "a token of npm": re.compile(r"\bnpm_[A-Za-z0-9]{36}\b"),
    "a password in an address": re.compile(r"\b[a-z][a-z0-9+.-]*://[^\s/:@'\"]+:[^\s/@'\"{}$]+@[A-Za-z0-9]"),
}
_HALF_MERGED = re.compile(r"^(?:<{7} |>{7} )", re.M)


def faults(name: str, data: bytes) -> Iterator[str]:
    """What keeps a file from being committed, as `path:line: ...`. A secret itself is never repeated."""
    if len(data) > MAX_BYTES:
        yield f"{name}:1: this file has {len(data):,} bytes; at most {MAX_BYTES:,}, since git keeps it for ever"
        return
    text = data.decode("utf-8", "replace")
    for what, pattern in SECRETS.items():
        for match in pattern.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            yield f"{name}:{line}: this looks like {what}; take it out, and have it replaced, since others may have seen it"
    if half := _HALF_MERGED.search(text):
        line = text.count("\n", 0, half.start()) + 1
        yield f"{name}:{line}: two versions of this file stand in it; choose one and remove the lines with <<<<<<< and >>>>>>>"


def twins(names: Iterable[str]) -> Iterator[str]:
    """Names that are one on computers that do not tell capitals from small letters."""
    seen: dict[str, str] = {}
    for name in names:
        other = seen.setdefault(name.casefold(), name)
        if other != name:
            yield f"{name}:1: on many computers this is the same file as {other}; rename one"


def main(arguments: Sequence[str]) -> int:
    """Look at all named files; 1 if one of them must not be committed."""
    files = [name for name in arguments if Path(name).is_file()]
    found = [fault for name in files for fault in faults(name, Path(name).read_bytes())]
    found += twins(files)
    for fault in found:
        print(fault, file=sys.stderr)
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
