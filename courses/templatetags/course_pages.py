"""What the public course pages show beside their own text: ``{% load course_pages %}``.

A page in Wagtail knows only what is written; what is counted is read here.
"""

from django import template
from django.core.paginator import Paginator

from courses.models import CoursePage
from courses.permissions import can_study
from courses.queries.modules import module_lines, study_minutes
from programmes.domain.rulepacks import rule_pack_of
from programmes.enums import Category, Stage
from programmes.queries import current_programme

register = template.Library()
PER_PAGE = 24


@register.simple_tag(takes_context=True)
def catalogue(context, index) -> dict:
    """The published courses below ``index``, filtered as the address says."""
    query = context["request"].GET
    wanted = {name: query.get(name, "") for name in ("stage", "topic", "category")}
    pages = CoursePage.objects.live().child_of(index).filter(course__is_open=True)
    if wanted["stage"] in Stage.values:
        pages = pages.filter(course__stages__contains=[wanted["stage"]]) | pages.filter(
            course__stages=[]
        )
        pages = pages.filter(course__topic__in=["", *topics_for(wanted["stage"])])
    if wanted["topic"]:
        pages = pages.filter(course__topic=wanted["topic"])
    if wanted["category"] in Category.values:
        pages = pages.filter(course__category=wanted["category"])
    pages = pages.select_related("course").order_by("course__category", "course__topic", "title")
    pack = pack_now()
    return {
        "page": Paginator(pages, PER_PAGE).get_page(query.get("page")),
        "wanted": wanted,
        "stages": Stage.choices,
        "categories": Category.choices,
        "topics": list(pack.topics) if pack else [],
        "titles": topic_titles(),
    }


@register.simple_tag(takes_context=True)
def presentation(context, page) -> dict:
    """The counted side of a course page, and whether the reader may study it now."""
    course, user = page.course, context["request"].user
    if course is None:
        return {"modules": [], "minutes": 0, "mine": False}
    modules = module_lines(course, None)
    pack = pack_now()
    return {
        "course": course,
        "modules": modules,
        "minutes": study_minutes(modules),
        "mine": user.is_authenticated and can_study(user, course),
        "topic": topic_titles().get(course.topic, ""),
        "part": pack.part(course.part) if pack else None,
        "stages": [Stage(stage).label for stage in course.stages],
    }


def pack_now():
    programme = current_programme()
    return rule_pack_of(programme) if programme else None


def topic_titles() -> dict[str, str]:
    pack = pack_now()
    return {topic.key: topic.title for topic in pack.topics} if pack else {}


def topics_for(stage: str) -> list[str]:
    pack = pack_now()
    return [topic.key for topic in pack.topics_of(stage)] if pack else []
