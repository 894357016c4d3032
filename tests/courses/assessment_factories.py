"""Questions, papers and homework for tests."""

from django.utils import timezone

from courses.domain.questions import add_question
from courses.models import Course
from courses.models.homework import Homework
from programmes.domain.rulepacks import load_programme
from programmes.enums import Category, EnrolmentState
from programmes.models import Enrolment
from tests.factories import UserFactory, make_branch


def make_course(code="policy", **fields):
    fields = {
        "title": "教育政策与法律法规",
        "part": "policy",
        "category": Category.REQUIRED,
        "class_hours": 2,
    } | fields
    return Course.objects.create(code=code, **fields)


def make_bank(course, singles=10):
    """A bank of single-choice questions whose right option is always the second as written."""
    return [
        add_question(
            course,
            {
                "kind": "single",
                "stem": f"题目 {number}",
                "options": ["甲", "乙", "丙", "丁"],
                "answer": [1],
                "explanation": "因为乙对。",
            },
            by=None,
        )
        for number in range(singles)
    ]


def right_answers(attempt):
    """What a teacher who knows everything ticks: {position: [shown positions]}."""
    return {
        item.position: [
            str(shown)
            for shown, option in enumerate(item.option_order)
            if option in item.version.answer
        ]
        or [item.version.answer[0]]
        for item in attempt.items.select_related("version")
    }


def make_homework(course, **fields):
    fields = {"prompt": "谈谈您的做法。", "minimum_characters": 20} | fields
    return Homework.objects.create(course=course, **fields)


def make_programme():
    return load_programme("2017")


def make_enrolment(programme, **fields):
    school = make_branch()[-1]
    user = UserFactory(school=school)
    fields = {
        "stage": "primary",
        "subject": "mathematics",
        "school": school,
        "state": EnrolmentState.APPROVED,
        "approved_at": timezone.now(),
    } | fields
    return Enrolment.objects.create(programme=programme, user=user, **fields)
