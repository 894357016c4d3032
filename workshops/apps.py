from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkshopsConfig(AppConfig):
    name = "workshops"
    verbose_name = _("workshops")

    def ready(self):
        from workshops import receivers  # noqa: F401, PLC0415 - needs the models to be ready
