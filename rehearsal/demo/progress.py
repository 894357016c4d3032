"""How far the demo's people have come by today."""

from django.utils import timezone

from accounts.models import User
from courses.domain.attempts import start_attempt
from courses.domain.completion import settle_courses
from courses.domain.further_attempts import ask_further_attempt
from courses.domain.homework import mark_submission
from courses.domain.topics import choose_topics
from courses.models import Course, Submission
from credits.domain.disputes import raise_dispute
from credits.domain.registrations import confirm_registrations, register_credits
from credits.models import Registration
from organisations.enums import Level
from organisations.models import Organisation
from programmes.domain.approvals import approve_enrolments
from programmes.domain.enrolments import confirm_enrolment, enter_enrolment
from programmes.domain.rulepacks import rule_pack_of
from programmes.enums import Category, EnrolmentState, PersonType, Stage
from programmes.models import Enrolment, Programme
from programmes.queries import current_programme
from rehearsal import study
from rehearsal.awards import complete_by_awards
from rehearsal.demo.cast import SCHOOLS, TEACHERS
from videos.enums import UnitKind

UNCONFIRMED = "xinren"
REGISTERED = "zhengshu"
FINISHED = ("wancheng", REGISTERED)
ASKS = "三次测试都赶在晚自习值班时做，时间没有安排好。我已重新学完全部单元，申请再考一次。"
RETURNED = "做法写得清楚。请补充：学生有什么变化？哪一步最难？改好后再交一次。"


def enrol_everybody() -> None:
    """The printed teachers are entered by hand, everybody confirms but the newest one."""
    programme = current_programme()
    officer = User.objects.get(username="lixia")
    for plan in TEACHERS:
        _enter(programme, plan, by=officer)
    entered = Enrolment.objects.filter(programme=programme, state=EnrolmentState.ENTERED)
    waiting = entered.exclude(user__username=UNCONFIRMED).select_related("user")
    named = [plan.username for plan in TEACHERS]
    listed = waiting.exclude(user__username__in=named).order_by("pk")
    keep_back = set(listed.values_list("pk", flat=True)[:9])
    for enrolment in waiting:
        confirm_enrolment(enrolment, by=enrolment.user)
    confirmed = Enrolment.objects.filter(programme=programme, state=EnrolmentState.CONFIRMED)
    approve_enrolments(confirmed.exclude(pk__in=keep_back), by=officer)


def _enter(programme: Programme, plan, *, by: User) -> None:
    user = User.objects.get(username=plan.username)
    kindergarten = next(one.kind for one in SCHOOLS if one.code == plan.place) == "kindergarten"
    enter_enrolment(
        user=user,
        programme=programme,
        stage=Stage.KINDERGARTEN if kindergarten else Stage.PRIMARY,
        subject="preschool" if kindergarten else "mathematics",
        school=user.school,
        person_type=PersonType.KINDERGARTEN_STAFF if kindergarten else PersonType.TEACHER,
        by=by,
    )


def choose_everything() -> None:
    """Schools choose topics, teachers choose electives inside them."""
    programme = current_programme()
    officer = User.objects.get(username="sheng")
    pack = rule_pack_of(programme)
    topics = set(Course.objects.filter(category=Category.ELECTIVE).values_list("topic", flat=True))
    for school in Organisation.objects.filter(level=Level.SCHOOL):
        chosen = {topic.key for topic in pack.topics_of(stage_of(school))} & topics
        choose_topics(programme, school, chosen, by=officer)
    study.choose_electives(programme, seed=2017)


def stage_of(school: Organisation) -> str:
    return next(plan.stage for plan in SCHOOLS if plan.code == school.code)


def study_a_while() -> None:
    """A third is far, a third half way, the rest has not begun; one homework came back."""
    programme = current_programme()
    named = [plan.username for plan in TEACHERS]
    learners = list(
        Enrolment.objects.filter(programme=programme, state=EnrolmentState.APPROVED)
        .exclude(user__username__in=named)
        .order_by("pk")
        .values_list("user_id", flat=True)
    )
    far, half = learners[::3], learners[1::3]
    marker = User.objects.get(username="piyue")
    study.study(programme, users=far)
    study.sit_tests(programme, users=far)
    study.write_homework(programme, users=far[::2], marker=marker.pk)
    study.write_homework(programme, users=far[1::2], marker=marker.pk, state="handed_in")
    policy = list(Course.objects.filter(part="policy").values_list("pk", flat=True))
    study.study(programme, users=half, courses=policy)
    study.sit_tests(programme, users=half[::2], courses=policy)
    study.study(programme, users=half, share=0.4)
    _teacher_under_way(programme, marker)
    _teacher_without_attempts(programme)
    finished = list(User.objects.filter(username__in=FINISHED).values_list("pk", flat=True))
    study.study(programme, users=finished)
    study.sit_tests(programme, users=finished)
    study.write_homework(programme, users=finished, marker=marker.pk)
    settle_courses(programme)


def _teacher_under_way(programme: Programme, marker: User) -> None:
    teacher = User.objects.get(username="laoshi")
    chosen = Course.objects.filter(choices__enrolment__user=teacher, has_homework=True).first()
    policy = Course.objects.get(part="policy")
    study.study(programme, users=[teacher.pk], courses=[policy.pk], kind=UnitKind.READING)
    study.study(programme, users=[teacher.pk], courses=[policy.pk], share=0.3)
    if chosen is None:
        return
    study.study(programme, users=[teacher.pk], courses=[chosen.pk])
    study.sit_tests(programme, users=[teacher.pk], courses=[chosen.pk])
    study.write_homework(
        programme, users=[teacher.pk], courses=[chosen.pk], marker=marker.pk, state="handed_in"
    )
    submission = Submission.objects.get(user=teacher, homework__course=chosen)
    mark_submission(submission, accepted=False, reason=RETURNED, by=marker)


def _teacher_without_attempts(programme: Programme) -> None:
    """Three papers that were not good enough, and the request for a further one."""
    teacher = User.objects.get(username="zaikao")
    policy = Course.objects.get(part="policy")
    study.study(programme, users=[teacher.pk], courses=[policy.pk])
    for right in range(3, 3 + rule_pack_of(programme).test_attempts):
        attempt = start_attempt(policy, user=teacher, programme=programme)
        study.sit_earlier(attempt, right=right, days=2 * (7 - right))
    ask_further_attempt(policy, user=teacher, programme=programme, reason=ASKS)


def register_and_dispute() -> None:
    """Two teachers are complete by awards of two persons, one of them holds a certificate."""
    programme = current_programme()
    principal, officer, second = (
        User.objects.get(username=name) for name in ("xiaozhang", "lixia", "lixia2")
    )
    today = timezone.localdate()
    for username in FINISHED:
        teacher = User.objects.get(username=username)
        complete_by_awards(teacher, programme, on=today, proposer=principal, approver=second)
    registrations = Registration.objects.filter(user__username=REGISTERED)
    confirm_registrations(registrations, by=principal)
    register_credits(registrations, by=officer)
    raise_dispute(
        user=User.objects.get(username="laoshi"),
        programme=programme,
        part="policy",
        subject="教育政策与法律法规 · 第一段视频",
        text="11月20日晚我看完了第一段视频，中途断网约十分钟，恢复后显示只看了一半，请帮助核对。",
    )
