"""What people are told about their enrolment and the calendar."""

from django.utils.translation import gettext_lazy as _

from notifications.domain.texts import NoticeText, last_day_in_words

NOTICES = {
    "programmes.enrolment_entered": NoticeText(
        title=_("You have been put on the enrolment list; please check it"),
        body=_("Confirm that stage and subject are right, or return the entry with a reason."),
    ),
    "programmes.enrolment_returned": NoticeText(
        title=_("Your enrolment was returned to your school"),
        body=_("Reason: %(reason)s"),
    ),
    "programmes.enrolment_approved": NoticeText(
        title=_("Your enrolment is approved"),
        body=_("You can see what you may do in this programme, and begin."),
    ),
    "programmes.enrolment_corrected": NoticeText(
        title=_("Your enrolment was corrected; please check it"),
        body=_("Reason: %(reason)s"),
    ),
    "programmes.enrolment_unconfirmed": NoticeText(
        title=_("Please check your enrolment; days left: %(days_left)s"),
        body=_("Enrolment ends on %(day)s. Confirm what your school has registered."),
        prepare=last_day_in_words,
    ),
    "programmes.enrolment_missing": NoticeText(
        title=_("People of your school who are not entered: %(people)s; days left: %(days_left)s"),
        body=_("Enrolment ends on %(day)s. Enter the people of %(school)s who are missing."),
        prepare=last_day_in_words,
    ),
    "programmes.enrolment_withdrawn": NoticeText(
        title=_("Your enrolment was withdrawn"),
        body=_("Reason: %(reason)s"),
    ),
}
