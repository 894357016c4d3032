from celery import shared_task

from core.domain.jobs import run_job
from core.domain.sweeping import sweep_jobs


@shared_task(name="core.run_job", acks_late=True)
def run_job_task(job_id: int) -> None:
    """May run late, twice or in parallel: ``run_job`` acts only for the holder of the lease."""
    run_job(job_id)


@shared_task(name="core.sweep_jobs", acks_late=False)
def sweep_jobs_task() -> None:
    """Every few seconds, by the clock."""
    sweep_jobs()
