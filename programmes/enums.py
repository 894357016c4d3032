from django.db import models
from django.utils.translation import gettext_lazy as _


class Stage(models.TextChoices):
    SENIOR = "senior", _("senior secondary")
    JUNIOR = "junior", _("junior secondary")
    PRIMARY = "primary", _("primary")
    KINDERGARTEN = "kindergarten", _("kindergarten")


class PersonType(models.TextChoices):
    """Who takes part (R23-R27); what each may do is explained in domain.person_types."""

    TEACHER = "teacher", _("school teacher")
    KINDERGARTEN_STAFF = "kindergarten_staff", _("kindergarten teacher or principal")
    RESEARCHER = "researcher", _("research or training staff")
    SPECIAL_EDUCATION = "special_education", _("special-education teacher")
    INCLUSION = "inclusion", _("inclusion guidance teacher")


class EnrolmentState(models.TextChoices):
    ENTERED = "entered", _("entered by the school")
    CONFIRMED = "confirmed", _("confirmed by the teacher")
    APPROVED = "approved", _("approved by the county")
    RETURNED = "returned", _("returned for correction")
    WITHDRAWN = "withdrawn", _("withdrawn")


# An entered person may be approved without the person's own word only when the county says
# why (the school holds the signatures on paper); see domain.approvals.
NEXT_STATES = {
    EnrolmentState.ENTERED: {
        EnrolmentState.CONFIRMED,
        EnrolmentState.APPROVED,
        EnrolmentState.RETURNED,
        EnrolmentState.WITHDRAWN,
    },
    EnrolmentState.CONFIRMED: {
        EnrolmentState.ENTERED,
        EnrolmentState.APPROVED,
        EnrolmentState.RETURNED,
        EnrolmentState.WITHDRAWN,
    },
    EnrolmentState.RETURNED: {EnrolmentState.ENTERED, EnrolmentState.WITHDRAWN},
    EnrolmentState.APPROVED: {EnrolmentState.WITHDRAWN},
    EnrolmentState.WITHDRAWN: {EnrolmentState.ENTERED},
}


class Category(models.TextChoices):
    REQUIRED = "required", _("required")
    ELECTIVE = "elective", _("elective")


class PhaseKey(models.TextChoices):
    """The windows of a programme year, in their order."""

    ANNUAL_PLAN = "annual_plan", _("filing of the yearly plan")
    ENROLMENT = "enrolment", _("enrolment")
    ADMIN_TRAINING = "admin_training", _("training of administrators")
    HOST_TRAINING = "host_training", _("training of workshop hosts")
    CITY_SELECTION = "city_selection", _("city selection of lessons")
    CITY_PUSH = "city_push", _("push to the provincial platform")
    TOPIC_SELECTION = "topic_selection", _("schools choose topics")
    COURSE_SELECTION = "course_selection", _("teachers choose courses")
    REQUIRED_STUDY = "required_study", _("study of required courses")
    ELECTIVE_STUDY = "elective_study", _("study of elective courses")
    CREDIT_REGISTRATION = "credit_registration", _("credit registration")
