from django.utils import timezone

from accounts.models import User
from lessons.domain.rubric_drafts import draft_rubric
from lessons.models import Rubric
from tests.matrix.row import Row, only

OFFICE = only("project_officer", "province_administrator")


def draft(world):
    """The next version's draft; begun again after a row has published or discarded it."""
    return {"pk": draft_rubric(by=User.objects.get(pk=world.people["project_officer"].pk)).pk}


def whole_form(world):
    version = Rubric.objects.get(applies_from=None)
    sizes = {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0}
    managed = {f"{part}-{name}": size for part in ("level", "line") for name, size in sizes.items()}
    return {"revision": version.revision, "title_zh": "量表"} | managed


def today(_world):
    return {"from_day": timezone.localdate().isoformat()}


ROWS = [
    Row("lessons:rubrics", OFFICE),
    Row("lessons:rubric_draft", OFFICE, method="post"),
    Row("lessons:rubric", OFFICE, draft),
    Row("lessons:rubric_edit", OFFICE, draft),
    Row("lessons:rubric_publish", OFFICE, draft, method="post", data=today),
    Row("lessons:rubric_act", OFFICE, draft, method="post", data=lambda world: {"discard": "1"}),
    Row("lessons:rubric_edit", OFFICE, draft, method="post", data=whole_form),
]
