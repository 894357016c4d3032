import pytest

from lessons.domain.curriculum import (
    add_node,
    close_node,
    remove_node,
    rename_node,
    reopen_node,
    shift_node,
)
from lessons.enums import NodeKind
from lessons.errors import NodeHasLessons, NodeTitleMissing, NodeTitleTaken
from lessons.forms.place import PlacePicker
from lessons.models import CurriculumNode
from lessons.queries.coverage import coverage_below, coverage_of_subjects
from tests.courses.factories import make_programme
from tests.factories import UserFactory, make_branch
from tests.lessons.factories import make_lesson, make_node, make_outstanding

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return UserFactory()


def test_a_node_stands_last_below_its_parent_with_the_next_kind(office):
    grade = add_node("三年级", stage="primary", subject="chinese", by=office)
    first = add_node("部编版", parent=grade, by=office)
    second = add_node("  人教  版 ", parent=grade, by=office)
    assert (first.kind, first.position, second.position) == (NodeKind.EDITION, 1, 2)
    assert (second.title, second.path) == ("人教 版", f"{grade.path}{second.pk}/")


def test_a_title_stands_once_in_one_place(office):
    grade = add_node("三年级", stage="primary", subject="chinese", by=office)
    with pytest.raises(NodeTitleTaken):
        add_node("三年级", stage="primary", subject="chinese", by=office)
    add_node("三年级", stage="primary", subject="english", by=office)
    add_node("甲", parent=grade, by=office)
    with pytest.raises(NodeTitleTaken):
        rename_node(add_node("乙", parent=grade, by=office), "甲", by=office)
    with pytest.raises(NodeTitleMissing):
        add_node(" ", parent=grade, by=office)


def test_nodes_change_places(office):
    unit = make_node(title="甲").parent
    for title in ("乙", "丙"):
        add_node(title, parent=unit, by=office)
    third = CurriculumNode.objects.get(title="丙")
    shift_node(third, -1, by=office)
    shift_node(third, -5, by=office)
    titles = unit.children.order_by("position").values_list("title", flat=True)
    assert list(titles) == ["丙", "甲", "乙"]


def test_what_holds_lessons_is_closed_and_never_deleted(office):
    lesson = make_lesson(make_programme(), school=make_branch()[-1])
    grade = CurriculumNode.objects.get(parent=None)
    with pytest.raises(NodeHasLessons):
        remove_node(grade, by=office)
    close_node(grade, by=office)
    assert not CurriculumNode.objects.filter(is_open=True).exists()
    reopen_node(lesson.node, by=office)
    assert not CurriculumNode.objects.filter(is_open=False).exists()
    lesson.delete()
    remove_node(grade, by=office)
    assert not CurriculumNode.objects.exists()


def test_the_picker_opens_list_after_list_and_forgets_what_does_not_fit():
    here = make_node(title="甲")
    elsewhere = make_node("primary", "english", "A")
    keys = [int(key) for key in here.path.split("/") if key]
    names = ("grade", "edition", "volume", "unit", "lesson")
    picker = PlacePicker("primary", "chinese", dict(zip(names, keys, strict=True)))
    assert picker.node == here
    foreign = PlacePicker("primary", "chinese", {"grade": elsewhere.pk})
    assert foreign.node == here  # nothing to choose: each list holds one
    make_node(title="乙")
    undecided = PlacePicker("primary", "chinese", {"grade": keys[0]})
    assert (undecided.node, len(undecided.visible)) == (None, 5)


def test_the_map_counts_lessons_with_and_without_outstanding_ones(django_assert_num_queries):
    programme, school = make_programme(), make_branch()[-1]
    for title in ("甲", "乙", "丙"):
        make_node(title=title)
    covered = CurriculumNode.objects.get(title="甲")
    for _ in range(2):
        lesson = make_lesson(programme, school=school, node=covered)
        make_outstanding(programme, lesson=lesson)
    barred = make_lesson(programme, school=school, node=CurriculumNode.objects.get(title="乙"))
    make_outstanding(programme, lesson=barred)
    barred.barred_at = barred.created_at
    barred.save()
    with django_assert_num_queries(1):
        (whole,) = coverage_of_subjects(programme)
    assert (whole.total, whole.covered, whole.open, whole.outstanding) == (3, 1, 2, 2)
    unit = covered.parent
    with django_assert_num_queries(1):
        leaves = coverage_below("primary", "chinese", unit)
    assert [(leaf.title, leaf.covered, leaf.outstanding) for leaf in leaves] == [
        ("甲", 1, 2),
        ("乙", 0, 0),
        ("丙", 0, 0),
    ]
