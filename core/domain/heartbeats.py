"""Workers show that they live by a row of their own, whatever the broker."""

import logging
import threading
from datetime import timedelta

from django.db import Error, connection
from django.db.models.functions import Now

from core.models import WorkerHeartbeat

logger = logging.getLogger(__name__)

EVERY = timedelta(seconds=5)
MISSED_AFTER = timedelta(seconds=30)

_stopped = threading.Event()


def record_heartbeat(name: str) -> None:
    """Note that the worker ``name`` lives now."""
    WorkerHeartbeat.objects.update_or_create(
        name=name,
        defaults={"seen_at": Now()},
        create_defaults={"seen_at": Now(), "started_at": Now()},
    )


def living_workers() -> int:
    """Workers seen within the last half minute."""
    return WorkerHeartbeat.objects.filter(seen_at__gte=Now() - MISSED_AFTER).count()


def start_heartbeat(name: str) -> None:
    """Record a heartbeat every few seconds until ``stop_heartbeat``."""
    threading.Thread(target=_beat, args=(name,), name="heartbeat", daemon=True).start()


def stop_heartbeat() -> None:
    _stopped.set()


def _beat(name: str) -> None:
    while not _stopped.wait(EVERY.total_seconds()):
        try:
            record_heartbeat(name)
        except Error:
            logger.warning("the heartbeat of %s was not recorded", name)
        finally:
            connection.close()  # the pool's children are forked beside this thread
