"""One's own shifts as an iCalendar file (RFC 5545), for the calendar of a phone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from django.utils.translation import gettext as _

from workshops.queries.duty import ShiftLine

LINE_BYTES = 75


def calendar_of(lines: Iterable[ShiftLine], now: datetime, address: str) -> str:
    """An event per shift; ``address`` is the host that makes the events' names unique."""
    rows = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Yanxiu//Duty//ZH", "CALSCALE:GREGORIAN"]
    for line in lines:
        shift = line.shift
        title = _("On duty: %(workshop)s") % {"workshop": line.title}
        rows += [
            "BEGIN:VEVENT",
            f"UID:duty-{shift.pk}@{address}",
            f"DTSTAMP:{_utc(now)}",
            f"DTSTART:{_utc(shift.starts_at)}",
            f"DTEND:{_utc(shift.ends_at)}",
            f"SUMMARY:{_escaped(title)}",
            "END:VEVENT",
        ]
    rows.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for row in rows for part in _folded(row))


def _utc(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _escaped(text: str) -> str:
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return text.replace("\r", "").replace("\n", "\\n")


def _folded(row: str) -> list[str]:
    """Lines of at most 75 bytes, never cut within a character; a fold begins with a space."""
    parts, held = [], ""
    for character in row:
        if len((held + character).encode()) > LINE_BYTES:
            parts.append(held)
            held = " "
        held += character
    return [*parts, held]
