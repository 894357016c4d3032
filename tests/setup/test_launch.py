"""run.py: each obstacle is one sentence that says what to do, and what dies is started again."""

import os
import runpy
import signal
import socket
import subprocess
import sys
import time

import pytest
from django.conf import settings

from config.launch import demo, environment, main, steps
from config.launch.supervisor import Program, end, supervise


def wait(question, seconds=10):
    ends_at = time.monotonic() + seconds
    while not question():
        assert time.monotonic() < ends_at
        time.sleep(0.05)


def lives(pid):
    try:
        with open(f"/proc/{pid}/stat") as stat:
            return stat.read().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def test_an_old_python_is_told_what_to_do(monkeypatch):
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    with pytest.raises(SystemExit) as refusal:
        runpy.run_path(str(settings.BASE_DIR / "run.py"))
    assert str(refusal.value) == (
        "Yanxiu needs Python 3.11 or newer and this is 3.9: call run.py with a newer one."
    )


def test_a_python_without_venv_is_told_what_to_install(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "ensurepip", None)
    monkeypatch.setattr(environment, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(environment, "PYTHON", tmp_path / ".venv" / "bin" / "python")
    with pytest.raises(steps.SetupError, match="apt install python3.*-venv"):
        environment.install("base")


def test_a_busy_port_is_named():
    with socket.socket() as busy:
        busy.bind((demo.HOST, 0))
        busy.listen()
        port = busy.getsockname()[1]
        with pytest.raises(steps.SetupError, match=f"Port {port} is not free"):
            demo.require_free(port)
    demo.require_free(port)


@pytest.mark.parametrize(
    ("output", "sentence"),
    [
        ("[Errno 28] No space left on device", "The disk is full"),
        ("npm error code ENOSPC", "The disk is full"),
        ("NewConnectionError(...): Temporary failure in name resolution", "check the network"),
        ("npm error code ENOTFOUND", "check the network"),
        ("a\n  what went wrong  \n\n", "what went wrong"),
    ],
)
def test_what_a_failed_step_said_becomes_one_sentence(
    tmp_path, monkeypatch, capfd, output, sentence
):
    monkeypatch.setattr(steps, "LOGS", tmp_path)
    program = f"import sys; print({output!r}); sys.exit(3)"
    with pytest.raises(steps.SetupError) as refusal:
        steps.run([sys.executable, "-c", program], log="broken")
    assert sentence in str(refusal.value)
    assert capfd.readouterr() == ("", "")


def test_a_full_disk_anywhere_is_one_sentence(monkeypatch, capsys):
    def full(rest):
        raise OSError(28, "No space left on device")

    monkeypatch.setitem(main.COMMANDS, "check", full)
    assert main.main(["check"]) == 1
    assert capsys.readouterr().err == "\nThe disk is full: free at least 3 GB and start again.\n"


def test_a_step_is_done_again_only_when_its_inputs_changed_or_it_failed(tmp_path):
    done = []
    stamp = tmp_path / "stamp"

    def fail():
        raise steps.SetupError("no")

    assert steps.unless_done(stamp, "1", "work", lambda: done.append(1))
    assert not steps.unless_done(stamp, "1", "work", lambda: done.append(2))
    with pytest.raises(steps.SetupError):
        steps.unless_done(stamp, "2", "work", fail)
    assert steps.unless_done(stamp, "1", "work", lambda: done.append(3))
    assert done == [1, 3]


def test_a_killed_program_is_started_again_and_ends_with_its_children(tmp_path):
    pids = tmp_path / "pids"
    command = ["sh", "-c", f"sleep 300 & echo $! >> {pids}; wait"]
    program = Program("sleeper", command, log=tmp_path / "log", environment={})
    program.start()
    wait(pids.exists)
    first = program.process.pid
    program.signal(signal.SIGKILL)
    supervise(
        [program],
        also=lambda: None,
        until=lambda: len(pids.read_text().split()) == 2,
    )
    assert program.process.pid != first
    end([program])
    for child in pids.read_text().split():
        wait(lambda child=child: not lives(child))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ties a child to its parent")
def test_programs_end_with_a_supervisor_that_is_killed(tmp_path):
    started = (
        "import sys, time; from pathlib import Path;"
        "from config.launch.supervisor import Program;"
        "p = Program('x', ['sleep', '300'], log=Path(sys.argv[1]), environment={});"
        "p.start(); print(p.process.pid, flush=True); time.sleep(300)"
    )
    command = [sys.executable, "-c", started, str(tmp_path / "log")]
    supervisor = subprocess.Popen(command, cwd=settings.BASE_DIR, stdout=subprocess.PIPE, text=True)
    with supervisor:
        pid = int(supervisor.stdout.readline())
        assert lives(pid)
        os.kill(supervisor.pid, signal.SIGKILL)
    wait(lambda: not lives(pid))
