"""The kinds of work, each with its word in every vocabulary that works go out in. To add a kind is to add one record to WORK_KINDS."""

from __future__ import annotations

from dataclasses import dataclass

from evidence.model.base import Reference


@dataclass(frozen=True, slots=True)
class WorkKind:
    """A kind of work. What a vocabulary has no word for goes out under the word of the default.

    `csl` is its type in CSL 1.0.2 ("Item Types"), and `exported` that of CSL 1.0.1 where the type is newer: Zotero's reader of CSL-JSON refuses a
    whole file for one type that it does not know. `entry_types` are those of BibTeX and biblatex, `ris` is a type of the "RIS Format
    Specifications" and `ris_number` the tag of its number. `zotero` is an item type of Zotero, `zotero_genre` the field that says more of the type.
    `openurl` is a format of OpenURL (ANSI/NISO Z39.88-2004, KEV) and, after a slash, a genre that the format knows; `dc` is Dublin Core.
    """

    csl: str
    entry_types: tuple[str, ...]
    ris: str
    zotero: str
    schema_org: str = "CreativeWork"
    openurl: str = "dc"
    ris_number: str = "M1"
    exported: str = ""
    zotero_genre: str = ""

    @property
    def article(self) -> bool:
        """Whether such works stand in a journal: their number is that of an issue."""
        return self.openurl == "journal/article"


_KINDS = (
    WorkKind("article-journal", ("article",), "JOUR", "journalArticle", "ScholarlyArticle", "journal/article", "IS"),
    WorkKind("article-magazine", (), "MGZN", "magazineArticle", "Article", "journal/article", "IS"),
    WorkKind("article-newspaper", (), "NEWS", "newspaperArticle", "NewsArticle", "journal/article", "IS"),
    WorkKind("book", ("book", "collection", "proceedings"), "BOOK", "book", "Book", "book/book"),
    WorkKind("pamphlet", ("booklet",), "PAMP", "book", openurl="book/book"),
    WorkKind("chapter", ("inbook", "incollection"), "CHAP", "bookSection", "Chapter", "book/bookitem"),
    WorkKind("entry-encyclopedia", ("inreference",), "ENCYC", "encyclopediaArticle", "Chapter", "book/bookitem"),
    WorkKind(
        "paper-conference",
        ("inproceedings", "conference"),
        "CPAPER",
        "conferencePaper",
        "ScholarlyArticle",
        "book/proceeding",
    ),
    WorkKind("periodical", ("periodical",), "JFULL", "journalArticle", "Periodical", "book/book", exported="book"),
    WorkKind(
        "report",
        ("manual", "techreport", "report"),
        "RPRT",
        "report",
        "Report",
        "book/report",
        "SN",
        zotero_genre="reportType",
    ),
    WorkKind(
        "thesis",
        ("phdthesis", "mastersthesis", "thesis"),
        "THES",
        "thesis",
        "Thesis",
        "dissertation",
        zotero_genre="thesisType",
    ),
    WorkKind("webpage", ("online",), "ELEC", "webpage", "WebPage"),
    WorkKind("dataset", ("dataset",), "DATA", "dataset", "Dataset"),
    WorkKind("manuscript", ("unpublished",), "MANSCPT", "manuscript"),
    WorkKind("software", ("software",), "COMP", "computerProgram", "SoftwareApplication", exported="book"),
    WorkKind("patent", ("patent",), "PAT", "patent", ris_number="SN"),
    WorkKind("standard", ("standard",), "STAND", "standard", exported="report"),
    WorkKind("legislation", ("legislation",), "STAT", "statute", "Legislation"),
    WorkKind("legal_case", ("jurisdiction",), "CASE", "case"),
    WorkKind("graphic", ("artwork", "image"), "ART", "artwork", "VisualArtwork"),
    WorkKind("motion_picture", ("movie", "video"), "MPCT", "film", "Movie"),
    WorkKind("song", ("audio", "music"), "SOUND", "audioRecording", "AudioObject"),
    WorkKind("document", (), "MANSCPT", "document", exported="manuscript"),
)
WORK_KINDS = {kind.csl: kind for kind in _KINDS}


def work_kind(reference: Reference) -> WorkKind:
    """The kind of a work."""
    if (kind := WORK_KINDS.get(reference.item["type"])) and kind.csl != "document":
        return kind
    kinds = (kind for kind in WORK_KINDS.values() if reference.entry_type in kind.entry_types)
    return next(kinds, WORK_KINDS["document"])


def exported_kind(reference: Reference) -> WorkKind:
    """The kind under which a work goes into files: as a web page, where all that is known of its kind is that it has an address."""
    kind = work_kind(reference)
    return WORK_KINDS["webpage"] if kind.csl == "document" and reference.text("URL") else kind
