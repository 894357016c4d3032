"""What a mail looks like: plain text and simple HTML, in the reader's language."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from accounts.models import User
from notifications.domain.inbox import Line, line_of
from notifications.domain.preferences import stop_token
from notifications.enums import MailKind
from notifications.models import Notification

logger = logging.getLogger(__name__)
MOST_LINES = 20


@dataclass(frozen=True)
class Letter:
    """One mail to one person with all the news it carries."""

    kind: MailKind
    user: User
    notices: list[Notification]


def send_letters(letters: Mapping[int, Letter]) -> set[int]:
    """Send over one connection. Returns: the keys of those that were taken by the server."""
    if not letters:
        return set()
    sent: set[int] = set()
    with get_connection() as connection:
        for key, letter in letters.items():
            try:
                connection.send_messages([message_of(letter)])
            except (SMTPException, OSError):
                logger.warning("a mail could not be sent", extra={"mailing": key}, exc_info=True)
            else:
                sent.add(key)
    return sent


def message_of(letter: Letter) -> EmailMultiAlternatives:
    """The mail as it goes out; its stop link needs no sign-in."""
    with override(letter.user.language or settings.LANGUAGE_CODE):
        lines = [line_of(notice) for notice in letter.notices]
        stop = address("notifications:stop", stop_token(letter.user.pk, letter.kind))
        context = {
            "name": letter.user.real_name,
            "urgent": letter.kind == MailKind.URGENT,
            "lines": [(line, absolute(line.url)) for line in lines[:MOST_LINES]],
            "more": max(0, len(lines) - MOST_LINES),
            "inbox": address("notifications:inbox"),
            "preferences": address("notifications:preferences"),
            "stop": stop,
        }
        message = EmailMultiAlternatives(
            subject=subject_of(letter.kind, lines),
            body=render_to_string("notifications/mail/letter.txt", context),
            to=[letter.user.email],
            headers={
                "List-Unsubscribe": f"<{stop}>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
                "Auto-Submitted": "auto-generated",
            },
        )
        html = render_to_string("notifications/mail/letter.html", context)
        message.attach_alternative(html, "text/html")
        return message


def subject_of(kind: MailKind, lines: list[Line]) -> str:
    if kind == MailKind.URGENT:
        return _("Yanxiu: %(title)s") % {"title": lines[0].title}
    text = ngettext("Yanxiu: %(count)s new message", "Yanxiu: %(count)s new messages", len(lines))
    return text % {"count": len(lines)}


def address(name: str, *args: str) -> str:
    return absolute(reverse(name, args=args))


def absolute(path: str) -> str:
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + path if path else ""
