from django.core.files.base import ContentFile
from django.utils import timezone

from lessons.domain.audience import show_in_school
from lessons.domain.comments import pin_comment
from lessons.domain.reviews import begin_case_review, begin_colleague_review
from lessons.enums import ReviewState
from programmes.domain.rulepacks import load_programme
from tests.courses.factories import make_enrolment
from tests.lessons.factories import assign, make_lesson, make_outstanding, record
from tests.matrix.row import SIGNED_IN, Row, only

REVIEWER = only("teacher_home")
AUTHOR = only("principal_home")
KEEPERS = only(
    "principal_home",
    "county_administrator_home",
    "city_administrator_home",
    "province_administrator",
)
OBSERVERS = TALKERS = KEEPERS | only("teacher_home")


def year(world):
    """A drawn lesson of the home teacher, and the principal's own lesson shown in school."""
    things = world.things
    if "case" not in things:
        programme = load_programme("2017", shift_to=timezone.localdate())
        teacher, author = world.people["teacher_home"], world.people["principal_home"]
        enrolment = make_enrolment(
            programme, user=teacher, school=teacher.school, subject="chinese"
        )
        pool = make_outstanding(programme, school=world.away_school)
        things["case"] = assign(enrolment, pool)
        things["review"] = begin_case_review(things["case"])
        things["shown"] = make_lesson(
            programme, teacher=author, school=world.home_school, state="shown"
        )
        record(things["shown"])
        show_in_school(things["shown"], by=author)
        things["talk"] = pin_comment(
            things["shown"].recordings.first(), author=teacher, second=9, text="板书清楚"
        )
    return {}


def thing(name):
    def build(world):
        year(world)
        return {"pk": world.things[name].pk}

    return build


def received(world):
    """A colleague's review that was sent."""
    year(world)
    review = begin_colleague_review(world.things["shown"], world.people["teacher_home"])
    type(review).objects.filter(pk=review.pk).update(state=ReviewState.SENT, sent_at=timezone.now())
    return {"pk": review.pk}


def plan(world):
    """The drawn lesson's plan."""
    year(world)
    case = world.things["case"]
    if "plan" not in world.things:
        lesson = case.lesson.lesson
        world.things["plan"] = lesson.materials.create(
            kind="plan",
            file=ContentFile(b"PK", name="plan.docx"),
            name="plan.docx",
            size_bytes=2,
            sha256="0" * 64,
            added_by=lesson.teacher,
        )
    return {"pk": case.pk, "file": world.things["plan"].pk}


def draft(world):
    return {"revision": world.things["review"].revision, "text": "先写几句"}


def remark(world):
    return {"second": "0:10", "text": "此处可以再等一等"}


ROWS = [
    Row("lessons:cases", SIGNED_IN, build=year),
    Row("lessons:review", REVIEWER, build=thing("case")),
    Row("lessons:review", REVIEWER, build=thing("case"), method="post", data=draft),
    Row("lessons:case_material", REVIEWER, build=plan),
    Row("lessons:review_save", REVIEWER, build=thing("review"), method="post", data=draft),
    Row("lessons:pin_to_review", REVIEWER, build=thing("review"), method="post", data=remark),
    Row("lessons:pin_to_lesson", TALKERS, build=thing("shown"), method="post", data=remark),
    Row("lessons:unpin", REVIEWER, build=thing("talk"), method="post"),
    Row("lessons:observe", OBSERVERS, build=thing("shown")),
    Row("lessons:observe", OBSERVERS, build=thing("shown"), method="post", data=draft),
    Row("lessons:reviews", KEEPERS, build=thing("shown")),
    Row("lessons:review_useful", AUTHOR, build=received, method="post"),
    Row(
        "lessons:review_answer",
        AUTHOR,
        build=received,
        method="post",
        data=lambda world: {"text": "谢谢您的建议"},
    ),
]
