from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.module_loading import autodiscover_modules

Handler = Callable[[Any], dict | None]


@dataclass(frozen=True)
class JobKind:
    """How one kind of background work is done.

    ``max_seconds``: after this long the lease is no longer renewed and the process is stopped,
    so work that hangs is taken up by another worker.
    """

    name: str
    handler: Handler
    queue: str
    max_attempts: int
    max_seconds: int


class UnknownJobKind(LookupError):
    """No module named ``tasks`` declares this kind."""


_kinds: dict[str, JobKind] = {}


def job_kind(
    name: str, *, queue: str = "default", max_attempts: int = 5, max_seconds: int = 3600
) -> Callable[[Handler], Handler]:
    """Declare the decorated function as the handler of jobs of this kind.

    The handler takes a ``RunningJob`` and returns the job's result. It may run late, twice or
    half, so it must be idempotent; a ``DomainError`` it raises becomes the job's reason, any
    other exception is tried again.
    """

    def declare(handler: Handler) -> Handler:
        if name in _kinds:
            raise ValueError(f"The job kind {name} is declared twice.")
        _kinds[name] = JobKind(name, handler, queue, max_attempts, max_seconds)
        return handler

    return declare


def kind_named(name: str) -> JobKind:
    """The declared kind; looks through every app's ``tasks`` on first need.

    Raises: UnknownJobKind.
    """
    if name not in _kinds:
        autodiscover_modules("tasks")
    try:
        return _kinds[name]
    except KeyError:
        raise UnknownJobKind(name) from None
