"""A database beside the one in use, for a run that must not touch real rows."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.management import call_command
from django.db import connection
from django.test import override_settings
from psycopg import sql


@contextmanager
def own_files() -> Iterator[None]:
    """Let everything inside keep its uploaded files in a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory() as folder, override_settings(MEDIA_ROOT=Path(folder)):
        yield


@contextmanager
def own_database(name: str, *, keep: bool = False) -> Iterator[None]:
    """Let everything inside read and write a fresh, migrated database called ``name``."""
    usual = connection.settings_dict["NAME"]
    _recreate(name)
    _use(name)
    try:
        call_command("migrate", verbosity=0)
        yield
    finally:
        _use(usual)
        if not keep:
            _drop(name)


def _use(name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = name


def _recreate(name: str) -> None:
    _drop(name)
    _alone(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))


def _drop(name: str) -> None:
    _alone(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _alone(statement: sql.Composed) -> None:
    with connection.cursor() as cursor:  # autocommit: neither statement may stand in a transaction
        cursor.execute(statement)
