"""Pages become rows when editors act; work becomes hours when teachers and markers do."""

from django.db.models.signals import post_delete
from django.dispatch import receiver
from wagtail.signals import page_published, page_unpublished, post_page_move

from courses.domain.completion import (
    settle_course,
    settle_passed,
    settle_people,
    settle_unit,
)
from courses.domain.projection import close_course, close_module, project_course
from courses.models import Course, CoursePage, Module, ModulePage
from courses.signals import homework_accepted, test_passed
from programmes.domain.rulepacks import rule_pack_of
from programmes.models import Programme
from programmes.queries import current_programme
from programmes.signals import enrolment_changed
from videos.signals import unit_studied


@receiver(page_published, sender=CoursePage)
@receiver(page_unpublished, sender=CoursePage)
def project_page(instance, revision=None, **kwargs):
    project_course(instance, by=getattr(revision, "user", None))


@receiver(page_published, sender=ModulePage)
@receiver(page_unpublished, sender=ModulePage)
def project_parent(instance, revision=None, **kwargs):
    _project_below(instance.get_parent(), by=getattr(revision, "user", None))


@receiver(post_page_move, sender=ModulePage)
def project_both_parents(parent_page_before, parent_page_after, **kwargs):
    for parent in {parent_page_before, parent_page_after}:
        _project_below(parent, by=None)


@receiver(post_delete, sender=CoursePage)
def close_deleted_course(instance, **kwargs):
    for course in Course.objects.filter(key=instance.translation_key):
        close_course(course)


@receiver(post_delete, sender=ModulePage)
def close_deleted_module(instance, **kwargs):
    for module in Module.objects.filter(key=str(instance.translation_key)):
        close_module(module)


def _project_below(parent, *, by):
    """A module's news matter once its course is published; until then there is no row."""
    page = parent.specific
    if isinstance(page, CoursePage) and page.live:
        project_course(page, by=by)


@receiver(unit_studied)
def settle_studied_unit(
    user_id, unit_id, watched_seconds, length_seconds, needed_percent=0, **kwargs
):
    """Costs nothing while the page's own bar is not reached; then the year's coverage decides."""
    if watched_seconds * 100 < length_seconds * needed_percent:
        return
    programme = current_programme()
    if programme is None:
        return
    if watched_seconds * 100 >= length_seconds * rule_pack_of(programme).coverage_percent:
        settle_unit(user_id, unit_id, programme)


@receiver(test_passed)
def settle_tested_courses(passed, **kwargs):
    settle_passed(passed)


@receiver(homework_accepted)
def settle_marked_course(submission, **kwargs):
    settle_course(submission.user, submission.homework.course, submission.programme)


@receiver(enrolment_changed)
def settle_changed_people(programme_id, user_ids, what, **kwargs):
    """A correction pushes other courses at once; what was studied of them counts (R11)."""
    if what != "entered":
        settle_people(user_ids, Programme.objects.get(pk=programme_id))
