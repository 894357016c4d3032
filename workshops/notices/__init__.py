"""What the inbox says about workshops."""

from django.utils.translation import gettext_lazy as _

from notifications.domain.texts import NoticeText
from workshops.notices.assessment import ASSESSMENT_NOTICES
from workshops.notices.gatherings import GATHERING_NOTICES
from workshops.notices.hosting import HOSTING_NOTICES

NOTICES = {
    **ASSESSMENT_NOTICES,
    "workshops.seat_freed": NoticeText(
        title=_("Your seat in a workshop is free, because your enrolment has changed."),
        body=_("Join the workshop of the subject that you teach now."),
    ),
    "workshops.appointed": NoticeText(
        title=_("You are appointed host of “%(workshop)s”."),
        body=_("Open it to see its members, invite colleagues and begin its guide."),
    ),
    "workshops.placed": NoticeText(
        title=_("You have a seat in a workshop of %(place)s: seat %(seat)s."),
        body=_("Your colleagues of the same subject learn there with you."),
    ),
    "workshops.reply": NoticeText(
        title=_("New posts in “%(title)s”, the first by %(name)s."),
        body=_("You follow this thread. You are told once, then again after you have read it."),
        optional=_("New posts in threads that I follow"),
    ),
    "workshops.mention": NoticeText(
        title=_("%(name)s mentions you in “%(title)s”."),
        optional=_("Somebody mentions me in a workshop"),
    ),
    "workshops.announcement": NoticeText(
        title=_("Announcement in %(workshop)s: %(title)s"),
        optional=_("Announcements of my workshops"),
    ),
    "workshops.guide": NoticeText(
        title=_("A new learning guide in %(workshop)s: %(title)s"),
        optional=_("New learning guides in my workshops"),
    ),
    "workshops.bulletin": NoticeText(
        title=_("The bulletin of %(workshop)s: %(title)s"),
        optional=_("Bulletins of my workshops"),
    ),
    "workshops.adopted": NoticeText(
        title=_("What you brought to “%(title)s” was adopted."),
        body=_("Your name stands beside the result."),
    ),
    "workshops.reported": NoticeText(
        title=_("A post in “%(title)s” was reported."),
        body=_("Look at it and hide it with a reason, or let it stand."),
    ),
    "workshops.hidden": NoticeText(
        title=_("Your post in “%(title)s” was hidden: %(why)s"),
        body=_("If you think that is wrong, appeal: the level above decides."),
    ),
    "workshops.restored": NoticeText(title=_("Your post in “%(title)s” is shown again.")),
    "workshops.appealed": NoticeText(
        title=_("%(name)s appeals against a hidden post in “%(title)s”."),
        body=_("Read the post, the reason and the appeal, then decide."),
    ),
    "workshops.upheld": NoticeText(title=_("Your post in “%(title)s” stays hidden: %(why)s")),
    "workshops.warned": NoticeText(title=_("A warning by the host of %(workshop)s: %(why)s")),
    "workshops.muted": NoticeText(
        title=_("You can only read in %(workshop)s for a time (days: %(days)s): %(why)s"),
    ),
    "workshops.answered": NoticeText(
        title=_("Your question “%(title)s” has an answer."),
    ),
    "workshops.room_opened": NoticeText(
        title=_("All seats were taken, so “%(workshop)s” was opened."),
        body=_("New members go there; you host it, too, and may move members between the two."),
    ),
    "workshops.held": NoticeText(
        title=_("A post in “%(title)s” waits for you: the word list holds it."),
        body=_("Only its author and you see it. Show it, or hide it with a reason."),
    ),
    "workshops.noticed": NoticeText(
        title=_("The word list points out a post in “%(title)s”."),
        body=_("Look at it and hide it with a reason, or let it stand."),
    ),
    "workshops.released": NoticeText(
        title=_("Your post in “%(title)s” was looked at and is shown now."),
    ),
    **GATHERING_NOTICES,
    "workshops.rota": NoticeText(
        title=_("The rota of duty of %(workshop)s is planned."),
        body=_("Look at your shifts; swap one or ask for cover in time."),
    ),
    "workshops.duty_offered": NoticeText(
        title=_("%(name)s offers you the shift of %(when)s in %(workshop)s."),
        body=_("Accept or refuse before a shift begins; afterwards the offer is void."),
    ),
    "workshops.duty_accepted": NoticeText(title=_("%(name)s takes your shift of %(when)s.")),
    "workshops.duty_refused": NoticeText(
        title=_("%(name)s cannot take your shift of %(when)s."),
        body=_("It is still yours: offer it to somebody else or ask all for cover."),
    ),
    "workshops.cover_asked": NoticeText(
        title=_("%(name)s asks for cover on %(when)s in %(workshop)s."),
        body=_("Whoever takes it first has the shift."),
        optional=_("Colleagues ask for cover of their shifts"),
    ),
    "workshops.cover_taken": NoticeText(title=_("%(name)s covers your shift of %(when)s.")),
    "workshops.shifts_open": NoticeText(
        title=_("A term has ended: %(shifts)s shifts of %(workshop)s are open, from %(when)s on."),
        body=_("Take one, or plan the rota anew."),
    ),
    "workshops.handed": NoticeText(
        title=_("%(questions)s open questions of %(place)s have come to your shift of %(when)s."),
        body=_("They were still waiting when the shift before yours ended."),
    ),
    "workshops.duty_missed": NoticeText(
        title=_("%(place)s: nobody checked in for the shift of %(when)s (%(name)s)."),
        body=_("It counts as missed in the coverage report."),
    ),
    "workshops.duty_tomorrow": NoticeText(
        title=_("You are on duty tomorrow: %(when)s, %(place)s."),
        body=_("Check in when it begins. If you cannot, ask your colleagues for cover now."),
    ),
    **HOSTING_NOTICES,
    "workshops.guidance": NoticeText(
        title=_("The guidance plan of %(workshop)s is published."),
        body=_("See what comes this year, online and on the spot."),
        optional=_("Guidance plans of my workshops"),
    ),
}
