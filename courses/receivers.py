"""What happens to the counted rows when an editor publishes, withdraws, moves or deletes."""

from django.db.models.signals import post_delete
from django.dispatch import receiver
from wagtail.signals import page_published, page_unpublished, post_page_move

from courses.domain.projection import close_course, close_module, project_course
from courses.models import Course, CoursePage, Module, ModulePage


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
