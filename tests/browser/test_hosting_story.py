"""From "I would lead this topic" to hosting it, and a county's hosts filed up to the province."""

from functools import partial

import pytest
from playwright.sync_api import expect

from tests.browser import journey
from tests.workshops.factories import make_workshop
from tests.workshops.hosting import TOPIC, make_call, team
from workshops.models import Host, HostApplication, ListVersion

pytestmark = pytest.mark.browser


@pytest.fixture(params=[1280, 360])
def at(request, visit):
    """Opens a page as a person, and keeps pictures under the width."""
    return partial(visit, width=request.param), f"hosting-{request.param}"


def test_a_volunteer_comes_to_host_and_a_list_to_the_province(site, at):
    visit, name = at
    programme, world = journey.open_year(), site.world
    by = world.people["project_officer"]
    make_call(world.province, by=by)
    make_workshop(world.province, programme=programme, kind="topic", topic=TOPIC)
    team(world.home_county, 2)

    volunteer(visit("/workshops/mine/", person="teacher_home"), name)
    recommend(visit("/workshops/mine/", person="principal_home"), name)
    select(visit("/workshops/desk/", person="project_officer"), name)
    page = visit("/workshops/mine/", person="teacher_home")
    expect(page.locator("main")).to_contain_text("主持人")
    application = HostApplication.objects.get()
    assert application.term == Host.objects.get(user=world.people["teacher_home"])

    send(visit("/workshops/desk/", person="county_administrator_home"), name)
    decide(visit("/workshops/desk/", person="city_administrator_home"), "转报", f"{name}-city")
    decide(visit("/workshops/desk/", person="project_officer"), "备案", f"{name}-province")
    page = visit("/workshops/hosting/lists/", person="county_administrator_home")
    expect(page.locator("h1")).to_contain_text("已备案")
    page.locator("main").get_by_role("link", name="第 1 版", exact=True).click()
    expect(page.locator(".signed li")).to_have_count(3)
    journey.picture(page, f"{name}-filed")
    assert ListVersion.objects.get().state == "filed"


def volunteer(page, name):
    page.locator("main").get_by_role("link", name="申请担任专题主持人").click()
    page.locator("main").get_by_role("link", name="查看“选聘专题主持人”").click()
    page.locator("main").get_by_role("link", name="申请主持").click()
    page.locator("#id_qualification").select_option("master")
    page.locator("#id_statement").fill("我带了五年心理社团，愿意和同行一起整理情境案例。")
    journey.picture(page, f"{name}-volunteer")
    journey.go(page)
    expect(page.locator("main .tag").first).to_have_text("待学校推荐")


def recommend(page, name):
    page.locator("main").get_by_role("link", name="待您推荐").click()
    page.locator("main").get_by_role("link", name="填写对").click()
    page.get_by_label("同意推荐").check()
    page.locator("#id_words").fill("教学扎实，乐于分享，同意推荐。")
    journey.picture(page, f"{name}-recommend")
    journey.go(page)
    expect(page.locator("h1")).to_have_text("没有待推荐的志愿者")


def select(page, name):
    page.locator("main").get_by_role("link", name="专题主持人选聘").click()
    page.locator("main").get_by_role("link", name="办理").click()
    page.locator("tbody input[type=checkbox]").check()
    journey.picture(page, f"{name}-applications")
    journey.go(page)
    expect(page.locator("h1")).to_contain_text("选聘 1 人")
    journey.picture(page, f"{name}-select")
    journey.go(page)
    expect(page.locator("h1")).to_have_text("没有待决定的申请")


def send(page, name):
    page.locator("main").get_by_role("link", name="主持人名单").click()
    expect(page.locator("h1")).to_have_text("名单尚未报送")
    journey.picture(page, f"{name}-list")
    journey.go(page)
    expect(page.locator("main .tag").first).to_have_text("待上级审核")


def decide(page, step, name):
    page.locator("main").get_by_role("link", name="主持人名单").click()
    expect(page.locator("h1")).to_contain_text("1 份名单待您审核")
    journey.picture(page, f"{name}-lists")
    page.locator("main").get_by_role("link", name="审核").first.click()
    page.get_by_label(step).check()
    journey.picture(page, f"{name}-review")
    journey.go(page)
    expect(page.locator("h1")).not_to_contain_text("待您审核")
