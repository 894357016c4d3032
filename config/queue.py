"""Where Celery's messages travel: PostgreSQL itself by default, else ``CELERY_BROKER_URL``.

The message is only a hint (core.domain.jobs), so it may become visible again after a minute:
a second delivery of a job under way finds its lease and leaves.
"""

import os

from psycopg.conninfo import make_conninfo

VISIBILITY_SECONDS = 60


def broker_settings(database: dict) -> dict:
    """The broker's part of Django's settings."""
    if url := os.environ.get("CELERY_BROKER_URL"):
        return {
            "CELERY_BROKER_URL": url,
            "CELERY_BROKER_TRANSPORT_OPTIONS": {
                "visibility_timeout": VISIBILITY_SECONDS,
                "socket_connect_timeout": 3,
                "socket_timeout": 10,
            },
        }
    return {
        "CELERY_BROKER_URL": "pgmq://",  # a unix socket cannot stand in an address
        "CELERY_BROKER_TRANSPORT_OPTIONS": {
            "conn_string": _conninfo(database),
            "init_extension": False,  # plain SQL, installed by a migration of core
            "visibility_timeout": VISIBILITY_SECONDS,
            "wait_time_seconds": 1,
            "poll_interval_ms": 50,
            "polling_interval": 0.05,
            "pool_size": 4,
            "pool_timeout": 5,
        },
    }


def _conninfo(database: dict) -> str:
    parts = {
        "host": database.get("HOST"),
        "port": database.get("PORT"),
        "user": database.get("USER"),
        "password": database.get("PASSWORD"),
        "dbname": database["NAME"],
    } | {key: value for key, value in database.get("OPTIONS", {}).items() if key == "sslmode"}
    return make_conninfo(**{key: value for key, value in parts.items() if value})
