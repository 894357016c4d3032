import gc
import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from config import refusals

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
application = get_wsgi_application()
if getattr(settings, "REQUIRE_DURABLE_DATABASE", False):
    refusals.require_durable_database()

# What was loaded stays: it need not be walked through again at each collection. A page of fifty
# rows makes some ten thousand objects, so the usual threshold of 700 would stop it many times.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)
