"""`make update-engine` of reviews that were made before there was the command `evidence` calls this file; it hands them on."""

from __future__ import annotations

import sys

from evidence_cli.__main__ import main

if __name__ == "__main__":
    sys.exit(main(["new-review", *sys.argv[1:]]))
