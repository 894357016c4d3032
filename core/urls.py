from django.conf import settings
from django.urls import path

from core.views import frame, health, jobs, styleguide

app_name = "core"

urlpatterns = [
    path("language/", frame.set_language, name="set_language"),
    path("theme/", frame.set_theme, name="set_theme"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("jobs/parked/", jobs.parked_jobs, name="parked_jobs"),
    path("jobs/<int:pk>/", jobs.job_progress, name="job_progress"),
    path("jobs/<int:pk>/retry/", jobs.retry_job, name="retry_job"),
]

if settings.STYLEGUIDE:
    urlpatterns.append(path("styleguide/", styleguide.styleguide, name="styleguide"))
