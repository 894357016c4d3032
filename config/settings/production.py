"""Real people. Everything comes from the environment (docs/deploy.md); what is unsafe refuses."""

import os

from config import embedded_postgres, queue, refusals
from config.settings.base import *


def _list(name: str) -> list[str]:
    return [part.strip() for part in os.environ.get(name, "").split(",") if part.strip()]


DEBUG = os.environ.get("DJANGO_DEBUG", "") not in ("", "0", "false", "no")
SECRET_KEY = os.environ.get("SECRET_KEY", "")
SECRET_KEY_FALLBACKS = _list("SECRET_KEY_FALLBACKS")
IDENTITY_HMAC_KEY = os.environ.get("IDENTITY_HMAC_KEY", "")
IDENTITY_ENCRYPTION_KEY = os.environ.get("IDENTITY_ENCRYPTION_KEY", "")
IDENTITY_RETIRED_KEYS = _list("IDENTITY_RETIRED_KEYS")
ALLOWED_HOSTS = _list("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = _list("CSRF_TRUSTED_ORIGINS")
TRUSTED_PROXIES = _list("TRUSTED_PROXIES")
refusals.require(globals())

DATABASES = {
    "default": {
        **embedded_postgres.django_database(VAR_DIR / "pg"),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
}
globals().update(queue.broker_settings(DATABASES["default"]))
REQUIRE_DURABLE_DATABASE = True
STORAGES = storages("django.contrib.staticfiles.storage.ManifestStaticFilesStorage")
MEDIA_ROOT = Path(os.environ.get("MEDIA_ROOT", VAR_DIR / "media"))

# Only over TLS; the proxy in front says whether the visitor came by it
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = int(os.environ.get("HSTS_SECONDS", 365 * 24 * 3600))
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
LANGUAGE_COOKIE_SECURE = True

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = os.environ.get("EMAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("EMAIL_USE_TLS", "") in ("1", "true", "yes")
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "noreply@localhost")
