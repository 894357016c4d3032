"""The draft of a review whose lesson was replaced."""

from django.utils import timezone

from lessons.models import CaseAssignment
from tests.browser.pages import Look
from tests.matrix import rows_reviews


def replaced(world):
    rows_reviews.year(world)
    case, review = world.things["case"], world.things["review"]
    review.text = "<p>导入自然，板书清楚；练习的节奏可以再慢一点。</p>"
    review.levels = {
        line["key"]: {"level": 3, "reason": "学生有思考和表达的时间。"}
        for line in review.rubric.lines[:2]
    }
    review.save()
    CaseAssignment.objects.filter(pk=case.pk).update(
        replaced_at=timezone.now(), why_replaced="withdrawn"
    )
    return f"/lessons/cases/{case.pk}/"


MORE = [
    Look("review of a replaced lesson", replaced, "teacher_home"),
    Look("review of a replaced lesson in English", replaced, "teacher_home", language="en"),
]
