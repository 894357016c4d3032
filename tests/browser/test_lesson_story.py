"""Issue by issue the rules are tested elsewhere; here people live through them with the mouse.

First a lesson's way through its school, then the required study of a teacher elsewhere: two
national lessons and the four that the draw gave, until 4 + 12 hours stand in the space.
"""

from functools import partial

import pytest
from playwright.sync_api import expect

from credits.domain.requirements import requirement_of
from lessons.domain.rubrics import load_rubrics
from lessons.enums import LessonState
from lessons.models import Lesson
from tests.browser import journey
from tests.browser.lessons_scene import (
    NOTE,
    PAPERS,
    REFLECTION,
    colleague_of,
    draw_four,
    offer_two,
)
from tests.lessons.factories import make_node
from tests.videos.odd_files import old_camera
from videos.domain import players
from videos.domain.synthetic import make_recording

pytestmark = [pytest.mark.browser, pytest.mark.waits]
PATIENCE = 40_000  # milliseconds, on a machine that is busy with other tests
FILM_SECONDS = 2


@pytest.fixture(params=[1280, 360])
def at(request, visit):
    return partial(visit, width=request.param)


@pytest.fixture(scope="module")
def camera_file(tmp_path_factory):
    """What an old camera writes: interlaced pictures and sound that no browser plays."""
    return old_camera(tmp_path_factory.mktemp("camera"))


@pytest.fixture(scope="module")
def film(tmp_path_factory):
    target = tmp_path_factory.mktemp("films") / "film.mp4"
    return make_recording(target, "示范课", ["导入", "交流"], seconds=FILM_SECONDS)


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()
    page.wait_for_load_state()


def test_a_lesson_goes_from_the_camera_to_the_schools_choice(site, at, camera_file):
    journey.open_year()
    load_rubrics()
    make_node(title="花的学校")
    teacher = site.world.people["teacher_home"]
    colleague = colleague_of(site.world, "colleague")

    page = at("/lessons/desk/", person="principal_home")
    begin_for(page, teacher)
    send_recording(page, camera_file)
    expect(page.locator(".findings")).to_contain_text("已修复", timeout=PATIENCE)
    journey.go(page)
    lesson = Lesson.objects.get(teacher=teacher)
    assert (lesson.state, lesson.created_by.username) == (LessonState.SHOWN, "principal_home")

    page = at("/space/", person="colleague")
    journey.through_menu(page, "课例", "我的课例")
    page.get_by_role("link", name="课例库").click()
    observe(page, lesson)
    assert lesson.reviews.get().reviewer == colleague

    page = at("/space/", person="teacher_home")
    journey.through_menu(page, "课例", "我的课例")
    revise_and_propose(page, lesson)
    page = at("/lessons/desk/", person="principal_home")
    page.get_by_role("link", name=lesson.title).click()
    press(page, "推选这节课")
    expect(page.locator("main .tag").first).to_contain_text("学校已推选")
    lesson.refresh_from_db()
    assert lesson.state == LessonState.CHOSEN


def begin_for(page, teacher):
    page.get_by_role("link", name="代教师新建").click()
    page.get_by_label("教师姓名").fill(teacher.real_name)
    press(page, "查找")
    press(page, f"为{teacher.real_name}新建")
    page.locator("#id_stage").select_option("primary:chinese")
    expect(page.locator("#id_lesson")).to_contain_text("花的学校", timeout=PATIENCE)
    page.locator("#id_class_name").fill("三年级1班")


def send_recording(page, path):
    """In pieces, then prepared as a worker would."""
    box = page.locator("[data-upload]")
    box.locator("input[type=file]").set_input_files(path)
    expect(box).to_have_attribute("data-state", "finished", timeout=PATIENCE)
    press(page, "上传录像")
    journey.work_off_jobs()
    page.reload()


def observe(page, lesson):
    """A colleague pins a remark to a second, another to a line of the rubric, and reviews."""
    page.get_by_role("link", name=lesson.title).first.click()
    pin(page, "0:01", "导入从学生带来的花说起，好。")
    page.get_by_role("link", name="按量表评课").click()
    pin(page, "0:00", "目标写在黑板上，人人看得见。", line="goals")
    write_review(page)
    expect(page.locator("main")).to_contain_text("提交")


def pin(page, second, text, line=None):
    form = page.locator("[data-pin-form]")
    form.locator("[name=second]").fill(second)
    if line:
        form.locator("[name=line]").select_option(line)
    form.locator("[name=text]").fill(text)
    form.get_by_role("button").click()
    expect(page.locator("[data-pins]")).to_contain_text(text, timeout=PATIENCE)


def write_review(page):
    """Every line with its reason, the whole in words; saved by itself before it is sent."""
    for line in page.locator("[data-line]").all():
        line.locator(".levels label").first.click()
        line.locator("textarea").fill("板书与提问都落在这一条上。")
    page.locator("#text").fill(NOTE)
    expect(page.locator("[data-review] [data-state]")).to_have_text("草稿已保存", timeout=PATIENCE)
    expect(page.locator("details[data-missing]")).to_be_hidden()
    journey.go(page)


def revise_and_propose(page, lesson):
    page.get_by_role("link", name=lesson.title).first.click()
    expect(page.locator("main")).to_contain_text("导入从学生带来的花说起")
    page.get_by_role("link", name="修改").click()
    for kind, paper in PAPERS.items():
        page.locator(f"#file-{kind}").set_input_files(paper)
        page.locator(f"#material-{kind} form.row button").click()
        page.wait_for_load_state()
    page.locator("#id_taught_on").fill("2017-04-11")
    page.locator("#id_period").select_option("3")
    for statement in ("timetable", "genuine", "pupils"):
        page.locator(f"#id_states_{statement}").check()
    expect(page.locator("[data-draft-aside]")).to_contain_text("材料齐全", timeout=PATIENCE)
    journey.go(page)
    expect(page.locator("main .tag").first).to_contain_text("已提交")


def test_four_and_twelve_hours_arrive_with_their_reasons(site, at, film, monkeypatch):
    monkeypatch.setattr(players, "BEAT_SECONDS", 1)
    programme, teacher = journey.open_year(), site.world.people["teacher_away"]
    load_rubrics()
    journey.enrol(programme, teacher)
    offer_two(programme, film)
    drawn = draw_four(programme, film, site.world)

    page = at("/space/", person="teacher_away")
    for study in (study_national, study_national, *[study_drawn] * 4):
        journey.go(page)  # the space leads to what is due
        study(page)
        page.goto(f"{site.url}/space/")
    expect(page.locator(".parts")).to_contain_text("4/4")
    expect(page.locator(".parts")).to_contain_text("12/12")

    page.goto(f"{site.url}/lessons/cases/")
    expect(page.locator("h1")).to_contain_text("已全部评完")
    page.get_by_role("link", name="抽取回执").click()
    for lesson in drawn:
        expect(page.locator("main")).to_contain_text(lesson.title)

    page.goto(f"{site.url}/space/")
    page.get_by_role("link", name="查看依据").first.click()
    for lesson in drawn:
        expect(page.locator("main")).to_contain_text(lesson.title)
    assert requirement_of(teacher, programme).earned == 16


def study_national(page):
    """Watch, read what the expert says, write what one takes from it."""
    watch(page)
    page.get_by_role("link", name="去研读点评").click()
    expect(page.locator(".study.is-covered")).to_be_attached(timeout=PATIENCE)
    journey.write_homework(page, REFLECTION)
    journey.go(page)


def study_drawn(page):
    watch(page)
    write_review(page)
    expect(page.locator("main .tag.ok", has_text="3 学时")).to_be_visible(timeout=PATIENCE)


def watch(page):
    """Play to the end, as long as it takes until all of it has counted."""
    page.locator("button.plyr__control--overlaid").click()
    expect(page.locator(".study.is-covered")).to_be_attached(timeout=PATIENCE)
