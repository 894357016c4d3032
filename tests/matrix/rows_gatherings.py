"""Trainings of hosts, seminars of workshops, signing in (R37)."""

from datetime import timedelta
from uuid import uuid4

from django.core.files.base import ContentFile
from django.utils import timezone

from tests.matrix.row import SIGNED_IN, Row, only
from tests.matrix.rows_workshops import (
    DESKS,
    HOST,
    MEMBER,
    OFFICE,
    OFFICES,
    READ,
    RUN,
    county,
    nothing,
)
from tests.workshops.gatherings import plan
from workshops.domain.gatherings.announcing import announce_seminar, announce_training
from workshops.domain.gatherings.codes import code_of
from workshops.domain.gatherings.priority import issue_list
from workshops.models import GatheringFile

OPEN = READ | MEMBER | HOST
TIMES = {"day": "2999-05-08", "begins": "09:00", "ends": "11:30"}


def training(world):
    """The home county's, to which the home marker is invited as a host."""
    county(world)
    made = announce_training(
        world.things["workshop"].programme,
        world.home_county,
        plan(),
        by=world.people["county_administrator_home"],
    )
    return {"pk": made.pk}


def seminar(world):
    county(world)
    runs = world.people["marker_home"]
    made = announce_seminar(world.things["workshop"], plan(), by=runs)
    world.things["seminar"] = made
    return {"pk": made.pk}


def begun(world):
    """A meeting of a seminar that takes place now."""
    key = seminar(world)
    meeting = world.things["seminar"].meetings.get()
    meeting.begins_at, meeting.ends_at = timezone.now(), timezone.now() + timedelta(hours=1)
    meeting.save()
    world.things["meeting"] = meeting
    return key


def meeting(world):
    begun(world)
    return {"pk": world.things["meeting"].pk}


def file(world):
    seminar(world)
    runs = world.people["marker_home"]
    made = GatheringFile(gathering=world.things["seminar"], name="a.pdf", size_bytes=5)
    made.added_by = runs
    made.file.save("a.pdf", ContentFile(b"%PDF-"))
    return {"pk": made.pk}


def code(world):
    return {"code": code_of(world.things["meeting"])}


def typed(**fields):
    return lambda world: {
        "title": "听评课",
        "place": "二楼会议室",
        "token": uuid4(),
        **TIMES,
        **fields,
    }


def issued(world):
    county(world)
    by = world.people["project_officer"]
    made = issue_list(world.things["workshop"].programme, world.province, by=by)
    return {"pk": made.pk}


PROVINCE = only("province_administrator", "project_officer")
ROWS = [
    Row("workshops:priority", PROVINCE, nothing(county)),
    Row("workshops:priority", PROVINCE, nothing(county), method="post", data=lambda world: {}),
    Row("workshops:priority_version", PROVINCE, issued),
    Row("workshops:gatherings", SIGNED_IN, nothing(training)),
    Row("workshops:trainings", DESKS, nothing(training)),
    Row("workshops:training_new", OFFICES, nothing(county)),
    Row("workshops:training_new", OFFICES, nothing(county), method="post", data=typed()),
    Row("workshops:seminars", OPEN, county),
    Row("workshops:seminar_new", RUN, county),
    Row("workshops:seminar_new", RUN, county, method="post", data=typed()),
    Row("workshops:gathering", OPEN, seminar),
    Row("workshops:gathering", READ | HOST, training),
    Row(
        "workshops:gathering_answer",
        MEMBER | HOST,
        seminar,
        method="post",
        data=lambda world: {"answer": "coming"},
    ),
    Row(
        "workshops:gathering_answer",
        HOST,
        training,
        method="post",
        data=lambda world: {"answer": "declined"},
    ),
    Row("workshops:invite_again", OFFICE, training, method="post"),
    Row("workshops:gathering_capacity", RUN, seminar),
    Row("workshops:gathering_capacity", OFFICE, training),
    Row(
        "workshops:gathering_capacity",
        RUN,
        seminar,
        method="post",
        data=lambda world: {"capacity": "20"},
    ),
    Row("workshops:gathering_cancel", RUN, seminar),
    Row(
        "workshops:gathering_cancel",
        RUN,
        seminar,
        method="post",
        data=lambda world: {"why": "台风"},
    ),
    Row("workshops:minutes", RUN, seminar),
    Row("workshops:minutes", RUN, begun, method="post", data=lambda world: {"minutes": "听课"}),
    Row("workshops:meeting_new", RUN, seminar),
    Row("workshops:meeting_new", RUN, seminar, method="post", data=lambda world: TIMES),
    Row("workshops:meeting_move", RUN, meeting),
    Row("workshops:meeting_move", RUN, meeting, method="post", data=typed()),
    Row("workshops:meeting_screen", RUN, meeting),
    Row("workshops:meeting_code", RUN, meeting),
    Row("workshops:sign_in", MEMBER | HOST, meeting),
    Row("workshops:sign_in", MEMBER | HOST, meeting, method="post", data=code),
    Row("workshops:meeting_list", RUN, meeting),
    Row("workshops:meeting_list", RUN, meeting, method="post", data=lambda world: {}),
    Row("workshops:gathering_file", OPEN, file),
]
