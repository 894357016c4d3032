from django.core.paginator import Paginator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from portal.models.bilingual import ArticlePage, BilingualPage

NEWS_PER_PAGE = 20


class NewsIndexPage(BilingualPage):
    """All news, the newest first."""

    max_count = 1
    parent_page_types = ["portal.HomePage"]
    subpage_types = ["portal.NewsPage"]
    template = "portal/news_index.html"

    class Meta:
        verbose_name = _("news index")

    def get_context(self, request, *args, **kwargs):
        pages = NewsPage.objects.child_of(self).live().order_by("-published_on", "-pk")
        found = Paginator(pages, NEWS_PER_PAGE).get_page(request.GET.get("page"))
        return super().get_context(request, *args, **kwargs) | {"found": found}


class NewsPage(ArticlePage):
    """One piece of news."""

    published_on = models.DateField(_("date"), default=timezone.localdate)

    parent_page_types = ["portal.NewsIndexPage"]
    subpage_types: list[str] = []
    template = "portal/news.html"
    content_panels = [
        *BilingualPage.content_panels,
        FieldPanel("published_on"),
        *ArticlePage.content_panels[len(BilingualPage.content_panels) :],
    ]

    class Meta:
        verbose_name = _("news page")
