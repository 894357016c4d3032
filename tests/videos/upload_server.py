"""The product's own web server in a process of its own, on the test's database, to be killed."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from django.conf import settings
from django.test import Client

from tests import database

TOKEN = "a" * 32
START_SECONDS = 90
PLACES = 3  # for senders, of four threads


class UploadServer:
    """gunicorn as the product runs it; ``kill`` is SIGKILL for all of it."""

    def __init__(self, folder: Path, stalled_seconds: int = 1):
        self.folder, self.port = folder, free_port()
        self.stalled_seconds = stalled_seconds
        self.process: subprocess.Popen | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def media(self) -> Path:
        return self.folder / "media-test"

    def start(self) -> None:
        command = [sys.executable, "-m", "gunicorn", "config.wsgi", f"--bind=127.0.0.1:{self.port}"]
        command += ["--worker-class=gthread", f"--threads={PLACES + 1}", "--no-control-socket"]
        with open(self.folder / "web.log", "ab") as log:
            self.process = subprocess.Popen(
                command,
                cwd=settings.BASE_DIR,
                env=self._environment(),
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def wait(self) -> None:
        gives_up_at = time.monotonic() + START_SECONDS
        while time.monotonic() < gives_up_at:
            try:
                urllib.request.urlopen(f"{self.url}/healthz", timeout=5).close()  # noqa: S310
                return
            except OSError:
                time.sleep(0.05)
        raise AssertionError((self.folder / "web.log").read_text()[-2000:])

    def kill(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def close(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.kill()

    def _environment(self) -> dict:
        known = database.connection.settings_dict
        address = f"postgresql://{known['USER']}@/{known['NAME']}?host={known['HOST']}"
        return os.environ | {
            "DJANGO_SETTINGS_MODULE": "config.settings.test",
            "DATABASE_URL": address,
            "YANXIU_VAR": str(self.folder),
            "UPLOAD_STALLED_SECONDS": str(self.stalled_seconds),
            "UPLOADS_AT_ONCE": str(PLACES),
        }


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def headers_of(user) -> dict[str, str]:
    """What a client that is no browser sends to be known as ``user``."""
    client = Client()
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    session = client.cookies["sessionid"].value
    return {"Cookie": f"sessionid={session}; csrftoken={TOKEN}", "X-CSRFToken": TOKEN}
