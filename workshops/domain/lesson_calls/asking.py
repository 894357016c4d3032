"""The school's side of a call: to whom it goes, asking, withdrawing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.urls import reverse

from core.domain.audit import record_act
from notifications.domain.notify import notify
from organisations.models import Organisation
from programmes.models import Programme
from workshops.domain.lesson_calls.moving import keep_files, move_call
from workshops.enums.gatherings import LessonCallState
from workshops.errors.gatherings import NoHostToCall
from workshops.models import Host, LessonCall, Workshop
from workshops.queries.lesson_calls import nearest_hosted

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True)
class Question:
    """What a school asks. ``lesson``: the key of the lesson on the platform, if it is there."""

    stage: str
    subject: str
    title: str
    question: str
    token: UUID
    lesson: int | None = None


def workshop_for(programme: Programme, school: Organisation, stage: str, subject: str) -> Workshop:
    """The nearest workshop above the school that has a host today: the county's, else the city's,
    else the province's.

    Raises: NoHostToCall.
    Source: R40.
    """
    found = nearest_hosted(programme, school, stage, subject)
    if found is None:
        raise NoHostToCall
    return found


@transaction.atomic
def call_host(
    programme: Programme,
    school: Organisation,
    asked: Question,
    *,
    by: User,
    files: Sequence[UploadedFile] = (),
) -> LessonCall:
    """Put the question to the hosts of the stage and subject; every one of them is told.

    Safe to repeat with the same ``token``: one form is one call.

    Raises: NoHostToCall; TooManyFiles; FileRefused.
    Source: R40.
    """
    if known := LessonCall.objects.filter(asked_by=by, token=asked.token).first():
        return known
    workshop = workshop_for(programme, school, asked.stage, asked.subject)
    call = LessonCall.objects.create(
        programme=programme,
        school=school,
        stage=asked.stage,
        subject=asked.subject,
        title=asked.title,
        lesson=asked.lesson,
        question=asked.question,
        workshop=workshop,
        token=asked.token,
        asked_by=by,
    )
    keep_files(call, files, by=by)
    record_act("workshops.call_host", call, by=by, to_state=call.state)
    tell_hosts(call)
    return call


def tell_hosts(call: LessonCall) -> None:
    """A notice for every host of today; one per call."""
    hosts = Host.objects.current().filter(workshop=call.workshop_id)
    notify(
        hosts.values_list("user", flat=True),
        "workshops.lesson_call_asked",
        {"school": call.school.name, "title": call.title},
        reverse("workshops:lesson_call", args=[call.pk]),
        key=f"workshops.lesson_call_asked:{call.pk}",
    )


@transaction.atomic
def withdraw_call(call: LessonCall, *, by: User) -> LessonCall:
    """The school needs the guidance no more.

    Raises: LessonCallMoved.
    """
    held = move_call(call, LessonCallState.WITHDRAWN, by=by)
    held.save()
    if held.host_id:
        notify(
            [held.host_id],
            "workshops.lesson_call_withdrawn",
            {"school": held.school.name, "title": held.title},
            reverse("workshops:lesson_call", args=[held.pk]),
            key=f"workshops.lesson_call_withdrawn:{held.pk}",
        )
    return held
