"""Ends the demo of this folder and its databases."""

import os
import signal
import sys
import time

from config import embedded_postgres
from config.launch.demo import DATABASE, PID
from config.launch.places import VAR


def main() -> int:
    if pid := _demo_process():
        os.kill(pid, signal.SIGTERM)
        for _ in range(400):
            if not _demo_process():
                break
            time.sleep(0.1)
        print("The demo has ended.")
    for folder in (DATABASE, VAR / "pg-test"):
        embedded_postgres.stop(folder)
    return 0


def _demo_process() -> int | None:
    try:
        pid = int(PID.read_text() or 0)
        os.kill(pid, 0)
    except (OSError, ValueError):
        return None
    return pid or None


if __name__ == "__main__":
    sys.exit(main())
