"""From which address the current act comes, for the audit trail."""

from contextlib import contextmanager
from contextvars import ContextVar

_address: ContextVar[str | None] = ContextVar("address", default=None)


def current_address() -> str | None:
    """The client's network address, None for the clock and the command line."""
    return _address.get()


@contextmanager
def acting_from(address: str | None):
    """Let every audit record written inside carry ``address``."""
    token = _address.set(address)
    try:
        yield
    finally:
        _address.reset(token)
