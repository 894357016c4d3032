from tests.bureau.matrix_things import draft, people_upload, ready_export, refused_draft
from tests.matrix.row import SIGNED_IN, Row, only

OVER_HOME = only(
    "principal_home",
    "county_administrator_home",
    "city_administrator_home",
    "auditor_home",
    "project_officer",
    "province_administrator",
)
VIEWERS = OVER_HOME | only(
    "principal_away", "county_administrator_away", "city_administrator_away", "auditor_away"
)
IMPORTERS = VIEWERS - only("auditor_home", "auditor_away")
SCHOOL_IMPORTERS = IMPORTERS - only("principal_home", "principal_away")
OFFICE = only("project_officer", "province_administrator")
CITIES = only("city_administrator_home", "city_administrator_away")
UPLOADER = only("county_administrator_home")


def people(_world):
    return {"kind": "people"}


def schools(_world):
    return {"kind": "schools"}


def national_lessons(_world):
    return {"kind": "national_lessons"}


def pushed_lessons(_world):
    return {"kind": "pushed_lessons"}


def home_county(world):
    return {"pk": world.home_county.pk}


def home_school(world):
    return {"pk": world.home_school.pk}


def export_of_home_school(world):
    return {"kind": "people", "unit": world.home_school.pk}


def national_of_the_province(world):
    return {"kind": "national_lessons", "unit": world.province.pk}


OVER_HOME_COUNTY = OVER_HOME - only("principal_home")
EXPORTERS = IMPORTERS

ROWS = [
    Row("bureau:home", VIEWERS),
    Row("bureau:unit", OVER_HOME_COUNTY, home_county),
    Row("bureau:unit", OVER_HOME, home_school),
    Row("bureau:unit_lessons", OVER_HOME, home_school),
    Row("bureau:unit_lessons", OVER_HOME_COUNTY, home_county),
    Row("bureau:check", OVER_HOME, home_school),
    Row("bureau:recount", OVER_HOME, home_school, method="post"),
    Row("bureau:exports", EXPORTERS),
    Row(
        "bureau:make_export",
        OVER_HOME - only("auditor_home"),
        export_of_home_school,
        method="post",
    ),
    Row("bureau:received_reviews", SIGNED_IN),
    Row("bureau:download", UPLOADER, ready_export),
    Row("bureau:imports", VIEWERS),
    Row("bureau:upload", IMPORTERS, people),
    Row("bureau:upload", SCHOOL_IMPORTERS, schools),
    Row("bureau:upload", OFFICE, national_lessons),
    Row("bureau:upload", CITIES, pushed_lessons),
    Row("bureau:template", OFFICE, national_lessons),
    Row("bureau:template", CITIES, pushed_lessons),
    Row("bureau:make_export", OFFICE, national_of_the_province, method="post"),
    Row("bureau:upload", IMPORTERS, people, method="post", data=people_upload),
    Row("bureau:template", IMPORTERS, people),
    Row("bureau:template", SCHOOL_IMPORTERS, schools),
    Row("bureau:import", OVER_HOME_COUNTY, draft),
    Row("bureau:returned", UPLOADER, refused_draft),
    Row("bureau:apply_import", UPLOADER, draft, method="post"),
    Row("bureau:discard_import", UPLOADER, draft, method="post"),
]
