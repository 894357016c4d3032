from bureau.domain.batches import apply_batch, check_batch
from bureau.domain.import_news import announce
from core.domain.jobs import RunningJob, job_kind


@job_kind("bureau.check_import", max_seconds=1800)
def check_import(job: RunningJob) -> dict:
    """May run late or twice; ``check_batch`` acts at most once."""
    return announce(check_batch(job.arguments["batch"], job.report))


@job_kind("bureau.apply_import", max_seconds=3600)
def apply_import(job: RunningJob) -> dict:
    """May run late or twice; ``apply_batch`` acts at most once, in one transaction."""
    return announce(apply_batch(job.arguments["batch"], job.report))
