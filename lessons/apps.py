from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LessonsConfig(AppConfig):
    name = "lessons"
    verbose_name = _("lessons")

    def ready(self):
        from lessons import receivers  # noqa: F401, PLC0415 - needs the models to be ready
