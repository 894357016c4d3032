import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from config import refusals
from config.collected import require_collected_files
from config.garbage import collect_rarely

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
application = get_wsgi_application()
if getattr(settings, "REQUIRE_DURABLE_DATABASE", False):
    refusals.require_durable_database()
require_collected_files()
collect_rarely()
