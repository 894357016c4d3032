"""Who opens which page about people. The things are a teacher of the home school."""

from datetime import date

from accounts.enums import Role
from tests.factories import appoint
from tests.matrix.row import EVERYONE, SIGNED_IN, Row, only

OFFICERS = (
    "principal_home",
    "county_administrator_home",
    "city_administrator_home",
    "province_administrator",
    "project_officer",
)
AWAY = ("principal_away", "county_administrator_away", "city_administrator_away")
KEEPERS = only(*OFFICERS)
READERS = only(*OFFICERS, "auditor_home")
ALL_READERS = only(*OFFICERS, *AWAY, "auditor_home", "auditor_away")
WHY = {"why": "信息有误"}


def teacher(world):
    return {"pk": world.people["teacher_home"].pk}


def marking(world):
    """An appointment that an officer of the home side may end."""
    person = world.people["teacher_home"]
    given = appoint(person, Role.MARKER, world.home_school, starts_on=date(2017, 1, 1))
    return {"pk": given.pk}


def new_role(world):
    return {"role": "marker", "organisation": world.home_school.code, "starts_on": "2017-06-15"}


def other_school(world):
    return {"school": world.home_school.code, **WHY}


def record(world):
    return {"real_name": "王芳", "username": "teacher_home", **WHY}


ROWS = [
    Row("account_login", EVERYONE),
    Row("account_activate", EVERYONE),
    Row("account_reset_password", EVERYONE),
    Row("account_reset_confirm", EVERYONE, build=lambda world: {"uidb64": "MQ", "token": "x-y"}),
    Row("account_change_password", SIGNED_IN),
    Row("accounts:profile", SIGNED_IN),
    Row("accounts:change_email", SIGNED_IN),
    Row("accounts:change_phone", SIGNED_IN),
    Row("accounts:confirm_email", SIGNED_IN, build=lambda world: {"token": "x"}),
    Row("accounts:forget_email", SIGNED_IN, method="post"),
    Row("accounts:end_sessions", SIGNED_IN),
    Row("accounts:people", ALL_READERS),
    Row("accounts:find", ALL_READERS, method="post", data=lambda world: {"q": "王"}),
    Row("accounts:add", KEEPERS, build=lambda world: {"unit": world.home_school.pk}),
    Row("accounts:person", READERS, build=teacher),
    Row("accounts:change", KEEPERS, build=teacher),
    Row("accounts:change", KEEPERS, build=teacher, method="post", data=record),
    Row("accounts:move", KEEPERS, build=teacher),
    Row("accounts:move", KEEPERS, build=teacher, method="post", data=other_school),
    Row("accounts:deactivate", KEEPERS, build=teacher),
    Row("accounts:deactivate", KEEPERS, build=teacher, method="post", data=lambda world: WHY),
    Row("accounts:reactivate", KEEPERS, build=teacher),
    Row("accounts:remove_factor", KEEPERS, build=teacher),
    Row("accounts:remove_factor", KEEPERS, build=teacher, method="post", data=lambda world: WHY),
    Row("accounts:code", KEEPERS, build=teacher, method="post"),
    Row("accounts:appoint", KEEPERS, build=teacher),
    Row("accounts:appoint", KEEPERS, build=teacher, method="post", data=new_role),
    Row("accounts:end_appointment", KEEPERS, build=marking),
    Row("accounts:end_appointment", KEEPERS, build=marking, method="post", data=lambda world: WHY),
    Row("accounts:slips", KEEPERS, build=lambda world: {"school": world.home_school.pk}),
    Row(
        "accounts:slips",
        KEEPERS,
        build=lambda world: {"school": world.home_school.pk},
        method="post",
    ),
]
