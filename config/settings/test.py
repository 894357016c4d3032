"""The suite: a throw-away cluster in memory and without fsync, cheap password hashes."""

from config import embedded_postgres
from config.memory import in_memory
from config.settings.base import *

SECRET_KEY = "test-only-not-secret"  # noqa: S105
ALLOWED_HOSTS = ["*"]
IDENTITY_HMAC_KEY = "test-only-hmac"
IDENTITY_ENCRYPTION_KEY = "test-only-encryption"
CLUSTER = in_memory(VAR_DIR / "pg-test")
DATABASES = {"default": embedded_postgres.django_database(CLUSTER, durable=False)}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
AUTHENTICATION_BACKENDS = [
    "accounts.backends.AccountBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
WHITENOISE_AUTOREFRESH = True  # straight from the finders, nothing is collected
WHITENOISE_USE_FINDERS = True
STYLEGUIDE = True
CELERY_TASK_ALWAYS_EAGER = True
MFA_REQUIRED_FOR_APPOINTMENTS = False  # its own tests switch it on
MEDIA_ROOT = VAR_DIR / "media-test"
UPLOAD_SPARE_BYTES = 0
