from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from courses.domain.attempts import hand_in_attempt, start_attempt
from courses.domain.further_attempts import ask_further_attempt
from courses.domain.homework import hand_in, submission_of
from courses.domain.homework_files import add_file
from programmes.domain.rulepacks import load_programme
from programmes.enums import EnrolmentState
from programmes.models import Enrolment
from tests.courses.assessment_factories import make_bank, make_course, make_homework
from tests.matrix.row import Row, only

TEACHERS = only("teacher_home", "teacher_away")
EDITORS = only("editor", "project_officer")
HOME_OFFICES = only(
    "county_administrator_home",
    "city_administrator_home",
    "project_officer",
    "province_administrator",
)
OFFICES = HOME_OFFICES | only("county_administrator_away", "city_administrator_away")
TEXT = "<p>我在课堂上用了小组讨论的办法，效果不错，学生更愿意说了。</p>"


def course(world):
    """A course that is pushed to everybody, studied by both teachers."""
    if "course" not in world.things:
        programme = load_programme("2017", shift_to=timezone.localdate())
        world.things["course"] = make_course(has_homework=True)
        world.things["questions"] = make_bank(world.things["course"])
        world.things["homework"] = make_homework(world.things["course"])
        world.things["programme"] = programme
        for side in ("home", "away"):
            person = world.people[f"teacher_{side}"]
            Enrolment.objects.create(
                programme=programme,
                user=person,
                school=person.school,
                stage="primary",
                subject="chinese",
                state=EnrolmentState.APPROVED,
                approved_at=timezone.now(),
            )
    return {"code": world.things["course"].code}


def attempt(world):
    course(world)
    things = world.things
    if "attempt" not in things:
        things["attempt"] = start_attempt(
            things["course"], user=world.people["teacher_home"], programme=things["programme"]
        )
    return {"pk": things["attempt"].pk}


def submission(world):
    course(world)
    things = world.things
    if "submission" not in things:
        begun = submission_of(
            things["homework"], user=world.people["teacher_home"], programme=things["programme"]
        )
        things["file"] = add_file(begun, SimpleUploadedFile("a.pdf", b"%PDF-1.7"))
        things["submission"] = hand_in(begun, TEXT)
    return {"pk": things["submission"].pk}


def further(world):
    """The home teacher has used every attempt and asks for one more."""
    course(world)
    things = world.things
    given = {"user": world.people["teacher_home"], "programme": things["programme"]}
    for _ in range(3):
        hand_in_attempt(start_attempt(things["course"], **given))
    return {"pk": ask_further_attempt(things["course"], **given).pk}


def marking(world):
    submission(world)
    return {}


def file(world):
    submission(world)
    return {"pk": world.things["file"].pk}


def question(world):
    course(world)
    return {"pk": world.things["questions"][0].pk}


ROWS = [
    Row("courses:test", TEACHERS, course),
    Row("courses:test_start", TEACHERS, course, method="post"),
    Row("courses:attempt", only("teacher_home"), attempt),
    Row(
        "courses:attempt_answer",
        only("teacher_home"),
        attempt,
        method="post",
        data=lambda world: {"q1": "0"},
    ),
    Row("courses:attempt_hand_in", only("teacher_home"), attempt, method="post"),
    Row("courses:further_attempt_ask", TEACHERS, course, method="post"),
    Row("courses:further_attempts", OFFICES),
    Row("courses:further_attempt", HOME_OFFICES, further),
    Row(
        "courses:further_attempt",
        HOME_OFFICES,
        further,
        method="post",
        data=lambda world: {"decision": "grant", "reason": "停电。"},
    ),
    Row("courses:homework", TEACHERS, course),
    Row("courses:homework_draft", TEACHERS, course, method="post", data=lambda world: {"text": ""}),
    Row(
        "courses:homework_drop_file",
        TEACHERS,
        lambda world: course(world) | {"pk": 1},
        method="post",
    ),
    Row("courses:homework_file", only("teacher_home", "marker_home"), file),
    Row("courses:marking", only("marker_home", "marker_away"), marking),
    Row("courses:mark", only("marker_home"), submission),
    Row("courses:banks", EDITORS),
    Row("courses:bank", EDITORS, course),
    Row("courses:question_add", EDITORS, course),
    Row("courses:question", EDITORS, question),
    Row("courses:question_switch", EDITORS, question, method="post"),
]
