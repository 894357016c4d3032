from django import forms
from django.utils.translation import gettext_lazy as _

from workshops.enums.hosting import Qualification
from workshops.forms.host import Day
from workshops.policy import HOSTS_A_TOPIC, REASON_LENGTH, STATEMENT_LENGTH, TITLE_LENGTH


class CallForm(forms.Form):
    """Title, text, three days, and for each topic of the year how many hosts are sought."""

    title = forms.CharField(label=_("Title"), max_length=TITLE_LENGTH)
    text = forms.CharField(
        label=_("What hosts do and whom you look for"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    opens_on = forms.DateField(label=_("First day"), widget=Day)
    closes_on = forms.DateField(
        label=_("Last day to volunteer"), widget=Day, help_text=_("It ends at 24:00.")
    )
    recommends_until = forms.DateField(
        label=_("Last day for schools to recommend"),
        widget=Day,
        help_text=_("The same day or later; it ends at 24:00."),
    )

    def __init__(self, topics, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.topics = {f"places_{one.key}": one for one in topics}
        for name, one in self.topics.items():
            self.fields[name] = forms.IntegerField(
                label=one.title,
                min_value=0,
                max_value=HOSTS_A_TOPIC,
                required=False,
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            )

    @property
    def texts(self):
        return [field for field in self if field.name not in self.topics]

    @property
    def places(self):
        return [self[name] for name in self.topics]

    def given(self):
        entered = self.cleaned_data
        days = (entered["opens_on"], entered["closes_on"], entered["recommends_until"])
        places = {one.key: entered[name] or 0 for name, one in self.topics.items()}
        return {"title": entered["title"], "text": entered["text"], "days": days, "places": places}


class VolunteerForm(forms.Form):
    qualification = forms.ChoiceField(label=_("You are"), choices=Qualification.choices)
    statement = forms.CharField(
        label=_("Why you, and what you would do"),
        max_length=STATEMENT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Your experience with the topic, and how you would lead colleagues in it."),
    )
    file = forms.FileField(
        label=_("A file that shows it"),
        required=False,
        help_text=_("PDF, Word, PowerPoint, Excel or a picture, up to 20 MB."),
    )


class RecommendForm(forms.Form):
    """Yes or no, with words of one's own; ``edits`` says which text was read."""

    decision = forms.ChoiceField(
        label=_("Your school"),
        choices=[("yes", _("recommends this colleague")), ("no", _("does not recommend"))],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("In your own words"),
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The volunteer and the province read it with your name."),
    )
    edits = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class SelectForm(forms.Form):
    """The term of those to be selected, and a workshop for each of their topics."""

    starts_on = forms.DateField(label=_("First day of the term"), widget=Day)
    ends_on = forms.DateField(label=_("Last day"), widget=Day, required=False)

    def __init__(self, topics, *args, **kwargs):
        """``topics``: (key of the topic's row, its title, pairs of workshop and title)."""
        super().__init__(*args, **kwargs)
        self.rooms = {}
        for key, title, pairs in topics:
            self.rooms[key] = {str(one.pk): one for one, _title in pairs}
            choices = [(str(one.pk), name) for one, name in pairs]
            self.fields[f"workshop_{key}"] = forms.ChoiceField(
                label=_("Workshop of “%(topic)s”") % {"topic": title}, choices=choices
            )

    def given(self):
        entered = self.cleaned_data
        rooms = {key: known[entered[f"workshop_{key}"]] for key, known in self.rooms.items()}
        days = {name: entered[name] for name in ("starts_on", "ends_on")}
        return days | {"workshops": rooms}


class ListReviewForm(forms.Form):
    """Pass on or file, or return with a reason."""

    step = forms.ChoiceField(label=_("Your decision"), widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("In your own words"),
        max_length=REASON_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed when you return the list: the unit reads what to change."),
    )

    def __init__(self, steps, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["step"].choices = steps


class LastDayForm(forms.Form):
    last_day = forms.DateField(label=_("Last day for the lists"), widget=Day)
