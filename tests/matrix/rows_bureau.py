from tests.bureau.matrix_things import draft, people_upload, refused_draft
from tests.matrix.row import Row, only

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
UPLOADER = only("county_administrator_home")


def people(_world):
    return {"kind": "people"}


def schools(_world):
    return {"kind": "schools"}


ROWS = [
    Row("bureau:imports", VIEWERS),
    Row("bureau:upload", IMPORTERS, people),
    Row("bureau:upload", SCHOOL_IMPORTERS, schools),
    Row("bureau:upload", IMPORTERS, people, method="post", data=people_upload),
    Row("bureau:template", IMPORTERS, people),
    Row("bureau:template", SCHOOL_IMPORTERS, schools),
    Row("bureau:import", OVER_HOME - only("principal_home"), draft),
    Row("bureau:returned", UPLOADER, refused_draft),
    Row("bureau:apply_import", UPLOADER, draft, method="post"),
    Row("bureau:discard_import", UPLOADER, draft, method="post"),
]
