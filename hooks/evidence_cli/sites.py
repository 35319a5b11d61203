"""The commands that make a site, show it, and put it where readers find it. Each loads what it needs when it runs, and returns 1 where it has said why not."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

from evidence_cli import ports

FOLDER = Path("site")
STOPPED = 130  # as shells say it of what was stopped by Ctrl-C
_MEMORY = Path("/dev/shm")
_RULES_CHANGED = (
    "Its rules for servers have changed: if yours has them in its own words, make them anew (docs-dev/hosting.md)."
)


def build(options: argparse.Namespace) -> int:
    """Build into a folder, or into the review's own."""
    return built(options.root, options.folder, compressed=options.compressed, ours=options.ours)


def built(root: Path, folder: Path | None, *, compressed: bool, ours: bool = False) -> int:
    """Build the review in `root` into `folder`, as `publish` does it."""
    from evidence_publish.publish import PublishError, publish
    from evidence_publish.site_folder import FolderError

    target = folder or root / FOLDER
    try:
        changed = publish(root.resolve(), target, compressed=compressed, ours=ours or folder is None)
    except (FolderError, PublishError) as error:
        return refused(error)
    except KeyboardInterrupt:
        print("Stopped. The site is as it was, or the new one is in its place; never a part of it.", file=sys.stderr)
        return STOPPED
    print(f"The site is in {target}.")
    if changed:
        print(_RULES_CHANGED)
    return 0


def refused(error: Exception) -> int:
    """Say why something is not done."""
    print(error, file=sys.stderr)
    return 1


def serve(options: argparse.Namespace) -> int:
    """Show the site, and again after each change; in the place of this process."""
    try:
        ports.take(options.port, "serve")  # before anything is built
    except ports.PortError as error:
        sys.exit(str(error))
    # The site that is shown lies in memory where the system has room for it there: on a disk, writing it takes longer than making it.
    memory = os.environ.get("MEMORY") or (str(_MEMORY) if _MEMORY.is_dir() else tempfile.gettempdir())
    os.chdir(options.root)
    address = f"{ports.HOST}:{options.port}"
    settings = os.environ | {"TMPDIR": memory, "NO_MKDOCS_2_WARNING": "1"}
    sys.stdout.flush()
    os.execve(sys.executable, [sys.executable, "-m", "mkdocs", "serve", "--strict", "--dev-addr", address], settings)


def show(options: argparse.Namespace) -> int:
    """Show what was built."""
    from evidence_publish import showing
    from evidence_publish.host_files import HostError

    try:
        ports.take(options.port, "show")
        showing.show(options.folder or options.root / FOLDER, ports.HOST, options.port)
    except (HostError, ports.PortError) as error:
        return refused(error)
    return 0


def publish_back(options: argparse.Namespace) -> int:
    """Let the published site and the one before change places."""
    from evidence.text.words import in_words
    from evidence_publish import publish
    from evidence_publish.site_folder import FolderError

    if not options.folder:
        print("name the folder of the site, as in: make publish-back DIR=/srv/www/evidence", file=sys.stderr)
        return 1
    try:
        day, changed = publish.publish_back(options.folder)
    except FolderError as error:
        return refused(error)
    published = f"{in_words(day.date().isoformat())}, {day:%H:%M}"
    print(
        f"The site of {published}, is in {options.folder} again. The other one is kept; the same command puts it back."
    )
    if changed:
        print(_RULES_CHANGED)
    return 0


def release(options: argparse.Namespace) -> int:
    """Keep released versions."""
    if options.all:
        return released(options.root)
    if not options.version:
        print("name the version to keep, as in: make release VERSION=1.0.0", file=sys.stderr)
        return 1
    return released(options.root, options.version)


def released(root: Path, numbers: list[str] | None = None) -> int:
    """Archive the versions with these numbers, or all that are not archived yet."""
    from evidence.directives import changes
    from evidence_publish.release import ArchiveError, archive, not_archived

    root = root.resolve()
    try:
        for number in not_archived(root) if numbers is None else numbers:
            print(f"{archive(root, number)} is kept; `make site` puts it at {changes.ARCHIVE}/{number}/.", flush=True)
    except ArchiveError as error:
        return refused(error)
    return 0


def server_rules(options: argparse.Namespace) -> int:
    """Print what a server is to be told."""
    from evidence_publish import server_rules as words
    from evidence_publish.host_files import HostError

    try:
        print(words.server_rules(options.folder or options.root / FOLDER, options.server), end="")
    except HostError as error:
        return refused(error)
    return 0
