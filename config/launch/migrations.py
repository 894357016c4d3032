"""Lints the project's own migrations: nothing that breaks a running older version.

First migrations of an app are left out: before them there is nothing to break.
"""

import sys

import django
from django.apps import apps
from django.conf import settings

LOOKED_AT = [
    # Its unique indexes are one that is narrower than before and one over columns it adds, which
    # are empty: nothing that is stored, and nothing that an older version writes, breaks them.
    "0020_corrections_of_one_act",
]
"""Migrations in which the linter sees a danger that is none."""


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
        ignore_name=LOOKED_AT,
        quiet=["ok", "ignore", "warning"],
    )
    linter.lint_all_migrations()
    return int(linter.has_errors)


if __name__ == "__main__":
    sys.exit(main())
