from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from accounts.domain.cms_rights import is_editor
from courses.blocks import ModuleBody
from courses.models.course import Module
from courses.models.course_page import PointsToRow


class ModulePage(PointsToRow, Page):
    """What is written in a module. Publishing it projects the counted row ``module``.

    It has no public address: it is read on the site's own study page, on the clock. Editors
    see it as it is published.
    """

    row_field = "module"

    module = models.OneToOneField(
        Module, models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    body = StreamField(ModuleBody(), verbose_name=_("content"))
    reading_minutes = models.PositiveSmallIntegerField(
        _("reading time in minutes"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(180)],
        help_text=_(
            "Leave empty to compute it from the text, 300 characters a minute. "
            "A module with a video is counted by the video's length."
        ),
    )

    content_panels = [*Page.content_panels, FieldPanel("body"), FieldPanel("reading_minutes")]
    parent_page_types = ["courses.CoursePage"]
    subpage_types: list[str] = []
    exclude_fields_in_copy = ["module"]
    preview_template = template = "courses/pages/module.html"

    class Meta:
        verbose_name = _("module")

    def serve(self, request, *args, **kwargs):
        if request.user.is_authenticated and is_editor(request.user):
            return super().serve(request, *args, **kwargs)
        module = self.module
        if module is None:
            return redirect(self.get_parent().url)
        return redirect("courses:module", code=module.course.code, pk=module.pk)
