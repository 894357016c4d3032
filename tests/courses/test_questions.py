import pytest
from django.db import ProgrammingError

from courses.domain.questions import add_question, checked_content, revise_question
from courses.errors import QuestionFault
from courses.models.question import QuestionVersion
from tests.courses.assessment_factories import make_course

SINGLE = {"kind": "single", "stem": "一加一？", "options": ["一", "二"], "answer": [1]}


@pytest.mark.parametrize(
    "fault",
    [
        {"stem": " "},
        {"options": ["一"]},
        {"options": ["一", "一"]},
        {"answer": []},
        {"answer": [2]},
        {"answer": [0, 1]},
        {"kind": "fill_in", "answer": ["  "]},
        {"kind": "true_false", "answer": [0, 1]},
    ],
)
def test_a_question_that_nobody_could_answer_is_refused(fault):
    with pytest.raises(QuestionFault):
        checked_content(SINGLE | fault)


def test_fill_in_answers_are_folded_like_responses():
    checked = checked_content(
        {"kind": "fill_in", "stem": "法？", "answer": ["  Ｌａｗ ", "law", "教师法"]}
    )
    assert (checked["options"], checked["answer"]) == ([], ["law", "教师法"])


@pytest.mark.django_db
def test_new_words_make_a_new_version_and_the_same_words_none():
    question = add_question(make_course(), SINGLE, by=None)
    same = revise_question(question, SINGLE, by=None)
    new = revise_question(question, SINGLE | {"stem": "一加一等于几？"}, by=None)
    assert (same.number, new.number, question.versions.count()) == (1, 2, 2)


@pytest.mark.django_db(transaction=True)
def test_a_version_never_changes():
    question = add_question(make_course(), SINGLE, by=None)
    with pytest.raises(ProgrammingError):
        QuestionVersion.objects.filter(question=question).update(stem="别的")
