"""Asks Crossref about a DOI and compares what it says with an entry of the bibliography: shapes are those of its REST API (api.crossref.org/swagger-ui).

One request at a time, with a pause before each, an address to write to, and waiting where Crossref asks for it (Crossref documentation, "Tips for
using the REST API"). What comes back is somebody else's text: it is read with care, and what is not as it should be counts as no answer.
"""

from __future__ import annotations

import html
import re
import time
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, get_args
from urllib.parse import quote

from evidence.model.base import Reference
from evidence.model.checks import Detail, Difference, DoiCheck, Status, Update
from evidence.pages import source_checks
from evidence.text import escape

if TYPE_CHECKING:
    from habanero import Crossref

ADDRESS = "https://api.crossref.org"
PAUSE = 0.25  # seconds: less often than the five requests a second that anyone may make
_TRIES = 4
_LONGEST = 120.0  # seconds to wait for, at most
# What became of a work, by the kinds of update that Crossref knows ("Updating your content": types of updates), its relations, and words in titles.
_UPDATES: dict[str, Status] = {
    "retraction": "retracted",
    "withdrawal": "withdrawn",
    "removal": "withdrawn",
    "expression_of_concern": "concern",
    "partial_retraction": "concern",
    **dict.fromkeys(("correction", "corrigendum", "erratum", "addendum", "clarification"), "corrected"),
    **dict.fromkeys(("new_edition", "new_version"), "superseded"),
}
_RELATIONS: dict[str, Status] = {
    "is-retracted-by": "retracted",
    "is-withdrawn-by": "withdrawn",
    **dict.fromkeys(("is-corrected-by", "has-correction", "has-erratum"), "corrected"),
    "has-retraction": "retracted",
    "is-replaced-by": "superseded",
}
_TITLE = re.compile(r"\W*(retracted|withdrawn|removed)(?: (?:article|chapter|paper))?\s*[:\]\-–—]+\s*", re.I)
_TITLES: dict[str, Status] = {"retracted": "retracted", "withdrawn": "withdrawn", "removed": "withdrawn"}
# Letters that no decomposition of Unicode takes apart.
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ı": "i"})


class NoAnswerError(Exception):
    """Why nothing is known: Crossref did not answer, or in no form that can be read."""


@dataclass(frozen=True, slots=True)
class Registry:
    """Crossref, as it is asked here."""

    client: Crossref
    pause: float = PAUSE
    sleep: Callable[[float], None] = time.sleep

    def check(self, reference: Reference, day: str) -> DoiCheck:
        """What Crossref says of the DOI of an entry. Raises NoAnswerError."""
        doi = reference.text("DOI")
        answer = self._asked(self.client.works, doi)
        if answer is None:
            agency = self._asked(self.client.registration_agency, doi)
            if agency is None:
                return DoiCheck(doi, "not found", day)
            name = escape.clean(str(agency[0])) if isinstance(agency, list) and agency else ""
            if name == "Crossref":
                raise NoAnswerError("it has this DOI, and does not say what it stands for")
            return DoiCheck(doi, "elsewhere", day, name)
        message = answer.get("message") if isinstance(answer, dict) else None
        if not isinstance(message, dict) or not isinstance(message.get("DOI"), str):
            raise NoAnswerError("it answered in no form that is known")
        differs, updated = differences(source_checks.stated(reference), message), updates(message)
        return DoiCheck(doi, "found", day, "", tuple(differs), tuple(updated))

    def _asked(self, ask: Callable[..., Any], doi: str) -> Any:
        """An answer, None where there is no such thing. Raises NoAnswerError."""
        import httpx2  # noqa: PLC0415 (comes with habanero, which only this command needs)
        from habanero import RequestError  # noqa: PLC0415

        for attempt in range(_TRIES):
            self.sleep(self.pause)
            try:
                return ask(ids=quote(doi, safe="/"))
            except httpx2.HTTPStatusError as error:
                code, headers = error.response.status_code, error.response.headers
                if code == 404:
                    return None
                if code in (429, 503) and attempt + 1 < _TRIES:
                    self.sleep(waiting(headers.get("Retry-After", ""), attempt))
                    continue
                raise NoAnswerError(f"it answered {code}") from error
            except httpx2.TimeoutException as error:
                raise NoAnswerError("it took too long") from error
            except (
                httpx2.HTTPError,
                httpx2.InvalidURL,
                RequestError,
                ValueError,
                LookupError,
                TypeError,
                RuntimeError,
            ) as error:
                reason = escape.clean(str(error))[:100] or type(error).__name__
                raise NoAnswerError(f"its answer could not be read: {reason}") from error
        raise AssertionError("the last attempt returns or raises")


def waiting(asked: str, attempt: int) -> float:
    """For how many seconds to wait: as long as was asked for (RFC 9110, "Retry-After": seconds or a date), else longer each time."""
    seconds = 5.0 * (1 << attempt)
    if asked.strip().isdecimal():
        seconds = float(asked)
    elif asked:
        try:
            until = parsedate_to_datetime(asked)
            seconds = until.timestamp() - time.time()
        except (ValueError, OverflowError):
            pass  # no date: as if nothing had been asked for
    return min(max(seconds, 1.0), _LONGEST)


# What became of a work


def updates(message: dict[str, Any]) -> Iterator[Update]:
    """What became of a work: by notices of its publisher or of Retraction Watch, by its relations to others, or by its title alone. Each once."""
    seen: set[tuple[Status, str]] = set()
    for update in _updates(message):
        key = (update.status, update.notice.casefold())
        if key not in seen and not (not update.notice and any(status == update.status for status, _ in seen)):
            seen.add(key)
            yield update


def _updates(message: dict[str, Any]) -> Iterator[Update]:
    own = str(message["DOI"]).casefold()
    # A notice that a publisher put in the place of the work itself updates its own DOI; one about another work says nothing of this one.
    itself = [update for update in _dicts(message, "update-to") if str(update.get("DOI", "")).casefold() == own]
    for update in (*_dicts(message, "updated-by"), *itself):
        status = _UPDATES.get(re.sub(r"[\s-]", "_", str(update.get("type", "")).strip().lower()))
        if status:
            notice = str(update.get("DOI", ""))
            yield Update(status, escape.clean(notice) if update not in itself else "", _day(update.get("updated")))
    relation = message.get("relation")
    for name, status in _RELATIONS.items():
        for other in _dicts(relation if isinstance(relation, dict) else {}, name):
            if str(other.get("id-type", "")).lower() == "doi":
                yield Update(status, escape.clean(str(other.get("id", ""))))
    for title in _texts(message, "title")[:1]:
        if found := _TITLE.match(title):
            yield Update(_TITLES[found[1].lower()])


def _day(value: Any) -> str:
    """A date of Crossref as ISO 8601 has it, as far as it goes."""
    parts = value.get("date-parts") if isinstance(value, dict) else None
    numbers = parts[0] if isinstance(parts, list) and parts and isinstance(parts[0], list) else []
    whole = [number for number in numbers[:3] if isinstance(number, int) and number > 0]
    return "-".join(f"{number:0{4 if not i else 2}d}" for i, number in enumerate(whole))


# In what it differs


def differences(entry: dict[str, str], message: dict[str, Any]) -> Iterator[Difference]:
    """The details in which Crossref and an entry differ, where both say something."""
    for detail in get_args(Detail):
        ours, (shown, agree) = entry[detail], _COMPARED[detail](entry[detail], message)
        if ours and shown and not agree:
            yield Difference(detail, escape.clean(shown), escape.clean(ours))


Verdict = tuple[str, bool]  # what Crossref has, in words, and whether it agrees with the entry


def _title(ours: str, message: dict[str, Any]) -> Verdict:
    named = (title for name in ("title", "original-title", "short-title") for title in _texts(message, name))
    titles = [_TITLE.sub("", _plain(title)) for title in named]
    whole = [f"{title}: {_plain(more)}" for title in titles for more in _texts(message, "subtitle")]
    return (titles or [""])[0], _letters(ours) in {_letters(title) for title in (*titles, *whole)}


def _plain(title: str) -> str:
    """A title without the markup of faces, which Crossref keeps, and without references to characters."""
    return html.unescape(re.sub(r"</?[a-zA-Z][^<>]*>", "", title))


def _names(ours: str, message: dict[str, Any]) -> Verdict:
    people = _dicts(message, "author") or _dicts(message, "editor")
    theirs = [str(person.get("family") or person.get("name") or "") for person in people]
    shown = "; ".join(filter(None, theirs))
    mine = [name for name in ours.split("; ") if name]
    if mine[-1:] == [source_checks.ET_AL]:
        mine.pop()
        theirs = theirs[: len(mine)]
    agree = all(_same(_letters(a), _letters(b)) for a, b in zip(mine, theirs, strict=False))
    return shown, agree and len(mine) == len(theirs)


def _same(one: str, other: str) -> bool:
    """Whether two family names are the same: one may have a particle before it, or a 'Jr' behind it, that the other keeps apart."""
    long, short = sorted((one, other), key=len, reverse=True)
    return long.endswith(short) or long.startswith(short)


def _year(ours: str, message: dict[str, Any]) -> Verdict:
    names = ("issued", "published", "published-print", "published-online")
    issue = message.get("journal-issue")
    dates = (*(message.get(name) for name in names), *(issue.get(name) for name in names if isinstance(issue, dict)))
    years = list(filter(None, (_day(date)[:4] for date in dates)))
    return (years or [""])[0], ours in years or not ours.isdecimal()


def _volume(ours: str, message: dict[str, Any]) -> Verdict:
    theirs = _text(message, "volume")
    return theirs, _letters(ours) == _letters(theirs)


def _pages(ours: str, message: dict[str, Any]) -> Verdict:
    theirs = [text for text in (_text(message, "page"), _text(message, "article-number")) if text]
    return (theirs or [""])[0], any(
        _span(ours) == _span(text) or _first(ours) == text or _first(text) == ours for text in theirs
    )


def _first(pages: str) -> str:
    return re.split(r"\s*[-–—]+\s*", pages.strip())[0]


def _span(pages: str) -> tuple[str, ...]:
    """The first and the last page, with all figures of the last: '1029–33' is '1029' and '1033'."""
    parts = [part.casefold() for part in re.split(r"\s*[-–—]+\s*", pages.strip()) if part]
    if len(parts) == 2 and all(part.isdecimal() for part in parts) and len(parts[1]) < len(parts[0]):
        parts[1] = parts[0][: -len(parts[1])] + parts[1]
    return tuple(dict.fromkeys(parts))  # '5-5' is '5'


_COMPARED: dict[Detail, Callable[[str, dict[str, Any]], Verdict]] = {
    "title": _title,
    "names": _names,
    "year": _year,
    "volume": _volume,
    "pages": _pages,
}


def _letters(text: str) -> str:
    """Letters and figures alone, without accents and capitals: what is left is not a matter of how somebody writes."""
    plain = unicodedata.normalize("NFKD", text.casefold()).translate(_LETTERS)
    return "".join(sign for sign in plain.replace("&", "and") if sign.isalnum())


def _dicts(value: dict[str, Any], name: str) -> list[dict[str, Any]]:
    found = value.get(name)
    return [item for item in (found if isinstance(found, list) else [found]) if isinstance(item, dict)]


def _texts(value: dict[str, Any], name: str) -> list[str]:
    found = value.get(name)
    return [escape.clean(item) for item in found if isinstance(item, str)] if isinstance(found, list) else []


def _text(value: dict[str, Any], name: str) -> str:
    found = value.get(name)
    return escape.clean(found) if isinstance(found, str) else ""
