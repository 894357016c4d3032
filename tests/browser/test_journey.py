"""The main job in a real browser, on a desk and on a phone: from the county's list to a
certificate that anyone can check."""

from functools import partial

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from accounts.models import User
from bureau.domain.kinds import import_kind
from courses.models import CourseChoice
from credits.domain.requirements import requirement_of
from credits.models import Registration
from organisations.enums import Level
from programmes.models import Enrolment
from rehearsal.awards import complete_by_awards
from tests.browser import journey
from tests.bureau.make_workbooks import fill_in, two_hundred_teachers
from tests.courses.factories import make_elective
from tests.factories import make_organisation
from videos.domain import players
from videos.domain.synthetic import make_recording

pytestmark = pytest.mark.browser
PASSWORD = "Gao-Shan-2026"
# The whole list at one width only, the same clicks at both: rows, and how many of them are right.
LISTS = {1280: (200, 195), 360: (12, 11)}
FILM_SECONDS = 8


@pytest.fixture(params=[1280, 360])
def width(request):
    return request.param


@pytest.fixture
def at(visit, width):
    """``visit`` at the journey's width."""
    return partial(visit, width=width)


@pytest.fixture(scope="module")
def film(tmp_path_factory):
    target = tmp_path_factory.mktemp("films") / "film.mp4"
    return make_recording(target, "教师的权利", ["权利", "义务"], seconds=FILM_SECONDS)


@pytest.fixture
def unit(request, width, site, monkeypatch):
    """On the phone a film, watched where the network comes and goes; at the desk a text."""
    if width == 1280:
        return None
    monkeypatch.setattr(players, "BEAT_SECONDS", 3)
    return journey.film_unit(request.getfixturevalue("film"))


@pytest.fixture
def second_school(site):
    return make_organisation(Level.SCHOOL, site.world.home_county, code="3137019902")


def import_teachers(at, path):
    """Upload the filled-in template and let it be checked."""
    page = at("/bureau/imports/", person="county_administrator_home")
    page.locator("a[href='/bureau/imports/new/people/']").first.click()
    page.set_input_files("input[type=file]", path)
    journey.go(page)
    journey.work_off_jobs()
    page.reload()
    return page


def test_a_county_imports_its_teachers_and_the_bad_rows_come_back(
    site, at, width, tmp_path, second_school
):
    journey.open_year()
    site.world.home_school.code = "3137019901"
    site.world.home_school.save(update_fields=["code"])
    rows, right = LISTS[width]
    path = tmp_path / "教师名单.xlsx"
    listed = two_hundred_teachers("3137019901", second_school.code)[:rows]
    path.write_bytes(fill_in(import_kind("people"), listed))

    page = import_teachers(at, path)
    expect(page.locator("main .button.go")).to_contain_text(str(right))
    reasons = page.locator("main tbody .reasons").all_inner_texts()
    assert len([reason for reason in reasons if reason.strip()]) == rows - right
    with page.expect_download() as download:
        page.get_by_role("link", name="下载").click()
    assert download.value.suggested_filename == "教师名单-退回行.xlsx"
    journey.go(page)
    journey.work_off_jobs()
    assert Enrolment.objects.count() == right

    again = import_teachers(at, path)
    assert again.locator("main .button.go").count() == 0  # nothing is left to import
    assert Enrolment.objects.count() == right


def test_an_imported_teacher_activates_confirms_and_is_approved(site, at, width, open_page):
    programme = journey.open_year()
    teacher = User.objects.create(
        username="xinlaoshi", real_name="新老师", school=site.world.home_school, password="!"
    )
    enrolment = journey.enrol(programme, teacher)
    Enrolment.objects.filter(pk=enrolment.pk).update(state="entered", approved_at=None)

    slips = at(f"/people/{teacher.pk}/", person="principal_home")
    slips.locator(f"form[action='/people/{teacher.pk}/code/'] button").click()
    code = slips.locator(".slip-code").inner_text()

    page = open_page(width=width)
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

    county = at("/programmes/approvals/", person="county_administrator_home")
    county.locator("input[name=enrolments]").check()
    journey.go(county)
    enrolment.refresh_from_db()
    assert enrolment.state == "approved"


def test_a_school_names_its_topics_and_a_teacher_chooses_inside_them(site, at):
    programme, teacher = journey.open_year(), site.world.people["teacher_home"]
    inside = make_elective(title="从常规到自治", topic="class_management", class_hours=18)
    outside = make_elective(title="经典诵读", topic="traditional_culture", class_hours=18)
    journey.enrol(programme, teacher)

    school = at(f"/courses/topics/{site.world.home_school.pk}/", person="principal_home")
    school.check(f"input[name=topic][value={inside.topic}]")
    journey.go(school)

    page = at("/space/", person="teacher_home")
    page.get_by_role("link", name="选课").click()
    expect(page.get_by_text(outside.title)).to_have_count(0)
    page.locator("li", has_text=inside.title).get_by_role("button").click()
    expect(page.locator("h1")).to_contain_text("选够了")
    journey.go(page)
    expect(page.locator("main")).to_contain_text(inside.title)
    assert CourseChoice.objects.get(enrolment__user=teacher).course == inside


def test_two_hours_arrive_after_study_test_and_homework(site, at, unit):
    programme, course = journey.open_year(), journey.make_short_course(unit)
    teacher = site.world.people["teacher_home"]
    journey.enrol(programme, teacher)

    page = at("/courses/policy/", person="teacher_home")
    journey.go(page)
    journey.study_through(page)
    journey.go(page)  # the way on beside what is covered now
    journey.go(page)
    journey.answer_paper(page, right=False)
    journey.go(page)
    expect(page.locator("h1")).to_contain_text("0 分")
    journey.go(page)
    journey.go(page)
    journey.answer_paper(page, right=True)
    journey.go(page)
    expect(page.locator("h1")).to_contain_text("100")

    page.goto(f"{site.url}/courses/policy/homework/")
    journey.write_homework(page, journey.HOMEWORK)
    journey.go(page)
    mark(at, accept=False, reason="请补充学生的反应，写得再具体一些。")
    page.reload()
    expect(page.locator("main")).to_contain_text("请补充学生的反应")
    journey.write_homework(page, journey.HOMEWORK + "平时不说话的小林举了两次手。")
    journey.go(page)
    assert requirement_of(teacher, programme).earned == 0
    mark(at, accept=True, reason="具体可信，结合了自己的课堂，通过。")

    page.goto(f"{site.url}/space/")
    expect(page.locator("main")).to_contain_text("2/2")
    assert requirement_of(teacher, programme).earned == course.class_hours


def mark(at, *, accept, reason):
    """The marker opens the homework that waits, and accepts or returns it."""
    page = at("/courses/marking/", person="marker_home")
    journey.go(page)
    page.check(f"input[name=decision][value={'accept' if accept else 'return'}]")
    page.fill("[name=reason]", reason)
    page.locator("aside form button").click()
    page.wait_for_load_state()


def test_a_complete_teacher_is_registered_and_anyone_can_check_the_certificate(
    site, at, width, open_page
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
        desk = at(f"/credits/registrations/?tab={tab}", person=person)
        desk.locator("input[name=chosen]").check()
        desk.locator("main form .button.main").click()
        desk.wait_for_load_state()
    registration = Registration.objects.get(user=teacher)

    mine = at(f"/credits/registrations/{registration.pk}/", person="teacher_home")
    pdf = mine.request.get(site.url + f"/credits/certificates/{registration.certificate.pk}.pdf")
    assert pdf.body()[:5] == b"%PDF-"
    address = f"{site.url}/credits/check/{registration.certificate.token}/"
    stranger = open_page(width=width)
    stranger.goto(address)
    assert "有效" in journey.heading(stranger)
    expect(stranger.locator("main")).to_contain_text(teacher.real_name)

    desk = at(f"/credits/registrations/{registration.pk}/", person="county_administrator_home")
    revoke = desk.locator("form", has=desk.locator(".button.stop"))
    revoke.locator("textarea, input[type=text]").first.fill("线下研修记录核查不实")
    revoke.locator(".button.stop").click()
    desk.wait_for_load_state()
    stranger.goto(address)
    assert "撤销" in journey.heading(stranger)
    expect(stranger.locator("main")).to_contain_text("线下研修记录核查不实")
    mine.goto(f"{site.url}/space/")
    assert "撤销" in journey.heading(mine)
