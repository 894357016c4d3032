from django.utils import timezone

from tests.matrix.row import SIGNED_IN, Row, only
from tests.matrix.rows_moderation import hidden
from workshops.models import RulesTrial, TalkRules

KEEPERS = only("province_administrator", "project_officer")
LISTED = {"refuse": "代写", "links": "leaving", "why": "新学期", "newest": "0"}


def tried(world):
    """A version that was tried and does not hold yet."""
    if "rules" not in world.things:
        office = world.people["project_officer"]
        rules = TalkRules.objects.create(words=[["代写", "refuse"]], why="试行", made_by=office)
        line = {"kind": "word", "what": "代写", "verdict": "refuse", "posts": 2, "post": 1}
        RulesTrial.objects.create(
            rules=rules, days=7, posts=9, found=[line], tried_by=office, tried_at=timezone.now()
        )
        world.things["rules"] = rules
    return {"pk": world.things["rules"].pk}


def nothing(build):
    def made(world):
        build(world)
        return {}

    return made


ROWS = [
    Row("workshops:rules", KEEPERS, nothing(tried)),
    Row("workshops:rules", KEEPERS, method="post", data=lambda _: LISTED),
    Row("workshops:rules_version", KEEPERS, tried),
    Row("workshops:rules_try", KEEPERS, tried, method="post", data=lambda _: {"days": "7"}),
    Row("workshops:rules_switch", KEEPERS, tried, method="post", data=lambda _: {"why": "试过"}),
    Row("workshops:leaving", SIGNED_IN, query="?to=https://example.org/a"),
    Row("workshops:own_hidden", SIGNED_IN, nothing(hidden)),
]
