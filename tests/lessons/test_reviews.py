"""A review is saved as one types, sent once, read by its author without the reviewer's name."""

import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from credits.models import LedgerEntry
from lessons.domain.audience import show_in_school
from lessons.domain.comments import pin_comment, remove_comment
from lessons.domain.review_copies import compare_reviews
from lessons.domain.reviews import (
    answer_review,
    begin_case_review,
    begin_colleague_review,
    mark_useful,
    save_review,
    send_review,
)
from lessons.domain.rubrics import current_rubric, load_rubrics
from lessons.enums import Replaced, ReviewState
from lessons.errors import (
    AssignmentReplaced,
    CommentOfAnother,
    NothingToReview,
    OwnLessonReviewed,
    PlaceOutsideRecording,
    ReviewChangedElsewhere,
    ReviewIncomplete,
    ReviewSent,
)
from lessons.models import CaseAssignment, CopyHint, PinnedComment, Review
from tests.courses.factories import make_enrolment, make_programme, study
from tests.factories import UserFactory, make_branch
from tests.lessons.factories import assign, make_lesson, make_outstanding, make_rubric, record
from videos.models import StudyRecord
from videos.signals import unit_studied

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
TEXT = "这节课最打动我的是教师肯等：问题抛出后留足了半分钟，几个平时不举手的孩子也开了口。" * 3


@pytest.fixture
def enrolment():
    return make_enrolment(make_programme(shift_to=timezone.localdate()))


@pytest.fixture
def assignment(enrolment):
    pool = make_outstanding(
        enrolment.programme, school=make_branch()[-1], commentary="<p>看得见的思考</p>"
    )
    return assign(enrolment, pool)


def levels(reason="目标写得具体，课上能看到达成。", level=4):
    return {line["key"]: {"level": level, "reason": reason} for line in current_rubric().lines}


def write(review, text=TEXT, given=None):
    given = levels() if given is None else given
    revision = save_review(
        review, levels=given, text=text, revision=review.revision, user=review.reviewer
    )
    review.refresh_from_db()
    return revision


def form(review, text=TEXT, **more):
    fields = {"revision": review.revision, "text": text} | more
    for key, given in levels().items():
        fields |= {f"level-{key}": given["level"], f"reason-{key}": given["reason"]}
    return fields


def signed_in(user):
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def cover(review):
    unit = review.recording.video.unit
    study(review.reviewer, unit)
    unit_studied.send(
        StudyRecord,
        user_id=review.reviewer_id,
        unit_id=unit.pk,
        watched_seconds=unit.length_seconds,
        length_seconds=unit.length_seconds,
        before_seconds=0,
    )


def test_a_sent_review_with_coverage_gives_its_hours_over_the_page(enrolment, assignment):
    page, path = signed_in(enrolment.user), f"/lessons/cases/{assignment.pk}/"
    assert page.get(path).status_code == 200
    review = Review.objects.get()
    cover(review)
    assert page.post(path, form(review, send="1")).status_code == 302
    review.refresh_from_db()
    assert review.state == "sent"
    assert LedgerEntry.objects.get().class_hours == 3


def test_the_experts_commentary_is_read_after_ones_own_review(enrolment, assignment):
    page, path = signed_in(enrolment.user), f"/lessons/cases/{assignment.pk}/"
    assert "看得见的思考" not in page.get(path).content.decode()
    page.post(path, form(Review.objects.get(), send="1"))
    assert "看得见的思考" in page.get(path).content.decode()


def test_what_is_missing_is_named_and_nothing_typed_is_lost(enrolment, assignment):
    page, path = signed_in(enrolment.user), f"/lessons/cases/{assignment.pk}/"
    page.get(path)
    answer = page.post(path, form(Review.objects.get(), text="还没写完", send="1"))
    assert answer.status_code == 422
    assert "还没写完" in answer.content.decode()
    kept = Review.objects.get()
    assert (kept.text, kept.state) == ("还没写完", "draft")
    with pytest.raises(ReviewIncomplete):
        send_review(kept)


@pytest.mark.parametrize("given", [{}, None])
def test_each_line_needs_a_level_and_a_reason(assignment, given):
    review = begin_case_review(assignment)
    write(review, given=levels(reason="太短") if given is None else given)
    with pytest.raises(ReviewIncomplete):
        send_review(review)


def test_two_windows_do_not_overwrite_each_other(assignment):
    review = begin_case_review(assignment)
    same = {"levels": levels(), "text": TEXT, "revision": 1, "user": review.reviewer}
    assert save_review(review, **same) == 2
    assert save_review(review, **same) == 2  # the same save again, its answer was lost
    with pytest.raises(ReviewChangedElsewhere):
        save_review(review, **same | {"text": "另一窗口"})
    review.refresh_from_db()
    assert (review.text, review.revision) == (TEXT, 2)


def test_a_sent_review_stays_as_it_is(assignment):
    review = begin_case_review(assignment)
    write(review)
    sent = send_review(review)
    assert send_review(review).sent_at == sent.sent_at
    with pytest.raises(ReviewSent):
        write(sent, text="再改")
    with pytest.raises(ReviewSent):
        pin_comment(sent.recording, author=sent.reviewer, second=3, text="再说", review=sent)


def test_a_replaced_assignment_takes_no_review_but_keeps_what_was_written(assignment):
    review = begin_case_review(assignment)
    write(review)
    CaseAssignment.objects.update(replaced_at=timezone.now(), why_replaced="withdrawn")
    with pytest.raises(AssignmentReplaced):
        send_review(review)
    assert Review.objects.get().text == TEXT


def test_a_draft_on_a_replaced_lesson_can_be_read_and_copied_but_not_sent(assignment):
    write(begin_case_review(assignment))
    CaseAssignment.objects.update(replaced_at=timezone.now(), why_replaced="withdrawn")
    page = signed_in(assignment.user).get(f"/lessons/cases/{assignment.pk}/")
    shown = page.content.decode()
    assert TEXT in shown
    assert str(Replaced.WITHDRAWN.label) in shown
    assert 'name="send"' not in shown


def test_a_draft_on_a_replaced_lesson_goes_on_as_a_colleagues_review(assignment):
    """Who moved to the lesson's school may still say what they wrote; it gives no hours."""
    begun = begin_case_review(assignment)
    write(begun)
    CaseAssignment.objects.update(replaced_at=timezone.now(), why_replaced="registration")
    lesson = assignment.lesson.lesson
    again = begin_colleague_review(lesson, assignment.user)
    assert (again.pk, again.assignment, again.text) == (begun.pk, None, TEXT)
    assert send_review(again).state == ReviewState.SENT


def test_nobody_opens_somebody_elses_review(assignment):
    begin_case_review(assignment)
    stranger = signed_in(make_enrolment(assignment.draw.programme).user)
    assert stranger.get(f"/lessons/cases/{assignment.pk}/").status_code == 404
    review = Review.objects.get()
    assert stranger.post(f"/lessons/reviews/{review.pk}/save/", form(review)).status_code == 404


def test_a_review_is_of_the_recording_with_which_it_was_begun(assignment):
    first = begin_case_review(assignment).recording
    record(assignment.lesson.lesson)
    assert begin_case_review(assignment).recording == first


def test_the_author_reads_the_review_without_the_name_and_answers(assignment):
    review = begin_case_review(assignment)
    pin_comment(
        review.recording, author=review.reviewer, second=75, text="此处停顿很好", review=review
    )
    write(review)
    review = send_review(review)
    author = signed_in(review.lesson.teacher)
    text = author.get(f"/lessons/{review.lesson_id}/reviews/").content.decode()
    assert "抽签评课教师" in text
    assert review.reviewer.real_name not in text
    assert "此处停顿很好" in text
    mark_useful(review, useful=True, by=review.lesson.teacher)
    answer_review(review, "谢谢，我会把等待时间写进教案。", by=review.lesson.teacher)
    mine = signed_in(review.reviewer).get(f"/lessons/cases/{assignment.pk}/").content.decode()
    assert "谢谢，我会把等待时间写进教案。" in mine


def test_only_the_author_marks_a_review_useful(assignment):
    review = begin_case_review(assignment)
    write(review)
    send_review(review)
    path = f"/lessons/reviews/{review.pk}/useful/"
    assert signed_in(review.reviewer).post(path).status_code == 403
    assert signed_in(review.lesson.teacher).post(path).status_code == 302
    review.refresh_from_db()
    assert review.useful_at is not None


def test_colleagues_review_what_is_shown_and_authors_do_not_review_themselves(enrolment):
    lesson = make_lesson(enrolment.programme, school=enrolment.school, state="shown")
    colleague = UserFactory(school=enrolment.school)
    with pytest.raises(NothingToReview):
        begin_colleague_review(lesson, colleague)
    record(lesson)
    with pytest.raises(OwnLessonReviewed):
        begin_colleague_review(lesson, lesson.teacher)
    assert begin_colleague_review(lesson, colleague).assignment is None


def test_colleagues_talk_at_a_second_and_strangers_do_not(enrolment):
    lesson = make_lesson(enrolment.programme, school=enrolment.school, state="shown")
    record(lesson)
    show_in_school(lesson, by=lesson.teacher)
    colleague = signed_in(UserFactory(school=enrolment.school))
    path = f"/lessons/{lesson.pk}/pins/"
    colleague.post(path, {"second": "1:15", "text": "板书很清楚"})
    asked = PinnedComment.objects.get()
    assert asked.second == 75
    signed_in(lesson.teacher).post(path, {"parent": asked.pk, "text": "谢谢"})
    assert asked.answers.get().text == "谢谢"
    stranger = signed_in(make_enrolment(enrolment.programme).user)
    assert stranger.post(path, {"second": "1", "text": "路过"}).status_code == 404


def test_a_remark_is_pinned_once_inside_the_recording_and_taken_back_by_its_author(assignment):
    review = begin_case_review(assignment)
    place = {"author": review.reviewer, "review": review, "client_key": uuid.uuid4()}
    once = pin_comment(review.recording, second=5, text="好", **place)
    assert pin_comment(review.recording, second=5, text="好", **place) == once
    with pytest.raises(PlaceOutsideRecording):
        pin_comment(review.recording, second=99_999, text="好", author=review.reviewer)
    with pytest.raises(CommentOfAnother):
        remove_comment(once, by=UserFactory())
    remove_comment(once, by=review.reviewer)
    once.refresh_from_db()
    assert once.removed_at is not None


def test_copied_reviews_give_a_hint_and_the_hours_all_the_same(assignment):
    programme, pool = assignment.draw.programme, assignment.lesson
    for _turn in range(2):
        other = assign(make_enrolment(programme), pool)
        review = begin_case_review(other)
        write(review)
        cover(review)
        send_review(review)
    assert compare_reviews() >= 1
    assert compare_reviews() == 0
    hint = CopyHint.objects.get()
    assert (hint.kind, hint.percent, hint.state) == ("review", 100, "open")
    assert LedgerEntry.objects.count() == 2


def test_a_changed_rubric_is_the_next_version_and_the_old_one_stays(assignment):
    make_rubric()
    review = begin_case_review(assignment)
    assert load_rubrics() == 1
    assert load_rubrics() == 0
    assert current_rubric().version == 2
    review.refresh_from_db()
    assert review.rubric.version == 1


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_as_many_queries_for_three_as_for_one(
    enrolment, count, django_assert_num_queries
):
    for position in range(1, count + 1):
        pool = make_outstanding(enrolment.programme, school=make_branch()[-1])
        assign(enrolment, pool, position)
    page = signed_in(enrolment.user)
    with django_assert_num_queries(8):
        page.get("/lessons/cases/")


def test_autosave_is_three_statements(assignment, django_assert_num_queries):
    review = begin_case_review(assignment)
    page, typed = signed_in(review.reviewer), form(review)
    with django_assert_num_queries(3):  # session and person; the review with its rubric; the save
        answer = page.post(f"/lessons/reviews/{review.pk}/save/", typed)
    assert answer.json() == {"revision": 2}
    assert Review.objects.get().saved_at > timezone.now() - timedelta(minutes=1)
