"""The demo's settings and one kind of work that leaves traces, for workers that tests kill."""

from config.settings.demo import *

INSTALLED_APPS = [*INSTALLED_APPS, "tests.setup.queue_app"]
