"""Serves the listed files of node_modules, and only those, as static files under npm/."""

from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage


class NpmFinder(BaseFinder):
    def __init__(self, app_names=None, *args, **kwargs):
        self.root = Path(settings.NODE_MODULES)
        self.storage = FileSystemStorage(location=self.root)
        self.storage.prefix = "npm"

    def find(self, path, find_all=False, **kwargs):
        name = path.removeprefix("npm/")
        known = path.startswith("npm/") and name in _listed_files(self.root)
        if not known:
            return []  # None would count as a place
        hit = str(self.root / name)
        return [hit] if find_all else hit

    def list(self, ignore_patterns):
        for name in _listed_files(self.root):
            yield name, self.storage


@cache
def _listed_files(root: Path) -> tuple[str, ...]:
    names: list[str] = []
    for pattern in settings.NPM_FILES:
        found = sorted(path for path in root.glob(pattern) if path.is_file())
        if not found:
            raise LookupError(f"{pattern} is not in {root}: run python3 run.py")
        names += (path.relative_to(root).as_posix() for path in found)
    return tuple(names)
