"""What each field of the data files is for, in plain words: the help that an editor sees while typing (see `schemas`).

The words stand here and not beside the fields in `review`, where they would make the classes hard to take in. A test holds the two together.
"""

from __future__ import annotations

from collections.abc import Mapping

_ID = "A short name of letters, digits and '-' that nothing else in this list has. It becomes part of an address, so it stays as it is."
_NOTES = "Ids of editor's notes from data/editorial.yml that belong here, such as [N1]."
_THEMES = "Ids of themes from data/themes.yml that this belongs to."
_NATION = "The id of a nation from data/nations.yml."
_CITING = "Markdown on one line; cite with [@key]."

# The name of the record's class -> the name of the field in the file -> what to write there.
FIELD_WORDS: Mapping[str, Mapping[str, str]] = {
    "Source": {
        "id": "A short name for this document, used in 'source: ...' lines of other data files.",
        "name": "The short name that marks what comes from this document.",
        "title": "The document's full title.",
        "author": "Who wrote it, as readers should see it.",
        "date": "When it came out, in words, such as August 2024.",
        "listed": "A person's name as lists of references have it: Family, Given. Leave it out for an organisation.",
        "kind": "What it is: a report or a web page.",
        "publisher": "Who published it. Leave it out where it is not known.",
        "address": "Its web address. Leave it out where it has none.",
    },
    "Kind": {
        "id": "The word that goes into 'sourcekind' in bibliography.bib.",
        "name": "What readers see.",
        "meaning": "What counts as this kind, in one sentence.",
        "authorless": "true for works that need no author, such as laws.",
    },
    "Nation": {"id": _ID, "name": "The name that readers see."},
    "Theme": {
        "id": _ID,
        "title": "The name that readers see.",
        "origin": "Who named it: the id of a meeting from data/network.yml, or review.",
        "summary": "What the theme is, in one sentence.",
        "number": "Its number among the themes of its meeting.",
        "members_said": "What members said, one sentence an item.",
        "found": "What the review found on it, one statement an item.",
        "agreement": "How the editors read both sides: agree, partly, differ, review-silent or members-silent.",
        "reading": "The same in a sentence or two.",
        "search": "Other words that people may look for.",
        "notes": _NOTES,
        "parent": "The id of the theme that this one is a part of. Leave it out for a theme that stands alone.",
    },
    "Statement": {
        "text": f"What the source says. {_CITING}",
        "source": "The id of the document from data/sources.yml. Leave it out for the first of them.",
        "notes": _NOTES,
    },
    "EditorialNote": {
        "id": "A capital letter and a number, such as N1. Pages name the note by it.",
        "kind": "citation (a reference is wrong) or fact (a statement is wrong).",
        "title": "What the note is about, in a few words.",
        "where_in_source": "Each place in the source, as words.",
        "source_says": "What the source says there.",
        "problem": "What is wrong with it, or left open.",
        "treatment": "What this site does about it.",
        "severity": "What came of it. It decides how the list of notes sorts it.",
        "certainty": "How sure you are, such as verified or judgement.",
        "basis": "What that rests on.",
        "note": f"What readers see beside the text. Leave it out if they need to see nothing. {_CITING}",
        "dated": "The day on which this was so, as 2026-11-22.",
        "references": "Keys of bibliography.bib that the note is about.",
    },
    "Untraced": {
        "key": "What pages write in [@key]: letters, digits, '-' and '_'.",
        "cited_as": "What the source writes, letter for letter.",
        "label": "What readers see in its place.",
        "status": "In a few words, such as: not traced.",
        "known": "All that is known of the work.",
    },
    "Example": {
        "id": _ID,
        "name": "The name that readers see.",
        "method": "The id of a column of data/methods.yml that this is an example of.",
        "text": f"What the review says of it. {_CITING}",
        "nation": _NATION,
        "place": "Where it was, if that is not one of the nations.",
        "year": "When it was.",
        "notes": _NOTES,
    },
    "Figure": {
        "id": "The name of the drawing's file in docs/assets/figures/, without its ending.",
        "title": "What the drawing shows, in a few words.",
        "description": "All that the drawing says, for people who do not see it.",
        "credit": f"Where it comes from. {_CITING}",
    },
    "Term": {
        "id": _ID,
        "term": "The word that the glossary explains.",
        "meaning": "What it means, in plain words.",
        "also": "Other forms of the word that stand in texts.",
        "link": "false where the word is also common in another sense, so that its first use on a page gets no link.",
    },
    "LinkResult": {
        "address": "The address that was tested.",
        "status": "What the test showed.",
        "checked": "The day of the test, as 2026-11-22.",
        "leads_to": "Where an address that has moved now leads.",
    },
    "Comparison": {
        "caption": "What the table shows, in one line.",
        "rows": "The rows of the table, in order.",
        "columns": "The columns. Leave them out for a comparison of all nations.",
    },
    "Row": {
        "id": _ID,
        "title": "What readers see at the beginning of the row.",
        "themes": _THEMES,
        "cells": "One cell for each nation or column, by its id. A cell is a list of statements.",
        "from": "The data file that makes the cells, instead of 'cells'.",
    },
    "Column": {
        "id": _ID,
        "name": "What readers see at the head of the column.",
        "page": "The page that the head leads to, as its file is called in docs/.",
    },
    "Reading": {
        "checked": "The day on which all pages were last checked, as 2026-11-22. Each page then needs a day of its own.",
        "sentence_mean": "How many words a sentence may have on average.",
        "sentence_most": "How many words a sentence may have at most.",
        "words_a_minute": "How many words people read in a minute, for reading times.",
        "limits": "How hard pages may be to read. The first that fits a page counts.",
        "words": "Words that pages cannot do without; they count as easy.",
        "abbreviations": "Abbreviations that pages need not spell out.",
    },
    "Limit": {
        "pages": "The pages that this is for, as their files are called in docs/; * stands for anything.",
        "grade": "The highest reading grade (Flesch-Kincaid).",
    },
    "AllowedWord": {"word": "The word.", "reason": "Why pages cannot do without it."},
    "AllowedAbbreviation": {
        "short": "The abbreviation, or a name with one in it.",
        "reason": "Why readers need no full form.",
    },
    "Barriers": {
        "groups": "Barriers that go together.",
        "barriers": "The barriers, each in one group.",
    },
    "BarrierGroup": {
        "id": _ID,
        "title": "The name that readers see.",
        "bites": "What these barriers get in the way of.",
        "reported_by": "Who reports them.",
    },
    "Barrier": {
        "id": _ID,
        "title": "The name that readers see.",
        "text": f"What it is. {_CITING}",
        "group": "The id of a group above.",
        "themes": "Ids of themes of meetings in which members spoke of the same thing.",
        "notes": _NOTES,
    },
    "Network": {
        "name": "The network's name.",
        "years": "When it met, in words.",
        "delivery_model": "How it worked, in a word.",
        "meetings": "Its meetings, in order.",
        "coordinators": "Who co-ordinates it, and where.",
        "actions": "What it wants to do.",
    },
    "Meeting": {
        "id": _ID,
        "title": "The name that readers see.",
        "number": "Which meeting it was: 1, 2 and so on.",
        "summary": "What came of it.",
    },
    "Coordinator": {
        "name": "A person or an organisation.",
        "nation": _NATION,
        "kind": "Which of the two: organisation or person.",
        "notes": _NOTES,
    },
    "Action": {"id": _ID, "text": "What the network wants to do.", "themes": "Ids of the themes that it answers."},
    "Questions": {"groups": "Questions that go together.", "questions": "The questions, each in one group."},
    "QuestionGroup": {"id": _ID, "title": "The name that readers see."},
    "Question": {
        "id": _ID,
        "group": "The id of a group above.",
        "text": "The question, as it is asked.",
        "themes": _THEMES,
    },
    "Publisher": {
        "name": "A person or an organisation.",
        "contact": "An e-mail address, or a web address that begins with https://, that readers can write to.",
        "site_address": "Where the site will be, such as https://www.example.org/evidence/ with the slash at its end.",
    },
    "Tested": {
        "date": "The day of the test. `make tested` writes this file.",
        "pages": "How many pages were tested.",
        "tools": "The programs that the site was tested with.",
        "claims": "What the tests showed.",
    },
    "Tool": {"name": "The program's name.", "version": "Its version."},
    "Shown": {"about": "Which side of the site.", "shown": "What the tests showed, one sentence an item."},
    "Packs": {"packs": "The papers for a meeting.", "cards": "Cards to hold up in a meeting."},
    "Pack": {
        "id": _ID,
        "title": "The name that readers see: at most 65 letters.",
        "purpose": "What the paper is for, in one sentence.",
        "parts": "What stands on the paper, in order.",
        "sizes": "standard (14 point), large (18 point), or both.",
        "form": "sheet, or cards to cut out.",
        "editable": "true makes files for word processors, too. Not for cards, not with 'each'.",
        "each": "theme or nation makes one paper for each of them; {id} and {title} stand for that one's.",
        "sources": "Ids of data/sources.yml that the last lines name. Leave it out for the first of them.",
    },
    "Part": {
        "page": "A page, as its file is called in docs/.",
        "sections": "Ids of headings of that page, if not all of it is wanted.",
        "questions": "Ids of groups or questions from data/questions.yml, or [all].",
        "lines": "How many lines to write on stand below each question: 0 to 20.",
        "words": "Ids of words from data/glossary.yml, or [all].",
        "cards": "Ids of the cards below, or [all].",
        "pack": "The id of another paper, whose parts begin on a new page.",
        "title": "A heading for this part.",
    },
    "Card": {
        "id": _ID,
        "colour": "red, yellow or green.",
        "shape": "octagon, triangle or circle.",
        "word": "The word on the card.",
        "text": "What it means, in at most 160 letters.",
    },
}

# Front matter: what a page says of itself between two lines of '---' at its top.
FRONT_WORDS: Mapping[str, str] = {
    "title": "The page's title, at most 65 letters.",
    "description": "What the page is about, in one sentence, for search results.",
    "checked": "The day on which the page was last checked, as 2026-11-22.",
    "themes": "Ids of themes from data/themes.yml that the whole page is about.",
    "nations": "Ids of nations from data/nations.yml that the whole page is about.",
    "glossary": "false, so that no word of the page leads to the glossary.",
    "hide": "Parts of the frame that the page does without: navigation, toc (its table of contents), path or footer.",
    "search": "How search treats the page: exclude, or boost.",
}

REDIRECT_WORDS = (
    "An old address of this site, and the page that is there now: 'old/address/: new/page.md' "
    "(the new page as its file is called in docs/)."
)
