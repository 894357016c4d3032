"""A training or a seminar is announced; whom it concerns is told (R37, R38)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django.core.files.uploadedfile import UploadedFile
from django.db import connection, transaction
from django.urls import reverse

from core.domain.audit import record_act
from notifications.domain.notify import notify_select
from organisations.models import Organisation
from programmes.models import Programme
from workshops.domain.gatherings.files import add_files
from workshops.enums.gatherings import GatheringKind
from workshops.errors.gatherings import MeetingOutOfOrder
from workshops.errors.seats import WorkshopClosed
from workshops.models import Gathering, Meeting, Workshop
from workshops.queries.gatherings import INVITED_HOSTS
from workshops.queries.standing import PEOPLE, people_of
from workshops.queries.titles import title_of

if TYPE_CHECKING:
    from accounts.models import User

INVITE = f"""
INSERT INTO workshops_attendee (gathering_id, user_id, answer, why)
SELECT %(gathering)s, host.user_id, 'invited', '' FROM ({INVITED_HOSTS}) host
ON CONFLICT (gathering_id, user_id) DO NOTHING
"""  # noqa: S608 - own text
TELL_INVITED = """
SELECT attendee.user_id, %(parameters)s::jsonb AS parameters, %(url)s AS url, %(key)s AS key
  FROM workshops_attendee attendee WHERE attendee.gathering_id = %(gathering)s
"""
TELL_PEOPLE = f"""
SELECT DISTINCT user_id, %(parameters)s::jsonb AS parameters, %(url)s AS url, %(key)s AS key
  FROM ({PEOPLE}) people
"""  # noqa: S608 - own text


@dataclass(frozen=True)
class Plan:
    """What is announced. ``capacity`` None: as many as come."""

    title: str
    place: str
    begins_at: datetime
    ends_at: datetime
    capacity: int | None = None
    about: str = ""
    class_hours: Decimal = Decimal(0)
    level: int | None = None
    stage: str = ""
    subject: str = ""
    token: UUID = field(default_factory=uuid4)


@transaction.atomic
def announce_training(
    programme: Programme, organisation: Organisation, plan: Plan, *, by: User
) -> Gathering:
    """Announce a training of ``organisation`` and invite today's hosts below it who fit.

    Three statements whatever their number: one row each, one notice each. Safe to repeat: a form
    that is sent twice is one training.

    Raises: MeetingOutOfOrder.
    Source: R37, R40.
    """
    if known := _announced(organisation, plan, by=by):
        return known
    training = _announce(GatheringKind.TRAINING, programme, organisation, None, plan, by=by)
    invite_hosts(training, by=by)
    return training


@transaction.atomic
def invite_hosts(training: Gathering, *, by: User) -> int:
    """Invite every host who fits and is not invited yet. Safe to repeat.

    Returns: hosts newly invited.
    Source: R37.
    """
    values: dict[str, Any] = {
        "gathering": training.pk,
        "programme": training.programme_id,
        "path": training.organisation.path,
        "level": training.level,
        "stage": training.stage,
        "subject": training.subject,
    }
    with connection.cursor() as cursor:
        cursor.execute(INVITE, values)
        invited = cursor.rowcount
    meeting = training.meetings.first()
    words = {"title": training.title, "at": meeting.begins_at.isoformat()}
    tell(training, TELL_INVITED, {}, "workshops.training", words, f"invited:{training.pk}")
    record_act("workshops.invite_hosts", training, by=by, to_state=str(invited))
    return invited


@transaction.atomic
def announce_seminar(
    workshop: Workshop, plan: Plan, *, by: User, files: Sequence[UploadedFile] = ()
) -> Gathering:
    """Announce an offline seminar; everybody of the workshop is told. Safe to repeat: a form that
    is sent twice is one seminar.

    Raises: WorkshopClosed; MeetingOutOfOrder; TooManyFiles; FileRefused.
    Source: R3, R37, R38.
    """
    if known := _announced(workshop.organisation, plan, by=by):
        return known
    if not workshop.is_open:
        raise WorkshopClosed
    seminar = _announce(
        GatheringKind.SEMINAR, workshop.programme, workshop.organisation, workshop, plan, by=by
    )
    add_files(seminar, files, by=by)
    meeting = seminar.meetings.get()
    words = {
        "title": seminar.title,
        "workshop": title_of(workshop),
        "at": meeting.begins_at.isoformat(),
    }
    key = f"announced:{seminar.pk}"
    tell(seminar, TELL_PEOPLE, people_of(workshop), "workshops.seminar", words, key)
    return seminar


def _announced(organisation: Organisation, plan: Plan, *, by: User) -> Gathering | None:
    """What this very form made before. The unit's row stays locked, so two clicks are one."""
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    return Gathering.objects.filter(announced_by=by, token=plan.token).first()


def _announce(
    kind: str,
    programme: Programme,
    organisation: Organisation,
    workshop: Workshop | None,
    plan: Plan,
    *,
    by: User,
) -> Gathering:
    if plan.ends_at <= plan.begins_at:
        raise MeetingOutOfOrder
    gathering = Gathering.objects.create(
        kind=kind,
        programme=programme,
        organisation=organisation,
        workshop=workshop,
        level=plan.level,
        stage=plan.stage,
        subject=plan.subject,
        title=plan.title,
        place=plan.place,
        capacity=plan.capacity,
        class_hours=plan.class_hours,
        about=plan.about,
        token=plan.token,
        announced_by=by,
    )
    Meeting.objects.create(
        gathering=gathering, number=1, begins_at=plan.begins_at, ends_at=plan.ends_at
    )
    record_act("workshops.announce", gathering, by=by, to_state=kind)
    return gathering


def tell(
    gathering: Gathering,
    select: str,
    values: dict[str, Any],
    kind: str,
    words: dict[str, Any],
    key: str,
) -> int:
    """One notice for everybody whom ``select`` finds. Returns: persons told."""
    shown = {
        "parameters": json.dumps(words),
        "url": reverse("workshops:gathering", args=[gathering.pk]),
        "key": f"workshops.gathering:{key}",
        "gathering": gathering.pk,
    }
    return notify_select(select, values | shown, kind)
