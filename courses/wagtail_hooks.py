from django.contrib import messages
from django.utils.translation import gettext as _
from wagtail import hooks

from courses.models import CoursePage, ModulePage
from courses.queries.modules import module_lines, study_minutes
from courses.viewsets import video_chooser
from programmes.domain.rulepacks import rule_pack_of
from programmes.queries import current_programme


@hooks.register("register_admin_viewset")
def register_video_chooser():
    return video_chooser


@hooks.register("after_publish_page")
def tell_about_study_time(request, page):
    """A warning, not a refusal: tests, homework and reading again take time that no clock sees."""
    if isinstance(page, ModulePage):
        page = page.get_parent().specific
    programme = current_programme()
    course = CoursePage.objects.get(pk=page.pk).course if isinstance(page, CoursePage) else None
    if course is None or programme is None:
        return
    minutes = study_minutes(module_lines(course, None))
    needed = int(course.class_hours * rule_pack_of(programme).class_hour_minutes)
    if minutes < needed:
        messages.warning(
            request,
            _(
                "The modules take %(minutes)s minutes, but %(hours)s class hours are %(needed)s "
                "minutes: add content or lower the hours."
            )
            % {"minutes": minutes, "hours": f"{course.class_hours:g}", "needed": needed},
        )
