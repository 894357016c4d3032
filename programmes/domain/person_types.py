"""Who may take part as what, and what each may do (R23-R27, A10)."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from organisations.enums import SchoolKind
from programmes.enums import PersonType, Stage

SCHOOL_STAGES = (Stage.SENIOR, Stage.JUNIOR, Stage.PRIMARY)
ALL_STAGES = tuple(Stage)


@dataclass(frozen=True)
class TypeRules:
    """What the year allows and asks of one type of person.

    ``kinds`` are the bodies such a person belongs to, ``stages`` those that may be chosen.
    """

    kinds: tuple[SchoolKind, ...]
    stages: tuple[Stage, ...]
    needs_certificate: bool
    needs_licence: bool
    enters_contests: bool
    may_be_opted_in: bool
    owes_research_lesson: bool
    who: str | Promise


RULES: dict[str, TypeRules] = {
    PersonType.TEACHER: TypeRules(
        kinds=(SchoolKind.SCHOOL,),
        stages=SCHOOL_STAGES,
        needs_certificate=False,
        needs_licence=False,
        enters_contests=True,
        may_be_opted_in=False,
        owes_research_lesson=True,
        who=_("You take part as a teacher of a primary or secondary school."),
    ),
    PersonType.KINDERGARTEN_STAFF: TypeRules(
        kinds=(SchoolKind.KINDERGARTEN,),
        stages=(Stage.KINDERGARTEN,),
        needs_certificate=False,
        needs_licence=True,
        enters_contests=True,
        may_be_opted_in=False,
        owes_research_lesson=True,
        who=_("You take part as a teacher or principal of a licensed kindergarten."),
    ),
    PersonType.RESEARCHER: TypeRules(
        kinds=(SchoolKind.RESEARCH,),
        stages=ALL_STAGES,
        needs_certificate=True,
        needs_licence=False,
        enters_contests=False,
        may_be_opted_in=False,
        owes_research_lesson=False,
        who=_("You take part from a research or training body, in the nearest subject."),
    ),
    PersonType.SPECIAL_EDUCATION: TypeRules(
        kinds=(SchoolKind.SPECIAL,),
        stages=ALL_STAGES,
        needs_certificate=False,
        needs_licence=False,
        enters_contests=False,
        may_be_opted_in=True,
        owes_research_lesson=False,
        who=_("You take part as a special-education teacher, in the nearest subject."),
    ),
    PersonType.INCLUSION: TypeRules(
        kinds=(SchoolKind.SCHOOL, SchoolKind.KINDERGARTEN, SchoolKind.SPECIAL),
        stages=ALL_STAGES,
        needs_certificate=False,
        needs_licence=False,
        enters_contests=False,
        may_be_opted_in=False,
        owes_research_lesson=False,
        who=_("You take part as an inclusion guidance teacher, in the nearest subject."),
    ),
}


def may_study_online(person_type: str) -> bool:
    """Everybody who is enrolled studies online (R2, R27)."""
    return person_type in RULES


def may_enter_contests(person_type: str, *, opted_in: bool = False) -> bool:
    """Whether lessons of this person may be entered; a school may opt in a special teacher."""
    rules = RULES[person_type]
    return rules.enters_contests or (rules.may_be_opted_in and opted_in)


def owes_research_lesson(person_type: str) -> bool:
    """Whether one research lesson a year is asked of this person (R4)."""
    return RULES[person_type].owes_research_lesson


def explain(person_type: str, *, opted_in: bool = False) -> list[str | Promise]:
    """What the person may and must do, one sentence each, for the person to read."""
    contests = may_enter_contests(person_type, opted_in=opted_in)
    lesson = owes_research_lesson(person_type)
    return [
        RULES[person_type].who,
        _("You study online; all class hours of the programme are open to you."),
        _("You may enter a lesson in shows and contests, one a year.")
        if contests
        else _("Shows and contests of lessons are not part of your enrolment."),
        _("One research lesson a year is expected of you.")
        if lesson
        else _("No research lesson is expected of you."),
    ]


def usual_type(kind: str) -> PersonType:
    """The type that most people of such a body have; forms begin with it."""
    usual: dict[str, PersonType] = {
        SchoolKind.KINDERGARTEN: PersonType.KINDERGARTEN_STAFF,
        SchoolKind.RESEARCH: PersonType.RESEARCHER,
        SchoolKind.SPECIAL: PersonType.SPECIAL_EDUCATION,
    }
    return usual.get(kind, PersonType.TEACHER)
