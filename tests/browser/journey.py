"""Steps that the journeys share: what a person clicks, and the work that goes on behind."""

import os
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from playwright.sync_api import expect

from core.domain.jobs import run_job
from core.models import Job, JobState
from courses.models import Course
from programmes.domain.rulepacks import load_programme
from programmes.enums import EnrolmentState
from programmes.models import Enrolment
from tests.courses.assessment_factories import make_bank, make_homework
from tests.factories import UserFactory
from videos.domain.preparation import prepare_video
from videos.domain.units import reading_unit
from videos.domain.videos import add_video

READING_SECONDS = 3
HOMEWORK = "我在课堂上试了小组讨论的办法，先独立思考，再两人交流，最后全班归纳，学生说得更多了。"


def work_off_jobs():
    """What a worker would do: run every job that waits."""
    waiting = Job.objects.filter(state=JobState.QUEUED).order_by("pk")
    while job := waiting.first():
        run_job(job.pk)


def go(page):
    """Click the one warm button of the page: what to do next."""
    page.locator("main .button.go").first.click()
    page.wait_for_load_state()


def through_menu(page, group, door):
    """Open the group of doors in the head, or in the menu of a phone, and take one."""
    phone = page.locator("details.only-narrow > summary")
    if phone.is_visible():
        phone.click()
    summary = page.locator("summary:visible", has_text=group).first
    summary.click()
    page.locator("details[open] a:visible", has_text=door).first.click()
    page.wait_for_load_state()


def heading(page):
    return page.locator("h1").inner_text().strip()


def picture(page, name):
    """The whole page as a PNG in the folder that YANXIU_PICTURES names, if it names one."""
    if folder := os.environ.get("YANXIU_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def seen(page, story, moment):
    """A picture of the page, named after the story, the width and the moment."""
    picture(page, f"{story}-{page.viewport_size['width']}-{moment}")


def open_year():
    """The current programme year, with its windows around today."""
    return load_programme("2017", shift_to=timezone.localdate())


def film_unit(film):
    """A short recording that went through preparation, as an editor adds it."""
    upload = SimpleUploadedFile("film.mp4", film.read_bytes())
    video = add_video(upload, "教师的权利与义务", UserFactory())
    return prepare_video(video.pk).unit


def make_short_course(unit=None, code="policy"):
    """A required course with one unit (a text of three seconds), a test and homework."""
    course = Course.objects.create(
        code=code,
        title="教育政策与法律法规",
        part="policy",
        category="required",
        class_hours=2,
        has_homework=True,
    )
    unit = unit or reading_unit("教师法选读", READING_SECONDS)
    course.modules.create(key="text", title="教师法选读", position=1, unit=unit)
    make_bank(course)
    make_homework(course)
    return course


def enrol(programme, person):
    return Enrolment.objects.create(
        programme=programme,
        user=person,
        school=person.school,
        stage="primary",
        subject="chinese",
        state=EnrolmentState.APPROVED,
        approved_at=timezone.now(),
    )


def study_through(page):
    """Read to the end, or watch to the end in real time with the network cut in the middle."""
    play = page.locator("button.plyr__control--overlaid")
    if page.locator("video").count():
        play.click()
        expect(page.locator("[data-bar] rect.waiting")).not_to_have_count(0, timeout=15_000)
        page.context.set_offline(True)
        expect(page.locator("[data-state]")).to_have_class("study-state offline", timeout=15_000)
        page.context.set_offline(False)
    expect(page.locator(".study.is-covered")).to_be_attached(timeout=40_000)


def answer_paper(page, *, right):
    """Tick the right option (乙, wherever it is shown), or the first wrong one, everywhere."""
    for question in page.locator("fieldset.question").all():
        wanted = question.locator("label.option", has_text="乙" if right else "甲")
        wanted.locator("input").check()
    page.get_by_text("答案已全部保存").wait_for()


def write_homework(page, text):
    box = page.locator(".rich-text")
    box.click()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(text)
