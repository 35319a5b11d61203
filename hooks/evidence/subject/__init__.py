"""What rules look at: a review with its pages, and ways through all of their texts."""

from evidence.subject.subject import Rule, Subject, placed

__all__ = ["Rule", "Subject", "placed"]
