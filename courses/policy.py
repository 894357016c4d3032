"""Numbers of this app that no yearly plan sets."""

HAN_PER_MINUTE = 300
WORDS_PER_MINUTE = 200
LEAST_READING_SECONDS = 60

RESERVED_CODES = frozenset(
    {"choose", "topics", "supply", "tests", "homework", "questions", "marking", "catalogue"}
)
"""Addresses under /courses/ that a course's code must not hide."""
