"""A whole year at any size, played through the product's own functions.

Where the product has a bulk path (import, entering, approving, scoring, settling, proposing)
everybody goes through it. What people do one by one is done one by one by a sample, and for
the rest written set by set as they would have left it (see ``study``).
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.core.management import call_command
from django.utils import timezone

from accounts.domain.people import add_person
from accounts.enums import Role
from accounts.models import Appointment, User
from bureau.domain.batches import apply_batch, check_batch, request_import, upload_batch
from bureau.domain.kinds import ImportKind, import_kind
from bureau.domain.lesson_progress import count_lessons
from bureau.domain.progress import count_progress
from bureau.domain.workbook.writing import table_workbook
from courses.domain.attempts import hand_in_attempt, save_answers, start_attempt
from courses.domain.completion import settle_courses
from courses.domain.course_choices import choose_course
from courses.domain.demo_content import load_demo_courses
from courses.domain.topics import choose_topics
from courses.models import Course, CourseChoice, TopicChoice
from courses.queries.offer import electives_for
from credits.domain.registrations import (
    confirm_registrations,
    propose_registrations,
    register_credits,
)
from credits.enums import RegistrationState
from credits.models import Registration
from organisations.enums import Level, SchoolKind
from organisations.models import Organisation
from programmes.domain.approvals import approve_enrolments
from programmes.domain.enrolments import confirm_enrolment
from programmes.domain.rulepacks import load_programme, rule_pack_of
from programmes.enums import EnrolmentState
from programmes.models import Enrolment, Programme
from rehearsal import (
    assessment,
    duty,
    gatherings,
    hosting,
    lesson_study,
    pool,
    study,
    talk,
    workshops,
)
from rehearsal.awards import complete_by_awards
from rehearsal.names import people

SECOND = "rehearsal2"  # who approves and registers what the first officer proposed and confirmed
SAMPLE = 100
SCHOOL_SIZE = 60
BATCH_ROWS = 100_000
STAGES = ("primary", "primary", "junior", "junior", "senior", "kindergarten")
STAGE_ZH = {"primary": "小学", "junior": "初中", "senior": "高中", "kindergarten": "幼儿园"}


@dataclass
class Year:
    """The run: its size and seed, and what earlier stages made."""

    teachers: int
    seed: int
    programme: Programme | None = None
    officer: User | None = None

    @property
    def rng(self) -> random.Random:
        return random.Random(self.seed)  # noqa: S311 - repeatable, not secret

    def approved(self):
        return Enrolment.objects.filter(programme=self.programme).approved()

    def sample(self) -> list[Enrolment]:
        """The first approved people, who do everything one by one."""
        return list(self.approved().select_related("user", "school").order_by("pk")[:SAMPLE])


def stages() -> Iterator[tuple[str, Callable[[Year], int]]]:
    """Name and act of every stage, in the year's order; an act returns its rows."""
    yield "divisions", load_tree
    yield "schools", import_schools
    yield "people", import_people
    yield "courses", publish_courses
    yield "confirmation", confirm_sample
    yield "approval", approve_all
    yield from workshops.STAGES
    yield from talk.STAGES
    yield from duty.STAGES
    yield from gatherings.STAGES
    yield from assessment.STAGES
    yield from hosting.STAGES
    yield from pool.STAGES
    yield "topics", choose_all_topics
    yield "choice_one_by_one", choose_sample
    yield "choice", choose_rest
    yield "study", study_all
    yield "tests_one_by_one", sit_sample
    yield "tests", sit_rest
    yield "homework", hand_in_all
    yield "settlement", settle_all
    yield from lesson_study.STAGES
    yield "awards_one_by_one", award_sample
    yield "registration", register_complete
    yield "figures", count_figures


def load_tree(year: Year) -> int:
    call_command("load_divisions", verbosity=0)
    year.programme = load_programme("2017", shift_to=timezone.localdate())
    province = Organisation.objects.get(level=Level.PROVINCE)
    year.officer = add_person(real_name="演练", school=None, by=None, username="rehearsal")
    for role in (Role.ADMINISTRATOR, Role.PROJECT_OFFICER, Role.EDITOR):
        Appointment.objects.create(user=year.officer, role=role, organisation=province)
    call_command("load_portal", verbosity=0)
    return Organisation.objects.count()


def import_schools(year: Year) -> int:
    """Schools of about sixty teachers, spread over the real counties."""
    kind = import_kind("schools")
    counties = list(Organisation.objects.filter(level=Level.COUNTY).order_by("code"))
    count = -(-year.teachers // SCHOOL_SIZE)
    rows = (
        {
            "name": f"{counties[number % len(counties)].name}第{number + 1}{_school_word(number)}",
            "code": f"31{number:08d}",
            "kind": _school_kind(number),
            "county_code": counties[number % len(counties)].code,
            "licence_number": f"办证{number:06d}" if stage_of(number) == "kindergarten" else "",
        }
        for number in range(count)
    )
    return _import(year, kind, rows)


def stage_of(number: int) -> str:
    return STAGES[number % len(STAGES)]


def _school_word(number: int) -> str:
    return {"kindergarten": "幼儿园", "primary": "小学"}.get(stage_of(number), "中学")


def _school_kind(number: int) -> str:
    kindergarten = stage_of(number) == "kindergarten"
    return SchoolKind.KINDERGARTEN if kindergarten else SchoolKind.SCHOOL


def import_people(year: Year) -> int:
    return _import(year, import_kind("people"), _roster(year))


def _roster(year: Year) -> Iterator[dict[str, str]]:
    pack = rule_pack_of(year.programme)
    listed = people(year.teachers, "370102", year.seed)
    for number, person in enumerate(listed):
        school = number // SCHOOL_SIZE
        stage = stage_of(school)
        subjects = pack.stage_subjects[stage]
        yield {
            "real_name": person.name,
            "id_number": person.id_number,
            "phone": person.phone,
            "school_code": f"31{school:08d}",
            "stage": stage,
            "subject": subjects[number % len(subjects)].key,
        }


def _import(year: Year, kind: ImportKind, rows: Iterator[dict[str, str]]) -> int:
    """Hand the rows in as workbooks, check them, import the good ones."""
    province = Organisation.objects.get(level=Level.PROVINCE)
    headers, done = [column.zh for column in kind.columns], 0
    cells = ([row.get(column.key, "") for column in kind.columns] for row in rows)
    while chunk := [row for row, _ in zip(cells, range(BATCH_ROWS), strict=False)]:
        content, _count = table_workbook(kind.sheet_zh, headers, [16] * len(headers), chunk)
        batch = upload_batch(
            kind, content, file_name="rehearsal.xlsx", organisation=province, by=year.officer
        )
        check_batch(batch.pk, _quiet)
        apply_batch(request_import(batch, by=year.officer).pk, _quiet)
        batch.refresh_from_db()
        done += batch.added
    return done


def _quiet(*_progress) -> None:
    """A run shows rows and seconds per stage instead."""


def publish_courses(year: Year) -> int:
    return len(load_demo_courses(by=year.officer))


def confirm_sample(year: Year) -> int:
    entered = Enrolment.objects.filter(programme=year.programme, state=EnrolmentState.ENTERED)
    chosen = entered.select_related("user").order_by("pk")[:SAMPLE]
    return sum(bool(confirm_enrolment(enrolment, by=enrolment.user)) for enrolment in chosen)


def approve_all(year: Year) -> int:
    everybody = Enrolment.objects.filter(programme=year.programme)
    return approve_enrolments(
        everybody, by=year.officer, without_confirmation=True, why="学校持有教师签名名单"
    )


def choose_all_topics(year: Year) -> int:
    """Every school takes all topics that its stage is offered."""
    pack = rule_pack_of(year.programme)
    offered = {
        stage: {
            course.topic
            for course in Course.objects.exclude(topic="")
            if not course.stages or stage in course.stages
        }
        & {topic.key for topic in pack.topics_of(stage)}
        for stage in STAGE_ZH
    }
    schools = Organisation.objects.filter(level=Level.SCHOOL).order_by("code")
    for number, school in enumerate(schools):
        choose_topics(year.programme, school, offered[stage_of(number)], by=year.officer)
    return TopicChoice.objects.count()


def choose_sample(year: Year) -> int:
    pack = rule_pack_of(year.programme)
    for enrolment in year.sample():
        topics = TopicChoice.objects.filter(school=enrolment.school).values_list("topic", flat=True)
        hours = 0
        for course in electives_for(enrolment, list(topics), pack).order_by("code"):
            if hours >= pack.elective_minimum_hours:
                break
            choose_course(enrolment, course, by=enrolment.user)
            hours += course.class_hours
    return CourseChoice.objects.count()


def choose_rest(year: Year) -> int:
    return study.choose_electives(year.programme, seed=year.seed)


def study_all(year: Year) -> int:
    return study.study(year.programme)


def sit_sample(year: Year) -> int:
    """The sample draws papers, saves answer by answer and hands in."""
    policy = Course.objects.filter(part="policy").first()
    for enrolment in year.sample() if policy else []:
        attempt = start_attempt(policy, user=enrolment.user, programme=year.programme)
        for item in attempt.items.select_related("version"):
            save_answers(attempt.pk, {item.position: _right(item)}, user=enrolment.user)
        hand_in_attempt(attempt)
    return SAMPLE


def _right(item) -> list[str]:
    if not item.option_order:
        return [item.version.answer[0]]
    right = set(item.version.answer)
    return [str(shown) for shown, option in enumerate(item.option_order) if option in right]


def sit_rest(year: Year) -> int:
    return study.sit_tests(year.programme, seed=year.seed)


def hand_in_all(year: Year) -> int:
    return study.write_homework(year.programme, marker=year.officer.pk)


def settle_all(year: Year) -> int:
    _covered, posted = settle_courses(year.programme)
    return posted


def award_sample(year: Year) -> int:
    """Who of the sample wrote about no lesson gets the hours by awards of two persons."""
    second = add_person(real_name="复核", school=None, by=None, username=SECOND)
    awarded = lesson_study.by_awards(year)
    return sum(
        complete_by_awards(
            enrolment.user,
            year.programme,
            on=timezone.localdate(),
            proposer=year.officer,
            approver=second,
        )
        for enrolment in year.sample()
        if enrolment.user_id in awarded
    )


def register_complete(year: Year) -> int:
    """Everybody complete is proposed, confirmed and registered, each in bulk."""
    propose_registrations(year.programme)
    everybody = Registration.objects.filter(programme=year.programme)
    confirm_registrations(everybody, by=year.officer)
    register_credits(everybody, by=User.objects.get(username=SECOND))
    return everybody.filter(state=RegistrationState.REGISTERED).count()


def count_figures(year: Year) -> int:
    """The roll-ups behind the bureaus' boards."""
    count_lessons(year.programme)
    return count_progress(year.programme)
