from courses.models.attempt import Attempt, PaperItem
from courses.models.course import Course, Module
from courses.models.homework import (
    Homework,
    Mark,
    Submission,
    SubmissionFile,
    SubmissionVersion,
)
from courses.models.question import Question, QuestionVersion

__all__ = [
    "Attempt",
    "Course",
    "Homework",
    "Mark",
    "Module",
    "PaperItem",
    "Question",
    "QuestionVersion",
    "Submission",
    "SubmissionFile",
    "SubmissionVersion",
]
