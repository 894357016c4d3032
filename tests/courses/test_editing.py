"""The editors' door, their form and the video dialog."""

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from accounts.enums import Role
from courses.forms.pages import CoursePageForm
from courses.models import CoursePage, ModuleCompletion
from programmes.models import Programme
from tests.courses.factories import make_course_page, make_programme
from tests.factories import UserFactory, appoint, make_branch

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def year():
    programme = make_programme()
    Programme.objects.filter(pk=programme.pk).update(is_current=True)
    return programme


def editor(**dates):
    user = UserFactory()
    appoint(user, Role.EDITOR, make_branch()[0], **dates)
    return user


def browser(user):
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def test_the_desk_opens_to_todays_editors_only():
    assert browser(editor()).get("/cms/").status_code == 200
    assert browser(editor(ends_on="2017-12-31")).get("/cms/").status_code == 403
    assert browser(UserFactory(is_staff=True)).get("/cms/").status_code == 403
    assert Client().get("/cms/login/").url.startswith("/accounts/login/")


def test_an_editor_opens_the_form_of_a_course_and_of_a_module(year):
    client = browser(editor())
    page = make_course_page(modules=1)
    for pk in (page.pk, page.get_children().get().pk):
        assert client.get(reverse("wagtailadmin_pages:edit", args=[pk])).status_code == 200
    assert client.get(reverse("video_chooser:choose")).status_code == 200


def test_the_live_address_of_a_module_shows_it_to_editors_and_leads_others_to_study(year):
    page = make_course_page(modules=1).get_children().get().specific
    request = RequestFactory().get("/")
    request.user = editor()
    assert page.serve(request).template_name == "courses/pages/module.html"
    request.user = UserFactory()
    study = reverse("courses:module", args=[page.module.course.code, page.module.pk])
    assert page.serve(request).url == study


def form_of(page, **changes):
    form_class = CoursePage.get_edit_handler().get_form_class()
    assert issubclass(form_class, CoursePageForm)
    data = {
        "title": page.title,
        "slug": page.slug,
        "summary": page.summary,
        "goals": "null",
        "part": "policy",
        "class_hours": "2",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
    } | changes
    return form_class(data, instance=page, parent_page=page.get_parent())


def test_an_elective_needs_a_topic_of_its_stages_and_a_required_course_has_none(year):
    page = make_course_page()
    assert form_of(page).errors == {}
    assert "topic" in form_of(page, topic="psychology").errors
    assert "topic" in form_of(page, part="elective").errors
    assert form_of(page, part="elective", topic="psychology").errors == {}
    wrong = form_of(page, part="elective", topic="psychology", stages=["kindergarten"])
    assert "stages" in wrong.errors


def test_the_form_refuses_to_change_the_hours_of_a_studied_course(year):
    page = make_course_page(modules=1)
    assert form_of(page, class_hours="3").errors == {}
    ModuleCompletion.objects.create(
        user=UserFactory(), module=page.course.modules.get(), covered_at="2017-07-01T00:00Z"
    )
    assert list(form_of(page, class_hours="3").errors) == ["class_hours"]
    assert list(form_of(page, homework_prompt="写").errors) == ["homework_prompt"]
    assert form_of(page).errors == {}
