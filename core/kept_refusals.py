"""A refusal that is read later, perhaps by somebody who reads another language.

What is kept is what the sentence is made of: its kind, its words before translation where the
kind has none of its own, and what fills the gaps. The sentence kept beside it, in the language of
whoever caused it, is what is shown when the kind is no longer known.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext_lazy, override

from core.errors import DomainError


def kept(refusal: DomainError) -> dict[str, Any]:
    """What ``refusal`` is made of, as JSON.

    Returns: empty when that would not give the same sentence again.
    """
    made_of: dict[str, Any] = {"kind": _name(type(refusal)), "parameters": refusal.params}
    if "message" in vars(refusal):
        with override(None):
            made_of["message"] = str(refusal.message)
    try:
        made_of = json.loads(json.dumps(made_of, cls=DjangoJSONEncoder))
    except TypeError:  # JSON cannot hold what fills a gap
        return {}
    return made_of if told(made_of, "") == str(refusal) else {}


def told(made_of: Mapping[str, Any], otherwise: str) -> str:
    """The sentence in the reader's language; ``otherwise`` when it cannot be made any more."""
    kind = next((kind for kind in _kinds() if _name(kind) == made_of.get("kind")), None)
    if kind is None:
        return otherwise
    refusal = kind.__new__(kind)
    message = gettext_lazy(made_of["message"]) if "message" in made_of else None
    DomainError.__init__(refusal, message, **made_of["parameters"])
    try:
        return str(refusal)
    except (AttributeError, LookupError, TypeError, ValueError):
        return otherwise


def _kinds(of: type[DomainError] = DomainError) -> Iterator[type[DomainError]]:
    yield of
    for kind in of.__subclasses__():
        yield from _kinds(kind)


def _name(kind: type) -> str:
    return f"{kind.__module__}.{kind.__qualname__}"
