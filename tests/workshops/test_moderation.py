"""Hide, appeal, restore, warn: with a reason, on record, decided by somebody else one level up."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from core.models import AuditRecord
from notifications.models import Notification
from tests.factories import UserFactory, appoint
from tests.workshops.factories import host, make_workshop, seat
from tests.workshops.talk import make_thread, say
from workshops.domain.moderation import (
    appeal,
    hide_post,
    keep_post,
    mute,
    report_post,
    restore_post,
    rule_appeal,
    unmute,
    warn,
)
from workshops.domain.posts import edit_post
from workshops.domain.seats import leave_workshop
from workshops.enums.talk import Outcome
from workshops.errors.moderation import (
    AlreadyHidden,
    AppealOnce,
    JudgeInOwnCause,
    Muted,
    NotHidden,
    NothingToRule,
    ReasonMissing,
)
from workshops.models import Hiding, Membership, Post, Report
from workshops.permissions.moderation import can_rule
from workshops.queries.threads import thread_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def workshop():
    return make_workshop()


@pytest.fixture
def runs(workshop):
    return host(workshop).user


@pytest.fixture
def writer(workshop):
    return seat(workshop).teacher


@pytest.fixture
def post(workshop, runs, writer):
    return say(make_thread(workshop, runs), writer)


@pytest.fixture
def above(workshop):
    """An officer of the city above the county's workshop."""
    officer = UserFactory()
    appoint(officer, Role.ADMINISTRATOR, workshop.organisation.parent)
    return officer


def told(user, kind):
    return Notification.objects.filter(user=user, kind=f"workshops.{kind}").count()


def audited():
    return list(
        AuditRecord.objects.filter(verb__startswith="workshops.")
        .order_by("pk")
        .values_list("verb", flat=True)
    )


def test_a_report_tells_the_hosts_once_and_ends_with_the_hiding(workshop, runs, writer, post):
    for reader in (seat(workshop).teacher, seat(workshop).teacher):
        for _ in range(2):
            report_post(post, why="像广告", by=reader)
    assert (Report.objects.count(), told(runs, "reported"), told(writer, "reported")) == (2, 1, 0)
    hide_post(post, why="广告", by=runs)
    assert set(Report.objects.values_list("outcome", flat=True)) == {Outcome.HIDDEN}
    with pytest.raises(AlreadyHidden):
        report_post(post, why="像广告", by=seat(workshop).teacher)


def test_a_reported_post_may_stand(workshop, runs, post):
    report_post(post, why="不喜欢", by=seat(workshop).teacher)
    keep_post(post, by=runs)
    keep_post(post, by=runs)
    assert Report.objects.get().outcome == Outcome.KEPT
    assert audited() == ["workshops.report", "workshops.keep"]


def test_nothing_is_hidden_without_a_reason_and_nobody_else_sees_it_then(workshop, runs, post):
    with pytest.raises(ReasonMissing):
        hide_post(post, why="  ", by=runs)
    assert hide_post(post, why="跑题", by=runs) == hide_post(post, why="again", by=runs)
    reader = seat(workshop).teacher
    assert post not in Post.objects.visible_to(reader)
    assert post in Post.objects.visible_to(post.author)


def test_the_first_post_takes_its_thread_with_it_and_brings_it_back(workshop, runs, post):
    first = post.thread.posts.get(number=1)
    hide_post(first, why="违规", by=UserFactory())
    assert thread_page(workshop, runs).lines == []
    restore_post(first, why="查明无误", by=runs)
    assert [one.thread for one in thread_page(workshop, runs).lines] == [post.thread]
    with pytest.raises(NotHidden):
        restore_post(first, why="查明无误", by=runs)


def test_an_appeal_is_decided_by_somebody_else_one_level_up(workshop, runs, writer, post, above):
    case = hide_post(post, why="跑题", by=runs)
    appeal(post, text="我在举例", by=writer)
    with pytest.raises(AppealOnce):
        appeal(post, text="我在举例", by=writer)
    assert (told(above, "appealed"), told(runs, "appealed")) == (1, 0)
    for judge in (runs, writer):
        with pytest.raises(JudgeInOwnCause):
            rule_appeal(case, restore=True, why="可以", by=judge)
    rule_appeal(case, restore=True, why="例子恰当", by=above)
    with pytest.raises(NothingToRule):
        rule_appeal(case, restore=False, why="例子恰当", by=above)
    assert Post.objects.get(pk=post.pk).hidden_at is None
    assert told(writer, "restored") == 1
    verbs = ("hide", "appeal", "rule_appeal", "restore")
    assert audited() == [f"workshops.{verb}" for verb in verbs]


def test_an_appeal_that_fails_leaves_the_post_hidden(runs, writer, post, above):
    case = hide_post(post, why="跑题", by=runs)
    appeal(post, text="我在举例", by=writer)
    rule_appeal(case, restore=False, why="确实跑题", by=above)
    assert Post.objects.get(pk=post.pk).hidden_at is not None
    assert told(writer, "upheld") == 1


def test_only_the_level_above_may_rule(workshop, runs, above):
    own = UserFactory()
    appoint(own, Role.ADMINISTRATOR, workshop.organisation)
    assert [can_rule(one, workshop) for one in (above, own, runs)] == [True, False, False]


def test_the_database_knows_that_a_judge_is_another(runs, writer, post):
    case = hide_post(post, why="跑题", by=runs)
    appeal(post, text="我在举例", by=writer)
    now = timezone.now()
    with pytest.raises(IntegrityError), transaction.atomic():
        Hiding.objects.filter(pk=case.pk).update(ruled_by=runs, ruled_at=now, ruling="不行")


def test_who_is_muted_reads_only_here_and_only_for_a_time(
    workshop, runs, writer, post, time_machine
):
    sanction = mute(workshop, writer, days=3, why="刷屏", by=runs)
    for act in (
        lambda: say(post.thread, writer),
        lambda: edit_post(post, "改", edits=0, by=writer),
    ):
        with pytest.raises(Muted):
            act()
    make_thread(make_workshop(), writer)  # elsewhere the host of this workshop has no say
    unmute(sanction, by=runs)
    say(post.thread, writer)
    mute(workshop, writer, days=1, why="刷屏", by=runs)
    time_machine.move_to(timezone.now() + timedelta(days=1, minutes=1))
    say(post.thread, writer)
    assert told(writer, "muted") == 2


def test_a_warning_is_told_and_on_record(workshop, runs, writer):
    warn(workshop, writer, why="请文明发言", by=runs)
    assert (told(writer, "warned"), audited()) == (1, ["workshops.warned"])


def test_who_has_left_still_reads_the_reason_and_appeals(workshop, runs, writer, post):
    hide_post(post, why="跑题", by=runs)
    leave_workshop(Membership.objects.current().get(teacher=writer), by=writer)
    client, other = Client(), Client()
    client.force_login(writer)
    other.force_login(seat(workshop).teacher)
    place = reverse("workshops:appeal", args=[post.pk])
    assert client.get(reverse("workshops:thread", args=[post.thread_id])).status_code == 404
    assert "跑题" in client.get(place).content.decode()
    assert other.get(place).status_code == 404
    assert client.post(place, {"why": "我在举例"}).url == reverse("workshops:own_hidden")
    shown = client.get(reverse("workshops:own_hidden")).content.decode()
    assert ("我在举例" in shown, place in shown) == (True, False)
    assert "跑题" not in other.get(reverse("workshops:own_hidden")).content.decode()
    assert client.get(reverse("workshops:post", args=[post.pk])).url.endswith("/hidden/")


def test_a_host_neither_reads_nor_settles_reports_of_own_posts(workshop, runs, writer):
    post = make_thread(workshop, runs, title="本周安排", as_host=True).posts.get()
    officer = UserFactory()
    appoint(officer, Role.ADMINISTRATOR, workshop.organisation)
    report_post(post, why="语气不当", by=writer)
    told = Notification.objects.filter(kind="workshops.reported")
    assert [one.user for one in told] == [officer]  # nobody else hosts
    with pytest.raises(JudgeInOwnCause):
        keep_post(post, by=runs)
    page = reverse("workshops:moderation", args=[workshop.pk])
    seen = {}
    for person in (runs, officer):
        client = Client()
        client.force_login(person)
        seen[person] = "语气不当" in client.get(page).content.decode()
    assert seen == {runs: False, officer: True}
    keep_post(post, by=officer)
