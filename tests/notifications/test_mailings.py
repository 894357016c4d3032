from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from smtplib import SMTPException

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from notifications.domain import mailings
from notifications.domain.mailings import send_digests, send_urgent_mails
from notifications.domain.preferences import set_preference
from notifications.models import Mailing, Notification
from notifications.tasks import digests_task, urgent_mails_task
from tests.factories import UserFactory
from tests.notifications.factories import make_notice

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 23)


def reader(n=1, **fields):
    return UserFactory(email=f"reader{n}@example.org", **fields)


def test_one_digest_a_day_carries_all_unread_news():
    user = reader()
    make_notice(user), make_notice(user, kind="programmes.enrolment_corrected")
    assert send_digests(DAY) == 1
    assert send_digests(DAY) == 0
    make_notice(user)
    assert send_digests(DAY) == 0
    assert [message.to for message in mail.outbox] == [["reader1@example.org"]]
    assert Notification.objects.filter(mailed_at=None).count() == 1
    assert send_digests(DAY + timedelta(days=1)) == 1


def test_nobody_gets_an_empty_or_unwanted_or_impossible_digest():
    make_notice(reader(1), read_at=timezone.now())
    make_notice(reader(2, is_active=False))
    make_notice(UserFactory())
    unwilling = reader(3)
    set_preference(unwilling, daily_digest=False, urgent_mail=True, by=unwilling)
    make_notice(unwilling)
    assert send_digests(DAY) == 0
    assert mail.outbox == []


def test_a_mail_speaks_the_readers_language_and_can_be_stopped():
    make_notice(reader(1, language="en"), url="/programmes/enrolment/")
    send_digests(DAY)
    [message] = mail.outbox
    assert message.subject == "Yanxiu: 1 new message"
    assert "Your enrolment is approved" in message.body
    assert "http://localhost:8000/programmes/enrolment/" in message.body
    assert message.alternatives[0].mimetype == "text/html"
    assert "/inbox/stop/" in message.extra_headers["List-Unsubscribe"]
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_urgent_news_goes_out_at_most_three_times_a_day():
    user = reader()
    for _round in range(5):
        make_notice(user, urgent=True)
        make_notice(user, urgent=True)
        send_urgent_mails(DAY)
    assert len(mail.outbox) == 3
    assert Notification.objects.filter(mailed_at=None).count() == 4
    with pytest.raises(IntegrityError), transaction.atomic():
        Mailing.objects.create(
            user=user, day=DAY, kind="urgent", number=4, claimed_at=timezone.now()
        )


def test_ordinary_and_old_urgent_news_waits_for_the_evening(time_machine):
    time_machine.move_to("2026-11-20T10:00:00+08:00", tick=False)
    user = reader()
    make_notice(user)
    make_notice(user, urgent=True)
    time_machine.move_to("2026-11-23T10:00:00+08:00", tick=False)
    assert send_urgent_mails(DAY) == 0
    assert send_digests(DAY) == 1


def test_who_stopped_urgent_mails_reads_them_in_the_digest():
    user = reader()
    set_preference(user, daily_digest=True, urgent_mail=False, by=user)
    make_notice(user, urgent=True)
    assert (send_urgent_mails(DAY), send_digests(DAY)) == (0, 1)


def test_chunks_reach_everybody_with_the_same_statements(
    monkeypatch, django_assert_num_queries, django_assert_max_num_queries
):
    for n in range(5):
        make_notice(reader(n))
    monkeypatch.setattr(mailings, "CHUNK", 2)
    assert send_digests(DAY) == 5
    assert len({tuple(message.to) for message in mail.outbox}) == 5
    for notices in (1, 3):
        Mailing.objects.all().delete()
        Notification.objects.all().delete()
        for n in range(notices):
            make_notice(reader(10 * notices + n))
        monkeypatch.setattr(mailings, "CHUNK", 100)
        with django_assert_max_num_queries(16):
            send_digests(DAY)


def test_a_claim_left_by_a_dead_worker_is_taken_up_later():
    user = reader()
    make_notice(user)
    long_ago = timezone.now() - timedelta(hours=1)
    left = Mailing.objects.create(user=user, day=DAY, kind="digest", claimed_at=long_ago)
    assert send_digests(DAY) == 1
    left.refresh_from_db()
    assert (left.attempts, left.sent_at is not None) == (2, True)
    assert Mailing.objects.count() == 1


def test_a_server_that_refuses_leaves_the_claim_and_the_news(monkeypatch):
    make_notice(reader())

    def refuse(self, messages):
        raise SMTPException("no")

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)
    assert send_digests(DAY) == 0
    assert send_digests(DAY) == 0
    assert Mailing.objects.get().sent_at is None
    assert Notification.objects.get().mailed_at is None


def test_the_tasks_send_for_today():
    make_notice(reader(1))
    make_notice(reader(2), urgent=True)
    urgent_mails_task()
    digests_task()
    assert sorted(Mailing.objects.values_list("kind", "day")) == [
        ("digest", timezone.localdate()),
        ("urgent", timezone.localdate()),
    ]


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_each_mail_once():
    for n in range(20):
        make_notice(reader(n))

    def work(_n):
        try:
            return send_digests(DAY)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        sent = list(pool.map(work, range(4)))
    assert sum(sent) == 20
    assert len(mail.outbox) == 20
