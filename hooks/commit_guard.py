"""`python hooks/commit_guard.py FILE...` refuses files that must not be committed: secrets, huge files, half-merged files, twins in upper case.

git keeps what was once committed for ever, so a secret is looked for before. The forms are those that their makers document: PEM (RFC 7468),
GitHub, GitLab, Amazon, Slack, Google, npm, PyPI and Stripe tokens, signed tokens (JWT, RFC 7519), and passwords inside addresses (RFC 3986, section 3.2.1).
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

# The largest file so far, requirements.lock, has a third of this.
MAX_BYTES = 500_000
# A library may be as large as the engine reads (evidence.read.MAX_BYTES). Not imported from there: this must run when the engine is half-merged.
MAX_BIBLIOGRAPHY = 20_000_000
BIBLIOGRAPHY = "bibliography.bib"
# The one list of them. Without the words themselves, so that this file passes its own test.
SECRETS = {
    "a private key": re.compile(r"-----BEGIN [A-Z ]*PRIVATE" + " KEY-----"),
    "a token of GitHub": re.compile(r"\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{60,})"),
    "a token of GitLab": re.compile(r"\bglpat-[A-Za-z0-9_-]{20,}"),
    "a key of Amazon": re.compile(r"\b(?:AKIA|ASIA)[A-Z0-9]{16}\b"),
    "a token of Slack": re.compile(r"\bxox[abprs]-[A-Za-z0-9-]{10,}"),
    "a key of Google": re.compile(r"\bAIza[A-Za-z0-9_-]{35}\b"),
    "a token of npm": re.compile(r"\bnpm_[A-Za-z0-9]{36}\b"),
    "a token of PyPI": re.compile(r"\bpypi-AgE[A-Za-z0-9_-]{50,}"),
    "a key of Stripe": re.compile(r"\bsk_live_[A-Za-z0-9_]{20,}"),
    "a signed token (JWT)": re.compile(r"\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}"),
    # With a bound, so that a long line of words with hyphens is read once, not once from each of them.
    "a password in an address": re.compile(r"\b[a-z][a-z0-9+.-]{0,30}://[^\s/:@'\"]+:[^\s/@'\"{}$]+@[A-Za-z0-9]"),
}
_HALF_MERGED = re.compile(r"^(?:<{7} |>{7} )", re.M)


def faults(name: str, data: bytes) -> Iterator[str]:
    """What keeps a file from being committed, as `path:line: ...`. A secret itself is never repeated."""
    most = MAX_BIBLIOGRAPHY if Path(name).name == BIBLIOGRAPHY else MAX_BYTES
    if len(data) > most:
        yield f"{name}:1: this file has {len(data):,} bytes; at most {most:,}, since git keeps it for ever"
        return
    text = data.decode("utf-8", "replace")
    for what, pattern in SECRETS.items():
        for match in pattern.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            yield f"{name}:{line}: this looks like {what}; take it out, and have it replaced, since others may have seen it"
    if half := _HALF_MERGED.search(text):
        line = text.count("\n", 0, half.start()) + 1
        yield f"{name}:{line}: two versions of this file stand in it; choose one and remove the lines with <<<<<<< and >>>>>>>"


def twins(names: Iterable[str], kept: Iterable[str] = ()) -> Iterator[str]:
    """Which of `names` are, on computers that do not tell capitals from small letters, one with another of them or of those that git keeps."""
    named = dict.fromkeys(names)
    seen = {name.casefold(): name for name in kept if name not in named}
    for name in named:
        other = seen.setdefault(name.casefold(), name)
        if other != name:
            yield f"{name}:1: on many computers this is the same file as {other}; rename one"


def kept_by_git() -> list[str]:
    """All files that git keeps or is about to, below this folder; none where there is no git."""
    try:
        listed = subprocess.run(["git", "ls-files", "-z"], capture_output=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return []
    return [name for name in listed.decode("utf-8", "surrogateescape").split("\0") if name]


def main(arguments: Sequence[str]) -> int:
    """Look at all named files; 1 if one of them must not be committed."""
    files = [name for name in arguments if Path(name).is_file()]
    found = [fault for name in files for fault in faults(name, Path(name).read_bytes())]
    found += twins(files, kept_by_git())
    for fault in found:
        print(fault, file=sys.stderr)
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
