"""A week in a workshop with the mouse: joining, an inquiry, a bulletin, a post that was hidden.

Four people share one workshop; each has one window, on a desk or on a phone.
"""

from functools import partial

import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import expect

from notifications.domain.mailings import send_digests
from programmes.domain.rulepacks import load_programme
from tests.browser import journey
from tests.browser.lessons_scene import colleague_of
from tests.workshops.factories import host, make_workshop
from workshops.models import Post, Result

pytestmark = pytest.mark.browser
PATIENCE = 40_000  # milliseconds, on a machine that is busy with other tests
ADVERT = "低价出课件，加我好友。"


@pytest.fixture
def scene(site):
    """The county's workshop with its host, two teachers of one school, the officer above."""
    programme = load_programme("2017", shift_to=timezone.localdate(), make_current=True)
    world = site.world
    people = {"member": world.people["teacher_home"], "colleague": colleague_of(world, "colleague")}
    for name, person in people.items():
        journey.enrol(programme, person)
        person.email = f"{name}@example.org"
        person.save()
    workshop = make_workshop(world.home_county, programme=programme)
    host(workshop, world.people["marker_home"])
    return workshop, people["member"], people["colleague"]


@pytest.fixture(params=[1280, 360])
def windows(request, visit, scene):
    """Everybody's own window, opened where the workshops begin."""
    open_as = partial(visit, "/workshops/", width=request.param)
    return {
        "member": open_as(person="teacher_home"),
        "colleague": open_as(person="colleague"),
        "host": open_as(person="marker_home"),
        "officer": open_as(person="city_administrator_home"),
    }


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()
    page.wait_for_load_state()


def follow(page, name):
    page.get_by_role("link", name=name, exact=True).first.click()
    page.wait_for_load_state()


def write(page, text):
    """Into the one writing field of the page."""
    journey.write_homework(page, text)


def test_a_week_in_a_workshop(site, scene, windows):
    workshop, member, colleague = scene
    place = f"{site.url}/workshops/{workshop.pk}/"
    join_by_the_page_and_by_an_invitation(site, windows)
    for page in windows.values():
        page.goto(place)

    an_inquiry_comes_to_a_result(windows, colleague)
    assert "先定角色，再换角色。" in Result.objects.get().text

    a_bulletin_is_drafted_edited_and_mailed(windows, place, member)
    a_post_is_reported_hidden_and_restored(site, windows, place)
    assert Post.objects.get(text__contains="低价").hidden_at is None


def join_by_the_page_and_by_an_invitation(site, windows):
    page = windows["member"]
    page.locator("main a", has_text="加入").first.click()
    journey.go(page)
    expect(page.locator(".seats").first).to_contain_text("1 / 300", timeout=PATIENCE)
    page = windows["host"]
    page.locator("main .owe a").first.click()
    follow(page, "座位与邀请")
    press(page, "生成邀请")
    address = page.locator("code.address").inner_text()
    page = windows["colleague"]
    page.goto(address if address.startswith("http") else site.url + address)
    journey.go(page)
    expect(page.locator(".seats").first).to_contain_text("2 / 300", timeout=PATIENCE)
    journey.seen(page, "talk", "joined")


def an_inquiry_comes_to_a_result(windows, colleague):
    page = windows["member"]
    page.locator(".tabs a", has_text="交流").click()
    follow(page, "发起智慧众筹")
    page.get_by_label("标题").fill("小组讨论总是少数人在说")
    write(page, "四人一组，常常只有一个人说。")
    journey.go(page)
    thread = page.url
    bring(windows["colleague"], thread, "方案", "发言前先分角色。")
    bring(page, thread, f"方案 1（{colleague.real_name}）的课堂实践", "今天试了，人人开口。")

    page = windows["host"]
    page.goto(thread)
    follow(page, "采纳成果")
    page.locator("[name=proposal]").check()
    write(page, "先定角色，再换角色。")
    journey.go(page)
    expect(page.locator(".inquiry")).to_contain_text("贡献者", timeout=PATIENCE)
    expect(page.locator(".inquiry")).to_contain_text(colleague.real_name)
    journey.seen(page, "talk", "inquiry")


def bring(page, thread, share, text):
    page.goto(thread)
    page.locator("#share").select_option(label=share)
    write(page, text)
    journey.go(page)
    expect(page.locator(".posts")).to_contain_text(text, timeout=PATIENCE)


def a_bulletin_is_drafted_edited_and_mailed(windows, place, member):
    page = windows["host"]
    page.goto(f"{place}talk/")
    follow(page, "写简报")
    expect(page.locator(".rich-text")).to_contain_text("小组讨论总是少数人在说")
    journey.seen(page, "talk", "bulletin-draft")
    page.locator(".rich-text p").last.click()
    page.keyboard.insert_text("下周请每组带一份记录来。")
    journey.go(page)
    expect(page.locator(".posts")).to_contain_text("下周请每组带一份记录来。", timeout=PATIENCE)
    journey.seen(page, "talk", "bulletin")

    send_digests(timezone.localdate())
    letter = next(one for one in mail.outbox if one.to == [member.email])
    assert "简报" in letter.body
    reader = windows["member"]
    reader.goto("about:blank")
    reader.set_content(letter.alternatives[0].content)
    expect(reader.locator("body")).to_contain_text("简报")
    journey.seen(reader, "talk", "mail")


def a_post_is_reported_hidden_and_restored(site, windows, place):
    page = windows["colleague"]
    page.goto(f"{place}talk/")
    follow(page, "发起话题")
    page.get_by_label("标题").fill("课件交流")
    write(page, ADVERT)
    journey.go(page)
    thread = page.url

    reader = windows["member"]
    reader.goto(thread)
    reader.locator(".post-foot a", has_text="举报").click()
    explain(reader, "像广告", "举报")
    page = windows["host"]
    page.goto(f"{place}moderation/")
    follow(page, "隐藏")
    explain(page, "与教研无关", "隐藏")
    reader.goto(thread)
    expect(reader.locator("main")).not_to_contain_text(ADVERT)
    journey.seen(reader, "talk", "hidden")

    page = windows["colleague"]
    page.goto(f"{site.url}/inbox/")
    page.locator(".owe a", has_text="课件交流").first.click()
    expect(page.locator("main")).to_contain_text("与教研无关", timeout=PATIENCE)
    journey.seen(page, "talk", "appeal")
    explain(page, "是自己做的课件，免费送。", "申诉")
    page = windows["officer"]
    page.goto(f"{site.url}/workshops/desk/")
    follow(page, "被隐藏帖子的申诉")
    follow(page, "去处理")
    page.get_by_label("恢复显示").check()
    explain(page, "可以交流", "提交裁定")
    reader.goto(thread)
    expect(reader.locator(".posts")).to_contain_text(ADVERT, timeout=PATIENCE)
    journey.seen(reader, "talk", "restored")


def explain(page, reason, button):
    page.get_by_label("原因").fill(reason)
    press(page, button)
