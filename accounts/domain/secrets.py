"""Seals small secrets (the seeds of second factors) under the identity key."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode

from accounts.domain.identity import decrypt_text, encrypt_text


def seal_secret(text: str) -> str:
    """``text`` encrypted, as ASCII."""
    return urlsafe_b64encode(encrypt_text(text)).decode()


def open_secret(sealed: str) -> str:
    """What ``seal_secret`` was given.

    Raises: InvalidTag when no key fits.
    """
    return decrypt_text(urlsafe_b64decode(sealed))
