"""Numbers of this app that no yearly plan sets."""

HAN_PER_MINUTE = 300
WORDS_PER_MINUTE = 200
LEAST_READING_SECONDS = 60

RESERVED_CODES = frozenset(
    {"attempts", "choose", "homework-files", "marking", "questions", "supply", "topics"}
)
"""Addresses under /courses/ that a course's code must not hide."""
