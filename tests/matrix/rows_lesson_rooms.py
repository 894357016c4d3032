"""Audience, curriculum, research lessons, reports and hints."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from lessons.domain.audience import name_viewer
from lessons.domain.releases import file_consent
from lessons.domain.reports import file_report
from lessons.domain.research import add_observer, note_research_lesson
from lessons.models import CopyHint
from programmes.models import Enrolment
from tests.lessons.factories import make_lesson, make_node
from tests.matrix.row import EVERYONE, SIGNED_IN, Row, only
from tests.matrix.rows_lessons import DESKS, KEEPERS, lesson, year

OFFICE = only("project_officer", "province_administrator")
ABOVE_HOME = only(
    "county_administrator_home",
    "city_administrator_home",
    "province_administrator",
    "project_officer",
)
ABOVE = ABOVE_HOME | only("county_administrator_away", "city_administrator_away")
TEACHES = only("teacher_home", "teacher_away", "principal_home", "principal_away")


def viewer(world):
    lesson(world)
    teacher = world.people["teacher_home"]
    named = name_viewer(world.things["lesson"], world.people["principal_home"], by=teacher)
    return {"pk": named.pk}


def consent(world):
    return {
        "file": SimpleUploadedFile("consent.pdf", b"%PDF-1.7"),
        "pupils": 40,
        "statement": "全班监护人书面同意",
    }


def release(world):
    lesson(world)
    if "release" not in world.things:
        given = consent(world)
        world.things["release"] = file_consent(
            world.things["lesson"],
            given.pop("file"),
            by=world.people["principal_home"],
            **given,
        )
    return {"pk": world.things["release"].pk}


def node(world):
    year(world)
    return {"pk": make_node().pk}


def research(world):
    year(world)
    if "research" not in world.things:
        teacher = world.people["teacher_home"]
        noted = note_research_lesson(
            teacher=teacher,
            title="研究课",
            class_name="三年级2班",
            held_on=timezone.localdate(),
            period=2,
            by=teacher,
        )
        world.things["research"] = noted
        world.things["observer"] = add_observer(
            noted, world.people["principal_home"], "offline", by=teacher
        )
        Enrolment.objects.get_or_create(
            programme=world.things["lessons_year"],
            user=teacher,
            defaults={"school": teacher.school, "stage": "primary", "subject": "chinese"},
        )
    return {"pk": world.things["research"].pk}


def of(build, name):
    def built(world):
        build(world)
        return {"pk": world.things[name].pk}

    return built


def noted(world):
    return {"title": "春", "class_name": "1班", "held_on": "2017-04-05", "period": 1}


def school(world):
    research(world)
    return {"pk": world.home_school.pk}


def teacher_home(world):
    year(world)
    return {"pk": world.people["teacher_home"].pk}


def nothing(build):
    def built(world):
        build(world)
        return {}

    return built


def report(world):
    lesson(world)
    if "report" not in world.things:
        world.things["report"] = file_report(
            world.things["lesson"],
            kind="rehearsal",
            text="同一班级前一天已经完整演练过一遍。",
            by=world.people["principal_home"],
        )
    return {"pk": world.things["report"].pk}


def hint(world):
    lesson(world)
    if "hint" not in world.things:
        other = make_lesson(world.things["lessons_year"], teacher=world.people["teacher_away"])
        side = [{"before": "", "text": "同样的一段话", "after": ""}]
        world.things["hint"] = CopyHint.objects.create(
            kind="plan",
            lesson=world.things["lesson"],
            other_lesson=other,
            percent=80,
            here=side,
            there=side,
        )
    return {"pk": world.things["hint"].pk}


AUDIENCE = [
    Row("lessons:catalogue", EVERYONE, year),
    Row("lessons:audience", KEEPERS | only("project_officer"), lesson),
    Row(
        "lessons:viewer_add",
        KEEPERS,
        lesson,
        method="post",
        data=lambda world: {"person": world.people["principal_home"].pk},
    ),
    Row("lessons:viewer_end", KEEPERS, viewer, method="post"),
    Row("lessons:consent_file", only("principal_home"), lesson, method="post", data=consent),
    Row("lessons:consent", ABOVE_HOME | only("principal_home"), release),
    Row("lessons:release_approve", ABOVE_HOME, release, method="post"),
    Row(
        "lessons:release_withdraw",
        ABOVE_HOME | only("principal_home", "teacher_home"),
        release,
        method="post",
        data=lambda world: {"why": "家长撤回同意"},
    ),
]
CURRICULUM = [
    Row("lessons:coverage", SIGNED_IN, year),
    Row("lessons:coverage", SIGNED_IN, nothing(node), query="?subject=primary:chinese"),
    Row("lessons:coverage_node", SIGNED_IN, node),
    Row("lessons:curriculum", OFFICE, nothing(node)),
    Row("lessons:node", OFFICE, node),
    Row(
        "lessons:node_add",
        OFFICE,
        year,
        method="post",
        data=lambda world: {"subject": "primary:chinese", "title": "四年级"},
    ),
    Row("lessons:node_act", OFFICE, node, method="post", data=lambda world: {"act": "close"}),
]
RESEARCH = [
    Row("lessons:research", SIGNED_IN, nothing(research)),
    Row("lessons:research_note", TEACHES, year),
    Row("lessons:research_note", TEACHES, year, method="post", data=noted),
    Row("lessons:research_note_for", KEEPERS, teacher_home),
    Row("lessons:research_lesson", KEEPERS | only("project_officer", "auditor_home"), research),
    Row(
        "lessons:observer_add",
        KEEPERS,
        research,
        method="post",
        data=lambda world: {"person": world.people["principal_home"].pk, "mode": "online"},
    ),
    Row("lessons:observer_out", KEEPERS, of(research, "observer"), method="post"),
    Row("lessons:research_remove", KEEPERS, research, method="post"),
    Row("lessons:research_desk", DESKS, nothing(research)),
    Row(
        "lessons:research_school",
        ABOVE_HOME | only("principal_home", "auditor_home"),
        school,
    ),
]
REPORTS = [
    Row(
        "lessons:report_lesson",
        (KEEPERS | only("project_officer", "auditor_home")) - only("teacher_home"),
        lesson,
    ),
    Row("lessons:reports", ABOVE, nothing(report)),
    Row("lessons:report", ABOVE_HOME, report),
    Row(
        "lessons:report",
        ABOVE_HOME,
        report,
        method="post",
        data=lambda world: {"decision": "uphold", "ruling": "经核实属实"},
    ),
    Row("lessons:hints", ABOVE, nothing(hint)),
    Row("lessons:hint", ABOVE_HOME, hint),
    Row(
        "lessons:hint",
        ABOVE_HOME,
        hint,
        method="post",
        data=lambda world: {"decision": "copy", "why": "整段相同"},
    ),
]
ROWS = [*AUDIENCE, *CURRICULUM, *RESEARCH, *REPORTS]
