import pytest

from accounts.enums import Role
from bureau.domain.export_kinds import EXPORT_KINDS
from bureau.domain.exports import make_export, request_export
from bureau.domain.sealed_files import read_sealed
from bureau.errors import ScopeLost
from lessons.domain.curriculum_file import load_curriculum
from lessons.models import CurriculumNode
from tests.bureau.importing import bring_in, codes, counts, dry_run, quietly
from tests.courses.factories import make_programme
from tests.factories import UserFactory, appoint, make_branch

pytestmark = pytest.mark.django_db
FIRST_LINE = 3


@pytest.fixture
def office():
    """The province's project office, in a year that is under way."""
    make_programme()
    province, *_below, school = make_branch()
    officer = UserFactory()
    appoint(officer, Role.PROJECT_OFFICER, province)
    return {"by": officer, "organisation": province, "kind": "curriculum"}, school


def row(lesson="花的学校", **changed):
    return {
        "stage": "primary",
        "subject": "chinese",
        "grade": "三年级",
        "edition": "部编版",
        "volume": "上册",
        "unit": "第一单元",
        "lesson": lesson,
    } | changed


def test_a_list_makes_the_whole_chain_once(office):
    given, _school = office
    batch = bring_in([row(), row("大青树下的小学"), row("山行", unit="第二单元")], **given)
    assert counts(batch) == (3, 0, 0, 0)
    assert CurriculumNode.objects.count() == 3 + 2 + 3
    lesson = CurriculumNode.objects.get(title="大青树下的小学")
    above = lesson.parent
    assert (above.title, lesson.position, lesson.kind) == ("第一单元", 2, "lesson")
    assert lesson.path == f"{above.path}{lesson.pk}/"
    assert above.path.startswith(f"{above.parent.parent.parent_id}/")


def test_the_same_list_again_changes_nothing(office):
    given, _school = office
    bring_in([row(), row("山行", unit="第二单元")], **given)
    before = list(CurriculumNode.objects.order_by("pk").values())
    assert counts(dry_run([row(), row("山行", unit="第二单元")], **given)) == (0, 0, 2, 0)
    assert list(CurriculumNode.objects.order_by("pk").values()) == before


def test_a_new_lesson_comes_after_those_that_are_there(office):
    given, _school = office
    bring_in([row("甲"), row("乙")], **given)
    bring_in([row("丙"), row("甲")], **given)
    unit = CurriculumNode.objects.get(kind="unit")
    assert list(unit.children.order_by("position").values_list("title", flat=True)) == [
        "甲",
        "乙",
        "丙",
    ]


def test_a_closed_lesson_is_kept_and_opened_again(office):
    given, _school = office
    bring_in([row()], **given)
    assert counts(bring_in([row(state="closed")], **given)) == (0, 1, 0, 0)
    assert not CurriculumNode.objects.get(kind="lesson").is_open
    CurriculumNode.objects.update(is_open=False)
    bring_in([row(state="open")], **given)
    assert not CurriculumNode.objects.filter(is_open=False).exists()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"stage": "university"}, "stage_unknown"),
        ({"subject": "physics"}, "subject_unknown"),
        ({"unit": ""}, "title_missing"),
        ({"lesson": "长" * 121}, "title_missing"),
        ({"state": "perhaps"}, "state_unknown"),
    ],
)
def test_what_cannot_stand_in_a_table_of_contents_is_refused(office, change, code):
    given, _school = office
    assert codes(dry_run([row(**change)], **given)) == {FIRST_LINE: [code]}


def test_of_two_rows_with_one_lesson_the_first_stays(office):
    given, _school = office
    assert codes(dry_run([row(), row()], **given)) == {FIRST_LINE + 1: ["duplicate_row"]}


def test_an_export_comes_back_and_changes_nothing(office):
    given, _school = office
    loaded = load_curriculum()
    assert load_curriculum() == 0
    CurriculumNode.objects.filter(title="穷人").update(is_open=False)
    export = request_export(
        EXPORT_KINDS["curriculum"], given["organisation"], by=given["by"], language="zh-hans"
    )
    content = read_sealed(make_export(export.pk, quietly).file)
    batch = dry_run([], **given, content=content)
    assert counts(batch) == (0, 0, loaded, 0)


@pytest.mark.parametrize("role", [Role.PRINCIPAL, Role.ADMINISTRATOR])
def test_a_school_brings_in_no_curriculum(office, role):
    given, school = office
    keeper = UserFactory(school=school)
    appoint(keeper, role, school)
    with pytest.raises(ScopeLost):
        dry_run([row()], **given | {"by": keeper, "organisation": school})
