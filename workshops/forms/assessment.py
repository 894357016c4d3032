from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from workshops.domain.assessment.scoring import OWED, RANKED, Formula
from workshops.enums.assessment import Consequence, Counted, Fault
from workshops.forms.host import Day
from workshops.forms.moderation import ReasonForm
from workshops.policy import FULL_POINTS, MOST_CORRECTED


class Points(forms.DecimalField):
    """A number with at most one decimal; ``label`` names it to screen readers."""

    def __init__(self, label):
        super().__init__(
            label=label,
            min_value=0,
            max_value=FULL_POINTS,
            decimal_places=1,
            step_size=Decimal("0.1"),
            widget=forms.NumberInput(attrs={"class": "points", "inputmode": "decimal"}),
        )


class MethodForm(forms.Form):
    """The formula as a table: per kind the points for one and the ceiling; then the grades."""

    intro = forms.CharField(
        label=_("What everybody assessed should know"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, method, formula, *args, **kwargs):
        kwargs.setdefault("initial", _entered(method, formula))
        super().__init__(*args, **kwargs)
        for kind in Counted:
            words = {"kind": kind.label}
            if kind not in OWED:
                self.fields[f"weight_{kind}"] = Points(_("%(kind)s: points for one") % words)
            self.fields[f"ceiling_{kind}"] = Points(_("%(kind)s: ceiling") % words)
        for grade in RANKED:
            self.fields[f"from_{grade}"] = Points(
                _("Points for “%(grade)s”") % {"grade": grade.label}
            )

    def rows(self):
        """Kind, weight and ceiling of each line of the table."""
        return [
            (
                kind.label,
                None if kind in OWED else self[f"weight_{kind}"],
                self[f"ceiling_{kind}"],
            )
            for kind in Counted
        ]

    def grades(self):
        return [(grade.label, self[f"from_{grade}"]) for grade in RANKED]

    def formula(self):
        given = self.cleaned_data
        terms = [
            {
                "kind": kind,
                "weight": given.get(f"weight_{kind}", 0),
                "ceiling": given[f"ceiling_{kind}"],
            }
            for kind in Counted.values
        ]
        return Formula.read(terms, {grade: given[f"from_{grade}"] for grade in RANKED})


def _entered(method, formula):
    entered = {"intro": method.intro}
    for one in formula.terms:
        entered |= {
            f"weight_{one.kind}": _plain(one.weight),
            f"ceiling_{one.kind}": _plain(one.ceiling),
        }
    return entered | {f"from_{grade}": _plain(points) for grade, points in formula.bands.items()}


def _plain(points):
    """10 instead of 10.0."""
    return f"{points.normalize():f}"


class StartForm(forms.Form):
    starts_on = forms.DateField(label=_("Acts from"), widget=Day)
    ends_on = forms.DateField(label=_("Acts until"), widget=Day)
    corrections_until = forms.DateField(
        label=_("Hosts may ask for corrections until"),
        widget=Day,
        help_text=_("The results can be confirmed after that day."),
    )


class AskForm(ReasonForm):
    """Which count is wrong, by how many acts, and why."""

    kind = forms.ChoiceField(label=_("Which count"), choices=Counted.choices)
    asked = forms.IntegerField(
        label=_("By how many acts"),
        min_value=-MOST_CORRECTED,
        max_value=MOST_CORRECTED,
        help_text=_("2 when two are missing, -1 when one is too many."),
    )
    act = forms.CharField(
        label=_("Which act"),
        max_length=40,
        required=False,
        help_text=_("For example the title of the thread, or the day."),
    )
    file = forms.FileField(
        label=_("A file that shows it"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.docx,.pptx,.xlsx,.jpg,.jpeg,.png"}),
    )
    field_order = ("kind", "asked", "act", "why", "file")


class AskOfActForm(ReasonForm):
    """What is wrong with one act, and why; its kind is none of the others it could count as."""

    fault = forms.ChoiceField(
        label=_("What is wrong with it"), choices=Fault.choices, widget=forms.RadioSelect
    )
    counts_as = forms.ChoiceField(
        label=_("Kind under which it is missing"),
        required=False,
        help_text=_("Only when you say that it is missing."),
    )
    file = forms.FileField(
        label=_("A file that shows it"), required=False, widget=AskForm.base_fields["file"].widget
    )
    field_order = ("fault", "counts_as", "why", "file")

    def __init__(self, kind, *args, **kwargs):
        super().__init__(*args, **kwargs)
        others = [(value, label) for value, label in Counted.choices if value != kind]
        self.fields["counts_as"].choices = [("", "—"), *others]


class RuleForm(ReasonForm):
    granted = forms.IntegerField(
        label=_("How many acts you grant"),
        min_value=-MOST_CORRECTED,
        max_value=MOST_CORRECTED,
        help_text=_("0 refuses the request."),
    )
    field_order = ("granted", "why")


class RuleOfActForm(ReasonForm):
    """One act counts or it does not; there is no more and no less to grant."""

    granted = forms.TypedChoiceField(label=_("Your ruling"), coerce=int, widget=forms.RadioSelect)
    field_order = ("granted", "why")

    def __init__(self, case, *args, **kwargs):
        super().__init__(*args, **kwargs)
        words = {"kind": case.get_kind_display()}
        yes = (
            _("Grant it: one act more under “%(kind)s”")
            if case.asked > 0
            else _("Grant it: one act fewer under “%(kind)s”")
        )
        self.fields["granted"].choices = [
            (case.asked, yes % words),
            (0, _("Refuse it: the count stays as it is")),
        ]


def rule_form(case, data):
    """The form that fits the request: about one act, or about a count as a whole."""
    if case.act_key:
        return RuleOfActForm(case, data)
    return RuleForm(data, initial={"granted": case.asked})


class DecideForm(ReasonForm):
    """What follows; a term without a last day goes on by itself and has nothing to renew."""

    verdict = forms.ChoiceField(
        label=_("Your decision"),
        choices=[
            (Consequence.STAYS, _("Stays: goes on as before")),
            (Consequence.WARNED, _("Is warned: goes on, and reads your reason")),
            (Consequence.RENEWED, _("Term renewed: another term follows the last day")),
            (Consequence.ENDED, _("Term ended: stops hosting at once")),
        ],
        widget=forms.RadioSelect,
    )
    until = forms.DateField(
        label=_("Last day of the renewed term"),
        widget=Day,
        required=False,
        help_text=_("Only when the term is renewed."),
    )
    field_order = ("verdict", "until", "why")

    def __init__(self, term, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if term.ends_on is None:
            del self.fields["until"]
            verdict = self.fields["verdict"]
            verdict.choices = [one for one in verdict.choices if one[0] != Consequence.RENEWED]
