"""The main job in a real browser: from the county's list to a certificate that anyone can check."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from accounts.models import User
from bureau.domain.kinds import import_kind
from credits.domain.requirements import requirement_of
from credits.models import Registration
from organisations.enums import Level
from programmes.models import Enrolment
from rehearsal.awards import complete_by_awards
from tests.browser import journey
from tests.bureau.make_workbooks import fill_in, two_hundred_teachers
from tests.factories import make_organisation

pytestmark = pytest.mark.browser
PASSWORD = "Gao-Shan-2026"


@pytest.fixture
def second_school(site):
    return make_organisation(Level.SCHOOL, site.world.home_county, code="3137019902")


def import_teachers(visit, tmp_path, first, second):
    """Upload the filled-in template, let it be checked, import the good rows."""
    path = tmp_path / "教师名单.xlsx"
    path.write_bytes(fill_in(import_kind("people"), two_hundred_teachers(first, second)))
    page = visit("/bureau/imports/new/people/", person="county_administrator_home")
    page.set_input_files("input[type=file]", path)
    journey.go(page)
    journey.work_off_jobs()
    page.reload()
    return page


def test_a_county_imports_200_teachers_and_five_rows_come_back(
    site, visit, tmp_path, second_school
):
    journey.open_year()
    site.world.home_school.code = "3137019901"
    site.world.home_school.save(update_fields=["code"])
    page = import_teachers(visit, tmp_path, "3137019901", second_school.code)
    expect(page.locator("main .button.go")).to_contain_text("195")
    with page.expect_download() as download:
        page.get_by_role("link", name="下载").click()
    assert download.value.suggested_filename.endswith(".xlsx")
    journey.go(page)
    journey.work_off_jobs()
    assert Enrolment.objects.count() == 195

    again = import_teachers(visit, tmp_path, "3137019901", second_school.code)
    assert again.locator("main .button.go").count() == 0  # nothing is left to import
    assert Enrolment.objects.count() == 195


def test_an_imported_teacher_activates_confirms_and_is_approved(site, visit, open_page):
    programme = journey.open_year()
    teacher = User.objects.create(
        username="xinlaoshi", real_name="新老师", school=site.world.home_school, password="!"
    )
    enrolment = journey.enrol(programme, teacher)
    Enrolment.objects.filter(pk=enrolment.pk).update(state="entered", approved_at=None)

    slips = visit(f"/people/{teacher.pk}/", person="principal_home")
    slips.locator(f"form[action='/people/{teacher.pk}/code/'] button").click()
    code = slips.locator(".slip-code").inner_text()

    page = open_page(locale="zh-CN")
    page.goto(f"{site.url}/accounts/activate/")
    fields = page.locator("main form input:not([type=hidden])")
    for field, value in zip(fields.all(), ["xinlaoshi", code, PASSWORD, PASSWORD], strict=True):
        field.fill(value)
    page.locator("main form button").first.click()
    page.goto(f"{site.url}/accounts/login/")
    page.fill("[name=login]", "xinlaoshi")
    page.fill("[name=password]", PASSWORD)
    page.locator("main form button").first.click()
    page.wait_for_load_state()
    page.goto(f"{site.url}/programmes/enrolment/")
    journey.go(page)

    county = visit("/programmes/approvals/", person="county_administrator_home")
    county.locator("input[name=enrolments]").check()
    journey.go(county)
    enrolment.refresh_from_db()
    assert enrolment.state == "approved"


def test_two_hours_arrive_after_reading_test_and_homework(site, visit):
    programme, course = journey.open_year(), journey.make_short_course()
    teacher = site.world.people["teacher_home"]
    journey.enrol(programme, teacher)

    page = visit("/courses/policy/", person="teacher_home")
    journey.go(page)
    expect(page.locator(".study.is-covered")).to_be_attached(timeout=30_000)

    page.goto(f"{site.url}/courses/policy/test/")
    journey.go(page)
    journey.answer_paper(page, right=False)
    journey.go(page)
    expect(page.locator("h1")).to_contain_text("0 分")
    page.goto(f"{site.url}/courses/policy/test/")
    journey.go(page)
    journey.answer_paper(page, right=True)
    journey.go(page)
    expect(page.locator("h1")).to_contain_text("100")

    page.goto(f"{site.url}/courses/policy/homework/")
    journey.write_homework(page, journey.HOMEWORK)
    journey.go(page)
    mark(visit, accept=False, reason="请补充学生的反应，写得再具体一些。")
    page.reload()
    journey.write_homework(page, journey.HOMEWORK + "平时不说话的小林举了两次手。")
    journey.go(page)
    assert requirement_of(teacher, programme).earned == 0
    mark(visit, accept=True, reason="具体可信，结合了自己的课堂，通过。")

    page.goto(f"{site.url}/space/")
    expect(page.locator("main")).to_contain_text("2/2")
    assert requirement_of(teacher, programme).earned == course.class_hours


def mark(visit, *, accept, reason):
    """The marker opens the homework that waits, and accepts or returns it."""
    page = visit("/courses/marking/", person="marker_home")
    journey.go(page)
    page.check(f"input[name=decision][value={'accept' if accept else 'return'}]")
    page.fill("[name=reason]", reason)
    page.locator("aside form button").click()
    page.wait_for_load_state()


def test_a_complete_teacher_is_registered_and_anyone_can_check_the_certificate(
    site, visit, open_page
):
    programme, people = journey.open_year(), site.world.people
    teacher = people["teacher_home"]
    journey.enrol(programme, teacher)
    complete_by_awards(
        teacher,
        programme,
        on=timezone.localdate(),
        proposer=people["principal_home"],
        approver=people["county_administrator_home"],
    )
    for person, tab in (("principal_home", "confirm"), ("county_administrator_home", "register")):
        desk = visit(f"/credits/registrations/?tab={tab}", person=person)
        desk.locator("input[name=chosen]").check()
        desk.locator("main form .button.main").click()
        desk.wait_for_load_state()
    registration = Registration.objects.get(user=teacher)

    mine = visit(f"/credits/registrations/{registration.pk}/", person="teacher_home")
    pdf = mine.request.get(site.url + f"/credits/certificates/{registration.certificate.pk}.pdf")
    assert pdf.body()[:5] == b"%PDF-"
    address = f"{site.url}/credits/check/{registration.certificate.token}/"
    stranger = open_page(locale="zh-CN")
    stranger.goto(address)
    assert "有效" in journey.heading(stranger)
    expect(stranger.locator("main")).to_contain_text(teacher.real_name)

    desk = visit(f"/credits/registrations/{registration.pk}/", person="county_administrator_home")
    revoke = desk.locator("form", has=desk.locator(".button.stop"))
    revoke.locator("textarea, input[type=text]").first.fill("线下研修记录核查不实")
    revoke.locator(".button.stop").click()
    desk.wait_for_load_state()
    stranger.goto(address)
    assert "撤销" in journey.heading(stranger)
    expect(stranger.locator("main")).to_contain_text("线下研修记录核查不实")
