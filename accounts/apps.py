from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self):
        from accounts import receivers  # noqa: F401, PLC0415 - needs the models to be loaded
        from accounts.panels import PANELS  # noqa: PLC0415 - the same
        from organisations.panels import register_panel  # noqa: PLC0415 - the same

        for panel in PANELS:
            register_panel(panel)
