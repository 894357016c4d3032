"""The demo's own programs and supervisor on a small world of their own, for tests that kill.

Run as `python -m tests.setup.stack PORT TABLES` with YANXIU_VAR set; writes var/story.json.
"""

import json
import os
import signal
import subprocess
import sys
from datetime import date

from config import embedded_postgres
from config.launch.demo import DATABASE, database_keeper, programs, wait_until_served
from config.launch.places import LOGS, PYTHON, VAR
from config.launch.supervisor import end, supervise

SETTINGS = "tests.setup.queue_settings"


def main(port, tables):
    LOGS.mkdir(parents=True)
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    ending = []
    signal.signal(signal.SIGTERM, lambda *_: ending.append(True))
    socket = embedded_postgres.ensure(DATABASE)
    read = [embedded_postgres.binaries() / "pg_restore", "-h", socket, "-U", "app", "-d", "app"]
    subprocess.run([*read, tables], check=True)
    subprocess.run([PYTHON, "-m", "tests.setup.stack", "story"], check=True)
    started = [program for program in programs(port, SETTINGS) if program.name != "transcoder"]
    try:
        for program in started:
            program.start()
        wait_until_served(port)
        supervise(started, also=database_keeper(), until=lambda: bool(ending))
    finally:
        end(started)
        embedded_postgres.stop(DATABASE)


def write_story():
    """A teacher with a page open on a reading unit and a test begun, signed in."""
    import django  # noqa: PLC0415 - only this half needs it

    django.setup()
    from django.test import Client  # noqa: PLC0415

    from courses.domain.attempts import start_attempt  # noqa: PLC0415
    from programmes.domain.rulepacks import load_programme  # noqa: PLC0415
    from tests.courses.assessment_factories import (  # noqa: PLC0415
        make_bank,
        make_course,
        make_enrolment,
    )
    from tests.setup.tally import make_tables  # noqa: PLC0415
    from videos.domain.addresses import study_token  # noqa: PLC0415
    from videos.domain.units import reading_unit  # noqa: PLC0415

    make_tables()
    programme = load_programme("2017", shift_to=date.today())  # noqa: DTZ011
    course = make_course()
    make_bank(course, singles=12)
    user = make_enrolment(programme).user
    attempt = start_attempt(course, user=user, programme=programme)
    unit = reading_unit("单元", 3600)
    client = Client()
    client.force_login(user, backend="accounts.backends.AccountBackend")
    story = {
        "session": client.cookies["sessionid"].value,
        "token": str(study_token(user, unit, 1.5, needed_percent=95)),
        "attempt": attempt.pk,
    }
    (VAR / "story.json").write_text(json.dumps(story))


if __name__ == "__main__":
    write_story() if sys.argv[1] == "story" else main(int(sys.argv[1]), sys.argv[2])
