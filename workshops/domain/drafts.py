"""What was begun and not sent, kept on the server."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from workshops.domain.talk_text import clean_talk
from workshops.models import Draft, Workshop
from workshops.policy import TITLE_LENGTH

if TYPE_CHECKING:
    from accounts.models import User


def save_draft(user: User, workshop: Workshop, place: str, *, title: str, text: str) -> Draft:
    """Keep what was typed so far. Safe to repeat; the newest stands."""
    values = {
        "title": title.replace("\x00", "")[:TITLE_LENGTH],
        "text": clean_talk(text),
        "saved_at": timezone.now(),
    }
    draft, _created = Draft.objects.update_or_create(
        user=user, workshop=workshop, place=place, defaults=values
    )
    return draft


def draft_of(user: User, workshop: Workshop, place: str) -> Draft | None:
    return Draft.objects.filter(user=user, workshop=workshop, place=place).first()


def drop_draft(user: User, workshop: Workshop, place: str) -> None:
    """It was sent. Safe to repeat."""
    Draft.objects.filter(user=user, workshop=workshop, place=place).delete()
