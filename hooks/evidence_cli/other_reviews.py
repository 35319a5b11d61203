"""The commands that are about other reviews and their engine: `new`, `engine` and `update-engine`. They need nothing but Python."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

Adder = Callable[[str, Callable[[argparse.Namespace], int], str], argparse.ArgumentParser]


def add(command: Adder) -> None:
    """The commands that are about other reviews and their engine."""
    review = command(
        "new", _new, "write the beginnings of another review, with this engine as one file; asks what no option says"
    )
    review.add_argument("folder", help="the new review's folder; it must not be there yet, or be empty")
    review.add_argument("--title", help="the title of the review")
    review.add_argument("--areas", help="what it compares, one and many, as in country/countries, or none")
    review.add_argument("--meetings", help="yes where it reports what people said in meetings, or none")
    review.add_argument("--language", dest="tag", help="the language that it is in, as in en-GB")
    command("engine", _engine, "write the engine as one file into dist/, for reviews to update from")
    command("update-engine", _update_engine, "put this engine into a review that has another, and say what changed")


def _new(options: argparse.Namespace) -> int:
    from evidence_cli import new_review, wheel

    given = {"title": options.title, "areas": options.areas, "meetings": options.meetings, "language": options.tag}
    try:
        if not options.folder:
            raise new_review.ReviewError("name a folder for the new review, as in: make new-review DIR=../our-review")
        folder = Path(options.folder)
        new_review.refuse(folder)
        told = new_review.answers(given, input if sys.stdin.isatty() else None)
        lines = new_review.create(folder, told, wheel.own(options.root))
    except (new_review.ReviewError, new_review.EngineError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    except (EOFError, KeyboardInterrupt):
        print("\nStopped. Nothing was written.", file=sys.stderr)
        return 130  # as shells say it of what was stopped by Ctrl-C
    print("\n".join(lines))
    return 0


def _engine(options: argparse.Namespace) -> int:
    from evidence_cli import wheel

    try:
        made = wheel.own(options.root)
        target = options.root / "dist" / made.name
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(made.content)
    except (wheel.EngineError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{target} is engine {made.version}; a review takes it with: make update-engine FROM={target}")
    return 0


def _update_engine(options: argparse.Namespace) -> int:
    from evidence_cli import new_review, wheel

    try:
        print("\n".join(new_review.update(options.root, wheel.own(options.root))))
    except (new_review.ReviewError, new_review.EngineError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0
