"""The editors' form of a course: what it counts is chosen from the year's rule pack."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm

from courses.domain.projection import COUNTED, CourseAlreadyCounted, is_counted
from programmes.domain.rulepacks import rule_pack_of
from programmes.enums import Category, Stage
from programmes.queries import current_programme

COURSE_SOURCES = ("course", "elective")


class CoursePageForm(WagtailAdminPageForm):
    part = forms.ChoiceField(label=_("counts for"))
    topic = forms.ChoiceField(label=_("topic"), required=False)
    stages = forms.MultipleChoiceField(
        label=_("stages"),
        choices=Stage,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: the course is for every stage."),
    )
    subjects = forms.MultipleChoiceField(
        label=_("subjects"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: the course is for every subject."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        programme = current_programme()
        self.pack = rule_pack_of(programme) if programme else None
        if self.pack is not None:
            self._offer(self.pack)

    def _offer(self, pack):
        parts = [part for part in pack.parts if part.source in COURSE_SOURCES]
        self.fields["part"].choices = [(part.key, part.title) for part in parts]
        self.fields["part"].help_text = _(
            "The part of the yearly requirement that this course fills."
        )
        topics = [(topic.key, topic.title) for topic in pack.topics]
        self.fields["topic"].choices = [("", _("none (required courses)")), *topics]
        self.fields["topic"].help_text = _(
            "For electives: the topic under which schools and teachers find it."
        )
        self.fields["subjects"].choices = self._subjects()

    def _subjects(self):
        """Every subject of the year once, in the order of the stages."""
        known = {
            subject.key: subject.title
            for subjects in self.pack.stage_subjects.values()
            for subject in subjects
        }
        return list(known.items())

    def clean(self):
        data = super().clean()
        part = self.pack.part(data.get("part", "")) if self.pack else None
        if part is None:
            return data
        self.instance.category = part.category
        topic = self.pack.topic(data.get("topic", ""))
        if part.category == Category.REQUIRED and topic:
            self.add_error("topic", _("A required course has no topic; take it out."))
        if part.category == Category.ELECTIVE:
            self._check_topic(topic, data)
        self._check_counted(part, data)
        return data

    def _check_topic(self, topic, data):
        if topic is None:
            self.add_error("topic", _("An elective belongs to a topic; choose one."))
            return
        wanted = set(data.get("stages") or topic.stages)
        if not wanted <= set(topic.stages):
            self.add_error(
                "stages", _("This topic is not offered to all of these stages; change one of them.")
            )

    def _check_counted(self, part, data):
        course = self.instance.course
        if course is None:
            return
        now = {**data, "category": part.category}
        changed = [name for name in COUNTED if getattr(course, name) != now.get(name)]
        if course.has_homework != bool(data.get("homework_prompt", "").strip()):
            changed.append("homework_prompt")
        if changed and is_counted(course):
            field = "part" if changed[0] == "category" else changed[0]
            self.add_error(field, str(CourseAlreadyCounted(course=course.title)))
