"""Who may fetch the files of a module: asked at each request, by the rules of the course."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser

from courses.models import Module
from courses.permissions import MODULES
from programmes.models import Programme
from tests.courses.factories import make_course_page, make_enrolment, make_programme
from tests.factories import UserFactory
from videos.domain.audiences import may_download, may_watch

pytestmark = pytest.mark.django_db
BEIJING = ZoneInfo("Asia/Shanghai")
IN_MAY = datetime(2017, 5, 10, 12, tzinfo=BEIJING)
IN_JULY = datetime(2017, 7, 10, 12, tzinfo=BEIJING)


@pytest.fixture
def learner():
    programme = make_programme()
    Programme.objects.filter(pk=programme.pk).update(is_current=True)
    programme.refresh_from_db()
    make_course_page(modules=1)
    return make_enrolment(programme).user


def audience():
    return f"{MODULES}:{Module.objects.get().pk}"


def test_the_learner_watches_and_never_downloads(learner):
    with time_machine.travel(IN_JULY, tick=False):
        assert may_watch(learner, audience())
        assert not may_download(learner, audience())


def test_nobody_else_watches(learner):
    with time_machine.travel(IN_JULY, tick=False):
        assert not may_watch(UserFactory(), audience())
        assert not may_watch(AnonymousUser(), audience())
        assert not may_watch(learner, f"{MODULES}:0")
        assert not may_watch(learner, f"{MODULES}:x")
        assert not may_watch(learner, MODULES)


def test_nobody_watches_before_the_study_begins(learner):
    with time_machine.travel(IN_MAY, tick=False):
        assert not may_watch(learner, audience())


def test_a_module_that_was_closed_is_closed_at_once(learner):
    with time_machine.travel(IN_JULY, tick=False):
        Module.objects.update(is_open=False)
        assert not may_watch(learner, audience())
