"""Texts of any kind for properties: signs that mean something to one of the formats, more often than chance would have them.

Examples are the same in every run (`derandomize`), so a failure is a failure everywhere.
"""

from __future__ import annotations

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from evidence.text import escape
from evidence.text.addresses import RESERVED

settings.register_profile(
    "same", derandomize=True, deadline=5_000, max_examples=150, suppress_health_check=list(HealthCheck)
)
settings.load_profile("same")

# Signs that mean something to one of the formats, more often than chance would have them.
SIGNS = st.sampled_from(
    [
        "<",
        ">",
        "&",
        '"',
        "'",
        "{",
        "}",
        "\\",
        "%",
        "$",
        "#",
        "_",
        "^",
        "~",
        "*",
        "`",
        "|",
        "[",
        "]",
        "(",
        ")",
        "@",
        "=",
        "+",
        "-",
        "!",
        "\n",
        " ",
        ":",
        ";",
        ",",
        "/",
        "&lt;",
        "<!--",
        "-->",
        "]]>",
        "{{",
        "}}",
        "{%",
        "<script>",
        "</script>",
        "---",
        "--",
        "``",
        "''",
        " and ",
        "\\emph{",
        '\\"',
        "é",
        "日",
        "\u202e",
        "\u2028",
        "\x0c",
        "\ufeff",
    ]
)
TEXT = st.lists(SIGNS | st.text(max_size=6), max_size=25).map("".join)
WORDS = TEXT.map(escape.clean).filter(bool)
KEYS = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_-]{0,20}", fullmatch=True).filter(lambda key: not RESERVED.fullmatch(key))
