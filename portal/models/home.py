from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from courses.models import CoursePage
from lessons.models import Lesson
from portal.models.bilingual import BilingualPage
from portal.models.news import NewsPage
from portal.year import year_lines
from programmes.models import Phase

TEASER_COURSES = 3
TEASER_LESSONS = 3
TEASER_NEWS = 4


class HomePage(BilingualPage):
    """The public front door: what this is, where the year stands, what one can study."""

    headline = models.CharField(_("headline"), max_length=60)
    headline_second = models.CharField(_("second line"), max_length=60, blank=True)
    text = models.TextField(_("text"), max_length=300)
    headline_en = models.CharField(_("English headline"), max_length=100, blank=True)
    headline_second_en = models.CharField(_("English second line"), max_length=100, blank=True)
    text_en = models.TextField(_("English text"), max_length=500, blank=True)

    max_count = 1
    parent_page_types = ["wagtailcore.Page"]
    template = "portal/home.html"
    content_panels = [
        *BilingualPage.content_panels,
        FieldPanel("headline"),
        FieldPanel("headline_second"),
        FieldPanel("text"),
        MultiFieldPanel(
            [
                FieldPanel("headline_en"),
                FieldPanel("headline_second_en"),
                FieldPanel("text_en"),
            ],
            heading=_("English"),
        ),
    ]

    class Meta:
        verbose_name = _("home page")

    def get_context(self, request, *args, **kwargs):
        phases = Phase.objects.filter(programme__is_current=True)
        courses = CoursePage.objects.live().filter(course__is_open=True)
        lessons = Lesson.objects.visible_to(AnonymousUser()).filter(recordings__number=1)
        news = NewsPage.objects.live().order_by("-published_on", "-pk")
        return super().get_context(request, *args, **kwargs) | {
            "year": year_lines(phases, today=timezone.localdate()),
            "courses": courses.select_related("course").order_by("-pk")[:TEASER_COURSES],
            "lessons": lessons.select_related("teacher", "school").order_by("-pk")[:TEASER_LESSONS],
            "news": news[:TEASER_NEWS],
        }
