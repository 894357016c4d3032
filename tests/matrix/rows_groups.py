"""A school's study groups (R21)."""

from uuid import uuid4

from tests.matrix.row import SIGNED_IN, Row, only
from tests.matrix.rows_workshops import county, nothing
from workshops.domain.groups import open_group

HEADS = only("principal_home", "principal_away")
HEAD = only("principal_home")


def group(world):
    """The home school's, opened and led by its principal."""
    county(world)
    made = open_group(
        world.things["workshop"].programme,
        world.home_school,
        name="大单元教学",
        plan="每周一次",
        token=uuid4(),
        by=world.people["principal_home"],
    )
    return {"pk": made.pk}


def typed(world):
    return {"name": "课题组", "plan": "每月一次", "token": uuid4()}


ROWS = [
    Row("workshops:groups", SIGNED_IN, nothing(group)),
    Row("workshops:group_new", HEADS, nothing(county)),
    Row("workshops:group_new", HEADS, nothing(county), method="post", data=typed),
    Row("workshops:group_people", HEAD, group),
    Row("workshops:group_people", HEAD, group, method="post", data=lambda world: {}),
    Row("workshops:group_lead", HEAD, group, method="post"),
]
