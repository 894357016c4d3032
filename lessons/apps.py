from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LessonsConfig(AppConfig):
    name = "lessons"
    verbose_name = _("lessons")

    def ready(self):
        from lessons import permissions as may  # noqa: PLC0415 - needs the models to be ready
        from lessons import receivers  # noqa: F401, PLC0415
        from videos.domain import audiences  # noqa: PLC0415

        audiences.register(may.AUDIENCE, may.may_watch, may_download=may.may_have_original)
        audiences.register(may.NATIONAL, may.studies_national)
