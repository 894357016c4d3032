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
CLONE_NEWUSER = 0x10000000
CLONE_NEWNET = 0x40000000


def main() -> None:
    limits = json.loads(sys.argv[1])
    if sys.platform == "linux":
        libc = ctypes.CDLL(None)
        die_with_parent(libc, limits["parent"])
        leave_the_network(libc)
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


def die_with_parent(libc: ctypes.CDLL, parent: int) -> None:
    """A killed worker must not leave its child converting on."""
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    if os.getppid() != parent:  # it died before we asked to be told
        os._exit(1)


def leave_the_network(libc: ctypes.CDLL) -> None:
    """Into a network of one's own, without any interface, where the system permits it.

    Where it does not, the list of allowed protocols stands alone.
    """
    libc.unshare(CLONE_NEWUSER | CLONE_NEWNET)


if __name__ == "__main__":
    main()
