"""Recordings that people made, as pages show them: a player with its captions, what is said in it, and the file; or a link to the website that has it."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from evidence.crosslinks import Context, Passage, passages
from evidence.documents.document import Marks
from evidence.model.media import FOLDER, Recording
from evidence.model.review import Review
from evidence.model.vocabulary import EDITORS, TRANSCRIPT
from evidence.output import markdown
from evidence.text import escape
from evidence.text.addresses import page_address
from evidence.text.languages import name_for_readers
from evidence.text.translation import _
from evidence.text.words import file_size, in_words

_KINDS = {"video": _("Video"), "audio": _("Recording")}


def recording(context: Context, wanted: tuple[str, ...]) -> Iterator[Passage]:
    """A recording, apart from the text: what is said in it is no statement of the page."""
    known = context.review.recordings
    made = known[passages.choose_one(wanted, known, "recording")]
    for text in written(context.review, made, context.document.uri):
        yield context.passage(text, where=made.where, voice=EDITORS, marks=Marks())


def written(review: Review, made: Recording, uri: str) -> tuple[str, str]:
    """A recording on the page `uri` as Markdown: what it is and where to get it, and what is said in it. `output.recordings` adds the player.

    Paper has its name and the address at which it is found.
    """
    name = f"recording-{made.id}"
    address = made.address or f"{page_address(uri, review.publisher.site_address)}#{name}"
    said = _("%(kind)s: %(title)s, in %(language)s. Made by %(by)s. Last checked: %(day)s.") % {
        "kind": _KINDS[made.kind],
        "title": f"**{escape.markdown(made.title)}**",
        "language": escape.markdown(name_for_readers(made.language)),
        "by": escape.markdown(made.by),
        "day": in_words(made.checked),
    }
    opening = f'<figure class="recording" id="{name}" data-address="{escape.html_text(address)}" markdown="1">'
    summary = _("What is said in “%s”") % escape.markdown(made.title)
    said_in_it = "\n\n".join(escape.markdown(part) for part in made.transcript.split("\n\n") if part.strip())
    return (
        f'\n\n{opening}\n<figcaption id="{name}-caption" markdown="span">{said}</figcaption>\n\n{_ways(review, made, uri)}\n\n',
        f'<details class="{TRANSCRIPT}" markdown="1">\n<summary>{summary}</summary>\n'
        f'<div lang="{made.written_in}" markdown="1">\n\n{said_in_it}\n\n</div>\n</details>\n</figure>\n\n',
    )


def _ways(review: Review, made: Recording, uri: str) -> str:
    """The links to a recording: its file, and the captions if it has them; or the website, which readers are told that they go to."""
    if made.address:
        host = urlsplit(made.address).hostname or ""
        words = (_("Watch it on %s") if made.kind == "video" else _("Listen to it on %s")) % host
        return f"{escape.link(words, made.address)}. {_('This link leaves our website.')}"
    file, captions = made.file, made.captions
    what = f"{file.rpartition('.')[2].upper()}, {file_size(review.media_files.get(file, 0))}"
    label = _("Download “%(title)s”: %(what)s") % {"title": made.title, "what": what}
    links = [markdown.link(_("Download (%s)") % what, FOLDER + file, uri, css=f"plays-{made.kind}", label=label)]
    if captions:
        label, css = _("Captions of “%s”") % made.title, f"captions-{made.written_in}"
        links.append(markdown.link(_("Captions"), FOLDER + captions, uri, css=css, label=label))
    return ", ".join(links)
