"""What a hostile or broken file can do to the worker: nothing but fail."""

import sys
import time

import pytest

from videos.domain.confinement import ConfinedProgramFailed, Limits, run_confined

ROOMY = Limits(cpu_seconds=20, memory_bytes=4 * 1024**3, file_bytes=10 * 1024**2)


def confined(code, tmp_path, limits=ROOMY, seconds=20, **options):
    command = [sys.executable, "-I", "-c", code]
    return run_confined(command, limits, seconds=seconds, folder=tmp_path, **options)


def test_it_gives_back_what_was_written(tmp_path):
    heard = []
    assert confined("print(1); print(2)", tmp_path, heard=heard.append) == "1\n2\n"
    assert heard == ["1", "2"]


@pytest.mark.parametrize(
    ("code", "limits"),
    [
        ("while True: pass", Limits(1, 4 * 1024**3, 1024)),
        ("bytearray(600 * 1024**2)", Limits(20, 500 * 1024**2, 1024)),
        ("open('big', 'wb').write(bytes(2 * 1024**2))", Limits(20, 4 * 1024**3, 1024**2)),
        ("raise SystemExit(3)", ROOMY),
        ("files = [open('/dev/null') for _ in range(100)]", ROOMY),
    ],
    ids=["processor", "memory", "file size", "error", "open files"],
)
def test_it_ends_at_a_limit(tmp_path, code, limits):
    with pytest.raises(ConfinedProgramFailed):
        confined(code, tmp_path, limits)


def test_it_ends_when_its_time_is_over(tmp_path):
    began = time.monotonic()
    with pytest.raises(ConfinedProgramFailed):
        confined("import time; time.sleep(60)", tmp_path, seconds=1)
    assert time.monotonic() - began < 10


def test_whoever_listens_can_stop_it(tmp_path):
    def enough(line):
        raise KeyError(line)

    with pytest.raises(KeyError):
        confined("import time; print('x', flush=True); time.sleep(60)", tmp_path, heard=enough)


def test_it_sees_no_settings_of_the_platform(tmp_path, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "secret")
    assert "secret" not in confined("import os; print(dict(os.environ))", tmp_path)
