"""Rows of the lists, ready for the templates: no query, no rule."""

from dataclasses import dataclass

from programmes.enums import EnrolmentState, PersonType, Stage
from programmes.models import Enrolment
from programmes.permissions import can_approve, can_correct, can_opt_into_contests

TAG_OF = {
    EnrolmentState.ENTERED: "next",
    EnrolmentState.CONFIRMED: "",
    EnrolmentState.APPROVED: "ok",
    EnrolmentState.RETURNED: "stop",
    EnrolmentState.WITHDRAWN: "quiet",
}


@dataclass(frozen=True)
class EnrolmentRow:
    enrolment: Enrolment
    field: str
    tag: str
    may_correct: bool
    may_approve: bool
    may_opt_in: bool


def subject_titles(pack):
    """ "primary chinese" -> "primary · Chinese", in the reader's language."""
    return {
        f"{stage} {subject.key}": f"{Stage(stage).label} · {subject.title}"
        for stage, subjects in pack.stage_subjects.items()
        for subject in subjects
    }


def enrolment_rows(enrolments, pack, user, school=None):
    """``school``: the one school of the list, when there is one."""
    titles = subject_titles(pack)
    rows = []
    for enrolment in enrolments:
        if school is not None:
            enrolment.school = school
        key = f"{enrolment.stage} {enrolment.subject}"
        rows.append(
            EnrolmentRow(
                enrolment,
                titles.get(key, key),
                TAG_OF[enrolment.state],
                can_correct(user, enrolment),
                can_approve(user, enrolment)
                and enrolment.state in (EnrolmentState.ENTERED, EnrolmentState.CONFIRMED),
                enrolment.person_type == PersonType.SPECIAL_EDUCATION
                and can_opt_into_contests(user, enrolment),
            )
        )
    return rows
