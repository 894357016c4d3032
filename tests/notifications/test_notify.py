import pytest

from notifications.domain.notify import notify, notify_select
from notifications.domain.texts import NoticeKindUnknown, NoticeText, notice_texts
from notifications.models import Notification
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
KIND = "tests.hello"


@pytest.fixture(autouse=True)
def known_kind(monkeypatch):
    monkeypatch.setitem(notice_texts(), KIND, NoticeText(title="Hello %(name)s"))


def test_one_statement_tells_a_whole_set(django_assert_num_queries):
    people = UserFactory.create_batch(3)
    with django_assert_num_queries(1):
        told = notify([p.pk for p in people] * 2, KIND, {"name": "A"}, "/x/", key="k")
    assert told == 3
    assert set(Notification.objects.values_list("user", "parameters__name", "url")) == {
        (p.pk, "A", "/x/") for p in people
    }


def test_the_same_key_tells_nobody_twice():
    first, second = UserFactory.create_batch(2)
    assert notify([first.pk], KIND, {}, "", key="k") == 1
    assert notify([first.pk, second.pk], KIND, {}, "", key="k") == 1
    assert notify([first.pk], KIND, {}, "") == 1
    assert Notification.objects.count() == 3


def test_people_who_left_and_nobody_are_passed_over():
    gone = UserFactory(is_active=False)
    assert notify([gone.pk], KIND, {}, "") == 0
    assert notify([], KIND, {}, "") == 0


def test_a_misspelt_kind_fails_where_it_is_sent():
    with pytest.raises(NoticeKindUnknown):
        notify([UserFactory().pk], "tests.helo", {}, "")


def test_a_set_the_database_finds():
    UserFactory.create_batch(3)
    told = notify_select(
        "SELECT id AS user_id, jsonb_build_object('name', real_name) AS parameters,"
        " ''::text AS url, %s || id AS key FROM accounts_user",
        ["k:"],
        KIND,
        urgent=True,
    )
    assert told == 3
    assert Notification.objects.filter(urgent=True).count() == 3
