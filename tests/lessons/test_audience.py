import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.base import ContentFile

from accounts.enums import Role
from core.models import AuditRecord
from lessons.domain.audience import end_viewing, name_viewer, show_in_school
from lessons.domain.moving import move_lesson
from lessons.domain.recordings import set_recording
from lessons.domain.releases import approve_release, file_consent, withdraw_release
from lessons.enums import LessonState
from lessons.errors import (
    ConsentIncomplete,
    FileRefused,
    ReleaseNeedsAnother,
    ReleaseNotPossible,
    ReleaseStands,
    WhyMissing,
)
from lessons.models import Lesson
from lessons.permissions import audience_of, can_open
from notifications.models import Notification
from tests.courses.factories import make_programme
from tests.factories import UserFactory, appoint, make_branch
from tests.lessons.factories import make_lesson, make_video
from videos.domain.audiences import may_watch
from videos.models import Video

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def branch():
    return make_branch()


@pytest.fixture
def lesson(branch):
    teacher = UserFactory(school=branch[-1])
    return make_lesson(make_programme(), teacher=teacher, state=LessonState.SHOWN)


@pytest.fixture
def principal(branch):
    person = UserFactory(school=branch[-1])
    appoint(person, Role.PRINCIPAL, branch[-1])
    return person


@pytest.fixture
def officer(branch):
    person = UserFactory()
    appoint(person, Role.ADMINISTRATOR, branch[2])
    return person


def sees(user, lesson):
    """By the list, at the door and by the recording's own address alike."""
    listed = Lesson.objects.visible_to(user).filter(pk=lesson.pk).exists()
    assert can_open(user, Lesson.objects.get(pk=lesson.pk)) == listed
    assert may_watch(user, audience_of(lesson.pk)) == listed
    return listed


def consent(lesson, by, **changed):
    given = {"statement": "全班监护人书面同意", "pupils": 42} | changed
    return file_consent(lesson, ContentFile(b"%PDF-1.7", "consent.pdf"), by=by, **given)


def test_a_person_watches_from_being_named_until_it_is_ended(lesson):
    guest = UserFactory()
    assert not sees(guest, lesson)
    viewer = name_viewer(lesson, guest, by=lesson.teacher)
    assert name_viewer(lesson, guest, by=lesson.teacher) == viewer
    assert sees(guest, lesson)
    end_viewing(viewer, by=lesson.teacher)
    assert not sees(guest, lesson)


def test_a_school_watches_and_other_schools_do_not(lesson):
    colleague, stranger = UserFactory(school=lesson.school), UserFactory(school=make_branch()[-1])
    show_in_school(lesson, by=lesson.teacher)
    assert (sees(colleague, lesson), sees(stranger, lesson)) == (True, False)


def test_desks_see_all_but_drafts_and_a_principal_drafts_too(lesson, principal, officer):
    assert (sees(principal, lesson), sees(officer, lesson)) == (True, True)
    Lesson.objects.update(state=LessonState.DRAFT)
    assert (sees(principal, lesson), sees(officer, lesson)) == (True, False)


@pytest.mark.parametrize(
    "change", [{"state": LessonState.DRAFT}, {"state": LessonState.WITHDRAWN}, {"barred_at": "now"}]
)
def test_a_draft_withdrawn_or_barred_lesson_has_no_audience(lesson, principal, officer, change):
    guest = UserFactory()
    name_viewer(lesson, guest, by=lesson.teacher)
    approve_release(consent(lesson, principal), by=officer)
    change = {key: lesson.created_at if value == "now" else value for key, value in change.items()}
    Lesson.objects.update(**change)
    assert (sees(guest, lesson), sees(AnonymousUser(), lesson)) == (False, False)
    assert sees(lesson.teacher, lesson)


def test_the_public_watches_from_the_approval_until_anyone_withdraws(lesson, principal, officer):
    release = consent(lesson, principal)
    assert Notification.objects.get(user=officer).kind == "lessons.release_asked"
    assert not sees(AnonymousUser(), lesson)
    approve_release(release, by=officer)
    assert sees(AnonymousUser(), lesson)
    withdraw_release(release, by=lesson.teacher, why="家长撤回同意")
    assert not sees(AnonymousUser(), lesson)
    verbs = AuditRecord.objects.filter(verb__startswith="release.").order_by("pk")
    assert [act.verb for act in verbs] == ["release.consent", "release.approve", "release.withdraw"]


def test_who_filed_the_consent_does_not_approve_it(lesson, principal):
    with pytest.raises(ReleaseNeedsAnother):
        approve_release(consent(lesson, principal), by=principal)


def test_a_withdrawn_release_is_not_approved(lesson, principal, officer):
    release = withdraw_release(consent(lesson, principal), by=principal, why="材料不全")
    with pytest.raises(ReleaseNotPossible):
        approve_release(release, by=officer)


def test_withdrawing_says_why(lesson, principal):
    with pytest.raises(WhyMissing):
        withdraw_release(consent(lesson, principal), by=principal, why=" ")


def test_a_consent_is_whole_and_there_is_one_at_a_time(lesson, principal):
    with pytest.raises(ConsentIncomplete):
        consent(lesson, principal, pupils=0)
    with pytest.raises(ConsentIncomplete):
        consent(lesson, principal, statement=" ")
    with pytest.raises(FileRefused):
        file_consent(lesson, ContentFile(b"x", "c.exe"), statement="同意", pupils=1, by=principal)
    consent(lesson, principal)
    with pytest.raises(ReleaseStands):
        consent(lesson, principal)


def test_a_draft_is_not_opened_to_the_public(lesson, principal):
    Lesson.objects.update(state=LessonState.DRAFT)
    with pytest.raises(ReleaseNotPossible):
        consent(lesson, principal)


def test_withdrawing_the_lesson_closes_its_release(lesson, principal, officer):
    release = approve_release(consent(lesson, principal), by=officer)
    move_lesson(lesson, LessonState.WITHDRAWN, by=principal, why="重新录制")
    release.refresh_from_db()
    assert release.why_withdrawn == "重新录制"


def test_a_recording_of_pupils_is_in_no_list_of_videos(lesson, branch):
    editor = UserFactory()
    appoint(editor, Role.EDITOR, branch[0])
    course, filmed = make_video(editor), make_video(lesson.teacher)
    set_recording(lesson, filmed, by=lesson.teacher)
    assert list(Video.objects.visible_to(editor)) == [course]
