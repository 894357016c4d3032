from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from videos.enums import VideoState
from videos.models import Video


class NationalLessonForm(forms.Form):
    """The particulars of a national lesson; ``lesson`` is the one to be changed."""

    title = forms.CharField(label=_("Lesson"), max_length=120)
    teacher_name = forms.CharField(label=_("Teacher"), max_length=40)
    school_name = forms.CharField(label=_("School"), max_length=120)
    grade = forms.CharField(label=_("Grade"), max_length=40, required=False)
    edition = forms.CharField(label=_("Textbook edition"), max_length=60, required=False)
    video = forms.ModelChoiceField(
        label=_("Recording"),
        queryset=Video.objects.none(),
        required=False,
        help_text=_("Upload it among the videos first; it may also follow later."),
    )
    commentator = forms.CharField(label=_("Expert"), max_length=80)
    commentary = forms.CharField(
        label=_("Expert's commentary"),
        max_length=60_000,
        widget=forms.Textarea(attrs={"rows": 12, "data-rich": True}),
        help_text=_("Its reading time counts on the study clock."),
    )

    def __init__(self, *args, lesson=None, **kwargs):
        super().__init__(*args, **kwargs)
        free = Q(national_lesson=None, lesson_recording=None, unit__modules=None)
        mine = Q(pk=lesson.video_id) if lesson and lesson.video_id else Q(pk=None)
        videos = Video.objects.exclude(state=VideoState.FAILED).filter(free | mine)
        self.fields["video"].queryset = videos.order_by("-added_at").distinct()


class WhyForm(forms.Form):
    why = forms.CharField(label=_("Reason"), max_length=200)
