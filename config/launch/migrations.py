"""Lints the project's own migrations: nothing that breaks a running older version.

First migrations of an app are left out: before them there is nothing to break.
"""

import sys

import django
from django.apps import apps
from django.conf import settings


def main() -> int:
    django.setup()
    from django_migration_linter import MigrationLinter  # noqa: PLC0415 - needs the settings

    ours = [
        app.label for app in apps.get_app_configs() if app.path.startswith(str(settings.BASE_DIR))
    ]
    ours = [label for label in ours if "site-packages" not in apps.get_app_config(label).path]
    linter = MigrationLinter(
        str(settings.BASE_DIR),
        include_apps=ours,
        no_cache=True,
        ignore_initial_migrations=True,
        quiet=["ok", "ignore", "warning"],
    )
    linter.lint_all_migrations()
    return int(linter.has_errors)


if __name__ == "__main__":
    sys.exit(main())
