"""Video and sound that people made, as data/media.yml has them: signed versions, or texts that somebody reads aloud."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from evidence.model.base import Named

# Where their files lie, in docs/.
FOLDER = "assets/media/"
# The endings of their files; those that browsers play without anything added.
ENDINGS = {"video": (".mp4", ".webm"), "audio": (".mp3", ".m4a", ".ogg")}
CAPTIONS = ".vtt"
# Some hosts take no larger file, and nobody should have to load more to hear a page.
MOST_BYTES = 50_000_000


@dataclass(frozen=True, slots=True)
class Recording(Named):
    """A video or a sound recording by people: a file of docs/assets/media/, or a page of another website, which is linked to and never put into a page.

    It stands where a page has `<!-- evidence: recording ID -->`, and on the pages of its `themes`.
    """

    kind: Literal["video", "audio"]
    """video or audio."""
    title: str
    """What it is, in a few words, such as: The summary in British Sign Language."""
    language: str
    """The language that is signed or spoken, as a tag: bfi (British Sign Language), isg (Irish Sign Language), en, cy and the like."""
    transcript: str
    """All that is signed, said or shown, in words: plain text, with an empty line between paragraphs."""
    by: str
    """Who made it: people, or an organisation."""
    checked: str
    """The day on which a person last checked that it says what the page says, as 2026-11-22."""
    file: str = ""
    """The name of its file in docs/assets/media/: .mp4 or .webm, or .mp3, .m4a or .ogg for sound alone."""
    address: str = ""
    """In the place of a file: the web address, with https://, of the page that has it. Its captions have to be there."""
    captions: str = ""
    """The name of the file with the captions of a video, in the same folder: WebVTT, .vtt."""
    text_language: str = ""
    """The language of the transcript and the captions, where it is not that of the recording: needed where the recording is signed."""
    themes: tuple[str, ...] = ()
    """Ids of themes from data/themes.yml on whose pages it stands."""

    @property
    def written_in(self) -> str:
        """The language of its transcript and captions."""
        return self.text_language or self.language
