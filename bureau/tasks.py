from celery import shared_task
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bureau.domain.batches import apply_batch, check_batch, clear_expired_batches
from bureau.domain.exports import clear_expired_exports, make_export
from bureau.domain.import_news import announce
from bureau.domain.lesson_progress import count_lessons
from bureau.domain.progress import count_progress
from core.domain.jobs import RunningJob, job_kind
from programmes.models import Programme
from programmes.queries import current_programme


@job_kind("bureau.check_import", max_seconds=1800)
def check_import(job: RunningJob) -> dict:
    """May run late or twice; ``check_batch`` acts at most once."""
    return announce(check_batch(job.arguments["batch"], job.report))


@job_kind("bureau.apply_import", max_seconds=3600)
def apply_import(job: RunningJob) -> dict:
    """May run late or twice; ``apply_batch`` acts at most once, in one transaction."""
    return announce(apply_batch(job.arguments["batch"], job.report))


@job_kind("bureau.make_export", max_seconds=3600)
def make_export_job(job: RunningJob) -> dict:
    """May run late or twice; ``make_export`` acts at most once."""
    export = make_export(job.arguments["export"], job.report)
    sentence = ngettext(
        "%(rows)s row is in the file.", "%(rows)s rows are in the file.", export.rows
    )
    return {
        "sentence": sentence % {"rows": export.rows},
        "url": reverse("bureau:download", kwargs={"pk": export.pk}),
        "label": str(_("Download")),
    }


@job_kind("bureau.count_progress", max_seconds=600)
def count_progress_job(job: RunningJob) -> dict:
    """Somebody asks for figures of this minute."""
    programme = Programme.objects.get(pk=job.arguments["programme"])
    count_lessons(programme)
    return {"units": count_progress(programme)}


@shared_task(name="bureau.count_progress", acks_late=False)
def count_progress_task() -> None:
    """Every few minutes, by the clock; two at once do no harm."""
    programme = current_programme()
    if programme is not None:
        count_progress(programme)
        count_lessons(programme)


@shared_task(name="bureau.clear_files", acks_late=False)
def clear_files_task() -> None:
    """Every hour, by the clock: files and staged rows whose time is over."""
    clear_expired_batches()
    clear_expired_exports()
