from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from workshops.policy import REASON_LENGTH, TITLE_LENGTH


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files; the domain counts and checks them."""

    widget = ManyFiles(attrs={"accept": ".pdf,.docx,.pptx,.xlsx,.jpg,.jpeg,.png"})

    def clean(self, data, initial=None):
        return [super(FilesField, self).clean(one, initial) for one in data or []]


class ReplyForm(forms.Form):
    """A post. ``token`` makes a form that is sent twice one post."""

    text = forms.CharField(label=_("Your text"), required=False, max_length=60_000)
    token = forms.UUIDField(widget=forms.HiddenInput)
    quotes = forms.IntegerField(required=False, widget=forms.HiddenInput)
    share = forms.CharField(required=False, max_length=30)
    files = FilesField(label=_("Add files"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("token", uuid4())


class ThreadForm(ReplyForm):
    title = forms.CharField(label=_("Title"), max_length=TITLE_LENGTH)


class FileVersionForm(forms.Form):
    """The next version of a file, and what is new in it."""

    file = forms.FileField(label=_("The new version"))
    why = forms.CharField(label=_("What is new"), max_length=REASON_LENGTH)
