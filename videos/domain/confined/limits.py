"""Runs one program under limits that it cannot lift, and dies with its parent.

Run as a script in a process of its own, never imported by the platform:
``python -I limits.py '{"cpu_seconds": 60, …}' program argument …``. Standard library only.
"""

import ctypes
import json
import os
import resource
import signal
import sys

PR_SET_PDEATHSIG = 1
PR_SET_NO_NEW_PRIVS = 38


def main() -> None:
    limits = json.loads(sys.argv[1])
    die_with_parent()
    os.nice(10)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
    for name, limit in (
        (resource.RLIMIT_CPU, limits["cpu_seconds"]),
        (resource.RLIMIT_AS, limits["memory_bytes"]),
        (resource.RLIMIT_FSIZE, limits["file_bytes"]),
    ):
        resource.setrlimit(name, (limit, limit))
    os.execv(sys.argv[2], sys.argv[2:])  # noqa: S606 - the caller passes a full path


def die_with_parent() -> None:
    """A killed worker must not leave its child converting on; Linux only, elsewhere skipped."""
    if sys.platform == "linux":
        libc = ctypes.CDLL(None)
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)


if __name__ == "__main__":
    main()
