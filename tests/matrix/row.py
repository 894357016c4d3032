from collections.abc import Callable
from dataclasses import dataclass, field

from tests.world import World

EVERYONE = "everyone"
SIGNED_IN = "signed_in"


@dataclass(frozen=True)
class Row:
    """Who may call one address.

    ``allowed``: EVERYONE, SIGNED_IN or a set of names from ``tests.world.PERSONS``. All
    others must get 403 or 404, and the anonymous a redirect to the sign-in page.
    ``build`` makes the objects of the home subtree (once) and returns the address's kwargs;
    ``data`` is posted when given, with ``headers``. An allowed caller must get a status below 400.
    """

    url_name: str
    allowed: str | frozenset[str]
    build: Callable[[World], dict] = lambda world: {}
    method: str = "get"
    data: Callable[[World], dict] | None = None
    query: str = ""
    headers: dict[str, str] = field(default_factory=dict)


def only(*persons: str) -> frozenset[str]:
    return frozenset(persons)
