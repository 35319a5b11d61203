"""The rules for recordings: video and sound that people made."""

from __future__ import annotations

from collections.abc import Iterator

from evidence.model.base import Problem
from evidence.model.media import CAPTIONS, ENDINGS, FOLDER, MOST_BYTES, Recording
from evidence.subject import Subject
from evidence.text import escape
from evidence.text.languages import SIGNED, name_for_readers
from evidence.text.words import day_slip, did_you_mean, file_size, listed, quoted


def recordings_are_whole(subject: Subject) -> Iterator[Problem]:
    """A recording is a file or has an address, says its language and the day of its last check; a video in a file has captions."""
    for made in subject.review.recordings.values():
        for fault in (*_place(made), *_languages(made)):
            yield Problem(made.where, f"recording '{made.id}': {fault}")
        if slip := day_slip("'checked'", made.checked):
            yield Problem(made.where, f"recording '{made.id}': {slip}")


def _place(made: Recording) -> Iterator[str]:
    if bool(made.file) == bool(made.address):
        both = "it has both; keep one" if made.file else "it has neither; add one"
        yield f"a recording is a 'file' in docs/{FOLDER} or has an 'address', and {both}"
        return  # what else is wrong depends on which it is
    if made.address and not (made.address.startswith("https://") and escape.url(made.address)):
        yield f"address is {quoted(made.address)}; it must begin with https:// and name a host"
    if made.file and not made.file.endswith(ENDINGS[made.kind]):
        yield f"file is {quoted(made.file)}; {made.kind} that browsers play ends in {listed(ENDINGS[made.kind], 'or')}"
    if made.captions and not made.captions.endswith(CAPTIONS):
        yield f"captions is {quoted(made.captions)}; captions are a WebVTT file, which ends in {CAPTIONS}"
    if made.kind == "video" and made.file and not made.captions:
        yield f"it has no captions; add captions: NAME{CAPTIONS}, a WebVTT file in docs/{FOLDER}"
    if made.captions and (made.kind == "audio" or made.address):
        why = "sound has its transcript" if made.kind == "audio" else "the page at its address has to have them"
        yield f"captions belong to a video in a file, and {why}; take 'captions' out"


def _languages(made: Recording) -> Iterator[str]:
    for name, tag in (("language", made.language), ("text_language", made.text_language)):
        if tag and not name_for_readers(tag):
            yield f"{name} {quoted(tag)} is not known; write its tag, such as bfi (British Sign Language), en or cy"
    if made.written_in in SIGNED:
        yield "nobody can write in a sign language; add text_language: en, or whatever its transcript is written in"


def files_of_recordings_are_there(subject: Subject) -> Iterator[Problem]:
    """The file and the captions of a recording lie in docs/assets/media, and are not too large."""
    files = subject.review.media_files
    for made in subject.review.recordings.values():
        for field, name in (("file", made.file), ("captions", made.captions)):
            if not name:
                continue
            if name not in files:
                message = f"recording '{made.id}': {field} {quoted(name)}: there is no file 'docs/{FOLDER}{name}'"
                yield Problem(made.where, f"{message}{did_you_mean(name, files)}")
            elif files[name] > MOST_BYTES:
                size, advice = file_size(files[name]), "make it smaller, or put it elsewhere and give its 'address'"
                message = f"recording '{made.id}': {field} {quoted(name)} has {size}, at most {file_size(MOST_BYTES)}"
                yield Problem(made.where, f"{message}; {advice}")


def recordings_are_shown(subject: Subject) -> Iterator[Problem]:
    """Each recording stands on a page, or on that of a theme."""
    directives = (directive for document in subject.documents for directive in document.parts.directives)
    shown = {name for directive in directives if directive.name == "recording" for name in directive.arguments}
    for made in subject.review.recordings.values():
        if made.id not in shown and not made.themes:
            advice = f"write <!-- evidence: recording {made.id} --> where it belongs, or name 'themes'"
            yield Problem(made.where, f"recording '{made.id}' stands on no page; {advice}")
