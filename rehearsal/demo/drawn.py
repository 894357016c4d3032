"""The demo's draw, done and published, and what people have made of their lessons so far."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from accounts.models import User
from lessons.domain.comments import pin_comment
from lessons.domain.drawing.announcing import announce_draw, prepare_draw
from lessons.domain.drawing.notices import tell_drawn
from lessons.domain.drawing.seeds import enter_seed
from lessons.domain.drawing.storing import deal_draw
from lessons.domain.hours import settle_lessons
from lessons.domain.pool.commenting import write_commentary
from lessons.domain.pool.entering import nominate_lessons, push_lessons
from lessons.domain.reviews import (
    answer_review,
    begin_case_review,
    begin_colleague_review,
    mark_useful,
    save_review,
    send_review,
)
from lessons.domain.rubrics import load_rubrics
from lessons.enums import LessonState
from lessons.models import CaseAssignment, Lesson, Review
from organisations.enums import Level
from organisations.models import Organisation
from programmes.domain.rulepacks import rule_pack_of
from programmes.enums import PhaseKey
from programmes.models import Programme
from programmes.queries import current_programme
from rehearsal import study
from rehearsal.demo.drawn_words import (
    ANSWER,
    COMMENTARIES,
    EXPERT,
    OBSERVED,
    OTHER,
    OUTCOME,
    PINS,
    REVIEWS,
    SEED_EVENT,
)

SHORT = ("junior", "biology")
"""Nothing is nominated here, so that a shortage can be seen, and mended by hand."""
AMPLE, SPARE = ("primary", "mathematics"), "掌声"
"""Has enough lessons but for the two schools that gave them."""
REVIEWER, LEARNER = "zaikao", "laoshi"


def draw_lessons() -> None:
    """Pushed in the window, announced, drawn the day after; then some reviews."""
    load_rubrics()
    programme = current_programme()
    officer, second = (User.objects.get(username=name) for name in ("xiangmu", "sheng"))
    _push(programme, officer)
    _nominate(programme, officer)
    _comment(programme, officer)
    _draw(programme, officer, second)
    _review_all(programme, User.objects.get(username=REVIEWER))
    _begin_one(User.objects.get(username=LEARNER))
    _observe(Lesson.objects.get(title="几分之一"))


def _push(programme: Programme, officer: User) -> None:
    window = programme.phases.get(key=PhaseKey.CITY_PUSH)
    at = _moment(window.closes_on)
    chosen = list(Lesson.objects.filter(state=LessonState.CHOSEN).values_list("pk", flat=True))
    for city in Organisation.objects.filter(level=Level.CITY):
        push_lessons(programme, city, chosen, by=officer, now=at)


def _nominate(programme: Programme, officer: User) -> None:
    """What the office adds where the own lessons and the next stage's do not suffice (A4)."""
    lessons = Lesson.objects.filter(state=LessonState.CHOSEN)
    every = list(lessons.values_list("pk", flat=True))
    few = list(lessons.filter(title=SPARE).values_list("pk", flat=True))
    for stage, subject in _groups(programme) - {SHORT}:
        wanted = few if (stage, subject) == AMPLE else every
        nominate_lessons(programme, stage, subject, wanted, by=officer)


def _groups(programme: Programme) -> set[tuple[str, str]]:
    return set(programme.enrolments.values_list("stage", "subject"))


def _comment(programme: Programme, officer: User) -> None:
    """An expert on each of the lessons that most of the printed accounts get."""
    for pushed in programme.outstanding_lessons.filter(
        lesson__title__in=COMMENTARIES, nominated=False
    ):
        text = COMMENTARIES[pushed.lesson.title]
        write_commentary(pushed.pk, commentator=EXPERT, commentary=text, by=officer)


def _draw(programme: Programme, officer: User, second: User) -> None:
    announced_at = _moment(rule_pack_of(programme).draw.opens_on)
    known_at = announced_at + timedelta(days=1)
    draw = prepare_draw(programme)
    announce_draw(
        draw.pk, seed_event=SEED_EVENT, seed_known_at=known_at, by=officer, now=announced_at
    )
    for person in (officer, second):
        enter_seed(draw.pk, OUTCOME, by=person, now=known_at + timedelta(hours=1))
    deal_draw(draw.pk, _quiet)
    tell_drawn(draw.pk)


def _moment(day) -> datetime:
    """That day at ten in the morning."""
    return timezone.make_aware(datetime.combine(day, time(10)))


def _review_all(programme: Programme, reviewer: User) -> None:
    """Everything drawn is watched and reviewed; the hours arrive with their reasons."""
    begun = [begin_case_review(assignment) for assignment in _drawn_for(reviewer)]
    units = [review.recording.video.unit_id for review in begun]
    study.watch([reviewer.pk], units)
    for review in begun:
        _write(review, REVIEWS.get(review.lesson.title, OTHER))
    settle_lessons(programme)


def _begin_one(teacher: User) -> None:
    """Half written: two lines of the rubric, and a remark at a second."""
    review = begin_case_review(_drawn_for(teacher)[0])
    levels, _text = REVIEWS.get(review.lesson.title, OTHER)
    levels = dict(list(levels.items())[:2])
    save_review(review, levels=levels, text="", revision=review.revision, user=teacher)
    second, line, text = PINS[1]
    pin_comment(
        review.recording,
        author=teacher,
        second=second,
        text=text,
        rubric_line=line,
        review=review,
    )


def _drawn_for(person: User) -> list[CaseAssignment]:
    drawn = CaseAssignment.objects.filter(user=person, replaced_at=None)
    return list(drawn.select_related("lesson__lesson", "draw__programme").order_by("position"))


def _observe(lesson: Lesson) -> None:
    """Two colleagues observe a lesson of their school; its author thanks one and answers."""
    school = lesson.school.people.filter(is_active=True, enrolments__isnull=False)
    colleagues = school.exclude(pk=lesson.teacher_id).exclude(pk__in=lesson.members.values("user"))
    for colleague, words in zip(colleagues.order_by("-pk")[:2], OBSERVED, strict=True):
        review = begin_colleague_review(lesson, colleague)
        for second, line, text in PINS:
            pin_comment(
                review.recording,
                author=colleague,
                second=second,
                text=text,
                rubric_line=line,
                review=review,
            )
        _write(review, words)
    mark_useful(review, useful=True, by=lesson.teacher)
    answer_review(review, ANSWER, by=lesson.teacher)


def _write(review: Review, words: tuple[dict, str]) -> None:
    levels, text = words
    save_review(review, levels=levels, text=text, revision=review.revision, user=review.reviewer)
    send_review(review)


def _quiet(*_progress) -> None:
    """The seed shows its own progress."""
