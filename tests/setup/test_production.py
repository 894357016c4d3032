"""Production refuses to start, naming the reason."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings

from config import embedded_postgres, refusals
from config.collected import named_files, require_collected_files
from config.log_privacy import mask
from config.settings.files import storages

FIT = {
    "SECRET_KEY": "s" * 50,
    "IDENTITY_HMAC_KEY": "h" * 50,
    "IDENTITY_ENCRYPTION_KEY": "e" * 50,
    "ALLOWED_HOSTS": "yanxiu.example",
}
LOAD = "import django; django.setup(); from django.conf import settings; print(settings.DEBUG)"


def start(program=LOAD, **environment):
    """Load the production settings in a process of its own, with this environment alone."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    fixed = {
        "DJANGO_SETTINGS_MODULE": "config.settings.production",
        "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing",
    }
    return subprocess.run(
        [sys.executable, "-c", program],
        cwd=settings.BASE_DIR,
        env=kept | fixed | environment,
        capture_output=True,
        text=True,
    )


def test_it_starts_when_everything_is_set():
    done = start(**FIT)
    assert (done.returncode, done.stdout) == (0, "False\n"), done.stderr


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"DJANGO_DEBUG": "1"}, "DEBUG is on"),
        ({"SECRET_KEY": ""}, "SECRET_KEY is missing"),
        ({"SECRET_KEY": "demo-only-not-secret"}, "SECRET_KEY is a default"),
        ({"IDENTITY_HMAC_KEY": ""}, "IDENTITY_HMAC_KEY is missing"),
        ({"IDENTITY_HMAC_KEY": "short"}, "IDENTITY_HMAC_KEY is a default or too short"),
        ({"IDENTITY_ENCRYPTION_KEY": ""}, "IDENTITY_ENCRYPTION_KEY is missing"),
        ({"IDENTITY_ENCRYPTION_KEY": "h" * 50}, "Two of the secrets are the same"),
        ({"ALLOWED_HOSTS": ""}, "No host is allowed"),
        ({"ALLOWED_HOSTS": "*"}, "Every host is allowed"),
    ],
)
def test_it_refuses_and_names_the_reason(change, reason):
    done = start("import config.settings.production", **(FIT | change))
    assert done.returncode != 0
    assert reason in done.stderr.splitlines()[-1]


def test_all_reasons_are_named_at_once():
    assert len(refusals.reasons({})) == 5


@pytest.mark.parametrize(("durable", "starts"), [(True, True), (False, False)])
def test_it_refuses_a_database_that_forgets(tmp_path, durable, starts):
    collect(tmp_path / "static", named_files())
    base = tmp_path / "pg"
    socket = embedded_postgres.ensure(base, durable=durable)
    try:
        place = {
            "DATABASE_URL": f"postgresql://app@/app?host={socket}",
            "YANXIU_VAR": str(tmp_path),
        }
        done = start("import config.wsgi", **FIT, **place)
    finally:
        embedded_postgres.remove(base)
    assert (done.returncode == 0) is starts, done.stderr
    for setting in ("fsync", "synchronous_commit", "full_page_writes"):
        assert (setting in done.stderr) is not starts


def collect(root, names):
    """The manifest that collectstatic leaves when it has collected ``names``."""
    manifest = {"version": "1.1", "hash": "", "paths": {name: name for name in names}}
    root.mkdir()
    (root / "staticfiles.json").write_text(json.dumps(manifest))


def test_it_refuses_to_serve_pages_whose_files_were_not_collected(tmp_path, settings):
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STORAGES = storages("django.contrib.staticfiles.storage.ManifestStaticFilesStorage")
    collect(settings.STATIC_ROOT, named_files() - {"css/site.css"})
    with pytest.raises(
        refusals.NotFitForProduction, match=r"css/site\.css, 1 in all.*collectstatic"
    ):
        require_collected_files()


def test_pages_whose_files_were_all_collected_are_served(tmp_path, settings):
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STORAGES = storages("django.contrib.staticfiles.storage.ManifestStaticFilesStorage")
    collect(settings.STATIC_ROOT, named_files())
    require_collected_files()


def test_cookies_and_transport_are_safe():
    shown = (
        "import django, json; django.setup(); from django.conf import settings as s;"
        "print(json.dumps([s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_SSL_REDIRECT,"
        "s.SECURE_HSTS_SECONDS >= 31536000, s.MFA_REQUIRED_FOR_APPOINTMENTS]))"
    )
    assert json.loads(start(shown, **FIT).stdout) == [True] * 5


def test_numbers_that_name_a_person_do_not_reach_a_log():
    line = "Key (phone)=(13812345678) of 37010219900101001X exists, row 1234567890123456789012"
    assert mask(line) == "Key (phone)=([phone]) of [id number] exists, row 1234567890123456789012"


def test_a_traceback_is_masked_too():
    program = (
        "import django, logging; django.setup();\n"
        "try:\n raise ValueError('13812345678 37010219900101001X')\n"
        "except ValueError: logging.getLogger('videos').exception('of %s', '13912345678')"
    )
    line = json.loads(start(program, **FIT).stderr.splitlines()[-1])
    assert line["event"] == "of [phone]"
    assert "ValueError: [phone] [id number]" in line["exception"]
