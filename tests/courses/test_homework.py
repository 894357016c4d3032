import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from courses.domain.homework import (
    clean_text,
    hand_in,
    mark_submission,
    save_draft,
    submission_of,
    written_characters,
)
from courses.domain.homework_files import add_file, remove_file
from courses.errors import (
    AlreadyMarked,
    FileRefused,
    HomeworkLocked,
    HomeworkNeedsFile,
    HomeworkTooShort,
    MarkNeedsReason,
)
from courses.models.homework import SubmissionState
from tests.courses.assessment_factories import make_course, make_homework, make_programme
from tests.factories import UserFactory

TEXT = "<p>" + "我在课堂上用了小组讨论的办法。" * 3 + "</p>"
REASON = "写得具体，请补充学生的反应。"
pytestmark = pytest.mark.django_db


@pytest.fixture
def submission():
    homework = make_homework(make_course(has_homework=True))
    return submission_of(homework, user=UserFactory(), programme=make_programme())


def pdf(name="教案.pdf", content=b"%PDF-1.7 hello"):
    return SimpleUploadedFile(name, content)


def test_a_script_never_gets_into_a_homework():
    dirty = '<p onclick="x()">好<script>alert(1)</script><img src=x onerror=alert(1)></p>'
    assert clean_text(dirty) == "<p>好</p>"


def test_only_characters_that_a_reader_sees_are_counted():
    assert written_characters("<p>一 二\n&nbsp;三</p><ul><li>四</li></ul>") == 4


def test_a_short_homework_is_refused_and_the_draft_kept(submission):
    save_draft(submission, "<p>太短</p>")
    with pytest.raises(HomeworkTooShort) as refusal:
        hand_in(submission)
    submission.refresh_from_db()
    assert (refusal.value.params, submission.draft) == ({"needed": 20, "written": 2}, "<p>太短</p>")


def test_handing_in_twice_makes_one_version(submission):
    first = hand_in(submission, TEXT)
    second = hand_in(submission, TEXT)
    assert (first.state, second.versions.count()) == (SubmissionState.HANDED_IN, 1)


def test_what_is_handed_in_cannot_be_changed(submission):
    hand_in(submission, TEXT)
    with pytest.raises(HomeworkLocked):
        save_draft(submission, "<p>改一下</p>")
    with pytest.raises(HomeworkLocked):
        add_file(submission, pdf())


def test_returned_work_comes_back_as_a_second_version_and_is_accepted(submission):
    marker = UserFactory()
    hand_in(submission, TEXT)
    mark_submission(submission, accepted=False, reason=REASON, by=marker)
    hand_in(submission, TEXT + "<p>补充：学生很投入。</p>")
    mark_submission(submission, accepted=True, reason=REASON, by=marker)
    submission.refresh_from_db()
    history = [(one.number, one.mark.accepted) for one in submission.versions.all()]
    assert (submission.state, history) == (SubmissionState.ACCEPTED, [(1, False), (2, True)])
    with pytest.raises(HomeworkLocked):
        hand_in(submission, TEXT)


def test_the_second_marker_is_told_that_it_is_done(submission):
    hand_in(submission, TEXT)
    mark_submission(submission, accepted=True, reason=REASON, by=UserFactory())
    with pytest.raises(AlreadyMarked):
        mark_submission(submission, accepted=False, reason=REASON, by=UserFactory())


def test_a_mark_without_a_reason_is_refused(submission):
    hand_in(submission, TEXT)
    with pytest.raises(MarkNeedsReason):
        mark_submission(submission, accepted=True, reason="  好  ", by=UserFactory())


def test_a_file_is_asked_for_kept_once_and_stays_in_its_version(submission, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    submission.homework.needs_file = True
    submission.homework.save()
    with pytest.raises(HomeworkNeedsFile):
        hand_in(submission, TEXT)
    held = add_file(submission, pdf())
    assert add_file(submission, pdf()) == held
    hand_in(submission, TEXT)
    mark_submission(submission, accepted=False, reason=REASON, by=UserFactory())
    remove_file(submission, held.pk)
    held.refresh_from_db()
    assert (held.first_version, held.last_version, held.removed_at is None) == (1, 1, False)


@pytest.mark.parametrize(
    "upload",
    [
        SimpleUploadedFile("a.exe", b"MZ"),
        SimpleUploadedFile("a.pdf", b"MZ not a pdf"),
        SimpleUploadedFile("a.pdf", b""),
    ],
    ids=["kind", "content", "empty"],
)
def test_a_file_that_is_not_what_it_says_is_refused(submission, upload):
    with pytest.raises(FileRefused):
        add_file(submission, upload)
