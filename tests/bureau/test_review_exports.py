"""Reviews to Excel: whom the year does not name, no file names."""

import io
import zipfile

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from bureau.domain.export_kinds import EXPORT_KINDS
from bureau.domain.exports import make_export, request_export
from bureau.domain.review_exports import review_lines
from bureau.domain.sealed_files import read_sealed
from core.models import AuditRecord
from lessons.domain.reviews import begin_case_review, begin_colleague_review
from lessons.models import Review
from programmes.models import Programme
from tests.bureau.importing import quietly
from tests.courses.factories import make_enrolment, make_programme
from tests.factories import UserFactory, appoint, make_branch
from tests.lessons.factories import assign, make_outstanding

pytestmark = pytest.mark.django_db
DRAWN, COLLEAGUE, AUTHOR = "欧阳知秋", "司马长风", "上官云起"


@pytest.fixture
def reviewed():
    """A lesson with a drawn review and a colleague's, and its school's branch of the tree."""
    programme = make_programme(shift_to=timezone.localdate())
    branch = make_branch()
    author = UserFactory(real_name=AUTHOR, school=branch[-1])
    outstanding = make_outstanding(programme, school=branch[-1])
    lesson = outstanding.lesson
    lesson.teacher = author
    lesson.save()
    enrolment = make_enrolment(programme)
    enrolment.user.real_name = DRAWN
    enrolment.user.save()
    begin_case_review(assign(enrolment, outstanding))
    begin_colleague_review(lesson, UserFactory(real_name=COLLEAGUE, school=branch[-1]))
    Review.objects.update(state="sent", sent_at=timezone.now(), text="<p>很好</p><p>再等等</p>")
    return lesson, branch


def said_in(content):
    with zipfile.ZipFile(io.BytesIO(content)) as container:
        return "\n".join(container.read(name).decode() for name in container.namelist())


def taken_out(organisation, role):
    officer = UserFactory()
    appoint(officer, role, organisation)
    export = request_export(EXPORT_KINDS["reviews"], organisation, by=officer, language="zh-hans")
    export = make_export(export.pk, quietly)
    return export.rows, said_in(read_sealed(export.file))


@pytest.mark.parametrize("level", [0, 1, 2, 3])
def test_each_level_takes_out_what_lies_below_it_without_drawn_names(reviewed, level):
    _lesson, branch = reviewed
    role = Role.PRINCIPAL if level == 3 else Role.ADMINISTRATOR
    rows, said = taken_out(branch[level], role)
    assert rows == 2
    assert DRAWN not in said
    assert COLLEAGUE in said
    assert "很好\n再等等" in said


def test_elsewhere_nothing_is_taken_out(reviewed):
    assert taken_out(make_branch()[2], Role.ADMINISTRATOR)[0] == 0


def test_a_year_that_names_reviewers_names_them_in_the_file(reviewed):
    _lesson, branch = reviewed
    programme = Programme.objects.get()
    programme.rule_pack["review"]["reviewer_shown"] = True
    programme.save()
    assert DRAWN in taken_out(branch[3], Role.PRINCIPAL)[1]


def test_an_author_takes_out_what_was_received_and_it_is_written_down(reviewed):
    lesson, _branch = reviewed
    client = Client()
    client.force_login(lesson.teacher, backend="django.contrib.auth.backends.ModelBackend")
    response = client.get(reverse("bureau:received_reviews"))
    said = said_in(response.content)
    assert (DRAWN in said, COLLEAGUE in said) == (False, True)
    assert DRAWN not in str(response.headers)
    act = AuditRecord.objects.get(verb="reviews.taken_out")
    assert (act.by, act.to_state) == (lesson.teacher, "2")


def test_drafts_stay_with_their_writers(reviewed):
    _lesson, branch = reviewed
    Review.objects.filter(assignment=None).update(state="draft", sent_at=None)
    assert taken_out(branch[3], Role.PRINCIPAL)[0] == 1


def test_the_rows_take_as_many_queries_for_four_reviews_as_for_two(reviewed):
    lesson, branch = reviewed
    counted = []
    for _turn in range(2):
        with CaptureQueriesContext(connection) as asked:
            list(review_lines(Review.objects.all(), lesson.teacher))
        counted.append(len(asked))
        for _each in range(2):
            begin_colleague_review(lesson, UserFactory(school=branch[3]))
        Review.objects.update(state="sent", sent_at=timezone.now())
    assert counted[0] == counted[1]
