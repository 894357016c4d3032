"""What a workshop is called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from programmes.domain.rulepacks import rule_pack_of
from programmes.enums import Stage
from workshops.enums.seats import WorkshopKind

if TYPE_CHECKING:
    from programmes.models import Programme
    from workshops.models import Workshop


def field_title(programme: Programme, kind: str, stage: str, subject: str, topic: str) -> str:
    """小学数学, or the topic's title, in the reader's language. No query."""
    pack = rule_pack_of(programme)
    if kind == WorkshopKind.TOPIC:
        found = pack.topic(topic)
        return found.title if found else topic
    named = pack.subject(stage, subject)
    words = {"stage": Stage(stage).label, "subject": named.title if named else subject}
    return _("%(stage)s %(subject)s") % words


def field_of(workshop: Workshop) -> str:
    """The title of the workshop's subject or topic."""
    return field_title(
        workshop.programme, workshop.kind, workshop.stage, workshop.subject, workshop.topic
    )


def title_of(workshop: Workshop) -> str:
    """历下区小学数学工作坊, 历下区小学数学 3 坊, or its own name.

    No query for rows read ``with_place``.
    """
    if workshop.name:
        return workshop.name
    words = {
        "place": workshop.organisation.name,
        "field": field_of(workshop),
        "number": workshop.number,
    }
    if workshop.number > 1:
        return _("%(place)s: %(field)s, workshop %(number)s") % words
    return _("%(place)s: %(field)s workshop") % words


def named_field(programme: Programme, field: str) -> str:
    """The title of a field as it is stored, "subject:primary:chinese"; "" is all subjects."""
    kind, _colon, rest = field.partition(":")
    if not kind:
        return _("All subjects")
    if kind == WorkshopKind.TOPIC:
        return field_title(programme, kind, "", "", rest)
    stage, _colon, subject = rest.partition(":")
    return field_title(programme, kind, stage, subject, "")


def topic_title(programme: Programme, topic: str) -> str:
    """心理学基础与应用: the topic of a key. No query."""
    return field_title(programme, WorkshopKind.TOPIC, "", "", topic)
