"""A programme under way with a given number of people; eight of them have sessions."""

import json
import sys
from datetime import timedelta
from pathlib import Path

import django
from django.db import connection

from benchmarks.lesson_world import add_lessons
from benchmarks.workshop_world import add_workshop

SESSIONS = 8
MODULES = 50
SPARE_UNITS = 3  # study units per session, so that beats find something new to earn
ROSTER = 10_000  # people who exist and are not enrolled yet
BACKEND = "accounts.backends.AccountBackend"


def build(people: int, target: Path) -> None:
    """Fill the database and write what the clients need to know."""
    from django.utils import timezone  # noqa: PLC0415 - after django.setup

    from programmes.domain.rulepacks import load_programme  # noqa: PLC0415
    from tests.courses.factories import make_course_page  # noqa: PLC0415
    from tests.factories import make_branch  # noqa: PLC0415

    programme = load_programme("2017", shift_to=timezone.localdate(), make_current=True)
    school = make_branch()[-1]
    course = make_course_page(modules=MODULES, has_test=True).course
    add_questions(course)
    for _ in range(4):
        make_course_page(modules=4)
    teachers = [teacher(programme, school, course) for _ in range(SESSIONS)]
    add_people(people, prefix="p", like=teachers[0]["id"], programme=programme)
    add_people(ROSTER, prefix="roster", like=teachers[0]["id"], programme=None)
    principals = add_lessons(programme, teachers, people)
    talk = add_workshop(programme, teachers)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")  # else it runs beside what is measured
    known = {"course": course.code, "programme": programme.pk}
    known |= {"teachers": teachers, "principals": principals} | talk
    target.write_text(json.dumps(known))


def add_questions(course) -> None:
    """Questions with two right options: the one tick of a scripted client never passes."""
    from courses.domain.questions import add_question  # noqa: PLC0415

    for number in range(40):
        question = {
            "kind": "multiple",
            "stem": f"题目 {number}",
            "options": ["甲", "乙", "丙", "丁"],
            "answer": [0, 1],
            "explanation": "因为甲和乙对。",
        }
        add_question(course, question, by=None)


def teacher(programme, school, course) -> dict:
    """Someone in the middle of the year: hours in the ledger, half of the course studied."""
    from django.test import Client  # noqa: PLC0415

    from credits.domain.ledger import post_entry  # noqa: PLC0415
    from tests.courses.factories import make_enrolment, study  # noqa: PLC0415
    from videos.domain.units import reading_unit  # noqa: PLC0415

    user = make_enrolment(programme, school=school).user
    for number in range(3):
        post_entry(
            user=user,
            programme=programme,
            part="elective",
            category="elective",
            class_hours=2,
            source=f"bench.course:{number}",
            label="课程",
        )
    for module in list(course.modules.select_related("unit"))[: MODULES // 2]:
        study(user, module.unit)
    client = Client()
    client.force_login(user, backend=BACKEND)
    units = [reading_unit(f"单元 {number}", 7200) for number in range(SPARE_UNITS)]
    return {
        "id": user.pk,
        "session": client.cookies["sessionid"].value,
        "tokens": [token_from_an_hour_ago(user, unit) for unit in units],
    }


def token_from_an_hour_ago(user, unit) -> str:
    """A page that has been open for an hour, so that honest beats of that hour may arrive."""
    from django.utils import timezone  # noqa: PLC0415

    from videos.domain.addresses import StudyToken  # noqa: PLC0415
    from videos.domain.settlement import Page  # noqa: PLC0415
    from videos.policy import TOKEN_EARNS_FOR  # noqa: PLC0415

    now = timezone.now()
    page = Page(now - timedelta(hours=1), now + TOKEN_EARNS_FOR, 100)
    return str(StudyToken(user.pk, unit.pk, page, 95))


def add_people(count: int, *, prefix: str, like: int, programme) -> None:
    """Copies of one person with all that the year knows of them, in a few statements."""
    own = {
        "username": f"'{prefix}' || n",
        "real_name": "'教师' || n",
        **dict.fromkeys(
            ("phone", "email", "teacher_number", "id_number_cipher", "id_number_digest"), "NULL"
        ),
    }
    copy("accounts_user", own, f"generate_series(1, {count}) n", f"old.id = {like}")
    if programme is None:
        return
    everybody = f"(SELECT id AS new_id FROM accounts_user WHERE username ~ '^{prefix}[0-9]+$') new"
    owned = {"user_id": "new.new_id"}
    ledger = {"seq", "previous_hash", "hash"}
    copy("programmes_enrolment", owned, everybody, f"old.user_id = {like}")
    copy("videos_studyrecord", owned, everybody, f"old.user_id = {like}", limit=2)
    copy("credits_ledgerentry", owned, everybody, f"old.user_id = {like}", leave_out=ledger)


def copy(table, changed, source, condition, *, leave_out=frozenset(), limit=None) -> None:
    """INSERT … SELECT of the rows that match, once per row of ``source``."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = %s"
            " AND table_schema = 'public' AND is_generated = 'NEVER'",
            [table],
        )
        columns = [name for (name,) in cursor.fetchall() if name != "id" and name not in leave_out]
        values = ", ".join(changed.get(name, f"old.{name}") for name in columns)
        rows = (
            f"(SELECT * FROM {table} old WHERE {condition} ORDER BY old.id LIMIT {limit or 'ALL'})"
        )
        cursor.execute(
            f"INSERT INTO {table} ({', '.join(columns)}) SELECT {values} FROM {rows} old, {source}"
        )


if __name__ == "__main__":
    django.setup()
    build(int(sys.argv[1]), Path(sys.argv[2]))
