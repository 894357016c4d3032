"""Background doors of the workshops; each may run twice."""

from celery import shared_task
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from accounts.models import User
from core.domain.jobs import RunningJob, job_kind
from programmes.queries import current_programme
from workshops.domain.duty.rounds import hand_on, remind, tell_missed
from workshops.domain.hosting.announcing import announce_calls
from workshops.domain.placing.placements import carry_out, try_placement
from workshops.domain.rules.keeping import try_rules
from workshops.domain.weeks import count_weeks
from workshops.models import TalkRules

TRY, PLACE = "workshops.try_placement", "workshops.place"
TRY_RULES = "workshops.try_rules"
ANNOUNCE = "workshops.announce_calls"


@job_kind(TRY, max_attempts=2, max_seconds=1800)
def try_placement_job(job: RunningJob) -> dict:
    """Find out what a placement would come to."""
    found = try_placement(job.arguments["placement"], job.report)
    return {"people": found["people"], "workshops": found["workshops"]}


@job_kind(PLACE, max_attempts=3, max_seconds=3600)
def place_job(job: RunningJob) -> dict:
    """Open the workshops, seat everybody, tell them once."""
    by = User.objects.get(pk=job.created_by_id)
    done = carry_out(job.arguments["placement"], job.report, by=by)
    sentence = ngettext(
        "%(seated)s person has a seat.", "%(seated)s people have a seat.", done["seated"]
    )
    return done | {"sentence": sentence % done, "url": reverse("workshops:desk")}


@job_kind(TRY_RULES, max_attempts=2, max_seconds=1800)
def try_rules_job(job: RunningJob) -> dict:
    """Find out what a version of the word list would have done."""
    rules = TalkRules.objects.get(pk=job.arguments["rules"])
    by = User.objects.get(pk=job.created_by_id)
    made = try_rules(rules, days=job.arguments["days"], by=by)
    return {"posts": made.posts, "found": len(made.found)}


@job_kind(ANNOUNCE, max_attempts=3, max_seconds=1800)
def announce_calls_job(job: RunningJob) -> dict:
    """Tell the teachers of a call that was opened or changed just now."""
    return {"told": announce_calls(timezone.localdate())}


@shared_task(name="workshops.morning_calls", acks_late=False)
def morning_calls_task() -> None:
    """Every morning: calls whose first day has come, and teachers approved since."""
    announce_calls(timezone.localdate())


@shared_task(name="workshops.duty_round", acks_late=False)
def duty_round_task() -> None:
    """Every five minutes: questions go on to the next on duty; missed shifts are told."""
    now = timezone.now()
    hand_on(now=now)
    tell_missed(now=now)


@shared_task(name="workshops.duty_reminders", acks_late=False)
def duty_reminders_task() -> None:
    """Every evening: who is on duty tomorrow."""
    remind(now=timezone.now())


@shared_task(name="workshops.count_weeks", acks_late=False)
def count_weeks_task() -> None:
    """Every few minutes, by the clock; two at once do no harm."""
    programme = current_programme()
    if programme is not None:
        count_weeks(programme)
