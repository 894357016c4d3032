"""What is typed about trainings and seminars."""

from datetime import datetime
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisations.enums import Level
from programmes.enums import Stage
from workshops.domain.gatherings.announcing import Plan
from workshops.enums.gatherings import Presence
from workshops.forms.host import Day
from workshops.forms.talk import FilesField
from workshops.policy import GATHERING_LIMIT, TITLE_LENGTH


class Clock(forms.TimeInput):
    input_type = "time"

    def __init__(self):
        super().__init__(format="%H:%M")


class TimesForm(forms.Form):
    """A day, from one time to another."""

    day = forms.DateField(label=_("Day"), widget=Day)
    begins = forms.TimeField(label=_("Begins at"), widget=Clock)
    ends = forms.TimeField(label=_("Ends at"), widget=Clock)

    def times(self):
        """``begins_at`` and ``ends_at`` on the server's clock."""
        given, zone = self.cleaned_data, timezone.get_current_timezone()
        return {
            f"{name}_at": datetime.combine(given["day"], given[name], zone)
            for name in ("begins", "ends")
        }


def initial_times(meeting):
    """What a form shows of the times that hold."""
    begins, ends = timezone.localtime(meeting.begins_at), timezone.localtime(meeting.ends_at)
    return {"day": begins.date(), "begins": begins.time(), "ends": ends.time()}


class MoveMeetingForm(TimesForm):
    place = forms.CharField(label=_("Venue"), max_length=120)


class SeminarForm(TimesForm):
    """What a host announces."""

    field_order = ["title", "day", "begins", "ends", "place", "capacity", "about", "files"]
    token = forms.UUIDField(widget=forms.HiddenInput)
    activity = forms.UUIDField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(label=_("What it is about"), max_length=TITLE_LENGTH)
    place = forms.CharField(
        label=_("Venue"), max_length=120, help_text=_("Online: the name of the room in which.")
    )
    capacity = forms.IntegerField(
        label=_("Places"),
        required=False,
        min_value=1,
        max_value=GATHERING_LIMIT,
        help_text=_("Empty: as many as come. When all are taken, people wait and move up."),
    )
    about = forms.CharField(
        label=_("Agenda"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    files = FilesField(
        label=_("Files"),
        required=False,
        help_text=_("PDF, Word, PowerPoint, Excel, JPEG or PNG; up to 5 files of 20 MB."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("token", uuid4())

    def plan(self):
        given = dict(self.cleaned_data)
        for name in ("day", "begins", "ends", "files", "activity"):
            given.pop(name, None)
        return Plan(**self.times(), **given)


class TrainingForm(SeminarForm):
    """What an office announces, and to whom."""

    field_order = [
        *("title", "day", "begins", "ends", "place", "level", "field"),
        *("capacity", "class_hours", "about"),
    ]
    files = None  # a training hands its papers out on the spot
    activity = None  # and carries out no workshop's plan
    level = forms.TypedChoiceField(
        label=_("Hosts of the workshops of"), required=False, coerce=int, empty_value=None
    )
    field = forms.ChoiceField(label=_("Stage and subject"), required=False)
    class_hours = forms.DecimalField(
        label=_("Class hours"),
        required=False,
        min_value=0,
        max_value=99,
        decimal_places=1,
        help_text=_("For the host's record of trainings; they are no hours of the year's study."),
    )

    def __init__(self, unit, subjects, *args, **kwargs):
        super().__init__(*args, **kwargs)
        below = [one for one in Level if unit.level <= one < Level.SCHOOL]
        self.fields["level"].choices = [
            ("", _("all levels")),
            *((one.value, one.label) for one in below),
        ]
        stages = [(f"subject:{one.value}:", one.label) for one in Stage]
        groups = [(name, [(f"{key}", title) for key, title in pairs]) for name, pairs in subjects]
        self.fields["field"].choices = [("", _("all")), (_("A whole stage"), stages), *groups]

    def plan(self):
        given = self.cleaned_data
        _kind, stage, subject = (given.pop("field") or "::").split(":")
        given |= {"stage": stage, "subject": subject}
        given["class_hours"] = given["class_hours"] or 0
        return super().plan()


class CapacityForm(forms.Form):
    capacity = forms.IntegerField(
        label=_("Places"),
        required=False,
        min_value=1,
        max_value=GATHERING_LIMIT,
        help_text=_("Empty: as many as come. Who waits moves up into new places."),
    )


class CancelForm(forms.Form):
    why = forms.CharField(label=_("Reason"), max_length=200)


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code on the screen"),
        max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


class MinutesForm(forms.Form):
    minutes = forms.CharField(
        label=_("What was done and said"), max_length=8000, widget=forms.Textarea(attrs={"rows": 8})
    )
    files = FilesField(
        label=_("Pictures and files"),
        required=False,
        help_text=_(
            "Up to 5 at a time, 20 MB each. Show no child's face without the parents' yes."
        ),
    )


class ListForm(forms.Form):
    """One select per person; what is left empty is left as it stands."""

    def __init__(self, people, *args, **kwargs):
        super().__init__(*args, **kwargs)
        choices = [("", _("not entered")), *Presence.choices]
        for one in people:
            attendee, attendance = one["attendee"], one["attendance"]
            self.fields[f"p{attendee.pk}"] = forms.ChoiceField(
                label=attendee.user.real_name,
                choices=choices,
                required=False,
                initial=attendance.presence if attendance else "",
            )

    def told(self):
        """Attendee's key to presence, of those for whom something was chosen."""
        return {int(name[1:]): value for name, value in self.cleaned_data.items() if value}


class QuotaForm(forms.Form):
    quota = forms.IntegerField(
        label=_("Places that the national training gives"),
        required=False,
        min_value=1,
        max_value=30_000,
        help_text=_("If known: the list marks how far they reach."),
    )
