"""Numbers of this app that no yearly plan sets."""

from accounts.enums import Role

HAN_PER_MINUTE = 300
WORDS_PER_MINUTE = 200
LEAST_READING_SECONDS = 60

ATTEMPT_OFFICERS = (Role.ADMINISTRATOR, Role.PROJECT_OFFICER)
"""Who grants a further attempt, from county level up: not the school, whose figures it mends."""

RESERVED_CODES = frozenset(
    {
        "attempts",
        "choose",
        "further-attempts",
        "homework-files",
        "marking",
        "questions",
        "supply",
        "topics",
    }
)
"""Addresses under /courses/ that a course's code must not hide."""
