from lessons.models.audience import LessonViewer, PublicRelease
from lessons.models.covered import CoveredUnit
from lessons.models.curriculum import CurriculumNode
from lessons.models.draw import CaseAssignment, CaseExclusion, Draw, DrawSupplement
from lessons.models.draw_lines import PoolLine, RosterLine
from lessons.models.lesson import Lesson, LessonMember, LessonRecording, Material
from lessons.models.national import NationalLesson, NationalStudy
from lessons.models.outstanding import OutstandingLesson
from lessons.models.repeats import CopyHint, LessonReport
from lessons.models.research import Observer, ResearchLesson
from lessons.models.review import PinnedComment, Review, Rubric

__all__ = [
    "CaseAssignment",
    "CaseExclusion",
    "CopyHint",
    "CoveredUnit",
    "CurriculumNode",
    "Draw",
    "DrawSupplement",
    "Lesson",
    "LessonMember",
    "LessonRecording",
    "LessonReport",
    "LessonViewer",
    "Material",
    "NationalLesson",
    "NationalStudy",
    "Observer",
    "OutstandingLesson",
    "PinnedComment",
    "PoolLine",
    "PublicRelease",
    "ResearchLesson",
    "Review",
    "RosterLine",
    "Rubric",
]
