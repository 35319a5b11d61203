"""Frozen records: what a review and its pages are made of, and the vocabularies that they share. An open room: any of its modules may be imported."""
