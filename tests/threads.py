"""Races against the real database."""

import time
from concurrent.futures import ThreadPoolExecutor
from functools import wraps

from django.db import connection, transaction


def in_own_connection(function):
    """``function`` for another thread, closing the connection it opened there."""

    @wraps(function)
    def run(*args, **kwargs):
        try:
            return function(*args, **kwargs)
        finally:
            connection.close()

    return run


def wait_until_blocked():
    """Whether another session of this database comes to wait for a lock."""
    for _ in range(500):
        if somebody_waits():
            return True
        time.sleep(0.01)
    return False


def somebody_waits():
    """Whether another session of this database waits for a lock."""
    asked = """SELECT count(*) FROM pg_stat_activity
                WHERE datname = current_database() AND wait_event_type = 'Lock'"""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(asked)
        return cursor.fetchone()[0] > 0


def outcome_of_rival(first, rival):
    """What ``rival`` returns or raises if it comes while ``first`` is not committed yet.

    It goes on as soon as the rival waits for a lock, or is through without one.
    """
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            first()
            outcome = pool.submit(in_own_connection(rival))
            while not outcome.done() and not somebody_waits():
                time.sleep(0.01)
        return outcome.result(timeout=30)
