"""Open lessons on the public home page: with consent and approval only, gone at once (R41, A13)."""

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lessons.domain.releases import approve_release, file_consent, withdraw_release
from lessons.enums import LessonState
from tests.courses.factories import make_programme
from tests.factories import UserFactory, make_branch
from tests.lessons.factories import make_lesson, record

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def portal(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    call_command("load_portal", verbosity=0)


def consented(programme):
    school = make_branch()[-1]
    lesson = make_lesson(programme, school=school, state=LessonState.SHOWN)
    record(lesson)
    paper = ContentFile(b"%PDF-1.7", "consent.pdf")
    by = UserFactory(school=school)
    return lesson, file_consent(lesson, paper, statement="监护人书面同意", pupils=40, by=by)


def test_a_lesson_stands_there_from_its_approval_until_it_is_withdrawn(client):
    lesson, release = consented(make_programme())
    address = reverse("lessons:lesson", args=[lesson.pk])
    assert address not in client.get("/").text
    approve_release(release, by=UserFactory())
    assert address in client.get("/").text
    assert client.get(address).status_code == 200
    withdraw_release(release, by=lesson.teacher, why="家长撤回同意")
    assert address not in client.get("/").text


def test_three_lessons_cost_what_one_costs(client):
    programme, counted = make_programme(), []
    for more in (1, 2):
        for _each in range(more):
            approve_release(consented(programme)[1], by=UserFactory())
        client.get("/")
        with CaptureQueriesContext(connection) as asked:
            client.get("/")
        counted.append(len(asked))
    assert counted[0] == counted[1]
