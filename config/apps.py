from django.apps import AppConfig


class ProjectConfig(AppConfig):
    """Binds the Celery application before any task is declared."""

    name = "config"
    verbose_name = "Yanxiu"

    def ready(self):
        from config import celery  # noqa: F401, PLC0415 - needs the settings to be ready
