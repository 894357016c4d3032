from tests.matrix.row import Row, only
from tests.matrix.rows_talk import MODERATE, WRITE, own_post, question, reply_of_the_host
from tests.matrix.rows_workshops import DESKS, HOST, MEMBER, READ
from workshops.domain.moderation import appeal, hide_post, mute, report_post

ABOVE = only("city_administrator_home", "province_administrator", "project_officer")
WHY = {"why": "与教学无关"}


def reported(world):
    key = own_post(world)
    post = world.things["thread"].posts.get(**key)
    report_post(post, why="像广告", by=world.people["marker_home"])
    return key


def hidden(world):
    """The member's own reply, hidden by the county; appealed against by nobody yet."""
    key = reply_of_the_host(world)
    hide_post(world.things["post"], why="跑题", by=world.people["county_administrator_home"])
    return key


def appealed(world):
    hidden(world)
    case = appeal(world.things["post"], text="我在答问题", by=world.people["marker_home"])
    return {"pk": case.pk}


def desk(world):
    question(world)
    return {"pk": world.things["workshop"].pk}


def person(world):
    return desk(world) | {"user": world.people["teacher_home"].pk}


def muted(world):
    desk(world)
    writer, runs = world.people["teacher_home"], world.people["marker_home"]
    return {"pk": mute(world.things["workshop"], writer, days=3, why="吵闹", by=runs).pk}


ROWS = [
    Row("workshops:report", (READ | WRITE) - MEMBER, own_post),
    Row("workshops:report", (READ | WRITE) - MEMBER, own_post, method="post", data=lambda _: WHY),
    Row("workshops:hide", MODERATE, own_post),
    Row("workshops:hide", MODERATE, own_post, method="post", data=lambda _: WHY),
    Row("workshops:restore", MODERATE, hidden),
    Row("workshops:restore", MODERATE, hidden, method="post", data=lambda _: WHY),
    Row("workshops:let_stand", MODERATE, reported, method="post"),
    Row("workshops:appeal", HOST, hidden),
    Row("workshops:appeal", HOST, hidden, method="post", data=lambda _: WHY),
    Row("workshops:moderation", MODERATE, desk),
    Row("workshops:sanction", MODERATE, person),
    Row("workshops:sanction", MODERATE, person, method="post", data=lambda _: WHY | {"days": "3"}),
    Row("workshops:sanction_lift", MODERATE, muted, method="post"),
    Row("workshops:appeals", DESKS, lambda world: {} if appealed(world) else {}),
    Row("workshops:appeal_ruling", ABOVE, appealed),
    Row(
        "workshops:appeal_ruling",
        ABOVE,
        appealed,
        method="post",
        data=lambda _: WHY | {"restore": "1"},
    ),
]
