"""The list of all rules, and what they find in a review.

A rule is a generator of problems, and its docstring says what it demands; to add one is to write it and to name it here. What is wrong with the form
of a file is told by `sources`, and a directive that cannot be filled in by `crosslinks`: there nothing could be read that a rule might look at.
"""

from __future__ import annotations

from collections.abc import Iterable

from evidence.model.base import Problem
from evidence.paper_rules import cards, choices, kits, packs, suggestions, texts
from evidence.rules import (
    accessibility,
    bets,
    changes,
    citing,
    data,
    editions,
    media,
    pages,
    publishing,
    reading,
    statements,
    titles,
)
from evidence.subject import Rule, Subject

# Those that look into what is made of the pages, which can be done only where nothing else is wrong.
_LAST: tuple[Rule, ...] = (
    statements.pointers_lead_to_statements,
    statements.lines_cite_what_their_statements_cite,
    statements.statements_of_themes_are_marked,
    statements.marked_sections_make_statements,
    statements.uncited_stands_behind_words,
    pages.links_find_their_place,
    packs.packs_hold_what_they_name,
    packs.packs_can_be_printed,
)
RULES: tuple[Rule, ...] = (
    citing.citations_are_readable,
    data.citations_are_known,
    citing.citations_are_written_with_keys,
    citing.citations_stand_where_they_can,
    citing.sentences_name_their_sources,
    data.data_holds_no_html,
    data.quotations_have_locators,
    data.lists_name_each_once,
    data.references_are_used,
    data.references_are_complete,
    data.standings_are_whole,
    data.keys_are_of_one_work,
    data.addresses_are_safe,
    data.names_are_known,
    statements.pictures_are_there,
    statements.events_have_a_year_and_a_ground,
    media.recordings_are_whole,
    media.files_of_recordings_are_there,
    media.recordings_are_shown,
    data.ids_can_be_addresses,
    data.dates_are_dates,
    data.themes_stand_in_others,
    data.themes_are_not_deep,
    pages.there_are_pages,
    pages.pages_are_described,
    titles.pages_are_told_apart,
    titles.titles_are_headings,
    titles.menu_calls_pages_by_their_titles,
    pages.front_matter_is_known,
    pages.headings_are_in_order,
    pages.sections_are_marked,
    pages.ids_are_unique,
    pages.texts_are_read_as_meant,
    pages.links_are_safe,
    pages.links_lead_somewhere,
    bets.best_bets_lead_somewhere,
    bets.best_bets_are_found,
    pages.data_links_outside_only,
    pages.addresses_are_unique,
    pages.files_have_addresses_of_their_own,
    pages.pages_hold_only_quiet_html,
    reading.languages_have_codes,
    reading.reading_limits_are_possible,
    reading.own_words_are_words,
    reading.sentences_are_short,
    reading.pages_are_easy_to_read,
    reading.abbreviations_are_spelt_out,
    reading.allowances_are_needed,
    packs.packs_are_whole,
    packs.packs_name_what_is_there,
    kits.kits_are_whole,
    packs.packs_end,
    packs.packs_have_addresses,
    cards.cards_hold_their_words,
    cards.cards_are_told_apart,
    packs.briefs_have_something_to_say,
    packs.booklets_have_pictures,
    choices.choices_are_told_apart,
    texts.handed_texts_are_plain,
    texts.groups_hold_questions,
    texts.questions_are_asked_once,
    suggestions.suggestions_are_questions,
    suggestions.suggestions_grow_out_of_what_was_said,
    changes.versions_are_in_order,
    changes.changed_pages_exist,
    changes.redirects_lead_somewhere,
    publishing.keys_have_addresses_of_their_own,
    publishing.sources_name_their_authors,
    publishing.checks_have_days,
    publishing.entries_say_what_crossref_knows,
    publishing.publisher_can_be_reached,
    publishing.https_only_can_be_kept,
    publishing.menu_holds_every_page,
    accessibility.days_of_what_was_found,
    accessibility.gaps_are_whole,
    accessibility.tests_with_readers_are_whole,
    editions.editions_can_be_made,
    editions.editions_have_the_same_things,
    editions.menu_has_words,
    *_LAST,
)
# What is asked of the review in its own language alone: to be whole, and what its editions share with it.
_ONCE: frozenset[Rule] = frozenset(
    {
        data.references_are_used,
        data.references_are_complete,
        media.recordings_are_shown,
        publishing.publisher_can_be_reached,
        publishing.checks_have_days,
        publishing.entries_say_what_crossref_knows,
    }
)


def check(subject: Subject, met: Iterable[Problem] = ()) -> list[Problem]:
    """All problems and notices of a review, sorted by place: those `met` while it was read, and those that the rules find.

    Where a file could not be read, only that is told.
    """
    passed_over = {*_LAST, *(_ONCE if subject.review.edition else ())}
    found = {*met, *(problem for rule in RULES if rule not in passed_over for problem in rule(subject))}
    if unread := sorted(problem for problem in found if problem.unread):
        return unread
    if all(problem.notice for problem in found):
        found |= {problem for rule in _LAST for problem in rule(subject)}
    return sorted(found)
