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


PEOPLE_KEEPERS = (Role.ADMINISTRATOR, Role.PROJECT_OFFICER, Role.PRINCIPAL)
PEOPLE_READERS = (*PEOPLE_KEEPERS, Role.AUDITOR)

# Whatever an appointment opens can change or export data, so each asks for a second factor.
SECOND_FACTOR_ROLES = tuple(Role)
