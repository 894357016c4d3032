"""One machine, no secrets of its own, data in var/. Not for real people."""

import os

from config import embedded_postgres, queue
from config.settings.base import *

SECRET_KEY = "demo-only-not-secret"  # noqa: S105
ALLOWED_HOSTS = ["*"]
IDENTITY_HMAC_KEY = "demo-only-hmac"
IDENTITY_ENCRYPTION_KEY = "demo-only-encryption"
DATABASES = {
    "default": {
        **embedded_postgres.django_database(VAR_DIR / "pg"),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
}
globals().update(queue.broker_settings(DATABASES["default"]))
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
DEMO = True
STYLEGUIDE = True
if os.environ.get("YANXIU_COLLECTED"):  # run.py demo: names with a digest, cached for ever
    STORAGES = storages("django.contrib.staticfiles.storage.ManifestStaticFilesStorage")
else:
    WHITENOISE_USE_FINDERS = True  # nothing need be collected to try a page
MFA_REQUIRED_FOR_APPOINTMENTS = False  # the banner says so
