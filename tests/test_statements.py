"""How many statements the busiest requests cost, to the one: a further one must be meant.

`python3 run.py bench` measures the milliseconds (docs/benchmarks.md); this guards the counts
that do not depend on the machine.
"""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from courses.models import Attempt
from programmes.domain.rulepacks import load_programme, rule_pack_of
from tests.courses.assessment_factories import make_bank
from tests.courses.factories import make_course_page, make_enrolment

pytestmark = pytest.mark.django_db


@pytest.fixture
def enrolment(time_machine):
    time_machine.move_to("2017-06-15 09:00 +08:00")
    programme = load_programme("2017", make_current=True)
    rule_pack_of(programme)  # parsed once per process
    return make_enrolment(programme)


@pytest.fixture
def browser(enrolment):
    client = Client()
    client.force_login(enrolment.user)
    return client


def cost(ask, *arguments):
    """The answer, and the statements it took; savepoints are the test's own."""
    with CaptureQueriesContext(connection) as asked:
        answer = ask(*arguments)
    assert answer.status_code in (200, 302), answer.content
    return answer, sum("SAVEPOINT" not in query["sql"] for query in asked)


@pytest.mark.parametrize("courses", [1, 3])
def test_the_personal_space(browser, courses):
    """Allowed: 12. Session and person; year and place; windows, ledger, courses; national and
    drawn lessons; seminars to come; the newest messages and the number of unread ones."""
    for _ in range(courses):
        make_course_page()
    browser.get("/space/")
    assert cost(browser.get, "/space/")[1] == 10


@pytest.mark.parametrize("modules", [1, 3])
def test_a_course(browser, modules):
    """Session and person, year and place, course, windows, its line, page, modules, unread."""
    course = make_course_page(modules=modules).course
    browser.get(f"/courses/{course.code}/")
    assert cost(browser.get, f"/courses/{course.code}/")[1] == 8


def test_a_whole_attempt_of_ten_questions(browser):
    """Allowed: 45. Between two answers nothing is read but the session with its person.

    The ticks are of options that do not exist, so that chance cannot pass the test.
    """
    course = make_course_page(has_test=True).course
    make_bank(course, singles=12)
    spent = {}
    _answer, spent["start"] = cost(browser.post, f"/courses/{course.code}/test/start/")
    place = f"/courses/attempts/{Attempt.objects.get().pk}/"
    _answer, spent["paper"] = cost(browser.get, place)
    spent["answers"] = [
        cost(browser.post, f"{place}answer/", {f"q{position}": "9"})[1] for position in range(1, 11)
    ]
    _answer, spent["hand in"] = cost(browser.post, f"{place}hand-in/")
    _answer, spent["result"] = cost(browser.get, place)
    assert spent == {"start": 9, "paper": 4, "answers": [2] * 10, "hand in": 3, "result": 4}
