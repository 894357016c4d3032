"""What all settings share. Each environment file says only what differs."""

import os
from pathlib import Path

from celery.schedules import crontab
from csp.constants import NONE, SELF, UNSAFE_INLINE
from django.utils.translation import gettext_lazy as _

from config.settings.accounts import *
from config.settings.files import *
from config.settings.logs import *
from notifications.schedule import SCHEDULE as NOTIFICATIONS_SCHEDULE
from workshops.schedule import SCHEDULE as WORKSHOPS_SCHEDULE

BASE_DIR = Path(__file__).resolve().parent.parent.parent
VAR_DIR = Path(os.environ.get("YANXIU_VAR", BASE_DIR / "var"))

DEBUG = False
STYLEGUIDE = False  # the page that shows every component, for demo and test
ALLOWED_HOSTS: list[str] = []
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "config.apps.ProjectConfig",
    "rehearsal",
    "space",
    "bureau",
    "portal",
    "lessons",
    "workshops",
    "courses",
    "videos",
    "credits",
    "programmes",
    "notifications",
    "accounts",
    "organisations",
    "core",
    "wagtail.contrib.settings",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_htmx",
    "csp",
    "pgtrigger",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
]

# Whose word about the client's address is believed (core.client_address); nobody's by default
TRUSTED_PROXIES: list[str] = []

MIDDLEWARE = [
    "core.middleware.ClientAddressMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "core.middleware.ContentPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "core.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "accounts.middleware.PersonMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "core.middleware.ActorMiddleware",
    "accounts.middleware.TooManyAttemptsMiddleware",
    "accounts.middleware.SecondFactorMiddleware",
    "accounts.middleware.EditorsDoorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "accounts.middleware.SentSignedOutMiddleware",
    "core.middleware.FormsOnlyMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "core.context.frame",
            ],
        },
    },
]

# Language, time
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
WAGTAIL_CONTENT_LANGUAGES = [("zh-hans", _("Simplified Chinese"))]
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["config.formats"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True


# Static files
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "core.npm_finder.NpmFinder",
]
NODE_MODULES = BASE_DIR / "node_modules"
NPM_FILES = [
    "bootstrap/dist/css/bootstrap-reboot.min.css",
    "bootstrap/dist/css/bootstrap-reboot.min.css.map",
    "plyr/dist/plyr.css",
    "plyr/dist/plyr.min.js",
    "plyr/dist/plyr.min.js.map",
    "plyr/dist/plyr.svg",
    "echarts/dist/echarts.min.js",
    "tus-js-client/dist/tus.min.js",
    "tus-js-client/dist/tus.min.js.map",
]

# What a page may load: this host only (and the bucket, if there is one, to which signed
# addresses lead), and nothing written into the page itself
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", *STORE_ORIGINS],
        "media-src": [SELF, "blob:", *STORE_ORIGINS],
        "font-src": [SELF],
        "connect-src": [SELF, *STORE_ORIGINS],
        "frame-src": [SELF],
        "manifest-src": [SELF],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
    },
}
# The Wagtail admin writes a few scripts and styles into its pages
CMS_CONTENT_SECURITY_POLICY = {
    **CONTENT_SECURITY_POLICY["DIRECTIVES"],
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
}
X_FRAME_OPTIONS = "SAMEORIGIN"  # Wagtail shows its previews in a frame
CSRF_FAILURE_VIEW = "core.views.errors.csrf_failure"

# Files people send; never served by a static handler. How much and where: config.settings.files
MEDIA_ROOT = VAR_DIR / "media"
MEDIA_URL = "/media/"
STORAGES = storages("django.contrib.staticfiles.storage.StaticFilesStorage")

# Ends of the ledger's chains, exported daily; copy this folder to another machine
LEDGER_HEADS_DIR = VAR_DIR / "ledger-heads"

# Wagtail
WAGTAIL_SITE_NAME = "研修"
WAGTAILADMIN_BASE_URL = os.environ.get("SITE_URL", "http://localhost:8000")
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}

# Queue; the broker's address is in config.queue
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_TASK_CREATE_MISSING_QUEUES = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TIMEZONE = TIME_ZONE
CELERY_WORKER_PREFETCH_MULTIPLIER = 4
CELERY_WORKER_ENABLE_REMOTE_CONTROL = False  # its queue names are too long for pgmq
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CHANNEL_ERROR_RETRY = True
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "celerybeat")
CELERY_BEAT_SCHEDULE = {
    "sweep-attempts": {
        "task": "accounts.sweep_attempts",
        "schedule": crontab(hour=4, minute=10),
    },
    "sweep-sessions": {
        "task": "accounts.sweep_sessions",
        "schedule": crontab(hour=4, minute=20),
    },
    "bureau-clear-files": {
        "task": "bureau.clear_files",
        "schedule": 3600.0,
        "options": {"expires": 1800},
    },
    "bureau-count-progress": {
        "task": "bureau.count_progress",
        "schedule": 300.0,
        "options": {"expires": 240},
    },
    "count-workshops": {
        "task": "workshops.count_weeks",
        "schedule": 600.0,
        "options": {"expires": 480},
    },
    "export-ledger-heads": {
        "task": "credits.export_ledger_heads",
        "schedule": crontab(hour=2, minute=40),
    },
    "settle-disputes": {
        "task": "credits.settle_disputes",
        "schedule": crontab(hour=0, minute=20),
    },
    "propose-registrations": {
        "task": "credits.propose_registrations",
        "schedule": crontab(hour=3, minute=10),
    },
    "supplement-draw": {
        "task": "lessons.supplement_draw",
        "schedule": crontab(hour=3, minute=40),
    },
    "settle-courses": {
        "task": "courses.settle_courses",
        "schedule": crontab(hour=2, minute=10),
    },
    "settle-lessons": {
        "task": "lessons.settle_lessons",
        "schedule": crontab(hour=2, minute=20),
    },
    "compare-reviews": {
        "task": "lessons.compare_reviews",
        "schedule": 600.0,
        "options": {"expires": 900},
    },
    "close-overdue-attempts": {
        "task": "courses.close_overdue_attempts",
        "schedule": 30.0,
        "options": {"expires": 60},
    },
    "sweep-recordings": {
        "task": "videos.sweep_files",
        "schedule": crontab(hour=4, minute=40),
    },
    "sweep-uploads": {
        "task": "videos.sweep_uploads",
        "schedule": 900.0,
        "options": {"expires": 800},
    },
    "remove-orphans": {
        "task": "videos.remove_orphans",
        "schedule": crontab(hour=3, minute=40),
    },
    **NOTIFICATIONS_SCHEDULE,
    **WORKSHOPS_SCHEDULE,
    "sweep-jobs": {
        "task": "core.sweep_jobs",
        "schedule": 5.0,
        "options": {"expires": 10},
    },
}
