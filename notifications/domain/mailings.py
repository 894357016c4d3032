"""Mails: one digest a day, a few urgent notes, never a flood.

A mail is claimed in the database before it is sent, by numbers that cannot be given twice.
Two workers never send the same mail; a worker that dies between claiming and sending leaves a
claim that is taken up later.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db import connection, transaction
from django.utils import timezone

from notifications.domain.letters import Letter, send_letters
from notifications.enums import MailKind
from notifications.models import URGENT_MAILS_A_DAY, Mailing, Notification

CHUNK = 200
CLAIM_HOLDS = timedelta(minutes=15)
MOST_ATTEMPTS = 3
DIGEST_FOR = timedelta(days=14)  # news that stayed unread longer is not mailed again
URGENT_FOR = timedelta(days=2)  # older urgent news waits for the digest

# Who has unread news that no mail has carried yet and is owed a mail of this kind.
OWED = """
SELECT person.id
  FROM accounts_user person
  LEFT JOIN notifications_preference wish ON wish.user_id = person.id
 WHERE person.id > %s AND person.is_active AND person.email IS NOT NULL AND person.email <> ''
   AND coalesce(wish.<wish>, true)
   AND EXISTS (SELECT FROM notifications_notification news
                WHERE news.user_id = person.id AND news.read_at IS NULL
                  AND news.mailed_at IS NULL AND news.created_at >= %s <only>)
   AND NOT EXISTS (SELECT FROM notifications_mailing unsent
                    WHERE unsent.user_id = person.id AND unsent.kind = %s
                      AND unsent.sent_at IS NULL AND unsent.attempts < %s
                      AND unsent.claimed_at >= %s)
   AND (SELECT count(*) FROM notifications_mailing sent
         WHERE sent.user_id = person.id AND sent.day = %s AND sent.kind = %s) < %s
 ORDER BY person.id
 LIMIT %s
"""

CLAIM = """
INSERT INTO notifications_mailing (user_id, day, kind, number, claimed_at, attempts)
SELECT owed.id, %s, %s,
       (SELECT count(*) FROM notifications_mailing sent
         WHERE sent.user_id = owed.id AND sent.day = %s AND sent.kind = %s) + 1,
       %s, 1
  FROM (<owed>) owed
ON CONFLICT (user_id, day, kind, number) DO NOTHING
RETURNING id, user_id
"""

RECLAIM = """
UPDATE notifications_mailing SET claimed_at = %s, attempts = attempts + 1
 WHERE id IN (SELECT id FROM notifications_mailing
               WHERE kind = %s AND sent_at IS NULL AND claimed_at < %s AND attempts < %s
               ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED)
RETURNING id, user_id
"""


def send_digests(day: date, *, now: datetime | None = None) -> int:
    """Send everybody who has unread, unmailed news one mail for ``day``, in chunks.

    Safe to repeat and to run twice at once. Returns: mails sent.
    """
    return _send_all(MailKind.DIGEST, day, now or timezone.now())


def send_urgent_mails(day: date, *, now: datetime | None = None) -> int:
    """Send the urgent news of the last two days, all of one person in one mail, at most
    ``URGENT_MAILS_A_DAY`` mails to one person.

    Safe to repeat and to run twice at once. Returns: mails sent.
    """
    return _send_all(MailKind.URGENT, day, now or timezone.now())


def _send_all(kind: MailKind, day: date, now: datetime) -> int:
    return sum(_send_chunk(kind, claims) for claims in _claims(kind, day, now))


def _claims(kind: MailKind, day: date, now: datetime) -> Iterator[dict[int, int]]:
    """Chunks of claimed mails: the person of each mailing. Each chunk is committed."""
    last = 0
    while claimed := _run(RECLAIM, [now, kind, now - CLAIM_HOLDS, MOST_ATTEMPTS, CHUNK]):
        yield claimed
    while claimed := _run(*_claim_statement(kind, day, now, after=last)):
        last = max(claimed.values())
        yield claimed


def _claim_statement(kind: MailKind, day: date, now: datetime, *, after: int):
    digest = kind == MailKind.DIGEST
    owed = OWED.replace("<wish>", "daily_digest" if digest else "urgent_mail")
    owed = owed.replace("<only>", "" if digest else "AND news.urgent")
    since = now - (DIGEST_FOR if digest else URGENT_FOR)
    most = 1 if digest else URGENT_MAILS_A_DAY
    alive = [kind, MOST_ATTEMPTS, now - CLAIM_HOLDS]
    values = [day, kind, day, kind, now, after, since, *alive, day, kind, most, CHUNK]
    return CLAIM.replace("<owed>", owed), values


def _run(statement: str, values: list) -> dict[int, int]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        return dict(cursor.fetchall())


def _send_chunk(kind: MailKind, claims: dict[int, int]) -> int:
    """Gather, send and mark one chunk: three statements around the sending."""
    news = _news(kind, list(claims.values()))
    letters = {
        mailing: Letter(kind, person[0].user, person)
        for mailing, user_id in claims.items()
        if (person := news.get(user_id))
    }
    sent = send_letters(letters)
    carried = [notice.pk for mailing in sent for notice in letters[mailing].notices]
    done = [mailing for mailing in claims if mailing in sent or mailing not in letters]
    with transaction.atomic():
        Notification.objects.filter(pk__in=carried).update(mailed_at=timezone.now())
        Mailing.objects.filter(pk__in=done).update(sent_at=timezone.now())
    return len(sent)


def _news(kind: MailKind, user_ids: list[int]) -> dict[int, list[Notification]]:
    rows = Notification.objects.unread().filter(user__in=user_ids, mailed_at=None)
    if kind == MailKind.URGENT:
        rows = rows.filter(urgent=True)
    news: dict[int, list[Notification]] = defaultdict(list)
    for notice in rows.select_related("user").newest_first():
        news[notice.user_id].append(notice)
    return news
