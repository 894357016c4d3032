from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from core.models.guards import append_only
from workshops.enums.assessment import Consequence, Counted, Fault, Plea
from workshops.models.assessment import HostResult, person
from workshops.models.workshop import READERS
from workshops.policy import MOST_CORRECTED, REASON_LENGTH

if TYPE_CHECKING:
    from accounts.models import User


# The record of an act that ``asked``, a correction of ``result``, names: the host's own one.
OWN_RECORD = """
    EXISTS (SELECT 1 FROM workshops_post post
              JOIN workshops_thread thread ON thread.id = post.thread_id
              JOIN workshops_workshop room ON room.id = thread.workshop_id
             WHERE post.id = {asked}.act_key AND post.author_id = result.user_id AND post.as_host
               AND result.workshop_id IN (room.id, room.parent_id)
               AND {asked}.act_kind IN (post.act, CASE post.act WHEN 'answer' THEN 'prompt' END))
    OR {asked}.act_kind = 'duty'
   AND EXISTS (SELECT 1 FROM workshops_dutycheckin there
                 JOIN workshops_dutyshift shift ON shift.id = there.shift_id
                WHERE shift.id = {asked}.act_key AND there.user_id = result.user_id
                  AND shift.workshop_id = result.workshop_id)
    OR EXISTS (SELECT 1 FROM workshops_attendance attendance
                 JOIN workshops_attendee attendee ON attendee.id = attendance.attendee_id
                 JOIN workshops_gathering gathering ON gathering.id = attendee.gathering_id
                WHERE attendance.meeting_id = {asked}.act_key
                  AND attendee.user_id = result.user_id
                  AND gathering.kind = {asked}.act_kind)
"""
OF_OWN_ACT = f"""
    IF NOT EXISTS (SELECT 1 FROM workshops_hostresult result
                    WHERE result.id = NEW.result_id AND result.user_id = NEW.user_id
                      AND ({OWN_RECORD.format(asked="NEW")}))
    THEN RAISE EXCEPTION 'a host asks about own acts only' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""  # noqa: S608 - own text


def private_name(correction: Correction, name: str) -> str:
    """A name that tells nothing: nobody's file is found by guessing."""
    return f"corrections/{uuid4().hex}"


class CorrectionQuerySet(models.QuerySet["Correction"]):
    def awaiting(self) -> CorrectionQuerySet:
        return self.filter(ruled_at=None)

    def visible_to(self, user: User) -> CorrectionQuerySet:
        """One's own, and those of the units in an officer's or auditor's scope."""
        scope = user.scope("result__assessment__organisation", *READERS)
        return self.filter(Q(user=user) | scope)


class Correction(models.Model):
    """A host says that one count of a result is wrong, by how much and why; somebody rules.

    ``asked`` and ``granted`` are signed numbers of acts. A ruling never edits what was
    counted: what is granted becomes an ``Adjustment``. About one counted act, ``act_kind`` and
    ``act_key`` name it and ``fault`` says what is wrong; ``act`` is what it was called then.
    """

    result = models.ForeignKey(HostResult, models.PROTECT, related_name="corrections")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    plea = models.CharField(max_length=10, choices=Plea)
    kind = models.CharField(max_length=12, choices=Counted)
    asked = models.SmallIntegerField()
    why = models.CharField(max_length=REASON_LENGTH)
    act = models.CharField(max_length=40, blank=True)
    act_kind = models.CharField(max_length=12, choices=Counted, blank=True, db_default="")
    act_key = models.BigIntegerField(null=True)
    fault = models.CharField(max_length=8, choices=Fault, blank=True, db_default="")
    file = models.FileField(upload_to=private_name, max_length=120, blank=True)
    file_name = models.CharField(max_length=120, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    granted = models.SmallIntegerField(null=True)
    ruling = models.CharField(max_length=REASON_LENGTH, blank=True)
    ruled_by = person(null=True)
    ruled_at = models.DateTimeField(null=True)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="correction_one_open_per_count",
                fields=["result", "kind"],
                condition=Q(ruled_at=None, act_key=None),
            ),
            models.UniqueConstraint(
                name="correction_once_per_act",
                fields=["result", "plea", "act_kind", "act_key", "kind"],
                condition=Q(act_key__isnull=False),
            ),
            models.UniqueConstraint(
                name="correction_one_appeal",
                fields=["result"],
                condition=Q(plea=Plea.APPEAL),
            ),
            models.CheckConstraint(
                name="correction_asks_for_something",
                condition=Q(asked__range=(-MOST_CORRECTED, MOST_CORRECTED))
                & ~Q(asked=0)
                & ~Q(why=""),
            ),
            models.CheckConstraint(
                name="correction_of_one_act",
                condition=Q(act_key=None, act_kind="", fault="")
                | Q(act_key__isnull=False)
                & (
                    Q(fault__in=[Fault.NOT_MINE, Fault.WRONG], asked=-1, act_kind=F("kind"))
                    | Q(fault=Fault.MISSING, asked=1) & ~Q(act_kind__in=["", F("kind")])
                ),
            ),
            models.CheckConstraint(
                name="correction_of_one_act_granted_or_not",
                condition=Q(act_key=None) | Q(granted=None) | Q(granted__in=[0, F("asked")]),
            ),
            models.CheckConstraint(
                name="correction_ruled_with_reason",
                condition=Q(ruled_at=None, ruled_by=None, granted=None, ruling="")
                | Q(ruled_at__isnull=False, ruled_by__isnull=False, granted__isnull=False)
                & ~Q(ruling=""),
            ),
            models.CheckConstraint(
                name="correction_ruled_by_another",
                condition=Q(ruled_by=None) | ~Q(ruled_by=F("user")),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="correction_of_own_act",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("act_key", "act_kind"),
                condition=pgtrigger.Condition("NEW.act_key IS NOT NULL"),
                func=OF_OWN_ACT,
            )
        ]

    def __str__(self):
        return f"{self.result_id} {self.kind} {self.asked:+}"

    @property
    def is_appeal(self) -> bool:
        return self.plea == Plea.APPEAL


class Adjustment(models.Model):
    """Acts that a ruling adds to or takes from a count, signed, with its source. Append-only."""

    correction = models.OneToOneField(Correction, models.PROTECT, related_name="adjustment")
    result = models.ForeignKey(HostResult, models.PROTECT, related_name="adjustments")
    kind = models.CharField(max_length=12, choices=Counted)
    change = models.SmallIntegerField()
    made_by = person()
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.CheckConstraint(name="adjustment_changes", condition=~Q(change=0))]
        triggers = append_only("adjustment")

    def __str__(self):
        return f"{self.result_id} {self.kind} {self.change:+}"


class Decision(models.Model):
    """What the office made of a confirmed result; one per result. Append-only."""

    result = models.OneToOneField(HostResult, models.PROTECT, related_name="decision")
    verdict = models.CharField(max_length=8, choices=Consequence)
    why = models.CharField(max_length=REASON_LENGTH)
    decided_by = person()
    decided_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.CheckConstraint(name="decision_for_a_reason", condition=~Q(why=""))]
        triggers = append_only("host_decision")

    def __str__(self):
        return f"{self.result_id} {self.verdict}"
