from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from portal.blocks import BodyBlocks


class BilingualPage(Page):
    """A page written in Chinese that may carry its English beside it.

    An English reader of a page without English sees the Chinese, marked as such.
    """

    title_en = models.CharField(_("English title"), max_length=160, blank=True)

    content_panels = [*Page.content_panels, FieldPanel("title_en")]

    class Meta:
        abstract = True

    @property
    def in_english(self) -> bool:
        """Whether the reader wants English and the page has it."""
        return get_language() == "en" and bool(self.title_en)

    @property
    def language(self) -> str:
        return "en" if self.in_english else "zh-Hans"

    @property
    def local_title(self) -> str:
        return self.title_en if self.in_english else self.title


class ArticlePage(BilingualPage):
    """A page with a body to read."""

    body = StreamField(BodyBlocks(), verbose_name=_("body"), blank=True)
    body_en = StreamField(BodyBlocks(required=False), verbose_name=_("English body"), blank=True)

    content_panels = [
        *BilingualPage.content_panels,
        FieldPanel("body"),
        MultiFieldPanel([FieldPanel("body_en")], heading=_("English"), classname="collapsed"),
    ]

    class Meta:
        abstract = True

    @property
    def local_body(self):
        return self.body_en if self.in_english else self.body
