"""A school's calls on lessons (R40)."""

from uuid import uuid4

from django.core.files.base import ContentFile

from tests.matrix.row import SIGNED_IN, Row, only
from tests.matrix.rows_workshops import HOST, READ, county, nothing
from workshops.domain.lesson_calls.answering import accept_call
from workshops.domain.lesson_calls.asking import Question, call_host
from workshops.models import LessonCallFile

ASKER = only("teacher_home")
SCHOOL = ASKER | only("principal_home", "county_administrator_home", "city_administrator_home")
SCHOOL |= only("province_administrator")
SEE = SCHOOL | HOST | READ
CALLERS = only("teacher_home", "teacher_away", "principal_home", "principal_away")


def call(world):
    """The home teacher's, put to the home county's workshop."""
    county(world)
    teacher, programme = world.people["teacher_home"], world.things["workshop"].programme
    asked = Question("primary", "chinese", "草船借箭", "怎样设问", uuid4())
    world.things["call"] = call_host(programme, world.home_school, asked, by=teacher)
    return {"pk": world.things["call"].pk}


def accepted(world):
    key = call(world)
    accept_call(world.things["call"], by=world.people["marker_home"])
    return key


def file(world):
    call(world)
    teacher = world.people["teacher_home"]
    made = LessonCallFile(call=world.things["call"], name="a.pdf", size_bytes=5, added_by=teacher)
    made.file.save("a.pdf", ContentFile(b"%PDF-"))
    return {"pk": made.pk}


def act(name):
    return lambda world: {"act": name}


def word(world):
    return {"text": "先读原著", "token": uuid4()}


ROWS = [
    Row("workshops:lesson_calls", SIGNED_IN, nothing(call)),
    Row("workshops:lesson_call_new", CALLERS, nothing(county)),
    Row(
        "workshops:lesson_call_new", CALLERS, nothing(county), method="post", data=lambda world: {}
    ),
    Row("workshops:lesson_call", SEE, call),
    Row("workshops:lesson_call_word", SCHOOL | HOST, call, method="post", data=word),
    Row("workshops:lesson_call_act", HOST, call, method="post", data=act("accept")),
    Row("workshops:lesson_call_act", HOST, accepted, method="post", data=act("give_back")),
    Row("workshops:lesson_call_act", SCHOOL, call, method="post", data=act("withdraw")),
    Row(
        "workshops:lesson_call_visit",
        HOST,
        accepted,
        method="post",
        data=lambda world: {"visit_on": "2999-01-01"},
    ),
    Row(
        "workshops:lesson_call_done",
        HOST,
        accepted,
        method="post",
        data=lambda world: {"outcome": "好"},
    ),
    Row("workshops:lesson_call_file", SEE, file),
]
