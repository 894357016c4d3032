"""Volunteering and recommending: every step is signed and audited (R34)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from accounts.models import Appointment
from core.domain.audit import record_act, record_each
from core.wording import day
from courses.domain.homework_files import checked_digest
from notifications.domain.notify import notify
from organisations.enums import Level
from workshops.enums.hosting import NEXT_APPLICATION_STATES, ApplicationState
from workshops.errors.hosting import (
    ApplicationChanged,
    ApplicationMoved,
    CallClosed,
    NoSchoolToRecommend,
    OwnApplication,
    RecommendingClosed,
    StatementMissing,
)
from workshops.errors.moderation import ReasonMissing
from workshops.models import ApplicationSignature, CallTopic, HostApplication
from workshops.policy import REASON_LENGTH, STATEMENT_LENGTH
from workshops.queries.titles import topic_title

if TYPE_CHECKING:
    from accounts.models import User

State = ApplicationState
OFFICERS = (Role.ADMINISTRATOR, Role.PROJECT_OFFICER)


@transaction.atomic
def volunteer(
    topic: CallTopic,
    *,
    qualification: str,
    statement: str,
    file: UploadedFile | None = None,
    by: User,
) -> HostApplication:
    """Volunteer as host of a topic, change the text, or volunteer again after a "no".

    Safe to repeat: one application per person and topic. It may be changed until the school has
    recommended it; the school is told when there is something to recommend.

    Raises: CallClosed outside the days of the call; NoSchoolToRecommend; StatementMissing;
    ApplicationMoved when it was recommended meanwhile; FileRefused.
    Source: R34.
    """
    _require_open(topic)
    if by.school is None:
        raise NoSchoolToRecommend
    said = {"qualification": qualification, "statement": _text(statement, StatementMissing)}
    said["statement"] = said["statement"][:STATEMENT_LENGTH]
    if file is not None:
        checked_digest(file)
    held, _new = HostApplication.objects.get_or_create(
        topic=topic, applicant=by, defaults=said | {"school": by.school, "state": ""}
    )
    application = locked(held)
    if application.state not in (State.VOLUNTEERED, "", *_again()):
        raise ApplicationMoved(state=application.get_state_display())
    _keep(application, said, file, by)
    if application.state != State.VOLUNTEERED:
        application.school = by.school
        move_application(application, State.VOLUNTEERED, unit=application.school.name, by=by)
        _tell_school(application)
    return application


@transaction.atomic
def recommend(application: HostApplication, *, words: str, edits: int, by: User) -> None:
    """The school recommends in its own words what it has read (``edits``).

    Raises: ReasonMissing; OwnApplication; ApplicationChanged; RecommendingClosed;
    ApplicationMoved.
    Source: R34.
    """
    held = _before_the_school(application, edits, by)
    words = _text(words, ReasonMissing)
    move_application(held, State.RECOMMENDED, words=words, unit=held.school.name, by=by)
    _tell([held.applicant_id], "recommended", held)
    office = _officers_of(held.topic.call.organisation_id)
    parts = {"school": held.school.name, "name": held.applicant.real_name}
    _tell(office, "to_select", held, **parts)


@transaction.atomic
def decline_to_recommend(application: HostApplication, *, words: str, edits: int, by: User) -> None:
    """The school says no, with the reason. Raises: as ``recommend``."""
    held = _before_the_school(application, edits, by)
    words = _text(words, ReasonMissing)
    move_application(held, State.NOT_RECOMMENDED, words=words, unit=held.school.name, by=by)
    _tell([held.applicant_id], "not_recommended", held, why=words)


@transaction.atomic
def withdraw(application: HostApplication, *, by: User) -> None:
    """The volunteer steps back, until the province has decided. Raises: ApplicationMoved."""
    held = locked(application)
    move_application(held, State.WITHDRAWN, unit=held.school.name, by=by)


def move_application(
    held: HostApplication, to: str, *, by: User, unit: str, words: str = ""
) -> None:
    """Take one step of ``NEXT_APPLICATION_STATES``, sign it and audit it.

    ``held`` is locked by the caller, who has set what the new state needs.

    Raises: ApplicationMoved when the step is not open from where it stands now.
    """
    move_applications([(held, unit)], to, by=by, words=words)


def move_applications(
    steps: Sequence[tuple[HostApplication, str]], to: str, *, by: User, words: str = ""
) -> None:
    """The same step for many, each signed for its unit; one statement for each kind of row.

    Raises: ApplicationMoved when the step is not open to one of them.
    """
    acts = []
    for held, _unit in steps:
        if to not in NEXT_APPLICATION_STATES[held.state]:
            raise ApplicationMoved(state=held.get_state_display())
        acts.append((held.pk, held.state, to))
        held.state = to
    HostApplication.objects.bulk_update(
        [held for held, _unit in steps], ["state", "school", "place", "term"]
    )
    ApplicationSignature.objects.bulk_create(
        ApplicationSignature(
            application=held, state=to, signed_by=by, name=by.real_name, unit=unit, words=words
        )
        for held, unit in steps
    )
    record_each("workshops.move_application", HostApplication, acts, by=by, why=words)


def locked(application: HostApplication) -> HostApplication:
    """The row as it stands now, locked, with what its steps speak of."""
    return all_locked([application])[0]


def all_locked(applications: Iterable[HostApplication]) -> list[HostApplication]:
    """The rows as they stand now, locked in the order of their keys. One query."""
    rows = HostApplication.objects.select_for_update(no_key=True, of=("self",))
    places = (
        "topic__call__programme",
        "topic__call__organisation",
        "school",
        "applicant",
    )
    found = rows.select_related(*places).filter(pk__in=[one.pk for one in applications])
    return list(found.order_by("pk"))


def _again() -> list[str]:
    """The states from which one may volunteer once more."""
    steps = NEXT_APPLICATION_STATES.items()
    return [state for state, following in steps if State.VOLUNTEERED in following]


def _require_open(topic: CallTopic) -> None:
    call = topic.call
    if not topic.places or not call.takes_volunteers(timezone.localdate()):
        raise CallClosed(first=day(call.opens_on), last=day(call.closes_on))


def _before_the_school(application: HostApplication, edits: int, by: User) -> HostApplication:
    held = locked(application)
    if by.pk == held.applicant_id:
        raise OwnApplication
    if held.edits != edits:
        raise ApplicationChanged
    if not held.topic.call.takes_recommendations(timezone.localdate()):
        raise RecommendingClosed(last=day(held.topic.call.recommends_until))
    return held


def _keep(
    application: HostApplication, said: dict[str, str], file: UploadedFile | None, by: User
) -> None:
    changed = file is not None or any(
        getattr(application, name) != value for name, value in said.items()
    )
    if not changed:
        return
    for name, value in said.items():
        setattr(application, name, value)
    if file is not None:
        application.file, application.file_name = file, PurePath(file.name or "").name[-150:]
    application.edits += 1
    application.save(update_fields=["qualification", "statement", "file", "file_name", "edits"])
    record_act("workshops.edit_application", application, by=by, to_state=str(application.edits))


def _tell_school(application: HostApplication) -> None:
    """The principals; where there is none but the volunteer, the county's administrators."""
    school = application.school
    heads = Appointment.objects.current().filter(organisation=school, role=Role.PRINCIPAL)
    people = set(heads.values_list("user", flat=True)) - {application.applicant_id}
    if not people:
        county = school.acting_county_id or school.parent_id
        office = Appointment.objects.current().filter(
            organisation=county, organisation__level=Level.COUNTY, role=Role.ADMINISTRATOR
        )
        people = set(office.values_list("user", flat=True)) - {application.applicant_id}
    _tell(people, "to_recommend", application, name=application.applicant.real_name)


def _officers_of(organisation: int) -> Iterable[int]:
    held = Appointment.objects.current().filter(organisation=organisation, role__in=OFFICERS)
    return held.values_list("user", flat=True)


def _tell(people: Iterable[int], what: str, application: HostApplication, **words: str) -> None:
    """Once per step: who volunteers again is announced again."""
    step = application.signatures.count()
    topic = topic_title(application.topic.call.programme, application.topic.topic)
    url = reverse("workshops:host_application", args=[application.pk])
    key = f"workshops.{what}:{application.pk}:{step}"
    notify(people, f"workshops.{what}", words | {"topic": topic}, url, key=key)


def _text(words: str, missing: type[Exception]) -> str:
    words = words.replace("\x00", "").strip()
    if not words:
        raise missing
    return words[:REASON_LENGTH] if missing is ReasonMissing else words
