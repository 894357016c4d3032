"""Hosts plan a rota, swap a shift, miss one; the next on duty answers; the office sees it."""

from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser import journey
from tests.browser.lessons_scene import colleague_of
from tests.workshops.duty import make_shift
from tests.workshops.factories import host, make_workshop, seat
from tests.workshops.talk import make_thread
from workshops.domain.duty.rounds import hand_on, tell_missed
from workshops.enums.talk import ThreadKind
from workshops.models import DutyShift, HandOver, Thread

pytestmark = pytest.mark.browser
PATIENCE = 40_000  # milliseconds, on a machine that is busy with other tests


@pytest.fixture(params=[1280, 360])
def at(request, visit):
    return partial(visit, width=request.param)


def press(page, name):
    page.get_by_role("button", name=name, exact=True).first.click()
    page.wait_for_load_state()


def follow(page, name):
    page.get_by_role("link", name=name, exact=True).first.click()
    page.wait_for_load_state()


def test_a_rota_a_swap_a_missed_shift_and_an_answer_by_the_next(site, at):
    programme, county = journey.open_year(), site.world.home_county
    workshop = make_workshop(county, programme=programme)
    first, second = colleague_of(site.world, "first"), colleague_of(site.world, "second")
    for one in (first, second):
        host(workshop, one)
    question = missed_with_a_question(workshop, first, site.world.people["teacher_home"])

    page = at("/space/", person="first")
    plan(page)
    offer(page, first, second)
    make_shift(workshop, second, timezone.now() - timedelta(minutes=20))
    hand_on(now=timezone.now())
    tell_missed(now=timezone.now())

    page = at(f"/workshops/{workshop.pk}/duty/", person="second")
    press(page, "接下这个班")
    expect(page.locator("main")).to_contain_text("这个班现在由您负责", timeout=PATIENCE)
    journey.seen(page, "duty", "swapped")
    assert DutyShift.objects.filter(swaps__state="accepted", user=second).count() == 1
    answer(page, second)
    question.refresh_from_db()
    assert (question.answer.author, HandOver.objects.get().to.user) == (second, second)

    page = at("/workshops/desk/", person="county_administrator_home")
    follow(page, "值班情况统计")
    expect(page.locator("h1")).to_contain_text("缺岗", timeout=PATIENCE)
    expect(page.locator("main table").last).to_contain_text("1 / 1")
    page.get_by_role("link", name="有缺岗").click()
    expect(page.locator("main table .tag.stop").first).to_have_text("1", timeout=PATIENCE)
    journey.seen(page, "duty", "report")


def missed_with_a_question(workshop, first, asker):
    """Two days ago somebody asked; yesterday's shift passed without its host."""
    seat(workshop, asker)
    question = make_thread(workshop, asker, kind=ThreadKind.QUESTION, title="课堂提问太浅怎么办")
    earlier = timezone.now() - timedelta(days=2)
    Thread.objects.filter(pk=question.pk).update(created_at=earlier)
    make_shift(workshop, first, timezone.now() - timedelta(days=1))
    return question


def to_workshops(page):
    """By the head, or by the menu of a phone; behind a word of its own where there are more."""
    phone = page.locator("details.only-narrow > summary")
    if phone.is_visible():
        phone.click()
    door = page.locator("a:visible", has_text="我的工作坊")
    if not door.count():
        page.locator("summary:visible", has_text="工作坊").first.click()
    door.first.click()
    page.wait_for_load_state()


def plan(page):
    """From the space to the rota: days, preview, carried out."""
    to_workshops(page)
    page.locator("main .owe a").first.click()
    page.locator(".tabs a", has_text="值班").click()
    follow(page, "排班")
    for number in range(7):
        page.locator(f"#id_weekdays_{number}").check()
    page.locator("#id_working_days_only").uncheck()
    journey.go(page)
    journey.go(page)
    expect(page.locator("h1")).to_contain_text("已公平分配", timeout=PATIENCE)
    journey.seen(page, "duty", "plan")
    journey.go(page)
    expect(page.locator(".shifts .shift").first).to_be_visible(timeout=PATIENCE)
    assert DutyShift.objects.ahead(timezone.now()).count() == 28


def offer(page, first, second):
    """The first own shift, for one of the colleague's."""
    page.locator(".shifts .is-mine").get_by_role("link", name="换班或代班").first.click()
    shift = DutyShift.objects.ahead(timezone.now()).filter(user=second).earliest("starts_at")
    page.locator("#id_to").select_option(f"{second.pk}:{shift.pk}")
    press(page, "提出换班")
    expect(page.locator("main")).to_contain_text("已提出换班", timeout=PATIENCE)
    journey.seen(page, "duty", "offer")


def answer(page, second):
    """Check in, go to what waits, answer it and say so."""
    journey.go(page)
    expect(page.locator("h1")).to_contain_text(f"{second.real_name}正在值班", timeout=PATIENCE)
    page.locator(".tabs a", has_text="交流").click()
    page.locator(".talk-main a", has_text="课堂提问太浅怎么办").click()
    expect(page.locator(".on-duty")).to_contain_text(second.real_name, timeout=PATIENCE)
    journey.write_homework(page, "先请学生写下自己的问题，再两人互问。")
    press(page, "提交")
    press(page, "设为解答")
    expect(page.locator(".post.is-answer")).to_be_visible(timeout=PATIENCE)
    journey.seen(page, "duty", "answer")
