from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "core"

    def ready(self):
        from core import tasks  # noqa: F401, PLC0415 - declares the tasks that senders look up
