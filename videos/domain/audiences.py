"""Who belongs to whom: the floors above say it, and are asked at every single request.

A signed address names an audience, ``"lessons.lesson:42"``: a prefix that some floor has
registered and a key of its own. Whoever leaves the audience is refused from the next request on,
whatever addresses they still hold.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Predicate = Callable[[Any, str], bool]


@dataclass(frozen=True)
class Audience:
    """``may_watch`` and ``may_download`` get the user, who may be anonymous, and the key."""

    may_watch: Predicate
    may_download: Predicate


_audiences: dict[str, Audience] = {}


def nobody(user: Any, key: str) -> bool:
    return False


def register(prefix: str, may_watch: Predicate, *, may_download: Predicate = nobody) -> None:
    """Declare the audiences below ``prefix``; call it when the app is ready.

    ``may_download``: who of them may have the original, as it came.

    Raises: ValueError when another floor has taken the prefix.
    """
    if prefix in _audiences and _audiences[prefix] != Audience(may_watch, may_download):
        raise ValueError(f"The audience {prefix} is declared twice.")
    _audiences[prefix] = Audience(may_watch, may_download)


def may_watch(user: Any, audience: str) -> bool:
    """Whether ``user`` belongs to ``audience`` at this moment; never to one nobody declared."""
    declared, key = _declared(audience)
    return declared is not None and declared.may_watch(user, key)


def may_download(user: Any, audience: str) -> bool:
    """Whether ``user`` may have the original of what ``audience`` watches."""
    declared, key = _declared(audience)
    return (
        declared is not None and declared.may_watch(user, key) and declared.may_download(user, key)
    )


def _declared(audience: str) -> tuple[Audience | None, str]:
    prefix, _colon, key = audience.partition(":")
    return _audiences.get(prefix), key
