from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What an appointment entitles to, in its organisation and everything below it."""

    ADMINISTRATOR = "administrator", _("administrator")
    PROJECT_OFFICER = "project_officer", _("project officer")
    PRINCIPAL = "principal", _("school principal")
    EDITOR = "editor", _("content editor")
    MARKER = "marker", _("marker")
    AUDITOR = "auditor", _("auditor")
