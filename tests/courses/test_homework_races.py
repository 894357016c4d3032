"""Two at one homework: the second waits for the first and then finds what has become of it."""

import pytest

from courses.domain.homework import hand_in, mark_submission, save_draft, submission_of
from courses.domain.homework_files import add_file, remove_file
from courses.errors import AlreadyMarked, HomeworkLocked
from courses.models.homework import SubmissionState
from tests.courses.assessment_factories import make_course, make_homework, make_programme
from tests.courses.test_homework import REASON, TEXT, pdf
from tests.factories import UserFactory
from tests.threads import outcome_of_rival

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def submission(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    homework = make_homework(make_course(has_homework=True))
    return submission_of(homework, user=UserFactory(), programme=make_programme())


def test_two_clicks_at_once_hand_in_one_version(submission):
    second = outcome_of_rival(
        lambda: hand_in(submission, TEXT), lambda: hand_in(submission, f"{TEXT}<p>又一次</p>")
    )
    assert second.state == SubmissionState.HANDED_IN
    assert [one.text for one in submission.versions.all()] == [TEXT]


@pytest.mark.parametrize("act", ["draft", "add", "remove"])
def test_nothing_changes_what_is_being_handed_in(submission, act):
    held = add_file(submission, pdf())
    acts = {
        "draft": lambda: save_draft(submission, "<p>改一下</p>"),
        "add": lambda: add_file(submission, pdf(content=b"%PDF-1.7 another")),
        "remove": lambda: remove_file(submission, held.pk),
    }
    with pytest.raises(HomeworkLocked):
        outcome_of_rival(lambda: hand_in(submission, TEXT), acts[act])
    submission.refresh_from_db()
    assert submission.draft == TEXT
    assert list(submission.files.filter(removed_at=None)) == [held]


def test_of_two_markers_at_once_the_second_is_told(submission):
    hand_in(submission, TEXT)
    first, second = UserFactory(), UserFactory()
    with pytest.raises(AlreadyMarked):
        outcome_of_rival(
            lambda: mark_submission(submission, accepted=False, reason=REASON, by=first),
            lambda: mark_submission(submission, accepted=True, reason=REASON, by=second),
        )
    submission.refresh_from_db()
    assert submission.state == SubmissionState.RETURNED
    assert submission.versions.get().mark.marker == first
