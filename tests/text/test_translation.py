"""What readers see goes through the catalogue: with one that marks every word of it, no word is left as it was."""

from __future__ import annotations

import json
import subprocess
import sys

# A catalogue that puts what it translates between brackets. It must be there before the engine is loaded, as one of a real language would be.
CODE = """
import gettext, json

gettext.NullTranslations.gettext = lambda self, words: f"<{words}>"
gettext.NullTranslations.ngettext = lambda self, one, many, number: f"<{one if number == 1 else many}>"

from evidence.model.changes import Change, Changes, Version, edition
from evidence.references import works_table
from evidence.tables import works_table as dictionary
from evidence.text.words import in_words, listed
from evidence.text.translation import numbered

released = Version("1.0.0", "2026-12-01", (Change("New."),))
header = works_table.header()
print(json.dumps({
    "day": in_words("2026-11-22"),
    "list": listed(["a", "b", "c"]),
    "one": numbered("%(num)s place", "%(num)s places", 1),
    "many": numbered("%(num)s address", "%(num)s addresses", 2),
    "version": released.title,
    "pending": Version().title,
    "released": edition(Changes((Version(content=(Change("Newer."),)), released)), ""),
    "not released": edition(Changes((Version(),)), "2026-11-22"),
    "columns": header.decode("utf-8-sig").strip().split(",")[:3],
    "explained": [column.meaning != column.name for column in dictionary("x.csv", header).columns],
}))
"""


def test_words_that_readers_see_go_through_the_catalogue() -> None:
    done = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    assert all(found.pop("explained"))
    assert found == {
        "day": "<22 <November> 2026>",
        "list": "a, b <and> c",
        "one": "<1 place>",
        "many": "<2 addresses>",
        "version": "<Version 1.0.0, <1 <December> 2026>>",
        "pending": "<Not yet released>",
        "released": "<Content version 1.0.0, <1 <December> 2026>.> <Changed since then.>",
        "not released": "<Not yet released.> <Last checked on <22 <November> 2026>.>",
        "columns": ["<Key>", "<Type>", "<Authors>"],
    }
