from django.apps import AppConfig
from django.utils.module_loading import import_module


class BureauConfig(AppConfig):
    name = "bureau"

    def ready(self):
        for kind in ("people_kind", "school_kind", "curriculum_kind", "lesson_exports"):
            import_module(f"bureau.domain.{kind}")
