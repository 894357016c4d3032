"""What the inbox says about the assessment of hosts."""

from django.utils.translation import gettext_lazy as _

from notifications.domain.texts import NoticeText, last_day_in_words
from workshops.enums.assessment import Consequence


def verdict_in_words(given):
    """The stored decision in the reader's language."""
    return given | {"outcome": Consequence(given["verdict"]).label}


ASSESSMENT_NOTICES = {
    "workshops.assessed": NoticeText(
        title=_("Your assessment as host in %(unit)s: %(total)s points for now."),
        body=_("Look at every count; you may ask for a correction until %(day)s."),
        prepare=last_day_in_words,
    ),
    "workshops.confirmed": NoticeText(
        title=_("Your assessment as host in %(unit)s is confirmed: %(total)s points."),
        body=_("If you think that is wrong, appeal: the level above decides."),
    ),
    "workshops.correction_asked": NoticeText(
        title=_("%(name)s asks for a correction of an assessment."),
        body=_("Look at the count and the reason, then rule on it."),
    ),
    "workshops.correction_ruled": NoticeText(
        title=_("Your request for correction was ruled on: %(why)s"),
    ),
    "workshops.decided": NoticeText(
        title=_("What follows from your assessment in “%(workshop)s”: %(outcome)s."),
        body=_("Reason: %(why)s"),
        prepare=verdict_in_words,
    ),
    "workshops.certified": NoticeText(
        title=_("Your service certificate as host is there: number %(number)s."),
        body=_("Open it as PDF; anyone can check it by its code, or by number and name."),
    ),
    "workshops.certificate_revoked": NoticeText(
        title=_("Your service certificate %(number)s was revoked: %(why)s"),
    ),
}
