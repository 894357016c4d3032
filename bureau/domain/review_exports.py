"""Reviews of lessons, to Excel: named by the year's rules, as on every page (R9)."""

from __future__ import annotations

import html
from collections.abc import Iterator
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from bureau import policy
from bureau.domain.export_kinds import BATCH, ExportKind, Report, labels, register_export
from bureau.domain.workbook.writing import table_workbook
from bureau.models import ExportFile
from core.domain.audit import record_act
from lessons.enums import ReviewState
from lessons.models import Lesson, PinnedComment, Review
from lessons.queries.reviews import graded_lines, reviewer_name
from organisations.queries import reach
from programmes.models import Programme

WIDTHS = [14, 28, 12, 28, 12, 16, 12, 18, 8, 30, 60, 60, 40, 18, 8, 40]


def review_headers(_export: ExportFile | None = None) -> list[str]:
    return [
        _("School code"),
        _("School"),
        _("Teacher"),
        _("Lesson"),
        _("Stage"),
        _("Subject"),
        _("Kind of review"),
        _("Reviewer"),
        _("Version of the rubric"),
        _("Levels"),
        _("Reasons"),
        _("Comment"),
        _("Remarks at a place"),
        _("Sent on"),
        _("Useful"),
        _("Answer"),
    ]


def review_rows(export: ExportFile, report: Report) -> Iterator[list[Any]]:
    """The sent reviews of the year of lessons below, as the requester may read them."""
    lessons = Lesson.objects.filter(
        reach(export.organisation, "school"), programme=export.programme
    ).at_desk(export.requested_by)
    reviews = Review.objects.filter(programme=export.programme, lesson__in=lessons)
    total = reviews.filter(state=ReviewState.SENT).count()
    for done, row in enumerate(review_lines(reviews, export.requested_by), start=1):
        if done % policy.PROGRESS_EVERY == 0:
            report(done, max(total, done), "writing the result")
        yield row


def review_lines(reviews: QuerySet[Review], reader: User) -> Iterator[list[Any]]:
    """A line per sent review; ``reader`` decides under which name its writer stands."""
    programmes = {programme.pk: programme for programme in Programme.objects.all()}
    words = {pk: labels(programme) for pk, programme in programmes.items()}
    comments = PinnedComment.objects.filter(removed_at=None).order_by("second", "pk")
    held = (
        reviews.filter(state=ReviewState.SENT)
        .select_related("lesson__school", "lesson__teacher", "reviewer", "rubric")
        .prefetch_related(Prefetch("comments", comments))
        .order_by("lesson__school__code", "lesson_id", "sent_at", "pk")
    )
    for review in held.iterator(chunk_size=BATCH):
        review.programme = programmes[review.programme_id]
        yield _line(review, reader, words[review.programme_id])


def _line(review: Review, reader: User, words: dict[str, dict]) -> list[Any]:
    lesson, graded = review.lesson, graded_lines(review.rubric, review.levels)
    return [
        lesson.school.code,
        lesson.school.name,
        lesson.teacher.real_name,
        lesson.title,
        words["stage"].get(lesson.stage, lesson.stage),
        words["subject"].get((lesson.stage, lesson.subject), lesson.subject),
        _("drawn by lot") if review.assignment_id else _("colleague"),
        reviewer_name(review, reader),
        review.rubric.version,
        "\n".join(f"{title}：{level}" for title, level, _reason in graded),
        "\n".join(f"{title}：{reason}" for title, _level, reason in graded if reason),
        _plain(review.text),
        "\n".join(f"{_clock(one.second)} {one.text}" for one in review.comments.all()),
        timezone.localtime(review.sent_at).strftime("%Y-%m-%d %H:%M"),
        _("useful") if review.useful_at else "",
        _plain(review.answer),
    ]


def _plain(text: str) -> str:
    return html.unescape(strip_tags(text.replace("</p>", "\n"))).strip()


def _clock(second: int) -> str:
    return f"{second // 60}:{second % 60:02}"


def received_reviews(user: User) -> bytes:
    """A workbook of all reviews of one's own lessons; who asked is written down."""
    reviews = Review.objects.filter(lesson__teacher=user)
    content, rows = table_workbook(
        _("Reviews of my lessons"), review_headers(), WIDTHS, review_lines(reviews, user)
    )
    record_act("reviews.taken_out", user, by=user, to_state=str(rows))
    return content


REVIEWS = register_export(
    ExportKind(
        key="reviews",
        title=gettext_lazy("Reviews of lessons"),
        help=gettext_lazy(
            "Every review of the year with levels, reasons and remarks; reviewers are named only "
            "where the year's rules name them."
        ),
        headers=review_headers,
        widths=WIDTHS,
        rows=review_rows,
    )
)
