"""A seminar carries out an activity of the guidance plan: linked, and the link undone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from core.domain.audit import record_act
from workshops.domain.gatherings.announcing import Plan, announce_seminar
from workshops.domain.seats import lock_family
from workshops.errors.guidance import (
    ActivityCarriedOut,
    ActivityUnknown,
    NoSeminarOfTheFamily,
    SeminarTaken,
)
from workshops.models import ActivityGathering, Gathering, Workshop
from workshops.queries.guidance import newest_version

if TYPE_CHECKING:
    from accounts.models import User


@transaction.atomic
def link_seminar(
    workshop: Workshop, key: UUID, gathering: Gathering, *, by: User
) -> ActivityGathering:
    """Say that a seminar of the family carries out an activity of the newest version.

    The family's row is locked, so neither gets a second one. Safe to repeat.

    Raises: NoSeminarOfTheFamily; ActivityUnknown; ActivityCarriedOut, SeminarTaken.
    Source: R38.
    """
    main = lock_family(workshop)
    _require_of_family(main, gathering)
    plan = newest_version(main.pk)
    planned = dict(plan.activities.values_list("key", "title")) if plan else {}
    if key not in planned:
        raise ActivityUnknown
    held = ActivityGathering.objects.filter(workshop=main, key=key).first()
    if held is not None and held.gathering_id == gathering.pk:
        return held
    if held is not None:
        raise ActivityCarriedOut(title=held.gathering.title)
    _free(gathering, planned, by=by)
    made = ActivityGathering.objects.create(
        workshop=main, key=key, gathering=gathering, linked_by=by
    )
    record_act("workshops.link_seminar", made, by=by, to_state=str(gathering.pk), why=planned[key])
    return made


@transaction.atomic
def unlink_seminar(workshop: Workshop, key: UUID, *, by: User) -> None:
    """Undo the link; seminar and activity stay as they are. Safe to repeat.

    Source: R38.
    """
    main = lock_family(workshop)
    if held := ActivityGathering.objects.filter(workshop=main, key=key).first():
        _undo(held, by=by)


@transaction.atomic
def announce_activity(
    workshop: Workshop, key: UUID, plan: Plan, *, by: User, files: Sequence[UploadedFile] = ()
) -> Gathering:
    """Announce the seminar that carries out an activity; both or neither. Safe to repeat.

    Raises: WorkshopClosed; MeetingOutOfOrder; TooManyFiles; FileRefused; and as ``link_seminar``.
    Source: R37, R38.
    """
    made = announce_seminar(workshop, plan, by=by, files=files)
    link_seminar(workshop, key, made, by=by)
    return made


def _require_of_family(main: Workshop, gathering: Gathering) -> None:
    place = gathering.workshop
    if place is None or place.is_group or place.main_id != main.pk:
        raise NoSeminarOfTheFamily


def _free(gathering: Gathering, planned: dict[UUID, str], *, by: User) -> None:
    """A seminar whose activity the newest version has dropped may carry out another one."""
    other = ActivityGathering.objects.filter(gathering=gathering).first()
    if other is not None and other.key in planned:
        raise SeminarTaken(title=planned[other.key])
    if other is not None:
        _undo(other, by=by)


def _undo(held: ActivityGathering, *, by: User) -> None:
    record_act("workshops.unlink_seminar", held, by=by, from_state=str(held.gathering_id))
    held.delete()
