"""The province assesses all hosts: published formula, results, a correction, confirmation."""

from datetime import timedelta
from decimal import Decimal

from django.db import connection
from django.utils import timezone

from organisations.enums import Level
from organisations.models import Organisation
from workshops.domain.assessment.asking import ask_about_act, ask_correction
from workshops.domain.assessment.corrections import rule_correction
from workshops.domain.assessment.methods import draft_method, publish_method, save_method
from workshops.domain.assessment.rounds import confirm_assessment, start_assessment
from workshops.domain.assessment.scoring import DEFAULT, Formula
from workshops.domain.assessment.service import issue_service_certificates, to_certify
from workshops.enums.assessment import Counted, Fault
from workshops.models import Assessment
from workshops.queries.acts import act_page

# Every host opens one thread of each kind that hosts open, all at once.
ACT = """
WITH hosting AS (
    SELECT host.workshop_id, host.user_id FROM workshops_host host
      JOIN workshops_workshop room ON room.id = host.workshop_id
     WHERE room.programme_id = %(programme)s AND host.ended_at IS NULL
), opened AS (
    INSERT INTO workshops_thread
           (workshop_id, kind, title, author_id, created_at, last_post_at, posts_count)
    SELECT workshop_id, kind, '本周研修安排', user_id, now(), now(), 1
      FROM hosting CROSS JOIN unnest(ARRAY['guide', 'bulletin', 'resource', 'topic']) AS kind
    RETURNING id, kind, author_id
)
INSERT INTO workshops_post
       (thread_id, kind, number, author_id, as_host, text, token, created_at, edits)
SELECT id, kind, 1, author_id, TRUE, '<p>先看课例，再说想法。</p>', gen_random_uuid(), now(), 0
  FROM opened
"""


def act_as_hosts(year) -> int:
    """Returns: acts."""
    with connection.cursor() as cursor:
        cursor.execute(ACT, {"programme": year.programme.pk})
        return cursor.rowcount


def show_results(year) -> int:
    """Returns: hosts."""
    province = Organisation.objects.get(level=Level.PROVINCE)
    method = draft_method(year.programme, province, by=year.officer)
    # After a week of acts nobody could reach the grades of a year.
    bands = dict(zip(DEFAULT.bands, (Decimal(20), Decimal(12), Decimal(5)), strict=True))
    save_method(method, Formula(DEFAULT.terms, bands), intro="", by=year.officer)
    publish_method(method, by=year.officer)
    method.refresh_from_db()
    today = timezone.localdate()
    held = start_assessment(
        method, starts_on=today - timedelta(days=30), ends_on=today, by=year.officer
    )
    return held.results.count()


def correct_and_confirm(year) -> int:
    """One asks about a count, one about an act; then the results stand. Returns: hosts."""
    held = Assessment.objects.get(programme=year.programme)
    results = held.results.select_related("user", "assessment").order_by("pk")
    result, other = results.first(), results.last()
    asked = ask_correction(result, kind=Counted.ANSWER, asked=2, why="线下答疑两次", by=result.user)
    rule_correction(asked, granted=2, why="有签到表", by=year.officer)
    (act, *_rest) = act_page(other.user, [other.workshop_id], kind=Counted.TOPIC).acts
    named = {"act_kind": act.kind, "act_key": act.key, "fault": Fault.NOT_MINE}
    asked = ask_about_act(other, **named, why="由同事发起", by=other.user)
    rule_correction(asked, granted=-1, why="属实", by=year.officer)
    passed = timezone.localdate() - timedelta(days=1)
    Assessment.objects.filter(pk=held.pk).update(corrections_until=passed)
    return confirm_assessment(held, by=year.officer)


def certify(year) -> int:
    """Everybody who passed gets a certificate of service. Returns: certificates."""
    held = Assessment.objects.get(programme=year.programme)
    return issue_service_certificates(held, by=year.officer) if to_certify(held).exists() else 0


STAGES = (
    ("acts_of_hosts", act_as_hosts),
    ("assessment_of_hosts", show_results),
    ("confirmation_of_hosts", correct_and_confirm),
    ("certificates_of_hosts", certify),
)
