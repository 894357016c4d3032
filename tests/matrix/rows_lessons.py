from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from lessons.enums import LessonState
from lessons.models import LessonMember, Material
from programmes.domain.rulepacks import load_programme
from tests.lessons.factories import make_lesson, record
from tests.matrix.row import SIGNED_IN, Row, only

OVER_HOME = (
    "principal_home",
    "county_administrator_home",
    "city_administrator_home",
    "province_administrator",
)
KEEPERS = only("teacher_home", *OVER_HOME)
READERS = only("teacher_home", *OVER_HOME, "auditor_home", "project_officer")
DESKS = only(
    *OVER_HOME,
    "principal_away",
    "county_administrator_away",
    "city_administrator_away",
    "auditor_home",
    "auditor_away",
    "project_officer",
)
WITH_A_SCHOOL = only(
    "teacher_home",
    "teacher_away",
    *OVER_HOME,
    "principal_away",
    "county_administrator_away",
    "city_administrator_away",
)


def year(world):
    if "lessons_year" not in world.things:
        world.things["lessons_year"] = load_programme("2017", shift_to=timezone.localdate())
    return {}


def lesson(world, state=LessonState.SHOWN):
    """The home teacher's lesson, with a recording, a plan and a member of the team."""
    year(world)
    if "lesson" not in world.things:
        teacher = world.people["teacher_home"]
        made = make_lesson(world.things["lessons_year"], teacher=teacher, state=state)
        record(made)
        plan = {"size_bytes": 5, "sha256": "0" * 64, "added_by": teacher, "name": "教案.pdf"}
        world.things["material"] = Material.objects.create(
            lesson=made, kind="plan", file=SimpleUploadedFile("plan.pdf", b"%PDF-"), **plan
        )
        world.things["member"] = LessonMember.objects.create(
            lesson=made, user=world.people["principal_home"]
        )
        world.things["lesson"] = made
    return {"pk": world.things["lesson"].pk}


def listed(world):
    lesson(world)
    return {}


def proposed(world):
    return lesson(world, LessonState.PROPOSED)


def part(name):
    def build(world):
        lesson(world)
        return {"pk": world.things[name].pk}

    return build


def typed(world):
    return {"revision": 1, "curriculum": "national", "stage": "primary:chinese", "title": "春"}


def state(value):
    return lambda world: {"state": value, "why": "重新整理"}


ROWS = [
    Row("lessons:home", SIGNED_IN, year),
    Row("lessons:mine", SIGNED_IN, year),
    Row("lessons:desk", DESKS, listed),
    Row("lessons:begin", WITH_A_SCHOOL, year),
    Row(
        "lessons:begin",
        only("teacher_home", *OVER_HOME),
        year,
        method="post",
        data=lambda world: {"teacher": world.people["teacher_home"].pk},
    ),
    Row("lessons:place", SIGNED_IN, query="?stage=primary:chinese"),
    Row("lessons:lesson", READERS, lesson),
    Row("lessons:edit", KEEPERS, lesson),
    Row("lessons:edit", KEEPERS, lesson, method="post", data=typed),
    Row("lessons:draft", KEEPERS, lesson, method="post", data=typed),
    Row("lessons:move", KEEPERS, lesson, method="post", data=state("withdrawn")),
    Row("lessons:move", only(*OVER_HOME), proposed, method="post", data=state("chosen")),
    Row("lessons:material", READERS, part("material")),
    Row("lessons:material_out", KEEPERS, part("material"), method="post"),
    Row(
        "lessons:material_add",
        KEEPERS,
        lambda world: lesson(world) | {"kind": "slides"},
        method="post",
    ),
    Row("lessons:material_add", KEEPERS, lambda world: lesson(world) | {"kind": "slides"}),
    Row("lessons:recording_add", KEEPERS, lesson, method="post"),
    Row(
        "lessons:member_add",
        KEEPERS,
        lesson,
        method="post",
        data=lambda world: {"person": world.people["principal_home"].pk, "role": "coach"},
    ),
    Row("lessons:member_out", KEEPERS, part("member"), method="post"),
]
