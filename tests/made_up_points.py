"""A small review whose points rest on sources of every standing."""

from __future__ import annotations

BIB = """\
@article{ash2020, author = {Ash, Ann}, title = {A}, year = {2020}, listing = {printed}, access = {free}}
@article{elm2021, author = {Elm, Ed}, title = {E}, year = {2021}, listing = {printed}, access = {free}, status = {corrected}}
@techreport{birch2019, author = {Birch, Bo}, title = {B}, institution = {I}, year = {2019}, listing = {printed}, access = {free}}
@techreport{fir2018, author = {Fir, Fi}, title = {F}, institution = {I}, year = {2018}, listing = {printed}, access = {free}, status = {retracted}}
"""
KINDS = """\
- {id: article, name: Article, meaning: In a journal., types: [article], one: an article, peer_reviewed: true}
- {id: report, name: Report, meaning: Not in a journal., types: [techreport], one: a report}
"""
THEMES = """\
- {id: soil, title: Soil, origin: review, summary: What grows needs soil.}
- {id: rain, title: Rain, origin: review, summary: What grows needs rain.}
"""
PAGE = """\
---
title: Home
description: What was found.
---

# Home

Nobody says who said so <!-- evidence: uncited -->.

## Wet { #wet data-themes="rain soil" }

It rains [see @ash2020, p. 3]. <!-- unit: it-rains --> It pours [@birch2019; @ash2020].

It snows [@fir2018; @birch2019].

## Dry { #dry data-themes="soil" }

It is dry [@elm2021].

It rains [@ash2020, p. 3].

## What members say { #members-say data-voice="members" }

It is fine. <!-- unit: fine -->
"""
FILES = {"bibliography.bib": BIB, "data/kinds.yml": KINDS, "data/themes.yml": THEMES, "docs/index.md": PAGE}
