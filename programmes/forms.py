"""Shapes of what people type; the rules are in domain/."""

from django import forms
from django.utils.translation import gettext_lazy as _

from organisations.models import Organisation
from programmes.domain.person_types import RULES, usual_type
from programmes.enums import EnrolmentState, PersonType, Stage


def field_choices(pack, stages=tuple(Stage)):
    """Stage and subject as one grouped choice: "primary chinese"."""
    return [
        (
            Stage(stage).label,
            [
                (f"{stage} {subject.key}", f"{Stage(stage).label} · {subject.title}")
                for subject in pack.stage_subjects[stage]
            ],
        )
        for stage in pack.stage_subjects
        if stage in stages
    ]


def stages_of(school):
    """The stages that somebody at this kind of school may enrol for."""
    return {
        stage for rules in RULES.values() if school.kind in rules.kinds for stage in rules.stages
    }


def types_of(school):
    types = [key for key, rules in RULES.items() if school.kind in rules.kinds]
    return [(key, PersonType(key).label) for key in types]


CHOOSE = ("", _("Please choose"))


class PlaceForm(forms.Form):
    """Stage and subject, person type and certificate of one person at one school."""

    field = forms.ChoiceField(label=_("Stage and subject"))
    person_type = forms.ChoiceField(label=_("Takes part as"))
    certificate_number = forms.CharField(
        label=_("Number of the teaching certificate"),
        max_length=40,
        required=False,
        help_text=_("Needed for research and training staff only."),
    )

    def __init__(self, *args, pack, school, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["field"].choices = [CHOOSE, *field_choices(pack, stages_of(school))]
        self.fields["person_type"].choices = types_of(school)
        self.fields["person_type"].initial = usual_type(school.kind)
        if all(key != PersonType.RESEARCHER for key, _label in types_of(school)):
            del self.fields["certificate_number"]

    def place(self):
        """The keyword arguments of the domain's verbs."""
        stage, subject = self.cleaned_data["field"].split(" ")
        return {
            "stage": stage,
            "subject": subject,
            "person_type": self.cleaned_data["person_type"],
            "certificate_number": self.cleaned_data.get("certificate_number", ""),
        }


class CorrectionForm(PlaceForm):
    """The same for an enrolment that exists; a code moves the person to another school."""

    school_code = forms.CharField(label=_("Code of the school"), max_length=20)
    reason = forms.CharField(
        label=_("Reason"), max_length=200, help_text=_("The person reads this sentence.")
    )

    def __init__(self, *args, pack, enrolment, target, **kwargs):
        initial = {
            "field": f"{enrolment.stage} {enrolment.subject}",
            "person_type": enrolment.person_type,
            "certificate_number": enrolment.certificate_number,
            "school_code": enrolment.school.code,
        }
        super().__init__(*args, pack=pack, school=target, initial=initial, **kwargs)
        self.target = target

    def clean_school_code(self):
        code = self.cleaned_data["school_code"].strip()
        if code != self.target.code:
            raise forms.ValidationError(
                _("There is no school with this code; look it up in the list of schools.")
            )
        return code


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"), max_length=200, help_text=_("One sentence; the other side reads it.")
    )


class SelectedForm(forms.Form):
    """People of a missing list and what they are entered for; "last" means as last year."""

    people = forms.TypedMultipleChoiceField(coerce=int, required=False)
    field = forms.ChoiceField(label=_("Stage and subject"))

    def __init__(self, *args, pack, school, ids=(), any_last=True, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["people"].choices = [(pk, pk) for pk in ids]
        first = ("last", _("As last year")) if any_last else CHOOSE
        self.fields["field"].choices = [first, *field_choices(pack, stages_of(school))]


class ApprovalFilterForm(forms.Form):
    """The filters of the county's list; they stand in the address."""

    state = forms.ChoiceField(label=_("State"), required=False)
    field = forms.ChoiceField(label=_("Stage and subject"), required=False)
    school = forms.CharField(label=_("School code"), max_length=20, required=False)
    name = forms.CharField(label=_("Name"), max_length=40, required=False)

    def __init__(self, *args, pack, **kwargs):
        super().__init__(*args, auto_id="filter_%s", **kwargs)
        self.fields["state"].choices = [
            ("", _("To be approved")),
            ("all", _("All states")),
            *EnrolmentState.choices,
        ]
        self.fields["field"].choices = [("", _("All")), *field_choices(pack)]

    def filters(self):
        """The keyword arguments of ``queries.filtered``; an unknown value filters nothing."""
        found = self.cleaned_data if self.is_valid() else {}
        stage, _space, subject = found.get("field", "").partition(" ")
        state = {"": "waiting", "all": ""}.get(found.get("state", ""), found.get("state", ""))
        school = None
        if code := found.get("school", "").strip():
            school = Organisation.objects.filter(code=code).values_list("pk", flat=True).first()
            school = school or -1
        return {
            "state": state,
            "stage": stage,
            "subject": subject,
            "school": school,
            "name": found.get("name", "").strip(),
        }


class ExtensionForm(forms.Form):
    organisation_code = forms.CharField(
        label=_("Code of the unit"),
        max_length=20,
        help_text=_("The new last day holds for this unit and everything below it."),
    )
    closes_on = forms.DateField(
        label=_("New last day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    reason = forms.CharField(label=_("Reason"), max_length=200)

    def clean_organisation_code(self):
        code = self.cleaned_data["organisation_code"].strip()
        self.organisation = Organisation.objects.filter(code=code).first()
        if self.organisation is None:
            raise forms.ValidationError(_("There is no unit with this code."))
        return code


class PhaseForm(forms.Form):
    """First and last day of a phase, for the whole province."""

    opens_on = forms.DateField(
        label=_("First day"),
        required=False,
        help_text=_("Empty: no beginning."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    closes_on = forms.DateField(
        label=_("Last day"),
        required=False,
        help_text=_("Empty: open for good. The phase ends at 24:00 of this day."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    reason = forms.CharField(label=_("Reason"), max_length=200)

    def clean(self):
        found = super().clean()
        opens_on, closes_on = found.get("opens_on"), found.get("closes_on")
        if opens_on and closes_on and closes_on < opens_on:
            self.add_error("closes_on", _("The last day is before the first day."))
        if not self.errors and not (opens_on or closes_on):
            self.add_error("opens_on", _("Give at least one of the two days."))
        return found


class WorkingDayForm(forms.Form):
    day = forms.DateField(
        label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    is_working = forms.TypedChoiceField(
        label=_("This day is"),
        choices=[("yes", _("a working day")), ("no", _("a day off"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    note = forms.CharField(label=_("Note"), max_length=80, required=False)
