"""Libraries of thousands of entries in the manner of reference managers, made by rule: what Zotero, JabRef and Mendeley export, with their slips.

Each library comes with what is in it, entry by entry, so that a test can tell whether any was lost. Words, names and numbers are made up. The manners
are those of the programs' own exports: fields and their order, braces, tabs, abbreviations of months, comments, text between entries.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

_FAMILIES = (
    "Müller",
    "O'Neill",
    "van den Berg",
    "Łukasiewicz",
    "de la Cruz",
    "Smith-Jones",
    "Nguyễn",
    "Åström",
    "Şahin",
    "Garc{\\'\\i}a",
    "Brown",
    "Žižek",
)
_GIVEN = ("Ann", "B. C.", 'J{\\"o}rg', "María José", "D. W.", "Xi", "Noël", "{\\O}ystein")
_WORDS = [
    "evidence",
    "care",
    "home",
    "people",
    "review",
    "study",
    "road",
    "verge",
    "night",
    "train",
    "policy",
    "cost",
    "trial",
    "method",
    "health",
    "{UK}",
    "{NHS}",
    "{COVID-19}",
    "b{\\'e}b{\\'e}",
    "after",
    "before",
    "50\\%",
    "of",
    "R\\&D",
    "\\textendash{}",
]
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass(frozen=True, slots=True)
class Library:
    """A library as text, and for each of its entries the key, its first and its last line (from 1)."""

    text: str
    entries: tuple[tuple[str, int, int], ...]


def _words(random: Random, number: int) -> str:
    return " ".join(random.choice(_WORDS) for _ in range(number)).capitalize()


def _people(random: Random, between: str = " and ") -> str:
    people = [f"{random.choice(_FAMILIES)}, {random.choice(_GIVEN)}" for _ in range(random.choice((1, 1, 2, 3, 5, 12)))]
    return between.join([*people, "others"] if random.random() < 0.05 else people)


def _written(kind: str, key: str, fields: dict[str, str], *, indent: str, last: str = "", bare: str = "") -> str:
    lines = [f"{indent}{name} = {value if name == bare else '{' + value + '}'}" for name, value in fields.items()]
    return f"@{kind}{{{key},\n" + ",\n".join(lines) + f"{last}\n}}\n"


def zotero(random: Random, number: int) -> str:
    """An entry as Zotero's own BibTeX translator writes it: tabs, month without braces, url and urldate, keywords, file with escapes."""
    kind = random.choice(
        ("article", "book", "incollection", "inproceedings", "misc", "phdthesis", "techreport", "unpublished", "patent")
    )
    fields = {
        "title": _words(random, 9),
        "volume": str(random.randint(1, 90)),
        "copyright": "Creative Commons",
        "issn": "1234-5678, 8765-4321",
    }
    fields |= {
        "url": f"https://www.example.org/a_b/{number}?x=1&y=%20z",
        "doi": f"10.1234/ab\\_{number}",
        "abstract": _words(random, 150),
    }
    fields |= {
        "language": "en",
        "number": "2",
        "urldate": "2024-03-01",
        "journal": _words(random, 3),
        "author": _people(random),
        "month": random.choice(_MONTHS),
    }
    fields |= {
        "year": str(random.randint(1950, 2025)),
        "note": "ISBN: 978-0-00-000000-2\nPublisher: A \\& B",
        "keywords": "Care, {NHS}, Roads",
        "pages": "1--9",
    }
    fields |= {
        "file": f"Full Text PDF:/home/x/storage/A{number}/Smith - a\\_b.pdf:application/pdf;Snapshot:/home/x/{number}.html:text/html"
    }
    if random.random() < 0.2:
        for name in random.sample(sorted(fields.keys() - {"title"}), 4):
            del fields[name]
    return _written(kind, f"muller_evidence_{number}", fields, indent="\t", last=",", bare="month") + "\n"


def better_bibtex(random: Random, number: int) -> str:
    """An entry as Better BibTeX writes biblatex: types of biblatex, date, journaltitle, extended names, annotation, capitals kept in braces."""
    kind = random.choice(
        (
            "article",
            "online",
            "report",
            "thesis",
            "software",
            "dataset",
            "book",
            "inbook",
            "legislation",
            "misc",
            "video",
            "standard",
        )
    )
    fields = {
        "title": _words(random, 8),
        "shorttitle": _words(random, 2),
        "author": _people(random),
        "date": f"20{random.randint(10, 25)}-0{random.randint(1, 9)}",
    }
    fields |= {
        "journaltitle": _words(random, 3),
        "shortjournal": "J. Ev.",
        "volume": "3",
        "number": "1",
        "pages": "e12",
        "publisher": "{A \\& B}",
        "location": "{Leeds}",
    }
    fields |= {
        "issn": "1234-5678",
        "doi": f"10.1234/x{number}",
        "url": f"https://www.example.org/{number}",
        "urldate": "2024-01-02",
        "abstract": _words(random, 80),
    }
    fields |= {
        "langid": "british",
        "keywords": "a,b\\_c",
        "annotation": "Read\\_Status: To Read\\\\\nRead this.\n\nTwice, \\emph{slowly} @home.",
        "file": f"/home/x/Zotero/storage/{number}/a b.pdf",
    }
    if random.random() < 0.1:
        fields["author"] = "family=Berg, given=Ann, prefix=van den, useprefix=true and {A {{\\&}} B Trust}"
    return _written(kind, f"mullerEvidenceCare20{number}", fields, indent="  ") + "\n"


def jabref(random: Random, number: int) -> str:
    """An entry as JabRef writes it: capitalised types, equals signs below each other, groups, owner, timestamp, #month#."""
    kind = random.choice(
        ("Article", "Book", "InProceedings", "Misc", "TechReport", "PhdThesis", "Online", "InCollection")
    )
    fields = {
        "author": _people(random),
        "title": f"{{{_words(random, 7)}}}",
        "journal": _words(random, 3),
        "year": str(random.randint(1950, 2025)),
        "month": random.choice(_MONTHS),
    }
    fields |= {
        "doi": f"10.1234/j{number}",
        "comment": "see {p. 3}",
        "groups": "Group A, Group B\\;1",
        "owner": "ann",
        "timestamp": "2020-01-01",
        "file": f":a/b{number}.pdf:PDF",
    }
    fields |= {
        "comment-ann": "Markdown **text**",
        "priority": "prio1",
        "readstatus": "read",
        "qualityassured": "qualityAssured",
    }
    key = f"Mueller{number}" if number % 50 else f"DBLP:conf/abc/Mueller{number}"
    lines = ",\n".join(
        f"  {name:<14} = {value if name == 'month' else '{' + value + '}'}" for name, value in fields.items()
    )
    return f"@{kind}{{{key},\n{lines},\n}}\n\n"


def mendeley(random: Random, number: int) -> str:
    """An entry as Mendeley Desktop writes it: no space to the left, titles in two pairs of braces, file, abstract, annote, groups."""
    kind = random.choice(
        ("article", "book", "incollection", "inproceedings", "misc", "techreport", "phdthesis", "unpublished")
    )
    fields = {
        "abstract": _words(random, 200),
        "annote": "From Duplicate 1 (a{\\_}b)\n\n\nNULL",
        "author": _people(random),
        "doi": f"10.1234/m{number}",
    }
    fields |= {
        "file": f':C$\\backslash$:/Users/x/Mendeley/M{{\\"{{u}}}}ller - {number}.pdf:pdf',
        "isbn": "9780000000002",
        "issn": "1234-5678",
        "journal": _words(random, 3),
    }
    fields |= {
        "keywords": "care,roads",
        "mendeley-groups": "A/B,C",
        "mendeley-tags": "care",
        "month": random.choice(_MONTHS),
        "number": "4",
        "pages": "10--19",
    }
    fields |= {
        "title": f"{{{_words(random, 8)}}}",
        "url": f"http://www.example.org/a{{\\_}}b/{number}",
        "volume": "7",
        "year": str(random.randint(1950, 2025)),
    }
    return _written(kind, f"Muller20{number}", fields, indent="", bare="month")


HEADS = {
    "zotero": "",
    "better-bibtex": '@preamble{ "\\ifdefined\\DeclarePrefChars\\DeclarePrefChars{\'’-}\\else\\fi " }\n\n',
    "jabref": "% Encoding: UTF-8\n\n@String{jrn = {A Journal}}\n\n",
    "mendeley": "Automatically generated by Mendeley Desktop 1.19.8\nAny changes to this file will be lost if it is regenerated by Mendeley.\n\nBibTeX export options can be customized via Options -> BibTeX in Mendeley Desktop\n\n",
}
TAILS = {
    "jabref": "@Comment{jabref-meta: databaseType:bibtex;}\n\n@Comment{jabref-meta: grouping:\n0 AllEntriesGroup:;\n1 StaticGroup:Group A\\;0\\;1\\;0x8a8a8aff\\;\\;\\;;\n}\n\n@Comment{jabref-meta: saveActions:enabled;\nall-text-fields[identity]\n;}\n"
}
MANNERS: dict[str, Callable[[Random, int], str]] = {
    "zotero": zotero,
    "better-bibtex": better_bibtex,
    "jabref": jabref,
    "mendeley": mendeley,
}


def _slips(entry: str) -> Iterator[str]:
    """The same entry with slips that hands and programs make."""
    yield entry.replace("},\n", "}\n", 1)  # no comma between two fields
    yield entry.replace("}", "", 1)  # a brace that is not closed
    yield entry.replace(",", "", 1)  # no comma after the key
    yield entry.replace("{", "{a b/", 1)  # a key with a space
    yield entry.replace("title", "crossref", 1)
    yield entry.replace("year", "title", 1).replace("date", "title", 1)  # a field twice
    yield entry.rstrip().removesuffix("}") + "\n\n"  # cut off


def library(manner: str, number: int, slips: bool = False) -> Library:
    """`number` entries in one of the MANNERS, the same for the same arguments. With `slips`, one entry in ten has one."""
    random = Random(f"{manner} {number}")
    parts, entries = [HEADS[manner]], []
    line = parts[0].count("\n") + 1
    for i in range(number):
        entry = MANNERS[manner](random, i)
        key = entry.partition("{")[2].partition(",")[0]
        if slips and i % 10 == 0:
            options = list(_slips(entry))
            entry = options[i // 10 % len(options)]
        if slips and i % 10 == 5:
            between = (
                "@comment{no entry}\n",
                "@string{abc = {A B}}\n",
                "Some words, 5 % of them by me@example.org.\n",
                "% a remark\n\n",
            )[i // 10 % 4]
            if not (between.startswith("@string") and any(between in part for part in parts)):
                parts.append(between)
                line += between.count("\n")
        parts.append(entry)
        entries.append((key, line, line + entry.count("\n") - 1))
        line += entry.count("\n")
    return Library("".join([*parts, TAILS.get(manner, "")]), tuple(entries))
