"""What the inbox says about calls for hosts and lists of hosts."""

from django.utils.translation import gettext_lazy as _

from notifications.domain.texts import NoticeText, last_day_in_words

HOSTING_NOTICES = {
    "workshops.call_opened": NoticeText(
        title=_("Hosts are sought: “%(title)s”."),
        body=_("Whoever would like to lead a workshop volunteers by %(day)s."),
        prepare=last_day_in_words,
        optional=_("Calls for hosts of workshops"),
    ),
    "workshops.recommend_due": NoticeText(
        title=_("Volunteers who wait for your school's word: %(people)s. Last day: %(day)s"),
        body=_("The province can select only those whom their school has recommended."),
        prepare=last_day_in_words,
    ),
    "workshops.to_recommend": NoticeText(
        title=_("%(name)s volunteers as host of “%(topic)s”."),
        body=_("Read it, then recommend in your own words or decline with a reason."),
    ),
    "workshops.to_select": NoticeText(
        title=_("%(school)s recommends %(name)s as host of “%(topic)s”."),
    ),
    "workshops.recommended": NoticeText(
        title=_("Your school recommends you as host of “%(topic)s”."),
        body=_("The province now selects; the decision comes to your inbox."),
    ),
    "workshops.not_recommended": NoticeText(
        title=_("Your school does not recommend you as host of “%(topic)s”: %(why)s"),
        body=_("You may change your text and volunteer again until the last day."),
    ),
    "workshops.not_selected": NoticeText(
        title=_("The province did not select you as host of “%(topic)s”: %(why)s"),
    ),
    "workshops.list_to_review": NoticeText(
        title=_("%(unit)s has sent its list of hosts: %(hosts)s people."),
        body=_("Look at what has changed, then pass it on, file it or return it with a reason."),
    ),
    "workshops.list_forwarded": NoticeText(
        title=_("%(by)s has passed your list of hosts on to the province."),
    ),
    "workshops.list_filed": NoticeText(
        title=_("The province has filed your list of hosts, version %(number)s."),
    ),
    "workshops.list_returned": NoticeText(
        title=_("Your list of hosts came back from %(by)s: %(why)s"),
        body=_("Change your team of hosts, then send a new version."),
    ),
    "workshops.list_due": NoticeText(
        title=_("Your list of hosts is still missing; the last day is %(day)s."),
        body=_("Look at the team you have appointed and send it as your list."),
    ),
}
