"""Whether the static files that pages name were collected; asked when a web process starts.

A page that names a file missing from the manifest cannot be made at all. After an upgrade
without ``collectstatic`` readers would find out, page by page; so the process says it first.
"""

import re
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage

from config.refusals import NotFitForProduction

NAMED = re.compile(r'{% static "([^"]+)"')


def named_files() -> set[str]:
    """The static files that the templates name."""
    folders = [Path(folder) for engine in settings.TEMPLATES for folder in engine["DIRS"]]
    templates = [page for folder in folders for page in folder.rglob("*.html")]
    return {name for page in templates for name in NAMED.findall(page.read_text("utf-8"))}


def require_collected_files() -> None:
    """Hold the templates against the manifest; without one, files are found where they lie.

    Raises: NotFitForProduction.
    """
    collected = getattr(staticfiles_storage, "hashed_files", None)
    if collected is None:
        return
    if missing := sorted(named_files() - collected.keys()):
        raise NotFitForProduction(
            f"Static files that pages name were not collected ({missing[0]}, {len(missing)} in"
            " all): run manage.py collectstatic."
        )
