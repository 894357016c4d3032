from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.models import User
from core.domain.audit import record_act, record_acts
from courses.domain.responses import fold_text
from courses.errors import QuestionFault
from courses.models.course import Course
from courses.models.question import Question, QuestionKind, QuestionVersion

Content = dict[str, Any]
MOST_OPTIONS = 8


def checked_content(content: Content) -> Content:
    """The question in canonical form.

    ``content``: kind, stem, options (list of texts), answer (indexes of the right options, or
    the accepted texts of a fill-in), explanation.
    Raises: QuestionFault when nobody could answer it.
    """
    kind = QuestionKind(content["kind"])
    stem = content["stem"].strip()
    if not stem:
        raise QuestionFault(fault=_("it asks nothing."))
    if kind == QuestionKind.FILL_IN:
        options: list[str] = []
        answer: list = sorted({fold_text(one) for one in content["answer"]} - {""})
    else:
        options = _checked_options(kind, content.get("options", []))
        answer = sorted({int(one) for one in content["answer"]})
        if any(not 0 <= one < len(options) for one in answer):
            raise QuestionFault(fault=_("an answer points to no option."))
    _check_answer_count(kind, answer)
    return {
        "kind": kind,
        "stem": stem,
        "options": options,
        "answer": answer,
        "explanation": content.get("explanation", "").strip(),
    }


def _checked_options(kind: QuestionKind, options: Iterable[str]) -> list[str]:
    if kind == QuestionKind.TRUE_FALSE:
        return ["true", "false"]
    texts = [one.strip() for one in options if one.strip()]
    if not 2 <= len(texts) <= MOST_OPTIONS or len(set(texts)) < len(texts):
        raise QuestionFault(fault=_("it needs 2 to 8 different options."))
    return texts


def _check_answer_count(kind: QuestionKind, answer: list) -> None:
    if not answer:
        raise QuestionFault(fault=_("it has no right answer."))
    if kind in (QuestionKind.SINGLE, QuestionKind.TRUE_FALSE) and len(answer) > 1:
        raise QuestionFault(fault=_("only one answer can be right."))


def add_question(course: Course, content: Content, *, by: User | None) -> Question:
    """Put a question into the course's bank. Raises: QuestionFault. Source: R19, A9."""
    return add_questions(course, [content], by=by)[0]


@transaction.atomic
def add_questions(
    course: Course, contents: Iterable[Content], *, by: User | None
) -> list[Question]:
    """Put questions into the course's bank, all or none, in one statement a table.

    Raises: QuestionFault.
    """
    checked = [checked_content(content) for content in contents]
    questions = Question.objects.bulk_create(Question(course=course) for _ in checked)
    QuestionVersion.objects.bulk_create(
        QuestionVersion(question=question, number=1, written_by=by, **content)
        for question, content in zip(questions, checked, strict=True)
    )
    record_acts("add_question", Question, [one.pk for one in questions], by=by)
    return questions


@transaction.atomic
def revise_question(question: Question, content: Content, *, by: User | None) -> QuestionVersion:
    """Ask the question in new words from now on; sittings keep the words they were given.

    Safe to repeat: the same content makes no new version. Raises: QuestionFault.
    """
    checked = checked_content(content)
    question = Question.objects.select_for_update(no_key=True).get(pk=question.pk)
    newest = question.versions.order_by("-number").first()
    if newest and all(getattr(newest, name) == value for name, value in checked.items()):
        return newest
    number = (question.versions.aggregate(Max("number"))["number__max"] or 0) + 1
    version = QuestionVersion.objects.create(
        question=question, number=number, written_by=by, **checked
    )
    record_act("revise_question", question, by=by, to_state=str(number))
    return version


@transaction.atomic
def set_question_open(question: Question, is_open: bool, *, by: User | None) -> None:
    """Take a question out of future papers, or back into them."""
    question = Question.objects.select_for_update(no_key=True).get(pk=question.pk)
    if question.is_open == is_open:
        return
    question.is_open = is_open
    question.save(update_fields=["is_open"])
    record_act("open_question" if is_open else "close_question", question, by=by)
