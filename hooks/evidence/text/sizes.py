"""Sizes of files as readers know them."""

from __future__ import annotations

import math


def file_size(size: int) -> str:
    """A number of bytes as readers know it: '84 KB' or '1.4 MB', in steps of a thousand, never less than there is to load."""
    return f"{math.ceil(size / 100_000) / 10:.1f} MB" if size > 999_000 else f"{math.ceil(size / 1000)} KB"
