"""What the uploader is told when a list has been checked or imported."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from bureau.enums import BatchState
from bureau.models import ImportBatch
from notifications.domain.notify import notify

SENTENCES = (BatchState.CHECKED, BatchState.IMPORTED)


def announce(batch: ImportBatch) -> dict[str, Any]:
    """Put one line into the uploader's inbox. Safe to repeat. Returns: the job's result."""
    counts = {
        "added": batch.added,
        "changed": batch.changed,
        "left": batch.left,
        "refused": batch.refused,
    }
    if batch.state not in SENTENCES:
        return counts
    url = reverse("bureau:import", kwargs={"pk": batch.pk})
    notify(
        [batch.uploaded_by_id],
        f"bureau.import_{batch.state}",
        counts | {"file": batch.file_name},
        url,
        key=f"bureau.import:{batch.pk}:{batch.state}",
    )
    sentence = _(
        "Added: %(added)s, changed: %(changed)s, left as is: %(left)s, refused: %(refused)s."
    )
    if batch.state == BatchState.CHECKED:
        sentence = _(
            "To add: %(added)s, to change: %(changed)s, left as is: %(left)s, refused: "
            "%(refused)s. Nothing has been imported yet."
        )
    return counts | {"sentence": sentence % counts, "url": url}
