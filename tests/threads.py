"""Races against the real database."""

from functools import wraps

from django.db import connection


def in_own_connection(function):
    """``function`` for another thread, closing the connection it opened there."""

    @wraps(function)
    def run(*args, **kwargs):
        try:
            return function(*args, **kwargs)
        finally:
            connection.close()

    return run
