"""The queue. The message is a hint; the ``Job`` row is the truth (see core.domain.jobs)."""

from celery import Celery

app = Celery("yanxiu")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
