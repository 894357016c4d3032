"""Lessons in the measured programme: one's own, one to review, and a school with a thousand."""

from datetime import timedelta

from django.db import connection
from django.utils import timezone

SCHOOL_LESSONS = 1_000
OTHER_SCHOOLS = 40
MATERIALS = ("plan", "slides", "task_sheet", "exercises")

# Lessons of people who are copies; ``first`` and ``last`` count them
GIVE = """
INSERT INTO lessons_lesson
       (programme_id, teacher_id, school_id, stage, subject, curriculum, node_id, title, summary,
        class_name, taught_on, period, states_timetable, states_genuine, states_pupils, stated_at,
        state, revision, created_by_id, created_at, saved_at, moved_at)
SELECT old.programme_id, giver.id, school.id, old.stage, old.subject, 'national', old.node_id,
       '课例' || giver.number, '', '2班', %(taught_on)s, 1 + (giver.number %% 6)::int, true,
       true, true, now(), 'shown', 1, giver.id, now(), now() - giver.number * interval '1 second',
       now()
  FROM lessons_lesson old
 CROSS JOIN (SELECT id, substr(username, 2)::int AS number FROM accounts_user
              WHERE username ~ '^p[0-9]+$') giver
  JOIN unnest(%(schools)s::bigint[]) WITH ORDINALITY AS school(id, place)
    ON school.place = 1 + giver.number %% cardinality(%(schools)s::bigint[])
 WHERE old.id = %(like)s AND giver.number BETWEEN %(first)s AND %(last)s
"""


def add_lessons(programme, teachers: list[dict], people: int) -> list[dict]:
    """Give every session a lesson of its own and a review to write; fill the school's list.

    Returns: what clients need to know of eight principals of that school.
    """
    from accounts.models import User  # noqa: PLC0415 - after django.setup
    from rehearsal.pool import RECORD  # noqa: PLC0415

    for teacher in teachers:
        _own_and_review(programme, User.objects.get(pk=teacher["id"]), teacher)
    school = User.objects.get(pk=teachers[0]["id"]).school
    like = teachers[0]["lesson"]
    others = _other_schools(school)
    taught_on = timezone.localdate() - timedelta(days=40)
    groups = [([school.pk], 1, SCHOOL_LESSONS), (others, SCHOOL_LESSONS + 1, people)]
    with connection.cursor() as cursor:
        for schools, first, last in groups:
            values = {"schools": schools, "like": like, "first": first, "last": last}
            cursor.execute(GIVE, values | {"taught_on": taught_on})
        stored = {"file": "videos/none.mp4", "size": 1, "sha256": "0" * 64}
        cursor.execute(RECORD, {"programme": programme.pk, **stored})
    return [_principal(school, number) for number in range(len(teachers))]


def _own_and_review(programme, user, known: dict) -> None:
    from lessons.models import Material  # noqa: PLC0415
    from organisations.enums import Level  # noqa: PLC0415
    from programmes.models import Enrolment  # noqa: PLC0415
    from tests.factories import make_organisation  # noqa: PLC0415
    from tests.lessons.factories import (  # noqa: PLC0415
        assign,
        make_lesson,
        make_outstanding,
        make_review,
        record,
    )

    lesson = make_lesson(programme, teacher=user, school=user.school, state="shown")
    record(lesson)
    for kind in MATERIALS:
        file = {"file": f"lessons/{kind}.pdf", "name": f"{kind}.pdf", "size_bytes": 1}
        Material.objects.create(lesson=lesson, kind=kind, sha256="0" * 64, added_by=user, **file)
    enrolment = Enrolment.objects.get(user=user, programme=programme)
    school = make_organisation(Level.SCHOOL, user.school.parent)
    drawn = [make_outstanding(programme, school=school) for _ in range(4)]
    cases = [assign(enrolment, one, position) for position, one in enumerate(drawn, 1)]
    review = make_review(cases[0])
    known |= {"lesson": lesson.pk, "review": review.pk, "revision": review.revision}
    known["lines"] = [line["key"] for line in review.rubric.lines]


def _other_schools(school) -> list[int]:
    from organisations.enums import Level  # noqa: PLC0415
    from tests.factories import make_organisation  # noqa: PLC0415

    return [make_organisation(Level.SCHOOL, school.parent).pk for _ in range(OTHER_SCHOOLS)]


def _principal(school, number: int) -> dict:
    from django.test import Client  # noqa: PLC0415

    from accounts.enums import Role  # noqa: PLC0415
    from benchmarks.world import BACKEND  # noqa: PLC0415
    from tests.factories import UserFactory, appoint  # noqa: PLC0415

    user = UserFactory(username=f"principal{number}", school=school)
    appoint(user, Role.PRINCIPAL, school)
    client = Client()
    client.force_login(user, backend=BACKEND)
    return {"id": user.pk, "session": client.cookies["sessionid"].value, "tokens": []}
