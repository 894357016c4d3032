from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from portal.models.bilingual import ArticlePage, BilingualPage


class Audience(models.TextChoices):
    TEACHERS = "teachers", _("For teachers")
    OFFICERS = "officers", _("For schools and bureaus")
    EVERYBODY = "everybody", _("For everybody")


class HelpIndexPage(BilingualPage):
    """All help, by whom it is for."""

    max_count = 1
    parent_page_types = ["portal.HomePage"]
    subpage_types = ["portal.HelpPage"]
    template = "portal/help_index.html"

    class Meta:
        verbose_name = _("help index")

    def get_context(self, request, *args, **kwargs):
        pages = list(HelpPage.objects.child_of(self).live().order_by("path"))
        groups = [
            (audience.label, [page for page in pages if page.audience == audience])
            for audience in Audience
        ]
        found = [(label, group) for label, group in groups if group]
        return super().get_context(request, *args, **kwargs) | {"groups": found}


class HelpPage(ArticlePage):
    """The answer to one question."""

    audience = models.CharField(
        _("for whom"), max_length=12, choices=Audience, default=Audience.TEACHERS
    )

    parent_page_types = ["portal.HelpIndexPage"]
    subpage_types: list[str] = []
    template = "portal/help.html"
    content_panels = [
        *BilingualPage.content_panels,
        FieldPanel("audience"),
        *ArticlePage.content_panels[len(BilingualPage.content_panels) :],
    ]

    class Meta:
        verbose_name = _("help page")
