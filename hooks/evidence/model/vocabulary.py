"""Coded values of the bibliography and what readers see for them."""

from __future__ import annotations

LISTINGS = {
    "printed": "Printed in the source's reference list",
    "cited-only": "Named or cited in the source's text, which has no entry for it; the editors supplied this entry",
    "added": "Added by the editors; the source does not name it",
}
ACCESS = {
    "free": "Free to read",
    "paywalled": "Behind a paywall",
    "login": "Needs a login",
    "unknown": "Not known",
}
