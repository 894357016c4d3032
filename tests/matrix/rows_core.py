from core.models import Job, JobState
from tests.matrix.row import EVERYONE, Row, only


def teachers_job(world):
    job = Job.objects.create(kind="test.count", created_by=world.people["teacher_home"])
    return {"pk": job.pk}


def parked_job(world):
    return {"pk": Job.objects.create(kind="test.count", state=JobState.PARKED).pk}


ROWS = [
    Row("core:set_language", EVERYONE, method="post", data=lambda world: {"language": "en"}),
    Row("core:set_theme", EVERYONE, method="post", data=lambda world: {"theme": "dark"}),
    Row("core:styleguide", EVERYONE),
    Row("core:healthz", EVERYONE),
    Row("core:readyz", EVERYONE),
    Row("core:job_progress", only("teacher_home"), teachers_job),
    Row("core:parked_jobs", only("province_administrator")),
    Row("core:retry_job", only("province_administrator"), parked_job, method="post"),
]
