from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LessonsConfig(AppConfig):
    name = "lessons"
    verbose_name = _("lessons")

    def ready(self):
        from lessons import receivers  # noqa: F401, PLC0415 - needs the models to be ready
        from lessons.permissions import NATIONAL, studies_national  # noqa: PLC0415
        from videos.domain import audiences  # noqa: PLC0415

        audiences.register(NATIONAL, studies_national)
