"""An expert's words on a drawn lesson: signed, and wherever the year holds the lesson."""

import pytest
from django.test import Client
from django.utils import timezone

from accounts.enums import Role
from lessons.domain.pool.commenting import write_commentary
from lessons.domain.pool.entering import nominate_lessons
from lessons.domain.pool.errors import CommentatorMissing
from lessons.models import OutstandingLesson
from tests.courses.factories import make_programme
from tests.factories import UserFactory, appoint, make_branch
from tests.lessons.factories import make_outstanding

pytestmark = pytest.mark.django_db
TEXT = "<p>追问落在学生自己的说法上。</p>"


@pytest.fixture
def branch():
    return make_branch()


@pytest.fixture
def officer(branch):
    person = UserFactory()
    appoint(person, Role.PROJECT_OFFICER, branch[0])
    return person


@pytest.fixture
def pushed(branch):
    return make_outstanding(make_programme(shift_to=timezone.localdate()), school=branch[-1])


def words_on(lesson):
    standing = OutstandingLesson.objects.filter(lesson=lesson)
    return set(standing.values_list("commentator", "commentary"))


def test_the_commentary_stands_wherever_the_year_holds_the_lesson(pushed, officer):
    nominate_lessons(pushed.programme, "kindergarten", "preschool", [pushed.lesson_id], by=officer)
    write_commentary(pushed.pk, commentator=" 季明远 ", commentary=TEXT, by=officer)
    assert OutstandingLesson.objects.filter(lesson=pushed.lesson_id).count() == 2
    assert words_on(pushed.lesson_id) == {("季明远", TEXT)}


def test_nothing_that_a_browser_could_run_is_kept(pushed, officer):
    unsafe = TEXT + "<script>alert(1)</script>"
    written = write_commentary(pushed.pk, commentator="季明远", commentary=unsafe, by=officer)
    assert written.commentary == TEXT


def test_nobody_comments_without_a_name(pushed, officer):
    with pytest.raises(CommentatorMissing):
        write_commentary(pushed.pk, commentator=" ", commentary=TEXT, by=officer)
    assert words_on(pushed.lesson_id) == {("", "")}


def test_an_empty_text_takes_the_commentary_away_with_its_name(pushed, officer):
    write_commentary(pushed.pk, commentator="季明远", commentary=TEXT, by=officer)
    write_commentary(pushed.pk, commentator="季明远", commentary="<p> </p>", by=officer)
    assert words_on(pushed.lesson_id) == {("", "")}


def test_a_refused_text_stays_in_the_form(pushed, officer):
    client = Client()
    client.force_login(officer)
    page = client.post(
        f"/lessons/draw/desk/lessons/{pushed.pk}/commentary/",
        {"commentator": "", "commentary": TEXT},
    )
    assert "追问落在学生自己的说法上" in page.text
    assert words_on(pushed.lesson_id) == {("", "")}
