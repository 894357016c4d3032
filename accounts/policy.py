"""Spans of time the accounts work with."""

ACTIVATION_CODE_DAYS = 30
EMAIL_LINK_HOURS = 24
