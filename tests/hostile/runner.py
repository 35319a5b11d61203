"""Runs commands of the engine within limits: one process imports the engine once and forks a child for each command.

Run as `python -m hostile.runner`, it reads a JSON object a line ({"arguments": [...]}) and answers with one ({"code", "out", "err", "seconds", "peak_mb"}).
A child may take SECONDS of processor time and BYTES of memory, which are those of the issue; a child that waits for ever is ended as well.
"""

from __future__ import annotations

import importlib
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from dataclasses import dataclass
from pathlib import Path

SECONDS = 10
BYTES = 1 << 30
# A busy machine may take longer than its processor time; nothing here sleeps, so this is for what hangs.
WAITING_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Ran:
    """What came of a command: its exit code (negative: ended by that signal), its output, processor seconds, and peak memory in MB."""

    code: int
    out: str
    err: str
    seconds: float
    peak_mb: float


class Runner:
    """The process that forks, as the tests see it."""

    def __init__(self, hooks: Path, tests: Path) -> None:
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(map(str, (hooks, tests)))}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "hostile.runner"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
        )

    def __call__(self, *arguments: str | Path) -> Ran:
        """Run `evidence` with these arguments; with 'markdown' and a file, turn that into HTML."""
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(json.dumps({"arguments": [str(part) for part in arguments]}) + "\n")
        self._process.stdin.flush()
        return Ran(**json.loads(self._process.stdout.readline()))

    def close(self) -> None:
        """End the process."""
        assert self._process.stdin and self._process.stdout
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()


def _convert(file: str) -> int:
    """What MkDocs does with a page beyond the engine: Markdown to HTML, with the extensions of the real site."""
    import markdown  # noqa: PLC0415

    extensions = [
        "admonition",
        "attr_list",
        "def_list",
        "footnotes",
        "md_in_html",
        "tables",
        "toc",
        "pymdownx.superfences",
    ]
    sys.stdout.write(markdown.markdown(Path(file).read_text("utf-8"), extensions=extensions))
    return 0


def _child(arguments: list[str], out: int, err: int) -> None:
    from evidence_cli.__main__ import main  # noqa: PLC0415 (imported by `_serve` before; the tests' own process does not need it)

    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.dup2(out, 1)
    os.dup2(err, 2)
    code = 70
    try:
        code = _convert(arguments[1]) if arguments[0] == "markdown" else main(arguments)
    except SystemExit as error:
        code = error.code if isinstance(error.code, int) else 1
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _run(arguments: list[str]) -> Ran:
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        child = os.fork()
        if child == 0:
            _child(arguments, out.fileno(), err.fileno())
        until = time.monotonic() + WAITING_SECONDS
        pause = 0.002
        done, status, usage = os.wait4(child, os.WNOHANG)
        while not done:
            time.sleep(pause)
            pause = min(pause * 1.3, 0.1)
            if time.monotonic() > until:
                os.kill(child, signal.SIGKILL)
                until = float("inf")
            done, status, usage = os.wait4(child, os.WNOHANG)
        texts = []
        for file in (out, err):
            file.seek(0)
            texts.append(file.read().decode("utf-8", "backslashreplace"))
    seconds = usage.ru_utime + usage.ru_stime
    return Ran(
        os.waitstatus_to_exitcode(status), texts[0], texts[1], round(seconds, 3), round(usage.ru_maxrss / 1024, 1)
    )


def _serve() -> None:
    for name in ("evidence.site.report", "evidence.site.staging", "evidence_cli.__main__"):
        importlib.import_module(name)  # so that it counts for none of the commands

    for line in sys.stdin:
        ran = _run(json.loads(line)["arguments"])
        fields = {name: getattr(ran, name) for name in ("code", "out", "err", "seconds", "peak_mb")}
        print(json.dumps(fields), flush=True)


if __name__ == "__main__":
    _serve()
