import pytest

from accounts.enums import Role
from core.models import AuditRecord
from lessons.domain.audience import show_in_school
from lessons.domain.copies import decide_hint
from lessons.domain.moving import move_lesson
from lessons.domain.reports import file_report, rule_on_report
from lessons.enums import HintState, LessonState, ReportState
from lessons.errors import (
    HintDecided,
    LessonBarred,
    OwnReport,
    ReportDoubled,
    ReportOfOwnLesson,
    ReportRuled,
    ReportSaysNothing,
    WhyMissing,
)
from lessons.models import CopyHint, Lesson, LessonReport
from lessons.queries.catalogue import catalogue
from lessons.signals import lesson_barred
from notifications.models import Notification
from tests.courses.factories import make_programme
from tests.factories import UserFactory, appoint, make_branch
from tests.lessons.factories import make_lesson, make_outstanding

pytestmark = pytest.mark.django_db
TEXT = "同一班级在前一天已经完整演练过一遍。"
RULED = "经核实情况属实"


@pytest.fixture
def branch():
    return make_branch()


@pytest.fixture
def lesson(branch):
    teacher = UserFactory(school=branch[-1])
    return make_lesson(make_programme(), teacher=teacher, state=LessonState.SHOWN)


@pytest.fixture
def officer(branch):
    person = UserFactory()
    appoint(person, Role.ADMINISTRATOR, branch[2])
    return person


@pytest.fixture
def report(lesson):
    return file_report(lesson, kind="rehearsal", text=TEXT, by=UserFactory(), second=750)


@pytest.fixture
def heard():
    """The lessons that the floors above were told of."""
    told = []

    def hear(lesson, **kwargs):
        told.append(lesson.pk)

    lesson_barred.connect(hear)
    yield told
    lesson_barred.disconnect(hear)


def test_the_levels_above_are_told_and_nobody_else_sees_who_reported(lesson, officer, report):
    told = Notification.objects.get()
    assert (told.user, told.kind) == (officer, "lessons.report_filed")
    assert report.reporter.real_name not in str(told.parameters)
    assert list(LessonReport.objects.visible_to(officer)) == [report]
    for outsider in (lesson.teacher, report.reporter, UserFactory(school=lesson.school)):
        assert not LessonReport.objects.visible_to(outsider).exists()


def test_a_report_says_something_once_and_not_of_the_own_lesson(lesson, report):
    with pytest.raises(ReportSaysNothing):
        file_report(lesson, kind="repeat", text="像", by=UserFactory())
    with pytest.raises(ReportDoubled):
        file_report(lesson, kind="rehearsal", text=TEXT, by=report.reporter)
    with pytest.raises(ReportOfOwnLesson):
        file_report(lesson, kind="rehearsal", text=TEXT, by=lesson.teacher)


def test_an_upheld_report_bars_the_lesson_at_every_level(branch, lesson, officer, report, heard):
    show_in_school(lesson, by=lesson.teacher)
    pushed = make_outstanding(lesson.programme, lesson=lesson)
    colleague = UserFactory(school=lesson.school)
    rule_on_report(report, upheld=True, ruling=RULED, by=officer)
    pushed.refresh_from_db()
    assert None not in (Lesson.objects.get().barred_at, pushed.withdrawn_at)
    assert heard == [lesson.pk]
    assert not Lesson.objects.visible_to(colleague).exists()
    spread = AuditRecord.objects.filter(verb="lesson.barred_below").values_list("object_key")
    assert {key for (key,) in spread} == {str(unit.pk) for unit in branch}
    kinds = Notification.objects.exclude(user=officer).values_list("user", "kind")
    assert set(kinds) == {
        (lesson.teacher_id, "lessons.barred"),
        (report.reporter_id, "lessons.report_upheld"),
    }
    with pytest.raises(LessonBarred):
        move_lesson(lesson, LessonState.PROPOSED, by=lesson.teacher)


def test_a_dismissed_report_changes_nothing_and_is_answered(lesson, officer, report):
    rule_on_report(report, upheld=False, ruling="未发现演练", by=officer)
    assert Lesson.objects.get().barred_at is None
    answered = Notification.objects.get(user=report.reporter)
    assert (answered.kind, answered.parameters["why"]) == (
        "lessons.report_dismissed",
        "未发现演练",
    )


def test_a_ruling_has_a_reason_comes_once_and_from_somebody_else(lesson, officer, report):
    with pytest.raises(WhyMissing):
        rule_on_report(report, upheld=True, ruling="", by=officer)
    for involved in (report.reporter, lesson.teacher):
        with pytest.raises(OwnReport):
            rule_on_report(report, upheld=True, ruling=RULED, by=involved)
    ruled = rule_on_report(report, upheld=True, ruling=RULED, by=officer)
    assert ruled.state == ReportState.UPHELD
    with pytest.raises(ReportRuled):
        rule_on_report(report, upheld=False, ruling=RULED, by=officer)


def test_a_barred_lesson_stands_in_no_catalogue(lesson, officer, report):
    show_in_school(lesson, by=lesson.teacher)
    make_outstanding(lesson.programme, lesson=lesson)
    wanted = {"stage": "", "subject": "", "node": 0, "kind": "", "q": ""}
    colleague = UserFactory(school=lesson.school)
    assert list(catalogue(colleague, wanted)) == [lesson]
    rule_on_report(report, upheld=True, ruling=RULED, by=officer)
    assert not catalogue(colleague, wanted).exists()


def test_a_hint_is_decided_once_by_a_person_with_a_reason(lesson, officer):
    other = make_lesson(lesson.programme, school=lesson.school)
    hint = CopyHint.objects.create(kind="plan", lesson=lesson, other_lesson=other, percent=80)
    assert list(CopyHint.objects.visible_to(officer)) == [hint]
    with pytest.raises(WhyMissing):
        decide_hint(hint, confirmed=True, why="", by=officer)
    decided = decide_hint(hint, confirmed=True, why="整段相同", by=officer)
    assert decided.state == HintState.CONFIRMED
    assert Lesson.objects.get(pk=lesson.pk).barred_at is None
    with pytest.raises(HintDecided):
        decide_hint(hint, confirmed=False, why="误报一次", by=officer)
