from django.apps import AppConfig
from django.utils.module_loading import import_module

# The lists that come in and go out; each registers itself.
KINDS = (
    "people_kind",
    "school_kind",
    "curriculum_kind",
    "national_kind",
    "push_kind",
    "lesson_exports",
    "pool_exports",
    "review_exports",
    "priority_export",
    "lesson_progress_export",
    "host_exports",
    "hosting_exports",
    "workshop_exports",
    "duty_export",
    "seats_kind",
)


class BureauConfig(AppConfig):
    name = "bureau"

    def ready(self):
        for kind in KINDS:
            import_module(f"bureau.domain.{kind}")
