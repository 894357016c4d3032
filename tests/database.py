"""Test databases as clones of one migrated template.

Migrating costs twenty seconds, cloning a tenth of one. The template is keyed by everything
that shapes it, so it is built once per state of the migrations and shared by all workers.
A test that commits gets a fresh clone afterwards: append-only tables refuse to be emptied,
and rows that migrations wrote are back in place for whoever comes next.
"""

import fcntl
import hashlib

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections

from config.garbage import collect_rarely

PREFIX = "yanxiu_template_"


def template_name() -> str:
    """The template for the present migrations and installed packages."""
    digest = hashlib.sha256()
    for path in sorted(settings.BASE_DIR.glob("*/migrations/*.py")):
        digest.update(path.read_bytes())
    digest.update((settings.BASE_DIR / "requirements" / "base.txt").read_bytes())
    return f"{PREFIX}{digest.hexdigest()[:16]}"


def ensure_template(name: str) -> None:
    """Migrate a database once and keep it as a template; others wait for the first."""
    settings.VAR_DIR.mkdir(exist_ok=True)
    with open(settings.VAR_DIR / "test-template.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if name in _templates():
            return
        for outdated in _templates():
            _maintain(f'ALTER DATABASE "{outdated}" IS_TEMPLATE false')
            _maintain(f'DROP DATABASE "{outdated}"')
        unfinished = f"new_{name}"
        _maintain(f'DROP DATABASE IF EXISTS "{unfinished}" WITH (FORCE)')
        _maintain(f'CREATE DATABASE "{unfinished}"')
        use(unfinished)
        call_command("migrate", verbosity=0, interactive=False)
        connections.close_all()
        _maintain(f'ALTER DATABASE "{unfinished}" RENAME TO "{name}"')
        _maintain(f'ALTER DATABASE "{name}" WITH IS_TEMPLATE true ALLOW_CONNECTIONS false')


def clone(template: str, name: str) -> None:
    """Replace ``name`` by a fresh copy of ``template``, whoever is still connected."""
    connections.close_all()
    drop(name)
    _maintain(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')


def drop(name: str) -> None:
    connections.close_all()
    _maintain(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def use(name: str) -> None:
    """Let this process work on the database ``name`` from now on."""
    connection.close()
    settings.DATABASES["default"]["NAME"] = name
    connection.settings_dict["NAME"] = name


def _templates() -> list[str]:
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [PREFIX])
        return [name for (name,) in cursor.fetchall()]


def _maintain(statement: str) -> None:
    with connection._nodb_cursor() as cursor:
        cursor.execute(statement)


if __name__ == "__main__":
    django.setup()
    collect_rarely()
    ensure_template(template_name())
