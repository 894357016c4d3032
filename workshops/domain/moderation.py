"""Reports, hiding, appeals, warnings. Every act locks the post or the workshop and is audited."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from accounts.models import Appointment
from core.domain.audit import record_act
from notifications.domain.notify import notify
from workshops.domain.news import name_mentioned, tell_of_reply, tell_of_thread
from workshops.domain.rules.noticing import settle_hits, show
from workshops.enums.moderation import Sanctioned
from workshops.enums.talk import Outcome
from workshops.errors.moderation import (
    AlreadyHidden,
    AppealOnce,
    JudgeInOwnCause,
    NotHidden,
    NothingToRule,
    ReasonMissing,
)
from workshops.models import Hiding, Host, Post, Report, Sanction, Workshop
from workshops.policy import REASON_LENGTH
from workshops.queries.titles import title_of

if TYPE_CHECKING:
    from accounts.models import User

RULERS = (Role.ADMINISTRATOR, Role.PROJECT_OFFICER)


@transaction.atomic
def report_post(post: Post, *, why: str, by: User) -> Report:
    """Tell the hosts, or the office where its author alone hosts, that a post should not stand.

    Safe to repeat: once per reader and post. Raises: ReasonMissing; AlreadyHidden.
    """
    why = _reason(why)
    held = _locked(post)
    if held.hidden_at:
        raise AlreadyHidden
    report, created = Report.objects.get_or_create(post=held, reporter=by, defaults={"why": why})
    if created:
        record_act("workshops.report", held, by=by, why=why)
        workshop = held.thread.workshop
        here = {workshop.pk, workshop.main_id}
        hosts = Host.objects.current().filter(workshop__in=here).exclude(user=held.author_id)
        people = set(hosts.values_list("user", flat=True)) or _officers(workshop.organisation_id)
        _tell(people - {held.author_id}, "reported", held, f"reported:{held.pk}")
    return report


@transaction.atomic
def hide_post(post: Post, *, why: str, by: User) -> Hiding:
    """Take a post out of sight; its author learns why and may appeal. Post 1 takes its thread.

    Safe to repeat. Raises: ReasonMissing.
    """
    why = _reason(why)
    held = _locked(post)
    if held.hidden_at and not held.held_at:
        return Hiding.objects.standing().get(post=held)
    hiding = Hiding.objects.create(post=held, hidden_by=by, why=why)
    _show(held, hidden_at=hiding.hidden_at)
    _settle(held, Outcome.HIDDEN, by)
    record_act("workshops.hide", held, by=by, from_state="shown", to_state="hidden", why=why)
    _tell({held.author_id} - {by.pk}, "hidden", held, f"hidden:{hiding.pk}", why=why)
    return hiding


@transaction.atomic
def keep_post(post: Post, *, by: User) -> None:
    """Let a reported post stand, show a held one. Safe to repeat.

    What a held post says is told to its followers now.

    Raises: JudgeInOwnCause for one's own that waits or was reported.
    """
    held = _locked(post)
    waited = held.held_at is not None
    reported = Report.objects.filter(post=held, settled_at=None)
    if held.author_id == by.pk and (waited or reported.exists()):
        raise JudgeInOwnCause
    if waited:
        _show(held, hidden_at=None)
    if _settle(held, Outcome.KEPT, by) or waited:
        record_act("workshops.keep", held, by=by, from_state="held" if waited else "shown")
    if waited:
        _tell_at_last(held)


@transaction.atomic
def restore_post(post: Post, *, why: str, by: User) -> None:
    """Show a hidden post again. Raises: ReasonMissing; NotHidden."""
    why = _reason(why)
    held = _locked(post)
    hiding = Hiding.objects.standing().filter(post=held).first()
    if hiding is None:
        raise NotHidden
    _lift(hiding, held, why, by)


@transaction.atomic
def appeal(post: Post, *, text: str, by: User) -> Hiding:
    """The author asks the level above to decide. Raises: ReasonMissing, NotHidden, AppealOnce."""
    text = _reason(text)
    held = _locked(post)
    hiding = Hiding.objects.standing().filter(post=held).first()
    if hiding is None or held.author_id != by.pk:
        raise NotHidden
    if hiding.appealed_at:
        raise AppealOnce
    hiding.appeal, hiding.appealed_at = text, timezone.now()
    hiding.save(update_fields=["appeal", "appealed_at"])
    record_act("workshops.appeal", held, by=by, why=text)
    place = held.thread.workshop.organisation
    above = place.parent_id or place.pk
    words = {"title": held.thread.title, "name": by.real_name}
    url = reverse("workshops:appeal_ruling", args=[hiding.pk])
    people = _officers(above) - {hiding.hidden_by_id, by.pk}
    notify(people, "workshops.appealed", words, url, key=f"workshops.appealed:{hiding.pk}")
    return hiding


@transaction.atomic
def rule_appeal(hiding: Hiding, *, restore: bool, why: str, by: User) -> None:
    """Decide an appeal: the post is shown again, or stays hidden for good.

    Raises: ReasonMissing; NothingToRule; JudgeInOwnCause.
    """
    why = _reason(why)
    held = _locked(hiding.post)
    waits = Hiding.objects.awaiting().filter(pk=hiding.pk).first()
    if waits is None:
        raise NothingToRule
    if by.pk in (waits.hidden_by_id, held.author_id):
        raise JudgeInOwnCause
    waits.ruled_at, waits.ruled_by, waits.ruling = timezone.now(), by, why
    waits.save(update_fields=["ruled_at", "ruled_by", "ruling"])
    record_act(
        "workshops.rule_appeal", held, by=by, to_state="shown" if restore else "hidden", why=why
    )
    if restore:
        _lift(waits, held, why, by)
    else:
        _tell([held.author_id], "upheld", held, f"upheld:{waits.pk}", why=why)


@transaction.atomic
def warn(workshop: Workshop, user: User, *, why: str, by: User) -> Sanction:
    """Say to somebody that this is not how one talks here. Raises: ReasonMissing."""
    return _sanction(workshop, user, Sanctioned.WARNED, why, by, days=0)


@transaction.atomic
def mute(workshop: Workshop, user: User, *, days: int, why: str, by: User) -> Sanction:
    """Let somebody only read in this workshop for some days. Raises: ReasonMissing."""
    return _sanction(workshop, user, Sanctioned.MUTED, why, by, days=days)


@transaction.atomic
def unmute(sanction: Sanction, *, by: User) -> None:
    """Let somebody write again before the time is over. Safe to repeat."""
    rows = Sanction.objects.filter(pk=sanction.pk, kind=Sanctioned.MUTED, lifted_at=None)
    if rows.update(lifted_at=timezone.now()):
        record_act("workshops.unmute", sanction, by=by)


def _sanction(
    workshop: Workshop, user: User, kind: Sanctioned, why: str, by: User, *, days: int
) -> Sanction:
    why = _reason(why)
    now = timezone.now()
    sanction = Sanction.objects.create(
        workshop=workshop,
        user=user,
        kind=kind,
        why=why,
        spoken_by=by,
        spoken_at=now,
        until=now + timedelta(days=days) if days else None,
    )
    record_act(f"workshops.{kind}", sanction, by=by, to_state=str(user.pk), why=why)
    words = {"workshop": title_of(workshop), "why": why, "days": days}
    url = reverse("workshops:workshop", args=[workshop.pk])
    notify([user.pk], f"workshops.{kind}", words, url, key=f"workshops.sanction:{sanction.pk}")
    return sanction


def _lift(hiding: Hiding, held: Post, why: str, by: User) -> None:
    hiding.lifted_at, hiding.lifted_by = timezone.now(), by
    hiding.save(update_fields=["lifted_at", "lifted_by"])
    _show(held, hidden_at=None)
    record_act("workshops.restore", held, by=by, from_state="hidden", to_state="shown", why=why)
    _tell({held.author_id} - {by.pk}, "restored", held, f"restored:{hiding.pk}")


def _show(held: Post, *, hidden_at) -> None:
    held.hidden_at, held.held_at = hidden_at, None
    show(held)


def _tell_at_last(held: Post) -> None:
    """What the post would have told when it was written; and its author."""
    named = name_mentioned(held)
    if held.number == 1:
        tell_of_thread(held.thread, held, named, by=held.author)
    else:
        tell_of_reply(held, named, by=held.author)
    _tell([held.author_id], "released", held, f"released:{held.pk}:{held.edits}")


def _settle(held: Post, outcome: Outcome, by: User) -> int:
    hits = settle_hits(held, by=by)
    settled = {"outcome": outcome, "settled_at": timezone.now(), "settled_by": by}
    return hits + Report.objects.filter(post=held, settled_at=None).update(**settled)


def _tell(people, what: str, post: Post, key: str, **words: str) -> None:
    url = reverse("workshops:post", args=[post.pk])
    if what == "hidden":
        url = reverse("workshops:appeal", args=[post.pk])
    elif what == "reported":
        url = reverse("workshops:moderation", args=[post.thread.workshop_id])
    words |= {"title": post.thread.title}
    notify(people, f"workshops.{what}", words, url, key=f"workshops.{key}")


def _officers(unit: int) -> set[int]:
    officers = Appointment.objects.current().filter(organisation=unit, role__in=RULERS)
    return set(officers.values_list("user", flat=True))


def _reason(why: str) -> str:
    why = why.replace("\x00", "").strip()[:REASON_LENGTH]
    if not why:
        raise ReasonMissing
    return why


def _locked(post: Post) -> Post:
    rows = Post.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("author", "thread__workshop__organisation").get(pk=post.pk)
