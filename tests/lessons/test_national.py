"""National lessons: offered by the office, pushed to a stage and subject, studied in steps."""

import pytest
from django.test import Client
from django.utils import timezone

from accounts.enums import Role
from core.models import AuditRecord
from lessons.domain.national import (
    add_national_lesson,
    change_national_lesson,
    save_reflection,
    send_reflection,
    study_of,
    withdraw_national_lesson,
)
from lessons.errors import (
    CommentaryMissing,
    NationalLessonDoubled,
    NationalLessonWithdrawn,
    NotPushedToYou,
    ReflectionSent,
    ReflectionTooShort,
    VideoNotFree,
)
from lessons.models import NationalLesson, NationalStudy
from lessons.permissions import studies_national
from lessons.queries.national import national_lines
from tests.courses.factories import make_enrolment, make_programme
from tests.factories import UserFactory, appoint
from tests.lessons.factories import make_lesson, make_national, make_video, record

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
TEXT = "我在自己的课上试了先问后教，学生提的问题比我准备的多，课堂也安静了下来。" * 3
CONTENT = {
    "title": "赵州桥",
    "teacher_name": "顾清和",
    "school_name": "示范小学",
    "commentator": "何知新",
    "commentary": "<p>教师把学生的疑问写在黑板上，整节课都围绕它展开。</p>",
}


@pytest.fixture
def enrolment():
    return make_enrolment(make_programme(shift_to=timezone.localdate()))


def titles(enrolment):
    lines = national_lines(enrolment.user, enrolment, enrolment.programme)
    return [line.title for line in lines]


def signed_in(user):
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def test_the_first_two_of_ones_own_stage_and_subject_are_pushed(enrolment):
    for position in (3, 1, 2):
        make_national(enrolment.programme, position)
    make_national(enrolment.programme, 1, subject="english", title="别科的课")
    assert titles(enrolment) == ["国家级优课1", "国家级优课2"]


def test_the_next_moves_up_when_one_is_withdrawn_and_whoever_began_may_finish(enrolment):
    first, _second, _third = [make_national(enrolment.programme, at) for at in (1, 2, 3)]
    study_of(first.pk, user=enrolment.user, programme=enrolment.programme)
    withdraw_national_lesson(first, by=UserFactory(), why="版权到期")
    assert titles(enrolment) == ["国家级优课1", "国家级优课2", "国家级优课3"]
    other = make_enrolment(enrolment.programme)
    assert titles(other) == ["国家级优课2", "国家级优课3"]
    assert AuditRecord.objects.get(verb="national_lesson.withdraw").why == "版权到期"
    with pytest.raises(NationalLessonWithdrawn):
        withdraw_national_lesson(first, by=UserFactory(), why="再次")


def test_a_lesson_of_another_subject_cannot_be_begun(enrolment):
    theirs = make_national(enrolment.programme, subject="english")
    with pytest.raises(NotPushedToYou):
        study_of(theirs.pk, user=enrolment.user, programme=enrolment.programme)
    assert not studies_national(enrolment.user, str(theirs.pk))
    ours = make_national(enrolment.programme)
    assert studies_national(enrolment.user, str(ours.pk))


def test_a_short_reflection_is_refused_and_kept_a_sent_one_stays(enrolment):
    lesson = make_national(enrolment.programme)
    study = study_of(lesson.pk, user=enrolment.user, programme=enrolment.programme)
    page = signed_in(enrolment.user)
    answer = page.post(f"/lessons/national/{lesson.pk}/reflection/", {"text": "太短", "send": "1"})
    assert answer.status_code == 422
    study.refresh_from_db()
    assert (study.reflection, study.sent_at) == ("太短", None)
    with pytest.raises(ReflectionTooShort):
        send_reflection(study, "太短")
    sent = send_reflection(study, TEXT)
    assert send_reflection(study, "别的话").sent_at == sent.sent_at
    with pytest.raises(ReflectionSent):
        save_reflection(study, "再改")
    assert NationalStudy.objects.get().reflection == TEXT


def test_scripts_in_a_reflection_or_commentary_do_not_reach_a_page(enrolment):
    lesson = add_national_lesson(
        enrolment.programme,
        "primary",
        "mathematics",
        CONTENT | {"commentary": CONTENT["commentary"] + "<script>alert(1)</script>"},
        by=UserFactory(),
    )
    study = study_of(lesson.pk, user=enrolment.user, programme=enrolment.programme)
    send_reflection(study, TEXT + "<img src=x onerror=alert(1)>")
    text = signed_in(enrolment.user).get(f"/lessons/national/{lesson.pk}/reflection/").content
    assert b"alert(1)" not in text
    assert "整节课都围绕它展开" in text.decode()


def test_the_office_adds_at_the_end_and_not_twice(enrolment):
    add = (enrolment.programme, "primary", "mathematics")
    first = add_national_lesson(*add, CONTENT, by=UserFactory())
    second = add_national_lesson(*add, CONTENT | {"title": "长方形的面积"}, by=UserFactory())
    assert (first.position, second.position) == (1, 2)
    assert first.commentary_unit.length_seconds >= 60
    with pytest.raises(NationalLessonDoubled):
        add_national_lesson(*add, CONTENT, by=UserFactory())
    with pytest.raises(CommentaryMissing):
        change_national_lesson(second, CONTENT | {"commentary": "<p> </p>"}, by=UserFactory())


def test_a_recording_serves_one_lesson_only(enrolment):
    lesson = make_national(enrolment.programme)
    by = UserFactory()
    school = enrolment.school
    taken = record(make_lesson(enrolment.programme, school=school)).video
    for video in (make_national(enrolment.programme, 2).video, taken):
        with pytest.raises(VideoNotFree):
            change_national_lesson(lesson, CONTENT | {"video": video}, by=by)
    free = make_video(by)
    assert change_national_lesson(lesson, CONTENT | {"video": free}, by=by).video == free


def test_the_desk_counts_what_is_missing_and_offers_a_lesson_by_a_form(enrolment):
    officer = UserFactory()
    province = enrolment.school.parent.parent.parent
    appoint(officer, Role.PROJECT_OFFICER, province)
    client = signed_in(officer)
    assert "43 个学段学科".encode() in client.get("/lessons/national/desk/").content
    answer = client.post("/lessons/national/desk/primary/chinese/", CONTENT)
    assert answer.status_code == 302
    assert NationalLesson.objects.get().subject == "chinese"
    again = client.post("/lessons/national/desk/primary/chinese/", CONTENT)
    assert "赵州桥" in again.content.decode()
    assert NationalLesson.objects.count() == 1


@pytest.mark.parametrize("lessons", [1, 3])
def test_the_page_takes_as_many_queries_for_three_lessons_as_for_one(
    enrolment, lessons, django_assert_num_queries
):
    for position in range(1, lessons + 1):
        made = make_national(enrolment.programme, position)
        NationalStudy.objects.create(
            programme=enrolment.programme, lesson=made, user=enrolment.user
        )
    client = signed_in(enrolment.user)
    with django_assert_num_queries(7):
        client.get("/lessons/national/")
