"""What production refuses to start with, each as one sentence that says what to do."""

from collections.abc import Mapping
from typing import Any

from core.client_address import TrustedProxies

SECRET_BYTES = 32
NOT_DURABLE = "off"


class NotFitForProduction(Exception):
    """The reasons, one per line."""


def reasons(settings: Mapping[str, Any]) -> list[str]:
    """Why these settings must not serve real people; empty when they may."""
    faults = []
    if settings.get("DEBUG"):
        faults.append("DEBUG is on: remove DJANGO_DEBUG.")
    for name in ("SECRET_KEY", "IDENTITY_HMAC_KEY", "IDENTITY_ENCRYPTION_KEY"):
        faults += _secret_faults(name, settings.get(name) or "")
    secrets = [settings.get(name) for name in ("SECRET_KEY", "IDENTITY_HMAC_KEY")]
    if settings.get("IDENTITY_ENCRYPTION_KEY") in secrets or secrets[0] == secrets[1]:
        faults.append("Two of the secrets are the same: give each a value of its own.")
    hosts = settings.get("ALLOWED_HOSTS") or []
    if not hosts:
        faults.append("No host is allowed: set ALLOWED_HOSTS to the site's names.")
    elif "*" in hosts:
        faults.append("Every host is allowed: set ALLOWED_HOSTS to the site's own names.")
    try:
        TrustedProxies(settings.get("TRUSTED_PROXIES") or [])
    except ValueError as fault:
        faults.append(
            f"TRUSTED_PROXIES cannot be used ({fault}): name the proxies' own addresses and"
            " networks."
        )
    return faults


def require(settings: Mapping[str, Any]) -> None:
    """Raises: NotFitForProduction."""
    if faults := reasons(settings):
        raise NotFitForProduction("\n".join(faults))


def require_durable_database() -> None:
    """Ask the database whether what it acknowledges survives a power cut.

    A database that does not answer is no reason to refuse: the site says 503 until it does.

    Raises: NotFitForProduction.
    """
    from django.db import OperationalError, connection  # noqa: PLC0415 - settings import this file

    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT name FROM pg_settings WHERE setting = %s"
                " AND name IN ('fsync', 'synchronous_commit', 'full_page_writes')",
                [NOT_DURABLE],
            )
            unsafe = [name for (name,) in cursor.fetchall()]
    except OperationalError:
        return
    finally:
        connection.close()
    if unsafe:
        raise NotFitForProduction(
            f"PostgreSQL may lose what it has acknowledged: set {' and '.join(unsafe)} to on."
        )


def _secret_faults(name: str, value: str) -> list[str]:
    if not value:
        return [f"{name} is missing: set it to 50 random characters and keep it safe."]
    if len(value) < SECRET_BYTES or "only" in value or value.startswith("django-insecure"):
        return [f"{name} is a default or too short: set it to 50 random characters."]
    return []
