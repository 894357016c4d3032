from courses.models.attempt import Attempt, AttemptState, PaperItem
from courses.models.choice import (
    CourseChoice,
    CourseChoiceQuerySet,
    TopicChoice,
    TopicChoiceQuerySet,
)
from courses.models.completion import ModuleCompletion
from courses.models.course import Course, CourseQuerySet, Module
from courses.models.course_page import CourseIndexPage, CoursePage
from courses.models.further_attempt import (
    FURTHER_NEXT_STATES,
    FurtherAttempt,
    FurtherAttemptState,
)
from courses.models.homework import (
    Homework,
    Mark,
    Submission,
    SubmissionFile,
    SubmissionState,
    SubmissionVersion,
)
from courses.models.module_page import ModulePage
from courses.models.question import Question, QuestionVersion

__all__ = [
    "FURTHER_NEXT_STATES",
    "Attempt",
    "AttemptState",
    "Course",
    "CourseChoice",
    "CourseChoiceQuerySet",
    "CourseIndexPage",
    "CoursePage",
    "CourseQuerySet",
    "FurtherAttempt",
    "FurtherAttemptState",
    "Homework",
    "Mark",
    "Module",
    "ModuleCompletion",
    "ModulePage",
    "PaperItem",
    "Question",
    "QuestionVersion",
    "Submission",
    "SubmissionFile",
    "SubmissionState",
    "SubmissionVersion",
    "TopicChoice",
    "TopicChoiceQuerySet",
]
