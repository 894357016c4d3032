from courses.queries.assessment import homework_accepted, test_passed
from courses.queries.lines import CourseLine, course_lines, line_of
from courses.queries.steps import Step, next_step

__all__ = [
    "CourseLine",
    "Step",
    "course_lines",
    "homework_accepted",
    "line_of",
    "next_step",
    "test_passed",
]
