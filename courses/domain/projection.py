"""From what is written to what is counted: pages are projected into plain rows."""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from core.domain.audit import record_act
from core.errors import DomainError
from courses.domain.reading import page_reading_seconds
from courses.models import (
    Course,
    CourseChoice,
    CoursePage,
    Homework,
    Module,
    ModuleCompletion,
    ModulePage,
)
from courses.policy import RESERVED_CODES
from videos.domain.units import reading_unit
from videos.enums import UnitKind, VideoState
from videos.models import StudyUnit

COUNTED = ("category", "part", "topic", "class_hours", "has_test")


class VideoNotReady(DomainError):
    message = _(
        "The video of “%(module)s” is not ready to play; publish again when it has been prepared."
    )


class CourseAlreadyCounted(DomainError):
    message = _(
        "Teachers have already chosen or studied “%(course)s”, so its hours, part, topic, test and "
        "homework stay as they are; make a new course for a new edition."
    )


@transaction.atomic
def project_course(page: CoursePage, *, by=None) -> Course | None:
    """Bring the rows ``Course`` and ``Module`` in line with the published page and modules.

    Safe to repeat. A course is on offer while its page is published with at least one module;
    unpublishing closes the rows, nothing is ever deleted. The page stays
    locked meanwhile, so two editors' publications follow one another.

    Raises: CourseAlreadyCounted when what is counted would change under teachers who
    chose or studied the course; VideoNotReady when a module's recording cannot be played.
    """
    page = CoursePage.objects.select_for_update(no_key=True).get(pk=page.pk)
    course = Course.objects.filter(key=page.translation_key).first()
    if not page.live:
        _set_open(course, False, by=by)
        return course
    course = course or Course(key=page.translation_key, code=free_code(page), is_open=False)
    refuse_recount(course, page)
    for name in (*COUNTED, "stages", "subjects", "has_test"):
        setattr(course, name, getattr(page, name))
    course.title, course.has_homework = page.title[:120], asks_homework(page)
    course.save()
    if course.has_homework:
        Homework.objects.update_or_create(course=course, defaults={"prompt": page.homework_prompt})
    if page.course_id != course.pk:
        CoursePage.objects.filter(pk=page.pk).update(course=course)
    modules = _project_modules(page, course)
    _set_open(course, bool(modules), by=by)
    return course


def refuse_recount(course: Course, page: CoursePage) -> None:
    """Refuse to change what is counted of a course that somebody chose or studied.

    Raises: CourseAlreadyCounted.
    """
    changed = any(getattr(course, name) != getattr(page, name) for name in COUNTED)
    changed = changed or course.has_homework != asks_homework(page)
    if course.pk is not None and changed and is_counted(course):
        raise CourseAlreadyCounted(course=course.title)


def asks_homework(page: CoursePage) -> bool:
    return bool(page.homework_prompt.strip())


def is_counted(course: Course) -> bool:
    """Whether a teacher chose the course or studied a module of it."""
    return (
        CourseChoice.objects.filter(course=course).exists()
        or ModuleCompletion.objects.filter(module__course=course).exists()
    )


def close_course(course: Course, *, by=None) -> None:
    """Withdraw a course whose page is gone; what was earned stays. Safe to repeat."""
    with transaction.atomic():
        _set_open(Course.objects.select_for_update(no_key=True).get(pk=course.pk), False, by=by)


def close_module(module: Module) -> None:
    """Take a module whose page is gone out of its course. Safe to repeat."""
    Module.objects.filter(pk=module.pk).update(is_open=False)


def free_code(page: CoursePage) -> str:
    """The course's lasting code: the page's first slug, if it is Latin and not yet taken."""
    code = slugify(page.slug)[:36].strip("-")
    taken = code in RESERVED_CODES or Course.objects.filter(code=code).exists()
    return f"{code or 'course'}-{page.pk}" if taken or not code else code


def _set_open(course: Course | None, is_open: bool, *, by) -> None:
    if course is None or course.is_open == is_open:
        return
    course.is_open = is_open
    course.save(update_fields=["is_open"])
    states = ("open", "closed") if not is_open else ("closed", "open")
    verb = "courses.open_course" if is_open else "courses.close_course"
    record_act(verb, course, by=by, from_state=states[0], to_state=states[1])


def _project_modules(page: CoursePage, course: Course) -> list[Module]:
    pages = list(
        ModulePage.objects.child_of(page).live().order_by("path").select_related("module__unit")
    )
    known = {module.key: module for module in course.modules.select_related("unit")}
    shown = [
        _project_module(course, child, position, known.get(str(child.translation_key)))
        for position, child in enumerate(pages, start=1)
    ]
    gone = Module.objects.filter(Q(course=course), ~Q(pk__in=[module.pk for module in shown]))
    gone.filter(is_open=True).update(is_open=False)
    return shown


def _project_module(
    course: Course, page: ModulePage, position: int, known: Module | None
) -> Module:
    before = known or page.module  # a page moved here brings its unit, so its readers' seconds
    module = known or Module(course=course, key=str(page.translation_key))
    if not module.is_open:
        module.is_open, module.open_since = True, timezone.now()
    module.title, module.position = page.title[:120], position
    module.unit = unit_of(page, before.unit if before else None)
    module.save()
    if page.module_id != module.pk:
        ModulePage.objects.filter(pk=page.pk).update(module=module)
    return module


def unit_of(page: ModulePage, unit: StudyUnit | None) -> StudyUnit:
    """What is studied in the module: its video, else the text with its reading time.

    Raises: VideoNotReady.
    """
    video = next((block.value for block in page.body if block.block_type == "video"), None)
    if video is not None:
        if video.state != VideoState.READY:
            raise VideoNotReady(module=page.title)
        return video.unit
    own = unit if unit is not None and unit.kind == UnitKind.READING else None
    return reading_unit(page.title, page_reading_seconds(page), unit=own)
