from django.db import models
from django.utils.translation import gettext_lazy as _


class MailKind(models.TextChoices):
    DIGEST = "digest", _("daily digest")
    URGENT = "urgent", _("urgent note")
