from django import forms
from django.utils.translation import gettext_lazy as _

from bureau import policy
from organisations.models import Organisation


class UploadForm(forms.Form):
    """A filled-in template and the organisation that it is uploaded for."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("Upload for"),
        help_text=_("Rows outside this organisation are refused."),
    )
    file = forms.FileField(
        label=_("Filled-in template"),
        help_text=_("An .xlsx workbook of at most 200,000 rows. Nothing is imported yet."),
        widget=forms.FileInput(
            attrs={
                "accept": ".xlsx,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
            }
        ),
    )

    def __init__(self, *args, organisations, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        keys = [organisation.pk for organisation in organisations]
        field.queryset = Organisation.objects.filter(pk__in=keys).order_by("level", "pk")
        field.initial = keys[0] if keys else None
        if len(keys) == 1:
            field.widget = forms.HiddenInput()

    def clean_file(self):
        """Size before content: a file that is too large is never read into memory."""
        file = self.cleaned_data["file"]
        if file.size > policy.MAX_UPLOAD_BYTES:
            raise forms.ValidationError(
                _("The file is larger than %(limit)s MB; split it and upload each part."),
                params={"limit": policy.MAX_UPLOAD_BYTES // 1024 // 1024},
            )
        return file
