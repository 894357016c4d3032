"""kill -9 of web, worker and database while a teacher works: nothing acknowledged is lost,
nothing is doubled, and everything comes back alone within half a minute."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from config import embedded_postgres
from tests.setup.scripted_client import QUESTIONS, ScriptedClient

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(600),
    pytest.mark.waits,
]

RECOVERY_SECONDS = 30
START_SECONDS = 240  # a cluster of its own comes first, perhaps on a busy machine


class Stack:
    """The running programs, as an operator with kill sees them."""

    def __init__(self, folder, port, process):
        self.folder, self.port, self.process = folder, port, process
        self.jobs = []

    def query(self, statement, *values):
        address = {"host": str(self.folder / "pg"), "user": "app", "dbname": "app"}
        with psycopg.connect(**address, connect_timeout=5, autocommit=True) as connection:
            return connection.execute(statement, values).fetchall()

    def start_job(self):
        """A job whose commit was acknowledged."""
        fields = "'test.tally', '{\"steps\": 5}', 'queued', 0, 20, '', 0, 0, '', now()"
        columns = "kind, arguments, state, attempt, max_attempts, stage, progress_done"
        columns += ", progress_total, reason, created_at"
        ((pk,),) = self.query(f"INSERT INTO core_job ({columns}) VALUES ({fields}) RETURNING id")  # noqa: S608
        self.jobs.append(pk)
        return pk

    def is_done(self, pk):
        try:
            return self.query("SELECT state FROM core_job WHERE id = %s", pk) == [("done",)]
        except psycopg.OperationalError:
            return False

    def leader(self, mark):
        """The process group of the supervised program whose command line holds ``mark``."""
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                parent = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
                command = (entry / "cmdline").read_bytes().decode()
            except OSError:
                continue
            if parent == self.process.pid and mark in command:
                return int(entry.name)
        raise AssertionError(f"{mark} does not run")

    def kill_web(self):
        os.killpg(self.leader("gunicorn"), signal.SIGKILL)

    def kill_worker(self):
        os.killpg(self.leader("-Qdefault"), signal.SIGKILL)

    def kill_database(self):
        pid_file = self.folder / "pg" / "data" / "postmaster.pid"
        os.kill(int(pid_file.read_text().split("\n")[0]), signal.SIGKILL)


@pytest.fixture
def tables(django_db_setup, tmp_path):
    """The migrated tables, to be read into another cluster."""
    parts, dump = connection.settings_dict, tmp_path / "tables"
    source = ["-h", parts["HOST"], "-p", parts["PORT"] or "5432", "-U", parts["USER"]]
    dumped = [embedded_postgres.binaries() / "pg_dump", "-Fc", "--no-owner", *source]
    subprocess.run([*dumped, "-f", dump, parts["NAME"]], check=True)
    return dump


@pytest.fixture
def stack(tmp_path, tables):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {"YANXIU_VAR": str(tmp_path)}
    for name in ("DATABASE_URL", "CELERY_BROKER_URL", "DJANGO_SETTINGS_MODULE"):
        environment.pop(name, None)
    command = [sys.executable, "-m", "tests.setup.stack", str(port), tables]
    process = subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment)
    try:
        yield Stack(tmp_path, port, process)
    finally:
        process.terminate()
        process.wait(60)


def wait(question, seconds, what):
    started_at = time.monotonic()
    while not question():
        assert time.monotonic() - started_at < seconds, f"{what}: not within {seconds} s"
        time.sleep(0.1)
    return time.monotonic() - started_at


def served(port):
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def test_kill_9_of_everything_loses_and_doubles_nothing(stack):
    wait(lambda: served(stack.port), START_SECONDS, "first page")
    story = json.loads((stack.folder / "story.json").read_text())
    client = ScriptedClient(stack.port, story)
    client.start()
    wait(lambda: stack.is_done(stack.jobs[-1]) if stack.jobs else stack.start_job() < 0, 120, "job")
    answers_again(client, since=time.monotonic(), killed="nothing")
    for kill in (stack.kill_worker, stack.kill_web, stack.kill_database):
        under_way = stack.start_job()
        time.sleep(1)
        kill()
        answers_again(client, since=time.monotonic(), killed=kill.__name__)
        wait(partial(stack.is_done, under_way), RECOVERY_SECONDS, f"job after {kill.__name__}")
    client.close()
    assert client.unexpected == []
    assert client.longest_silence < RECOVERY_SECONDS
    assert len(client.answers) == QUESTIONS
    assert_study_is_kept(stack, client)
    assert_answers_are_kept(stack, client, story)
    assert_jobs_ended_once(stack)


def answers_again(client, *, since, killed):
    wait(lambda: client.answered_at > since, RECOVERY_SECONDS, f"pages after {killed}")
    assert client.unexpected == []


def assert_study_is_kept(stack, client):
    ((watched,),) = stack.query("SELECT watched_seconds FROM videos_studyrecord")
    wall = time.monotonic() - client.opened_at
    assert client.studied > 20
    assert client.studied <= watched <= wall * 1.5


def assert_answers_are_kept(stack, client, story):
    """Each answer is the last acknowledged one, or one sent later that was cut off."""
    statement = (
        "SELECT position, option_order, response FROM courses_paperitem WHERE attempt_id = %s"
    )
    for position, order, response in stack.query(statement, story["attempt"]):
        possible = [[order[int(option)]] for option in client.sent[position]]
        assert response in possible, (position, response, client.answers[position])


def assert_jobs_ended_once(stack):
    states = stack.query("SELECT id, state FROM core_job WHERE kind = 'test.tally' ORDER BY id")
    assert states == [(pk, "done") for pk in stack.jobs]
    assert stack.query("SELECT job, count(*) FROM tally_end GROUP BY job ORDER BY job") == [
        (pk, 1) for pk in stack.jobs
    ]
    assert stack.query("SELECT count(*) FROM tally") == [(5 * len(stack.jobs),)]
