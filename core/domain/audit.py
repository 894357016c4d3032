from collections.abc import Iterable
from typing import Any

from django.db import models

from core.actor import current_address
from core.models import AuditRecord


def record_act(
    verb: str,
    obj: models.Model,
    *,
    by: Any,
    from_state: str = "",
    to_state: str = "",
    why: str = "",
) -> AuditRecord:
    """Write who did ``verb`` to ``obj``, in the caller's transaction.

    ``by`` is the acting user, None for the clock. Never pass an ID number or a phone.
    """
    return AuditRecord.objects.create(
        by=by,
        address=current_address(),
        verb=verb,
        object_label=obj._meta.label_lower,
        object_key=str(obj.pk),
        from_state=from_state,
        to_state=to_state,
        why=why,
    )


def record_acts(
    verb: str,
    model: type[models.Model],
    keys: Iterable[Any],
    *,
    by: Any,
    from_state: str = "",
    to_state: str = "",
    why: str = "",
) -> None:
    """The same as ``record_act`` for many objects of one model, in one statement per 1,000."""
    acts = ((key, from_state, to_state) for key in keys)
    record_each(verb, model, acts, by=by, why=why)


def record_each(
    verb: str,
    model: type[models.Model],
    acts: Iterable[tuple[Any, str, str]],
    *,
    by: Any,
    why: str = "",
) -> None:
    """The same for keys that each have a state before and after of their own."""
    address = current_address()
    AuditRecord.objects.bulk_create(
        (
            AuditRecord(
                by=by,
                address=address,
                verb=verb,
                object_label=model._meta.label_lower,
                object_key=str(key),
                from_state=before,
                to_state=after,
                why=why,
            )
            for key, before, after in acts
        ),
        batch_size=1000,
    )
