from programmes.enums import EnrolmentState
from programmes.models import WorkingDay
from tests.factories import UserFactory
from tests.matrix.row import SIGNED_IN, Row, only
from tests.programmes.factories import make_enrolment, open_programme

COUNTY = ("county_administrator_home", "city_administrator_home", "province_administrator")
OFFICERS = only(*COUNTY, "project_officer")
ALL_OFFICERS = only(
    *OFFICERS, "county_administrator_away", "city_administrator_away"
)  # each sees its own area only
DESK = ALL_OFFICERS | only("auditor_home", "auditor_away")
SCHOOL = OFFICERS | only("principal_home")
SCHOOL_READERS = SCHOOL | only("auditor_home")
CALENDAR = only("project_officer", "province_administrator")
SCHOOL_ROLES = only("principal_home", "principal_away")


def programme(world):
    if "programme" not in world.things:
        world.things["programme"] = open_programme()
    return world.things["programme"]


def no_objects(world):
    programme(world)
    return {}


def school(world):
    programme(world)
    return {"pk": world.home_school.pk}


def person(world):
    programme(world)
    return {"pk": world.home_school.pk, "user_pk": world.people["teacher_home"].pk}


def enrolment(state):
    def build(world):
        made = make_enrolment(
            UserFactory(school=world.home_school), programme=programme(world), state=state
        )
        return {"pk": made.pk}

    return build


def special_teacher(world):
    made = make_enrolment(
        UserFactory(school=world.home_school),
        programme=programme(world),
        person_type="special_education",
    )
    return {"pk": made.pk}


def own_enrolments(world):
    for user in world.people.values():
        make_enrolment(
            user,
            school=world.home_school,
            programme=programme(world),
            state=EnrolmentState.ENTERED,
        )
    return {}


def phase(world):
    programme(world)
    return {"key": "enrolment"}


def working_day(world):
    programme(world)
    return {"pk": WorkingDay.objects.get_or_create(day="2031-01-01", is_working=False)[0].pk}


CONFIRMED = enrolment(EnrolmentState.CONFIRMED)
APPROVED = enrolment(EnrolmentState.APPROVED)
REASON = {"reason": "matrix"}

ROWS = [
    Row("programmes:overview", SIGNED_IN, no_objects),
    Row("programmes:enrolment", SIGNED_IN, no_objects),
    Row("programmes:confirm", SIGNED_IN, own_enrolments, "post"),
    Row("programmes:give_back", SIGNED_IN, own_enrolments, "post", lambda world: REASON),
    Row("programmes:school", SCHOOL_ROLES, no_objects),
    Row("programmes:school_list", SCHOOL_READERS, school),
    Row("programmes:missing", SCHOOL_READERS, school),
    Row("programmes:enter_selected", SCHOOL, school, "post"),
    Row("programmes:enter_one", SCHOOL, person),
    Row("programmes:opt_in", SCHOOL, special_teacher, "post"),
    Row("programmes:correct", SCHOOL, CONFIRMED),
    Row("programmes:correct", OFFICERS, APPROVED, query="?approved"),
    Row("programmes:withdraw", SCHOOL, CONFIRMED),
    Row("programmes:return", OFFICERS, CONFIRMED),
    Row("programmes:approvals", DESK, no_objects),
    Row("programmes:approve", ALL_OFFICERS, no_objects, "post"),
    Row("programmes:extend", ALL_OFFICERS, phase),
    Row("programmes:edit_phase", CALENDAR, phase),
    Row("programmes:working_days", CALENDAR, no_objects),
    Row("programmes:clear_day", CALENDAR, working_day, "post"),
]
