from __future__ import annotations

from secrets import token_hex
from typing import TYPE_CHECKING

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from core.models.guards import append_only
from lessons.enums import DrawState, Replaced, Rung
from lessons.models.outstanding import OutstandingLesson
from programmes.models import Programme

if TYPE_CHECKING:
    from accounts.models import User


def new_code_key() -> str:
    """A key of the draw's own, so that nobody's code of one year is that of another."""
    return token_hex(32)


class Draw(models.Model):
    """The random push of a year's city-level lessons to every teacher, announced and provable (R9).

    Before the seed exists, the SHA-256 of roster, pool, rules and algorithm is published
    with the name of a public event whose outcome will be the seed. The published files hold
    opaque codes only, made with ``code_key``, which is never published. ``why_late`` is the
    published reason of a draw after the last day that the year sets. What was announced
    never changes, and no seed is taken before its time: the database refuses both. One officer
    enters the seed and another confirms it by entering it again.
    """

    programme = models.OneToOneField(Programme, models.PROTECT, related_name="draw")
    state = models.CharField(max_length=10, choices=DrawState, default=DrawState.PREPARED)
    code_key = models.CharField(max_length=64, default=new_code_key, db_default="")
    algorithm = models.CharField(max_length=40)
    rules = models.JSONField(default=dict)
    roster = models.FileField(upload_to="draws/", max_length=200, blank=True)
    pool = models.FileField(upload_to="draws/", max_length=200, blank=True)
    program = models.FileField(upload_to="draws/", max_length=200, blank=True, db_default="")
    result = models.FileField(upload_to="draws/", max_length=200, blank=True)
    report = models.FileField(upload_to="draws/", max_length=200, blank=True, db_default="")
    roster_sha256 = models.CharField(max_length=64, blank=True)
    pool_sha256 = models.CharField(max_length=64, blank=True)
    program_sha256 = models.CharField(max_length=64, blank=True, db_default="")
    commitment = models.CharField(max_length=64, blank=True)
    result_sha256 = models.CharField(max_length=64, blank=True)
    report_sha256 = models.CharField(max_length=64, blank=True, db_default="")
    seed_event = models.CharField(max_length=200, blank=True)
    seed_known_at = models.DateTimeField(null=True)
    why_late = models.CharField(max_length=200, blank=True, db_default="", default="")
    seed_entered = models.CharField(max_length=200, blank=True, db_default="")
    seed_entered_at = models.DateTimeField(null=True)
    seed_entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    seed = models.CharField(max_length=200, blank=True)
    statistics = models.JSONField(default=dict)
    committed_at = models.DateTimeField(null=True)
    committed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    drawn_at = models.DateTimeField(null=True)
    drawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="draw_announced_whole",
                condition=Q(state=DrawState.PREPARED)
                | (
                    ~Q(commitment="")
                    & ~Q(roster_sha256="")
                    & ~Q(pool_sha256="")
                    & ~Q(seed_event="")
                    & Q(committed_at__isnull=False, seed_known_at__isnull=False)
                ),
            ),
            models.CheckConstraint(
                name="draw_seed_after_announcement",
                condition=Q(seed_known_at=None)
                | Q(committed_at=None)
                | Q(seed_known_at__gt=models.F("committed_at")),
            ),
            models.CheckConstraint(
                name="draw_drawn_whole",
                condition=~Q(state=DrawState.DRAWN)
                | (~Q(seed="") & ~Q(result_sha256="") & Q(drawn_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="draw_seed_confirmed_by_another",
                condition=Q(seed="")
                | Q(
                    seed=models.F("seed_entered"),
                    seed_entered_by__isnull=False,
                    drawn_by__isnull=False,
                )
                & ~Q(drawn_by=models.F("seed_entered_by")),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="draw_keeps_its_word",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func="""
                    IF OLD.state <> 'prepared' AND (
                        NEW.commitment <> OLD.commitment OR NEW.algorithm <> OLD.algorithm
                        OR NEW.roster_sha256 <> OLD.roster_sha256
                        OR NEW.pool_sha256 <> OLD.pool_sha256 OR NEW.rules <> OLD.rules
                        OR NEW.roster <> OLD.roster OR NEW.pool <> OLD.pool
                        OR NEW.program <> OLD.program
                        OR NEW.program_sha256 <> OLD.program_sha256 OR NEW.code_key <> OLD.code_key
                        OR NEW.programme_id <> OLD.programme_id
                        OR NEW.seed_event <> OLD.seed_event
                        OR NEW.seed_known_at <> OLD.seed_known_at
                        OR NEW.why_late <> OLD.why_late
                        OR NEW.committed_at <> OLD.committed_at OR NEW.state = 'prepared'
                        OR OLD.seed <> '' AND NEW.seed <> OLD.seed
                        OR OLD.state = 'drawn' AND (
                            NEW.result_sha256 <> OLD.result_sha256 OR NEW.result <> OLD.result
                            OR NEW.report <> OLD.report
                            OR NEW.report_sha256 <> OLD.report_sha256 OR NEW.state <> 'drawn'))
                    THEN
                        RAISE EXCEPTION 'an announced draw does not change'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    IF (NEW.seed <> OLD.seed OR NEW.seed_entered <> OLD.seed_entered)
                        AND (NEW.seed_known_at IS NULL OR now() < NEW.seed_known_at)
                    THEN
                        RAISE EXCEPTION 'no seed is taken before it can be known'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Protect(name="draw_stays", operation=pgtrigger.Delete),
        ]

    def __str__(self):
        return f"{self.programme_id} {self.state}"


class DrawSupplement(models.Model):
    """One later run of the published rule: joiners, changed registrations, withdrawn lessons.

    Supplements are numbered and chained by hash to the draw's result, so that a stranger can
    replay all of them in order. Append-only.
    """

    draw = models.ForeignKey(Draw, models.PROTECT, related_name="supplements")
    number = models.PositiveIntegerField()
    made_at = models.DateTimeField(auto_now_add=True)
    given = models.FileField(upload_to="draws/", max_length=200)
    result = models.FileField(upload_to="draws/", max_length=200)
    given_sha256 = models.CharField(max_length=64)
    previous_sha256 = models.CharField(max_length=64)
    result_sha256 = models.CharField(max_length=64)
    statistics = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="draw_supplement_once", fields=["draw", "number"])
        ]
        triggers = append_only("draw_supplement")
        ordering = ["number"]

    def __str__(self):
        return f"{self.draw_id}.{self.number}"


class CaseExclusion(models.Model):
    """A lesson that a teacher must not review, because somebody declared why.

    One's own lessons and those of one's school need no row.
    """

    lesson = models.ForeignKey(OutstandingLesson, models.CASCADE, related_name="exclusions")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=200)
    declared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    declared_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="case_exclusion_once", fields=["lesson", "user"]),
            models.CheckConstraint(name="case_exclusion_has_a_reason", condition=~Q(reason="")),
        ]

    def __str__(self):
        return f"{self.user_id} {self.lesson_id}"


class CaseAssignmentQuerySet(models.QuerySet["CaseAssignment"]):
    def visible_to(self, user: User) -> CaseAssignmentQuerySet:
        """A person's four are the person's own business."""
        return self.filter(user=user)

    def standing(self) -> CaseAssignmentQuerySet:
        """Those not replaced by another lesson."""
        return self.filter(replaced_at=None)


class CaseAssignment(models.Model):
    """A lesson that the draw gave to a teacher to review, at one of the positions 1 to 4.

    ``rung`` says from which pool it came (A4). A replaced one stays on record with its reason.
    """

    draw = models.ForeignKey(Draw, models.PROTECT, related_name="assignments", db_index=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="case_assignments",
        db_index=False,
    )
    position = models.PositiveSmallIntegerField()
    lesson = models.ForeignKey(OutstandingLesson, models.PROTECT, related_name="assignments")
    rung = models.CharField(max_length=14, choices=Rung, default=Rung.CITY)
    supplement = models.ForeignKey(
        DrawSupplement, models.PROTECT, null=True, related_name="assignments", db_index=False
    )
    replaced_at = models.DateTimeField(null=True)
    why_replaced = models.CharField(max_length=40, blank=True)

    objects = CaseAssignmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="case_one_lesson_per_position",
                fields=["draw", "user", "position"],
                condition=Q(replaced_at=None),
            ),
            models.UniqueConstraint(
                name="case_lesson_once_per_teacher", fields=["user", "draw", "lesson"]
            ),
            models.CheckConstraint(
                name="case_replaced_with_reason",
                condition=Q(replaced_at=None) | ~Q(why_replaced=""),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="case_assignment_stays", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="case_assignment_keeps_its_word",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func="""
                    IF (NEW.draw_id, NEW.user_id, NEW.position, NEW.lesson_id, NEW.rung)
                        <> (OLD.draw_id, OLD.user_id, OLD.position, OLD.lesson_id, OLD.rung)
                        OR OLD.replaced_at IS NOT NULL
                    THEN
                        RAISE EXCEPTION 'what the draw gave is replaced, never rewritten'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self):
        return f"{self.user_id} {self.position}: {self.lesson_id}"

    @property
    def reason(self) -> str:
        """Why it was replaced, in words."""
        known = self.why_replaced in Replaced.values
        return str(Replaced(self.why_replaced).label) if known else self.why_replaced
