"""The rota by its pages: planned, swapped, covered, checked in; the same queries however long."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.workshops.duty import MONDAY, at, make_family, make_shift
from tests.workshops.factories import host, make_workshop
from workshops.domain.duty.covers import ask_cover
from workshops.domain.duty.swaps import offer_swap
from workshops.models import DutyCover, DutyScheme, DutyShift, DutySwap

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(at(12, 9), tick=False)
    return time_machine


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def text_of(answer):
    return answer.content.decode()


def test_days_preview_and_rota():
    workshop = make_workshop()
    hosts = [host(workshop).user for _ in range(2)]
    client = signed_in(hosts[0])
    plan = reverse("workshops:duty_plan", args=[workshop.pk])
    days = client.get(plan).headers["Location"]
    given = {"weekdays": ["1", "2"], "begins_at": "19:00", "shift_minutes": 120, "shifts_a_day": 1}
    refused = client.post(days, given | {"begins_at": "23:00"})
    assert (refused.status_code, "23:00" in text_of(refused)) == (422, True)
    client.post(days, given)
    assert DutyScheme.objects.get().weekdays == [1, 2]
    span = {"first": str(MONDAY), "weeks": 2}
    shown = client.get(plan, span)
    stale = client.post(plan, span | {"fingerprint": "x"})
    assert (stale.status_code, DutyShift.objects.count()) == (422, 0)
    client.post(plan, span | {"fingerprint": shown.context["plan"].fingerprint})
    assert DutyShift.objects.count() == 4
    rota = text_of(client.get(reverse("workshops:duty", args=[workshop.pk])))
    assert all(one.real_name in rota for one in hosts)


def test_swap_cover_and_check_in_by_the_buttons(clock):
    workshop, (first, second) = make_family(2)
    own, theirs = make_shift(workshop, first, at(12, 19)), make_shift(workshop, second, at(13, 19))
    place = reverse("workshops:duty_shift", args=[own.pk])
    assert signed_in(first).post(place, {"to": "0"}).status_code == 422
    signed_in(first).post(place, {"to": f"{second.pk}:{theirs.pk}"})
    swap = DutySwap.objects.get()
    rota = reverse("workshops:duty", args=[workshop.pk])
    answer = reverse("workshops:duty_swap_answer", args=[swap.pk])
    assert answer in text_of(signed_in(second).get(rota))
    signed_in(second).post(answer, {"accept": "1"})
    signed_in(second).post(reverse("workshops:duty_cover_ask", args=[own.pk]), {"why": "开会"})
    take = reverse("workshops:duty_cover_take", args=[DutyCover.objects.get().pk])
    assert take in text_of(signed_in(first).get(rota))
    signed_in(first).post(take)
    clock.move_to(at(12, 19))
    check_in = reverse("workshops:duty_check_in", args=[own.pk])
    shown = signed_in(first).get(rota)
    assert (shown.context["may_check_in"].shift, check_in in text_of(shown)) == (own, True)
    signed_in(first).post(check_in)
    own.refresh_from_db()
    assert (own.user, own.check_in.user) == (first, first)


def test_one_calendar_with_an_event_per_shift():
    workshop, (first, second) = make_family(2)
    workshop.name = "很长的名字," * 10
    workshop.save(update_fields=["name"])
    make_shift(workshop, first, at(12, 19))
    make_shift(workshop, second, at(13, 19))
    body = text_of(signed_in(first).get(reverse("workshops:duty_calendar")))
    rows = body.split("\r\n")
    assert (rows[0], rows[-2], rows[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR", "")
    assert [one for one in rows if one.startswith("DT")][1:] == [
        "DTSTART:20170612T110000Z",
        "DTEND:20170612T130000Z",
    ]
    assert max(len(one.encode()) for one in rows) <= 75
    assert workshop.name.replace(",", "\\,") in body.replace("\r\n ", "")


@pytest.mark.parametrize("page", ["workshops:duty", "workshops:duty_absences"])
def test_lists_cost_the_same_with_one_shift_and_with_three(page, clock):
    workshop, (first, second) = make_family(2)
    address = reverse(page, args=[] if page.endswith("absences") else [workshop.pk])
    client = signed_in(first)

    def shifts(days):
        for day in days:
            offered = make_shift(workshop, first, at(day, 19))
            offer_swap(offered, to=second, by=first)
            ask_cover(make_shift(workshop, first, at(day, 8)), by=first)

    def cost():
        client.get(address)
        with CaptureQueriesContext(
            connection,
        ) as counted:
            assert client.get(address).status_code == 200
        return len(counted)

    shifts([13])
    once = cost()
    shifts([14, 15])
    assert cost() == once
