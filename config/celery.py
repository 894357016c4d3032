"""The queue. The message is a hint; the ``Job`` row is the truth (see core.domain.jobs)."""

from celery import Celery
from celery.signals import worker_init, worker_ready, worker_shutting_down
from django.conf import settings

from config import refusals

app = Celery("yanxiu")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.set_default()  # also for the threads of the web server
app.autodiscover_tasks()


@worker_init.connect
def refuse_a_forgetful_database(**kwargs):
    if getattr(settings, "REQUIRE_DURABLE_DATABASE", False):
        refusals.require_durable_database()


@worker_ready.connect
def show_signs_of_life(sender, **kwargs):
    from core.domain.heartbeats import start_heartbeat  # noqa: PLC0415 - after the app registry

    start_heartbeat(sender.hostname)


@worker_shutting_down.connect
def stop_showing_signs_of_life(**kwargs):
    from core.domain.heartbeats import stop_heartbeat  # noqa: PLC0415 - after the app registry

    stop_heartbeat()
