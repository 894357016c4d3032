from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.search import index

from courses.models.course import Course
from programmes.enums import Category, Stage

GOAL_FEATURES = ["bold", "ol", "ul", "link"]


class PointsToRow:
    """A page that points to its counted row; old revisions and copies do not carry it away."""

    row_field: str

    def with_content_json(self, content):
        page = super().with_content_json(content)
        setattr(page, f"{self.row_field}_id", getattr(self, f"{self.row_field}_id"))
        return page


class CourseIndexPage(Page):
    """The public course catalogue."""

    introduction = models.CharField(_("introduction"), max_length=300, blank=True)

    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    subpage_types = ["courses.CoursePage"]
    template = "courses/pages/index.html"

    class Meta:
        verbose_name = _("course catalogue")


class CoursePage(PointsToRow, Page):
    """What is written about a course. Publishing it projects the counted row ``course``."""

    row_field = "course"

    course = models.OneToOneField(
        Course, models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    category = models.CharField(max_length=10, choices=Category, default=Category.ELECTIVE)
    part = models.CharField(
        _("counts for"),
        max_length=24,
        help_text=_("The part of the yearly requirement that this course fills."),
    )
    topic = models.CharField(
        _("topic"),
        max_length=40,
        blank=True,
        help_text=_("For electives: the topic under which schools and teachers find it."),
    )
    stages = ArrayField(
        models.CharField(max_length=12, choices=Stage),
        default=list,
        blank=True,
        verbose_name=_("stages"),
        help_text=_("None chosen: the course is for every stage."),
    )
    subjects = ArrayField(
        models.CharField(max_length=30),
        default=list,
        blank=True,
        verbose_name=_("subjects"),
        help_text=_("None chosen: the course is for every subject."),
    )
    class_hours = models.DecimalField(
        _("class hours"),
        max_digits=4,
        decimal_places=1,
        validators=[MinValueValidator(1)],
        help_text=_("Fixed as soon as a teacher has chosen the course or studied in it."),
    )
    has_test = models.BooleanField(
        _("ends with a test"),
        default=True,
        help_text=_("The questions are kept in the course's question bank."),
    )
    homework_prompt = models.TextField(
        _("homework"),
        blank=True,
        max_length=2000,
        help_text=_("What teachers hand in; a marker reads it. Empty: the course has no homework."),
    )
    summary = models.CharField(
        _("in one sentence"),
        max_length=120,
        help_text=_("Shown in the catalogue under the title: what one can do afterwards."),
    )
    goals = RichTextField(
        _("goals"),
        features=GOAL_FEATURES,
        blank=True,
        help_text=_("What a teacher knows and can do after the course, three to five points."),
    )
    lecturer = models.CharField(
        _("lecturer"),
        max_length=80,
        blank=True,
        help_text=_("Name and institution."),
    )
    about_lecturer = models.TextField(_("about the lecturer"), blank=True, max_length=600)

    search_fields = [*Page.search_fields, index.SearchField("summary")]
    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("goals"),
        MultiFieldPanel([FieldPanel("lecturer"), FieldPanel("about_lecturer")], _("Lecturer")),
        MultiFieldPanel(
            [
                FieldPanel("part"),
                FieldPanel("topic"),
                FieldPanel("class_hours"),
                FieldPanel("stages"),
                FieldPanel("subjects"),
                FieldPanel("has_test"),
                FieldPanel("homework_prompt"),
            ],
            _("What it counts"),
        ),
    ]
    parent_page_types = ["courses.CourseIndexPage"]
    subpage_types = ["courses.ModulePage"]
    exclude_fields_in_copy = ["course"]
    template = "courses/pages/course.html"

    class Meta:
        verbose_name = _("course")
