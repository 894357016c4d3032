from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

SHOWN = 5


class OrganisationField(forms.CharField):
    """An organisation by its code or name, out of ``units``.

    A list of thousands would have to be scrolled; a name that several bear is answered with
    their codes.
    """

    def __init__(self, *, units=None, **kwargs):
        self.units = units
        kwargs.setdefault("max_length", 80)
        kwargs.setdefault("help_text", _("Full name or code."))
        super().__init__(**kwargs)

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return None
        found = list(
            self.units.filter(valid_to=None)
            .filter(Q(code=text.upper()) | Q(name__contains=text))
            .order_by("level", "code")[: SHOWN + 1]
        )
        exact = [unit for unit in found if text.upper() == unit.code] or [
            unit for unit in found if text == unit.name
        ]
        if len(exact) == 1:
            return exact[0]
        return self._only_one(found, text)

    def _only_one(self, found, text):
        if not found:
            raise forms.ValidationError(
                _("No unit within your reach is called “%(text)s”: check the name or code."),
                params={"text": text},
            )
        if len(found) > 1:
            names = "；".join(f"{unit.name}（{unit.code}）" for unit in found[:SHOWN])
            raise forms.ValidationError(
                _("Several units fit: %(names)s. Enter the code."), params={"names": names}
            )
        return found[0]
