"""Coded values, and what readers see for those and for what is not known."""

from __future__ import annotations

from evidence.text.translation import _

UNDATED = "n.d."
NOT_TRACED = _("not traced")
NO_KIND = _("Kind not stated")
NO_SOURCE = _("no source named")
ALL_NATIONS = _("All nations together")
SILENT = _("We found nothing to put under this.")

LISTINGS = {
    "printed": _("Printed in the source's reference list"),
    "cited-only": _("Named or cited in the source's text, which has no entry for it; the editors supplied this entry"),
    "added": _("Added by the editors; the source does not name it"),
}
ACCESS = {
    "free": _("Free to read"),
    "paywalled": _("Behind a paywall"),
    "login": _("Needs a login"),
    "unknown": _("Not known"),
}
# The standing of a work: the words that stand beside every citation of it, and what they mean for those who rely on it.
STATUSES = {
    "retracted": (_("retracted"), _("Those who published this work have taken it back. Do not rely on it.")),
    "withdrawn": (_("withdrawn"), _("This work has been taken back. Do not rely on it.")),
    "concern": (_("expression of concern"), _("Those who published this work have said that it may not be sound.")),
    "corrected": (_("corrected"), _("Those who published this work have corrected a part of it.")),
    "superseded": (_("superseded"), _("A newer work has taken the place of this one.")),
}
# How grave each is. Readers are told of the gravest even before an editor has looked into it: those from GRAVE on.
GRAVITY = {"superseded": 0, "corrected": 1, "concern": 2, "withdrawn": 3, "retracted": 3}
GRAVE = 2
# The field, which no bibliography has, of a work whose status comes from Crossref alone.
STATUS_FROM = "statusfrom"
AGREEMENTS = {
    "agree": _("They agree"),
    "partly": _("They agree in part"),
    "differ": _("They differ"),
    "review-silent": _("The review is silent"),
    "members-silent": _("Members are silent"),
}
# How the editors read what is said of a nation on a topic; nothing is said of those that are left out.
SAYS = {"yes": _("Yes"), "part": _("In part"), "no": _("No")}
NOT_SAID = _("Not said")
EVENTS = {"law": _("law"), "policy": _("policy"), "guidance": _("guidance"), "other": ""}
# What a heading's braces may say of its section, for editors.
DATA_MARKS = {
    "data-themes": "the ids of themes that the section is about, with blanks between them; `none` takes those from above off it",
    "data-nations": "the ids of nations that the section is about, with blanks between them; `none` takes those from above off it",
    "data-voice": "`members` or `editors`: the section holds other people's words; its citations count, but the review is not said to speak there",
}
# Whose words a section holds when they are not the review's: then no theme counts as spoken of by the review there.
VOICES = MEMBERS, EDITORS = ("members", "editors")
# How long the title and the description of a page may be.
MAX_CHARACTERS = {"title": 65, "description": 500}
# Where small pictures lie, in docs/assets/.
PICTURES = "pictures/"

# The class of what others say in a recording, word for word: no rule for our own sentences holds for it.
TRANSCRIPT = "transcript"

NOTE = _("Editor's note")


def standing_words(status: str, note: str) -> tuple[str, str]:
    """What has become of a work: a word or two that can begin a line, and sentences that say more; two empty texts where nothing is known."""
    if status not in STATUSES:
        return "", ""
    word, meaning = STATUSES[status]
    stop = "" if note.endswith((".", "!", "?")) or not note else "."
    return f"{word[0].upper()}{word[1:]}", f"{meaning} {note}{stop}".strip()
