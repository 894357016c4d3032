"""The first real courses, written as data and published as an editor would."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

from django.db import transaction
from wagtail.models import Page, Site

from accounts.models import User
from courses.domain.questions import add_questions
from courses.models import Course, CourseIndexPage, CoursePage, ModulePage
from programmes.enums import Category
from videos.enums import VideoState
from videos.models import Video

FOLDER = Path(__file__).resolve().parent.parent / "fixtures" / "demo"
Content = dict[str, Any]


def demo_courses() -> list[Content]:
    """The content of every file, in the order of their names."""
    files = sorted(FOLDER.glob("*.toml"))
    return [tomllib.loads(path.read_text(encoding="utf-8")) for path in files]


def demo_videos() -> Iterator[Content]:
    """The recordings that the courses ask for: title, teacher, seconds and slides."""
    for content in demo_courses():
        for module in content["modules"]:
            if "video" in module:
                yield module["video"]


@transaction.atomic
def load_demo_courses(*, by: User) -> list[Course]:
    """Make and publish the courses through the pages' own interface. Safe to repeat.

    A page that is there stays as editors left it. A module whose recording is not ready
    waits as a draft and is published by the next call.

    Returns: the counted rows of the published courses.
    """
    index = catalogue()
    pages = [_load_course(index, content, by=by) for content in demo_courses()]
    return list(Course.objects.filter(pk__in=[page.course_id for page in pages]))


def catalogue() -> CourseIndexPage:
    """The public catalogue, made below the site's home page when there is none."""
    if found := CourseIndexPage.objects.first():
        return found
    site = Site.objects.filter(is_default_site=True).first()
    home = site.root_page if site else Page.get_first_root_node()
    page = CourseIndexPage(title="课程目录", slug="catalogue", show_in_menus=True)
    return home.add_child(instance=page)


def as_html(text: str) -> str:
    """Paragraphs, "### " headings and "- " lists as the editor's HTML."""
    parts: list[str] = []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        if line.startswith("### "):
            parts.append(f"<h3>{escape(line[4:])}</h3>")
        elif line.startswith("- "):
            if parts and parts[-1].endswith("</ul>"):
                parts[-1] = parts[-1].removesuffix("</ul>") + f"<li>{escape(line[2:])}</li></ul>"
            else:
                parts.append(f"<ul><li>{escape(line[2:])}</li></ul>")
        else:
            parts.append(f"<p>{escape(line)}</p>")
    return "".join(parts)


def _load_course(index: CourseIndexPage, content: Content, *, by: User) -> CoursePage:
    page = CoursePage.objects.child_of(index).filter(slug=content["code"]).first()
    if page is None:
        page = index.add_child(instance=_course_page(content))
    for number, module in enumerate(content["modules"], start=1):
        _load_module(page, number, module, by=by)
    if not page.live:
        page.save_revision(user=by).publish(user=by, skip_permission_checks=True)
        page.refresh_from_db()
    if not page.course.questions.exists():
        add_questions(page.course, content["questions"], by=by)
    return page


def _course_page(content: Content) -> CoursePage:
    topic = content.get("topic", "")
    return CoursePage(
        live=False,
        slug=content["code"],
        title=content["title"],
        category=Category.ELECTIVE if topic else Category.REQUIRED,
        part=content.get("part", "elective"),
        topic=topic,
        stages=content.get("stages", []),
        class_hours=content["class_hours"],
        homework_prompt=content.get("homework_prompt", ""),
        summary=content["summary"],
        goals=as_html("\n".join(f"- {goal}" for goal in content["goals"])),
        lecturer=content["lecturer"],
        about_lecturer=content["about"],
    )


def _load_module(course_page: CoursePage, number: int, module: Content, *, by: User) -> None:
    slug = f"module-{number}"
    page = ModulePage.objects.child_of(course_page).filter(slug=slug).first()
    if page is None:
        body = [("text", as_html(module["text"]))]
        page = course_page.add_child(
            instance=ModulePage(
                live=False,
                slug=slug,
                title=module["title"],
                body=body,
                reading_minutes=module.get("minutes"),
            )
        )
    if page.live:
        return
    if "video" in module:
        ready = Video.objects.filter(state=VideoState.READY, title=module["video"]["title"])
        video = ready.order_by("pk").first()
        if video is None:
            return
        page.body = [("video", video), ("text", as_html(module["text"]))]
    page.save_revision(user=by).publish(user=by, skip_permission_checks=True)
