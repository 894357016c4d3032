import pytest
from django.urls import reverse

from accounts.enums import Role
from lessons.enums import LessonState
from lessons.models import Lesson
from tests.courses.factories import make_programme
from tests.factories import UserFactory, appoint, make_branch
from tests.lessons.factories import make_lesson, make_node, make_outstanding, record

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def school():
    return make_branch()[-1]


@pytest.fixture
def principal(school, client):
    person = UserFactory(school=school)
    appoint(person, Role.PRINCIPAL, school)
    client.force_login(person, backend=BACKEND)
    return person


def lessons_of(school, count):
    """So many lessons of different teachers, each with a recording."""
    programme = make_programme()
    made = []
    for _ in range(count):
        teacher = UserFactory(school=school)
        lesson = make_lesson(programme, teacher=teacher, state=LessonState.SHOWN)
        record(lesson)
        make_outstanding(programme, lesson=lesson)
        made.append(lesson)
    return made


@pytest.mark.parametrize("address", ["desk", "catalogue", "coverage", "research_desk", "mine"])
def test_lists_ask_as_much_for_three_as_for_one(
    school, principal, client, address, django_assert_max_num_queries
):
    lessons_of(school, 1)
    path = reverse(f"lessons:{address}")
    client.get(path)
    with django_assert_max_num_queries(20) as one:
        client.get(path)
    lessons_of(school, 2)
    with django_assert_max_num_queries(len(one)):
        assert client.get(path).status_code == 200


def test_the_desk_asks_twelve_statements_beside_the_frame(
    school, principal, client, django_assert_max_num_queries
):
    lessons_of(school, 3)
    path = reverse("lessons:desk")
    client.get(path)
    with django_assert_max_num_queries(12):
        client.get(path)


def test_the_desk_filters_and_sorts_by_the_address(school, principal, client):
    first, second, _third = lessons_of(school, 3)
    Lesson.objects.filter(pk=first.pk).update(state=LessonState.DRAFT, title="甲")
    Lesson.objects.filter(pk=second.pk).update(curriculum="local", title="乙")

    def listed(query):
        lines = client.get(f"{reverse('lessons:desk')}?{query}").context["lines"]
        return [line["lesson"].title for line in lines]

    assert listed("state=draft") == ["甲"]
    assert listed("curriculum=local") == ["乙"]
    assert listed("q=甲") == ["甲"]
    assert listed("subject=junior:english") == []
    assert listed("sort=title") == list(reversed(listed("sort=-title")))


def form(held, **changed):
    typed = {"revision": held.revision, "curriculum": "national", "stage": "primary:chinese"}
    return typed | {"title": held.title, "class_name": held.class_name} | changed


def test_a_second_window_keeps_what_was_typed_and_shows_both(school, client):
    (lesson,) = lessons_of(school, 1)
    client.force_login(lesson.teacher, backend=BACKEND)
    path = reverse("lessons:edit", args=[lesson.pk])
    assert client.post(path, form(lesson, title="第一个窗口")).status_code == 302
    answer = client.post(path, form(lesson, title="第二个窗口"))
    page = answer.content.decode()
    assert (answer.status_code, "第一个窗口" in page, "第二个窗口" in page) == (409, True, True)
    renewed = answer.context["form"].data["revision"]
    assert client.post(path, form(lesson, title="第二个窗口", revision=renewed)).status_code == 302
    assert Lesson.objects.get().title == "第二个窗口"


def test_autosave_answers_the_new_revision_or_why_not(school, client):
    (lesson,) = lessons_of(school, 1)
    client.force_login(lesson.teacher, backend=BACKEND)
    path = reverse("lessons:draft", args=[lesson.pk])
    assert client.post(path, form(lesson, title="甲")).json()["revision"] == 2
    refused = client.post(path, form(lesson, title="乙"))
    assert (refused.status_code, "refusal" in refused.json()) == (409, True)


def test_without_scripts_the_lists_open_with_a_button(school, client):
    (lesson,) = lessons_of(school, 1)
    node = make_node(title="花的学校")
    make_node(title="山行")
    client.force_login(lesson.teacher, backend=BACKEND)
    grade = node.path.split("/")[0]
    path = reverse("lessons:edit", args=[lesson.pk])
    answer = client.post(path, form(lesson, grade=grade, pick="1"))
    assert "花的学校" in answer.content.decode()
    typed = form(answer.context["lesson"], grade=grade, lesson=node.pk)
    keys = dict(zip(("edition", "volume", "unit"), node.path.split("/")[1:4], strict=True))
    client.post(path, typed | keys)
    assert Lesson.objects.get().node == node


def test_a_signed_out_visitor_finds_open_lessons_only(school, client):
    (lesson,) = lessons_of(school, 1)
    assert client.get(reverse("lessons:catalogue")).context["cards"] == []
    assert client.get(reverse("lessons:lesson", args=[lesson.pk])).status_code == 404
    lesson.releases.create(
        consent="c.pdf",
        consent_sha256="0" * 64,
        statement="同意",
        pupils=1,
        consented_by=lesson.teacher,
        approved_by=UserFactory(),
        approved_at=lesson.created_at,
    )
    assert len(client.get(reverse("lessons:catalogue")).context["cards"]) == 1
    assert client.get(reverse("lessons:lesson", args=[lesson.pk])).status_code == 200
